"""Reads: how a group has grown, for its coordinator: never of fewer than five, and nothing that gives fewer away.

Four rules keep single answers closed. Only a plan that has ended is shown, so that nobody compares yesterday's mean
with today's. All figures of a competence are of the same people: those who said where they are at the start and at the
end, and where the start was, if five or more did. No figures are shown of
other cuts of the group. A mean at the end of the scale is not shown: it says that everybody said the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.competence.enums import AssessedBy, Moment
from luotsi.competence.models import LOWEST_LEVEL, Assessment
from luotsi.competence.queries.levels import top_of
from luotsi.competence.queries.plans import planned_in
from luotsi.competence.rules import SMALLEST_GROUP
from luotsi.core.statistics.comparison import compare_pairs
from luotsi.web.charts import Bar, BarChart, Measure
from luotsi.web.environment import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.competence.models import AssessmentPlan, Competence
    from luotsi.core.statistics.comparison import Comparison

DECIMALS = 1
MOMENTS = (Moment.START, Moment.THEN, Moment.END)


class NotShown(StrEnum):
    NOT_ENDED = "not_ended"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """One competence of a group. `start`, `end`, `then`: means of the same `people`; `then` is None when too few."""

    competence: Competence
    people: int
    start: float
    end: float
    then: float | None
    change: Comparison

    @property
    def sentence(self) -> str:
        values = {
            "competence": self.competence.name,
            "start": number(self.start, DECIMALS),
            "end": number(self.end, DECIMALS),
            "people": number(self.people),
        }
        if self.change.interval is None:  # all moved alike: to say so would be to say it of each
            return self._moved(values)
        values |= {
            "low": number(self.change.interval.low, DECIMALS),
            "high": number(self.change.interval.high, DECIMALS),
        }
        return f"{self._moved(values)} {self._sure(values)}"

    def _moved(self, values: dict[str, object]) -> str:
        by = round(self.end, DECIMALS) - round(self.start, DECIMALS)
        if by > 0:
            return _("In “%(competence)s” the group rose from %(start)s to %(end)s.") % values
        if by < 0:
            return _("In “%(competence)s” the group fell from %(start)s to %(end)s.") % values
        return _("In “%(competence)s” the group stayed at %(start)s.") % values

    def _sure(self, values: dict[str, object]) -> str:
        return (
            ngettext(
                "With %(people)s person the true change very likely lies between %(low)s and %(high)s.",
                "With %(people)s people the true change very likely lies between %(low)s and %(high)s.",
                self.people,
            )
            % values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupGrowth:
    """`why_not`: why there is nothing; `left_out`: how many competences too few people said enough about."""

    changes: tuple[GroupChange, ...] = ()
    charts: tuple[BarChart, ...] = ()
    left_out: int = 0
    why_not: NotShown | None = None


def group_growth_of(plan: AssessmentPlan) -> GroupGrowth:
    """The group's own assessments in a plan. Two queries."""
    if plan.ended_at is None:
        return GroupGrowth(why_not=NotShown.NOT_ENDED)
    said = _said_in(plan)
    competences = [planned.competence for planned in planned_in(plan)]
    changes = [change for each in competences if (change := _change(each, said[each.pk])) is not None]
    if not changes:
        return GroupGrowth(why_not=NotShown.TOO_FEW)
    return GroupGrowth(changes=tuple(changes), charts=_charts(changes), left_out=len(competences) - len(changes))


def _said_in(plan: AssessmentPlan) -> dict[int, dict[int, dict[str, int]]]:
    """Levels by competence, person and moment."""
    rows = Assessment.objects.filter(task__plan=plan, assessed_by=AssessedBy.SELF, moment__in=MOMENTS).order_by("pk")
    said: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for competence, person, moment, level in rows.values_list("competence", "person", "moment", "level"):
        said[competence][person][moment] = level
    return said


def _change(competence: Competence, said: dict[int, dict[str, int]]) -> GroupChange | None:
    both = [levels for levels in said.values() if {Moment.START, Moment.END} <= levels.keys()]
    all_three = [levels for levels in both if Moment.THEN in levels]
    looks_back = len(all_three) >= SMALLEST_GROUP
    people = all_three if looks_back else both
    if len(people) < SMALLEST_GROUP:
        return None
    starts, ends = _levels(people, Moment.START), _levels(people, Moment.END)
    thens = _levels(people, Moment.THEN) if looks_back else []
    if any(_is_everybodys(levels, top_of(competence.scale)) for levels in (starts, ends, thens)):
        return None
    return GroupChange(
        competence=competence,
        people=len(people),
        start=_mean(starts),
        end=_mean(ends),
        then=_mean(thens) if thens else None,
        change=compare_pairs(starts, ends),
    )


def _levels(people: Sequence[dict[str, int]], moment: Moment) -> list[int]:
    return [levels[moment] for levels in people]


def _is_everybodys(levels: Sequence[int], top: int) -> bool:
    """Whether the mean would tell what each one said."""
    return bool(levels) and set(levels) in ({LOWEST_LEVEL}, {top})


def _mean(levels: Sequence[int]) -> float:
    return sum(levels) / len(levels)


def _charts(changes: Sequence[GroupChange]) -> tuple[BarChart, ...]:
    """One chart for each scale: levels of different scales do not stand side by side."""
    tops = sorted(changes, key=lambda change: top_of(change.competence.scale))
    return tuple(_chart(list(group), top) for top, group in groupby(tops, lambda each: top_of(each.competence.scale)))


def _chart(changes: Sequence[GroupChange], top: int) -> BarChart:
    looks_back = any(change.then is not None for change in changes)
    series = [_("at the start"), *([_("the start, looking back")] if looks_back else []), _("at the end")]
    bars = []
    for change in changes:
        middle = [Measure(value=change.then)] if looks_back else []
        measures = (Measure(value=change.start), *middle, Measure(value=change.end))
        bars.append(Bar(label=str(change.competence.name), measures=measures))
    return BarChart(
        conclusion=_conclusion(changes),
        subject=_("Competence"),
        series=tuple(series),
        bars=tuple(bars),
        floor=0,
        ceiling=top,
        decimals=DECIMALS,
    )


def _conclusion(changes: Sequence[GroupChange]) -> str:
    """In how many the change is sure."""
    risen = sum(change.change.interval is not None and change.change.interval.low > 0 for change in changes)
    values = {"risen": number(risen), "all": number(len(changes))}
    if not risen:
        return _("In none of the %(all)s competences is a rise of the group sure.") % values
    return _("In %(risen)s of %(all)s competences the group has surely risen.") % values
