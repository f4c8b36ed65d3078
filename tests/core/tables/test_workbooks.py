from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from luotsi.core.tables.columns import Column, Kind
from luotsi.core.tables.faults import Fault, FaultCode
from luotsi.core.tables.limits import Limits
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from tests.core.tables.samples import APPLICANTS, EMAIL, NAME, row_xml, sheet_xml, workbook

HEADER = row_xml(1, "Nimi", "E-mail")
AINO = row_xml(2, "Aino", "a@example.org")


def refusal(content: bytes, limits: Limits | None = None) -> TableRefusedError:
    with pytest.raises(TableRefusedError) as refused:
        read_table(content, "list.xlsx", APPLICANTS, limits or Limits())
    return refused.value


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def cell_xml(place: str, value: str, more: str = "") -> str:
    return f'<c r="{place}"{more}><v>{value}</v></c>'


def test_typed_cells_become_values() -> None:
    book = Workbook()
    moment = datetime(2026, 3, 2, 13, 30, tzinfo=UTC).replace(tzinfo=None)
    book.worksheets[0].append(["Nimi", "E-mail", "Syntymäaika", "Tunteja", "Kortti", "Huomioita"])
    book.worksheets[0].append(["Aino", "a@example.org", date(2006, 3, 1), 1.5, True, 401234567])
    book.worksheets[0].append(["Eero", "e@example.org", moment, 2, "ei", moment])
    columns = (
        *APPLICANTS,
        Column(key="card", headers=("Kortti",), kind=Kind.YES_NO),
        Column(key="notes", headers=("Huomioita",)),
    )

    reading = read_table(saved(book), "list.xlsx", columns)

    assert [row.faults for row in reading.rows] == [(), ()]
    assert [[str(value) for value in row.values.values()] for row in reading.rows] == [
        ["Aino", "a@example.org", "2006-03-01", "1.5", "True", "401234567"],
        ["Eero", "e@example.org", "2026-03-02", "2", "False", "2.3.2026 13:30"],
    ]


def test_rows_and_columns_are_named_as_the_spreadsheet_names_them() -> None:
    book = Workbook()
    book.worksheets[0]["C5"], book.worksheets[0]["D5"], book.worksheets[0]["E5"] = "Nimi", "Outo", "E-mail"
    book.worksheets[0]["C9"], book.worksheets[0]["E9"] = "Aino", "a@example.org"

    reading = read_table(saved(book), "list.xlsx", APPLICANTS)

    assert (reading.header_row, [row.number for row in reading.rows]) == (5, [9])
    assert [(heading.letter, heading.text) for heading in reading.unknown_headers] == [("D", "Outo")]


def test_a_title_merged_over_the_header_is_passed_over() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "Hakijat, kevät 2026"
    book.worksheets[0].merge_cells("A1:B1")
    book.worksheets[0]["A3"], book.worksheets[0]["B3"] = "Nimi *", "E-mail:"
    book.worksheets[0]["A4"], book.worksheets[0]["B4"] = "Aino", "a@example.org"

    reading = read_table(saved(book), "list.xlsx", APPLICANTS)

    assert [(row.number, row.values["name"]) for row in reading.rows] == [(4, "Aino")]


def test_the_visible_sheet_that_knows_most_headers_is_read() -> None:
    book = Workbook()
    book.worksheets[0].title = "Ohje"
    book.worksheets[0]["A1"] = "Täytä toinen välilehti."
    hidden = book.create_sheet("Piilo")
    hidden.sheet_state = "hidden"
    names, full = book.create_sheet("Nimet"), book.create_sheet("Hakijat")
    names.append(["Nimi"])
    for sheet in (hidden, full):
        sheet.append(["Nimi", "E-mail", "Syntymäaika", "Tunteja"])
        sheet.append([sheet.title, "a@example.org", None, None])

    reading = read_table(saved(book), "list.xlsx", APPLICANTS)

    assert (reading.sheet, [row.values["name"] for row in reading.rows]) == ("Hakijat", ["Hakijat"])


def test_a_formula_gives_its_stored_value_and_a_failed_one_is_told() -> None:
    body = HEADER + (
        '<row r="2"><c r="A2" t="str"><f>"Ai"&amp;"no"</f><v>Aino</v></c>'
        '<c r="B2" t="e"><f>NA()</f><v>#N/A</v></c></row>'
    )

    reading = read_table(workbook(body), "list.xlsx", (NAME, EMAIL))

    assert reading.rows[0].values == {"name": "Aino", "email": ""}
    assert reading.rows[0].faults == (Fault(code=FaultCode.FORMULA_ERROR, column="email", value="#N/A"),)


def test_a_formula_written_as_text_comes_in_as_text() -> None:
    body = HEADER + row_xml(2, "=HYPERLINK(&quot;http://example.org&quot;)", "a@example.org")

    reading = read_table(workbook(body), "list.xlsx", (NAME, EMAIL))

    assert reading.rows[0].values["name"] == '=HYPERLINK("http://example.org")'


