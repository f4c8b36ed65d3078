"""What was chosen, ranked and counted, of the whole of a wave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.questions.values import Kind
from luotsi.core.statistics.description import describe
from luotsi.core.statistics.suppression import nested_safe, publishable
from luotsi.surveys.formats.rows import numbers_of, scored_dimensions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item
    from luotsi.core.statistics.description import Description


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One item that belongs to no scored dimension. Everything but `answered` is empty when too few answered it.

    `counts` are by what is offered, None where so few chose it (or, of several choices, so few did not) that it is not
    told. `ranks`: the mean place of each, 1 being the first; what somebody left out shares the places that were left.
    """

    item: Item
    answered: int
    is_shown: bool
    description: Description | None = None
    counts: Mapping[str, int | None] = field(default_factory=dict)
    ranks: Mapping[str, float] = field(default_factory=dict)


def counted_items(
    form: Form, answers: Sequence[Mapping[str, Answer]], *, smallest: int, is_strict: bool
) -> tuple[Counted, ...]:
    """The items outside dimensions, in order; own words and dates are not among them."""
    scored = set(scored_dimensions(form))
    told = [
        item
        for item in form.items
        if item.kind not in {Kind.TEXT, Kind.DATE} and not (item.dimension and item.dimension in scored)
    ]
    return tuple(_counted(item, answers, smallest, is_strict=is_strict) for item in told)


def _counted(item: Item, answers: Sequence[Mapping[str, Answer]], smallest: int, *, is_strict: bool) -> Counted:
    given = [answer[item.key] for answer in answers if item.key in answer]
    if len(given) < smallest:
        return Counted(item=item, answered=len(given), is_shown=False)
    numbers = numbers_of(item, answers) if item.kind in {Kind.SCALE, Kind.NUMBER} else None
    agrees_from = item.scale.agrees_from if item.scale else None
    return Counted(
        item=item,
        answered=len(given),
        is_shown=True,
        description=None if numbers is None else describe(numbers, agree_from=agrees_from),
        counts=_counts(item, given, smallest if is_strict else 1),
        ranks=mean_places(item, given),
    )


def _counts(item: Item, given: Sequence[Answer], smallest: int) -> dict[str, int | None]:
    """How many chose each. Small counts, and what they could be worked out from, are None."""
    parts = Counter(str(part) for answer in given for part in (answer if isinstance(answer, list) else [answer]))
    if item.kind is Kind.SCALE and item.scale:
        if smallest > 1:  # the mean and the spread would give back what is left out
            return {}
        counts = {str(value): parts[str(value)] for value in item.scale.values}
    elif item.kind in {Kind.CHOICE, Kind.AVAILABILITY}:
        counts = {key: parts[key] for key in item.offered}
    else:
        return {}
    if item.is_many or item.kind is Kind.AVAILABILITY:
        return {
            key: count if (count == 0 or count >= smallest) and nested_safe(len(given), count, smallest) else None
            for key, count in counts.items()
        }
    shown = publishable(counts, smallest)
    return {key: count if key in shown or count == 0 else None for key, count in counts.items()}


def mean_places(item: Item, given: Sequence[Answer]) -> dict[str, float]:
    """Of a ranking: the mean place of each choice, 1 being the first; else nothing."""
    if item.kind is not Kind.RANKING or not given:
        return {}
    places = {key: np.zeros(len(given)) for key in item.offered}
    for person, answer in enumerate(given):
        ranked = list(answer) if isinstance(answer, list) else [str(answer)]
        rest = (len(ranked) + 1 + len(places)) / 2
        for key, own in places.items():
            own[person] = ranked.index(key) + 1 if key in ranked else rest
    return {key: float(own.mean()) for key, own in places.items()}
