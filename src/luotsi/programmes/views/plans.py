"""Pages of the action plan, for coordinators and for the partners' people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.formats.values import ActivityKind, Audience
from luotsi.programmes.forms.plans import ActivityForm, CommentForm, initial_of
from luotsi.programmes.messages import plan_words
from luotsi.programmes.messages.model_words import word_for, words_for
from luotsi.programmes.queries import partners as partner_queries
from luotsi.programmes.queries import plans as queries
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.rules import may_approve, may_run, may_speak_for
from luotsi.programmes.services import entries
from luotsi.programmes.services.approvals import approve_plan
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.plans import Activity
    from luotsi.programmes.models.programmes import Programme

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def shared_plans(request: PersonRequest) -> HttpResponse:
    """The programmes whose plan the person shares for a partner."""
    today = timezone.localdate()
    found = [
        (programme, list(partner_queries.own_partners_of(request.user).filter(programme=programme)))
        for programme in partner_queries.planned_programmes_for(request.user)[:50]
    ]
    cards = [
        {
            "programme": programme,
            "standings": queries.standings_of(programme, mine),
            "is_over": programme.ends_on < today,
        }
        for programme, mine in found
    ]
    return render(request, "programmes/plans.html", {"cards": cards})


@login_required
@require_safe
def plan(request: PersonRequest, ref: UUID) -> HttpResponse:
    return _draw(request, partner_queries.shared_programme_for(request.user, ref))


@login_required
@require_safe
def plan_of_coordinator(request: PersonRequest, ref: UUID) -> HttpResponse:
    return _draw(request, programme_for(request.user, ref))


@login_required
@require_POST
def comment(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = partner_queries.shared_programme_for(request.user, ref)
    form = CommentForm(request.POST)
    if carried_out(form, lambda: entries.comment_on_plan(programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The comment is there for all partners to read."))
        return redirect("programmes:plan", ref)
    return _draw(request, programme, form=form)


@login_required
@form_page
def activity(request: PersonRequest, ref: UUID, activity_ref: UUID) -> HttpResponse:
    """One activity; posted, a comment on it."""
    programme = partner_queries.shared_programme_for(request.user, ref)
    found = queries.activity_in(programme, activity_ref)
    form = CommentForm(request.POST or None)
    if carried_out(
        form, lambda: entries.comment_on_plan(programme, activity=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The comment is there for all partners to read."))
        return redirect("programmes:plan_activity", ref, activity_ref)
    page = {
        "programme": programme,
        "activity": found,
        "kind": word_for(ActivityKind(found.kind)),
        "audience": words_for(Audience(each) for each in found.for_whom),
        "is_late": queries.is_late(found, timezone.localdate()),
        "comments": queries.comments_of(programme, found),
        "history": plan_words.history_in_words(queries.history_of(found)),
        "form": form,
        "may_change": _may_change(request, found),
        "person": request.user,
    }
    return render(request, "programmes/plan_activity.html", page)


@login_required
@form_page
def new_activity(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = partner_queries.shared_programme_for(request.user, ref)
    form = _activity_form(request, programme)
    if carried_out(
        form,
        lambda: entries.add_activity(programme, details=form.details(), partner=form.chosen_partner(), by=request.user),
    ):
        messages.success(request, _("It is in the plan."))
        return redirect("programmes:plan", ref)
    return render(request, "programmes/plan_entry.html", {"programme": programme, "form": form, "activity": None})


@login_required
@form_page
def change_activity(request: PersonRequest, ref: UUID, activity_ref: UUID) -> HttpResponse:
    programme, found = _to_change(request, ref, activity_ref)
    form = _activity_form(request, programme, found)
    if carried_out(form, lambda: entries.change_activity(found, details=form.details(), by=request.user)):
        messages.success(request, _("The plan is changed. Partners who had approved it are asked again."))
        return redirect("programmes:plan_activity", ref, activity_ref)
    return render(request, "programmes/plan_entry.html", {"programme": programme, "form": form, "activity": found})


@login_required
@require_POST
def move_activity(request: PersonRequest, ref: UUID, activity_ref: UUID) -> HttpResponse:
    """Done, planned again, or cancelled. What is none of these does nothing."""
    _programme, found = _to_change(request, ref, activity_ref)
    to = request.POST.get("to", "")
    if to == ActivityState.CANCELLED:
        entries.cancel_activity(found, by=request.user)
        messages.success(request, _("It is cancelled. Partners who had approved the plan are asked again."))
    elif to in {ActivityState.DONE, ActivityState.PLANNED}:
        entries.mark_done(found, is_done=to == ActivityState.DONE, by=request.user)
        messages.success(request, _("It is noted."))
    return redirect("programmes:plan_activity", ref, activity_ref)


@login_required
@require_POST
def remove_comment(request: PersonRequest, ref: UUID, comment_ref: UUID) -> HttpResponse:
    programme = partner_queries.shared_programme_for(request.user, ref)
    found = one(programme.plan_comments.filter(person=request.user).select_related("person", "activity"), comment_ref)
    about = found.activity
    entries.remove_comment(found, by=request.user)
    messages.success(request, _("The comment is removed."))
    return redirect("programmes:plan_activity", ref, about.ref) if about else redirect("programmes:plan", ref)


@login_required
@form_page
def approve(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    """What changed since the last yes; posted, a yes to the plan as it was shown."""
    programme = partner_queries.shared_programme_for(request.user, ref)
    partner = partner_queries.partner_in(programme, partner_ref)
    if not may_approve(request.user, partner):
        raise NotThereError
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        approve_plan(partner, seen=int(seen) if seen.isdigit() else 0, by=request.user)
        messages.success(request, _("You have approved the plan for %(name)s.") % {"name": partner.organisation.name})
        return redirect("programmes:plan", ref)
    standing = queries.standing_of(partner)
    page = {
        "programme": programme,
        "standing": standing,
        "changes": plan_words.differences_in_words(standing.differences, list(queries.phases_of(programme))),
        "seen": queries.newest_change_of(programme),
        **_plan_page(programme),
    }
    return render(request, "programmes/plan_approve.html", page)


def _draw(request: PersonRequest, programme: Programme, form: CommentForm | None = None) -> HttpResponse:
    mine = partner_queries.speaks_for(request.user, programme)
    page = {
        "programme": programme,
        "runs": may_run(request.user, programme),
        "mine": mine,
        "comments": queries.comments_of(programme),
        "form": form or CommentForm(),
        "person": request.user,
        **_plan_page(programme),
    }
    page["standings"] = queries.standings_of(programme, page["partners"])
    return render(request, "programmes/plan.html", page)


def _plan_page(programme: Programme) -> dict[str, Any]:
    """Phases with their activities in the order of days, and the timeline: three queries and those of the partners."""
    today = timezone.localdate()
    phases, partners = list(queries.phases_of(programme)), list(partner_queries.partners_of(programme))
    activities = list(queries.activities_of(programme))
    activities.sort(key=lambda each: (queries.day_of(each) or programme.ends_on, each.pk))
    rows = [(phase, [each for each in activities if each.phase_id == phase.pk]) for phase in phases]
    return {
        "phases": rows,
        "partners": partners,
        "late": {each.pk for each in activities if queries.is_late(each, today)},
        "timeline": plan_words.timeline_of(programme, phases, activities, partners),
    }


def _activity_form(request: PersonRequest, programme: Programme, found: Activity | None = None) -> ActivityForm:
    partners = list(programme.partners.filter(left_on=None).select_related("organisation"))
    runs = may_run(request.user, programme)
    mine = partner_queries.speaks_for(request.user, programme)
    offered = [partner for partner in partners if runs or partner.pk in mine]
    form = ActivityForm(
        request.POST or None,
        phases=list(queries.phases_of(programme)),
        partners=offered,
        activity=found,
        may_share=runs,
        initial=initial_of(found) if found else {},
    )
    form.offer_responsible([partner.organisation for partner in partners])
    return form


def _may_change(request: PersonRequest, found: Activity) -> bool:
    if found.partner is None:
        return may_run(request.user, found.programme)
    return may_speak_for(request.user, found.partner)


def _to_change(request: PersonRequest, ref: UUID, activity_ref: UUID) -> tuple[Programme, Activity]:
    """Raises NotThereError for who sees the activity, but does not change it."""
    programme = partner_queries.shared_programme_for(request.user, ref)
    found = queries.activity_in(programme, activity_ref)
    if not _may_change(request, found):
        raise NotThereError
    return programme, found
