"""Two means side by side: of the same people at two times, or of two groups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from luotsi.core.statistics.answers import aligned, column_of, is_flat, largest_of
from luotsi.core.statistics.intervals import mean_interval, noncentrality_interval
from luotsi.core.statistics.values import Interval, checked_level

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from luotsi.core.statistics.answers import Numbers

TWO = 2  # the fewest answers that have a spread


class Direction(StrEnum):
    """Which way the mean went: UNCLEAR when the interval of the difference holds zero, and when there is none."""

    ROSE = "rose"
    FELL = "fell"
    UNCLEAR = "unclear"


class Size(StrEnum):
    """Cohen's conventions for standardised differences (1988, Statistical power analysis, 2nd ed., 25–27).

    From 0.2 small, from 0.5 medium, from 0.8 large; below, negligible. Conventions, not findings.
    """

    NEGLIGIBLE = "negligible"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second mean less the first.

    `difference` and `interval` are in the units of the scale; `effect` is in standard deviations, corrected for small
    samples (Hedges); `effect_interval` is that of the standardised difference of the population. Each is None where it
    is not defined: no interval without spread or below two, no effect where nobody differs from anybody.
    """

    is_paired: bool
    n_first: int
    n_second: int
    mean_first: float | None
    mean_second: float | None
    difference: float | None
    interval: Interval | None
    effect: float | None
    effect_interval: Interval | None

    @property
    def direction(self) -> Direction:
        if self.interval is None or self.interval.holds(0.0):
            return Direction.UNCLEAR
        return Direction.ROSE if self.interval.low > 0 else Direction.FELL

    @property
    def size(self) -> Size | None:
        return None if self.effect is None else size_of(self.effect)


def size_of(effect: float) -> Size:
    """The class of a standardised difference, whatever its sign."""
    bounds = ((0.8, Size.LARGE), (0.5, Size.MEDIUM), (0.2, Size.SMALL))
    return next((size for bound, size in bounds if abs(effect) >= bound), Size.NEGLIGIBLE)


def compare_groups(first: ArrayLike, second: ArrayLike, *, level: float = 0.95) -> Comparison:
    """Two groups of different people, or two waves when it is not known who is who. (n,) and (m,), NaN left out.

    Interval: Welch 1947 (Biometrika 34, 28–35), unequal variances. Effect: Hedges' g, the difference over the pooled
    standard deviation, corrected (Hedges 1981, Journal of Educational Statistics 6, 107–128); its interval from the
    noncentral t with n + m − 2 degrees of freedom, which takes the variances for equal (Cumming & Finch 2001).
    """
    checked_level(level)
    one, two = (column[~np.isnan(column)] for column in (column_of(first), column_of(second)))
    spreads = (_sd(one), _sd(two))
    interval = effect = effect_interval = None
    if (difference := _difference(one, two)) is not None and None not in spreads and any(spreads):
        sd_one, sd_two = (spread or 0.0 for spread in spreads)
        interval = _welch(difference, (sd_one, one.size), (sd_two, two.size), level)
        freedom = one.size + two.size - 2
        pooled = sqrt(((one.size - 1) * sd_one**2 + (two.size - 1) * sd_two**2) / freedom)
        effect = _correction(freedom) * difference / pooled
        scale = sqrt(1 / one.size + 1 / two.size)
        effect_interval = _scaled(noncentrality_interval(difference / pooled / scale, freedom, level), scale)
    return Comparison(
        is_paired=False,
        n_first=one.size,
        n_second=two.size,
        mean_first=_mean(one),
        mean_second=_mean(two),
        difference=difference,
        interval=interval,
        effect=effect,
        effect_interval=effect_interval,
    )


def compare_pairs(first: ArrayLike, second: ArrayLike, *, level: float = 0.95) -> Comparison:
    """The same people twice, in the same order: (n,) and (n,). Those who miss either are left out of both means.

    Interval: t of the mean of the differences. Effect: the difference over the average standard deviation, the root of
    the mean of the two variances (d_av: Cumming 2012, Understanding the new statistics, 291; Lakens 2013, Frontiers in
    Psychology 4:863, equation 10): it stands on the scale of the effect between groups and does not grow with the
    correlation as d_z does. Corrected by Hedges with n − 1 degrees of freedom; from three people on. Its interval, an
    approximation: the noncentral t of the paired t statistic, scaled (Algina & Keselman 2003, Educational and
    Psychological Measurement 63, 537–553).
    """
    checked_level(level)
    one, two = aligned(first, second)
    both = ~(np.isnan(one) | np.isnan(two))
    one, two = one[both], two[both]
    n, difference = int(one.size), _difference(one, two)
    interval = effect = effect_interval = None
    if difference is not None and n >= TWO:
        error = _sd_of_differences(one, two) / sqrt(n)
        average = sqrt(((_sd(one) or 0.0) ** 2 + (_sd(two) or 0.0) ** 2) / 2)
        interval = mean_interval(difference, error, n - 1, level) if error else None
        if average and n > TWO:
            effect = _correction(n - 1) * difference / average
            if error:
                effect_interval = _scaled(noncentrality_interval(difference / error, n - 1, level), error / average)
    return Comparison(
        is_paired=True,
        n_first=n,
        n_second=n,
        mean_first=_mean(one),
        mean_second=_mean(two),
        difference=difference,
        interval=interval,
        effect=effect,
        effect_interval=effect_interval,
    )


def _mean(column: Numbers) -> float | None:
    return float(column.mean()) if column.size else None


def _difference(one: Numbers, two: Numbers) -> float | None:
    return float(two.mean() - one.mean()) if one.size and two.size else None


def _sd(column: Numbers) -> float | None:
    """Divisor n − 1; exactly 0 when there is nothing but rounding."""
    if column.size < TWO:
        return None
    sd = float(column.std(ddof=1))
    return 0.0 if is_flat(sd, largest_of(column)) else sd


def _sd_of_differences(one: Numbers, two: Numbers) -> float:
    sd = float((two - one).std(ddof=1))
    return 0.0 if is_flat(sd, largest_of(one, two)) else sd


def _welch(difference: float, one: tuple[float, int], two: tuple[float, int], level: float) -> Interval:
    """With the degrees of freedom of Welch 1947 and Satterthwaite 1946 (Biometrics Bulletin 2, 110–114)."""
    (share_one, freedom_one), (share_two, freedom_two) = ((sd * sd / n, n - 1) for sd, n in (one, two))
    total = share_one + share_two
    freedom = 1 / ((share_one / total) ** 2 / freedom_one + (share_two / total) ** 2 / freedom_two)
    return mean_interval(difference, sqrt(total), freedom, level)


def _correction(freedom: int) -> float:
    """What takes the bias out of a standardised difference, exactly (Hedges 1981, 111–114); from two degrees on."""
    return exp(float(special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2))) / sqrt(freedom / 2)


def _scaled(interval: Interval | None, scale: float) -> Interval | None:
    if interval is None:
        return None
    return Interval(low=interval.low * scale, high=interval.high * scale, level=interval.level)
