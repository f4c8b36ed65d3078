"""What a file is, by its content: names lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.core.tables.grids import FileFormat
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError

if TYPE_CHECKING:
    from collections.abc import Collection

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", RefusalCode.PDF),
    (b"\x89PNG\r\n\x1a\n", RefusalCode.IMAGE),
    (b"\xff\xd8\xff", RefusalCode.IMAGE),
    (b"GIF8", RefusalCode.IMAGE),
    (b"II*\x00", RefusalCode.IMAGE),
    (b"MM\x00*", RefusalCode.IMAGE),
    (b"\x1f\x8b", RefusalCode.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", RefusalCode.ARCHIVE),
    (b"Rar!\x1a\x07", RefusalCode.ARCHIVE),
    (b"{\\rtf", RefusalCode.OTHER_OFFICE),
    (b"MIME-Version:", RefusalCode.WEB_PAGE),
)
_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<body", b"<style", b"<table", b"<div")
_HEAD = 2048

_CFB_STREAMS = (
    ("EncryptedPackage", RefusalCode.PASSWORD),
    ("WordDocument", RefusalCode.OTHER_OFFICE),
    ("PowerPoint Document", RefusalCode.OTHER_OFFICE),
)
_ZIP_ENTRIES = (
    ("xl/workbook.bin", RefusalCode.BINARY_EXCEL),
    ("content.xml", RefusalCode.OPEN_DOCUMENT),
    ("word/document.xml", RefusalCode.OTHER_OFFICE),
    ("ppt/presentation.xml", RefusalCode.OTHER_OFFICE),
)

_NAME_ENDS = {
    "csv": FileFormat.CSV,
    "txt": FileFormat.CSV,
    "tsv": FileFormat.CSV,
    "tab": FileFormat.CSV,
    "xlsx": FileFormat.XLSX,
    "xlsm": FileFormat.XLSX,
    "xltx": FileFormat.XLSX,
}


def is_zip(content: bytes) -> bool:
    return content.startswith(_ZIP)


def refuse_strangers(content: bytes) -> None:
    """Raise TableRefusedError when the content is plainly of a kind that is no CSV; says of which kind."""
    if not content.strip():
        raise TableRefusedError(RefusalCode.EMPTY)
    for signature, code in _SIGNATURES:
        if content.startswith(signature):
            raise TableRefusedError(code)
    if content.startswith(_CFB):
        raise TableRefusedError(_old_office_code(content))
    if content[4:8] == b"ftyp" or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        raise TableRefusedError(RefusalCode.IMAGE)
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_WEB_PAGE):
        raise TableRefusedError(RefusalCode.WEB_PAGE)
    if head.startswith(b"<?xml"):
        raise TableRefusedError(RefusalCode.WEB_PAGE if b"<html" in head else RefusalCode.XML)


def zip_stranger(names: Collection[str]) -> RefusalCode | None:
    """The kind of a zip file that is no XLSX, by the names of its entries; None when it is an XLSX."""
    if "xl/workbook.xml" in names:
        return None
    for name, code in _ZIP_ENTRIES:
        if name in names:
            return code
    is_workbook = "[Content_Types].xml" in names and any(name.startswith("xl/worksheets/") for name in names)
    return None if is_workbook else RefusalCode.ARCHIVE


def is_named_otherwise(name: str, file_format: FileFormat) -> bool:
    """Whether the file's name says that it is something else. A name without an ending says nothing."""
    _, dot, end = name.rpartition(".")
    return bool(dot) and _NAME_ENDS.get(end.strip().lower()) is not file_format


def _old_office_code(content: bytes) -> RefusalCode:
    for stream, code in _CFB_STREAMS:
        if stream.encode("utf-16-le") in content:
            return code
    return RefusalCode.OLD_EXCEL
