"""From answers to the score of a dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.statistics.answers import table_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike

    from luotsi.core.statistics.answers import Numbers


def turned(answers: ArrayLike, *, reverse: Collection[int], low: float, high: float) -> Numbers:
    """A copy of (respondents, items) in which the items numbered in `reverse` are turned round: low + high − answer.

    Missing answers stay NaN. ValueError when an answer of any item is outside low..high, or an item is not there.
    """
    table = table_of(answers)
    if not low < high:
        raise ValueError(f"a scale from {low} to {high} is no scale")
    if np.any((table < low) | (table > high)):
        raise ValueError(f"an answer is outside the scale from {low} to {high}")
    if any(not 0 <= item < table.shape[1] for item in reverse):
        raise ValueError(f"items to reverse {sorted(reverse)} are not all among the {table.shape[1]} items")
    columns = sorted(set(reverse))
    table = table.copy()
    table[:, columns] = low + high - table[:, columns]
    return table


def dimension_scores(answers: ArrayLike) -> Numbers:
    """Each respondent's mean of the items answered, if at least half are; else NaN.

    (respondents, items) → (respondents,); items are to be turned one way before. The half rule: Fayers & Machin 2016,
    Quality of life, 3rd ed., chapter 15.
    """
    table = table_of(answers)
    present = ~np.isnan(table)
    counts = present.sum(axis=1)
    sums = np.where(present, table, 0.0).sum(axis=1)
    enough = (counts > 0) & (2 * counts >= table.shape[1])
    return np.where(enough, sums / np.maximum(counts, 1), np.nan)
