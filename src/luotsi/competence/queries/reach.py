"""Reads: the networks that somebody belongs to, by whatever way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from luotsi.people.models import CircleMember, Membership, Network, NetworkOrganisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.models import Person


def networks_of(person: Person) -> QuerySet[Network]:
    """By a role in the network or in one of its organisations or their units, or by a circle of the network."""
    mine = Membership.objects.current().filter(person=person).order_by()
    circles = CircleMember.objects.current().filter(person=person).order_by()
    places = NetworkOrganisation.objects.current().filter(
        Q(organisation__in=mine.values("organisation")) | Q(organisation__in=mine.values("organisation__parent"))
    )
    return Network.objects.filter(
        Q(pk__in=mine.values("network"))
        | Q(pk__in=places.values("network"))
        | Q(pk__in=circles.values("circle__network"))
    ).order_by("name", "pk")
