"""Pages for whoever applies: who one is, the questions page by page, the look through, and what happens next.

No account is needed. A browser holds an application on its way in its session; the mailed link opens it elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.actors import LinkBearer
from luotsi.core.errors import NotThereError
from luotsi.core.texts import TranslatedText
from luotsi.people.models import Person
from luotsi.people.queries import address_of
from luotsi.programmes.enums import ApplicationRole
from luotsi.programmes.formats.calls import form_of
from luotsi.programmes.forms.apply import ContactForm, RoleForm, TermsForm
from luotsi.programmes.messages.apply import role_name, said_in
from luotsi.programmes.queries import calls
from luotsi.programmes.services import drafts
from luotsi.programmes.services.drafts import Contact
from luotsi.programmes.views.steps import Asking, Taken, first_faulty, standing, step
from luotsi.surveys.formats.pages import pages_of
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from luotsi.programmes.models.applications import ApplicationDraft
    from luotsi.programmes.queries.calls import Call

HELD = "programmes.drafts"  # in the session: refs of drafts by programme
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def apply(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The first step. Whoever has begun goes on, unless the first step itself is asked for."""
    call, draft = calls.call_for_everybody(ref), _held(request, ref)
    if draft is not None and draft.application is None and "who" not in request.GET:
        return redirect("programmes:apply_questions" if draft.handed_in_at is None else "programmes:apply_sent", ref)
    if draft is not None and draft.application is not None:
        draft = None
    if not call.roles and draft is None:
        return redirect("programmes:call", ref)
    form = _contact_form(request, call, draft)
    if request.method == "POST" and carried_out(form, lambda: _begin(request, call, draft, form.cleaned_data)):
        return redirect("programmes:apply_questions", ref)
    return render(request, "programmes/apply.html", _context(request, call, draft) | {"form": form})


