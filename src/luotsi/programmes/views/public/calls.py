"""Pages for everybody: which programmes are open, and how one gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from luotsi.people.enums import Role
from luotsi.people.queries import people_of_network
from luotsi.programmes.queries import descriptions
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    page = page_of(programme_queries.open_programmes(), request, by=("starts_on", "pk"))
    cards = [(programme, descriptions.card_of(programme)) for programme in page.rows]
    return render(request, "programmes/calls.html", {"cards": cards, "page": page})


@require_safe
def call(request: HttpRequest, ref: UUID) -> HttpResponse:
    programme = programme_queries.open_programme(ref)
    page = {
        "programme": programme,
        "model": descriptions.card_of(programme),
        "plan": programme_queries.plan_of(programme),
        "deciders": people_of_network(programme.network, Role.COORDINATOR),
    }
    return render(request, "programmes/call.html", page)
