"""Pages for everybody: which programmes are open, and how one gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from luotsi.people.enums import Role
from luotsi.people.queries import people_of_network
from luotsi.programmes.queries import descriptions
from luotsi.programmes.queries import programmes as programme_queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


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
