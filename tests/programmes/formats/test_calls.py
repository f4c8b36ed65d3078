from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.answers import Fault, check_answers, items_asked
from luotsi.core.questions.conditions import items_named
from luotsi.core.questions.values import Form, Kind
from luotsi.core.tables.reading import read_table
from luotsi.people.formats.regions import REGIONS
from luotsi.programmes.formats.answers import Answers, Skill, with_musts
from luotsi.programmes.formats.applicants import Applicant, columns, read_applicant
from luotsi.programmes.formats.calls import (
    GUARDIAN_KEYS,
    answers_of,
    form_of,
    questions_for,
    roles_in,
    told_by,
    wants_guardian,
)
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.shipped import shipped_models, shipped_source
from luotsi.programmes.formats.skill_lines import line_of_row, lines_of, musts_in, skills_in, too_long
from luotsi.programmes.formats.values import ModelDescription, Question, QuestionType, RoleKey
from luotsi.programmes.formats.vocabulary import languages
from luotsi.surveys.formats.pages import MOST_ITEMS, pages_of
from tests.programmes.sheets import csv_of

ROLES = ("mentor", "mentee", "both")
MODELS = {key: read_model(shipped_source(key)) for key in shipped_models()}
CAREER = MODELS["career-mentoring"]
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30).filter(
    lambda name: Skill(name=name).key and not name.endswith(")") and ":" not in name
)
SKILLS = st.lists(st.builds(Skill, name=NAMES, grade=st.integers(1, 5)), max_size=6, unique_by=lambda skill: skill.key)


@st.composite
def told_people(draw: st.DrawFn, role: str) -> Answers:
    """What somebody can have told in career mentoring in this role, by a list or by the form."""
    is_mentee, is_mentor = (key in roles_in(role) for key in (RoleKey.MENTEE, RoleKey.MENTOR))
    needs = tuple(draw(SKILLS)) if is_mentee else ()
    return Answers(
        languages=tuple(
            draw(st.lists(st.sampled_from(sorted(languages())), min_size=1, max_size=8, unique_by=str.lower))
        ),
        region=draw(st.sampled_from(sorted(REGIONS))),
        is_remote=draw(st.booleans()),
        is_minor=draw(st.booleans()) if is_mentee else False,
        needs=needs,
        musts=frozenset(skill.key for skill in needs if draw(st.booleans())),
        offers=tuple(draw(SKILLS)) if is_mentor else (),
        places=draw(st.integers(1, 5)) if is_mentor else 1,
        experience=draw(st.integers(0, 60)) if is_mentor else None,
    )


def asking(*questions: Question) -> ModelDescription:
    return replace(CAREER, questions=questions)


def question(key: str, kind: QuestionType = QuestionType.TEXT, **values: Any) -> Question:
    usual = Question(
        key=key, text={"en": key}, hint={}, type=kind, required=True, roles=tuple(RoleKey), choices=(), lowest=None,
        highest=None,
    )  # fmt: skip
    return replace(usual, **values)


def keys_of(form: Form) -> list[str]:
    return [item.key for item in form.items]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("key", sorted(MODELS))
def test_every_model_that_ships_gives_a_form_for_each_role(key: str, role: str) -> None:
    model = MODELS[key]

    form = form_of(model, role)

    keys = keys_of(form)
    assert [each for each in keys if each not in GUARDIAN_KEYS] == [each.key for each in questions_for(model, role)]
    assert len(keys) == len(set(keys))
    assert form.languages == ("fi", "sv", "en")
    assert all(set(items_named(item.when)) <= set(keys[: keys.index(item.key)]) for item in form.items)
    assert all(len(page.items) <= MOST_ITEMS for page in pages_of(form, {}))
    assert all(len(item.offered) == len(set(item.offered)) for item in form.items)


def test_an_application_as_both_asks_what_mentor_and_mentee_are_asked_each_once() -> None:
    both, mentor, mentee = (keys_of(form_of(CAREER, role)) for role in ("both", "mentor", "mentee"))

    assert set(both) == set(mentor) | set(mentee)
    assert len(both) == len(set(both))
    assert [key for key in both if key in mentor] == mentor


@pytest.mark.parametrize("role", ROLES)
@given(data=st.data())
def test_answers_go_into_the_form_and_come_back(role: str, data: st.DataObject) -> None:
    answers = data.draw(told_people(role))

    told = told_by(CAREER, role, answers)

    assert answers_of(CAREER, role, told) == answers


@given(SKILLS, st.data())
def test_skills_and_musts_go_into_lines_and_come_back(skills: list[Skill], data: st.DataObject) -> None:
    musts = frozenset(skill.key for skill in skills if data.draw(st.booleans()))

    lines = lines_of(skills, musts)

    assert skills_in(lines) == tuple(skills)
    assert musts_in(lines) == musts


