"""The answers of a wave's people, and the arrays that a dimension is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.questions.values import Kind
from luotsi.core.statistics.scores import dimension_scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item, Scale

    Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What the people of a wave answered, one place each in all three: the unit ("" for none), what joins them to the
    same person's answers in another wave ("" when nothing does), the answers.
    """

    units: tuple[str, ...]
    links: tuple[str, ...]
    answers: tuple[Mapping[str, Answer], ...]

    @property
    def places(self) -> dict[str, int]:
        """Where a link stands. One that stands twice joins nobody."""
        once: dict[str, int] = {}
        twice = set()
        for place, link in enumerate(self.links):
            if link in once:
                twice.add(link)
            once[link] = place
        return {link: place for link, place in once.items() if link and link not in twice}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A dimension's items and (people, items), turned one way, NaN missing."""

    items: tuple[Item, ...]
    scale: Scale
    answers: Numbers

    @property
    def scores(self) -> Numbers:
        return dimension_scores(self.answers)

    @property
    def complete(self) -> NDArray[np.bool_]:
        return np.asarray(~np.isnan(self.answers).any(axis=1), dtype=np.bool_)


def scored_dimensions(form: Form) -> tuple[str, ...]:
    """The keys of dimensions that have a score: their items share the ends of one scale."""
    ends = {
        dimension.key: {(item.scale.lowest, item.scale.highest) for item in form.items_of(dimension.key) if item.scale}
        for dimension in form.dimensions
    }
    return tuple(key for key, found in ends.items() if len(found) == 1)


def table_for(form: Form, dimension: str, answers: Sequence[Mapping[str, Answer]]) -> Table:
    """The answers to a scored dimension."""
    items = form.items_of(dimension)
    numbers = np.full((len(answers), len(items)), np.nan)
    for place, item in enumerate(items):
        column = numbers_of(item, answers)
        numbers[:, place] = turned_column(item, column)
    [scale, *_] = [item.scale for item in items if item.scale]
    return Table(items=items, scale=scale, answers=numbers)


def turned_column(item: Item, column: Numbers) -> Numbers:
    """As seen from the scale's other end, when the item is reversed."""
    if item.scale is None or not item.is_reversed:
        return column
    return item.scale.lowest + item.scale.highest - column


def numbers_of(item: Item, answers: Sequence[Mapping[str, Answer]]) -> Numbers:
    """The answers to an item as numbers, NaN missing."""
    key, missing = item.key, np.nan
    if item.kind is Kind.SCALE:
        return np.array([given.get(key, missing) for given in answers], dtype=np.float64)
    return np.array([_number(given.get(key)) for given in answers], dtype=np.float64)


def _number(answer: Answer | None) -> float:
    return float("nan") if answer is None or isinstance(answer, list) else float(answer)
