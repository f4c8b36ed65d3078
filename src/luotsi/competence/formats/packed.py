"""CSV files out of a zip from a stranger: only those that are wanted, and never more than was agreed."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from luotsi.competence.formats.errors import Fault, FormatError

if TYPE_CHECKING:
    from collections.abc import Callable
    from zipfile import ZipInfo

MOST_PACKED: Final = 60_000_000
MOST_UNPACKED: Final = 200_000_000
MOST_FILES: Final = 500
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1 << 18


def is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unpacked(content: bytes, is_wanted: Callable[[str], bool]) -> tuple[dict[str, bytes], list[str]]:
    """The wanted files by their bare names, and the names of the others. Raises FormatError.

    What the directory promises and what really comes out are both held to `MOST_UNPACKED` bytes for all files.
    """
    if len(content) > MOST_PACKED or content.count(_ENTRY) > MOST_FILES:
        raise FormatError(Fault.TOO_LARGE, limit=MOST_PACKED)
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            wanted = [entry for entry in entries if is_wanted(_bare(entry))]
            _check(wanted)
            return _read(archive, wanted), sorted(_bare(entry) for entry in entries if entry not in wanted)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FormatError(Fault.DAMAGED_ARCHIVE) from error


def _bare(entry: ZipInfo) -> str:
    return entry.filename.rpartition("/")[2]


def _check(entries: list[ZipInfo]) -> None:
    names = [_bare(entry) for entry in entries]
    if len(set(names)) < len(names) or any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FormatError(Fault.DAMAGED_ARCHIVE)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FormatError(Fault.TOO_LARGE, limit=MOST_UNPACKED)


def _read(archive: ZipFile, entries: list[ZipInfo]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        part = bytearray()
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                part += chunk
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise FormatError(Fault.TOO_LARGE, limit=MOST_UNPACKED)
        found[_bare(entry)] = bytes(part)
    return found
