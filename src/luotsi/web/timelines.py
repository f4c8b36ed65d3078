"""A plan as a picture: months along, things down. `web/charts.html` writes it down.

All paths live in a box `WIDTH` wide and `BAR_HEIGHT` high that is stretched to the page. Every month is of one width,
so that the names of months stand over their days.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.web.charts import BAR_HEIGHT, WIDTH, at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row of a timeline: a bar from day to day, both included, and single days that are done, ahead or late."""

    label: str | Promise
    span: tuple[date, date] | None = None
    done: tuple[date, ...] = ()
    ahead: tuple[date, ...] = ()
    late: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Whole months along, of one width each; lanes down; a line for today when it is among them."""

    conclusion: str | Promise
    lanes: tuple[Lane, ...]
    starts_on: date
    ends_on: date
    today: date

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.starts_on, self.ends_on))
        return [
            self.starts_on.replace(year=month // 12, month=month % 12 + 1, day=1) for month in range(first, last + 1)
        ]

    def place(self, day: date, part: float = 0.5) -> float:
        """Where a part of a day stands, 0 being its morning and 1 its evening; at the edge when it lies beyond."""
        month = (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month
        along = month + (day.day - 1 + part) / monthrange(day.year, day.month)[1]
        return min(max(along / len(self.months), 0), 1) * WIDTH

    def bars(self, lane: Lane) -> tuple[str, str]:
        """What is behind and what is ahead of a lane's bar; "" for nothing."""
        if lane.span is None:
            return "", ""
        left, right, now = self.place(lane.span[0], 0), self.place(lane.span[1], 1), self.place(self.today, 0)
        middle, now = at(BAR_HEIGHT / 2), min(max(now, left), right)
        behind, ahead = (f"M{at(x)} {middle}H{at(to)}" if to > x else "" for x, to in ((left, now), (now, right)))
        return behind, ahead

    def dots(self, days: Iterable[date]) -> str:
        return "".join(f"M{at(self.place(day))} {at(BAR_HEIGHT / 2)}h0" for day in days)

    def grid(self) -> str:
        return "".join(f"M{at(n * WIDTH / len(self.months))} 0V{at(BAR_HEIGHT)}" for n in range(1, len(self.months)))

    def now(self) -> str:
        """The line of today; "" when it lies beyond."""
        is_here = self.months[0] <= self.today and self.today.replace(day=1) <= self.months[-1]
        return f"M{at(self.place(self.today))} 0V{at(BAR_HEIGHT)}" if is_here else ""
