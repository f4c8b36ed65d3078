"""What we write, we read: equal, whatever it is."""

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.core.tables.columns import Column, Kind, Value
from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.guards import guard, unguard
from luotsi.core.tables.identity import holds_identity_code
from luotsi.core.tables.limits import DEFAULT_LIMITS
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.workbooks import open_sheets
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx

COLUMNS = (
    Column(key="number", headers=("Nro",), kind=Kind.WHOLE),
    Column(key="text", headers=("Teksti",)),
    Column(key="amount", headers=("Määrä",), kind=Kind.NUMBER),
    Column(key="day", headers=("Päivä",), kind=Kind.DATE),
    Column(key="agreed", headers=("Sovittu",), kind=Kind.YES_NO),
)
HEADERS = [column.headers[0] for column in COLUMNS]

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")
signs = st.sampled_from([*"=+-@\t\r\n'\"; ,_aä#\x0b\ufeff", "_x0041_", "x000b_", "x005F", "sep=;", "\r\n"])
texts = st.lists(signs | characters, max_size=20).map("".join)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12).filter(
    lambda amount: len(f"{amount:f}") <= 60  # what is longer, written out, is read as no number
)
rows = st.tuples(
    texts, st.none() | amounts, st.none() | st.dates(min_value=date(1000, 1, 1)), st.none() | st.booleans()
)


def as_read(text: str) -> str:
    return re.sub("\r\n?", "\n", text.strip())


def is_readable(text: str) -> bool:
    return not holds_identity_code(text) and not as_read(text).startswith("#")


def read_back(content: bytes, count: int) -> list[tuple[Value, ...]]:
    reading = read_table(content, "x", COLUMNS)
    assert [row.faults for row in reading.rows] == [()] * count
    return [tuple(row.values.values()) for row in reading.rows]


@settings(deadline=None)
@given(st.lists(rows.filter(lambda row: is_readable(row[0])), max_size=4))
def test_a_table_written_is_read_back_equal_from_both_formats(
    written: list[tuple[str, Decimal | None, date | None, bool | None]],
) -> None:
    numbered = [(number, *row) for number, row in enumerate(written)]
    expected = [(number, as_read(text), *rest) for number, text, *rest in numbered]

    from_csv = read_back(write_csv([HEADERS, *numbered], language="fi"), len(written))
    from_xlsx = read_back(write_xlsx([Sheet(title="x", headers=HEADERS, rows=numbered)]), len(written))

    assert from_csv == expected
    assert from_xlsx == expected


@settings(deadline=None)
@given(texts)
def test_an_xlsx_cell_holds_the_very_text(text: str) -> None:
    content = write_xlsx([Sheet(title="x", headers=["a", "b"], rows=[(text, "end")])])

    (grid,) = open_sheets(content, DEFAULT_LIMITS)

    assert [cells for _, cells in grid.rows] == [["a", "b"], [text, "end"]]


@given(st.lists(st.lists(texts, min_size=2, max_size=3), min_size=1, max_size=3))
def test_a_csv_cell_holds_the_very_text_behind_its_guard(written: list[list[str]]) -> None:
    text = write_csv(written, language="fi").decode("utf-8-sig")

    read = list(csv.reader(StringIO(text, newline=""), delimiter=";"))

    assert [[unguard(cell) for cell in row] for row in read] == written
    assert all(cell[:1] not in set("=+-@\t\r") for row in read for cell in row if cell)


@given(texts)
def test_unguard_takes_away_what_guard_puts_there_and_no_more(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).map(lambda x: round(x, 3)))
def test_a_float_is_read_back_as_it_is_spelled(number: float) -> None:
    row = (1, "x", number, None, None)

    expected = [(1, "x", Decimal(repr(number)), None, None)]
    assert read_back(write_csv([HEADERS, row], language="sv"), 1) == expected
    if abs(number) < 10**11:
        assert read_back(write_xlsx([Sheet(title="x", headers=HEADERS, rows=[row])]), 1) == expected


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_yes_and_no_are_read_back_in_every_language(language: str) -> None:
    written = [(1, "x", None, None, True), (2, "x", None, None, False)]

    assert read_back(write_csv([HEADERS, *written], language=language), 2) == written
