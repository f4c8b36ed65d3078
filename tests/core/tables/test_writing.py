from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.output import OutputValue
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.core.words.clean import UncleanTextError
from tests.core.tables.samples import WORKSHEET

NOON = datetime(2026, 3, 1, 12, 5, 9, 999_999, tzinfo=UTC).replace(tzinfo=None)


def sheet(*rows: Sequence[OutputValue], headers: Sequence[str] = ("Nimi",)) -> bytes:
    return write_xlsx([Sheet(title="Hakijat", headers=headers, rows=rows)])


def sheet_xml_of(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(WORKSHEET).decode()


def test_write_csv_is_what_finnish_excel_opens() -> None:
    content = write_csv(
        [
            ["Nimi", "Päivä", "Luku", "Kortti"],
            ["Äijälä; Aino", date(2026, 3, 1), Decimal("-1234.50"), True],
            ['"Nalle"\nÖst', NOON, 0.1, False],
            [None, datetime(2026, 12, 24, 0, 0, tzinfo=UTC).replace(tzinfo=None), 10**20, None],
        ],
        language="fi",
    )

    assert content.decode("utf-8") == (
        "\ufeffNimi;Päivä;Luku;Kortti\r\n"
        '"Äijälä; Aino";1.3.2026;-1234,50;kyllä\r\n'
        '"""Nalle""\nÖst";1.3.2026 12:05:09;0,1;ei\r\n'
        ";24.12.2026;100000000000000000000;\r\n"
    )


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "kyllä;ei"), ("sv-fi", "ja;nej"), ("en", "yes;no"), ("de", "yes;no")]
)
def test_write_csv_says_yes_and_no_in_the_language_and_writes_numbers_alike(language: str, words: str) -> None:
    content = write_csv([[True, False, 1.5, date(2026, 3, 1)]], language=language)

    assert content.decode("utf-8-sig") == f"{words};1,5;1.3.2026\r\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('=HYPERLINK("http://example.org")', '"\'=HYPERLINK(""http://example.org"")"'),
        ("+358 40 1234567", "'+358 40 1234567"),
        ("-5", "'-5"),
        ("@aino", "'@aino"),
        ("\t=1", "'\t=1"),
        ("\r=1", '"\'\r=1"'),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("sep=;", '"\'sep=;"'),
        ("'Aino'", "'Aino'"),
        ("a=1", "a=1"),
        ("", '""'),
    ],
)
def test_write_csv_guards_what_could_run(text: str, written: str) -> None:
    assert write_csv([[text]], language="fi").decode("utf-8-sig") == f"{written}\r\n"


def test_write_csv_leaves_negative_numbers_numbers() -> None:
    content = write_csv([[-5, -2.5, Decimal("-0.10"), 1e-7, 1e22]], language="fi")

    assert content.decode("utf-8-sig") == "-5;-2,5;-0,10;0,0000001;10000000000000000000000\r\n"


def test_write_xlsx_writes_typed_cells_with_a_bold_frozen_header() -> None:
    rows: list[Sequence[OutputValue]] = [
        ("Aino", date(2026, 3, 1), 7, Decimal("2.50"), True),
        ("Eero", NOON, -1, 0.1, None),
    ]

    worksheet = load_workbook(BytesIO(sheet(*rows, headers=["Nimi", "Päivä", "Luku", "Tunteja", "Kortti"])))["Hakijat"]

    assert [[cell.value for cell in row] for row in worksheet.iter_rows()] == [
        ["Nimi", "Päivä", "Luku", "Tunteja", "Kortti"],
        ["Aino", datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None), 7, 2.5, True],
        ["Eero", NOON.replace(microsecond=0), -1, 0.1, None],
    ]
    assert [cell.font.b for cell in worksheet[1]] == [True] * 5
    assert [cell.font.b for cell in worksheet[2]] == [False] * 5
    assert (worksheet["B2"].number_format, worksheet["B3"].number_format) == ("d.m.yyyy", "d.m.yyyy h:mm")
    assert worksheet.freeze_panes == "A2"


def test_write_xlsx_makes_columns_as_wide_as_their_first_rows() -> None:
    rows = [("Aino", "x" * 200), ("Maximiliana Österman", "y")]

    worksheet = load_workbook(BytesIO(sheet(*rows, headers=["Nimi", "Kirje"])))["Hakijat"]

    assert [worksheet.column_dimensions[letter].width for letter in "AB"] == [22, 60]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "=", "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "#N/A", "#REF!", "＝1"]
)
def test_write_xlsx_writes_text_as_text_and_never_a_formula(text: str) -> None:
    content = sheet((text,))

    xml = sheet_xml_of(content)
    cell = load_workbook(BytesIO(content))["Hakijat"]["A2"]
    assert "<f>" not in xml
    assert 't="e"' not in xml
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_write_xlsx_guards_headers_too() -> None:
    xml = sheet_xml_of(sheet(("Aino",), headers=["=1+1"]))

    assert '<c r="A1" s="1" t="inlineStr"><is><t>=1+1</t></is></c>' in xml


def test_write_xlsx_writes_as_text_what_a_number_or_date_would_change() -> None:
    xml = sheet_xml_of(sheet((12345678901234567, Decimal("0.12345678901234567"), date(1899, 12, 31), 123456789012345)))

    assert "<t>12345678901234567</t>" in xml
    assert "<t>0.12345678901234567</t>" in xml
    assert "<t>1899-12-31</t>" in xml
    assert '<c r="D2" t="n"><v>123456789012345</v></c>' in xml


def test_write_xlsx_escapes_what_xml_cannot_hold() -> None:
    xml = sheet_xml_of(sheet(("a\x0bb\x01_x0041_x0042_\ufffe",)))

    assert "<t>a_x000B_b_x0001__x005F_x0041_x005F_x0042_\ufffd</t>" in unescape(xml)


def test_write_xlsx_mends_titles_that_excel_refuses() -> None:
    titles = ["Kevät 2026: [A/B]?", "kevät 2026 a b", "x" * 40, "X" * 40, "", "History", "'Lista'"]

    book = load_workbook(BytesIO(write_xlsx(Sheet(title=title, headers=["a"], rows=[]) for title in titles)))

    assert book.sheetnames == [
        "Kevät 2026 A B",
        "kevät 2026 a b (2)",
        "x" * 31,
        "X" * 27 + " (2)",
        "–",
        "History (2)",
        "Lista",
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), datetime(2026, 3, 1, tzinfo=UTC)])
def test_what_no_table_can_hold_is_refused(value: OutputValue) -> None:
    with pytest.raises(ValueError, match="a table"):
        write_csv([[value]], language="fi")
    with pytest.raises(ValueError, match="a table"):
        sheet((value,))


@pytest.mark.parametrize("text", ["a\0", "\ud800"])
def test_unclean_text_is_refused(text: str) -> None:
    with pytest.raises(UncleanTextError):
        write_csv([[text]], language="fi")
    with pytest.raises(UncleanTextError):
        sheet((text,))


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    assert f"<t>{'a' * 32_767}</t>" in sheet_xml_of(sheet(("a" * 32_767,)))
    with pytest.raises(ValueError, match="more text"):
        sheet(("a" * 32_768,))
