"""How well the items of a dimension hang together: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from luotsi.core.statistics.answers import NO_SPREAD, complete_rows, is_flat, largest_of, table_of
from luotsi.core.statistics.one_factor import minimum_residuals
from luotsi.core.statistics.values import Interval, checked_level

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from luotsi.core.statistics.answers import Numbers
    from luotsi.core.statistics.one_factor import OneFactor

TWO, THREE = 2, 3  # the fewest items and respondents for alpha; for a factor


class Outcome(StrEnum):
    """What came of an omega. Only ESTIMATED and AT_BOUND have a coefficient."""

    ESTIMATED = "estimated"
    AT_BOUND = "at bound"  # a Heywood case: an item without any error of its own; to be read with care
    TOO_FEW_ITEMS = "too few items"  # below three items that vary, one factor is not identified
    TOO_FEW_RESPONDENTS = "too few respondents"  # below three complete
    NO_COMMON_FACTOR = "no common factor"  # the items do not, on average, correlate above zero
    NOT_IDENTIFIED = "not identified"  # several factors fit as well
    NOT_CONVERGED = "not converged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Cronbach's alpha of the sum (or mean) of `items` items, among the `n` who answered all of them.

    None below two items or respondents, and when the sum is the same for all. It may be below zero, and is
    told so: usually an item wants reversing. The interval is None too when nothing is left unexplained (alpha 1).
    """

    coefficient: float | None
    interval: Interval | None
    n: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Omega:
    """McDonald's omega total of the sum of `items` items, among the `n` who answered all of them: 0 to 1, or None.

    `loadings` are those of the correlations with the factor, in the order of the items; 0 for an item that all
    answered alike; empty when no factor was sought. A negative one says that the item wants reversing.
    """

    coefficient: float | None
    outcome: Outcome
    loadings: tuple[float, ...]
    n: int
    items: int


def cronbach_alpha(answers: ArrayLike, *, level: float = 0.95) -> Alpha:
    """(respondents, items), NaN missing, items turned one way. An item that all answer alike counts as an item.

    Cronbach 1951 (Psychometrika 16, 297–334), equation 2, on complete cases. Interval: Feldt 1965 (Psychometrika 30,
    357–370) as in Feldt, Woodruff & Salih 1987 (Applied Psychological Measurement 11, 93–103): exact for parallel
    items under normality.
    """
    checked_level(level)
    table = complete_rows(table_of(answers))
    n, items = table.shape
    coefficient = _alpha(table) if n >= TWO and items >= TWO else None
    interval = None
    if coefficient is not None and 1 - coefficient > NO_SPREAD:
        low, high = special.fdtri(n - 1, (n - 1) * (items - 1), [(1 + level) / 2, (1 - level) / 2]).tolist()
        left = 1 - coefficient
        interval = Interval(low=1 - left * low, high=1 - left * high, level=level)
    return Alpha(coefficient=coefficient, interval=interval, n=n, items=items)


def mcdonald_omega(answers: ArrayLike) -> Omega:
    """(respondents, items), NaN missing, items turned one way. An item that all answer alike adds nothing.

    McDonald 1999 (Test theory, 89): (Σλ)² over (Σλ)² + Σψ in the units of the items, from one factor
    fitted to the correlations of complete cases by minimum residuals (see one_factor).
    """
    table = complete_rows(table_of(answers))
    n, items = table.shape
    sds = table.std(axis=0, ddof=1) if n >= TWO else np.zeros(items)
    varies = sds > NO_SPREAD * np.maximum(1.0, np.abs(table).max(axis=0, initial=0.0))
    outcome, coefficient, loadings = _omega(table[:, varies], sds[varies])
    placed = np.zeros(items)
    placed[varies] = 0.0 if loadings is None else loadings
    return Omega(
        coefficient=coefficient,
        outcome=outcome,
        loadings=() if loadings is None else tuple(placed.tolist()),
        n=n,
        items=items,
    )


def _alpha(table: Numbers) -> float | None:
    items, centred = table.shape[1], table - table.mean(axis=0)
    degrees = len(table) - 1
    total = float((centred.sum(axis=1) ** 2).sum()) / degrees
    if is_flat(sqrt(total), items * largest_of(table)):
        return None
    return float(items / (items - 1) * (1 - float((centred**2).sum()) / degrees / total))


def _omega(table: Numbers, sds: Numbers) -> tuple[Outcome, float | None, Numbers | None]:
    n, items = table.shape
    if n < THREE or items < THREE:
        return (Outcome.TOO_FEW_RESPONDENTS if n < THREE else Outcome.TOO_FEW_ITEMS), None, None
    standard = (table - table.mean(axis=0)) / sds
    factor = minimum_residuals(standard.T @ standard / (n - 1))
    if factor is None:
        return Outcome.NO_COMMON_FACTOR, None, None
    common = float(factor.loadings @ sds) ** 2
    own = float((sds**2 * (1 - factor.loadings**2)).sum())
    outcome = _outcome(factor, common + own > NO_SPREAD * float(sds @ sds))
    has_coefficient = outcome in (Outcome.ESTIMATED, Outcome.AT_BOUND)
    return outcome, common / (common + own) if has_coefficient else None, factor.loadings


def _outcome(factor: OneFactor, sum_varies: bool) -> Outcome:  # noqa: FBT001 -- one caller
    if not factor.has_converged:
        return Outcome.NOT_CONVERGED
    if not factor.is_identified:
        return Outcome.NOT_IDENTIFIED
    if not sum_varies:
        return Outcome.NO_COMMON_FACTOR
    return Outcome.AT_BOUND if factor.is_at_bound else Outcome.ESTIMATED
