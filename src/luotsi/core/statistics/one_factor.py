"""One common factor behind several items, by minimum residuals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from luotsi.core.statistics.answers import Numbers

CLOSE = 1e-9  # how flat the sum of squared residuals must be at its minimum
LEAST_CURVATURE = 1e-6  # below this, loadings can move without the fit getting worse
MOST_ROUNDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFactor:
    """Loadings of standardised items, each from −1 to 1, with a sum of at least 0.

    `is_at_bound`: some loading is −1 or 1 and would go further (a Heywood case).
    """

    loadings: Numbers
    is_at_bound: bool
    is_identified: bool
    has_converged: bool


def minimum_residuals(correlations: Numbers) -> OneFactor | None:
    """The loadings that leave the smallest sum of squared residual correlations. (items, items), three items or more.

    Harman & Jones 1966 (Psychometrika 31, 351–368), communalities kept at 1 or below as in Harman & Fukuda 1966
    (Psychometrika 31, 563–571). Needs no inverse, so also a singular matrix has a solution. Their rounds, item by item,
    never make the fit worse; a Newton step after each is taken when it makes it better. Begins from the centroid
    (Thurstone 1931), and of several minima, which weak factors can have, ends in the one it comes to from there; None
    when the items do not, on average, correlate above zero, so that there is no centroid.
    """
    matrix = correlations.round(12)  # so that the order in which people were added up cannot matter
    np.fill_diagonal(matrix, 0.0)
    total = float(matrix.sum())
    if total <= CLOSE:
        return None
    items = len(matrix)
    loadings = np.clip(matrix.sum(axis=1) * sqrt(items / ((items - 1) * total)), -1.0, 1.0)
    has_converged = False
    for _ in range(MOST_ROUNDS):
        loadings = _newton(matrix, _round(matrix, loadings))
        gradient, free = _slope(matrix, loadings)
        if has_converged := not free.any() or bool(np.abs(gradient[free]).max() < CLOSE):
            break
    _, free = _slope(matrix, loadings)
    return OneFactor(
        loadings=loadings if loadings.sum() >= 0 else -loadings,
        is_at_bound=not free.all(),
        is_identified=_is_identified(matrix, loadings, free),
        has_converged=has_converged,
    )


def _residuals(matrix: Numbers, loadings: Numbers) -> Numbers:
    left = matrix - np.outer(loadings, loadings)
    np.fill_diagonal(left, 0.0)
    return left


def _misfit(matrix: Numbers, loadings: Numbers) -> float:
    return float((_residuals(matrix, loadings) ** 2).sum())


def _slope(matrix: Numbers, loadings: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """The gradient (of a quarter of the misfit), and which loadings are free: not pressed against −1 or 1."""
    gradient: Numbers = -_residuals(matrix, loadings) @ loadings
    pressed = (np.abs(loadings) >= 1.0) & (gradient * loadings <= 0)
    return gradient, ~pressed


def _curvature(matrix: Numbers, loadings: Numbers) -> Numbers:
    curvature = 2 * np.outer(loadings, loadings) - matrix
    np.fill_diagonal(curvature, float(loadings @ loadings) - loadings**2)
    return curvature


def _round(matrix: Numbers, loadings: Numbers) -> Numbers:
    """Each loading in turn, the best there is given the others."""
    current = loadings.copy()
    squares = float(current @ current)
    for item, row in enumerate(matrix):
        old = float(current[item])
        others = squares - old * old
        if others > CLOSE:
            new = min(1.0, max(-1.0, float(row @ current) / others))
            current[item] = new
            squares = others + new * new
    return current


def _newton(matrix: Numbers, loadings: Numbers) -> Numbers:
    """A Newton step of the free loadings when it makes the fit better, else the same loadings."""
    gradient, free = _slope(matrix, loadings)
    if not free.any():
        return loadings
    try:
        step = np.linalg.solve(_curvature(matrix, loadings)[np.ix_(free, free)], gradient[free])
    except np.linalg.LinAlgError:
        return loadings
    moved = loadings.copy()
    moved[free] = np.clip(loadings[free] - step, -1.0, 1.0)
    return moved if _misfit(matrix, moved) < _misfit(matrix, loadings) else loadings


def _is_identified(matrix: Numbers, loadings: Numbers, free: NDArray[np.bool_]) -> bool:
    if not free.any():
        return True
    curvature = _curvature(matrix, loadings)[np.ix_(free, free)]
    return bool(np.linalg.eigvalsh(curvature)[0] > LEAST_CURVATURE)
