"""When something is asked: tests of earlier answers, joined by all, any and not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Answer: TypeAlias = int | str | list[str]
"""JSON as it is kept. Scale: int. Choice: str, or list when many may be chosen, in the order of the form. Text: str.
Ranking: list, the best first. Number: str, a decimal without needless zeros (`-2.5`, `10`), since JSON's own numbers
lose digits. Date: str, yyyy-mm-dd. Availability: list of `day.slot`, in the order of the week and then of the form."""

Single: TypeAlias = str | int | Decimal | date
Operand: TypeAlias = Single | tuple[Single, ...]  # bool is an int


class Relation(StrEnum):
    """How an answer stands to a value. Only `answered: false` is true of an item without an answer."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    HOLDS = "holds"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One test of one earlier item.

    `value` is of the kind that the item's answers are understood as: int on a scale, Decimal for a number, date for a
    date, str for a choice, bool for ANSWERED, a tuple of such values for ONE_OF.
    """

    item: str
    relation: Relation
    value: Operand


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    all_of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    any_of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    denied: Condition


Condition: TypeAlias = Comparison | All | AnyOf | Not


def is_met(condition: Condition | None, answers: Mapping[str, Answer]) -> bool:
    """Whether it holds by these answers, which must be kept ones. No condition always holds."""
    return condition is None or _is_met(condition, answers)


def items_named(condition: Condition | None) -> Iterator[str]:
    """The keys of the items that it speaks of, in its order."""
    if isinstance(condition, Comparison):
        yield condition.item
    elif isinstance(condition, Not):
        yield from items_named(condition.denied)
    elif condition is not None:
        for part in condition.all_of if isinstance(condition, All) else condition.any_of:
            yield from items_named(part)


def _is_met(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    if isinstance(condition, All):
        return all(_is_met(part, answers) for part in condition.all_of)
    if isinstance(condition, AnyOf):
        return any(_is_met(part, answers) for part in condition.any_of)
    if isinstance(condition, Not):
        return not _is_met(condition.denied, answers)
    return _is_true(condition, answers.get(condition.item))


def _is_true(comparison: Comparison, answer: Answer | None) -> bool:
    if comparison.relation is Relation.ANSWERED:
        return (answer is not None) is comparison.value
    return answer is not None and _TESTS[comparison.relation](answer, comparison.value)


def _is(answer: Answer, value: Operand) -> bool:
    return _understood(answer, value) == value


def _is_one_of(answer: Answer, values: Operand) -> bool:
    return isinstance(values, tuple) and any(_is(answer, value) for value in values)


def _is_at_least(answer: Answer, value: Operand) -> bool:
    return _order(answer, value) >= 0


def _is_at_most(answer: Answer, value: Operand) -> bool:
    return _order(answer, value) <= 0


def _holds(answer: Answer, value: Operand) -> bool:
    return isinstance(answer, list) and value in answer


def _order(answer: Answer, value: Operand) -> int:
    """-1, 0 or 1 as the answer is below the value, the same or above it."""
    understood = _understood(answer, value)
    if isinstance(understood, date) and isinstance(value, date):
        return (understood > value) - (understood < value)
    if isinstance(understood, int | Decimal) and isinstance(value, int | Decimal):
        return (understood > value) - (understood < value)
    raise TypeError("only numbers and dates have an order")


def _understood(answer: Answer, value: Operand) -> Answer | Decimal | date:
    """The answer as the kind of thing that the value is."""
    if isinstance(answer, str) and isinstance(value, Decimal):
        return Decimal(answer)
    if isinstance(answer, str) and isinstance(value, date):
        return date.fromisoformat(answer)
    return answer


_TESTS: Final[Mapping[Relation, Callable[[Answer, Operand], bool]]] = {
    Relation.IS: _is,
    Relation.IS_NOT: lambda answer, value: not _is(answer, value),
    Relation.ONE_OF: _is_one_of,
    Relation.AT_LEAST: _is_at_least,
    Relation.AT_MOST: _is_at_most,
    Relation.HOLDS: _holds,
}
