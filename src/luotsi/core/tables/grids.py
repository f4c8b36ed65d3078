"""A table as it stands in a file: numbered rows of raw cells, nothing understood yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

LAST_ROW = 1_048_576
"""Excel's last row: no sheet goes further down."""


class FileFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. `rows` can be gone through once; their numbers are those a spreadsheet shows at the left edge."""

    file_format: FileFormat
    rows: Iterator[tuple[int, Sequence[Cell]]]
    first_column: int = 0
    """How many columns to the left of the first cell are left out."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def is_blank(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)


def column_letter(index: int) -> str:
    """A, B … Z, AA …: the name a spreadsheet gives to the column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
