"""Who answered, who answered again, and whether those who left were like those who stayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.statistics.answers import column_of
from luotsi.core.statistics.comparison import compare_groups
from luotsi.core.statistics.intervals import share_interval
from luotsi.core.statistics.suppression import SMALLEST

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from luotsi.core.statistics.comparison import Comparison
    from luotsi.core.statistics.values import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many of so many; share (0 to 1) and Wilson's interval, both None of nobody."""

    count: int
    of: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """Two waves among those asked.

    `first`, `second` and `both` are of those asked, `stayed` is of those who answered first. `baseline` compares those
    who left (first) with those who stayed (second) by what they answered at first; None unless both are large enough.
    """

    asked: int
    first: Rate
    second: Rate
    both: Rate
    stayed: Rate
    baseline: Comparison | None


def rate(count: int, of: int, *, level: float = 0.95) -> Rate:
    """ValueError unless 0 ≤ count ≤ of."""
    interval = share_interval(count, of, level)
    return Rate(count=count, of=of, share=count / of if of else None, interval=interval)


def attrition(
    first: ArrayLike,
    second: ArrayLike,
    *,
    baseline: ArrayLike | None = None,
    smallest: int = SMALLEST,
    level: float = 0.95,
) -> Attrition:
    """Of those asked, in one order: whether they answered at first and at second (booleans), and what at first.

    `baseline` holds scores of the first wave, NaN missing; it is compared only when at least `smallest` of those who
    left and of those who stayed have one. ValueError when the lengths differ.
    """
    at_first, at_second = np.asarray(first, dtype=np.bool_), np.asarray(second, dtype=np.bool_)
    if at_first.ndim != 1 or at_first.shape != at_second.shape:
        raise ValueError(f"both waves need one yes or no for each person asked: {at_first.shape}, {at_second.shape}")
    both = at_first & at_second
    counts = (int(at_first.sum()), int(at_second.sum()), int(both.sum()))
    compared = None
    if baseline is not None:
        scores = column_of(baseline)
        if scores.shape != at_first.shape:
            raise ValueError(f"there are {scores.size} scores for {at_first.size} people asked")
        compared = compare_groups(scores[at_first & ~at_second], scores[both], level=level)
    return Attrition(
        asked=at_first.size,
        first=rate(counts[0], at_first.size, level=level),
        second=rate(counts[1], at_first.size, level=level),
        both=rate(counts[2], at_first.size, level=level),
        stayed=rate(counts[2], counts[0], level=level),
        baseline=compared if compared and min(compared.n_first, compared.n_second) >= smallest else None,
    )
