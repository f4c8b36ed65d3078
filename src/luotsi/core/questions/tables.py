"""A form from the rows of a spreadsheet: a header, and below it a row for each item.

`column_of` knows the headers, in three languages. Beside items there may be rows of the types `form` (its text is the
name, its help the intro), `points` (a scale: its choices are `1=…|2=…`), `dimension`, and `section` (its text is the
title). An item's section is that of its column `section` or, where that is blank, of the row before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from luotsi.core.questions.choice_cells import read_choice_cells
from luotsi.core.questions.condition_texts import ConditionTextError, read_condition_text
from luotsi.core.questions.faults import FormFault, FormFaultCode, shown
from luotsi.core.questions.fields import KEY
from luotsi.core.questions.reading import check_form
from luotsi.core.questions.table_columns import (
    BY_LANGUAGE,
    COLUMNS,
    DIMENSION,
    FORM,
    POINTS,
    SECTION,
    column_of,
    read_cell,
)
from luotsi.core.questions.values import LANGUAGES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from luotsi.core.questions.values import Form

MOST_ROWS: Final = 600
UNNAMED_SECTION: Final = "questions"

_NEEDED: Final = ("key", "type")
_WHOLE: Final = re.compile(r"-?[0-9]{1,6}")
_NAMED: Final[Mapping[str, Mapping[str, str]]] = {
    FORM: {"text": "name", "help": "intro"},
    POINTS: {"choices": "points"},
    DIMENSION: {"text": "name", "help": "description"},
    SECTION: {"text": "title", "help": "intro"},
    Kind.AVAILABILITY: {"choices": "slots"},
}
"""What columns are called in the plain description, where it is something else."""


class TableFault(NamedTuple):
    """One thing that is wrong, in which row (the header is 1; 0: in none) and column.

    `column` is the column's own name (`text_fi`), `heading` what the file calls it; both may be empty: the whole row.
    """

    row: int
    column: str
    heading: str
    fault: FormFault

    def __str__(self) -> str:
        """For developers and files, in English."""
        place = f"row {self.row}, {self.heading or self.column}" if self.column or self.heading else f"row {self.row}"
        return f"{place}: {self.fault.sentence}"


class TableFormError(ValueError):
    """The rows are no form. `faults`: everything that is wrong with them."""

    def __init__(self, faults: Iterable[TableFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def read_rows(rows: Sequence[Sequence[str]], otherwise: Mapping[str, object] | None = None) -> Form:
    """The form in the rows, of which the first is the header. Raises TableFormError, with every fault at once.

    `otherwise`: what holds where the rows say nothing, as the plain description of a form has it (key, version, name,
    scales, dimensions and so on).
    """
    reading = _Reading(rows, otherwise or {})
    form, faults = check_form(reading.plain)
    reading.place(faults)
    if form is None or reading.faults:
        raise TableFormError(sorted(reading.faults, key=lambda fault: fault.row))
    return form


class _Reading:
    """Turns rows into a plain description, and remembers in which cell each part of it stood."""

    def __init__(self, rows: Sequence[Sequence[str]], otherwise: Mapping[str, object]) -> None:
        self.faults: list[TableFault] = []
        self.plain: dict[str, Any] = dict(otherwise)
        self._headings: dict[str, str] = {}
        self._cells: dict[str, tuple[int, str]] = {}
        self._rows: dict[str, tuple[int, str]] = {}
        self._sections: list[dict[str, Any]] = []
        columns = self._header(rows[0] if rows else ())
        for number, cells in enumerate(rows[1 : MOST_ROWS + 1], 2):
            if any(cell.strip() for cell in cells):
                self._row(number, self._given(number, cells, columns))
        if len(rows) > MOST_ROWS + 1:
            self._fault(0, "", FormFaultCode.WRONG_COUNT, lowest=1, highest=MOST_ROWS, found=len(rows) - 1)
        if self._sections:
            self.plain["sections"] = self._sections
        elif not self.faults:
            self._fault(1, "", FormFaultCode.NO_ROWS)

    def place(self, faults: Iterable[FormFault]) -> None:
        """Finds the row and column of each fault in the plain description."""
        for fault in faults:
            row, column = self._cell_of(fault.place)
            is_told = column in _NEEDED and column not in self._headings
            if not (is_told or (fault.place == "sections" and self.faults)):
                self.faults.append(TableFault(row, column, self._headings.get(column, ""), fault))

    def _header(self, cells: Sequence[str]) -> list[str]:
        columns = [column_of(cell) for cell in cells]
        for cell, column in zip(cells, columns, strict=True):
            if column and column in self._headings:
                self._fault(1, column, FormFaultCode.REPEATED, found=shown(cell.strip()))
            elif column:
                self._headings[column] = cell.strip()
            elif cell.strip():
                self.faults.append(_unknown(1, shown(cell.strip())))
        for column in _NEEDED:
            if column not in self._headings:
                self._fault(1, "", FormFaultCode.MISSING_COLUMN, found=column)
        return columns

    def _given(self, number: int, cells: Sequence[str], columns: list[str]) -> dict[str, str]:
        """The cells that say something, by column. What stands beyond the header's columns is a fault."""
        if any(cell.strip() for cell in cells[len(columns) :]):
            self.faults.append(_unknown(number, shown(next(cell for cell in cells[len(columns) :] if cell.strip()))))
        return {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell.strip()}

    def _row(self, number: int, given: dict[str, str]) -> None:
        kind = str(read_cell("type", given.pop("type", "")))
        if kind == FORM:
            self._form(number, given)
        elif kind == POINTS:
            self._points(number, given)
        elif kind == DIMENSION:
            self._dimension(number, given)
        elif kind == SECTION:
            given = {"key": given.pop("section", "")} | given
            self._section(number, given)
        else:
            self._item(number, kind, given)

    def _form(self, number: int, given: dict[str, str]) -> None:
        if "" in self._rows:
            self._fault(number, "type", FormFaultCode.REPEATED, found=FORM)
            return
        self.plain |= self._plain("", number, FORM, given)

    def _points(self, number: int, given: dict[str, str]) -> None:
        key = given.pop("key", "").strip()
        scales = self.plain.get("scales")
        scales = dict(scales) if isinstance(scales, dict) else {}
        place = f"scales.{key}"
        if not KEY.fullmatch(key):
            self._fault(number, "key", FormFaultCode.NOT_A_KEY)
        elif place in self._rows:
            self._fault(number, "key", FormFaultCode.REPEATED, found=key)
        else:
            self.plain["scales"] = scales | {key: self._plain(place, number, POINTS, given)}

    def _dimension(self, number: int, given: dict[str, str]) -> None:
        told = self.plain.get("dimensions")
        others = list(told) if isinstance(told, list | tuple) else []
        self.plain["dimensions"] = [*others, self._plain(f"dimensions[{len(others)}]", number, DIMENSION, given)]

    def _section(self, number: int, given: dict[str, str]) -> None:
        section = self._plain(f"sections[{len(self._sections)}]", number, SECTION, given)
        self._sections.append(section | {"items": []})

    def _item(self, number: int, kind: str, given: dict[str, str]) -> None:
        section = given.pop("section", "").strip()
        if not self._sections or section not in ("", self._sections[-1].get("key")):
            self._section(number, {"key": section or UNNAMED_SECTION})
        items = self._sections[-1]["items"]
        place = f"sections[{len(self._sections) - 1}].items[{len(items)}]"
        item = self._plain(place, number, kind, given)
        if kind:
            item["type"] = kind
            self._cells[f"{place}.type"] = (number, "type")
        items.append(item)

    def _plain(self, place: str, number: int, kind: str, given: Mapping[str, str]) -> dict[str, Any]:
        """The row's plain description. Its cells are noted at their places below `place`."""
        self._rows[place] = (number, kind)
        plain: dict[str, Any] = {}
        for column, cell in given.items():
            base, _, language = column.rpartition("_")
            own = base if base in BY_LANGUAGE else column
            name = _NAMED.get(kind, {}).get(own, own)
            below = f"{place}.{name}" if place else name
            self._cells.setdefault(below, (number, column))
            if own == "when":
                plain |= self._when(number, cell)
            elif own == "choices":
                plain[name] = self._choices(below, number, kind, given)
            elif own in BY_LANGUAGE:
                plain.setdefault(name, {})[language] = cell
                self._cells[f"{below}.{language}"] = (number, column)
            else:
                plain[name] = read_cell(column, cell)
        return plain

    def _when(self, number: int, cell: str) -> dict[str, Any]:
        try:
            return {"when": read_condition_text(cell)}
        except ConditionTextError as refused:
            self._fault(number, "when", FormFaultCode.NOT_A_CONDITION, found=shown(refused.rest) or "…")
            return {}

    def _choices(self, place: str, number: int, kind: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
        cells = {language: given[f"choices_{language}"] for language in LANGUAGES if f"choices_{language}" in given}
        entries = read_choice_cells(cells)
        for at, (_, texts) in enumerate(entries):
            for language in texts:
                self._cells[f"{place}[{at}].text.{language}"] = (number, f"choices_{language}")
        if kind == POINTS:
            return [{"value": _whole(key), "text": texts} for key, texts in entries]
        return [{"key": key, "text": texts} for key, texts in entries]

    def _cell_of(self, place: str) -> tuple[int, str]:
        """Row and column of a place: where it stood or, when it is missing, where it would."""
        missing = ""
        while place not in self._cells:
            if place in self._rows:
                number, kind = self._rows[place]
                return number, self._column_for(missing, kind)
            if not place:
                return 0, ""
            place, missing = _up(place)
        return self._cells[place]

    def _column_for(self, name: str, kind: str) -> str:
        """The column in which a row of this type has the field of this name."""
        own = next((column for column, told in _NAMED.get(kind, {}).items() if told == name), name)
        if own not in BY_LANGUAGE:
            return own if own in COLUMNS else ""
        spoken = [f"{own}_{language}" for language in LANGUAGES]
        return next((column for column in spoken if column in self._headings), spoken[0])

    def _fault(self, row: int, column: str, code: FormFaultCode, **facts: str | int) -> None:
        self.faults.append(TableFault(row, column, self._headings.get(column, ""), FormFault("", code, facts)))


def _up(place: str) -> tuple[str, str]:
    """The place that this one is in, and its last part."""
    at = max(place.rfind("."), place.rfind("["))
    return place[: max(at, 0)], place[at + 1 :]


def _unknown(row: int, heading: str) -> TableFault:
    return TableFault(row, "", heading, FormFault("", FormFaultCode.UNKNOWN_COLUMN, {"found": heading}))


def _whole(text: str) -> int | str:
    return int(text) if _WHOLE.fullmatch(text) else text
