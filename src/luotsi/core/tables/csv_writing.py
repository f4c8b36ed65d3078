"""Rows into a CSV as Finnish Excel opens it: a double click, and every column is in its place."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from luotsi.core.tables.guards import guard
from luotsi.core.tables.output import OutputValue, checked
from luotsi.core.words.clean import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_YES_NO: Mapping[str, tuple[str, str]] = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}


def write_csv(rows: Iterable[Sequence[OutputValue]], *, language: str) -> bytes:
    """The rows (the first is the header) as UTF-8 with a byte order mark, semicolons and CRLF.

    Decimal comma, dates as d.m.yyyy, no thousands separators, in every language: Excel goes by the computer's region,
    which is Finland. `language` (fi, sv, sv-fi, en …; English if unknown) chooses the words for yes and no. Text that
    a spreadsheet could run as a formula gets an apostrophe before it, which our reader takes away again; numbers, also
    negative ones, do not. Raises ValueError for what a file cannot hold: see `output.checked`.
    """
    yes_no = _YES_NO.get(language[:2], _YES_NO["en"])
    content = BytesIO()
    stream = TextIOWrapper(content, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_spelled(checked(value), yes_no) for value in row])
    stream.flush()
    return content.getvalue()


def _spelled(value: OutputValue, yes_no: tuple[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(clean_text(value))
    if isinstance(value, bool):
        return yes_no[0] if value else yes_no[1]
    return _spelled_date(value) if isinstance(value, date) else _spelled_number(value)


def _spelled_number(value: Decimal | float) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return f"{exact:f}".replace(".", ",")


def _spelled_date(value: date) -> str:
    day = f"{value.day}.{value.month}.{value.year:04}"
    if not isinstance(value, datetime) or value.time() == time():
        return day
    clock = f"{value.hour}:{value.minute:02}"
    return f"{day} {clock}:{value.second:02}" if value.second else f"{day} {clock}"
