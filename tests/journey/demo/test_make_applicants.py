from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from luotsi.core.tables.reading import read_table
from luotsi.journey.management.commands.make_applicants import Command
from luotsi.programmes.formats.applicants import columns
from tests.journey.demo.history import small_history


@pytest.fixture
def files(tmp_path):
    requests, offers = small_history()
    (tmp_path / "requests.json").write_text(json.dumps(requests))
    (tmp_path / "offers.json").write_text(json.dumps(offers))
    return tmp_path


def make(files, *rest, out="out.xlsx"):
    shown = StringIO()
    given = ("--requests", files / "requests.json", "--offers", files / "offers.json", "--out", files / out)
    call_command(Command(), *map(str, given), *rest, stdout=shown)
    return shown.getvalue().splitlines()


@pytest.mark.parametrize(("out", "encoding"), [("out.xlsx", ""), ("out.csv", "cp1252")])
def test_make_applicants_writes_what_the_import_reads(files, out, encoding):
    shown = make(files, "--count", "30", "--seed", "7", out=out)

    reading = read_table((files / out).read_bytes(), out, columns())
    assert len(reading.rows) == 30
    assert reading.encoding == encoding
    assert shown[:2] == [f"30 rows in {files / out}: 16 mentees, 14 mentors", "Planted faults"]


def test_make_applicants_shows_its_tables_without_any_file():
    shown = StringIO()

    call_command(Command(), "--table", stdout=shown)

    assert "  Mathematik                 numbers_and_finance      Numerot ja talous\n" in shown.getvalue()
    assert "  nw                         16                       Keski-Pohjanmaa\n" in shown.getvalue()


def test_make_applicants_tells_what_its_tables_do_not_know(files):
    _, offers = small_history(1)
    (files / "offers.json").write_text(json.dumps([offers[0] | {"region": "zz"}]))

    shown = make(files, "--count", "20")

    assert "  not in the table, became other: land zz (9 applicants)" in shown


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("nonsense", "requests.json is no JSON file"),
        ("{}", "requests.json holds no list"),
        ("[1]", "record 1 is no object"),
    ],
)
def test_make_applicants_refuses_bad_input_and_writes_nothing(files, content, reason):
    (files / "requests.json").write_text(content)

    with pytest.raises(CommandError, match=reason):
        make(files)

    assert not (files / "out.xlsx").exists()


def test_make_applicants_refuses_a_name_that_is_no_table(files):
    with pytest.raises(CommandError, match=r"out.pdf: the name must end in .xlsx or .csv"):
        make(files, out="out.pdf")


def test_make_applicants_asks_for_what_is_missing():
    with pytest.raises(CommandError, match="Give all three"):
        call_command(Command(), "--seed", "3")
