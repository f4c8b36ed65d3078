"""Columns and files that several tests of tables need. Names are made up."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from luotsi.core.tables.columns import Column, Kind

NAME = Column(key="name", headers=("Nimi", "Namn", "Name"), required=True)
EMAIL = Column(key="email", headers=("Sähköposti", "E-post", "E-mail"), kind=Kind.EMAIL, required=True)
BORN = Column(key="born", headers=("Syntymäaika", "Födelsedatum", "Date of birth"), kind=Kind.DATE)
HOURS = Column(key="hours", headers=("Tunteja", "Timmar", "Hours"), kind=Kind.NUMBER)
APPLICANTS = (NAME, EMAIL, BORN, HOURS)

WORKSHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def sheet_xml(body: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def row_xml(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{chr(ord("A") + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def workbook_parts(body: str) -> dict[str, str]:
    """The parts of a smallest workbook with one sheet of these rows."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/{WORKSHEET}" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Taul1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        WORKSHEET: sheet_xml(body),
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def workbook(body: str, **more: str) -> bytes:
    """A workbook of these rows; `shared` adds the part of shared strings, `sheet` takes the whole sheet's place."""
    parts = workbook_parts(body)
    if "shared" in more:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{more["shared"]}</sst>'
    if "sheet" in more:
        parts[WORKSHEET] = more["sheet"]
    return zipped(parts)


def deflated_zeros(megabytes: int) -> bytes:
    """A deflate stream that unpacks to so many megabytes of zeros, made without packing them one by one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + packer.flush(zlib.Z_FINISH)


def deflated(text: str) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(text.encode()) + packer.flush()


def raw_zip(entries: Iterable[tuple[str, bytes, int, int]], *, is_overlapping: bool = False) -> bytes:
    """A zip of already deflated entries: name, deflated bytes, the size and the checksum that the directory claims.

    Overlapping: every directory entry points to the first one's bytes.
    """
    body, directory, count = b"", b"", 0
    for name, packed, size, checksum in entries:
        sizes = struct.pack("<4xIII", checksum, len(packed), size)
        offset = 0 if is_overlapping else len(body)
        header = b"\x14\x00\x00\x00\x08\x00" + sizes + struct.pack("<HH", len(name), 0)
        body += b"PK\x03\x04" + header + name.encode() + packed if not (is_overlapping and count) else b""
        directory += b"PK\x01\x02\x14\x00" + header + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name.encode()
        count += 1
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end
