"""A stranger's table, read for what we expect of it: rows of values, and everything that is wrong, in codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain, islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from luotsi.core.tables.conversion import blank_value, converter
from luotsi.core.tables.delimited import open_text
from luotsi.core.tables.faults import Fault, FaultCode, shown
from luotsi.core.tables.formats import is_named_otherwise, is_zip, refuse_strangers
from luotsi.core.tables.grids import FileFormat, Grid, column_letter, is_blank
from luotsi.core.tables.headings import Heading, find_layout, heading_keys
from luotsi.core.tables.identity import is_identity_code
from luotsi.core.tables.limits import DEFAULT_LIMITS, Limits
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from luotsi.core.tables.workbooks import open_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from luotsi.core.tables.columns import Column, Value
    from luotsi.core.tables.conversion import Converted
    from luotsi.core.tables.grids import Cell
    from luotsi.core.tables.headings import Layout

_HEADER_WITHIN = 30
"""Rows with something in them among which the header is looked for."""
_NAMED = 5


class RowValues(Mapping[str, "Value"]):
    """The row's values by column key. A thrifty mapping: the keys are held once for the whole table."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[Value, ...]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, key: str) -> Value:
        return self._values[self._places[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`number` is the one at the spreadsheet's left edge. `values` has every column's key, blank where there is none.

    A row with faults is not to be taken, but what could be read of it is here.
    """

    number: int
    values: Mapping[str, Value]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHead:
    """What is known of a table before its rows: where it was found, and how its columns were understood.

    `headings` are all of the file's, identity codes blotted out; `places` says at which of them each column stands, by
    key. `missing_columns` are the keys of required columns that the file lacks. `is_named_otherwise`: the file's name
    ends as another kind of file does; it was read by its content.
    """

    file_format: FileFormat
    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    headings: tuple[str, ...]
    places: Mapping[str, int]
    unknown_headers: tuple[Heading, ...]
    missing_columns: tuple[str, ...]
    is_named_otherwise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading(TableHead):
    """A table read to its end."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScan(TableHead):
    """A table whose rows are read while one goes through them, once. On the way TableRefusedError may still come."""

    rows: Iterator[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """The row `number` holds what the row `first` held already."""

    number: int
    first: int


def read_table(content: bytes, name: str, columns: Sequence[Column], limits: Limits = DEFAULT_LIMITS) -> TableReading:
    """Read all rows of a CSV or XLSX, whatever its name claims. Raises TableRefusedError for the file as a whole.

    Of a workbook's visible sheets the one that knows most of our headers is read. The header may stand below a title
    or blank rows; blank rows are passed over. A file with personal identity codes, by header or in the cells of any
    column, is refused as a whole; a code inside a longer text is a fault of its row. No code is ever kept or told.
    """
    scan = scan_table(content, name, columns, limits)
    rows = tuple(scan.rows)
    head = {known.name: getattr(scan, known.name) for known in fields(TableHead)}
    return TableReading(rows=rows, **head)


def scan_table(content: bytes, name: str, columns: Sequence[Column], limits: Limits = DEFAULT_LIMITS) -> TableScan:
    """As `read_table`, but rows come one by one. Whoever stores them on the way must drop them if a refusal comes."""
    if len(content) > limits.max_bytes:
        raise TableRefusedError(RefusalCode.TOO_LARGE, limit=limits.max_bytes)
    grid, layout, rows = _best_sheet(_grids(content, columns, limits), columns)
    return TableScan(
        file_format=grid.file_format,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        header_row=layout.header_row,
        headings=layout.headings,
        places=layout.places,
        unknown_headers=layout.unknown_headers,
        missing_columns=layout.missing_columns,
        is_named_otherwise=is_named_otherwise(name, grid.file_format),
        rows=_rows(_below(rows, layout, limits), grid, layout, columns),
    )


def duplicates_of(rows: Iterable[Row], key: str) -> tuple[Repetition, ...]:
    """Rows whose value of this column stood in a row before; case and composition of text aside, blanks never."""
    firsts: dict[Value, int] = {}
    repetitions = []
    for row in rows:
        value = row.values[key]
        same = normalize("NFC", value).casefold() if isinstance(value, str) else value
        if same in ("", None, ()):
            continue
        first = firsts.setdefault(same, row.number)
        if first != row.number:
            repetitions.append(Repetition(number=row.number, first=first))
    return tuple(repetitions)


def _grids(content: bytes, columns: Sequence[Column], limits: Limits) -> Iterator[Grid]:
    if is_zip(content):
        return open_sheets(content, limits)
    refuse_strangers(content)
    return iter([open_text(content, limits, frozenset(heading_keys(columns)))])


def _best_sheet(
    grids: Iterator[Grid], columns: Sequence[Column]
) -> tuple[Grid, Layout, Iterator[tuple[int, Sequence[Cell]]]]:
    best: tuple[Grid, Layout, Iterator[tuple[int, Sequence[Cell]]]] | None = None
    found: list[str] = []
    for grid in grids:
        top = list(islice((row for row in grid.rows if not is_blank(row[1])), _HEADER_WITHIN))
        layout = find_layout(top, columns, grid.first_column)
        if layout is None:
            found += [shown(str(cell)) for _, cells in top[:1] for cell in cells[:_NAMED]]
        elif best is None or len(layout.places) > len(best[1].places):
            best = grid, layout, chain(top, grid.rows)
            if len(layout.places) == len(columns):
                break
    if best is None:
        wanted = [column for column in columns if column.required] or columns
        expected = ", ".join(column.headers[0] for column in wanted)
        raise TableRefusedError(RefusalCode.NO_HEADER, expected=expected, found=", ".join(found[:_NAMED]))
    return best


def _below(
    rows: Iterator[tuple[int, Sequence[Cell]]], layout: Layout, limits: Limits
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows below the header that hold something, as many and as wide as the limits allow."""
    if layout.width > limits.max_columns:
        raise TableRefusedError(RefusalCode.TOO_MANY_COLUMNS, limit=limits.max_columns, row=layout.header_row)
    count = 0
    for number, cells in rows:
        if number <= layout.header_row or is_blank(cells):
            continue
        count += 1
        if count > limits.max_rows:
            raise TableRefusedError(RefusalCode.TOO_MANY_ROWS, limit=limits.max_rows)
        if len(cells) > limits.max_columns and not is_blank(cells[limits.max_columns :]):
            raise TableRefusedError(RefusalCode.TOO_MANY_COLUMNS, limit=limits.max_columns, row=number)
        yield number, cells


def _rows(
    rows: Iterator[tuple[int, Sequence[Cell]]], grid: Grid, layout: Layout, columns: Sequence[Column]
) -> Iterator[Row]:
    places = {column.key: place for place, column in enumerate(columns)}
    blanks: list[Converted] = [(blank_value(column.kind), None) for column in columns]
    plan = [
        (place, layout.places[column.key], converter(column))
        for place, column in enumerate(columns)
        if column.key in layout.places
    ]
    read = frozenset(layout.places.values())
    width, unread = 0, list[int]()
    for number, cells in rows:
        if len(cells) != width:
            width = len(cells)
            unread = [place for place in range(width) if place not in read]
        converted = blanks.copy()
        for place, source, convert in plan:
            converted[place] = convert(cells[source] if source < len(cells) else "")
        faults = [fault for _, fault in converted if fault]
        _refuse_identity_codes(number, cells, range(width) if faults else unread, grid.first_column)
        if width > layout.width and grid.file_format is FileFormat.CSV and not is_blank(cells[layout.width :]):
            facts = {"expected": layout.width, "found": len(cells)}
            faults.append(Fault(code=FaultCode.TOO_MANY_CELLS, facts=facts))
        values = tuple([value for value, _ in converted])
        yield Row(number=number, values=RowValues(places, values), faults=tuple(faults))


def _refuse_identity_codes(number: int, cells: Sequence[Cell], places: Iterable[int], first_column: int) -> None:
    for place in places:
        cell = cells[place]
        if isinstance(cell, str) and is_identity_code(cell):
            letter = column_letter(first_column + place)
            raise TableRefusedError(RefusalCode.IDENTITY_CODE, column=letter, row=number)
