"""Reads: what a region needs, summed over its employers' open needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from luotsi.competence.enums import NeedState
from luotsi.competence.models import Competence, NeededCompetence
from luotsi.competence.queries.needs import needs_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.competence.models import SkillNeed
    from luotsi.core.texts import TranslatedText
    from luotsi.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """People who are needed, in how many organisations, from when at the earliest."""

    people: int
    organisations: int
    first: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceDemand:
    name: TranslatedText
    sum: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDemand:
    """`region` is a maakunta code or empty; `month` the first of the month in which they are needed."""

    region: str
    month: date
    sum: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """`unnamed`: how many of the needs name no competence."""

    needs: int
    whole: Sum | None
    by_competence: tuple[CompetenceDemand, ...]
    by_place: tuple[PlaceDemand, ...]
    by_month: tuple[PlaceDemand, ...]
    unnamed: int


def open_needs_for(person: Person, region: str = "") -> QuerySet[SkillNeed]:
    """Needs of the person's networks that count now: open and not over."""
    found = needs_for(person).filter(
        Q(needed_until=None) | Q(needed_until__gte=timezone.localdate()), state=NeedState.OPEN
    )
    return found.filter(region=region) if region else found


def demand_for(person: Person, region: str = "") -> Demand:
    """The demand over the person's networks, in one region or in all. Three queries."""
    open_needs = open_needs_for(person, region).prefetch_related(None).select_related(None)
    needs = {need.pk: need for need in open_needs}
    rows = NeededCompetence.objects.filter(need__in=needs).values_list("need_id", "lineage", "competence_id")
    lines: dict[UUID, list[SkillNeed]] = defaultdict(list)
    newest: dict[UUID, int] = defaultdict(int)
    for need_id, lineage, competence_id in rows:
        lines[lineage].append(needs[need_id])
        newest[lineage] = max(newest[lineage], competence_id)
    names = dict(Competence.objects.filter(pk__in=newest.values()).values_list("pk", "name"))
    by_competence = [CompetenceDemand(name=names[newest[line]], sum=_sum(found)) for line, found in lines.items()]
    named = {need.pk for found in lines.values() for need in found}
    return Demand(
        needs=len(needs),
        whole=_sum(list(needs.values())) if needs else None,
        by_competence=tuple(sorted(by_competence, key=_most_first)),
        by_place=_by_place((need, need.region) for need in needs.values()),
        by_month=_by_place((need, "") for need in needs.values()),
        unnamed=len(needs) - len(named),
    )


def _by_place(needs: Iterable[tuple[SkillNeed, str]]) -> tuple[PlaceDemand, ...]:
    """What is needed already counts in the month of now."""
    this_month = timezone.localdate().replace(day=1)
    places: dict[tuple[str, date], list[SkillNeed]] = defaultdict(list)
    for need, region in needs:
        places[region, max(this_month, need.needed_from.replace(day=1))].append(need)
    return tuple(PlaceDemand(region=key[0], month=key[1], sum=_sum(found)) for key, found in sorted(places.items()))


def _sum(needs: Sequence[SkillNeed]) -> Sum:
    return Sum(
        people=sum(need.people for need in needs),
        organisations=len({need.organisation_id for need in needs}),
        first=min(need.needed_from for need in needs),
    )


def _most_first(row: CompetenceDemand) -> tuple[int, int, str]:
    return -row.sum.people, -row.sum.organisations, str(row.name)
