"""What is wrong with one cell or row. Codes are stable: the interface has a sentence for each, in each language."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from luotsi.core.tables.identity import hide_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 60


class FaultCode(StrEnum):
    MISSING = "missing"
    UNCLEAN_TEXT = "unclean_text"
    FORMULA_ERROR = "formula_error"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DATE = "no_such_date"
    SHORT_YEAR = "short_year"
    DATE_IS_NUMBER = "date_is_number"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    DIGITS_LOST = "digits_lost"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_CHOICE = "not_a_choice"  # facts: item, the part of the cell that no choice answers to
    IDENTITY_CODE = "identity_code"
    TOO_MANY_CELLS = "too_many_cells"  # facts: expected, found


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`column` is the key of a Column, empty when the whole row is meant; `value` what was typed, shortened."""

    code: FaultCode
    column: str = ""
    value: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


class CellError(ValueError):
    """A cell does not say what its column asks for."""

    def __init__(self, code: FaultCode, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def shown(text: str) -> str:
    """The text on one line, at most 60 characters, with identity codes blotted out: fit for a report."""
    line = " ".join(hide_codes(text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