@never_cache
@form_page
def questions(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Page by page; what was answered is kept at each step."""
    call, draft = calls.call_for_everybody(ref), _held(request, ref)
    if draft is None or draft.handed_in_at is not None:
        return redirect("programmes:apply" if draft is None else "programmes:apply_sent", ref)
    if request.method == "POST":
        return _take(request, call, draft)
    taken = standing(_asking(draft, call), draft.told, request.GET.get("page", ""))
    return redirect("programmes:apply_check", ref) if taken.page is None else _draw(request, call, draft, taken)


@never_cache
@form_page
def check(request: HttpRequest, ref: UUID) -> HttpResponse:
    """All that was told, the terms, and handing it in."""
    call, draft = calls.call_for_everybody(ref), _held(request, ref)
    if draft is None or draft.handed_in_at is not None:
        return redirect("programmes:apply" if draft is None else "programmes:apply_sent", ref)
    faulty = first_faulty(_asking(draft, call), draft.told)
    if faulty is not None:
        return _draw(request, call, draft, faulty)
    has_terms = bool(call.model.enrolment.terms)
    form = TermsForm(request.POST if request.method == "POST" else None, has_terms=has_terms)
    by = _bearer(draft)
    if request.method == "POST" and carried_out(form, lambda: drafts.hand_in(draft, accepts_terms=True, by=by)):
        return redirect("programmes:apply_sent", ref)
    told = said_in(call.model, draft.role, draft.told)
    pages = [
        (page, [(question, answer) for key, question, answer in told if key in page.keys])
        for page in pages_of(form_of(call.model, draft.role), draft.told)
    ]
    context = _context(request, call, draft) | {"form": form, "pages": pages, "has_terms": has_terms}
    return render(request, "programmes/apply_check.html", context)


@never_cache
@require_safe
def sent(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What happens next: the address is confirmed by the mailed link, or the application is on its way."""
    call, draft = calls.call_for_everybody(ref), _held(request, ref)
    if draft is None or draft.handed_in_at is None:
        return redirect("programmes:apply", ref)
    return render(request, "programmes/apply_sent.html", _context(request, call, draft))


@require_POST
def mail_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    draft = _held(request, ref)
    if draft is None:
        return redirect("programmes:apply", ref)
    drafts.send_link(draft, by=_bearer(draft))
    messages.success(request, _("The link is on its way. An earlier one does not work any more."))
    return redirect("programmes:apply_sent" if draft.handed_in_at else "programmes:apply_questions", ref)


@require_POST
def throw_away(request: HttpRequest, ref: UUID) -> HttpResponse:
    draft = _held(request, ref)
    if draft is not None:
        drafts.throw_away(draft, by=_bearer(draft))
        messages.success(request, _("What you had written has been removed."))
    return redirect("programmes:call", ref)


@never_cache
@form_page
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """A mail scanner that follows the link confirms nothing: only the button does."""
    try:
        draft = calls.draft_with(secret)
    except NotThereError:
        return render(request, "programmes/apply_link_over.html", status=404)
    programme = draft.round.programme
    if request.method != "POST" or draft.application is not None:
        return render(request, "programmes/apply_link.html", _context(request, calls.call_of(draft.round), draft))
    _hold(request, programme.ref, draft)
    drafts.confirm(draft, by=_bearer(draft))
    return redirect("programmes:apply_sent" if draft.handed_in_at else "programmes:apply_questions", programme.ref)


def _take(request: HttpRequest, call: Call, draft: ApplicationDraft) -> HttpResponse:
    """Keep what a page brought, and lead on. What a script sends while somebody writes leads nowhere."""
    taken = step(_asking(draft, call), draft.told, request.POST)
    drafts.keep_told(draft, taken.told, by=_bearer(draft))
    if "save" in request.GET:
        return HttpResponse(status=204)
    if taken.typed is not None:
        return _draw(request, call, draft, taken)
    if taken.page is None:
        return redirect("programmes:apply_check", call.programme.ref)
    return redirect(f"{reverse('programmes:apply_questions', args=[call.programme.ref])}?page={taken.page.key}")


def _begin(request: HttpRequest, call: Call, draft: ApplicationDraft | None, values: dict[str, str]) -> None:
    said = {name: values[name] for name in ("given_name", "family_name", "email") if name in values}
    contact = Contact(role=ApplicationRole(values["role"]), **said)
    if draft is not None:
        drafts.change_contact(draft, contact, by=_bearer(draft))
        return
    by = request.user if isinstance(request.user, Person) else LinkBearer(actor_ref=None)
    language = (get_language() or "fi")[:2]
    _hold(request, call.programme.ref, drafts.begin_draft(call.round, contact, language=language, by=by))


def _contact_form(request: HttpRequest, call: Call, draft: ApplicationDraft | None) -> RoleForm:
    kept = [ApplicationRole(draft.role)] if draft is not None and draft.role not in call.roles else []
    roles = [(role.value, role_name(call.model, role)) for role in (*call.roles, *kept)]
    data = request.POST if request.method == "POST" else None
    initial = {"role": request.GET.get("role", "")}
    if draft is not None:
        names = ("role", "given_name", "family_name", "email")
        initial = {name: getattr(draft, name) for name in names}
    kind = RoleForm if isinstance(request.user, Person) else ContactForm
    return kind(data, roles=roles, initial=initial)


def _asking(draft: ApplicationDraft, call: Call) -> Asking:
    return Asking(model=call.model, role=draft.role, email=draft.email)


def _draw(request: HttpRequest, call: Call, draft: ApplicationDraft, taken: Taken) -> HttpResponse:
    context = _context(request, call, draft) | {
        "form": taken.form(_asking(draft, call)),
        "page": taken.page,
        "brought_up": taken.brought_up,
        "skill_names": calls.usual_skills(call.programme.network),
    }
    return render(request, "programmes/apply_questions.html", context)


def _context(request: HttpRequest, call: Call, draft: ApplicationDraft | None) -> dict[str, object]:
    mine = isinstance(request.user, Person)
    return {
        "call": call,
        "programme": call.programme,
        "draft": draft,
        "role_name": role_name(call.model, draft.role) if draft is not None else "",
        "terms": TranslatedText(call.model.enrolment.terms),
        "own_address": address_of(request.user) if isinstance(request.user, Person) else "",
        "is_signed_in": mine,
    }


def _bearer(draft: ApplicationDraft) -> LinkBearer:
    return LinkBearer(actor_ref=draft.ref)


def _hold(request: HttpRequest, programme_ref: UUID, draft: ApplicationDraft) -> None:
    held = dict(request.session.get(HELD, {}))
    request.session[HELD] = held | {str(programme_ref): str(draft.ref)}


def _held(request: HttpRequest, programme_ref: UUID) -> ApplicationDraft | None:
    """What this browser has begun in the programme; of somebody who is signed in, what was begun anywhere."""
    programme = calls.call_for_everybody(programme_ref).programme
    held = request.session.get(HELD, {}).get(str(programme_ref))
    try:
        if held is not None:
            return calls.draft_held(held, programme)
    except NotThereError:
        pass
    return calls.draft_of(request.user, programme) if isinstance(request.user, Person) else None
