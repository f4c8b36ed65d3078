"""Pages of the coordinator: the rounds of a programme, and moving the days of one that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.core.errors import NotThereError
from luotsi.programmes.enums import ROUND_MOVES, ProgrammeState, RoundState
from luotsi.programmes.forms.rounds import LimitsForm, ShiftForm
from luotsi.programmes.messages.rounds import moves_of
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.queries.rounds import round_in
from luotsi.programmes.services import plans as plan_services
from luotsi.programmes.services import rounds as round_services
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.queries.previews import ShiftPreview


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Recruit again while the programme runs."""
    programme = programme_for(request.user, ref)
    form = LimitsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(
        form, lambda: round_services.open_round(programme, form.limits(), by=request.user)
    ):
        messages.success(request, _("The new round recruits."))
        return redirect("programmes:programme", ref)
    return render(request, "programmes/new_round.html", {"programme": programme, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: PersonRequest, ref: UUID, round_ref: UUID) -> HttpResponse:
    """How a round goes on, and how many may take part in it."""
    found = round_in(programme_for(request.user, ref), round_ref)
    initial = {"mentors_most": found.mentors_most, "mentees_most": found.mentees_most}
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and carried_out(
        form, lambda: round_services.limit_round(found, form.limits(), by=request.user)
    ):
        messages.success(request, _("Saved."))
        return redirect("programmes:round", ref, round_ref)
    context = {"programme": found.programme, "round": found, "moves": moves_of(found), "form": form}
    return render(request, "programmes/round.html", context)


@login_required
@require_POST
def move(request: PersonRequest, ref: UUID, round_ref: UUID) -> HttpResponse:
    found = round_in(programme_for(request.user, ref), round_ref)
    to = request.POST.get("to", "")
    if to not in ROUND_MOVES[RoundState(found.state)]:
        messages.info(request, _("The round has gone on already. Look at where it is."))
    else:
        round_services.move_round(found, RoundState(to), by=request.user)
        messages.success(request, _("The round has gone on: %(state)s.") % {"state": found.get_state_display()})
    return redirect("programmes:round", ref, round_ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Move a phase and all later ones: first what would move, then a yes."""
    programme = programme_for(request.user, ref)
    if programme.state != ProgrammeState.OPEN:
        raise NotThereError
    form = ShiftForm(request.POST if request.method == "POST" else None, programme=programme)
    if request.POST.get("yes") == "on" and carried_out(
        form,
        lambda: plan_services.shift(
            programme, days=form.cleaned_data["days"], from_phase=form.chosen(), by=request.user
        ),
    ):
        messages.success(request, _("The days have been moved."))
        return redirect("programmes:programme", ref)
    return render(request, "programmes/shift.html", {"programme": programme, "form": form, "preview": _preview(form)})


def _preview(form: ShiftForm) -> ShiftPreview | None:
    """What would move, once a phase and days have been chosen."""
    return form.preview if form.is_bound and form.is_valid() else None
