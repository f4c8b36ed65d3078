"""A table of 200,000 rows: some 3 s for four columns of CSV and as much for two columns of XLSX."""

import tracemalloc

from luotsi.core.tables.reading import duplicates_of, read_table, scan_table
from tests.core.tables.samples import APPLICANTS, EMAIL, NAME, row_xml, workbook

COUNT = 200_000


def large_csv() -> bytes:
    rows = (f"Äijälä {number};aino{number}@example.org;1.3.2006;{number},5\r\n" for number in range(COUNT))
    return ("Nimi;Sähköposti;Syntymäaika;Tunteja\r\n" + "".join(rows)).encode()


def test_two_hundred_thousand_rows_of_csv_are_read() -> None:
    reading = read_table(large_csv(), "list.csv", APPLICANTS)

    assert len(reading.rows) == COUNT
    assert reading.rows[-1].number == COUNT + 1
    assert dict(reading.rows[-1].values) | {"born": None} == {
        "name": "Äijälä 199999",
        "email": "aino199999@example.org",
        "born": None,
        "hours": reading.rows[-1].values["hours"],
    }
    assert str(reading.rows[-1].values["hours"]) == "199999.5"
    assert sum(len(row.faults) for row in reading.rows) == 0
    assert duplicates_of(reading.rows, "email") == ()


def test_two_hundred_thousand_rows_of_xlsx_are_read() -> None:
    rows = "".join(row_xml(number + 2, f"Äijälä {number}", f"aino{number}@example.org") for number in range(COUNT))

    reading = read_table(workbook(row_xml(1, "Nimi", "E-mail") + rows), "list.xlsx", (NAME, EMAIL))

    assert (len(reading.rows), reading.rows[-1].number) == (COUNT, COUNT + 1)
    assert dict(reading.rows[-1].values) == {"name": "Äijälä 199999", "email": "aino199999@example.org"}
    assert sum(len(row.faults) for row in reading.rows) == 0


def test_rows_that_are_gone_through_are_not_kept() -> None:
    content = b"Nimi;E-mail\r\n" + b"Aino;aino@example.org\r\n" * 20_000

    tracemalloc.start()
    count = sum(1 for _ in scan_table(content, "list.csv", (NAME, EMAIL)).rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 6_000_000
