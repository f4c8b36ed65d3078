"""Answers as arrays: what is let in, and when numbers count as all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

LARGEST = 1e9  # far above any scale or sum of scales; squares and their quotients stay exact enough below it
NO_SPREAD = 1e-12  # a standard deviation below this share of the largest answer (or of 1) is rounding, not spread


def column_of(values: ArrayLike) -> Numbers:
    """One variable: (respondents,) as floats; None and NaN are missing answers. ValueError for anything else."""
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"one number for each respondent is expected, not an array of shape {column.shape}")
    return _bounded(column)


def table_of(answers: ArrayLike) -> Numbers:
    """Several items: (respondents, items) as floats; None and NaN are missing answers. ValueError for anything else."""
    table = np.asarray(answers, dtype=np.float64)
    if table.shape == (0,):
        table = table.reshape(0, 0)
    if table.ndim != 2:  # noqa: PLR2004 -- respondents and items
        raise ValueError(f"a table of respondents and items is expected, not an array of shape {table.shape}")
    return _bounded(table)


def aligned(*columns: ArrayLike) -> tuple[Numbers, ...]:
    """Variables of the same respondents in the same order: as column_of, all of one length, else ValueError."""
    taken = tuple(column_of(column) for column in columns)
    if len({column.size for column in taken}) > 1:
        raise ValueError(f"variables of the same respondents differ in length: {[column.size for column in taken]}")
    return taken


def complete_rows(table: Numbers) -> Numbers:
    """The respondents who answered every item (listwise deletion)."""
    return table[~np.isnan(table).any(axis=1)]


def is_flat(sd: float, largest: float) -> bool:
    """Whether a standard deviation is nothing but rounding, given the largest absolute number it was made from."""
    return sd <= NO_SPREAD * max(1.0, largest)


def largest_of(*columns: Numbers) -> float:
    """The largest absolute number; 0 when there is none. The columns hold no missing answers."""
    return max((float(np.abs(column).max()) for column in columns if column.size), default=0.0)


def _bounded(array: Numbers) -> Numbers:
    if array.size and not np.fmax.reduce(np.abs(array), axis=None, initial=0.0) <= LARGEST:
        raise ValueError(f"an answer is infinite or beyond {LARGEST:g}; a missing answer is NaN")
    return array
