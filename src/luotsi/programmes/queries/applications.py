"""Reads: applications, for coordinators and for whoever applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.core.queries import one
from luotsi.core.words.keys import search_key
from luotsi.programmes.enums import ApplicationState
from luotsi.programmes.models.applications import Application

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme


def applications_of(
    programme: Programme, *, state: str = "", role: str = "", wanted: str = ""
) -> QuerySet[Application]:
    """Applications to all rounds, narrowed by state, role and a part of the name."""
    found = Application.objects.filter(round__programme=programme).exclude(state=ApplicationState.DRAFT)
    if state:
        found = found.filter(state=state)
    if role:
        found = found.filter(role=role)
    if wanted.strip():
        found = found.filter(person__search_key__contains=search_key(wanted))
    return found.select_related("person", "organisation")


def application_in(programme: Programme, ref: UUID) -> Application:
    found = applications_of(programme).select_related("round__programme__network", "round__programme__circle")
    return one(found.select_related("person", "organisation", "round__programme__network"), ref)


def applications_by(person: Person) -> QuerySet[Application]:
    """The person's own, the newest first."""
    return (
        Application.objects.filter(person=person)
        .select_related("person", "organisation", "round__programme__network", "round__programme__circle")
        .order_by("-submitted_on", "-pk")
    )


def application_by(person: Person, ref: UUID) -> Application:
    return one(applications_by(person), ref)
