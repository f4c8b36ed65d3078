"""What is wrong with the description of a form: closed codes, each with its place. The interface has its sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHOWN: Final = 60


class FormFaultCode(StrEnum):
    """The facts that come with each stand in its sentence."""

    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    NOT_A_TEXT = "not_a_text"
    NOT_A_KEY = "not_a_key"
    NOT_WHOLE = "not_whole"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_DATE = "not_a_date"
    NOT_ALLOWED = "not_allowed"
    NOT_FOR_TYPE = "not_for_type"
    NOT_OFFERED = "not_offered"
    MISSING = "missing"
    UNKNOWN = "unknown"
    REPEATED = "repeated"
    OUT_OF_RANGE = "out_of_range"
    WRONG_COUNT = "wrong_count"
    TOO_LONG = "too_long"
    TOO_MANY_ITEMS = "too_many_items"
    TOO_MANY_DECIMALS = "too_many_decimals"
    UNCLEAN_TEXT = "unclean_text"
    NOT_RISING = "not_rising"
    CROSSED = "crossed"
    NEEDS_MANY = "needs_many"
    NO_SUCH_SCALE = "no_such_scale"
    NO_SUCH_DIMENSION = "no_such_dimension"
    NO_SUCH_ITEM = "no_such_item"
    COMES_LATER = "comes_later"
    NAMES_ITSELF = "names_itself"
    NOT_ONE_TEST = "not_one_test"
    UNFIT_TEST = "unfit_test"
    TOO_DEEP = "too_deep"
    TOO_MANY_TESTS = "too_many_tests"
    NOT_YAML = "not_yaml"
    TOO_LARGE = "too_large"
    ALIAS = "alias"
    NOT_A_CONDITION = "not_a_condition"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    NO_ROWS = "no_rows"


_SENTENCES: Final[Mapping[FormFaultCode, str]] = {
    FormFaultCode.NOT_A_MAPPING: "holds names with their values",
    FormFaultCode.NOT_A_LIST: "is a list",
    FormFaultCode.NOT_A_TEXT: "is a text; in YAML in quotes when it is a number, a date, or a bare yes or no",
    FormFaultCode.NOT_A_KEY: "begins with a small letter and goes on with small letters, digits, _ and -, 60 at most",
    FormFaultCode.NOT_WHOLE: "is a whole number",
    FormFaultCode.NOT_A_NUMBER: "is a number",
    FormFaultCode.NOT_YES_OR_NO: "is true or false",
    FormFaultCode.NOT_A_DATE: "is a date, as 2026-01-31",
    FormFaultCode.NOT_ALLOWED: "{found} is none of {allowed}",
    FormFaultCode.NOT_FOR_TYPE: "does not belong to the type {type}",
    FormFaultCode.NOT_OFFERED: "{found} is not among what {item} offers",
    FormFaultCode.MISSING: "is missing",
    FormFaultCode.UNKNOWN: "is not known here",
    FormFaultCode.REPEATED: "{found} is there already",
    FormFaultCode.OUT_OF_RANGE: "lies from {lowest} to {highest}",
    FormFaultCode.WRONG_COUNT: "there are from {lowest} to {highest} of them, not {found}",
    FormFaultCode.TOO_LONG: "is longer than {longest} characters",
    FormFaultCode.TOO_MANY_ITEMS: "a form has {highest} items at most",
    FormFaultCode.TOO_MANY_DECIMALS: "has more decimals than the item's {decimals}",
    FormFaultCode.UNCLEAN_TEXT: "has a character that cannot be stored",
    FormFaultCode.NOT_RISING: "is one more than the point before it",
    FormFaultCode.CROSSED: "lies after the other end",
    FormFaultCode.NEEDS_MANY: "belongs to a choice of which many may be chosen",
    FormFaultCode.NO_SUCH_SCALE: "the scale {found} is not described",
    FormFaultCode.NO_SUCH_DIMENSION: "the dimension {found} is not described",
    FormFaultCode.NO_SUCH_ITEM: "names {item}, which is not there",
    FormFaultCode.COMES_LATER: "names {item}, which comes later",
    FormFaultCode.NAMES_ITSELF: "names {item}, whose condition it is",
    FormFaultCode.NOT_ONE_TEST: "has one test of one item, or one of all, any and not",
    FormFaultCode.UNFIT_TEST: "{test} does not suit {item}, whose type is {type}",
    FormFaultCode.TOO_DEEP: "is nested deeper than {deepest} levels",
    FormFaultCode.TOO_MANY_TESTS: "has more than {highest} parts",
    FormFaultCode.NOT_YAML: "is no YAML, from line {line} on",
    FormFaultCode.TOO_LARGE: "is larger than {largest} bytes",
    FormFaultCode.ALIAS: "refers to another place, in line {line}; write it out instead",
    FormFaultCode.NOT_A_CONDITION: "cannot be understood from {found} on; write as: q01 = yes and q02 >= 4",
    FormFaultCode.UNKNOWN_COLUMN: "no column is called {found}",
    FormFaultCode.MISSING_COLUMN: "there is no column {found}",
    FormFaultCode.NO_ROWS: "there is nothing below the header",
}


class FormFault(NamedTuple):
    """One thing that is wrong. `place`, counted from 0: `sections[2].items[3].when`; empty for the whole."""

    place: str
    code: FormFaultCode
    facts: Mapping[str, str | int] = {}

    @property
    def sentence(self) -> str:
        """For developers and files, in English, without the place."""
        return _SENTENCES[self.code].format(**self.facts)

    def __str__(self) -> str:
        return f"{self.place or 'form'}: {self.sentence}"


class FormError(ValueError):
    """The description is none of a form. `faults`: everything that is wrong with it."""

    def __init__(self, faults: Iterable[FormFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """What was found, short and printable enough for a message."""
    if not isinstance(value, str):
        return f"({type(value).__name__})"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in value[:_SHOWN])
