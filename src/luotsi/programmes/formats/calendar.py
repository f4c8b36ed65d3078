"""Working days of Finland, and how weeks are counted over them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEK: Final = timedelta(weeks=1)
SATURDAY: Final = 5
THURSDAY: Final = 3
JULY: Final = 7


class Span(NamedTuple):
    """Some days in a row. Both ends belong to it."""

    starts_on: date
    ends_on: date


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of Finland, with the eves of midsummer and of Christmas, on which nobody works."""
    from holidays.countries.finland import Finland  # noqa: PLC0415 -- 0.1 s and 19 MB, and few pages ask for a day

    return frozenset(Finland(years=year))  # type: ignore[no-untyped-call]  # the library has no types here


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def is_summer_week(day: date) -> bool:
    """Whether most of the day's week, from Monday to Sunday, is in July."""
    return (day + timedelta(days=THURSDAY - day.weekday())).month == JULY


def working_day_from(day: date, *, skips_july: bool = False) -> date:
    """The day itself, or the next one on which people work. With `skips_july` nothing is put into its weeks."""
    while not is_working_day(day) or (skips_july and is_summer_week(day)):
        day += timedelta(days=1)
    return day


def after_weeks(day: date, weeks: int, *, skips_july: bool = False) -> date:
    """The same day of the week, so many weeks later. With `skips_july` its weeks are not counted."""
    while weeks:
        day += WEEK
        weeks -= not (skips_july and is_summer_week(day))
    return day


def spans_of(starts_on: date, weeks: Sequence[int], *, skips_july: bool = False) -> tuple[Span, ...]:
    """Phases of so many weeks, one right after the other."""
    found = []
    for length in weeks:
        following = after_weeks(starts_on, length, skips_july=skips_july)
        found.append(Span(starts_on, following - timedelta(days=1)))
        starts_on = following
    return tuple(found)


def moved(spans: Sequence[Span], place: int, days: int) -> tuple[Span, ...]:
    """The span at a place and all later ones moved by so many days; the one before it ends right before it, as it did.

    Raises ValueError when nothing would be left of the one before.
    """
    step = timedelta(days=days)
    later = [Span(span.starts_on + step, span.ends_on + step) for span in spans[place:]]
    if place == 0:
        return tuple(later)
    before = spans[place - 1]
    shorter = Span(before.starts_on, before.ends_on + step)
    if shorter.ends_on < shorter.starts_on:
        raise ValueError(place)
    return (*spans[: place - 1], shorter, *later)


def days_between(earlier: date, later: date, *, skips_july: bool = False) -> int:
    """How many days later; with `skips_july` without those of its weeks."""
    days = (later - earlier).days
    if not skips_july:
        return days
    return sum(not is_summer_week(earlier + timedelta(days=step)) for step in range(1, days + 1))


def after_days(day: date, days: int, *, skips_july: bool = False) -> date:
    """The day so many days later; with `skips_july` those of its weeks are not counted."""
    if not skips_july:
        return day + timedelta(days=days)
    while days > 0:
        day += timedelta(days=1)
        days -= not is_summer_week(day)
    return day
