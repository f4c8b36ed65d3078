"""Pages of the operator: organisations by name, doubtful mail, work that failed. Never anybody's contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.comms import services as comms
from luotsi.people import queries
from luotsi.people.forms import OrganisationForm
from luotsi.people.services import organisations, upkeep
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.models import Network, Person
    from luotsi.people.requests import PersonRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def overview(request: PersonRequest) -> HttpResponse:
    installation = queries.installation_for(request.user)
    page = page_of(installation.organisations, request.GET, by=("sort_key", "pk"))
    return render(request, "people/operator.html", {"installation": installation, "page": page})


@login_required
@form_page
def add_organisation(request: PersonRequest) -> HttpResponse:
    networks = queries.installation_for(request.user).networks
    form = OrganisationForm(request.POST or None, networks=networks)
    if form.is_valid() and carried_out(form, lambda: _add(request.user, form.cleaned_data, list(networks))):
        messages.success(request, _("The organisation is added, and its first administrator is invited."))
        return redirect("people:operator")
    return render(request, "people/add_organisation.html", {"form": form})


def _add(operator: Person, typed: dict[str, str], networks: list[Network]) -> None:
    organisations.add_organisation_with_administrator(
        by=operator,
        name=typed["name"],
        kind=typed["kind"],
        network=next((network for network in networks if str(network.ref) == typed["network"]), None),
        email=typed["email"],
        language=typed["language"],
    )


@login_required
@require_POST
def resolve_delivery(request: PersonRequest, ref: UUID) -> HttpResponse:
    delivery = queries.uncertain_delivery_for(request.user, ref)
    comms.resolve_uncertain(delivery, outcome=request.POST.get("outcome", ""), by=request.user)
    messages.success(request, _("Noted."))
    return redirect("people:operator")


@login_required
@require_POST
def retry_job(request: PersonRequest, ref: UUID) -> HttpResponse:
    upkeep.retry_job(queries.failed_job_for(request.user, ref), by=request.user)
    messages.success(request, _("The work is tried again."))
    return redirect("people:operator")
