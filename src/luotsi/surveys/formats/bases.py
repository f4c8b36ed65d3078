"""Of whom a dimension's figures are, so that none of them and no difference between them is of a few."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.statistics.suppression import publishable
from luotsi.surveys.formats.cuts import gives_away

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from luotsi.surveys.formats.rows import Numbers, Table

    Mask = NDArray[np.bool_]

MOST_LEFT_OUT = 0.1
"""Of a dimension, a larger share of people is not left out for the sake of showing single statements."""

MOST_TRIMMED = 0.25
"""Of a set of people that can be shown only without some more of them, a larger share is not left out."""

STATEMENTS = "statements"


@dataclass(slots=True, kw_only=True)
class Base:
    """The people of one dimension in one wave, in the order of the rows.

    `scores` are NaN for those who are not in; `left_out` have a score and are not in, since they left out a statement.
    `cuts` are the sets across the units that are shown beside the whole, by what is shown of them: of STATEMENTS,
    each statement and how they hang together. Who is in a cut is in `people`.
    """

    table: Table
    scores: Numbers
    left_out: int
    units: tuple[str, ...]
    shown_units: frozenset[str]
    smallest: int
    cuts: dict[str, Mask] = field(default_factory=dict)

    @property
    def people(self) -> Mask:
        return ~np.isnan(self.scores)

    @property
    def is_shown(self) -> bool:
        return int(self.people.sum()) >= self.smallest

    def of_unit(self, unit: str) -> Mask:
        return self.people & np.array([own == unit for own in self.units], dtype=np.bool_)

    def admits(self, cut: Mask) -> bool:
        """Whether a further set of these people may be shown beside all that is shown already."""
        people = self.people
        enough = self.is_shown and int(cut.sum()) >= self.smallest
        return enough and not gives_away(
            parts_of(self.units, self.shown_units)[people],
            [own[people] for own in [*self.cuts.values(), cut] if not own[people].all()],
            self.smallest,
        )


def base_of(table: Table, units: tuple[str, ...], smallest: int) -> Base:
    """Those with a score; where that lets single statements be shown, without the few who left some of them out."""
    scores, complete = table.scores, table.complete
    base = _base(table, scores, units, smallest)
    admit(STATEMENTS, [base], [np.flatnonzero(complete).tolist()])
    if STATEMENTS in base.cuts:
        return base
    only_complete = _base(table, np.where(complete, scores, np.nan), units, smallest)
    only_complete.left_out = int(base.people.sum() - complete.sum())
    is_few = only_complete.left_out <= MOST_LEFT_OUT * base.people.sum()
    if only_complete.is_shown and is_few and only_complete.shown_units == base.shown_units:
        only_complete.cuts[STATEMENTS] = complete
        return only_complete
    return base


def admit(name: str, bases: Sequence[Base], places: Sequence[Sequence[int]]) -> list[list[int]]:
    """Show a set of people in each of the bases, if it may be: who was let in, by their places; nobody where not.

    `places` are the same people at the same index in each base. Where those outside the set are too few, some more
    are left out: see `_by_need`.
    """
    people = _by_need(bases, list(zip(*places, strict=True)))
    for dropped in range(int(MOST_TRIMMED * len(people)) + 1):
        kept = sorted(people[: len(people) - dropped])
        chosen = [[own[number] for own in kept] for number in range(len(bases))]
        masks = [_mask(base, own) for base, own in zip(bases, chosen, strict=True)]
        if all(base.admits(mask) for base, mask in zip(bases, masks, strict=True)):
            for base, mask in zip(bases, masks, strict=True):
                base.cuts[name] = mask
            return chosen
    return [[] for _ in bases]


def _by_need(bases: Sequence[Base], people: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The last are left out first: those outside another set that is shown, then of the largest unit, then of the last
    rows. It does not depend on what anybody answered, and is the same at every look.
    """
    ranks: Counter[str] = Counter()
    needs = []
    for own in sorted(people):
        unit = bases[0].units[own[0]]
        ranks[unit] += 1
        outside = sum(not cut[place] for base, place in zip(bases, own, strict=True) for cut in base.cuts.values())
        needs.append((outside, ranks[unit], own))
    return [own for _outside, _rank, own in sorted(needs)]


def _mask(base: Base, places: Sequence[int]) -> Mask:
    mask = np.zeros(base.scores.size, dtype=np.bool_)
    mask[list(places)] = True
    return mask


def parts_of(units: tuple[str, ...], shown: frozenset[str]) -> NDArray[np.int64]:
    """The number of each person's part of the whole: 0 for those of hidden units."""
    numbers = {unit: number for number, unit in enumerate(sorted(shown), 1)}
    return np.array([numbers.get(unit, 0) for unit in units], dtype=np.int64)


def _base(table: Table, scores: Numbers, units: tuple[str, ...], smallest: int) -> Base:
    counts = Counter(unit for unit, is_in in zip(units, (~np.isnan(scores)).tolist(), strict=True) if is_in)
    return Base(
        table=table,
        scores=scores,
        left_out=0,
        units=units,
        shown_units=publishable(counts, smallest),
        smallest=smallest,
    )
