"""Pages for those who are asked by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.core.questions.posting import answers_from_posted
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.formats import walking
from luotsi.surveys.formats.pages import page_to_go_on, pages_of
from luotsi.surveys.formats.walking import Stepped
from luotsi.surveys.queries import responses
from luotsi.surveys.services import answers as services
from luotsi.web.questions.faults import fault_texts
from luotsi.web.questions.fields import questions_form
from luotsi.web.questions.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from luotsi.people.requests import PersonRequest
    from luotsi.surveys.models import Response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Page by page; what was answered is kept at each step, and sent once at the end."""
    response = responses.response_for(request.user, ref)
    if response.state != ResponseState.ASKED or not response.wave.is_open:
        refusals = [_refusal(response)] if request.method == "POST" else []
        context = {"response": response, "refusals": refusals, "answered": responses.answered_in(response)}
        return render(request, "surveys/answered.html", context)
    if request.method != "POST":
        return _draw(request, response, _standing(response, request.GET.get("page", "")))
    if request.POST.get(walking.TO) == walking.SEND:
        return _send(request, response)
    return _go_on(request, response)


def _standing(response: Response, wanted: str) -> Stepped:
    """The page that is asked for, or where to go on."""
    form = response.wave.instrument.questions
    pages = pages_of(form, response.draft)
    page = walking.page_with(pages, wanted) or page_to_go_on(pages, response.draft)
    return Stepped(page=None if wanted == walking.CHECK else page, answers=response.draft)


def _go_on(request: PersonRequest, response: Response) -> HttpResponse:
    posted, form = request.POST, response.wave.instrument.questions
    shown = set(posted.getlist(walking.SHOWN))
    given = answers_from_posted((item for item in form.items if item.key in shown), dict(posted.lists()))
    kept = {key: value for key, value in response.draft.items() if key not in shown}
    to = request.GET.get("to") or posted.get(walking.TO, walking.NEXT)
    stepped = walking.step(form, kept | given, sent=posted.get(walking.PAGE, ""), shown=shown, to=to)
    services.keep_draft(response, answers=stepped.answers, by=request.user)
    if to == walking.SAVE:
        return HttpResponse(status=204)
    if stepped.faults:
        return _draw(request, response, stepped, dict(posted.lists()))
    page = stepped.page.key if stepped.page else walking.CHECK
    return redirect(f"{reverse('surveys:answer', args=[response.ref])}?page={page}")


def _send(request: PersonRequest, response: Response) -> HttpResponse:
    faulty = walking.first_faulty(response.wave.instrument.questions, response.draft)
    if faulty is not None:
        return _draw(request, response, faulty)
    services.answer(response, answers=response.draft, by=request.user)
    messages.success(request, _("Thank you. Your answers are kept."))
    return redirect("surveys:answer", response.ref)


def _draw(
    request: PersonRequest,
    response: Response,
    stepped: Stepped,
    posted: Mapping[str, Sequence[str]] | None = None,
) -> HttpResponse:
    form = response.wave.instrument.questions
    context = {"response": response, "wave": response.wave, "form_read": form, "page": stepped.page}
    if stepped.page is None:
        said = in_words(form, stepped.answers)
        pages = [(page, [each for each in said if each.key in page.keys]) for page in pages_of(form, stepped.answers)]
        return render(request, "surveys/answer_check.html", context | {"pages": pages})
    questions = questions_form(
        stepped.page.items,
        stepped.answers,
        posted=posted,
        faults=fault_texts(form, stepped.faults),
        words_read_by=responses.readers_of(response.wave),
    )
    return render(request, "surveys/answer.html", context | {"form": questions})


def _refusal(response: Response) -> str:
    if response.state == ResponseState.ANSWERED:
        return _("You have answered already. Your answers are kept.")
    return _("The time to answer is over.")
