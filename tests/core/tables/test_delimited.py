import codecs
from itertools import product

import pytest

from luotsi.core.tables.columns import Column, Kind
from luotsi.core.tables.limits import Limits
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from tests.core.tables.samples import APPLICANTS, EMAIL, NAME

LINES = [
    ["Nimi", "Sähköposti", "Syntymäaika", "Tunteja"],
    ["Äijälä, Aino", "aino@example.org", "1.3.2006", "1 234,5"],
    ['Björn "Nalle" Öst', "bjorn@example.org", "2005-12-24", "-2"],
]
NOTES = Column(key="notes", headers=("Huomioita",))


def quoted(cell: str, delimiter: str) -> str:
    needs = any(sign in cell for sign in (delimiter, '"', "\n"))
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def written(delimiter: str, end: str = "\r\n") -> str:
    return "".join(delimiter.join(quoted(cell, delimiter) for cell in line) + end for line in LINES)


def refusal(content: bytes, limits: Limits | None = None) -> TableRefusedError:
    with pytest.raises(TableRefusedError) as refused:
        read_table(content, "list.csv", (NAME, EMAIL), limits or Limits())
    return refused.value


ENCODINGS = [
    ("utf-8", b"", "utf-8"),
    ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
    ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
    ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32"),
    ("cp1252", b"", "cp1252"),
]


@pytest.mark.parametrize(
    ("encoding", "mark", "told", "delimiter", "end"),
    [(*encoding, delimiter, end) for encoding, delimiter, end in product(ENCODINGS, ";,\t", ["\r\n", "\n", "\r"])],
)
def test_every_encoding_delimiter_and_line_end_reads_the_same(
    encoding: str, mark: bytes, told: str, delimiter: str, end: str
) -> None:
    reading = read_table(mark + written(delimiter, end).encode(encoding), "list.csv", APPLICANTS)

    assert (reading.encoding, reading.delimiter) == (told, delimiter)
    assert [(row.number, row.faults) for row in reading.rows] == [(2, ()), (3, ())]
    assert [{key: str(value) for key, value in row.values.items()} for row in reading.rows] == [
        {"name": "Äijälä, Aino", "email": "aino@example.org", "born": "2006-03-01", "hours": "1234.5"},
        {"name": 'Björn "Nalle" Öst', "email": "bjorn@example.org", "born": "2005-12-24", "hours": "-2"},
    ]


def test_quoted_line_ends_stay_in_their_cell_and_rows_are_counted_as_a_spreadsheet_does() -> None:
    content = (
        b'Nimi;S\xc3\xa4hk\xc3\xb6posti;Huomioita\r\n\r\nAino;a@example.org;"yksi\r\nkaksi"\r\nEero;e@example.org;\r\n'
    )

    reading = read_table(content, "list.csv", (NAME, EMAIL, NOTES))

    assert [(row.number, row.values["notes"]) for row in reading.rows] == [(3, "yksi\nkaksi"), (4, "")]


def test_excels_own_first_line_names_the_delimiter() -> None:
    reading = read_table(b"sep=|\r\nNimi|E-mail\r\nAino;Eero|a@example.org\r\n", "list.csv", (NAME, EMAIL))

    assert reading.delimiter == "|"
    assert [(row.number, row.values["name"]) for row in reading.rows] == [(2, "Aino;Eero")]


def test_a_single_column_full_of_commas_is_not_split() -> None:
    reading = read_table("Nimi\nÄijälä, Aino\nÖst, Björn\n".encode(), "list.csv", (NAME,))

    assert [row.values["name"] for row in reading.rows] == ["Äijälä, Aino", "Öst, Björn"]


def test_decimal_commas_do_not_make_a_comma_the_delimiter() -> None:
    hours = Column(key="hours", headers=("Tunteja",), kind=Kind.NUMBER)

    reading = read_table(b"Nimi;Tunteja\nAino;1,5\nEero;2,25\n", "list.csv", (NAME, hours))

    assert [str(row.values["hours"]) for row in reading.rows] == ["1.5", "2.25"]


