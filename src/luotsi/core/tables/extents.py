"""How much memory a workbook's parts would ask of the reader of sheets, found out before it is asked.

That reader (calamine) lays a sheet out as a full rectangle up to its furthest cell, and copies a shared string into
each cell that points to it. So a file of a few hundred bytes can ask for a terabyte, and being compiled code it would
take the whole process with it. Two ways to measure: a quick one that can only err upwards and does for nearly every
file, and an exact one, several times slower, where the quick one finds too much.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING
from xml.parsers import expat

from luotsi.core.tables.grids import LAST_ROW
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from luotsi.core.tables.limits import Limits

_MOST_CELLS = 8_000_000
"""The rectangle's limit, and that of shared strings: 32 bytes each in the reader."""
_MOST_OTHER = 20_000_000
"""Bytes of any part that is neither a sheet nor the shared strings (styles, names of sheets)."""

_DOCTYPE = re.compile(rb"<![Dd]")
_CELL = re.compile(rb"<c(?:\s+r\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']|(?=[\s/>]))")
_PREFIXED_CELL = re.compile(_CELL.pattern.replace(b"<c", rb"<(?:[^\s<>]*:)?c", 1))
_SHARED_INDEX = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:[^\s<>]*:)?v>\s*([0-9]{1,9})\s*<")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_WINDOW = 1 << 20
_CONTENT_TAGS = frozenset({"v", "is", "f", "t"})


def check_parts(parts: Mapping[str, bytearray], limits: Limits) -> None:
    """Raise TableRefusedError if reading any of the parts would ask for too much, or if it is no plain XML.

    Document types are refused outright: no spreadsheet has one, and entities that multiply live there.
    """
    for name, part in parts.items():
        if b"\x00" in part[:200] or _DOCTYPE.search(part):
            raise TableRefusedError(RefusalCode.DAMAGED)
        if not name.startswith("xl/worksheets/") and "sharedstrings" not in name.lower() and len(part) > _MOST_OTHER:
            raise TableRefusedError(RefusalCode.UNPACKS_TOO_LARGE, limit=_MOST_OTHER)
    for part in parts.values():
        if _CELL.search(part) or (b":c" in part and _PREFIXED_CELL.search(part)):
            _check_rectangle(part, limits)
    _check_shared_text(parts, limits.max_unpacked)


def _check_rectangle(part: bytearray, limits: Limits) -> None:
    rows, columns = _bounds(part) or _Walk().measure(part)
    if rows * columns > _MOST_CELLS:
        rows, columns = _Walk().measure(part)
    if rows > LAST_ROW:
        raise TableRefusedError(RefusalCode.DAMAGED)
    if rows * columns > _MOST_CELLS:
        if columns > limits.max_columns:
            raise TableRefusedError(RefusalCode.TOO_MANY_COLUMNS, limit=limits.max_columns)
        raise TableRefusedError(RefusalCode.TOO_MANY_ROWS, limit=limits.max_rows)


def _bounds(part: bytearray) -> tuple[int, int] | None:
    """The furthest row and column that any cell names; None if some cell does not name its place first of all."""
    pattern = _PREFIXED_CELL if b":c" in part else _CELL
    columns: set[bytes] = set()
    furthest_row = 0
    for start, end in _windows(part):
        places = pattern.findall(part, start, end)
        columns.update(map(itemgetter(0), places))
        if b"" in columns:
            return None
        furthest_row = max(furthest_row, *map(int, {b"0", *map(itemgetter(1), places)}))
    return furthest_row, max((_column_number(name.decode()) for name in columns), default=0)


