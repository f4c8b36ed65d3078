"""Pages of those who administer an organisation: its people, roles, invitations and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.people import queries
from luotsi.people.enums import Role
from luotsi.people.forms import InviteForm, UnitForm
from luotsi.people.rules import GRANTED_BY_ADMIN
from luotsi.people.services import memberships, organisations
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest

ROLES = [role for role in Role if role in GRANTED_BY_ADMIN]
form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def organisation(request: PersonRequest, ref: UUID) -> HttpResponse:
    here = queries.administered_organisation_for(request.user, ref)
    page = page_of(queries.staff_of(here), request.GET, by=("person__sort_key", "pk"))
    return render(
        request,
        "people/organisation.html",
        {
            "organisation": here,
            "page": page,
            "invitations": queries.invitations_of(here)[:50],
            "units": here.units.order_by("sort_key")[:100],
        },
    )


@login_required
@form_page
def invite(request: PersonRequest, ref: UUID) -> HttpResponse:
    here = queries.administered_organisation_for(request.user, ref)
    form = InviteForm(request.POST or None, roles=ROLES)
    if form.is_valid() and carried_out(
        form,
        lambda: memberships.invite(
            by=request.user,
            email=form.cleaned_data["email"],
            role=Role(form.cleaned_data["role"]),
            organisation=here,
            language=form.cleaned_data["language"],
        ),
    ):
        messages.success(request, _("The invitation is on its way."))
        return redirect("people:organisation", ref)
    return render(request, "people/invite.html", {"organisation": here, "form": form})


@login_required
@require_POST
def withdraw(request: PersonRequest, ref: UUID, invitation: UUID) -> HttpResponse:
    here = queries.administered_organisation_for(request.user, ref)
    memberships.withdraw_invitation(queries.invitation_in(here, invitation), by=request.user)
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("people:organisation", ref)


@login_required
@require_POST
def end_role(request: PersonRequest, ref: UUID, membership: UUID) -> HttpResponse:
    here = queries.administered_organisation_for(request.user, ref)
    memberships.end_membership(queries.membership_in(here, membership), by=request.user)
    messages.success(request, _("The role has ended."))
    return redirect("people:organisation", ref)


@login_required
@form_page
def add_unit(request: PersonRequest, ref: UUID) -> HttpResponse:
    here = queries.administered_organisation_for(request.user, ref)
    form = UnitForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: organisations.add_organisation(
            by=request.user, name=form.cleaned_data["name"], kind=here.kind, region=here.region, parent=here
        ),
    ):
        messages.success(request, _("The unit is added."))
        return redirect("people:organisation", ref)
    return render(request, "people/add_unit.html", {"organisation": here, "form": form})
