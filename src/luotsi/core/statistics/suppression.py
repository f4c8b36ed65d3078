"""Which parts of a whole may be shown so that nobody can work out the answers of a few.

What is shown of a group can be subtracted from what is shown of a larger one; what is left is shown too. Counts are of
the people who gave the very statistic that is shown: with missing answers, those of one item are fewer than those of
the survey. Somebody who knows the answers of all but one of a group is not stopped by any of this.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from luotsi.core.statistics.answers import Numbers

SMALLEST = 5


def publishable(counts: Mapping[str, int], smallest: int = SMALLEST) -> frozenset[str]:
    """Which units may be shown alone, beside the total of them all.

    The units are parts of a whole, each person in one; the count is of those who answered. A unit below `smallest` is
    hidden; when all the hidden ones together are still too few, the smallest of the others (the first by key among
    equals) is hidden with them, since together they are the total less the units shown. This hides as few people as
    can be. Units that nobody answered have nothing to show and are left out. ValueError for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError(f"a unit cannot have fewer than no answers: {dict(counts)}")
    shown = {key for key, count in counts.items() if count >= _checked(smallest)}
    hidden = sum(count for key, count in counts.items() if key not in shown)
    if shown and 0 < hidden < smallest:
        shown.remove(min(shown, key=lambda key: (counts[key], key)))
    return frozenset(shown)


def is_total_publishable(counts: Mapping[str, int], smallest: int = SMALLEST) -> bool:
    """Whether the whole may be shown: beside the publishable units its size alone decides."""
    return sum(counts.values()) >= _checked(smallest)


def nested_safe(whole: int, part: int, smallest: int = SMALLEST) -> bool:
    """Whether a part may be shown beside the whole it is in: those left over are nobody, or enough.

    ValueError unless 0 ≤ part ≤ whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is not a part of {whole}")
    return whole == part or whole - part >= _checked(smallest)


def reveals(shown_sets: Iterable[frozenset[Hashable]], smallest: int = SMALLEST) -> bool:
    """Whether sums shown of these sets of people give away the sum of any set of 1 to smallest − 1 people.

    Exact for every attack that adds, subtracts and multiplies what is shown, so more than taking nested sets from each
    other: of A∪B, B∪C and A∪C it finds A. People who are in the same sets cannot be told apart; a group of such people
    is given away when it lies in the span of the shown sets. Slow for many small groups: a judge for tests, and for the
    few sets of one page.
    """
    sets = [people for people in set(shown_sets) if people]
    groups: dict[tuple[bool, ...], int] = {}
    for person in {person for people in sets for person in people}:
        place = tuple(person in people for people in sets)
        groups[place] = groups.get(place, 0) + 1
    if not groups:
        return False
    span = _span(np.array(list(groups), dtype=np.float64).T)
    small = [index for index, size in enumerate(groups.values()) if size < _checked(smallest)]
    sizes = list(groups.values())
    return any(
        _is_within(span, chosen)
        for many in range(1, smallest)
        for chosen in combinations(small, many)
        if sum(sizes[index] for index in chosen) < smallest
    )


def _span(incidence: Numbers) -> Numbers:
    """An orthonormal basis of the rows: (rank, groups)."""
    _, strengths, directions = np.linalg.svd(incidence, full_matrices=False)
    basis: Numbers = directions[strengths > _ROUNDING * strengths[0]]
    return basis


def _is_within(span: Numbers, chosen: Sequence[int]) -> bool:
    """A set of groups is in the span when projecting it onto the span leaves its length as it was."""
    return bool((span[:, chosen].sum(axis=1) ** 2).sum() > len(chosen) - _ROUNDING)


def _checked(smallest: int) -> int:
    if smallest < 1:
        raise ValueError(f"the smallest group has at least one person, not {smallest}")
    return smallest


_ROUNDING = 1e-9
