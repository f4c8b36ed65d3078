"""CSV into a grid, whatever its encoding and delimiter."""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import suppress
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING

from luotsi.core.tables.grids import LAST_ROW, FileFormat, Grid, column_letter
from luotsi.core.tables.guards import unguard
from luotsi.core.tables.headings import heading_key
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from luotsi.core.tables.limits import Limits

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_TRUE_CHARACTERS = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_STRAY_BYTES = re.compile("[\udc80-\udcff]")

DELIMITERS = (";", "\t", ",")
_SETTING = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_SAMPLE_CHARACTERS, _SAMPLE_ROWS = 1 << 16, 50
_MOST_DELIMITERS = 16_384
"""Excel's last column: rows exported with empty cells to the very end are still taken."""


def open_text(content: bytes, limits: Limits, known: frozenset[str]) -> Grid:
    """The table in the text. Raises TableRefusedError, also later, while the rows are gone through.

    Encodings: by byte order mark, else UTF-8, else Windows-1252. The delimiter is the one with which most of the
    `known` header names (search keys) are found, unless Excel's own first line `sep=;` names it.
    """
    encoding = _encoding(content)
    with _stream(content, encoding) as sample_stream:
        sample = sample_stream.read(_SAMPLE_CHARACTERS)
    stream = _stream(content, encoding)
    if setting := _SETTING.match(sample):
        stream.readline()
    delimiter = setting[1] if setting else _delimiter(sample, known)
    return Grid(
        file_format=FileFormat.CSV,
        rows=_rows(stream, delimiter, limits, is_guarded=b"'" in content),
        encoding=encoding,
        delimiter=delimiter,
    )


def _stream(content: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(content), encoding, newline="")


def _encoding(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            _check(content, encoding)
            return encoding
    if b"\x00" in content:
        raise TableRefusedError(RefusalCode.BINARY)
    try:
        _check(content, "utf-8")
    except TableRefusedError:
        if _CONTROLS.search(content):
            raise TableRefusedError(RefusalCode.BINARY) from None
        if _is_broken_utf8(content):
            raise
        _check(content, "cp1252")
        return "cp1252"
    return "utf-8"


def _check(content: bytes, encoding: str) -> None:
    """Decode all of it, a megabyte at a time; say on which line it fails."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for start in range(0, len(content) + 1, _CHUNK):
        chunk = content[start : start + _CHUNK]
        try:
            text = decoder.decode(chunk, final=start + _CHUNK > len(content))
        except UnicodeDecodeError as error:
            row = line + error.object[: error.start].count(b"\n")
            raise TableRefusedError(RefusalCode.ENCODING, row=row) from None
        if "\x00" in text:
            raise TableRefusedError(RefusalCode.BINARY)
        line += text.count("\n")


def _is_broken_utf8(content: bytes) -> bool:
    """Whether this is rather UTF-8 with a few wrong bytes than Windows-1252, where a letter seldom makes UTF-8."""
    text = content.decode("utf-8", errors="surrogateescape")
    true_characters = sum(1 for _ in _TRUE_CHARACTERS.finditer(text))
    return true_characters > sum(1 for _ in _STRAY_BYTES.finditer(text))


def _delimiter(sample: str, known: frozenset[str]) -> str:
    return max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter, known))


def _fitness(sample: str, delimiter: str, known: frozenset[str]) -> tuple[int, float]:
    """How many known headers the best row has, and how many of the rows after it are as wide."""
    lines = list(StringIO(sample, newline=""))
    whole = lines if len(sample) < _SAMPLE_CHARACTERS else lines[:-1] or lines
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(row for row in islice(csv.reader(whole, delimiter=delimiter), _SAMPLE_ROWS) if any(row))
    matches = [len({heading_key(cell) for cell in row} & known) for row in rows]
    if not rows:
        return 0, 0.0
    header = matches.index(max(matches))
    below = rows[header:]
    return matches[header], sum(len(row) == len(below[0]) for row in below) / len(below)


class _Lines:
    """The stream's lines, as long as the record they belong to does not grow endless."""

    def __init__(self, stream: TextIOWrapper, delimiter: str, limits: Limits) -> None:
        self.stream = stream
        self.delimiter = delimiter
        self.limits = limits
        self.delimiters = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.stream)
        self.delimiters += line.count(self.delimiter)
        if self.delimiters > _MOST_DELIMITERS + self.limits.max_cell:
            raise TableRefusedError(RefusalCode.TOO_MANY_COLUMNS, limit=self.limits.max_columns)
        return line


def _rows(
    stream: TextIOWrapper, delimiter: str, limits: Limits, *, is_guarded: bool
) -> Iterator[tuple[int, Sequence[str]]]:
    lines = _Lines(stream, delimiter, limits)
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(records, 1):
            lines.delimiters = 0
            if number > LAST_ROW:
                raise TableRefusedError(RefusalCode.TOO_MANY_ROWS, limit=limits.max_rows)
            if cells and max(map(len, cells)) > limits.max_cell:
                raise _too_long(number, cells, limits.max_cell)
            yield number, [unguard(cell) for cell in cells] if is_guarded else cells
    except csv.Error as error:
        if "field larger" in str(error):
            raise TableRefusedError(RefusalCode.CELL_TOO_LONG, limit=limits.max_cell, row=number + 1) from None
        raise TableRefusedError(RefusalCode.QUOTE, row=number + 1) from None


def _too_long(number: int, cells: Sequence[str], limit: int) -> TableRefusedError:
    place = next(place for place, cell in enumerate(cells) if len(cell) > limit)
    return TableRefusedError(RefusalCode.CELL_TOO_LONG, limit=limit, row=number, column=column_letter(place))
