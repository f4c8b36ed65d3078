"""What is asked, given the answers so far; which answers can be kept, and what is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from luotsi.core.questions.conditions import is_met
from luotsi.core.questions.fields import read_date, tidy
from luotsi.core.questions.numbers import decimals_of, read_plain, spelled
from luotsi.core.questions.values import FARTHEST, Kind
from luotsi.core.words.clean import is_clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item, Section


class Fault(StrEnum):
    """What is wrong with one answer. The interface has a sentence for each."""

    MISSING = "missing"
    NOT_ON_SCALE = "not_on_scale"
    NOT_OFFERED = "not_offered"
    TOO_MANY = "too_many"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NOT_A_DATE = "not_a_date"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_RANKED = "not_ranked"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`kept`: the answers that can be kept, by item. `faults`: what is wrong with others, by what they are keyed by.

    Kept answers, checked again, are the very same and without a fault but those of answers that are MISSING.
    """

    kept: dict[str, Answer]
    faults: dict[str, Fault]


class AnswerFaultError(ValueError):
    """An answer that its item does not take."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def check_answers(form: Form, given: Mapping[str, object]) -> Checked:
    """All answers at once. What was answered to items that are not asked is dropped, without a fault.

    NOT_ASKED is for keys that are no item's. An answer with a fault counts as none where conditions rest on it.
    """
    checked = _check(form, given)
    return Checked(kept=checked.kept, faults=checked.faults | _strangers(given, form.items))


def check_page(form: Form, section: str, given: Mapping[str, object], so_far: Mapping[str, Answer]) -> Checked:
    """The answers of one section, with those kept so far of the others.

    `kept` holds all that is to be kept from now on: an answer elsewhere that these answers make unasked is gone, and an
    item of the section that is not in `given` has no answer. `faults` are those of the section alone. Raises KeyError
    when the form has no such section.
    """
    here = form.section(section).items
    own = {item.key for item in here}
    others = {key: answer for key, answer in so_far.items() if key not in own}
    checked = _check(form, others | {key: answer for key, answer in given.items() if key in own})
    faults = {key: fault for key, fault in checked.faults.items() if key in own}
    return Checked(kept=checked.kept, faults=faults | _strangers(given, here))


def check_answer(item: Item, given: object) -> Answer | None:
    """The answer as it is kept; None when none was given: blank text and an empty list are none.

    Raises AnswerFaultError. Whether the item is asked, or required, is not looked at.
    """
    if (
        given is None
        or (isinstance(given, list | tuple) and not given)
        or (isinstance(given, str) and not given.strip())
    ):
        return None
    return _CHECKS[item.kind](item, given)


def items_asked(form: Form, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """The items that are asked by these answers, in order. Answers to items that are not asked do not count."""
    return tuple(item for _, item in walk(form, answers))


def walk(form: Form, answers: Mapping[str, Answer]) -> Iterator[tuple[Section, Item]]:
    """The items that are asked by these answers, in order, each with its section."""
    known: dict[str, Answer] = {}
    for section in form.sections:
        if not is_met(section.when, known):
            continue
        for item in section.items:
            if not is_met(item.when, known):
                continue
            yield section, item
            if item.key in answers:
                known[item.key] = answers[item.key]


def _check(form: Form, given: Mapping[str, object]) -> Checked:
    """`walk` looks at the kept answers only after an item was yielded: here they grow while it goes."""
    kept: dict[str, Answer] = {}
    faults: dict[str, Fault] = {}
    for _, item in walk(form, kept):
        try:
            answer = check_answer(item, given.get(item.key))
        except AnswerFaultError as refused:
            faults[item.key] = refused.fault
            continue
        if answer is not None:
            kept[item.key] = answer
        elif item.is_required:
            faults[item.key] = Fault.MISSING
    return Checked(kept=kept, faults=faults)


def _strangers(given: Mapping[str, object], items: tuple[Item, ...]) -> dict[str, Fault]:
    known = {item.key for item in items}
    return {key: Fault.NOT_ASKED for key in given if key not in known}


def _check_scale(item: Item, given: object) -> int:
    values = item.scale.values if item.scale else range(0)
    if isinstance(given, int) and not isinstance(given, bool) and given in values:
        return given
    raise AnswerFaultError(Fault.NOT_ON_SCALE)


def _check_choice(item: Item, given: object) -> str | list[str]:
    if not item.is_many:
        if isinstance(given, str) and given in item.offered:
            return given
        raise AnswerFaultError(Fault.NOT_OFFERED)
    picked = _check_picked(item, given)
    if item.most is not None and len(picked) > item.most:
        raise AnswerFaultError(Fault.TOO_MANY)
    return picked


def _check_picked(item: Item, given: object) -> list[str]:
    """Some of what is offered, each once, in the order of the form."""
    picked = given if isinstance(given, list | tuple) else [given]
    offered = item.offered
    if not all(isinstance(key, str) and key in offered for key in picked):
        raise AnswerFaultError(Fault.NOT_OFFERED)
    return [key for key in offered if key in picked]


def _check_ranking(item: Item, given: object) -> list[str]:
    ranked = given if isinstance(given, list | tuple) else [given]
    for key in ranked:
        if key not in item.offered:
            raise AnswerFaultError(Fault.NOT_RANKED if _names_offered(item, key) else Fault.NOT_OFFERED)
    if len(set(ranked)) < len(ranked):
        raise AnswerFaultError(Fault.NOT_RANKED)
    if item.most is not None and len(ranked) > item.most:
        raise AnswerFaultError(Fault.TOO_MANY)
    return list(ranked)


def _names_offered(item: Item, key: object) -> bool:
    """Whether it is a choice with a rank (`a:1`): `posting` leaves them so when two have the same."""
    return isinstance(key, str) and key.partition(":")[0] in item.offered


def _check_number(item: Item, given: object) -> str:
    number = _number(given)
    if number is None:
        raise AnswerFaultError(Fault.NOT_A_NUMBER)
    if number < (-FARTHEST if item.lowest is None else item.lowest):
        raise AnswerFaultError(Fault.TOO_SMALL)
    if number > (FARTHEST if item.highest is None else item.highest):
        raise AnswerFaultError(Fault.TOO_LARGE)
    if decimals_of(number) > item.decimals:
        raise AnswerFaultError(Fault.TOO_MANY_DECIMALS)
    return spelled(number)


def _number(given: object) -> Decimal | None:
    """No floating number: which decimal it was meant to be cannot be told for certain."""
    if isinstance(given, str):
        return read_plain(given.strip())
    return Decimal(given) if isinstance(given, int) and not isinstance(given, bool) else None


def _check_date(item: Item, given: object) -> str:
    day = read_date(given.strip()) if isinstance(given, str) else None
    if day is None:
        raise AnswerFaultError(Fault.NOT_A_DATE)
    if item.earliest and day < item.earliest:
        raise AnswerFaultError(Fault.TOO_EARLY)
    if item.latest and day > item.latest:
        raise AnswerFaultError(Fault.TOO_LATE)
    return day.isoformat()


def _check_text(item: Item, given: object) -> str:
    if not isinstance(given, str) or not is_clean_text(given):
        raise AnswerFaultError(Fault.NOT_TEXT)
    text = tidy(given)
    if len(text) > item.longest:
        raise AnswerFaultError(Fault.TOO_LONG)
    return text


_CHECKS: Final[Mapping[Kind, Callable[[Item, object], Answer]]] = {
    Kind.SCALE: _check_scale,
    Kind.CHOICE: _check_choice,
    Kind.TEXT: _check_text,
    Kind.RANKING: _check_ranking,
    Kind.NUMBER: _check_number,
    Kind.DATE: _check_date,
    Kind.AVAILABILITY: _check_picked,
}
