"""Rows to columns with capacities: the greatest sum of values, then the earliest columns, and the prices that prove it.

A value of 0 means that the two are not joined. All arithmetic is exact: SciPy's floating point numbers hold whole
numbers up to 2**53, which no sum of values along a path reaches below 100,000 rows; the prices are int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ALONE: Final = -1
"""The column of a row that is joined to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The column of each row, or `ALONE`, and the price of each column."""

    columns: Numbers
    prices: Numbers


def assign(values: Numbers, capacities: Numbers) -> Assignment:
    """Of all assignments with the greatest sum, the one with the earliest column for the first row, then the second...

    So there is one answer, whatever way it is found. No column at all counts as the latest.
    """
    columns = _greatest(values, capacities)
    prices = _lowest_prices(values, columns)
    return Assignment(columns=_Seating(values, capacities, columns, prices).earliest(), prices=prices)


def _greatest(values: Numbers, capacities: Numbers) -> Numbers:
    """Each column stands in the square problem as often as it has seats that could be used."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import, for matching alone

    columns = np.full(len(values), ALONE, dtype=np.int64)
    usable = np.minimum(capacities, np.count_nonzero(values, axis=0))
    seats = np.repeat(np.arange(len(capacities)), usable)
    rows, taken = linear_sum_assignment(values[:, seats].astype(np.float64), maximize=True)
    joined = values[rows, seats[taken]] > 0
    columns[rows[joined]] = seats[taken][joined]
    return columns


def _lowest_prices(values: Numbers, columns: Numbers) -> Numbers:
    """The least solution of: nobody would rather have another column at its price. By label correcting (longest paths).

    Raises ArithmeticError when there is none, that is when a change of columns would raise the sum.
    """
    count = values.shape[1]
    prices = np.zeros(count, dtype=np.int64)
    lowest = np.iinfo(np.int64).min // 4
    rises = np.full((count, count), lowest)  # by how much a column's price must lie above another's
    for row, column in enumerate(columns):
        if column == ALONE:
            np.maximum(prices, values[row], out=prices)
        else:
            wishes = np.where(values[row] > 0, values[row] - values[row, column], lowest)
            np.maximum(rises[column], wishes, out=rises[column])
    for _ in range(count + 1):
        raised = np.maximum(prices, (prices[:, None] + rises).max(axis=0))
        if np.array_equal(raised, prices):
            return prices
        prices = raised
    msg = "the assignment is not the greatest"
    raise ArithmeticError(msg)


class _Seating:
    """Moves rows between places without changing the sum: along values that the prices make equal.

    Places are the columns and, last, none. An empty seat is a guest who may sit at any place that costs nothing.
    """

    def __init__(self, values: Numbers, capacities: Numbers, columns: Numbers, prices: Numbers) -> None:
        nowhere = len(capacities)
        gains = np.where(values > 0, values - prices, -1)
        best = np.maximum(gains.max(axis=1, initial=0), 0)
        self.equal: Flags = np.column_stack([gains == best[:, None], best == 0])
        self.place = np.where(columns == ALONE, nowhere, columns)
        taken = np.bincount(self.place, minlength=nowhere + 1)
        self.empty = np.append(capacities, taken[nowhere] + len(columns)) - taken
        self.costs_nothing = np.append(prices == 0, True)

    def earliest(self) -> Numbers:
        for row in range(len(self.place)):
            free = np.bincount(self.place[row + 1 :], minlength=len(self.empty)) + self.empty > 0
            wished = np.flatnonzero((self.equal[row] & free)[: self.place[row]]).tolist()
            if wished:
                ways = self._ways_to(int(self.place[row]), row, wished[0])
                reachable = [column for column in wished if column in ways]
                if reachable:
                    self._move(row, reachable[0], ways)
        return np.where(self.place == len(self.empty) - 1, ALONE, self.place)

    def _ways_to(self, goal: int, row: int, enough: int) -> dict[int, tuple[int, int]]:
        """Places that can give up a seat so that, move by move, the goal's seat is used again: who moves, and where to.

        Only rows after this one move; `ALONE` is an empty seat. Step by step from the goal, until `enough` is reached.
        """
        ways = {goal: (ALONE, goal)}
        front = np.array([goal])
        rows = np.arange(row + 1, len(self.place))
        while len(front) and enough not in ways:
            rows = rows[~np.isin(self.place[rows], front)]
            able = self.equal[np.ix_(rows, front)]
            movers = rows[able.any(axis=1)]
            targets = front[able.argmax(axis=1)[able.any(axis=1)]]
            moves = zip(movers.tolist(), targets.tolist(), strict=True)
            new = dict(zip(self.place[movers].tolist(), moves, strict=True))
            for nothing in front[self.costs_nothing[front]].tolist()[:1]:
                new |= {place: (ALONE, nothing) for place in np.flatnonzero(self.empty).tolist() if place not in ways}
            ways |= new
            front = np.array(sorted(new), dtype=np.int64)
        return ways

    def _move(self, row: int, place: int, ways: dict[int, tuple[int, int]]) -> None:
        goal = int(self.place[row])
        self.place[row] = place
        while place != goal:
            mover, target = ways[place]
            if mover == ALONE:
                self.empty[place] -= 1
                self.empty[target] += 1
            else:
                self.place[mover] = target
            place = target
