import pytest

from luotsi.core.tables.grids import FileFormat
from luotsi.core.tables.limits import Limits
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from tests.core.tables.samples import EMAIL, NAME, row_xml, workbook, zipped

CSV = b"Nimi;E-mail\nAino;a@example.org\n"
XLSX = workbook(row_xml(1, "Nimi", "E-mail") + row_xml(2, "Aino", "a@example.org"))
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "name", "file_format", "is_named_otherwise"),
    [
        (CSV, "list.csv", FileFormat.CSV, False),
        (CSV, "list.TXT", FileFormat.CSV, False),
        (CSV, "list", FileFormat.CSV, False),
        (CSV, "list.xlsx", FileFormat.CSV, True),
        (CSV, "list.xls", FileFormat.CSV, True),
        (XLSX, "list.xlsx", FileFormat.XLSX, False),
        (XLSX, "list.csv", FileFormat.XLSX, True),
        (XLSX, "list.pdf", FileFormat.XLSX, True),
    ],
)
def test_a_file_is_read_by_its_content_and_a_lying_name_is_told(
    content: bytes, name: str, file_format: FileFormat, is_named_otherwise: object
) -> None:
    reading = read_table(content, name, (NAME, EMAIL))

    assert (reading.file_format, reading.is_named_otherwise) == (file_format, is_named_otherwise)
    assert [dict(row.values) for row in reading.rows] == [{"name": "Aino", "email": "a@example.org"}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", RefusalCode.EMPTY),
        (b" \r\n\r\n", RefusalCode.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), RefusalCode.IMAGE),
        (b"\xff\xd8\xff\xe0" + bytes(50), RefusalCode.IMAGE),
        (b"GIF89a" + bytes(50), RefusalCode.IMAGE),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", RefusalCode.IMAGE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), RefusalCode.IMAGE),
        (b"%PDF-1.7\n", RefusalCode.PDF),
        (b"\xef\xbb\xbf <!DOCTYPE html><html><table><tr><td>Nimi</td></tr></table>", RefusalCode.WEB_PAGE),
        (b"<table><tr><td>Nimi</td></tr></table>", RefusalCode.WEB_PAGE),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', RefusalCode.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', RefusalCode.XML),
        (b"{\\rtf1 Nimi}", RefusalCode.OTHER_OFFICE),
        (b"\x1f\x8b\x08" + bytes(20), RefusalCode.ARCHIVE),
        (b"PK\x05\x06" + bytes(18), RefusalCode.ARCHIVE),
        (OLD_OFFICE, RefusalCode.OLD_EXCEL),
        (OLD_OFFICE + "Workbook".encode("utf-16-le"), RefusalCode.OLD_EXCEL),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), RefusalCode.PASSWORD),
        (OLD_OFFICE + "WordDocument".encode("utf-16-le"), RefusalCode.OTHER_OFFICE),
        (zipped({"content.xml": "<x/>", "mimetype": "x"}), RefusalCode.OPEN_DOCUMENT),
        (zipped({"xl/workbook.bin": "x", "[Content_Types].xml": "<x/>"}), RefusalCode.BINARY_EXCEL),
        (zipped({"word/document.xml": "<x/>"}), RefusalCode.OTHER_OFFICE),
        (zipped({"ppt/presentation.xml": "<x/>"}), RefusalCode.OTHER_OFFICE),
        (zipped({"list.csv": "Nimi;E-mail"}), RefusalCode.ARCHIVE),
        (bytes(range(256)) * 4, RefusalCode.BINARY),
        (XLSX[:-30], RefusalCode.DAMAGED),
        (XLSX[:200], RefusalCode.DAMAGED),
        (XLSX.replace(b"\x08\x00", b"\x0e\x00"), RefusalCode.DAMAGED),
    ],
)
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_file_that_is_no_table_is_refused_and_told_what_it_is(content: bytes, code: RefusalCode, name: str) -> None:
    with pytest.raises(TableRefusedError) as refused:
        read_table(content, name, (NAME, EMAIL))

    assert refused.value.code == code


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    with pytest.raises(TableRefusedError) as refused:
        read_table(b"\x00" * 101, "list.csv", (NAME, EMAIL), Limits(max_bytes=100))

    assert (refused.value.code, refused.value.facts) == (RefusalCode.TOO_LARGE, {"limit": 100})