def _windows(part: bytearray) -> Iterator[tuple[int, int]]:
    """Slices of about a megabyte, each cut before a `<`, so that no tag falls in two."""
    start = 0
    while start < len(part):
        end = part.find(b"<", start + _WINDOW)
        end = len(part) if end < 0 else end
        yield start, end
        start = end


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Walk:
    """An exact walk over a sheet's XML, as the reader of sheets walks it: empty cells do not count.

    A cell without a place stands right of the one before; rows without one are counted. Rows in rows or cells in cells
    are refused: readers differ about them.
    """

    def __init__(self) -> None:
        self.path: list[str] = []
        self.row = self.unplaced_rows = 0
        self.place = (0, 0)
        self.furthest_row = self.furthest_column = 0

    def measure(self, part: bytearray) -> tuple[int, int]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._enter
        parser.EndElementHandler = self._leave
        _feed(parser, part)
        return self.furthest_row + self.unplaced_rows, self.furthest_column

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in {"row", "c"}:
            if tag in self.path:
                raise ValueError("a row in a row, or a cell in a cell")
            self.path.append(tag)
            self._step(tag, attributes.get("r", ""))
        elif tag in _CONTENT_TAGS and "c" in self.path:
            self.furthest_row = max(self.furthest_row, self.place[0])
            self.furthest_column = max(self.furthest_column, self.place[1])

    def _step(self, tag: str, place: str) -> None:
        if tag == "row":
            self.row = int(place or 0)
            self.place = (self.row, 0)
            self.unplaced_rows += not place
        elif not place:
            self.place = (self.row, self.place[1] + 1)
        elif found := _PLACE.fullmatch(place):
            self.place = (int(found[2]), _column_number(found[1]))
        else:
            raise ValueError("a cell with no such place")

    def _leave(self, name: str) -> None:
        if name.rpartition(":")[2] in {"row", "c"}:
            self.path.pop()


def _check_shared_text(parts: Mapping[str, bytearray], max_unpacked: int) -> None:
    """The text of all cells together, counted as the reader copies it, has to keep to `max_unpacked` as well."""
    pointing = sum(part.count(b'"s"') + part.count(b"'s'") for part in parts.values())
    shared = [part for part in parts.values() if b"<si" in part or b":si" in part]
    if sum(part.count(b"<si") + part.count(b":si") for part in shared) > _MOST_CELLS:
        raise TableRefusedError(RefusalCode.UNPACKS_TOO_LARGE, limit=max_unpacked)
    if pointing * max(map(len, shared), default=0) <= max_unpacked:
        return
    known = [lengths for part in shared if (lengths := _string_lengths(part))]
    if len(known) > 1:
        raise TableRefusedError(RefusalCode.DAMAGED)
    lengths = known[0] if known else []
    longest = max(lengths, default=0)
    if pointing * longest > max_unpacked and _copied(parts, lengths, pointing) > max_unpacked:
        raise TableRefusedError(RefusalCode.UNPACKS_TOO_LARGE, limit=max_unpacked)


def _copied(parts: Mapping[str, bytearray], lengths: list[int], pointing: int) -> int:
    """Bytes of shared text once it stands in each cell; a cell whose number cannot be seen counts as the longest."""
    seen = copied = 0
    for part in parts.values():
        for start, end in _windows(part):
            indexes = [int(index) for index in _SHARED_INDEX.findall(part, start, end)]
            seen += len(indexes)
            copied += sum(lengths[index] for index in indexes if index < len(lengths))
    return copied + max(pointing - seen, 0) * max(lengths)


def _string_lengths(part: bytearray) -> list[int]:
    """How many bytes each shared string takes in the XML: at least as many as its characters."""
    starts: list[int] = []
    parser = expat.ParserCreate()

    def enter(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            starts.append(parser.CurrentByteIndex)

    parser.StartElementHandler = enter
    _feed(parser, part)
    return [end - start for start, end in pairwise([*starts, len(part)])]


def _feed(parser: expat.XMLParserType, part: bytearray) -> None:
    try:
        for start in range(0, len(part), _WINDOW):
            parser.Parse(bytes(part[start : start + _WINDOW]), False)  # noqa: FBT003  # expat's own signature
        parser.Parse(b"", True)  # noqa: FBT003  # expat's own signature
    except (expat.ExpatError, ValueError) as error:
        raise TableRefusedError(RefusalCode.DAMAGED) from error
