"""Reads: instruments that somebody may look at and use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Network, NetworkOrganisation
from luotsi.surveys.models import Instrument
from luotsi.surveys.rules import STEERING

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person


def networks_of(person: Person, *roles: Role) -> QuerySet[Network]:
    """Networks that the person coordinates, or whose organisations the person has one of the roles in, by name."""
    mine = Membership.objects.current().filter(person=person)
    coordinated = Q(pk__in=mine.filter(role=Role.COORDINATOR, network__isnull=False).values("network"))
    steered = mine.filter(role__in=roles, organisation__isnull=False).values("organisation")
    parts = NetworkOrganisation.objects.current().filter(organisation__in=steered).values("network")
    return Network.objects.filter(coordinated | Q(pk__in=parts)).order_by("name")


def networks_to_keep_in(person: Person) -> QuerySet[Network]:
    """Networks into which the person may bring own questions."""
    return networks_of(person, Role.HR, Role.MANAGEMENT)


def asks_people(person: Person) -> bool:
    """Whether the person may put questions to anybody."""
    mine = Membership.objects.current().filter(person=person)
    return mine.filter(
        Q(role=Role.COORDINATOR, network__isnull=False) | Q(role__in=STEERING, organisation__isnull=False)
    ).exists()


def instruments_for(person: Person) -> QuerySet[Instrument]:
    """Everybody's and the own networks', every version; nothing for those who put no questions to anybody."""
    if not asks_people(person):
        raise NotThereError
    seen = Q(network=None) | Q(network__in=networks_of(person, *STEERING))
    return Instrument.objects.filter(seen).select_related("network").order_by("key", "-version", "pk")


def current_instruments_for(person: Person) -> QuerySet[Instrument]:
    """Those that can be put to people now."""
    return instruments_for(person).filter(retired_at=None)


def instrument_for(person: Person, ref: UUID) -> Instrument:
    return one(instruments_for(person), ref)


def versions_of(instrument: Instrument) -> QuerySet[Instrument]:
    """All versions of the same questions, the newest first."""
    same = Instrument.objects.filter(key=instrument.key, network=instrument.network)
    return same.order_by("-version")
