"""On which days a model's activities come when a programme is laid out on the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from luotsi.programmes.formats.calendar import after_weeks, is_working_day, working_day_from

A_DAY: Final = timedelta(days=1)
PREFERRED: Final = (1, 2, 3, 0, 4)  # Tuesday first: Mondays and Fridays are the days that people miss
LONG: Final = 240  # minutes from which an activity takes the day and begins in the morning
MORNING, AFTERNOON = time(9), time(13)


def week_of(starts_on: date, number: int, *, skips_july: bool = False) -> tuple[date, ...]:
    """The days of a phase's week, counted from 1 and from the phase's first day."""
    first = after_weeks(starts_on, number - 1, skips_july=skips_july)
    return tuple(first + days * A_DAY for days in range(7))


def day_in(week: tuple[date, ...], nth: int) -> date:
    """A working day of the week for its nth activity (from 0), Tuesday first. If the week has none, the next one."""
    working = sorted((day for day in week if is_working_day(day)), key=lambda day: PREFERRED.index(day.weekday()))
    return working[nth % len(working)] if working else working_day_from(week[-1])


def deadline_in(week: tuple[date, ...]) -> date:
    """The last working day of the week. If it has none, the last one before it."""
    return working_day_until(week[-1])


def working_day_until(day: date) -> date:
    """The day itself, or the last one before it on which people work."""
    while not is_working_day(day):
        day -= A_DAY
    return day


def hour_of(minutes: int) -> time:
    """When something of this length begins: what is short after lunch, what is long in the morning."""
    return MORNING if minutes >= LONG else AFTERNOON


def at(day: date, hour: time) -> datetime:
    """What the clock on the wall shows, kept as if it were UTC."""
    return datetime.combine(day, hour, tzinfo=UTC)
