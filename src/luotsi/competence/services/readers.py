"""From a file to a reading: which kind it is, and who reads that kind. Nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.enums import SourceKind
from luotsi.competence.formats.errors import FormatError
from luotsi.competence.formats.esco import read_esco
from luotsi.competence.formats.own import read_own
from luotsi.competence.formats.reading import read_eperusteet
from luotsi.competence.formats.spreadsheet import SheetRefusedError, read_spreadsheet
from luotsi.competence.services.faults import told
from luotsi.competence.services.sheets import told_of_rows, told_of_table
from luotsi.core.errors import RefusedError
from luotsi.core.tables.refusals import TableRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from luotsi.competence.formats.values import FrameworkReading

READERS: dict[SourceKind, Callable[[bytes, str], FrameworkReading]] = {
    SourceKind.EPERUSTEET: lambda content, _: read_eperusteet(content),
    SourceKind.OWN: lambda content, _: read_own(content),
    SourceKind.SPREADSHEET: read_spreadsheet,
    SourceKind.ESCO: read_esco,
}
_ENDINGS = {
    ".json": SourceKind.EPERUSTEET,
    ".yaml": SourceKind.OWN,
    ".yml": SourceKind.OWN,
    ".zip": SourceKind.ESCO,
    ".xlsx": SourceKind.SPREADSHEET,
    ".xls": SourceKind.SPREADSHEET,
    ".ods": SourceKind.SPREADSHEET,
}
_ESCO_COLUMNS = b"conceptUri"


def read_framework(content: bytes, *, kind: SourceKind = SourceKind.EPERUSTEET, name: str = "") -> FrameworkReading:
    """Read a file without writing anything. Refused with where and why when it cannot be read whole."""
    try:
        return READERS[kind](content, name)
    except FormatError as error:
        raise RefusedError(told(error)) from error
    except SheetRefusedError as error:
        raise RefusedError(told_of_rows(error)) from error
    except TableRefusedError as error:
        raise RefusedError(told_of_table(error)) from error


def guessed_kind(content: bytes, name: str) -> SourceKind:
    """What a file is most likely to be, by its name and its beginning."""
    ending = f".{name.lower().rpartition('.')[2]}"
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return SourceKind.EPERUSTEET
    if ending == ".csv":
        return SourceKind.ESCO if _ESCO_COLUMNS in content[:2_000] else SourceKind.SPREADSHEET
    return SourceKind.EPERUSTEET
