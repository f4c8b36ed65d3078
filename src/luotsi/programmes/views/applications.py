"""Pages of the coordinator: applications, one by one and many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.programmes.enums import APPLICATION_MOVES, UNDECIDED, ApplicationState
from luotsi.programmes.forms.applications import DECISIONS, DecisionForm, FilterForm, InterviewForm
from luotsi.programmes.messages.history import event_in_words
from luotsi.programmes.messages.letters import ordinary_words
from luotsi.programmes.messages.told import told_in
from luotsi.programmes.queries import applications as application_queries
from luotsi.programmes.queries import calls
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services import applications as application_services
from luotsi.programmes.services import interviews as interview_services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.programmes import Programme, Round


@login_required
@require_safe
def applications(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = programme_queries.programme_for(request.user, ref)
    form = FilterForm(request.GET, organisations=application_queries.organisations_applied_from(found))
    rows = application_queries.applications_of(found, form.wanted())
    page = {
        "programme": found,
        "form": form,
        "page": page_of(rows, request, by=("person__sort_key", "pk")),
        "matching": rows.count(),
        "funnel": programme_queries.funnel_of(found),
    }
    return render(request, "programmes/applications.html", page)


@login_required
@require_safe
def waiting(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Who waits how long, the longest first, and who would be next in each role."""
    found = programme_queries.programme_for(request.user, ref)
    rows = application_queries.waiting_of(found)
    page = {
        "programme": found,
        "page": page_of(rows.order_by(), request, by=("submitted_on", "-state", "pk")),
        "rooms": application_queries.rooms_of(found),
        "today": timezone.localdate(),
    }
    return render(request, "programmes/applications_waiting.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept_submitted(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = programme_queries.programme_for(request.user, ref)
    undecided = programme_queries.funnel_of(found).undecided
    if request.method == "POST":
        application_services.ask_to_accept_submitted(_round_of(found), by=request.user)
        text = ngettext(
            "%(count)s application is being accepted. The one who applied gets a message.",
            "%(count)s applications are being accepted. Those who applied get a message.",
            undecided,
        )
        messages.success(request, text % {"count": undecided})
        return redirect("programmes:applications", ref)
    return render(request, "programmes/accept_submitted.html", {"programme": found, "undecided": undecided})


@login_required
@require_safe
def application(request: PersonRequest, ref: UUID, application_ref: UUID) -> HttpResponse:
    found = _found(request, ref, application_ref)
    return render(request, "programmes/application.html", _about(found, InterviewForm()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PersonRequest, ref: UUID, application_ref: UUID) -> HttpResponse:
    """The decision with its letter: the ordinary words, those of a template, or other ones."""
    found = _found(request, ref, application_ref)
    form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm(initial=_letter(request, found))

    def act() -> None:
        words = form.words_in(found.person.language)
        state = ApplicationState(form.cleaned_data["state"])
        application_services.decide(found, state, by=request.user, words=words)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, _("Decided. %(name)s gets a message.") % {"name": found.person})
        return redirect("programmes:application", ref, application_ref)
    programme, state = found.round.programme, form["state"].value()
    state = state if state in dict(DECISIONS) else ApplicationState.ACCEPTED.value
    page = {
        "programme": programme,
        "application": found,
        "form": form,
        "templates": application_queries.templates_of(programme.network),
        "state": state,
        "decision": dict(DECISIONS)[ApplicationState(state)],
    }
    return render(request, "programmes/application_decide.html", page)


def _letter(request: PersonRequest, found: Application) -> dict[str, str]:
    """The words to begin with, in the language of the one who applied."""
    state = request.GET.get("state", "")
    state = state if state in dict(DECISIONS) else ApplicationState.ACCEPTED.value
    with translation.override(found.person.language):
        subject, lines = ordinary_words(found, ApplicationState(state))
        text = "\n\n".join(str(line) for line in lines)
        templates = application_queries.templates_of(found.round.programme.network)
        chosen = next((each for each in templates if str(each.ref) == request.GET.get("template")), None)
        if chosen is not None:
            subject, text = str(chosen.subject), str(chosen.text)
    return {"state": state, "subject": subject, "text": text}


@login_required
@require_POST
def note_interview(request: PersonRequest, ref: UUID, application_ref: UUID) -> HttpResponse:
    found, form = _found(request, ref, application_ref), InterviewForm(request.POST)
    if carried_out(form, lambda: interview_services.note_interview(found, form.talk(), by=request.user)):
        messages.success(request, _("The interview has been noted."))
        return redirect("programmes:application", ref, application_ref)
    return render(request, "programmes/application.html", _about(found, form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: PersonRequest, ref: UUID, application_ref: UUID, interview_ref: UUID) -> HttpResponse:
    found = _found(request, ref, application_ref)
    held = application_queries.interview_in(found, interview_ref)
    held.application = found
    typed = {name: getattr(held, name) for name in ("held_on", "notes", "recommendation")}
    form = InterviewForm(request.POST or None, initial=typed)
    if request.method == "POST" and carried_out(
        form, lambda: interview_services.change_interview(held, form.talk(), by=request.user)
    ):
        messages.success(request, _("The interview has been put right."))
        return redirect("programmes:application", ref, application_ref)
    page = {"programme": found.round.programme, "application": found, "interview": held, "form": form}
    return render(request, "programmes/interview.html", page)


def _found(request: PersonRequest, ref: UUID, application_ref: UUID) -> Application:
    return application_queries.application_in(programme_queries.programme_for(request.user, ref), application_ref)


def _about(found: Application, form: InterviewForm) -> dict[str, object]:
    """All that the page of one application shows."""
    interviews = list(application_queries.interviews_of(found))
    wants_interview = model_in(found.round.programme.description).enrolment.interview
    moves = APPLICATION_MOVES[ApplicationState(found.state)]
    history = [(entry, event_in_words(entry.verb)) for entry in application_queries.history_of(found)]
    return {
        "programme": found.round.programme,
        "application": found,
        "told": told_in(found),
        "form": form,
        "interviews": interviews,
        "is_undecided": found.state in UNDECIDED,
        "lacks_interview": wants_interview and not interviews,
        "lacks_guardian": calls.guardian_is_missing(found),
        "guardian": calls.guardian_of(found),
        "guardian_consent": calls.guardian_consent_of(found),
        "decisions": [choice for choice in DECISIONS if choice[0] in moves],
        "history": [(entry, words) for entry, words in history if words],
    }


def _round_of(programme: Programme) -> Round:
    """The newest round. Raises NotThereError while the programme is a draft."""
    found = programme_queries.round_of(programme)
    if found is None:
        raise NotThereError
    return found
