from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.tables.cells import (
    parse_date,
    parse_email,
    parse_list,
    parse_number,
    parse_text,
    parse_whole,
    parse_yes_no,
)
from luotsi.core.tables.faults import CellError, FaultCode
from luotsi.core.tables.grids import Cell


def refusal(parse: Callable[[Cell], object], cell: Cell) -> FaultCode:
    with pytest.raises(CellError) as refused:
        parse(cell)
    return refused.value.code


@pytest.mark.parametrize(
    "cell",
    [
        "1.3.2026",
        "01.03.2026",
        " 1. 3. 2026 ",
        "2026-03-01",
        "1.3.2026 13.30",
        "1.3.2026 klo 13.30",
        "1.3.2026 kl. 13:30:05",
        "2026-03-01T13:30:05.123",
        "2026-03-01 13:30",
        date(2026, 3, 1),
        datetime(2026, 3, 1, 13, 30, tzinfo=UTC).replace(tzinfo=None),
    ],
)
def test_parse_date_knows_finnish_iso_and_excel_dates(cell: Cell) -> None:
    assert parse_date(cell) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31.2.2026", FaultCode.NO_SUCH_DATE),
        ("29.2.2025", FaultCode.NO_SUCH_DATE),
        ("2026-13-01", FaultCode.NO_SUCH_DATE),
        ("0.1.2026", FaultCode.NO_SUCH_DATE),
        ("1.3.26", FaultCode.SHORT_YEAR),
        ("01/03/26", FaultCode.SHORT_YEAR),
        ("1.3.0026", FaultCode.SHORT_YEAR),
        ("3/1/2026", FaultCode.NOT_A_DATE),
        ("1.3.", FaultCode.NOT_A_DATE),
        ("20260301", FaultCode.NOT_A_DATE),
        ("2026-03-01T23:30:00Z", FaultCode.NOT_A_DATE),
        ("2026-03-01T23:30:00+02:00", FaultCode.NOT_A_DATE),
        ("maaliskuu", FaultCode.NOT_A_DATE),
        ("١.٣.٢٠٢٦", FaultCode.NOT_A_DATE),
        (46082.0, FaultCode.DATE_IS_NUMBER),
        (True, FaultCode.DATE_IS_NUMBER),
        (time(12, 30), FaultCode.DATE_IS_NUMBER),
    ],
)
def test_parse_date_guesses_nothing(cell: Cell, code: FaultCode) -> None:
    assert refusal(parse_date, cell) == code


@given(st.dates(min_value=date(1000, 1, 1)))
def test_parse_date_reads_every_day_in_both_ways(day: date) -> None:
    assert parse_date(f"{day.day}.{day.month}.{day.year}") == parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1234,5", "1234.5"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234\u202f567,5", "1234567.5"),
        ("12\u2009345", "12345"),
        ("1.234", "1.234"),
        ("-5", "-5"),
        ("−5,25", "-5.25"),
        ("+0,1", "0.1"),
        ("007", "7"),
        (3.0, "3"),
        (0.1, "0.1"),
        (-2.5, "-2.5"),
        (12345678901234.0, "12345678901234"),
    ],
)
def test_parse_number_reads_exactly(cell: Cell, number: str) -> None:
    assert parse_number(cell) == Decimal(number)


@pytest.mark.parametrize(
    "cell",
    [
        *("12 %", "50%", "1 2345", "12 34", "1.234,5", "1,234.5", "1e5", "NaN", "Infinity", "5 €", "1_000", ",5", "5,"),
        *("--5", "- 5", "٣", "0x10", "9" * 100, float("nan"), float("inf"), True, date(2026, 3, 1), timedelta(hours=1)),
    ],
)
def test_parse_number_guesses_nothing(cell: Cell) -> None:
    assert refusal(parse_number, cell) == FaultCode.NOT_A_NUMBER


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_parse_number_reads_both_decimal_marks_and_thousands(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == parse_number(f"{number:f}".replace(".", ",")) == number
    assert parse_number(f"{number:,f}".replace(",", " ").replace(".", ",")) == number


def test_parse_whole_takes_whole_numbers_only() -> None:
    assert parse_whole("1 200") == 1200
    assert parse_whole("3,0") == 3
    assert parse_whole(7.0) == 7
    assert refusal(parse_whole, "3,5") == FaultCode.NOT_WHOLE
    assert refusal(parse_whole, "kolme") == FaultCode.NOT_A_NUMBER


@pytest.mark.parametrize("cell", ["Kyllä", "k", "JA", "j", "yes", "Y", "x", "X", "1", "TOSI", "true", True, 1.0])
def test_parse_yes_no_knows_yes_in_three_languages(cell: Cell) -> None:
    assert parse_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["Ei", "e", "NEJ", "n", "no", "0", "EPÄTOSI", "false", False, 0.0])
