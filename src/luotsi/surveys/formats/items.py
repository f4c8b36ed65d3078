"""Questions of an instrument, their JSON form, and the check of answers against them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from luotsi.core.words.clean import is_clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES = frozenset({"fi", "sv", "en"})
LOWEST, HIGHEST = 1, 5
TEXT_LIMIT = 2000
KEY = re.compile(r"[a-z][a-z0-9_-]{0,59}")
ITEM_NAMES = frozenset({"key", "text", "type", "required", "choices", "low", "high"})
Texts = dict[str, str]
Answer = int | str


class Kind(StrEnum):
    """`scale`: a whole number from 1 to 5. `choice`: the key of one of the offered. `text`: own words."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


class Fault(StrEnum):
    """What is wrong with one answer."""

    MISSING = "missing"
    NOT_ON_SCALE = "not_on_scale"
    NOT_OFFERED = "not_offered"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    key: str
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `low` and `high` say what the ends of a scale mean; they may be empty."""

    key: str
    text: Texts
    kind: Kind
    is_required: bool
    choices: tuple[Choice, ...] = ()
    low: Texts
    high: Texts


class ItemsError(ValueError):
    """The questions cannot be asked. `faults` says all that is wrong, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def read_items(raw: Any) -> tuple[Item, ...]:  # noqa: ANN401 -- whatever a file or a column holds
    """The questions from their JSON form. Raises ItemsError, with every fault at once."""
    if not isinstance(raw, list) or not raw:
        raise ItemsError(["a list of questions that is not empty"])
    if faults := [fault for number, item in enumerate(raw, 1) for fault in _faults_of(item, f"question {number}")]:
        raise ItemsError(faults)
    keys = [item["key"] for item in raw]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ItemsError([f"{key}: asked twice" for key in twice])
    return tuple(_item(item) for item in raw)


def items_to_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The form in which questions are kept; `read_items` reads it back to the very same questions."""
    return [
        {
            "key": item.key,
            "text": item.text,
            "type": item.kind.value,
            "required": item.is_required,
            "choices": [{"key": choice.key, "text": choice.text} for choice in item.choices],
            "low": item.low,
            "high": item.high,
        }
        for item in items
    ]


def read_answers(items: Iterable[Item], raw: Mapping[str, object]) -> tuple[dict[str, Answer], dict[str, Fault]]:
    """The answers that can be kept, and what is wrong with the others, by the question's key.

    An empty answer to a question that need not be answered is left out.
    """
    answers: dict[str, Answer] = {}
    faults = dict.fromkeys(set(raw) - {item.key for item in items}, Fault.NOT_ASKED)
    for item in items:
        given = raw.get(item.key)
        given = given.strip() if isinstance(given, str) else given
        if given is None or given == "":
            if item.is_required:
                faults[item.key] = Fault.MISSING
        elif fault := _fault_in(item, given):
            faults[item.key] = fault
        else:
            answers[item.key] = given if isinstance(given, str) else int(str(given))
    return answers, faults


def _fault_in(item: Item, given: object) -> Fault | None:
    if item.kind == Kind.SCALE:
        is_number = isinstance(given, int) and not isinstance(given, bool)
        return None if is_number and LOWEST <= int(str(given)) <= HIGHEST else Fault.NOT_ON_SCALE
    if item.kind == Kind.CHOICE:
        return None if given in {choice.key for choice in item.choices} else Fault.NOT_OFFERED
    if not isinstance(given, str) or not is_clean_text(given):
        return Fault.NOT_TEXT
    return Fault.TOO_LONG if len(given) > TEXT_LIMIT else None


def _item(raw: Mapping[str, Any]) -> Item:
    return Item(
        key=raw["key"],
        text=dict(raw["text"]),
        kind=Kind(raw["type"]),
        is_required=raw.get("required", False),
        choices=tuple(Choice(key=choice["key"], text=dict(choice["text"])) for choice in raw.get("choices", [])),
        low=dict(raw.get("low", {})),
        high=dict(raw.get("high", {})),
    )


def _faults_of(raw: object, place: str) -> list[str]:
    if not isinstance(raw, dict):
        return [f"{place}: not a mapping"]
    faults = [f"{place}: {name} is not known" for name in sorted(str(name) for name in set(raw) - ITEM_NAMES)]
    if not (isinstance(raw.get("key"), str) and KEY.fullmatch(raw["key"])):
        faults.append(f"{place}: key begins with a small letter and goes on with small letters, digits, _ and -")
    if raw.get("type") not in set(Kind):
        faults.append(f"{place}: type is one of {', '.join(Kind)}")
    if not isinstance(raw.get("required", False), bool):
        faults.append(f"{place}: required is true or false")
    faults += _texts(raw.get("text"), f"{place}: text")
    for name in ("low", "high"):
        faults += _texts(raw[name], f"{place}: {name}") if raw.get(name) else []
    return faults + _choices(raw, place)


def _choices(raw: Mapping[str, Any], place: str) -> list[str]:
    choices = raw.get("choices", [])
    if raw.get("type") != Kind.CHOICE:
        return [f"{place}: choices belong to a question of type choice"] if choices else []
    if not isinstance(choices, list) or len(choices) < 2 or not all(isinstance(choice, dict) for choice in choices):  # noqa: PLR2004 -- one is no choice
        return [f"{place}: choices are two or more, each with key and text"]
    keys = [choice.get("key") for choice in choices]
    faults = [] if all(isinstance(key, str) and KEY.fullmatch(key) for key in keys) else [f"{place}: key of a choice"]
    faults += [f"{place}: the same choice twice"] if len({str(key) for key in keys}) < len(keys) else []
    return faults + [fault for choice in choices for fault in _texts(choice.get("text"), f"{place}: text of a choice")]


def _texts(value: object, place: str) -> list[str]:
    is_text = (
        isinstance(value, dict)
        and value
        and set(value) <= LANGUAGES
        and all(isinstance(text, str) and text.strip() and is_clean_text(text) for text in value.values())
    )
    return [] if is_text else [f"{place} is given by language: fi, sv, en"]
