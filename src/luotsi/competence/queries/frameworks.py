"""Reads: frameworks and what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch

from luotsi.competence.models import Area, Competence, Criterion, Framework
from luotsi.competence.rules import may_read_frameworks
from luotsi.core.errors import NotThereError
from luotsi.core.queries import one

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person


def frameworks_for(person: Person) -> QuerySet[Framework]:
    """Current frameworks, the newest first. Raises NotThereError for those who have nothing to do with them."""
    if not may_read_frameworks(person):
        raise NotThereError
    return Framework.objects.filter(retired_at=None).annotate(units=Count("areas")).order_by("-created_at", "-pk")


def framework_for(person: Person, ref: UUID) -> Framework:
    return one(frameworks_for(person), ref)


def areas_of(framework: Framework) -> QuerySet[Area]:
    """Units with how many things are assessed in each."""
    return framework.areas.annotate(things=Count("competences")).order_by("position")


def area_for(person: Person, ref: UUID) -> Area:
    """A unit of a current framework."""
    return one(Area.objects.filter(framework__in=frameworks_for(person)).select_related("framework"), ref)


def competences_of(area: Area) -> QuerySet[Competence]:
    """What is assessed in a unit, with its criteria: two queries."""
    criteria = Criterion.objects.order_by("position")
    return area.competences.order_by("position").prefetch_related(Prefetch("criteria", criteria))
