"""Pages of parts in a programme: for coordinators all of them, for each person the own ones; the funder's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import DataMoment, LeavingReason, ParticipationState, PartRole
from luotsi.programmes.forms.participations import LeavingForm, PartFilterForm, PauseForm, PlacesForm
from luotsi.programmes.queries import participations as queries
from luotsi.programmes.queries.goals import goals_of
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.services import participations as services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.participations import Participation

HERE = {ParticipationState.ACTIVE, ParticipationState.PAUSED}


@login_required
@require_safe
def people(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    form = PartFilterForm(request.GET)
    chosen = {name: form.chosen(name) for name in ("state", "role")}
    rows = queries.people_of(programme, wanted=form.chosen("name"), **chosen)
    page = page_of(rows, request, by=("person__sort_key", "pk"))
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "rows": queries.standings_of(programme, page.rows),
        "has_funder": services.has_funder(programme),
    }
    return render(request, "programmes/participations.html", context)


@login_required
@require_safe
def person(request: PersonRequest, ref: UUID, part_ref: UUID) -> HttpResponse:
    part = queries.part_in(programme_for(request.user, ref), part_ref)
    return render(request, "programmes/participation.html", _about(part))


@login_required
@require_safe
def my_parts(request: PersonRequest) -> HttpResponse:
    page = page_of(queries.parts_by(request.user).order_by(), request, by=("-pk",))
    return render(request, "programmes/participations_mine.html", {"page": page})


@login_required
@require_safe
def my_part(request: PersonRequest, ref: UUID) -> HttpResponse:
    return render(request, "programmes/participation_mine.html", _about(queries.part_by(request.user, ref)))


def _about(part: Participation, form: Form | None = None) -> dict[str, Any]:
    """A part with all that may be done with it; `form`: one that came back with its errors."""
    forms: dict[str, Form] = {
        "pause_form": PauseForm(),
        "places_form": PlacesForm(initial={"places": part.places}),
        "leaving_form": LeavingForm(),
    }
    names: dict[type[Form], str] = {PauseForm: "pause_form", PlacesForm: "places_form", LeavingForm: "leaving_form"}
    if form is not None:
        forms[names[type(form)]] = form
    return {
        "part": part,
        "programme": part.programme,
        "goals": goals_of(part.programme),
        "standing": queries.standings_of(part.programme, [part])[0],
        "is_here": part.state in HERE,
        "is_mentor": part.role == PartRole.MENTOR,
        "has_funder": services.has_funder(part.programme),
        "moments": [(moment, getattr(part, queries.GIVEN[moment])) for moment in DataMoment],
        **forms,
    }


@login_required
@require_POST
def pause(request: PersonRequest, ref: UUID) -> HttpResponse:
    part, form = _mine_or_led(request, ref), PauseForm(request.POST)
    return _done(request, part, form, lambda: services.pause(part, form.cleaned_data["until"], by=request.user))


@login_required
@require_POST
def come_back(request: PersonRequest, ref: UUID) -> HttpResponse:
    part = _mine_or_led(request, ref)
    services.come_back(part, by=request.user)
    messages.success(request, _("The pause is over."))
    return _back(request, part)


@login_required
@require_POST
def change_places(request: PersonRequest, ref: UUID) -> HttpResponse:
    part, form = _mine_or_led(request, ref), PlacesForm(request.POST)
    return _done(
        request, part, form, lambda: services.change_places(part, form.cleaned_data["places"], by=request.user)
    )


@login_required
@require_POST
def leave(request: PersonRequest, ref: UUID) -> HttpResponse:
    part, form = _mine_or_led(request, ref), LeavingForm(request.POST)
    return _done(
        request,
        part,
        form,
        lambda: services.leave(part, LeavingReason(form.cleaned_data["reason"]), by=request.user),
    )


@login_required
@require_POST
def data_given(request: PersonRequest, ref: UUID) -> HttpResponse:
    part = queries.part_by(request.user, ref)
    services.note_data_given(part, _moment(request.POST.get("moment", "")), by=request.user)
    messages.success(request, _("Thank you. Nobody reminds you of this any more."))
    return redirect("programmes:my_part", ref)


@login_required
@require_safe
def funder_data(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Who has not said that the data was given, at the start or at the end. The data itself is never here."""
    programme = programme_for(request.user, ref)
    moment = _moment(request.GET.get("moment", DataMoment.START))
    missing = queries.missing_data_of(programme, moment)
    page = {
        "programme": programme,
        "moment": moment,
        "moments": [(each, queries.missing_data_of(programme, each).count()) for each in DataMoment],
        "page": page_of(missing.order_by(), request, by=("person__sort_key", "pk")),
        "has_funder": services.has_funder(programme),
    }
    return render(request, "programmes/funder_data.html", page)


@login_required
@require_POST
def remind_of_data(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme, moment = programme_for(request.user, ref), _moment(request.POST.get("moment", ""))
    count = services.remind_missing(programme, moment, by=request.user)
    text = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", count)
    messages.success(request, text % {"count": count})
    return redirect("programmes:funder_data", ref)


def _moment(name: str) -> DataMoment:
    if name not in DataMoment.values:
        raise RefusedError(_("Say whether it is the data of the start or of the end."))
    return DataMoment(name)


def _mine_or_led(request: PersonRequest, ref: UUID) -> Participation:
    """The person's own part, or one in a programme that the person coordinates."""
    return queries.part_for(request.user, ref)


def _done(request: PersonRequest, part: Participation, form: Form, act: Callable[[], object]) -> HttpResponse:
    if carried_out(form, act):
        messages.success(request, _("Changed."))
        return _back(request, part)
    name = "participation_mine" if part.person == request.user else "participation"
    return render(request, f"programmes/{name}.html", _about(queries.part_for(request.user, part.ref), form))


def _back(request: PersonRequest, part: Participation) -> HttpResponse:
    if part.person == request.user:
        return redirect("programmes:my_part", part.ref)
    return redirect("programmes:part", part.programme.ref, part.ref)
