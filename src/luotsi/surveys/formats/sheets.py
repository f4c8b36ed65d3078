"""Own questions in a spreadsheet: from the bytes of a file to a form, and the example to begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from luotsi.core.questions.table_columns import COLUMNS, column_of, heading_of
from luotsi.core.questions.tables import TableFormError, read_rows
from luotsi.core.questions.values import LANGUAGES
from luotsi.core.tables.delimited import open_text
from luotsi.core.tables.formats import is_zip, refuse_strangers
from luotsi.core.tables.headings import heading_key
from luotsi.core.tables.limits import Limits
from luotsi.core.tables.workbooks import open_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from luotsi.core.questions.values import Form
    from luotsi.core.tables.grids import Cell, Grid

LIMITS: Final = Limits(max_bytes=5_000_000, max_rows=2_000, max_columns=100, max_unpacked=30_000_000)
MOST_ROWS: Final = 2_000
HEADER_WITHIN: Final = 20
"""Rows with something in them among which the header is looked for."""
AGREEMENT: Final[dict[str, Any]] = {
    "points": [
        {"value": 1, "text": {"fi": "Täysin eri mieltä", "sv": "Helt av annan åsikt", "en": "Completely disagree"}},
        {"value": 2, "text": {"fi": "Jokseenkin eri mieltä", "sv": "Delvis av annan åsikt", "en": "Somewhat disagree"}},
        {
            "value": 3,
            "text": {
                "fi": "Ei samaa eikä eri mieltä",
                "sv": "Varken av samma eller annan åsikt",
                "en": "Neither agree nor disagree",
            },
        },
        {"value": 4, "text": {"fi": "Jokseenkin samaa mieltä", "sv": "Delvis av samma åsikt", "en": "Somewhat agree"}},
        {"value": 5, "text": {"fi": "Täysin samaa mieltä", "sv": "Helt av samma åsikt", "en": "Completely agree"}},
    ],
    "agrees_from": 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows of a sheet from its header on, and how many rows stand above it."""

    rows: list[list[str]]
    above: int


def read_sheet(content: bytes, name: str) -> Form:
    """The form in a CSV or XLSX. Raises TableRefusedError for the file, TableFormError for its rows.

    Where the file says nothing of the form itself, it is called like the file; a scale `agreement` of five points is
    there without being described. Rows of faults are those that a spreadsheet shows at the left edge.
    """
    found = max((_found(grid) for grid in _grids(content)), key=_columns_known)
    try:
        return _without_unused(read_rows(found.rows, _otherwise(name)))
    except TableFormError as refused:
        raise TableFormError(
            fault._replace(row=fault.row + found.above) if fault.row else fault for fault in refused.faults
        ) from None


def _grids(content: bytes) -> Iterator[Grid]:
    if is_zip(content):
        return open_sheets(content, LIMITS)
    refuse_strangers(content)
    known = {heading_key(heading_of(column, language)) for column in COLUMNS for language in LANGUAGES}
    return iter([open_text(content, LIMITS, frozenset(known | set(COLUMNS)))])


def _found(grid: Grid) -> Found:
    """The sheet from the row on that knows most of our columns, of the first ones that hold anything."""
    numbered = [(number, [_text(cell) for cell in cells]) for number, cells in islice(grid.rows, MOST_ROWS)]
    top = [row for row in numbered if any(cell.strip() for cell in row[1])][:HEADER_WITHIN]
    if not top:
        return Found(rows=[], above=0)
    first, _cells = max(top, key=lambda row: sum(bool(column_of(cell)) for cell in row[1]))
    rows: list[list[str]] = []
    for number, cells in numbered:
        if number >= first:
            rows += [[] for _ in range(number - first - len(rows))]  # so that rows keep their numbers
            rows.append(cells)
    return Found(rows=rows, above=first - 1)


def _without_unused(form: Form) -> Form:
    """Without our own scale, if nothing is answered on it."""
    used = {item.scale.key for item in form.items if item.scale}
    return replace(form, scales=tuple(scale for scale in form.scales if scale.key in used))


def _columns_known(found: Found) -> int:
    return sum(bool(column_of(cell)) for cell in found.rows[0]) if found.rows else -1


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _otherwise(name: str) -> dict[str, Any]:
    title = PurePath(name).stem.strip()[:100] or "questions"
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    key = re.sub("[^a-z0-9]+", "_", plain).strip("_")[:60]
    return {
        "key": key if key[:1].isalpha() else f"own_{key}"[:60],
        "version": 1,
        "name": dict.fromkeys(LANGUAGES, title),
        "scales": {"agreement": AGREEMENT},
    }


def example() -> Sequence[Sequence[str]]:
    """The rows of a small form that uses what most people need, to be written over."""
    return (
        ("section", "key", "type", "required", "scale", "text_fi", "text_sv", "text_en",
         "choices_fi", "choices_sv", "choices_en", "when"),
        ("", "own_questions", "form", "", "", "Omat kysymykset", "Egna frågor", "Own questions", "", "", "", ""),
        ("work", "", "section", "", "", "Työ", "Arbetet", "Work", "", "", "", ""),
        ("work", "time", "scale", "yes", "agreement", "Minulla on aikaa oppia.", "Jag har tid att lära mig.",
         "I have time to learn.", "", "", "", ""),
        ("work", "mentor", "choice", "", "", "Onko sinulla mentori?", "Har du en mentor?", "Do you have a mentor?",
         "yes=Kyllä|no=Ei", "yes=Ja|no=Nej", "yes=Yes|no=No", ""),
        ("words", "best", "text", "", "", "Mikä mentoroinnissa on parasta?", "Vad är bäst med mentorskapet?",
         "What is best about mentoring?", "", "", "", "mentor = yes"),
    )  # fmt: skip
