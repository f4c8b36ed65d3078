"""Charts as values: what is drawn, its conclusion in one sentence, and the paths. `web/charts.html` writes them down.

All paths live in a box 100 wide that is stretched to the page, `BAR_HEIGHT` or `LINE_HEIGHT` high; y grows downwards. A
value beyond the scale is drawn at its edge. A value may be None: not known, or too few people to show. Negative values
reach left from zero; a stacked bar has none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.utils.functional import Promise

WIDTH = 100.0
BAR_HEIGHT = 24.0
LINE_HEIGHT = 40.0
MARGIN = 2.0  # beside the first and the last dot of a line
MOST_SERIES = 4
SMALLEST = 1e-9  # of a scale: floats that are smaller have no powers of ten to round to
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From where to where an axis runs. `floor` is less than `ceiling`."""

    floor: float
    ceiling: float

    def __post_init__(self) -> None:
        if not self.floor < self.ceiling:
            raise ValueError(f"a scale from {self.floor} to {self.ceiling}")

    def place(self, value: float, length: float = WIDTH) -> float:
        """Where a value stands on an axis of this length."""
        clamped = min(max(value, self.floor), self.ceiling)
        return (clamped - self.floor) / (self.ceiling - self.floor) * length


def scale_for(values: Iterable[float], floor: float | None = None, ceiling: float | None = None) -> Scale:
    """A scale with round ends that holds the values and zero; ends that are given stay as they are."""
    known = [*values, 0.0]
    low = -round_up(-min(known)) if floor is None else floor
    high = round_up(max(known)) if ceiling is None else ceiling
    return Scale(floor=low, ceiling=high if high > low else low + 1)


def round_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5, 10, 20 … at or above a value, and not under `SMALLEST`; 0 for zero and less."""
    if value <= 0:
        return 0.0
    value = max(value, SMALLEST)
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in STEPS if step * power >= value), 10 * power)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A value and the interval in which the true one very likely is."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if not all(math.isfinite(number) for number in self.numbers()):
            raise ValueError("a measure that is not a number")

    def numbers(self) -> tuple[float, ...]:
        return tuple(number for number in (self.value, self.low, self.high) if number is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of a bar chart: a measure for each series. `note` stands in place of the numbers: why there are none."""

    label: str | Promise
    measures: tuple[Measure, ...]
    note: str | Promise = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars with intervals, one row each; two series stand under each other (before and now)."""

    conclusion: str | Promise
    subject: str | Promise  # what the rows are: the head of the table's first column
    series: tuple[str | Promise, ...]
    bars: tuple[Bar, ...]
    floor: float | None = None
    ceiling: float | None = None
    floor_label: str | Promise = ""
    ceiling_label: str | Promise = ""
    interval: str | Promise = ""  # what the whisker is
    decimals: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES or any(len(bar.measures) != len(self.series) for bar in self.bars):
            raise ValueError("a measure for each series, and four series at most")

    @property
    def scale(self) -> Scale:
        numbers = (number for bar in self.bars for measure in bar.measures for number in measure.numbers())
        return scale_for(numbers, self.floor, self.ceiling)

    @property
    def is_empty(self) -> bool:
        return not any(measure.value is not None for bar in self.bars for measure in bar.measures)

    @property
    def has_intervals(self) -> bool:
        return any(measure.low is not None for bar in self.bars for measure in bar.measures)

    @property
    def thickness(self) -> int:
        """How thick a bar is on the screen, in pixels."""
        return (0, 14, 10, 8, 6)[len(self.series)]

    def bands(self, bar: Bar) -> list[str]:
        """The path of each series' bar, from zero to its value; "" where there is none."""
        scale = self.scale
        start = scale.place(0)
        return [
            "" if measure.value is None else f"M{at(start)} {at(y)}H{at(scale.place(measure.value))}"
            for measure, y in zip(bar.measures, lanes(len(bar.measures)), strict=True)
        ]

    def whiskers(self, bar: Bar) -> list[str]:
        """The path of each series' interval; "" where there is none."""
        return [
            whisker(self.scale, measure, y) for measure, y in zip(bar.measures, lanes(len(bar.measures)), strict=True)
        ]

    def zero(self) -> str:
        """The line from which the bars start."""
        return f"M{at(self.scale.place(0))} 0V{at(BAR_HEIGHT)}"

    def grid(self) -> str:
        """Hairlines at the quarters of the scale."""
        return "".join(f"M{at(quarter * WIDTH / 4)} 0V{at(BAR_HEIGHT)}" for quarter in range(5))


def lanes(count: int) -> list[float]:
    """The middle of each of so many lanes, from the top."""
    return [BAR_HEIGHT * (2 * lane + 1) / (2 * count) for lane in range(count)]


