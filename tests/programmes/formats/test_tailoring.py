from dataclasses import replace

import pytest

from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.shipped import read_shipped
from luotsi.programmes.formats.tailoring import (
    Asked,
    LostConditionError,
    known_questions,
    with_matching,
    with_own_question,
    with_questions,
)
from luotsi.programmes.formats.values import Question, QuestionType, RoleKey, RuleName
from luotsi.programmes.formats.writing import write_model

MODEL = read_shipped("career-mentoring")
OWN = Question(
    key="",
    text={"fi": "Mistä kuulit meistä?"},
    hint={},
    type=QuestionType.TEXT,
    required=False,
    roles=(RoleKey.MENTEE,),
    choices=(),
    lowest=None,
    highest=None,
)


def keys(model) -> list[str]:
    return [question.key for question in model.questions]


def test_questions_are_left_out_put_in_order_and_taken_up_again() -> None:
    fewer = with_questions(MODEL, MODEL, [Asked("goal", is_required=False), Asked("languages", is_required=True)])
    again = with_questions(fewer, MODEL, [*(Asked(key, is_required=True) for key in ("languages", "region", "goal"))])

    assert keys(fewer) == ["goal", "languages"]
    assert [question.required for question in fewer.questions] == [False, True]
    assert sorted(question.key for question in known_questions(fewer, MODEL)) == sorted(keys(MODEL))
    assert keys(again) == ["languages", "region", "goal"]
    assert read_model(write_model(again)) == again


def test_an_unknown_question_is_not_asked() -> None:
    with pytest.raises(KeyError):
        with_questions(MODEL, MODEL, [Asked("nobody_knows", is_required=True)])


def test_a_question_is_not_asked_without_the_one_it_depends_on() -> None:
    dependent = replace(OWN, key="why", when=("is_remote", "no"))
    model = replace(MODEL, questions=(*MODEL.questions, dependent))

    with pytest.raises(LostConditionError) as lost:
        with_questions(model, MODEL, [Asked("why", is_required=True), Asked("is_remote", is_required=True)])

    assert (lost.value.question.key, lost.value.needed) == ("why", "is_remote")
    assert keys(
        with_questions(model, MODEL, [Asked("is_remote", is_required=True), Asked("why", is_required=True)])
    ) == ["is_remote", "why"]


def test_own_questions_come_last_under_keys_of_their_own() -> None:
    model = with_own_question(with_own_question(MODEL, OWN), OWN)

    assert keys(model)[-2:] == ["own_1", "own_2"]
    assert read_model(write_model(model)) == model


def test_the_rules_that_always_hold_stay() -> None:
    model = with_matching(MODEL, replace(MODEL.matching, rules=(RuleName.COMMON_LANGUAGE,), floor=0))

    assert model.matching.rules == (RuleName.CAPACITY, RuleName.MINOR_NEEDS_VETTED, RuleName.COMMON_LANGUAGE)
    assert read_model(write_model(model)) == model
