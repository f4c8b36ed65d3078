"""Confidence intervals of means, of shares, and of the noncentrality that effect sizes are scaled from."""

from __future__ import annotations

from math import sqrt

from scipy import special

from luotsi.core.statistics.values import Interval, checked_level


def mean_interval(mean: float, error: float, freedom: float, level: float) -> Interval:
    """The mean ± t·error, t with `freedom` degrees of freedom (Student 1908, Biometrika 6, 1–25).

    `error`, the standard error of the mean, is above 0.
    """
    reach = float(special.stdtrit(freedom, (1 + checked_level(level)) / 2)) * error
    return Interval(low=mean - reach, high=mean + reach, level=level)


def share_interval(count: int, of: int, level: float = 0.95) -> Interval | None:
    """The interval of a share by its score (Wilson 1927, JASA 22, 209–212). None of nobody.

    Without correction for continuity (method 3 of Newcombe 1998, Statistics in Medicine 17, 857–872). ValueError unless
    0 ≤ count ≤ of.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share")
    z = float(special.ndtri((1 + checked_level(level)) / 2))
    if not of:
        return None
    middle = (count + z * z / 2) / (of + z * z)
    reach = z * sqrt(count * (of - count) / of + z * z / 4) / (of + z * z)
    return Interval(
        low=0.0 if count == 0 else max(0.0, middle - reach),
        high=1.0 if count == of else min(1.0, middle + reach),
        level=level,
    )


def noncentrality_interval(t: float, freedom: float, level: float) -> Interval | None:
    """The noncentralities under which a t as far out as this one, to either side, has the probability (1 − level)/2.

    Steiger & Fouladi 1997 (in Harlow, Mulaik & Steiger, What if there were no significance tests?, 221–257); Cumming &
    Finch 2001 (Educational and Psychological Measurement 61, 532–574). None when the search for a limit fails.
    """
    low = _noncentrality(t, freedom, (1 + checked_level(level)) / 2)
    high = _noncentrality(t, freedom, (1 - level) / 2)
    if low is None or high is None:
        return None
    return Interval(low=low, high=high, level=level)


FAR = 300  # from here on the formula is as near as the search (probabilities within 3e-5), and the search gets slow
NEAR = 1e-4  # the search ends within 2e-5 of the probability


def _noncentrality(t: float, freedom: float, probability: float) -> float | None:
    """The noncentrality under which a t up to this one has the probability. Mirrored, so that −t gives the mirror."""
    if t < 0:
        mirrored = _noncentrality(-t, freedom, 1 - probability)
        return None if mirrored is None else -mirrored
    if t > FAR:
        return _far_noncentrality(t, freedom, probability)
    found = float(special.nctdtrinc(freedom, probability, t))
    return found if abs(float(special.nctdtr(freedom, found, t)) - probability) <= NEAR else None


def _far_noncentrality(t: float, freedom: float, probability: float) -> float:
    """The limits of the two parts of a noncentral t, the normal and the chi, put together by their squares.

    As limits of differences are put together by Zou & Donner 2008 (Statistics in Medicine 27, 1693–1702).
    """
    by_chi = t * (1 - sqrt(float(special.chdtri(freedom, probability)) / freedom))
    by_normal = float(special.ndtri(probability))
    reach = sqrt(by_chi**2 + by_normal**2)
    return t - reach if probability > 0.5 else t + reach  # noqa: PLR2004 -- the upper half gives the lower limit