def whisker(scale: Scale, measure: Measure, y: float) -> str:
    """An interval with its ends; "" without one."""
    if measure.low is None or measure.high is None:
        return ""
    left, right = scale.place(measure.low), scale.place(measure.high)
    ends = "".join(f"M{at(x)} {at(y - 2.5)}V{at(y + 2.5)}" for x in (left, right))
    return f"M{at(left)} {at(y)}H{at(right)}{ends}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedRow:
    """One bar of parts: an amount for each part, none of them negative."""

    label: str | Promise
    amounts: tuple[float, ...]

    @property
    def total(self) -> float:
        return sum(self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar:
    """How a whole is shared out: each row is stretched to the whole width."""

    conclusion: str | Promise
    subject: str | Promise
    parts: tuple[str | Promise, ...]
    rows: tuple[StackedRow, ...]
    decimals: int | None = None

    def __post_init__(self) -> None:
        amounts = [amount for row in self.rows for amount in row.amounts]
        if not all(math.isfinite(amount) and amount >= 0 for amount in amounts):
            raise ValueError("a part that is negative or not a number")
        if any(len(row.amounts) != len(self.parts) for row in self.rows):
            raise ValueError("an amount for each part")

    @property
    def is_empty(self) -> bool:
        return not any(row.total for row in self.rows)

    def segments(self, row: StackedRow) -> list[str]:
        """The path of each part; "" for a part of nothing."""
        edges = edges_of(row)
        middle = at(BAR_HEIGHT / 2)
        return [f"M{at(left)} {middle}H{at(right)}" if right > left else "" for left, right in pairwise(edges)]

    def borders(self, row: StackedRow) -> str:
        """Hairlines round the row and between its parts."""
        top, bottom = at(BAR_HEIGHT / 4), at(BAR_HEIGHT * 3 / 4)
        inner = "".join(f"M{at(edge)} {top}V{bottom}" for edge in edges_of(row)[1:-1])
        return f"M0 {top}H{at(WIDTH)}V{bottom}H0Z{inner}"


def edges_of(row: StackedRow) -> list[float]:
    """Where the parts begin, and where the last one ends."""
    edges = [0.0]
    for amount in row.amounts:
        edges.append(min(WIDTH, edges[-1] + (amount / row.total * WIDTH if row.total else 0)))
    return edges


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value on a day."""

    on: date
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line: its points in the order of time. A point without a value is a gap."""

    label: str | Promise
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Several lines over time."""

    conclusion: str | Promise
    series: tuple[Series, ...]
    floor: float | None = None
    ceiling: float | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES or not all(math.isfinite(value) for value in self.values()):
            raise ValueError("four lines at most, of finite numbers")

    def values(self) -> Iterator[float]:
        return (point.value for line in self.series for point in line.points if point.value is not None)

    @property
    def is_empty(self) -> bool:
        return next(self.values(), None) is None

    @property
    def scale(self) -> Scale:
        return scale_for(self.values(), self.floor, self.ceiling)

    @property
    def days(self) -> list[date]:
        """All days with a point, in order."""
        return sorted({point.on for line in self.series for point in line.points})

    def value_on(self, line: Series, day: date) -> float | None:
        return next((point.value for point in line.points if point.on == day), None)

    def strokes(self, line: Series) -> str:
        """The path through the points, broken at gaps."""
        path = ""
        is_down = False
        for point in line.points:
            if point.value is None:
                is_down = False
                continue
            path += f"{'L' if is_down else 'M'}{self.spot(point)}"
            is_down = True
        return path

    def dots(self, line: Series) -> str:
        """A path of no length at each point: round caps make it a dot that does not stretch."""
        return "".join(f"M{self.spot(point)}h0" for point in line.points if point.value is not None)

    def spot(self, point: Point) -> str:
        """The place of a point with a value."""
        days = self.days
        spread = (days[-1] - days[0]).days
        along = (point.on - days[0]).days / spread if spread else 0.5
        down = LINE_HEIGHT - self.scale.place(point.value or 0, LINE_HEIGHT)
        return f"{at(MARGIN + along * (WIDTH - 2 * MARGIN))} {at(down)}"

    def grid(self) -> str:
        """Hairlines at the quarters of the scale."""
        return "".join(f"M0 {at(quarter * LINE_HEIGHT / 4)}H{at(WIDTH)}" for quarter in range(5))


SHADES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One square. Without a value, `note` says why: "too few"."""

    value: float | None
    note: str | Promise = ""

    def __post_init__(self) -> None:
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError("a square that is not a number")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    label: str | Promise
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """A table whose squares are shaded by their numbers: what stands out is seen at once, and read as a number.

    The five shades are fifths of the scale, so that two maps with the same scale are shaded alike.
    """

    conclusion: str | Promise
    subject: str | Promise  # what the rows are
    columns: tuple[str | Promise, ...]
    rows: tuple[HeatRow, ...]
    floor: float
    ceiling: float
    decimals: int | None = 1

    def __post_init__(self) -> None:
        if not self.floor < self.ceiling or any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a square for each column, on a scale")

    @property
    def is_empty(self) -> bool:
        return not any(cell.value is not None for row in self.rows for cell in row.cells)

    def shade(self, cell: HeatCell) -> int:
        """1 to 5 from the floor to the ceiling; 0 without a value."""
        if cell.value is None:
            return 0
        place = Scale(floor=self.floor, ceiling=self.ceiling).place(cell.value, SHADES)
        return min(SHADES, int(place) + 1)

    def shades(self) -> list[tuple[int, float, float]]:
        """Each shade with the numbers from and to which it stands."""
        step = (self.ceiling - self.floor) / SHADES
        return [(shade, self.floor + (shade - 1) * step, self.floor + shade * step) for shade in range(1, SHADES + 1)]


def at(coordinate: float) -> str:
    """A coordinate as a path has it: two decimals at most."""
    return f"{coordinate:.2f}".rstrip("0").rstrip(".")