def test_a_guarding_apostrophe_is_taken_away() -> None:
    reading = read_table(
        b"Nimi;E-mail\n'=HYPERLINK(1);a@example.org\n'Aino';b@example.org\n", "list.csv", (NAME, EMAIL)
    )

    assert [row.values["name"] for row in reading.rows] == ["=HYPERLINK(1)", "'Aino'"]


def test_a_formula_as_a_name_comes_in_as_text() -> None:
    content = b'Nimi;E-mail\n"=HYPERLINK(""http://example.org"";""Aino"")";a@example.org\n'

    reading = read_table(content, "list.csv", (NAME, EMAIL))

    assert reading.rows[0].values["name"] == '=HYPERLINK("http://example.org";"Aino")'
    assert reading.rows[0].faults == ()


def test_utf8_with_a_stray_byte_is_refused_and_not_taken_for_windows_1252() -> None:
    content = "Nimi;E-mail\nÄijälä;a@example.org\nÖst".encode() + b"\xe4;b@example.org\n"

    refused = refusal(content)

    assert (refused.code, refused.facts) == (RefusalCode.ENCODING, {"row": 3})


def test_a_byte_that_windows_1252_lacks_is_refused_with_its_line() -> None:
    refused = refusal(b"Nimi;E-mail\nAino;a@example.org\nEer\x81;e@example.org\n")

    assert (refused.code, refused.facts) == (RefusalCode.ENCODING, {"row": 3})


@pytest.mark.parametrize(
    "content", [b"Nimi;E-mail\nAino\x00;a@example.org", b"\xe4\x01\x02\x03;\xe5", "Nimi;E-mail\n".encode("utf-16-le")]
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    assert refusal(content).code == RefusalCode.BINARY


def test_utf16_that_breaks_off_is_refused() -> None:
    assert refusal(codecs.BOM_UTF16_LE + "Nimi;E-mail\n".encode("utf-16-le")[:-1]).code == RefusalCode.ENCODING


@pytest.mark.parametrize(
    ("line", "row"), [(b'"Aino;a@example.org\nEero;e@example.org\n', 2), (b'Aino;a@example.org\n"Eero" E;b\n', 3)]
)
def test_a_quote_that_is_not_closed_is_refused_with_its_row(line: bytes, row: int) -> None:
    refused = refusal(b"Nimi;E-mail\n" + line)

    assert (refused.code, refused.facts) == (RefusalCode.QUOTE, {"row": row})


def test_a_cell_over_the_limit_is_refused_with_its_place() -> None:
    limits = Limits(max_cell=20)

    refused = refusal(b"Nimi;E-mail\nAino;a@example.org\nEero;" + b"e" * 21 + b"\n", limits)

    assert refused.code == RefusalCode.CELL_TOO_LONG
    assert refused.facts == {"limit": 20, "row": 3, "column": "B"}
    assert refusal(b"Nimi;E-mail\n" + b"a" * 200_000, limits).facts == {"limit": 20, "row": 2}


@pytest.mark.parametrize("row", [b";" * 60_000, b'"\n"' + b";" * 20_000 + b'"\n";' * 40_000, b"x;" * 300])
def test_too_many_columns_are_refused(row: bytes) -> None:
    refused = refusal(b"Nimi;E-mail\n" + row + b"\n")

    assert (refused.code, refused.facts["limit"]) == (RefusalCode.TOO_MANY_COLUMNS, 256)


def test_empty_columns_to_the_end_of_the_sheet_do_no_harm() -> None:
    tail = b";" * 16_000

    reading = read_table(b"Nimi;E-mail" + tail + b"\nAino;a@example.org" + tail + b"\n", "list.csv", (NAME, EMAIL))

    assert [(dict(row.values), row.faults) for row in reading.rows] == [
        ({"name": "Aino", "email": "a@example.org"}, ()),
    ]
    assert reading.unknown_headers == ()


def test_a_file_of_line_ends_alone_is_given_up() -> None:
    assert refusal(b"Nimi;E-mail\n" + b"\n" * 1_100_000).code == RefusalCode.TOO_MANY_ROWS
