"""What browsers send for each kind of item, and what to put into the fields of a page.

Every field of an item bears the item's key as its name:

- scale, choice: radio buttons or a list, the value or key as its value; many choices: boxes to tick
- text, number, date: one input. Numbers with decimal comma or point and spaces; dates d.m.yyyy or yyyy-mm-dd
- ranking: for every choice a list of ranks whose values are `choice:rank` (`a:1`, `b:3`), or "" for not ranked. Gaps in
  the ranks do not matter, only their order. Bare keys, the best first, are understood too (one list for every rank)
- availability: boxes to tick, whose values are `day.slot` (`mon.morning`)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from luotsi.core.questions.numbers import settled, spelled
from luotsi.core.questions.values import Kind
from luotsi.core.tables.cells import parse_date, parse_number
from luotsi.core.tables.faults import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item

_WHOLE: Final = re.compile(r"-?[0-9]{1,6}")
_RANKED: Final = re.compile(r"([a-z][a-z0-9_-]{0,59}):([1-9][0-9]?)")


def from_posted(item: Item, values: Sequence[str]) -> object:
    """The raw answer, for `check_answer` to judge; None when nothing was answered. Never raises.

    What cannot be understood is handed on as it was typed, so that the check refuses it.
    """
    said = [value for value in values if value.strip()]
    if item.kind is Kind.RANKING:
        return _from_ranks(said)
    if item.is_many or item.kind is Kind.AVAILABILITY:
        return said or None
    if len(said) != 1:
        return said or None
    return _READERS.get(item.kind, str)(said[0])


def answers_from_posted(items: Iterable[Item], posted: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The raw answers to these items, by key, without the unanswered ones. Whatever else was posted is passed over."""
    told = {item.key: from_posted(item, posted.get(item.key, ())) for item in items}
    return {key: answer for key, answer in told.items() if answer is not None}


def to_posted(item: Item, answer: Answer | None) -> list[str]:
    """The values of the fields that show a kept answer: `from_posted` reads them back to the same answer."""
    if answer is None:
        return []
    if item.kind is Kind.RANKING and isinstance(answer, list):
        return [f"{key}:{rank}" for rank, key in enumerate(answer, 1)]
    if isinstance(answer, list):
        return list(answer)
    return [str(answer).replace(".", ",") if item.kind is Kind.NUMBER else str(answer)]


def _from_ranks(said: list[str]) -> list[str] | None:
    """The choices in the order of their ranks; as they were posted when two have the same rank."""
    found = [_RANKED.fullmatch(value.strip()) for value in said]
    ranks = {int(ranked[2]): ranked[1] for ranked in found if ranked}
    if not said or len(ranks) < len(said):
        return said or None
    return [ranks[rank] for rank in sorted(ranks)]


def _from_scale(value: str) -> int | str:
    return int(value) if _WHOLE.fullmatch(value.strip()) else value


def _from_number(value: str) -> str:
    try:
        return spelled(settled(parse_number(value)))
    except CellError:
        return value


def _from_date(value: str) -> str:
    try:
        return parse_date(value).isoformat()
    except CellError:
        return value


_READERS: Final[Mapping[Kind, Callable[[str], object]]] = {
    Kind.SCALE: _from_scale,
    Kind.NUMBER: _from_number,
    Kind.DATE: _from_date,
}
