from __future__ import annotations

import re
from datetime import date

import pytest

from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.reading import duplicates_of, read_table
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.journey.demo.applicants import FAULTY_CELLS, HEADERS, FaultKind, Unmapped, make_applicants
from luotsi.journey.demo.history import HistoryError
from luotsi.journey.demo.places import REGION_NAMES, REGION_OF_LAND
from luotsi.journey.demo.skills import SKILL_OF_SUBJECT, SKILLS
from luotsi.programmes.formats.applicants import Applicant, columns, read_applicant
from tests.journey.demo.history import real_history, small_history


def cell(sheet, row, header):
    return sheet.rows[row - 2][HEADERS.index(header)]


def column(sheet, header):
    return [row[HEADERS.index(header)] for row in sheet.rows]


def test_sheet_is_the_same_for_the_same_seed():
    requests, offers = small_history()

    assert make_applicants(requests, offers, seed=3) == make_applicants(requests, offers, seed=3)
    assert make_applicants(requests, offers, seed=3) != make_applicants(requests, offers, seed=4)


def test_real_history_becomes_two_hundred_rows_without_anything_left_over():
    requests, offers = real_history()

    sheet = make_applicants(requests, offers, seed=1)

    assert (len(sheet.rows), sheet.mentees, sheet.mentors, sheet.repeated, sheet.unmapped) == (200, 110, 90, 0, ())
    assert {len(row) for row in sheet.rows} == {len(sheet.headers)}


def test_every_subject_and_land_of_the_real_history_has_its_counterpart():
    requests, offers = real_history()
    subjects = {each["subject"] for record in requests for each in record["needs"]}
    subjects |= {each["subject"] for record in offers for each in record["offers"]}
    lands = {record["region"] for record in [*requests, *offers]}

    assert subjects == SKILL_OF_SUBJECT.keys()
    assert lands == REGION_OF_LAND.keys()


def test_every_skill_and_region_of_the_tables_has_a_name_in_three_languages():
    assert set(SKILL_OF_SUBJECT.values()) | {"other"} == SKILLS.keys()
    assert set(REGION_OF_LAND.values()) - {""} <= REGION_NAMES.keys()
    assert {frozenset(names) for names in [*SKILLS.values(), *REGION_NAMES.values()]} == {frozenset({"fi", "sv", "en"})}
    assert [names for names in SKILLS.values() if re.search("[;,/:()]", "".join(names.values()))] == []


@pytest.mark.parametrize("seed", range(20))
def test_faults_stand_where_the_sheet_says(seed):
    sheet = make_applicants(*small_history(), seed=seed, count=25)

    in_rows = [fault for fault in sheet.faults if fault.row]
    [twin] = [fault for fault in in_rows if fault.kind is FaultKind.SAME_PERSON]
    names = ("Etunimi", "Sukunimi", "Rooli", "Kielet", "Taidot (tarve)")
    assert sorted(fault.kind for fault in sheet.faults) == sorted(FaultKind)
    assert len({fault.row for fault in in_rows} | {twin.twin}) == len(in_rows) + 1
    assert [cell(sheet, fault.row, fault.column) for fault in in_rows] == [fault.value for fault in in_rows]
    assert {fault.kind: (fault.column, fault.value) for fault in in_rows if fault is not twin} == FAULTY_CELLS
    assert twin.twin < twin.row
    assert cell(sheet, twin.row, "Sähköposti") == cell(sheet, twin.twin, "Sähköposti").upper()
    assert [cell(sheet, twin.row, name) for name in names] == [cell(sheet, twin.twin, name) for name in names]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_import_finds_the_planted_faults_and_no_others(kind):
    sheet = make_applicants(*small_history(200), seed=8)
    if kind == "csv":
        content = write_csv([sheet.headers, *sheet.rows], language="fi").decode("utf-8-sig").encode("cp1252")
    else:
        content = write_xlsx([Sheet(title="Hakijat", headers=sheet.headers, rows=sheet.rows)])

    rows = read_table(content, f"hakijat.{kind}", columns()).rows

    found = {(again.number, "same_person") for again in duplicates_of(rows, "email")}
    for row in rows:
        read = read_applicant(row)
        found |= set() if isinstance(read, Applicant) else {(row.number, remark.code) for remark in read}
    codes = {
        FaultKind.NO_EMAIL: "missing",
        FaultKind.NO_ROLE: "missing",
        FaultKind.UNKNOWN_ROLE: "not_a_choice",
        FaultKind.UNKNOWN_LANGUAGE: "not_a_choice",
        FaultKind.FORMULA: "looks_like_formula",
    }
    assert len(rows) == 200
    assert found == {(fault.row, codes.get(fault.kind, fault.kind)) for fault in sheet.faults if fault.row}