def test_the_same_person_by_a_list_and_by_the_form_gives_equal_answers() -> None:
    [row] = read_table(
        csv_of(
            {
                "Etunimi": "Aino", "Sukunimi": "Aalto", "Sähköposti": "aino@example.org", "Rooli": "mentoroitava",
                "Kielet": "ruotsi; suomi; dari", "Maakunta": "Keski-Pohjanmaa",
                "Taidot (tarve)": "matematiikka (5); kielet: 2; johtaminen", "Ehdottomat": "matematiikka",
                "Etäyhteys": "kyllä", "Alaikäinen": "ei",
            }
        ),
        "list.csv",
        columns(),
    ).rows  # fmt: skip
    listed = read_applicant(row)
    assert isinstance(listed, Applicant)

    told = {
        "languages": ["sv", "fi", "fa_af"],
        "region": "r16",
        "is_remote": "yes",
        "situation": "studying",
        "needs": "\n".join(
            [
                line_of_row("matematiikka", "5", is_must=True),
                line_of_row(" kielet ", "2", is_must=False),
                line_of_row("johtaminen", "3", is_must=False),
            ]
        ),
        "goal": "Own words.",
        "is_minor": "no",
    }

    assert answers_of(CAREER, "mentee", told) == listed.answers


@pytest.mark.parametrize(
    ("name", "grade", "is_must", "line"),
    [
        ("Excel", "4", False, "Excel (4)"),
        ("  Excel \n taulukot ", "4", True, "Excel taulukot (4) !"),
        ("Excel (2)", "3", False, "Excel (2)"),
        ("Excel: 5", "3", True, "Excel (5) !"),
        ("Excel", "9", False, "Excel (3)"),
        ("Excel", "", False, "Excel (3)"),
        ("", "5", True, ""),
        ("  ", "5", False, ""),
        ("Excel!", "1", False, "Excel! (1)"),
    ],
)
def test_a_row_of_the_form_is_a_line(name: str, grade: str, *, is_must: bool, line: str) -> None:
    assert line_of_row(name, grade, is_must=is_must) == line


def test_a_must_is_a_need_whatever_its_mark_looks_like() -> None:
    assert [(skill.name, skill.grade) for skill in skills_in("Excel! (1)\nJazz (5) !\n\n")] == [
        ("Excel!", 1),
        ("Jazz", 5),
    ]
    assert musts_in("Excel! (1)\nJazz (5) !") == {"jazz"}


def test_a_name_longer_than_lists_take_is_named() -> None:
    assert too_long(lines_of([Skill(name="x" * 100), Skill(name="y" * 101)])) == ("y" * 101,)


def test_musts_that_are_asked_by_themselves_are_needs_too() -> None:
    model = asking(question("needs", QuestionType.SKILLS), question("musts", QuestionType.SKILLS))

    answers = answers_of(model, "mentee", {"needs": "kielet (2)", "musts": "matematiikka (5)"})

    needs, must = (Skill(name="kielet", grade=2),), Skill(name="matematiikka", grade=5)
    assert answers.needs == with_musts(needs, (must,))
    assert answers.musts == {"matematiikka"}
    assert answers_of(model, "mentee", told_by(model, "mentee", answers)) == answers


def test_a_question_of_another_kind_under_a_known_name_says_nothing_to_matching() -> None:
    model = asking(question("region"), question("offers"), question("experience"))

    answers = answers_of(model, "mentor", {"region": "16", "offers": "kielet", "experience": "5"})

    assert answers == Answers(languages=())


def test_what_follows_from_a_question_of_the_other_role_is_not_asked() -> None:
    model = asking(
        question("is_studying", QuestionType.YES_NO, roles=(RoleKey.MENTEE,)),
        question("where", when=("is_studying", "yes")),
        question("why", when=("is_studying", "no")),
        question("name"),
    )

    assert keys_of(form_of(model, "mentor")) == ["name"]
    assert keys_of(form_of(model, "mentee")) == ["is_studying", "where", "why", "name"]


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_dropped() -> None:
    model = asking(question("is_studying", QuestionType.YES_NO), question("where", when=("is_studying", "yes")))

    checked = check_answers(form_of(model, "mentee"), {"is_studying": "no", "where": "Kokkola"})

    assert checked.kept == {"is_studying": "no"}
    assert checked.faults == {}


@pytest.mark.parametrize(("is_minor", "asked"), [("yes", GUARDIAN_KEYS), ("no", frozenset())])
def test_only_a_minor_is_asked_for_a_guardian(is_minor: str, asked: frozenset[str]) -> None:
    form = form_of(CAREER, "mentee")

    found = {item.key for item in items_asked(form, {"is_minor": is_minor})}

    assert found & GUARDIAN_KEYS == asked


def test_no_guardian_is_asked_for_where_the_model_wants_none() -> None:
    model = replace(CAREER, enrolment=replace(CAREER.enrolment, guardian_consent=False))

    assert not wants_guardian(model, "mentee")
    assert not set(keys_of(form_of(model, "mentee"))) & GUARDIAN_KEYS
    assert not wants_guardian(CAREER, "mentor")  # who is asked nothing of the age


def test_languages_are_ranked_and_none_twice() -> None:
    form = form_of(CAREER, "mentor")
    assert form.item("languages").kind is Kind.RANKING

    checked = check_answers(form, {"languages": ["fi", "fi"]})

    assert checked.faults["languages"] is Fault.NOT_RANKED


@given(st.dictionaries(st.sampled_from([*keys_of(form_of(CAREER, "both")), "strange"]), st.text(max_size=20)))
def test_whatever_was_told_something_is_understood(told: dict[str, str]) -> None:
    answers = answers_of(CAREER, "both", told)

    assert answers_of(CAREER, "both", told_by(CAREER, "both", answers)) == answers
