"""What one variable, an item or the score of a dimension, looks like."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.statistics.answers import column_of, is_flat, table_of
from luotsi.core.statistics.intervals import mean_interval
from luotsi.core.statistics.values import checked_level

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from luotsi.core.statistics.answers import Numbers
    from luotsi.core.statistics.values import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One variable among those who answered it, in the units of its scale.

    `n` answered, `missing` did not. `mean` is None of nobody; `sd` (divisor n − 1) is None below two; `interval` is the
    t interval of the mean, None below two and when all gave the same answer: no spread tells nothing of uncertainty.
    `agreeing` is the share (0 to 1) of answers at or above the threshold, None without a threshold or answers.
    """

    n: int
    missing: int
    mean: float | None
    sd: float | None
    interval: Interval | None
    agreeing: float | None


def describe(values: ArrayLike, *, agree_from: float | None = None, level: float = 0.95) -> Description:
    """One variable: (respondents,), NaN missing."""
    return _described(column_of(values)[:, None], agree_from, level)[0]


def describe_items(
    answers: ArrayLike, *, agree_from: float | None = None, level: float = 0.95
) -> tuple[Description, ...]:
    """Each item by itself, among those who answered it: (respondents, items), NaN missing; one value an item."""
    return _described(table_of(answers), agree_from, level)


def _described(table: Numbers, agree_from: float | None, level: float) -> tuple[Description, ...]:
    checked_level(level)
    present = ~np.isnan(table)
    counts = present.sum(axis=0)
    filled = np.where(present, table, 0.0)
    means = filled.sum(axis=0) / np.maximum(counts, 1)
    squares = (np.where(present, table - means, 0.0) ** 2).sum(axis=0)
    sds = np.sqrt(squares / np.maximum(counts - 1, 1))
    largest = np.abs(filled).max(axis=0, initial=0.0)
    agreed = None if agree_from is None else (present & (filled >= agree_from)).sum(axis=0).tolist()
    rows = zip(counts.tolist(), means.tolist(), sds.tolist(), largest.tolist(), strict=True)
    return tuple(
        _description(row, len(table), None if agreed is None else agreed[place], level)
        for place, row in enumerate(rows)
    )


def _description(row: tuple[int, float, float, float], asked: int, agreed: int | None, level: float) -> Description:
    n, mean, sd, largest = row
    flat = n < 2 or is_flat(sd, largest)  # noqa: PLR2004 -- one answer has no spread
    return Description(
        n=n,
        missing=asked - n,
        mean=mean if n else None,
        sd=None if n < 2 else 0.0 if flat else sd,  # noqa: PLR2004
        interval=None if flat else mean_interval(mean, sd / sqrt(n), n - 1, level),
        agreeing=agreed / n if n and agreed is not None else None,
    )
