"""Reads: frameworks and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, F, Prefetch, Q

from luotsi.competence.models import Area, Competence, Criterion, Framework
from luotsi.competence.queries.reach import networks_of
from luotsi.competence.rules import may_read_frameworks
from luotsi.core.errors import NotThereError
from luotsi.core.queries import one

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.core.texts import TranslatedText
    from luotsi.people.models import Person


def frameworks_for(person: Person) -> QuerySet[Framework]:
    """Current frameworks, the newest first. Raises NotThereError for those who have nothing to do with them."""
    return _all_for(person).filter(retired_at=None).annotate(units=Count("areas")).order_by("-created_at", "-pk")


def version_for(person: Person, ref: UUID) -> Framework:
    """A framework, be it current or one whose place a newer version has taken."""
    return one(_all_for(person), ref)


def other_versions_of(framework: Framework) -> QuerySet[Framework]:
    """The same framework at other times, the current one first and then the newest."""
    versions = Framework.objects.filter(source=framework.source, origin=framework.origin).exclude(pk=framework.pk)
    return versions.order_by(F("retired_at").desc(nulls_first=True), "-pk")


def scales_missing_in(framework: Framework) -> list[str]:
    """The general scales that its competences name and whose levels are not here."""
    waiting = Competence.objects.filter(area__framework=framework).exclude(general_scale="")
    lacking = waiting.exclude(criteria__level__isnull=False).order_by("general_scale")
    return list(lacking.values_list("general_scale", flat=True).distinct())


def _all_for(person: Person) -> QuerySet[Framework]:
    """Frameworks that belong to everybody, and the own ones of the person's networks."""
    if not may_read_frameworks(person):
        raise NotThereError
    return Framework.objects.filter(Q(network=None) | Q(network__in=networks_of(person)))


def framework_for(person: Person, ref: UUID) -> Framework:
    return one(frameworks_for(person), ref)


def areas_of(framework: Framework) -> QuerySet[Area]:
    """Units with how many things are assessed in each."""
    return framework.areas.select_related("within").annotate(things=Count("competences")).order_by("position")


def area_for(person: Person, ref: UUID) -> Area:
    """A unit of a current framework."""
    return one(Area.objects.filter(framework__in=frameworks_for(person)).select_related("framework"), ref)


def area_of_any_version_for(person: Person, ref: UUID) -> Area:
    """A unit, be its framework current or retired."""
    areas = Area.objects.filter(framework__in=_all_for(person))
    return one(areas.select_related("framework", "within"), ref)


def competences_of(area: Area) -> QuerySet[Competence]:
    """What is assessed in a unit, with its criteria: two queries."""
    criteria = Criterion.objects.order_by("position")
    return area.competences.order_by("position").prefetch_related(Prefetch("criteria", criteria))


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelGroup:
    """Criteria of one level; those of none hold at every level."""

    level: int | None
    name: TranslatedText | None
    criteria: tuple[Criterion, ...]


def by_level(competence: Competence) -> list[LevelGroup]:
    """The criteria of a competence as they follow each other, level by level. Asks nothing if they are there."""
    found = []
    for level, criteria in groupby(competence.criteria.all(), key=lambda criterion: criterion.level):
        group = tuple(criteria)
        found.append(LevelGroup(level=level, name=group[0].level_name, criteria=group))
    return found
