"""One cell into one typed value, or a CellError: nothing is guessed.

Cells come as text (CSV) or as what Excel holds (numbers, dates, yes/no). A blank cell is not for these functions.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from luotsi.core.tables.faults import CellError, FaultCode
from luotsi.core.words.clean import is_clean_text
from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from luotsi.core.tables.grids import Cell

_TIME = r"(?:(?:T|\s+(?:klo|kl\.?)?\s*)[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2}(?:[.,][0-9]+)?)?)?"
_FINNISH_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})" + _TIME)
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + _TIME)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-]\s?[0-9]{1,2}[./-]\s?[0-9]{2}")
_FIRST_YEAR = 1000

_NUMBER = re.compile(r"[+\-−]?(?:[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
_LONGEST_NUMBER = 60
_EXACT = 10**15

_YES = frozenset({"kyllä", "k", "joo", "ja", "j", "yes", "y", "x", "true", "tosi", "sant", "1"})
_NO = frozenset({"ei", "e", "nej", "n", "no", "false", "epätosi", "falskt", "0"})

_EMAIL = re.compile(r"[^\s@<>(),;:\"\\]+@[^\s@<>(),;:\"\\.]+(?:\.[^\s@<>(),;:\"\\.]+)+")
_LONGEST_EMAIL = 254
_SEPARATORS = re.compile(r"[;,/\n]")

_FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


def parse_text(cell: Cell) -> str:
    """The cell as people read it, trimmed, its line ends made one. Numbers and dates as a Finnish sheet shows them."""
    text = cell if isinstance(cell, str) else _spelled(cell)
    if not is_clean_text(text):
        raise CellError(FaultCode.UNCLEAN_TEXT)
    text = text.strip()
    if text in _FORMULA_ERRORS:
        raise CellError(FaultCode.FORMULA_ERROR)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def parse_date(cell: Cell) -> date:
    """A date: d.m.yyyy, dd.mm.yyyy, yyyy-mm-dd, or Excel's own.

    A time of day after it is allowed and dropped (sign-up forms write time stamps); one with a time zone is not, since
    the day could be another. A year of two digits, a date with slashes and a bare number are refused.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        raise CellError(FaultCode.DATE_IS_NUMBER)
    text = parse_text(cell)
    if found := _ISO_DATE.fullmatch(text):
        return _real_date(found[1], found[2], found[3])
    if found := _FINNISH_DATE.fullmatch(text):
        return _real_date(found[3], found[2], found[1])
    raise CellError(FaultCode.SHORT_YEAR if _SHORT_YEAR.fullmatch(text) else FaultCode.NOT_A_DATE)


def parse_number(cell: Cell) -> Decimal:
    """A number, exactly as written: decimal comma or point, spaces between thousands. No per cent, no currency.

    `1.234` is one and a bit: a point never separates thousands; `1.234,5`, which needs it to, is refused.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell):
            raise CellError(FaultCode.NOT_A_NUMBER)
        return Decimal(repr(cell)) if cell % 1 else Decimal(int(cell))
    if not isinstance(cell, str):
        raise CellError(FaultCode.NOT_A_NUMBER)
    text = parse_text(cell)
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise CellError(FaultCode.NOT_A_NUMBER)
    return Decimal(_SPACES.sub("", text).replace(",", ".").replace("−", "-"))


def parse_whole(cell: Cell) -> int:
    """A whole number; `3,0` is one, `3,5` is not."""
    number = parse_number(cell)
    if number != number.to_integral_value():
        raise CellError(FaultCode.NOT_WHOLE)
    return int(number)


def parse_yes_no(cell: Cell) -> bool:
    """Yes or no in Finnish, Swedish or English, in full or by first letter; x and 1 are yes, 0 is no."""
    if isinstance(cell, bool):
        return cell
    key = search_key(parse_text(cell))
    if key in _YES:
        return True
    if key in _NO:
        return False
    raise CellError(FaultCode.NOT_YES_OR_NO)


def parse_list(cell: Cell) -> tuple[str, ...]:
    """The parts between semicolons, commas, slashes and line ends: trimmed, none blank, each once."""
    parts = (part.strip() for part in _SEPARATORS.split(parse_text(cell)))
    return tuple(dict.fromkeys(part for part in parts if part))


def parse_email(cell: Cell) -> str:
    """One bare e-mail address, as typed. Only its shape is looked at: no brackets, no list, a dot in the domain."""
    text = parse_text(cell)
    if len(text) > _LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        raise CellError(FaultCode.NOT_AN_EMAIL)
    return text


def _real_date(year: str, month: str, day: str) -> date:
    if int(year) < _FIRST_YEAR:
        raise CellError(FaultCode.SHORT_YEAR)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError(FaultCode.NO_SUCH_DATE) from None


def _spelled(cell: Cell) -> str:
    if isinstance(cell, bool | str):
        return str(cell).upper()
    return _spelled_number(cell) if isinstance(cell, int | float) else _spelled_moment(cell)


def _spelled_number(number: float) -> str:
    """Excel keeps fifteen digits: of a longer number (an identifier, say) the end is not what was typed."""
    if abs(number) >= _EXACT or not math.isfinite(number):
        raise CellError(FaultCode.DIGITS_LOST)
    return f"{parse_number(number):f}".replace(".", ",")


def _spelled_moment(moment: date | time | timedelta) -> str:
    if isinstance(moment, datetime) and moment.time() != time():
        return f"{_spelled_moment(moment.date())} {_spelled_moment(moment.time())}"
    if isinstance(moment, date):
        return f"{moment.day}.{moment.month}.{moment.year:04}"
    return f"{moment.hour}:{moment.minute:02}" if isinstance(moment, time) else str(moment)
