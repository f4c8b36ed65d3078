"""Pages for those who answer without the name: what they answer travels with the pages, and the server keeps nothing.

No message is left in the session, and nothing is written before all is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luotsi.core.questions.answers import check_answers
from luotsi.core.questions.posting import answers_from_posted, to_posted
from luotsi.surveys.formats import walking
from luotsi.surveys.formats.pages import page_to_go_on, pages_of
from luotsi.surveys.formats.walking import Stepped, step
from luotsi.surveys.forms.codes import PREFIX, OwnForm
from luotsi.surveys.queries import invitees
from luotsi.surveys.services.anonymous import Given, answer_as_invited
from luotsi.web.forms import carried_out
from luotsi.web.questions.faults import fault_texts
from luotsi.web.questions.fields import questions_form
from luotsi.web.questions.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from luotsi.people.models import Organisation
    from luotsi.people.requests import PersonRequest
    from luotsi.surveys.models import Wave

RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where somebody answers, and what sending does."""

    wave: Wave
    address: str
    units: tuple[Organisation, ...]
    send: Callable[[Given, Organisation | None], None]

    @property
    def draft_key(self) -> str:
        """Under which a browser keeps what was answered: another one for everybody who is asked."""
        return f"luotsi:{self.address}"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_anonymously(request: PersonRequest, ref: UUID) -> HttpResponse:
    invitee = invitees.invitee_for(request.user, ref)
    door = Door(
        wave=invitee.wave,
        address=reverse("surveys:answer_anonymously", args=[ref]),
        units=(),
        send=lambda given, _unit: answer_as_invited(invitee, given=given, by=request.user),
    )
    if invitee.has_answered or not invitee.wave.is_open:
        return over(request, door, has_answered=invitee.has_answered)
    return walk(request, door)


def over(request: HttpRequest, door: Door, *, has_answered: bool) -> HttpResponse:
    """The page after sending, or after the time."""
    return render(request, "surveys/anonymous_over.html", {"door": door, "has_answered": has_answered})


def walk(request: HttpRequest, door: Door) -> HttpResponse:
    """One step through the pages, or the sending."""
    form = door.wave.instrument.questions
    given = answers_from_posted(form.items, dict(request.POST.lists()))
    to = request.POST.get(walking.TO, walking.NEXT)
    if request.method != "POST":
        return _draw(request, door, Stepped(page=pages_of(form, {})[0], answers={}))
    if to == RESUME:
        kept = check_answers(form, given).kept
        return _draw(request, door, Stepped(page=page_to_go_on(pages_of(form, kept), kept), answers=kept))
    if to == walking.SEND:
        return _send(request, door, given)
    shown = set(request.POST.getlist(walking.SHOWN))
    return _draw(request, door, step(form, given, sent=request.POST.get(walking.PAGE, ""), shown=shown, to=to))


def _send(request: HttpRequest, door: Door, given: dict[str, object]) -> HttpResponse:
    faulty = walking.first_faulty(door.wave.instrument.questions, given)
    if faulty is not None:
        return _draw(request, door, faulty)
    own = OwnForm(request.POST, units=door.units)
    if carried_out(own, lambda: door.send(Given(answers=given, code=own.code()), own.chosen_unit())):
        return redirect(f"{door.address}?sent=1")
    kept = check_answers(door.wave.instrument.questions, given).kept
    return _draw(request, door, Stepped(page=None, answers=kept), own=own)


def _draw(request: HttpRequest, door: Door, stepped: Stepped, own: OwnForm | None = None) -> HttpResponse:
    """A page of questions, or the look through all answers. What is not on it travels in hidden fields."""
    form, page = door.wave.instrument.questions, stepped.page
    context = {"door": door, "wave": door.wave, "page": page, "form_read": form, "is_first": request.method != "POST"}
    context["carried"] = _carried(request, door, stepped)
    if page is None:
        said = in_words(form, stepped.answers)
        pages = [(each, [one for one in said if one.key in each.keys]) for each in pages_of(form, stepped.answers)]
        own = own or OwnForm(initial=_typed(request), units=door.units)
        return render(request, "surveys/anonymous_check.html", context | {"pages": pages, "own": own})
    questions = questions_form(
        page.items,
        stepped.answers,
        posted=dict(request.POST.lists()) if stepped.faults else None,
        faults=fault_texts(form, stepped.faults),
        words_read_by=invitees.readers_of(door.wave),
    )
    return render(request, "surveys/anonymous.html", context | {"form": questions})


def _carried(request: HttpRequest, door: Door, stepped: Stepped) -> list[tuple[str, str]]:
    """Names and values of everything that was answered elsewhere."""
    here = stepped.page.keys if stepped.page else frozenset()
    others: list[tuple[str, str]] = [
        (item.key, value)
        for item in door.wave.instrument.questions.items
        if item.key not in here
        for value in to_posted(item, stepped.answers.get(item.key))
    ]
    own = [(f"{PREFIX}-{name}", value) for name, value in _typed(request).items()] if stepped.page else []
    return others + own


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed into the own part on an earlier look."""
    names = [name for name in request.POST if name.startswith(f"{PREFIX}-")]
    return {name.removeprefix(f"{PREFIX}-"): request.POST[name] for name in names}