def test_entities_that_multiply_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + sheet_xml(HEADER + row_xml(2, "&l9;", "a@example.org"))

    assert refusal(workbook("", sheet=sheet)).code == RefusalCode.DAMAGED


@pytest.mark.parametrize("body", ["<row r='1'><c r='A1'><v>1</v></row>", '<row r="1"><c r="A1"><v>1</v></c>', "<x"])
def test_broken_xml_is_refused(body: str) -> None:
    assert refusal(workbook("", sheet=sheet_xml(body).replace("</sheetData>", ""))).code == RefusalCode.DAMAGED


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1000000">' + cell_xml("XFD1000000", "1") + "</row>",
        '<row r="3">' + cell_xml("XFD1000000", "1") + "</row>",
        '<x:row r="1000000"><x:c t="n" r="XFD1000000"><x:v>1</x:v></x:c></x:row>',
        "<row r='1000000'><c s='>' r='XFD1000000'><v>1</v></c></row>",
        '<row r="1000000">' + "<c><v>1</v></c>" * 9 + "</row>",
        '<row r="3">' + cell_xml("ZZZ3", "1") + "</row>" + '<row r="600">' + cell_xml("A600", "1") + "</row>",
    ],
)
def test_a_cell_far_away_does_not_make_a_sheet_of_billions(far: str) -> None:
    sheet = sheet_xml(HEADER + AINO + far).replace("<worksheet ", '<worksheet xmlns:x="urn:x" ')

    assert refusal(workbook("", sheet=sheet)).code in {RefusalCode.TOO_MANY_COLUMNS, RefusalCode.TOO_MANY_ROWS}


@pytest.mark.parametrize(
    "body",
    [
        cell_xml("AAAAAAA1", "1"),
        cell_xml("A99999999", "1"),
        cell_xml("A" * 100_000 + "1", "1"),
        cell_xml("A" + "9" * 100_000, "1"),
        '<row r="x">' + cell_xml("A1", "1") + "</row>",
        "<c><c><v>1</v></c></c>",
    ],
)
def test_places_that_no_sheet_has_are_refused(body: str) -> None:
    assert refusal(workbook(HEADER + f'<row r="2">{body}</row>')).code == RefusalCode.DAMAGED


def test_coloured_cells_far_away_hold_nothing_and_do_no_harm() -> None:
    far = '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row>'

    reading = read_table(workbook(HEADER + AINO + far), "list.xlsx", (NAME, EMAIL))

    assert [row.number for row in reading.rows] == [2]


def test_cells_that_do_not_name_their_place_are_read() -> None:
    body = "".join(
        f'<row><c t="inlineStr"><is><t>{name}</t></is></c><c t="inlineStr"><is><t>{email}</t></is></c></row>'
        for name, email in [("Nimi", "E-mail"), ("Aino", "a@example.org")]
    )

    reading = read_table(workbook(body), "list.xlsx", (NAME, EMAIL))

    assert [(row.number, row.values["name"]) for row in reading.rows] == [(2, "Aino")]


def shared_rows(pointing: int) -> str:
    rows = range(3, 3 + pointing)
    return (
        HEADER
        + AINO
        + "".join(f'<row r="{row}">{cell_xml(f"A{row}", "0", " t=" + chr(34) + "s" + chr(34))}</row>' for row in rows)
    )


def test_shared_strings_are_read() -> None:
    shared = "<si><t>Eero</t></si><si><r><t>Ai</t></r><r><t>no</t></r></si>"

    reading = read_table(workbook(shared_rows(1), shared=shared), "list.xlsx", (NAME, EMAIL))

    assert [row.values["name"] for row in reading.rows] == ["Aino", "Eero"]


def test_a_long_string_shared_by_many_cells_is_refused() -> None:
    shared = f"<si><t>{'ha' * 16_000}</t></si>"

    refused = refusal(workbook(shared_rows(20_000), shared=shared))

    assert refused.code == RefusalCode.UNPACKS_TOO_LARGE


def test_a_long_string_that_few_cells_share_among_many_is_read() -> None:
    shared = "<si><t>Eero</t></si>" + f"<si><t>{'ha' * 16_000}</t></si>"

    reading = read_table(workbook(shared_rows(20_000), shared=shared), "list.xlsx", (NAME, EMAIL))

    assert len(reading.rows) == 20_001


def test_a_shared_string_that_is_not_there_is_refused() -> None:
    body = HEADER + '<row r="2">' + cell_xml("A2", "7", ' t="s"') + "</row>"

    assert refusal(workbook(body, shared="<si><t>Eero</t></si>")).code == RefusalCode.DAMAGED


def test_a_cell_over_the_limit_is_refused_with_its_place() -> None:
    body = row_xml(1, "Nimi", "E-mail", "Outo") + row_xml(2, "Aino", "a@example.org", "x" * 101)

    refused = refusal(workbook(body), Limits(max_cell=100))

    assert (refused.code, refused.facts) == (RefusalCode.CELL_TOO_LONG, {"limit": 100, "row": 2, "column": "C"})
