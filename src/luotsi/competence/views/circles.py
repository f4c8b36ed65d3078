"""Pages for coordinators: what a circle is assessed in, who was asked, how the group has grown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.competence.forms.assessments import AskAboutForm, ChooseForm, PlanForm, RoundForm
from luotsi.competence.queries import plans as queries
from luotsi.competence.queries.groups import group_growth_of
from luotsi.competence.services import plans as services
from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.competence.models import AssessmentPlan
    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def plans(request: PersonRequest) -> HttpResponse:
    _check_coordinates(request)
    page = page_of(queries.plans_with_counts(request.user), request.GET, by=("-created_at", "-pk"))
    return render(request, "competence/plans.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_plan(request: PersonRequest) -> HttpResponse:
    _check_coordinates(request)
    form = PlanForm(request.POST or None, circles=queries.circles_to_plan_for(request.user))
    made: list[AssessmentPlan] = []
    if carried_out(
        form,
        lambda: made.append(services.make_plan(form.chosen_circle, name=form.cleaned_data["name"], by=request.user)),
    ):
        return redirect("competence:choose", made[0].ref)
    return render(request, "competence/plan_new.html", {"form": form})


@login_required
@require_safe
def plan(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.plan_for(request.user, ref)
    page = {
        "plan": found,
        "planned": list(queries.planned_in(found)),
        "standings": queries.standings_of(found),
        "tasks": page_of(queries.tasks_in(found), request.GET, by=("person__sort_key", "moment", "pk")),
        "may_remind": queries.may_remind_now(found),
        "growth": group_growth_of(found),
    }
    return render(request, "competence/plan.html", page)


@login_required
@require_safe
def choose(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The areas to choose from."""
    found = queries.plan_for(request.user, ref)
    page = page_of(queries.areas_to_choose_from(found), request.GET, by=("-framework_id", "position", "pk"))
    shown = {
        "plan": found,
        "page": page,
        "counts": queries.planned_by_area(found),
        "has_begun": queries.has_begun(found),
    }
    return render(request, "competence/plan_choose.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_in(request: PersonRequest, ref: UUID, area: UUID) -> HttpResponse:
    """What of one area belongs to the plan."""
    found = queries.plan_for(request.user, ref)
    place = one(queries.areas_to_choose_from(found), area)
    chosen = found.planned.values_list("competence", flat=True)
    form = ChooseForm(request.POST if request.method == "POST" else None, area=place, chosen=chosen)
    if carried_out(form, lambda: services.choose_in_area(found, place, form.chosen, by=request.user)):
        messages.success(request, _("The choice is kept."))
        return redirect("competence:choose", ref)
    return render(request, "competence/plan_choose_in.html", {"plan": found, "area": place, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Ask the circle's people, their mentors, or both."""
    found = queries.plan_for(request.user, ref)
    form = RoundForm(request.POST or None, plan=found)
    asked: list[int] = []
    if carried_out(form, lambda: asked.append(services.ask(found, form.asked, by=request.user))):
        told = ngettext(
            "%(count)s assessment has been asked for.", "%(count)s assessments have been asked for.", asked[0]
        )
        messages.success(request, told % {"count": asked[0]})
        return redirect("competence:plan", ref)
    return render(request, "competence/plan_ask.html", {"plan": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about(request: PersonRequest, ref: UUID, person: UUID) -> HttpResponse:
    """Ask somebody about one person of the circle."""
    found = queries.plan_for(request.user, ref)
    about = queries.person_in(found, person)
    form = AskAboutForm(request.POST or None, candidates=queries.candidates_for(about, found))
    if carried_out(form, lambda: services.ask_about(found, about, form.asked, by=request.user)):
        messages.success(request, _("%(name)s has been asked.") % {"name": form.candidate.person})
        return redirect("competence:plan", ref)
    return render(request, "competence/plan_ask_about.html", {"plan": found, "person": about, "form": form})


@login_required
@require_POST
def remind(request: PersonRequest, ref: UUID) -> HttpResponse:
    sent = services.remind(queries.plan_for(request.user, ref), by=request.user)
    told = ngettext("%(count)s person has been reminded.", "%(count)s people have been reminded.", sent)
    messages.success(request, told % {"count": sent})
    return redirect("competence:plan", ref)


@login_required
@require_POST
def end_plan(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.end_plan(queries.plan_for(request.user, ref), by=request.user)
    messages.success(request, _("The plan is closed."))
    return redirect("competence:plan", ref)


def _check_coordinates(request: PersonRequest) -> None:
    """Raises NotThereError for those who coordinate no network."""
    if not networks_for(request.user, Role.COORDINATOR).exists():
        raise NotThereError
