"""Sheets of typed cells into an XLSX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from luotsi.core.tables.grids import LAST_ROW
from luotsi.core.tables.guards import is_risky
from luotsi.core.tables.output import OutputValue, checked
from luotsi.core.words.clean import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_Plain: TypeAlias = "str | int | float | Decimal | bool | None"

_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\x00-\x1f\[\]:*?/\\]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x01-\x08\x0b-\x1f]")
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_ERROR_SIGN = "#"
_EXACT_DIGITS = 15
_FIRST_DATE = date(1900, 3, 1)

_WIDTH_BY = 200
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`rows` are gone through once. A title that Excel would refuse is mended: signs, length, sameness."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[OutputValue]]


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook: bold header row that stays in view, columns as wide as their first rows ask for, typed cells.

    Text is text: what begins like a formula is stored as a string, and marked so that it stays one when somebody edits
    the cell. What Excel cannot hold as a number or a date without changing it (more than fifteen digits, dates before
    March 1900) is written as text; a float is written to sixteen digits. Control characters are written in Excel's own
    escapes; the noncharacters U+FFFE and U+FFFF, which XML cannot hold, become U+FFFD. Raises ValueError for a text
    over 32,767 characters, more rows than Excel has, and for what `output.checked` refuses: nothing is cut short in
    silence.
    """
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "Luotsi"
    titles = {"history"}  # Excel keeps this name to itself
    for sheet in sheets:
        _write_sheet(workbook.create_sheet(_title(sheet.title, titles)), sheet)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _title(wanted: str, taken: set[str]) -> str:
    bare = " ".join(_NOT_IN_TITLES.sub(" ", clean_text(wanted)).split()).strip("'") or "–"
    title, count = bare[:_LONGEST_TITLE].rstrip(), 1
    while title.casefold() in taken:
        count += 1
        end = f" ({count})"
        title = bare[: _LONGEST_TITLE - len(end)].rstrip() + end
    taken.add(title.casefold())
    return title


def _write_sheet(worksheet: WriteOnlyWorksheet, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, _WIDTH_BY))
    for place, header in enumerate(sheet.headers):
        widest = max(_width(header), *(_width(row[place]) for row in first if place < len(row)), _NARROWEST)
        dimensions = worksheet.column_dimensions  # type: ignore[attr-defined]  # the stubs forget it
        dimensions[get_column_letter(place + 1)].width = min(widest, _WIDEST)
    worksheet.freeze_panes = "A2"
    cells = _Cells(worksheet)
    worksheet.append(cells.header(sheet.headers))
    for number, row in enumerate(chain(first, rows), 2):
        if number > LAST_ROW:
            raise ValueError("more rows than a sheet can hold")
        worksheet.append(cells.row(row))


def _width(value: OutputValue) -> int:
    text = str(value if value is not None else "")
    return max(map(len, text.split("\n"))) + 2


class _Cells:
    """Values as openpyxl takes them. One cell of each style serves all rows: it is written before it is used again."""

    def __init__(self, worksheet: WriteOnlyWorksheet) -> None:
        self._heading = _styled(worksheet)
        self._heading.font = Font(bold=True)
        self._text = _styled(worksheet)
        self._text.quotePrefix = True
        self._date = _styled(worksheet)
        self._date.number_format = "d.m.yyyy"
        self._moment = _styled(worksheet)
        self._moment.number_format = "d.m.yyyy h:mm"

    def header(self, headers: Sequence[str]) -> Iterator[Cell]:
        for header in headers:
            yield _as_text(self._heading, header)

    def row(self, values: Sequence[OutputValue]) -> Iterator[Cell | _Plain]:
        for value in values:
            yield self._cell(checked(value))

    def _cell(self, value: OutputValue) -> Cell | _Plain:
        if isinstance(value, str):
            return _as_text(self._text, value) if is_risky(value) or value.startswith(_ERROR_SIGN) else _safe(value)
        if isinstance(value, date):
            return self._moment_or_text(value)
        if value is None or isinstance(value, bool) or _is_exact(value):
            return value
        return str(value) if isinstance(value, int) else f"{value:f}"

    def _moment_or_text(self, value: date) -> Cell | str:
        if (value.date() if isinstance(value, datetime) else value) < _FIRST_DATE:
            return value.isoformat()
        has_time = isinstance(value, datetime) and value.time() != time()
        cell = self._moment if has_time else self._date
        cell.value = value.replace(microsecond=0) if isinstance(value, datetime) else value
        return cell


def _styled(worksheet: WriteOnlyWorksheet) -> Cell:
    return WriteOnlyCell(worksheet)


def _as_text(cell: Cell, text: str) -> Cell:
    cell.value = _safe(text)
    cell.data_type = "s"
    return cell


def _safe(text: str) -> str:
    safe = _NONCHARACTERS.sub("\ufffd", _ESCAPED.sub(_escape, clean_text(text)))
    if len(safe) > _LONGEST_TEXT:
        raise ValueError("more text than a cell can hold")
    return safe


def _escape(found: re.Match[str]) -> str:
    """Excel reads `_x000B_` as that character; in text that happens to look so, the first sign is escaped."""
    return f"_x{ord(found[0]):04X}_"


def _is_exact(value: float | Decimal) -> bool:
    if isinstance(value, float):
        return True
    digits = Decimal(value).as_tuple()
    return len(digits.digits) + max(int(digits.exponent), 0) <= _EXACT_DIGITS
