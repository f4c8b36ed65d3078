"""Pages of HR days: the list of both sides, and the pages of those who lead them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.queries import network_for
from luotsi.surveys.enums import Step
from luotsi.surveys.forms.workshops import DayForm, InviteForm, PlanForm
from luotsi.surveys.messages.guides import GUIDES
from luotsi.surveys.queries import workshop_results
from luotsi.surveys.queries import workshops as queries
from luotsi.surveys.services import conclusions, workshops
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.surveys.models import Workshop

MOVES = {
    "start": (workshops.start_workshop, _("The HR day goes on now. Everybody can write.")),
    "finish": (
        conclusions.finish_workshop,
        _("The HR day is done. The main goals stand, and who carries them is told."),
    ),
    "reopen": (
        conclusions.reopen_workshop,
        _("The HR day goes on again. The main goals do not stand until it is done."),
    ),
    "cancel": (workshops.cancel_workshop, _("The HR day is cancelled, and those who take part are told.")),
}


@login_required
@require_safe
def workshop_list(request: PersonRequest) -> HttpResponse:
    page = {"lists": queries.lists_for(request.user), "networks": queries.networks_to_plan_in(request.user)}
    return render(request, "surveys/workshops.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_workshop(request: PersonRequest, ref: UUID) -> HttpResponse:
    network = network_for(request.user, ref, Role.COORDINATOR)
    form = PlanForm(request.POST or None, organisations=queries.organisations_to_invite(network))
    planned: list[Workshop] = []

    def plan() -> None:
        named = {name: form.cleaned_data[name] for name in ("name", "held_on")}
        planned.append(workshops.plan_workshop(network, organisations=form.chosen(), by=request.user, **named))

    if carried_out(form, plan):
        messages.success(request, _("The HR day is planned, and the organisations are invited."))
        return redirect("surveys:workshop", planned[0].ref)
    return render(request, "surveys/workshop_new.html", {"network": network, "form": form})


@login_required
@require_safe
def workshop(request: PersonRequest, ref: UUID) -> HttpResponse:
    return _draw(request, queries.workshop_for(request.user, ref))


@login_required
@require_POST
def invite_to_workshop(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.workshop_for(request.user, ref)
    form = InviteForm(request.POST, organisations=queries.still_to_invite(found))
    if carried_out(form, lambda: workshops.invite_organisation(found, organisation=form.chosen(), by=request.user)):
        messages.success(request, _("The organisation is invited."))
        return redirect("surveys:workshop", ref)
    return _draw(request, found, invite_form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_workshop(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.workshop_for(request.user, ref)
    form = DayForm(request.POST or None, initial={"name": found.name, "held_on": found.held_on})
    if carried_out(form, lambda: workshops.change_workshop(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is changed."))
        return redirect("surveys:workshop", ref)
    return render(request, "surveys/workshop_change.html", {"workshop": found, "form": form})


@login_required
@require_POST
def move_workshop(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Start, finish, open again, cancel. What is none of these does nothing."""
    found = queries.workshop_for(request.user, ref)
    if (to := request.POST.get("to", "")) in MOVES:
        act, said = MOVES[to]
        act(found, by=request.user)
        messages.success(request, said)
    return redirect("surveys:workshop", ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_step(request: PersonRequest, ref: UUID, step: int) -> HttpResponse:
    """What all see together: what to do, what is shown and shared. Posted, everybody is brought to this step."""
    found, here = queries.workshop_for(request.user, ref), step_of(step)
    if request.method == "POST":
        workshops.go_to_step(found, step=here, by=request.user)
        return redirect("surveys:workshop_step", ref, step)
    shown = workshop_results.all_shown_by([standing.part for standing in queries.standings_of(found)])
    page = {
        "workshop": found,
        "step": here,
        "steps": Step,
        "guide": GUIDES[here],
        "shown": shown,
        "charts": workshop_results.charts_of(None, shown),
        "shared": queries.shared_notes(found, here),
    }
    return render(request, "surveys/workshop_step.html", page)


@login_required
@require_safe
def workshop_notes(request: PersonRequest, ref: UUID, step: int) -> HttpResponse:
    """The part of the step that draws itself anew."""
    found, here = queries.workshop_for(request.user, ref), step_of(step)
    page = {"workshop": found, "step": here, "shared": queries.shared_notes(found, here)}
    return render(request, "surveys/workshop_notes.html", page)


def step_of(number: int) -> Step:
    """The step of an address. Raises NotThereError."""
    if number not in Step:
        raise NotThereError
    return Step(number)


def _draw(request: PersonRequest, found: Workshop, invite_form: InviteForm | None = None) -> HttpResponse:
    still = list(queries.still_to_invite(found))
    page: dict[str, Any] = {
        "workshop": found,
        "steps": Step,
        "standings": queries.standings_of(found),
        "settled": queries.settled_in(found),
        "form": invite_form or (InviteForm(organisations=still) if still else None),
    }
    return render(request, "surveys/workshop.html", page)
