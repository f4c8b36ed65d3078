"""Pages for the two who mentor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.library.queries import tools_by_key
from luotsi.mentoring.enums import EarlyEnding, Ending
from luotsi.mentoring.forms import ApproveForm, ClosingForm, EndEarlyForm, ProposalForm, SessionForm
from luotsi.mentoring.queries.agreements import agreement_in_force, newest_agreement_of, shown_agreement
from luotsi.mentoring.queries.relationships import (
    as_told,
    contact_of,
    next_tool_key,
    own_session_for,
    plan_of,
    relationship_for,
    relationships_for,
    sessions_logged,
)
from luotsi.mentoring.queries.standings import next_thing_in, standing_for, standings_for, steps_of
from luotsi.mentoring.rules import may_agree
from luotsi.mentoring.services import agreements, relationships
from luotsi.mentoring.services import sessions as meetings
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    standings = standings_for(request.user, relationships_for(request.user))
    return render(request, "mentoring/mine.html", {"standings": standings})


@login_required
@require_safe
def home(request: PersonRequest, ref: UUID) -> HttpResponse:
    standing = standing_for(request.user, ref)
    shown = {
        "standing": standing,
        "next_thing": next_thing_in(standing),
        "steps": steps_of(standing),
        "contact": contact_of(standing.relationship.programme),
    }
    return render(request, "mentoring/home.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: PersonRequest, ref: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, ref)
    newest = newest_agreement_of(relationship)
    form = ApproveForm(request.POST or None)
    if carried_out(form, lambda: agreements.approve_agreement(newest, by=request.user)):
        messages.success(request, _("You have approved the agreement."))
        return redirect("mentoring:home", ref)
    shown = {
        "relationship": relationship,
        "other": relationship.other_than(request.user),
        "shown": shown_agreement(newest, request.user),
        "in_force": agreement_in_force(relationship),
        "may_propose": may_agree(request.user, relationship),
        "form": form,
    }
    return render(request, "mentoring/agreement.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: PersonRequest, ref: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, ref)
    newest = newest_agreement_of(relationship)
    words = {name: getattr(newest, name) for name in ("rhythm", "themes", "not_discussed")}
    form = ProposalForm(request.POST or None, initial=words)
    if carried_out(form, lambda: agreements.propose_agreement(relationship, **form.words(), by=request.user)):
        messages.success(request, _("Your proposal waits for the other one's approval."))
        return redirect("mentoring:agreement", ref)
    shown = {"relationship": relationship, "other": relationship.other_than(request.user), "form": form}
    return render(request, "mentoring/propose.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: PersonRequest, ref: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, ref)
    tool_key, minutes = next_tool_key(relationship), plan_of(relationship.programme).minutes
    form = SessionForm(request.POST or None, initial={"tool_key": tool_key, "minutes": minutes})
    if carried_out(form, lambda: meetings.log_session(relationship, form.meeting(), by=request.user)):
        messages.success(request, _("The meeting is logged."))
        return redirect("mentoring:sessions", ref)
    return render(
        request,
        "mentoring/sessions.html",
        {**_log_of(request, ref), "form": form, "tool": tools_by_key().get(tool_key)},
    )


@login_required
@require_POST
def log_as_agreed(request: PersonRequest, ref: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, ref)
    meetings.log_as_agreed(relationship, by=request.user)
    messages.success(request, _("Logged: you met today, as agreed. You can still add what you want to remember."))
    return redirect("mentoring:sessions", ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PersonRequest, ref: UUID, session_ref: UUID) -> HttpResponse:
    session = own_session_for(request.user, ref, session_ref)
    form = SessionForm(request.POST or None, initial=as_told(session))
    if carried_out(form, lambda: meetings.correct_session(session, form.meeting(), by=request.user)):
        messages.success(request, _("The entry is corrected."))
        return redirect("mentoring:sessions", ref)
    return render(request, "mentoring/sessions.html", {**_log_of(request, ref), "form": form, "corrected": session})


def _log_of(request: PersonRequest, ref: UUID) -> dict[str, object]:
    """What the page of meetings shows besides the form."""
    standing = standing_for(request.user, ref)
    logged = sessions_logged(standing.relationship, request.user)
    is_logged_today = any(each.session.held_on == timezone.localdate() for each in logged)
    shown = {"standing": standing, "logged": logged, "is_logged_today": is_logged_today}
    return {**shown, "tool": None, "corrected": None}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: PersonRequest, ref: UUID) -> HttpResponse:
    standing = standing_for(request.user, ref)
    form = ClosingForm(request.POST or None)
    act = relationships.begin_closing
    if carried_out(form, lambda: act(standing.relationship, Ending(form.cleaned_data["ending"]), by=request.user)):
        messages.success(request, _("The other one of your pair has been asked to confirm it."))
        return redirect("mentoring:home", ref)
    return render(request, "mentoring/closing.html", {"standing": standing, "form": form})


@login_required
@require_POST
def confirm(request: PersonRequest, ref: UUID) -> HttpResponse:
    relationships.confirm_closing(relationship_for(request.user, ref), by=request.user)
    messages.success(request, _("Your mentoring is completed. Thank you!"))
    return redirect("mentoring:home", ref)


@login_required
@require_POST
def keep_going(request: PersonRequest, ref: UUID) -> HttpResponse:
    relationships.keep_going(relationship_for(request.user, ref), by=request.user)
    messages.success(request, _("Your mentoring goes on."))
    return redirect("mentoring:home", ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: PersonRequest, ref: UUID) -> HttpResponse:
    standing = standing_for(request.user, ref)
    form = EndEarlyForm(request.POST or None)
    act = relationships.end_early
    if carried_out(form, lambda: act(standing.relationship, EarlyEnding(form.cleaned_data["reason"]), by=request.user)):
        messages.success(request, _("Your mentoring has ended. The other one of your pair has been told."))
        return redirect("mentoring:home", ref)
    contact = contact_of(standing.relationship.programme)
    return render(request, "mentoring/ending.html", {"standing": standing, "form": form, "contact": contact})
