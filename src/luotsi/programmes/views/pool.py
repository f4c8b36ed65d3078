"""Pages of those who would mentor again: the own places in pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.programmes.enums import PartRole
from luotsi.programmes.forms.directory import RestForm
from luotsi.programmes.queries import directory as queries
from luotsi.programmes.services import pool as services
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    places = [(place, queries.calls_for_pool(place)) for place in queries.pool_places_of(request.user)]
    shown = {"places": places, "networks": queries.pools_open_to(request.user), "role": PartRole.MENTOR}
    return render(request, "programmes/my_pool.html", shown)


@login_required
@require_POST
def join(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.join_pool(queries.network_mentored_in(request.user, ref), by=request.user)
    messages.success(request, _("Good. We ask you again when a new round begins."))
    return redirect("programmes:my_pool")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: PersonRequest, ref: UUID) -> HttpResponse:
    place = queries.pool_place_for(request.user, ref)
    form = RestForm(request.POST or None, initial={"until": place.rests_until})
    if request.method == "POST" and carried_out(
        form, lambda: services.rest_until(place, form.cleaned_data["until"], by=request.user)
    ):
        messages.success(request, _("Rest well. We do not ask you before that day."))
        return redirect("programmes:my_pool")
    return render(request, "programmes/rest.html", {"place": place, "form": form})


@login_required
@require_POST
def come_back(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.rest_until(queries.pool_place_for(request.user, ref), None, by=request.user)
    messages.success(request, _("Welcome back. We may ask you again from now on."))
    return redirect("programmes:my_pool")


@login_required
@require_POST
def leave(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.leave_pool(queries.pool_place_for(request.user, ref), by=request.user)
    messages.success(request, _("We do not ask you any more. Thank you for all the time that you have given."))
    return redirect("programmes:my_pool")


@login_required
@require_POST
def apply_again(request: PersonRequest, ref: UUID, programme_ref: UUID) -> HttpResponse:
    place = queries.pool_place_for(request.user, ref)
    application = services.apply_again(place, queries.public_call(programme_ref).programme, by=request.user)
    messages.success(request, _("You have applied. You can look at your application here."))
    return redirect("programmes:my_application", application.ref)
