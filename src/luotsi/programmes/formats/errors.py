"""How a file of a programme model is refused: all that is wrong with it, at once, each with its line and key."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Code(StrEnum):
    """What is wrong. The facts that come with each stand beside it."""

    TOO_LARGE = "too_large"  # bytes, largest
    NOT_TEXT = "not_text"  # byte
    NOT_YAML = "not_yaml"  # column
    TOO_DEEP = "too_deep"  # deepest
    ALIAS = "alias"
    TAG = "tag"
    DUPLICATE_KEY = "duplicate_key"  # key, first_line
    MISSING_KEY = "missing_key"  # key
    UNKNOWN_KEY = "unknown_key"  # key, nearest, allowed
    WRONG_TYPE = "wrong_type"  # expected
    NOT_ALLOWED = "not_allowed"  # found, nearest, allowed
    OUT_OF_RANGE = "out_of_range"  # found, lowest, highest
    WRONG_NUMBER = "wrong_number"  # found, lowest, highest: how many there are
    TOO_LONG = "too_long"  # longest
    NOT_A_KEY = "not_a_key"  # found
    REPEATED = "repeated"  # found
    EMPTY = "empty"
    UNFIT_CHARACTER = "unfit_character"
    LANGUAGE_MISSING = "language_missing"  # language
    ASKED_OF_OTHERS = "asked_of_others"  # question: a condition on what not everybody who is asked here was asked
    WEEKS_DIFFER = "weeks_differ"  # found, wanted
    NO_WEIGHT = "no_weight"
    TOO_MANY_MEETINGS = "too_many_meetings"  # found, highest
    # Of what stands outside the file; told by services.models.
    UNKNOWN_TOOL = "unknown_tool"  # found, nearest, allowed
    UNKNOWN_INSTRUMENT = "unknown_instrument"  # found, nearest, allowed
    UNKNOWN_MODEL = "unknown_model"  # found


class Fault(NamedTuple):
    """One thing that is wrong: in which line (from 1), at which key (`phases[2].name.sv`), and what is known of it."""

    line: int
    path: str
    code: Code
    facts: Mapping[str, str | int]


class ModelError(Exception):
    """A file refused. `faults` are in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.path)))
        super().__init__("; ".join(f"line {fault.line}, {fault.path}: {fault.code}" for fault in self.faults))