def test_a_mentee_is_made_of_a_request():
    requests, offers = small_history(1)
    requests[0] |= {"grade": 11, "region": "bw"}

    sheet = make_applicants(requests, offers, seed=2, count=40)

    mentees = [row for row in sheet.rows if row[HEADERS.index("Rooli")] == "mentoroitava"]
    told = (
        "Maakunta",
        "Taidot (tarjolla)",
        "Taidot (tarve)",
        "Ehdottomat",
        "Paikat",
        "Alaikäinen",
        "Vuosia työelämässä",
    )
    assert {tuple(row[HEADERS.index(header)] for header in told) for row in mentees} == {
        ("Pohjanmaa", None, "Kirjoittaminen työssä (5); Tiimityö", "Kirjoittaminen työssä", None, "ei", 7)
    }


def test_a_mentor_is_made_of_offers_with_a_place_for_each_up_to_three():
    requests, offers = small_history(1)
    offers = [{**offers[0], "at": f"2025-09-0{day}T08:00:00"} for day in range(9, 4, -1)]
    offers[-1] |= {"offers": [{"subject": "Deutsch", "min_grade": 5, "max_grade": 9}, {"subject": "Musik"}]}

    sheet = make_applicants(requests, offers, seed=2, count=40)

    mentors = [row for row in sheet.rows if row[HEADERS.index("Rooli")] == "mentori"]
    told = ("Maakunta", "Taidot (tarjolla)", "Taidot (tarve)", "Ehdottomat", "Paikat", "Alaikäinen")
    assert {tuple(row[HEADERS.index(header)] for header in told) for row in mentors} == {
        ("Pohjois-Pohjanmaa", "Kirjoittaminen työssä (2); Tiimityö (5)", None, None, 3, "ei")
    }


def test_the_lowest_grades_are_people_under_age_at_school():
    requests, offers = small_history(1)
    requests[0] |= {"grade": 4}

    sheet = make_applicants(requests, offers, seed=2, count=40)

    mentees = [row for row in sheet.rows if row[HEADERS.index("Rooli")] == "mentoroitava"]
    assert {row[HEADERS.index("Alaikäinen")] for row in mentees} == {"kyllä"}
    assert None not in {row[HEADERS.index("Organisaatio")] for row in mentees}


def test_people_come_in_order_over_eight_weeks():
    sheet = make_applicants(*small_history(), seed=1, count=30, last_day=date(2026, 10, 31))

    days = [day for day in column(sheet, "Ilmoittautunut") if isinstance(day, date)]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2026, 9, 5), date(2026, 10, 31))


def test_whoever_needs_finnish_has_another_mother_tongue():
    requests, offers = small_history()
    for request in requests:
        request["needs"] = [{"subject": "Deutsch als Zweitsprache"}]

    sheet = make_applicants(requests, offers, seed=1)

    mentees = [row for row in sheet.rows if row[HEADERS.index("Rooli")] == "mentoroitava"]
    assert [row for row in mentees if str(row[HEADERS.index("Kielet")]).startswith("suomi")] == []


def test_what_the_tables_do_not_know_becomes_other_and_is_told():
    requests, offers = small_history(1)
    requests[0] |= {"region": "zz", "needs": [{"subject": "Sanskrit"}, {"subject": "Deutsch"}]}

    sheet = make_applicants(requests, offers, seed=1, count=40)

    mentees = [row for row in sheet.rows if row[HEADERS.index("Rooli")] == "mentoroitava"]
    assert sheet.unmapped == (
        Unmapped(what="land", value="zz", times=22),
        Unmapped(what="subject", value="Sanskrit", times=22),
    )
    assert {row[HEADERS.index("Taidot (tarve)")] for row in mentees} == {"Muu taito; Kirjoittaminen työssä"}
    assert {(row[HEADERS.index("Maakunta")], row[HEADERS.index("Etäyhteys")]) for row in mentees} == {(None, "kyllä")}


def test_too_few_entries_are_used_again_and_that_is_told():
    sheet = make_applicants(*small_history(5), seed=1, count=40)

    assert (sheet.mentees, sheet.mentors, sheet.repeated) == (22, 18, 17 + 13)
    assert len(set(column(sheet, "Sähköposti"))) == 40


def test_offers_alone_make_mentors_alone():
    _, offers = small_history()

    sheet = make_applicants([], offers, seed=1, count=30)

    assert (sheet.mentees, sheet.mentors) == (0, 30)


@pytest.mark.parametrize(
    ("requests", "count", "reason"),
    [
        ([], 200, "there are neither requests nor offers"),
        ([], 19, "a sheet has at least 20 applicants"),
    ],
)
def test_what_makes_no_sheet_is_refused(requests, count, reason):
    with pytest.raises(ValueError, match=reason):
        make_applicants(requests, [], seed=1, count=count)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("R0278", "record 1 is no object"),
        ({"person": "R1", "at": "2025-01-01", "needs": []}, "record 1 has no region"),
        ({"person": "R1", "at": "2025-01-01", "region": "nw", "needs": ["Deutsch"]}, "record 1: its needs are no list"),
    ],
)
def test_a_strange_record_is_refused_by_its_number(record, reason):
    with pytest.raises(HistoryError, match=reason):
        make_applicants([record], [], seed=1)
