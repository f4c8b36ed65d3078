"""An XLSX is a zip of XML parts from a stranger: it is unpacked here, with an eye on every byte, and packed anew.

The reader of sheets is then given our own zip and never the stranger's, so it cannot find in it anything that was not
looked at: no entry that only another zip reader sees, no size that is not true.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from luotsi.core.tables.formats import zip_stranger
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 5_000
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_CHUNK = 1 << 16
_MOST_RATIO, _RATIO_MATTERS = 250, 16_000_000

_NOT_NEEDED = (
    "docProps/",
    "customXml/",
    *(
        f"xl/{folder}"
        for folder in ("charts", "comments", "ctrlProps", "customProperty", "drawings", "embeddings", "externalLinks")
    ),
    *(f"xl/{folder}" for folder in ("media", "persons", "pivot", "printerSettings", "theme", "threadedComments")),
)


def unpack(content: bytes, max_unpacked: int) -> dict[str, bytearray]:
    """The workbook's XML parts by name; pictures and the like are left out.

    Raises TableRefusedError: what the zip's directory promises and what really comes out are both held to
    `max_unpacked` bytes, and nothing is taken into memory beyond it.
    """
    try:
        with _opened(content) as archive:
            entries = archive.infolist()
            _check_directory(content, entries, max_unpacked)
            return dict(_parts(archive, entries, max_unpacked, len(content)))
    except (BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise TableRefusedError(RefusalCode.DAMAGED) from error


def pack(parts: dict[str, bytearray]) -> BytesIO:
    """A zip of the parts. Empties `parts` on the way, so that no part is held twice."""
    packed = BytesIO()
    with ZipFile(packed, "w", compresslevel=1) as archive:
        for name in list(parts):
            archive.writestr(ZipInfo(name), parts.pop(name), compress_type=ZIP_DEFLATED)
    packed.seek(0)
    return packed


def _opened(content: bytes) -> ZipFile:
    if content.count(_ENTRY) > _MOST_ENTRIES:
        raise TableRefusedError(RefusalCode.DAMAGED)
    return ZipFile(BytesIO(content))


def _check_directory(content: bytes, entries: list[ZipInfo], max_unpacked: int) -> None:
    if stranger := zip_stranger({entry.filename for entry in entries}):
        raise TableRefusedError(stranger)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise TableRefusedError(RefusalCode.PASSWORD)
    if sum(entry.file_size for entry in entries) > max_unpacked:
        raise TableRefusedError(RefusalCode.UNPACKS_TOO_LARGE, limit=max_unpacked)
    if (
        len({entry.filename for entry in entries}) < len(entries)
        or any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries)
        or _is_overlapping(content, entries)
    ):
        raise TableRefusedError(RefusalCode.DAMAGED)


def _is_overlapping(content: bytes, entries: list[ZipInfo]) -> bool:
    """Entries that share bytes are how a small zip unpacks to a huge one."""
    spans = []
    for entry in entries:
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
        if signature != b"PK\x03\x04":
            return True
        start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        spans.append((entry.header_offset, start + entry.compress_size))
    spans.sort()
    return any(end > start for (_, end), (start, _) in pairwise([*spans, (len(content), 0)]))


def _parts(
    archive: ZipFile, entries: list[ZipInfo], max_unpacked: int, packed_size: int
) -> Iterator[tuple[str, bytearray]]:
    total = 0
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")) or entry.filename.startswith(_NOT_NEEDED):
            continue
        part = bytearray()
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                part += chunk
                total += len(chunk)
                if total > max_unpacked or total > max(_RATIO_MATTERS, _MOST_RATIO * packed_size):
                    raise TableRefusedError(RefusalCode.UNPACKS_TOO_LARGE, limit=max_unpacked)
        if len(part) != entry.file_size:
            raise TableRefusedError(RefusalCode.DAMAGED)
        yield entry.filename, part