def test_parse_yes_no_knows_no_in_three_languages(cell: Cell) -> None:
    assert parse_yes_no(cell) is False


@pytest.mark.parametrize("cell", ["ehkä", "-", "2", 2.0, "kyllä/ei", "kylla", date(2026, 3, 1)])
def test_parse_yes_no_guesses_nothing(cell: Cell) -> None:
    assert refusal(parse_yes_no, cell) == FaultCode.NOT_YES_OR_NO


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("suomi; ruotsi", ("suomi", "ruotsi")),
        ("suomi,ruotsi / englanti\nsuomi", ("suomi", "ruotsi", "englanti")),
        (" ; , ", ()),
        ("suomi", ("suomi",)),
        (5.0, ("5",)),
    ],
)
def test_parse_list_splits_trims_and_keeps_each_part_once(cell: Cell, parts: tuple[str, ...]) -> None:
    assert parse_list(cell) == parts


@pytest.mark.parametrize("cell", ["maija@example.org", " äijälä@esimerkki.example ", "a.b+c@x.y.example"])
def test_parse_email_keeps_the_address_as_typed(cell: str) -> None:
    assert parse_email(cell) == cell.strip()


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "maija",
            "maija@localhost",
            "maija@@example.org",
            "Maija <maija@example.org>",
            "a@example.org, b@example.org",
        ),
        *("maija@example..org", "ma ija@example.org", "maija@example.org.", "a" * 250 + "@example.org", 5.0),
    ],
)
def test_parse_email_refuses_what_is_no_single_address(cell: Cell) -> None:
    assert refusal(parse_email, cell) == FaultCode.NOT_AN_EMAIL


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Maija \r\n Meikäläinen\r", "Maija \n Meikäläinen"),
        ('=HYPERLINK("http://example.org";"Maija")', '=HYPERLINK("http://example.org";"Maija")'),
        (358401234567.0, "358401234567"),
        (3.5, "3,5"),
        (0.0000001, "0,0000001"),
        (True, "TRUE"),
        (date(2026, 3, 1), "1.3.2026"),
        (datetime(2026, 3, 1, 9, 5, tzinfo=UTC).replace(tzinfo=None), "1.3.2026 9:05"),
        (time(12, 30), "12:30"),
    ],
)
def test_parse_text_is_what_people_read(cell: Cell, text: str) -> None:
    assert parse_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a\0b", FaultCode.UNCLEAN_TEXT),
        ("a\ud800b", FaultCode.UNCLEAN_TEXT),
        ("#N/A", FaultCode.FORMULA_ERROR),
        (" #DIV/0! ", FaultCode.FORMULA_ERROR),
        (1234567890123456.0, FaultCode.DIGITS_LOST),
        (float("inf"), FaultCode.DIGITS_LOST),
    ],
)
def test_parse_text_refuses_what_is_broken(cell: Cell, code: FaultCode) -> None:
    assert refusal(parse_text, cell) == code


@given(
    st.text() | st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes() | st.times() | st.timedeltas()
)
@pytest.mark.parametrize(
    "parse", [parse_text, parse_date, parse_number, parse_whole, parse_yes_no, parse_list, parse_email]
)
def test_every_cell_is_parsed_or_refused_and_nothing_else(parse: Callable[[Cell], object], cell: Cell) -> None:
    with suppress(CellError):
        parse(cell)
