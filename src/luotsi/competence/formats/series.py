"""A series of assessments of one competence: what is compared with what. Pure: days, levels, who said it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

SELF = "self"
START, THEN = "start", "then"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One assessment: `kind` is in which relation to the person; `who` tells the assessors apart."""

    on: date
    kind: str
    who: int
    moment: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What was said on a day: the mean of those who said something then."""

    on: date
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From the beginning to now. `first` is None when there was one day only."""

    now: Value
    first: Value | None = None

    @property
    def by(self) -> float | None:
        return None if self.first is None else self.now.level - self.first.level


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """Where the start was as seen at the end, beside what was said then and what is said now."""

    on: date
    level: int
    said_then: Value | None
    now: Value | None


def values_of(spoken: Iterable[Spoken], kind: str) -> tuple[Value, ...]:
    """By day, looking back left out. Of one assessor the last word of a day counts."""
    days: dict[date, dict[int, int]] = defaultdict(dict)
    for each in spoken:
        if each.kind == kind and each.moment != THEN:
            days[each.on][each.who] = each.level
    return tuple(Value(on=day, level=sum(said.values()) / len(said)) for day, said in sorted(days.items()))


def change_of(spoken: Iterable[Spoken], kind: str) -> Change | None:
    """From the last start before the newest day, else from the first day, to the newest. None: nothing was said."""
    rows = [each for each in spoken if each.kind == kind]
    values = values_of(rows, kind)
    if not values:
        return None
    now, earlier = values[-1], values[:-1]
    starts = {each.on for each in rows if each.moment == START}
    since = [value for value in earlier if value.on in starts]
    before = since[-1:] or list(earlier[:1])
    return Change(now=now, first=before[0] if before else None)


def looked_back(spoken: Iterable[Spoken]) -> LookedBack | None:
    """The newest word of the person on where the start was."""
    rows = [each for each in spoken if each.kind == SELF]
    then = [each for each in rows if each.moment == THEN]
    if not then:
        return None
    newest = then[-1]
    values = {value.on: value for value in values_of(rows, SELF)}
    starts = [each.on for each in rows if each.moment == START and each.on <= newest.on]
    return LookedBack(
        on=newest.on,
        level=newest.level,
        said_then=values[starts[-1]] if starts else None,
        now=values.get(newest.on),
    )
