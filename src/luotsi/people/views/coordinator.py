"""Pages of a network's partnerships between education providers and workplaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.people import queries
from luotsi.people.enums import PartnershipState, Role
from luotsi.people.forms import NewPartnershipForm, PartnershipForm, StepForm
from luotsi.people.rules import coordinates
from luotsi.people.services import partnerships as services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.models import Organisation, Partnership, Person
    from luotsi.people.requests import PersonRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def partnerships(request: PersonRequest, ref: UUID) -> HttpResponse:
    """With `?state=`: those in one state only."""
    network = queries.network_for(request.user, ref, Role.COORDINATOR, Role.READER)
    chosen = request.GET.get("state", "")
    found = queries.partnerships_of(network)
    if chosen in PartnershipState:
        found = found.filter(state=chosen)
    page = {
        "network": network,
        "page": page_of(found, request.GET, by=("provider__sort_key", "workplace__sort_key", "pk")),
        "counts": queries.counts_of_partnerships(network),
        "chosen": chosen,
        "leads": coordinates(request.user, network),
    }
    return render(request, "people/partnerships.html", page)


@login_required
@form_page
def new_partnership(request: PersonRequest, ref: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref, Role.COORDINATOR)
    form = NewPartnershipForm(
        request.POST or None, organisations=queries.organisations_in(network), initial={"on": timezone.localdate()}
    )
    made: list[Partnership] = []

    def begin() -> None:
        told = {name: form.cleaned_data[name] for name in ("came_about", "on")}
        provider, workplace = form.sides()
        begun = services.begin_partnership(network, provider=provider, workplace=workplace, by=request.user, **told)
        made.append(begun)

    if carried_out(form, begin):
        messages.success(request, _("The partnership is written down."))
        return redirect("people:partnership", made[0].ref)
    return render(request, "people/partnership_new.html", {"network": network, "form": form})


@login_required
@require_safe
def partnership(request: PersonRequest, ref: UUID) -> HttpResponse:
    return _draw(request, queries.partnership_for(request.user, ref))


@login_required
@form_page
def change_partnership(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.led_partnership_for(request.user, ref)
    people = {
        "provider_contact": _people_of(found.provider, found.provider_contact),
        "workplace_contact": _people_of(found.workplace, found.workplace_contact),
    }
    initial = {
        "came_about": found.came_about,
        "provider_contact": str(found.provider_contact.ref) if found.provider_contact else "",
        "workplace_contact": str(found.workplace_contact.ref) if found.workplace_contact else "",
    }
    form = PartnershipForm(request.POST or None, people=people, initial=initial)

    def keep() -> None:
        contacts = form.contacts()
        services.describe_partnership(
            found,
            came_about=form.cleaned_data["came_about"],
            provider_contact=contacts["provider_contact"],
            workplace_contact=contacts["workplace_contact"],
            by=request.user,
        )

    if carried_out(form, keep):
        messages.success(request, _("The partnership is written down."))
        return redirect("people:partnership", ref)
    return render(request, "people/partnership_change.html", {"partnership": found, "form": form})


@login_required
@require_POST
def move_partnership(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.led_partnership_for(request.user, ref)
    form = StepForm(request.POST, partnership=found)

    def move() -> None:
        to = PartnershipState(form.cleaned_data["to"])
        services.move_partnership(found, to=to, on=form.cleaned_data["on"], by=request.user)

    if carried_out(form, move):
        messages.success(request, _("The step is noted."))
        return redirect("people:partnership", ref)
    return _draw(request, found, form=form)


@login_required
@require_POST
def end_partnership(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.led_partnership_for(request.user, ref)
    services.end_partnership(found, by=request.user)
    messages.success(request, _("The partnership has ended. What was stays written."))
    return redirect("people:partnership", ref)


def _people_of(organisation: Organisation, named: Person | None) -> list[Person]:
    """Who has a role there, each once; and who is named already."""
    found = {row.person.pk: row.person for row in queries.staff_of(organisation)}
    if named is not None:
        found.setdefault(named.pk, named)
    return list(found.values())


def _draw(request: PersonRequest, found: Partnership, form: StepForm | None = None) -> HttpResponse:
    page = {
        "partnership": found,
        "steps": found.steps.order_by("on", "pk"),
        "leads": coordinates(request.user, found.network),
        "form": form or StepForm(partnership=found, initial={"on": timezone.localdate()}),
    }
    return render(request, "people/partnership.html", page)
