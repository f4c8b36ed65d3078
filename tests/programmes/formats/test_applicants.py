"""What a row of the applicants' sheet says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.tables.faults import FaultCode
from luotsi.core.tables.headings import heading_keys
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.refusals import RefusalCode
from luotsi.core.words.keys import search_key
from luotsi.people.formats.regions import REGIONS, name_of_region
from luotsi.programmes.formats.answers import (
    Answers,
    Skill,
    answers_from_json,
    answers_to_json,
    read_skills,
    with_musts,
)
from luotsi.programmes.formats.applicants import (
    NAMES,
    Applicant,
    RowFault,
    applicant_from_json,
    applicant_to_json,
    columns,
    read_applicant,
    typed_cells,
)
from luotsi.programmes.formats.vocabulary import languages, name_of_language
from luotsi.programmes.messages.faults import REFUSALS, SENTENCES
from tests.programmes.sheets import AINO, BO, csv_of

NAME = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20).filter(search_key)
SKILL = st.builds(Skill, name=NAME, grade=st.integers(1, 5))
ANSWERS = st.builds(
    Answers,
    languages=st.lists(st.sampled_from(["fi", "sv", "en"]), min_size=1).map(tuple),
    region=st.sampled_from(["", *REGIONS]),
    organisation=st.text(max_size=20),
    offers=st.lists(SKILL).map(tuple),
    needs=st.lists(SKILL).map(tuple),
    musts=st.frozensets(NAME.map(search_key)),
    places=st.integers(1, 50),
    is_remote=st.booleans(),
    is_minor=st.booleans(),
    is_vetted=st.booleans(),
    experience=st.none() | st.integers(0, 80),
)
APPLICANT = st.builds(
    Applicant,
    given_name=NAME,
    family_name=NAME,
    email=st.emails(),
    role=st.sampled_from(["mentor", "mentee"]),
    submitted_on=st.none() | st.dates(),
    answers=ANSWERS,
)


@given(APPLICANT)
def test_an_applicant_is_read_back_as_written(applicant: Applicant) -> None:
    assert applicant_from_json(applicant_to_json(applicant)) == applicant


@given(ANSWERS)
def test_answers_are_read_back_as_written(answers: Answers) -> None:
    assert answers_from_json(answers_to_json(answers)) == answers


def test_answers_that_were_forgotten_say_nothing() -> None:
    assert answers_from_json({}) == Answers(languages=())


@given(st.lists(SKILL, max_size=5))
def test_skills_are_read_back_as_they_are_shown(skills: list[Skill]) -> None:
    found = read_skills(f"{skill.name} ({skill.grade})" for skill in skills)

    assert [skill.key for skill in found] == list(dict.fromkeys(skill.key for skill in skills))


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("matematiikka", Skill(name="matematiikka", grade=3)),
        ("matematiikka (5)", Skill(name="matematiikka", grade=5)),
        ("  C  kieli : 2 ", Skill(name="C kieli", grade=2)),
        ("Office 365", Skill(name="Office 365", grade=3)),
        ("työ (9)", Skill(name="työ (9)", grade=3)),
    ],
)
def test_a_grade_stands_in_brackets_or_after_a_colon(text: str, skill: Skill) -> None:
    assert read_skills([text]) == (skill,)


def test_a_skill_counts_once() -> None:
    assert read_skills(["Kielet (2)", "kielet (5)", " ", "KIELET"]) == (Skill(name="Kielet", grade=2),)


def test_a_must_that_is_not_among_the_needs_is_one() -> None:
    assert with_musts(read_skills(["a (5)"]), read_skills(["A", "b"])) == (
        Skill(name="a", grade=5),
        Skill(name="b", grade=3),
    )


def test_no_two_columns_share_a_name() -> None:
    assert set(heading_keys(columns()).values()) == set(NAMES)


def test_every_name_of_a_language_means_one_language() -> None:
    meanings: dict[str, set[str]] = {}
    for code, names in languages().items():
        for name in (code, *names):
            meanings.setdefault(search_key(name), set()).add(code)

    assert {name: codes for name, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("code", "language", "name"), [("fi", "sv", "finska"), ("fa_AF", "fi", "dari"), ("xx", "en", "xx")]
)
def test_a_language_is_named_in_another(code: str, language: str, name: str) -> None:
    assert name_of_language(code, language) == name


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("16", "sv", "Mellersta Österbotten"), ("12", "en", "North Karelia"), ("99", "fi", "")],
)
def test_a_region_is_named(code: str, language: str, name: str) -> None:
    assert name_of_region(code, language) == name


def test_typed_cells_can_be_read_again() -> None:
    [row] = read_table(csv_of(BO | {"Alaikäinen": "ei"}), "x.csv", columns()).rows

    again = {NAMES[key][0]: text for key, text in typed_cells(row).items()}
    [second] = read_table(csv_of(again), "x.csv", columns()).rows

    assert dict(second.values) == dict(row.values)
    assert read_applicant(second) == read_applicant(row)


def test_a_day_of_checking_counts_as_checked() -> None:
    rows = read_table(
        csv_of(*(AINO | {"Rikosrekisteriote tarkistettu": text} for text in ("15.1.2026", "ei", "x"))),
        "x.csv",
        columns(),
    ).rows

    found = [read_applicant(row) for row in rows]

    assert [each.answers.is_vetted for each in found if isinstance(each, Applicant)] == [True, False, True]
    assert [each.submitted_on for each in found if isinstance(each, Applicant)] == [date(2026, 2, 1)] * 3


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(FaultCode) | (set(RowFault) - {RowFault.MISSING_COLUMNS})
    assert set(REFUSALS) == set(RefusalCode) | {RowFault.MISSING_COLUMNS}
