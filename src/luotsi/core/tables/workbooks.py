"""XLSX into grids: what Excel holds in each cell, sheet by sheet."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from luotsi.core.tables.archives import pack, unpack
from luotsi.core.tables.extents import check_parts
from luotsi.core.tables.grids import FileFormat, Grid, column_letter
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet

    from luotsi.core.tables.grids import Cell
    from luotsi.core.tables.limits import Limits

_FAILED_FORMULA = re.compile(rb"(<(?:[^\s<>]*:)?c\s[^<>]*?\bt\s*=\s*[\"'])e([\"'])")


def open_sheets(content: bytes, limits: Limits) -> Iterator[Grid]:
    """The visible worksheets in their order, each read when it is asked for. Raises TableRefusedError.

    A formula gives the value that was stored with it; it is never worked out. Column A is column 0 only if something
    stands in it: see `Grid.first_column`.
    """
    parts = unpack(content, limits.max_unpacked)
    check_parts(parts, limits)
    _keep_failed_formulas(parts)
    with _refusing_damage():
        workbook = CalamineWorkbook.from_filelike(pack(parts))
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            yield _grid(workbook, place, limits)


def _keep_failed_formulas(parts: dict[str, bytearray]) -> None:
    """Let #N/A and its like come through as text: the reader of sheets would show them as blank cells."""
    for name, part in parts.items():
        if b't="e"' in part or b"t='e'" in part:
            parts[name] = bytearray(_FAILED_FORMULA.sub(rb"\1str\2", part))


def _grid(workbook: CalamineWorkbook, place: int, limits: Limits) -> Grid:
    with _refusing_damage():
        sheet = workbook.get_sheet_by_index(place)
    first_column = sheet.start[1] if sheet.start else 0
    return Grid(
        file_format=FileFormat.XLSX,
        rows=_rows(sheet, first_column, limits.max_cell),
        first_column=first_column,
        sheet=sheet.name,
    )


def _rows(sheet: CalamineSheet, first_column: int, max_cell: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for place, cell in enumerate(cells):
            if cell.__class__ is str and len(cell) > max_cell:
                letter = column_letter(first_column + place)
                raise TableRefusedError(RefusalCode.CELL_TOO_LONG, limit=max_cell, row=number, column=letter)
        yield number, cells


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """What the reader of sheets cannot read is damaged; its own crashes (a Rust panic is no Exception) too."""
    try:
        yield
    except PasswordError as error:
        raise TableRefusedError(RefusalCode.PASSWORD) from error
    except (CalamineError, OSError, ValueError) as error:
        raise TableRefusedError(RefusalCode.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise TableRefusedError(RefusalCode.DAMAGED) from error
