"""Pages of the main goals that an organisation sets on an HR day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.surveys.enums import Step
from luotsi.surveys.forms.workshops import CarrierForm, GoalForm, initial_of
from luotsi.surveys.queries import workshops as queries
from luotsi.surveys.services import conclusions
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.surveys.models import Conclusion


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_goal(request: PersonRequest, ref: UUID) -> HttpResponse:
    part = queries.part_for(request.user, ref)
    form = GoalForm(request.POST or None, part=part)
    if carried_out(form, lambda: conclusions.set_goal(part, goal=form.goal(), by=request.user)):
        messages.success(request, _("The main goal is written down."))
        return redirect("surveys:part_step", ref, int(Step.GOALS))
    return render(request, "surveys/workshop_goal.html", {"part": part, "form": form, "goal": None})


@login_required
@require_POST
def goal_from_note(request: PersonRequest, ref: UUID) -> HttpResponse:
    """One press: the note becomes a goal, to be filled in."""
    made = conclusions.set_goal_from_note(queries.note_for(request.user, ref), by=request.user)
    messages.success(request, _("The note is a main goal now. Fill in what is missing."))
    return redirect("surveys:goal", made.ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.goal_for(request.user, ref)
    form = GoalForm(request.POST or None, part=found.part, initial=initial_of(found))
    if carried_out(form, lambda: conclusions.change_goal(found, goal=form.goal(), by=request.user)):
        messages.success(request, _("The main goal is written down."))
        return redirect("surveys:part_step", found.part.ref, int(Step.GOALS))
    return render(request, "surveys/workshop_goal.html", {"part": found.part, "form": form, "goal": found})


@login_required
@require_POST
def remove_goal(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.goal_for(request.user, ref)
    conclusions.remove_goal(found, by=request.user)
    messages.success(request, _("The main goal is removed."))
    return redirect("surveys:part_step", found.part.ref, int(Step.GOALS))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def carrier(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Who sees to the goal."""
    found = queries.goal_for(request.user, ref)
    form = CarrierForm(request.POST or None, people=queries.people_who_can_carry(found.part), initial=_carried(found))
    if carried_out(
        form,
        lambda: conclusions.name_carrier(
            found, carrier=form.chosen(), carried_by=form.cleaned_data["carried_by"], by=request.user
        ),
    ):
        messages.success(request, _("It is written down who sees to the goal."))
        return redirect("surveys:part_step", found.part.ref, int(Step.CARRIERS))
    return render(request, "surveys/workshop_carrier.html", {"part": found.part, "form": form, "goal": found})


def _carried(found: Conclusion) -> dict[str, str]:
    return {"carrier": str(found.carrier.ref) if found.carrier else "", "carried_by": found.carried_by}
