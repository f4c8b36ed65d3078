"""Reads: who takes part and could be paired now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Sum

from luotsi.programmes.enums import PartRole
from luotsi.programmes.models.participations import Participation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.programmes import Programme


def parts_of(application: Application) -> QuerySet[Participation]:
    """What came of an accepted application: a part for each role."""
    found = Participation.objects.filter(application=application).order_by("pk")
    return found.select_related("application__round", "person", "programme__network", "programme__circle")


def free_participations_of(programme: Programme) -> QuerySet[Participation]:
    """Who takes part now and has a free place."""
    return (
        Participation.objects.free()
        .filter(programme=programme, person__erased_at=None)
        .select_related("person", "application__organisation__parent", "programme__network")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeCounts:
    """Who could be paired now."""

    mentees: int
    mentors: int
    places_free: int


def free_counts_of(programme: Programme) -> FreeCounts:
    free = Participation.objects.free().filter(programme=programme, person__erased_at=None)
    mentors = Q(role=PartRole.MENTOR)
    return FreeCounts(
        **free.aggregate(
            mentees=Count("pk", filter=Q(role=PartRole.MENTEE)),
            mentors=Count("pk", filter=mentors),
            places_free=Sum(F("places") - F("places_taken"), filter=mentors, default=0),
        )
    )
