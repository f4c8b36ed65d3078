"""Pages of HR days for those who take part for their organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.surveys.enums import ShareLevel, Step, WorkshopState
from luotsi.surveys.forms.workshops import NoteForm, ResultsForm
from luotsi.surveys.messages.guides import GUIDES
from luotsi.surveys.queries import workshop_results
from luotsi.surveys.queries import workshops as queries
from luotsi.surveys.services import notes, workshops
from luotsi.surveys.views.workshops import step_of
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.surveys.models import WorkshopNote, WorkshopPart


@login_required
@require_safe
def part(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.part_for(request.user, ref)
    page = {"part": found, "workshop": found.workshop, "steps": Step, "others": queries.others_in(found)}
    return render(request, "surveys/workshop_part.html", page | {"goals": queries.goals_in(found)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part_results(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Which results, and what the others see. A look at it changes nothing."""
    found = queries.part_for(request.user, ref)
    waves = queries.waves_to_look_at(found)
    now = {"wave": str(found.wave.ref) if found.wave else "", "shares": found.shares}
    form = ResultsForm(request.POST or None, waves=waves, initial=now)
    is_look = "look" in request.POST
    if not is_look and carried_out(form, lambda: _choose(found, form, request)):
        messages.success(request, _("It holds from now on. You can change it at any time before the day is done."))
        return redirect("surveys:part", ref)
    shown_now = (found.wave, ShareLevel(found.shares))
    wave, shares = form.chosen() if form.is_bound and form.is_valid() else shown_now
    page = {
        "part": found,
        "form": form,
        "has_waves": bool(waves),
        "is_look": is_look and form.is_valid(),
        "preview": workshop_results.shown_of(found, wave, shares),
    }
    return render(request, "surveys/workshop_results.html", page)


def _choose(found: WorkshopPart, form: ResultsForm, request: PersonRequest) -> None:
    wave, shares = form.chosen()
    workshops.choose_results(found, wave=wave, shares=shares, by=request.user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part_step(request: PersonRequest, ref: UUID, step: int) -> HttpResponse:
    """A step with the own results and notes, and what the others share. Posted, a note is written."""
    found, here = queries.part_for(request.user, ref), step_of(step)
    form = NoteForm(request.POST or None, part=found, ask=str(GUIDES[here].ask))
    if request.method == "POST" and carried_out(
        form, lambda: notes.write_note(found, step=here, by=request.user, **form.cleaned_data)
    ):
        return redirect(_address_of_notes(found, here))
    own = workshop_results.own_results(found)
    shown = workshop_results.all_shown_by(queries.others_in(found))
    page = _notes_of(found, here) | {
        "form": form,
        "steps": Step,
        "guide": GUIDES[here],
        "own": own,
        "shown": shown,
        "charts": workshop_results.charts_of(own, shown),
        "people": queries.people_who_can_carry(found) if here is Step.CARRIERS else [],
    }
    return render(request, "surveys/workshop_part_step.html", page)


@login_required
@require_safe
def part_notes(request: PersonRequest, ref: UUID, step: int) -> HttpResponse:
    """The part of the step that draws itself anew."""
    found = queries.part_for(request.user, ref)
    return render(request, "surveys/workshop_part_notes.html", _notes_of(found, step_of(step)))


@login_required
@require_POST
def note(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Show a note to the others, keep it, or remove it. What is none of these does nothing."""
    found = queries.note_for(request.user, ref)
    acts = {
        "share": lambda: notes.share_note(found, is_shared=True, by=request.user),
        "keep": lambda: notes.share_note(found, is_shared=False, by=request.user),
        "remove": lambda: notes.remove_note(found, by=request.user),
    }
    if (do := request.POST.get("do", "")) in acts:
        acts[do]()
    return redirect(_address_of_notes(found.part, Step(found.step)))


@login_required
@require_safe
def summary(request: PersonRequest, ref: UUID) -> HttpResponse:
    """What came out, for paper too."""
    found = queries.part_for(request.user, ref)
    noted = {step: queries.own_notes(found, step) for step in Step}
    page = {"part": found, "workshop": found.workshop, "goals": queries.goals_in(found), "noted": noted}
    return render(request, "surveys/workshop_summary.html", page)


@login_required
@require_POST
def leave_workshop(request: PersonRequest, ref: UUID) -> HttpResponse:
    workshops.leave_workshop(queries.part_for(request.user, ref), by=request.user)
    messages.success(request, _("Your organisation has left the HR day. Its notes and goals there are gone."))
    return redirect("surveys:workshops")


def _address_of_notes(found: WorkshopPart, step: Step) -> str:
    return reverse("surveys:part_step", args=[found.ref, int(step)]) + "#notes"


def _notes_of(found: WorkshopPart, step: Step) -> dict[str, Any]:
    goals = queries.goals_in(found)
    own: list[WorkshopNote] = queries.own_notes(found, step)
    return {
        "part": found,
        "workshop": found.workshop,
        "step": step,
        "now": Step(found.workshop.step),
        "notes": own,
        "shared": queries.shared_notes(found.workshop, step, but=found),
        "goals": goals,
        "offers": queries.offers_for(found, goals) if step in {Step.WANTED, Step.GOALS} else [],
        "may_write": found.workshop.state == WorkshopState.RUNNING,
    }
