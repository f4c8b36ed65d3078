"""A form is the same after every way out and in."""

import json

from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.condition_texts import read_condition_text, write_condition_text
from luotsi.core.questions.documents import read_yaml, write_yaml
from luotsi.core.questions.reading import read_form
from luotsi.core.questions.table_writing import write_rows
from luotsi.core.questions.tables import read_rows
from luotsi.core.questions.values import Form
from luotsi.core.questions.writing import write_condition, write_form
from tests.core.questions.forms import FORMS, ONE_OF_EACH, SOME, conditions_of, form, item, plain, section, texts


@SOME
@given(FORMS)
def test_form_survives_json(form: Form) -> None:
    described = json.loads(json.dumps(write_form(form)))

    assert read_form(described) == form
    assert write_form(read_form(described)) == described


@SOME
@given(FORMS)
def test_form_survives_json_whose_names_are_put_in_another_order(form: Form) -> None:
    described = json.loads(json.dumps(write_form(form), sort_keys=True))

    assert read_form(described) == form
    assert read_form(described).digest() == form.digest()


@SOME
@given(FORMS)
def test_form_survives_yaml(form: Form) -> None:
    assert read_yaml(write_yaml(form)) == form


@SOME
@given(FORMS, st.sampled_from(["fi", "sv", "en"]))
def test_form_survives_a_spreadsheet(form: Form, language: str) -> None:
    assert read_rows(write_rows(form, language)) == form


@SOME
@given(FORMS)
def test_condition_survives_its_text(form: Form) -> None:
    for condition in conditions_of(form):
        assert read_condition_text(write_condition_text(condition)) == write_condition(condition)


def test_description_is_written_as_it_was_given() -> None:
    described = plain(section("a", *ONE_OF_EACH), section("b", item("own"), title=texts("B")))

    assert write_form(read_form(described)) == described


def test_digest_is_the_same_in_every_release() -> None:
    """When this changes, every kept form seems to have changed. Mend the digest, not the test."""
    pulse = form(
        section("a", *ONE_OF_EACH), section("b", item("z", when={"not": {"item": "date", "at_most": "2026-02-01"}}))
    )

    assert pulse.digest() == "9d7e79557e5ab7c477fa7e213627e392780850a2fe56b90e6b1211970c706c06"


def test_digest_is_of_everything_but_the_version() -> None:
    questions = section("a", item("q"))
    first = form(questions)

    assert form(questions, version=2).digest() == first.digest()
    assert form(section("a", item("q", required=True))).digest() != first.digest()
    assert form(questions, key="other").digest() != first.digest()
    assert form(questions, minutes=5).digest() != first.digest()


def test_digest_tells_all_from_any() -> None:
    tests = [{"item": "p", "answered": True}, {"item": "q", "answered": True}]
    asked = [
        form(section("a", item("p"), item("q"), item("r", when={join: tests}))).digest() for join in ("all", "any")
    ]

    assert asked[0] != asked[1]
