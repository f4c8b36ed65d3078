"""What can be asked, and what counts as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.surveys.formats.items import Fault, ItemsError, items_to_json, read_answers, read_items
from tests.factories.surveys import ITEMS, texts

QUESTIONS = read_items(ITEMS)
SCALE = {"key": "useful", "text": texts("Useful?"), "type": "scale"}


def test_items_are_read_and_written_back_as_they_were() -> None:
    assert items_to_json(QUESTIONS) == ITEMS


def test_what_is_left_out_of_an_item_has_its_plain_meaning() -> None:
    assert items_to_json(read_items([SCALE])) == [{**SCALE, "required": False, "choices": [], "low": {}, "high": {}}]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"key": "Useful?"},
            "question 1: key begins with a small letter and goes on with small letters, digits, _ and -",
        ),
        ({"type": "stars"}, "question 1: type is one of scale, choice, text"),
        ({"required": "yes"}, "question 1: required is true or false"),
        ({"text": {}}, "question 1: text is given by language: fi, sv, en"),
        ({"text": {"de": "Nützlich?"}}, "question 1: text is given by language: fi, sv, en"),
        ({"low": {"fi": ""}}, "question 1: low is given by language: fi, sv, en"),
        ({"colour": "red"}, "question 1: colour is not known"),
        (
            {"choices": [{"key": "a", "text": texts("A")}]},
            "question 1: choices belong to a question of type choice",
        ),
        ({"type": "choice", "choices": []}, "question 1: choices are two or more, each with key and text"),
        (
            {"type": "choice", "choices": [{"key": "a", "text": texts("A")}] * 2},
            "question 1: the same choice twice",
        ),
        (
            {"type": "choice", "choices": [{"key": "a", "text": texts("A")}, {"key": "b", "text": {}}]},
            "question 1: text of a choice is given by language: fi, sv, en",
        ),
    ],
)
def test_an_item_that_cannot_be_asked_is_refused_with_its_place(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(ItemsError) as refused:
        read_items([{**SCALE, **changes}])

    assert refused.value.faults == (fault,)


@pytest.mark.parametrize("raw", [None, [], {}, "useful"])
def test_no_questions_at_all_are_refused(raw: object) -> None:
    with pytest.raises(ItemsError):
        read_items(raw)


def test_the_same_key_twice_is_refused() -> None:
    with pytest.raises(ItemsError) as refused:
        read_items([SCALE, SCALE])

    assert refused.value.faults == ("useful: asked twice",)


def test_answers_are_kept_by_key() -> None:
    answers, faults = read_answers(QUESTIONS, {"useful": 4, "rhythm": "enough", "words": "  Thank you.  "})

    assert (answers, faults) == ({"useful": 4, "rhythm": "enough", "words": "Thank you."}, {})


def test_an_empty_answer_that_need_not_be_given_is_left_out() -> None:
    assert read_answers(QUESTIONS, {"useful": 1, "rhythm": "seldom", "words": " "}) == (
        {"useful": 1, "rhythm": "seldom"},
        {},
    )


@pytest.mark.parametrize(
    ("given_answers", "faults"),
    [
        ({}, {"useful": Fault.MISSING, "rhythm": Fault.MISSING}),
        ({"useful": 6, "rhythm": "enough"}, {"useful": Fault.NOT_ON_SCALE}),
        ({"useful": True, "rhythm": "enough"}, {"useful": Fault.NOT_ON_SCALE}),
        ({"useful": "4", "rhythm": "enough"}, {"useful": Fault.NOT_ON_SCALE}),
        ({"useful": 3, "rhythm": "always"}, {"rhythm": Fault.NOT_OFFERED}),
        ({"useful": 3, "rhythm": "enough", "words": "x" * 2001}, {"words": Fault.TOO_LONG}),
        ({"useful": 3, "rhythm": "enough", "words": "a\x00b"}, {"words": Fault.NOT_TEXT}),
        ({"useful": 3, "rhythm": "enough", "mood": 3}, {"mood": Fault.NOT_ASKED}),
    ],
)
def test_what_is_wrong_is_told_by_question(given_answers: dict[str, object], faults: dict[str, Fault]) -> None:
    assert read_answers(QUESTIONS, given_answers)[1] == faults


@given(st.dictionaries(st.sampled_from(["useful", "rhythm", "words"]), st.integers() | st.text() | st.booleans()))
def test_whatever_is_answered_each_question_is_answered_faulty_or_left_out(given_answers: dict[str, object]) -> None:
    answers, faults = read_answers(QUESTIONS, given_answers)

    assert set(answers) & set(faults) == set()
    assert {"useful", "rhythm"} <= set(answers) | set(faults)
    assert read_answers(QUESTIONS, answers)[0] == answers
