"""Whether what is shown of a group, its parts and sets across the parts gives away a few people."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_CUTS = 3
"""More sets across the parts of one group are not judged, and so not shown."""

_FACTORS = {
    cuts: [
        factors
        for factors in product(range(-2, 3), repeat=cuts)
        if next((factor for factor in factors if factor), 0) > 0
    ]
    for cuts in range(MOST_CUTS + 1)
}
# Which people cancel out depends on which sums of a few factors are equal. All the ways in which they can be are found
# on lines that are crossings of planes with normals of −1, 0 and 1; in up to three dimensions those go through these.


def gives_away(parts: NDArray[np.int64], cuts: Sequence[NDArray[np.bool_]], smallest: int) -> bool:
    """Whether sums over the whole, over each part and over each cut give the sum of 1 to smallest − 1 people.

    `parts` holds each person's part, `cuts` who is in a further set. Parts are known to be large enough by themselves
    (those hidden, together, are one part). Exact for every attack that adds, subtracts and multiplies: with factors
    for the cuts chosen, each part lets those people vanish who have one sum of factors; the rest is what is found.
    """
    if len(cuts) > MOST_CUTS:
        return True
    if not cuts or not parts.size:
        return False
    which = sum((cut.astype(np.int64) << place for place, cut in enumerate(cuts)), np.zeros(parts.size, np.int64))
    _, numbered = np.unique(parts, return_inverse=True)
    people = np.zeros((int(numbered.max()) + 1, 2 ** len(cuts)), dtype=np.int64)
    np.add.at(people, (numbered, which), 1)
    return any(0 < _left(people, factors) < smallest for factors in _FACTORS[len(cuts)])


def _left(people: NDArray[np.int64], factors: tuple[int, ...]) -> int:
    """How many people do not vanish, at the least."""
    sums = [sum(factor for place, factor in enumerate(factors) if kind >> place & 1) for kind in range(people.shape[1])]
    together = np.stack(
        [people[:, [kind for kind, own in enumerate(sums) if own == each]].sum(axis=1) for each in sorted(set(sums))]
    )
    return int((people.sum(axis=1) - together.max(axis=0)).sum())
