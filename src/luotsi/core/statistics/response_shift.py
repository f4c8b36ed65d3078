"""Pre, post and then: what changed in people, and what changed in how they see themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.statistics.answers import aligned
from luotsi.core.statistics.comparison import compare_pairs

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from luotsi.core.statistics.comparison import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseShift:
    """Three paired comparisons of the same `n` people, those who gave all three answers.

    `shift` = then − pre: below zero, people see now that they had rated themselves too high.
    `true_change` = post − then. `conventional_change` = post − pre = shift + true change.
    """

    n: int
    shift: Comparison
    true_change: Comparison
    conventional_change: Comparison


def response_shift(pre: ArrayLike, then: ArrayLike, post: ArrayLike, *, level: float = 0.95) -> ResponseShift:
    """Howard & al. 1979 (Applied Psychological Measurement 3, 1–23): before; afterwards of before; afterwards.

    (respondents,) three times, the same people in the same order, NaN missing.
    """
    before, looking_back, after = aligned(pre, then, post)
    complete = ~(np.isnan(before) | np.isnan(looking_back) | np.isnan(after))
    before, looking_back, after = before[complete], looking_back[complete], after[complete]
    return ResponseShift(
        n=int(before.size),
        shift=compare_pairs(before, looking_back, level=level),
        true_change=compare_pairs(looking_back, after, level=level),
        conventional_change=compare_pairs(before, after, level=level),
    )
