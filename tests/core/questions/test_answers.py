"""Which answers are kept, what is wrong with the others, and what is asked at all."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.answers import AnswerFaultError, Fault, check_answer, check_answers, check_page, items_asked
from luotsi.core.questions.conditions import All, AnyOf, Condition, Not, Relation, is_met, items_named
from luotsi.core.questions.values import Form
from tests.core.questions.forms import (
    FORMS,
    ONE_OF_EACH,
    SOME,
    choices,
    conditions_of,
    filled,
    form,
    item,
    one,
    section,
)

OF_EACH = form(section("a", *ONE_OF_EACH))
BLANKS: tuple[Any, ...] = (None, "", " \n", [])
STORY = form(
    section(
        "work",
        item("works", "choice", choices=choices("yes", "no"), required=True),
        item("hours", "number", lowest=0, highest=60, required=True, when={"item": "works", "is": "yes"}),
    ),
    section("long", item("why", required=True), when={"item": "hours", "at_least": 40}),
    section("end", item("other"), item("more", when={"item": "why", "answered": True})),
)


WRONG: tuple[tuple[str, Fault, list[Any]], ...] = (
    ("scale", Fault.NOT_ON_SCALE, [0, 6, True, "4", 4.0, [4], {"4": 4}]),
    ("choice", Fault.NOT_OFFERED, ["maybe", "Yes", ["yes"], 1, True, {}]),
    ("many", Fault.NOT_OFFERED, [["a", "d"], "d", [["a"]], [None], 1]),
    ("many", Fault.TOO_MANY, [["a", "b", "c"]]),
    ("ranking", Fault.NOT_RANKED, [["a", "a"], ["a:1", "b:1"], ["a:x"]]),
    ("ranking", Fault.NOT_OFFERED, [["d"], ["d:1"], [["a"]], 3]),
    ("number", Fault.NOT_A_NUMBER, ["2,5", "1e3", "Infinity", "١", 2.5, True, [1], "--1", "9" * 41]),
    ("number", Fault.TOO_SMALL, ["-1.1", -2]),
    ("number", Fault.TOO_LARGE, ["40.51", 41, 10**400]),
    ("number", Fault.TOO_MANY_DECIMALS, ["1.25"]),
    ("date", Fault.NOT_A_DATE, ["1.1.2026", "2026-02-30", "20260101", "2026-W01-1", 20260101, "٢٠٢٦-01-01"]),
    ("date", Fault.TOO_EARLY, ["2025-12-31"]),
    ("date", Fault.TOO_LATE, ["2027-01-01"]),
    ("text", Fault.NOT_TEXT, [1, ["a"], "a\0", "\ud83d", {"a": 1}]),
    ("text", Fault.TOO_LONG, ["a" * 21]),
    ("times", Fault.NOT_OFFERED, [["tue.am"], ["mon"], "mon.night", [1], 1]),
)


@pytest.mark.parametrize(
    ("key", "given_answer", "kept"),
    [
        ("scale", 1, 1),
        ("choice", "yes", "yes"),
        ("many", ["c", "a", "c"], ["a", "c"]),
        ("many", "b", ["b"]),
        ("text", " omin\r\nsanoin\r", "omin\nsanoin"),
        ("text", "🙂" * 20, "🙂" * 20),
        ("ranking", ["c", "a"], ["c", "a"]),
        ("number", "007.50", "7.5"),
        ("number", "-0.0", "0"),
        ("number", 40, "40"),
        ("date", " 2026-01-01 ", "2026-01-01"),
        ("number", -1, "-1"),
        ("number", "40.5", "40.5"),
        ("date", "2026-12-31", "2026-12-31"),
        ("times", ["fri.am", "mon.pm"], ["mon.pm", "fri.am"]),
        *((found["key"], blank, None) for found in ONE_OF_EACH for blank in BLANKS),
    ],
)
def test_answer_is_kept(key: str, given_answer: Any, kept: Any) -> None:
    assert check_answer(OF_EACH.item(key), given_answer) == kept


@pytest.mark.parametrize(
    ("key", "fault", "given_answer"), [(key, fault, wrong) for key, fault, wrongs in WRONG for wrong in wrongs]
)
def test_answer_is_refused(key: str, fault: Fault, given_answer: Any) -> None:
    with pytest.raises(AnswerFaultError) as refused:
        check_answer(OF_EACH.item(key), given_answer)

    assert refused.value.fault == fault


def test_ranking_is_refused_when_it_is_too_long() -> None:
    with pytest.raises(AnswerFaultError) as refused:
        check_answer(one("ranking", choices=choices("a", "b", "c"), most=2), ["a", "b", "c"])

    assert refused.value.fault == Fault.TOO_MANY


def test_number_without_ends_is_kept_within_a_million_millions() -> None:
    number = one("number")

    assert check_answer(number, 10**12) == "1000000000000"
    with pytest.raises(AnswerFaultError):
        check_answer(number, 10**12 + 1)


def test_answers_are_kept_in_the_one_form_that_each_has() -> None:
    given_answers = {"scale": 3, "number": "2.50", "times": ["fri.pm", "mon.am"], "text": " x ", "choice": ""}

    assert check_answers(OF_EACH, given_answers).kept == {
        "scale": 3,
        "number": "2.5",
        "times": ["mon.am", "fri.pm"],
        "text": "x",
    }


def test_what_is_required_is_missing_only_when_it_is_asked() -> None:
    assert check_answers(STORY, {}).faults == {"works": Fault.MISSING}
    assert check_answers(STORY, {"works": "no"}).faults == {}
    assert check_answers(STORY, {"works": "yes"}).faults == {"hours": Fault.MISSING}
    assert check_answers(STORY, {"works": "yes", "hours": "40"}).faults == {"why": Fault.MISSING}


def test_what_is_not_asked_is_dropped_and_so_is_what_rests_on_it() -> None:
    everything = {"works": "yes", "hours": "45", "why": "Kiire", "other": "-", "more": "Lisää"}

    assert check_answers(STORY, everything).kept == everything
    assert check_answers(STORY, everything | {"hours": "39"}).kept == {"works": "yes", "hours": "39", "other": "-"}
    assert check_answers(STORY, everything | {"works": "no"}).kept == {"works": "no", "other": "-"}
    assert check_answers(STORY, everything | {"works": "no"}).faults == {}


def test_answer_with_a_fault_is_no_answer_to_conditions() -> None:
    checked = check_answers(STORY, {"works": "perhaps", "hours": "45", "why": "Kiire", "other": "-"})

    assert checked.kept == {"other": "-"}
    assert checked.faults == {"works": Fault.NOT_OFFERED}


def test_what_is_no_item_is_not_asked() -> None:
    assert check_answers(STORY, {"works": "no", "zzz": 1, "": None}).faults == {
        "zzz": Fault.NOT_ASKED,
        "": Fault.NOT_ASKED,
    }


def test_page_is_checked_alone_and_everything_is_kept() -> None:
    so_far = {"works": "yes", "hours": "45", "why": "Kiire", "other": "-"}

    checked = check_page(STORY, "work", {"works": "yes", "hours": "61", "other": "x"}, so_far)

    assert checked.kept == {"works": "yes", "other": "-"}
    assert checked.faults == {"hours": Fault.TOO_LARGE, "other": Fault.NOT_ASKED}


def test_page_unasks_other_pages() -> None:
    so_far = {"works": "yes", "hours": "45", "why": "Kiire", "other": "-"}

    assert check_page(STORY, "work", {"works": "no"}, so_far).kept == {"works": "no", "other": "-"}
    assert check_page(STORY, "end", {}, so_far).kept == {"works": "yes", "hours": "45", "why": "Kiire"}


def test_page_that_is_not_asked_keeps_nothing_of_its_own() -> None:
    checked = check_page(STORY, "long", {"why": "Kiire"}, {"works": "no"})

    assert (checked.kept, checked.faults) == ({"works": "no"}, {})


def test_page_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        check_page(STORY, "zzz", {}, {})


@pytest.mark.parametrize(
    ("condition", "answers", "is_asked"),
    [
        ({"item": "choice", "is": "yes"}, {"choice": "yes"}, True),
        ({"item": "choice", "is_not": "yes"}, {"choice": "yes"}, False),
        ({"item": "choice", "is_not": "yes"}, {"choice": "no"}, True),
        ({"item": "choice", "is_not": "yes"}, {}, False),
        ({"not": {"item": "choice", "is": "yes"}}, {}, True),
        ({"item": "choice", "answered": False}, {}, True),
        ({"item": "choice", "answered": False}, {"choice": "no"}, False),
        ({"item": "scale", "one_of": [1, 5]}, {"scale": 5}, True),
        ({"item": "scale", "one_of": [1, 5]}, {"scale": 4}, False),
        ({"item": "number", "at_least": 10}, {"number": "9.5"}, False),
        ({"item": "number", "at_most": "9.5"}, {"number": "9.5"}, True),
        ({"item": "number", "is": 9}, {"number": "9.0"}, True),
        ({"item": "date", "at_least": "2026-02-01"}, {"date": "2026-10-01"}, True),
        ({"item": "many", "holds": "b"}, {"many": ["a", "b"]}, True),
        ({"item": "ranking", "holds": "b"}, {"ranking": ["a"]}, False),
        ({"item": "times", "holds": "mon.am"}, {"times": ["mon.am"]}, True),
        ({"all": [{"item": "scale", "at_least": 4}, {"item": "choice", "is": "no"}]}, {"scale": 4}, False),
        ({"any": [{"item": "scale", "at_least": 4}, {"item": "choice", "is": "no"}]}, {"scale": 4}, True),
    ],
)
def test_condition_decides(condition: Any, answers: dict[str, Any], is_asked: bool) -> None:  # noqa: FBT001
    asked = form(section("a", *ONE_OF_EACH), section("b", item("q"), when=condition))

    assert ("q" in [found.key for found in items_asked(asked, answers)]) is is_asked


def holds(condition: Condition, told: dict[str, Any]) -> bool:  # noqa: PLR0911 -- one a kind
    """The same once more, by the words of the description alone."""
    if isinstance(condition, All):
        return False not in [holds(part, told) for part in condition.all_of]
    if isinstance(condition, AnyOf):
        return True in [holds(part, told) for part in condition.any_of]
    if isinstance(condition, Not):
        return not holds(condition.denied, told)
    value: Any = condition.value
    if condition.relation == Relation.ANSWERED:
        return bool((condition.item in told) == value)
    if condition.item not in told:
        return False
    answer: Any = told[condition.item]
    sample = value[0] if isinstance(value, tuple) else value
    answer = date.fromisoformat(answer) if isinstance(sample, date) else answer
    answer = Decimal(answer) if isinstance(sample, Decimal) else answer
    return bool(_tests(answer, value)[condition.relation]())


def _tests(answer: Any, value: Any) -> dict[Relation, Callable[[], bool]]:
    return {
        Relation.IS: lambda: answer == value,
        Relation.IS_NOT: lambda: answer != value,
        Relation.ONE_OF: lambda: answer in value,
        Relation.AT_LEAST: lambda: answer >= value,
        Relation.AT_MOST: lambda: answer <= value,
        Relation.HOLDS: lambda: value in answer,
    }


@SOME
@given(FORMS, st.data())
def test_conditions_hold_as_they_read(asked: Form, data: st.DataObject) -> None:
    told = data.draw(filled(asked))

    for condition in conditions_of(asked):
        assert is_met(condition, told) is holds(condition, told)
        assert set(items_named(condition)) <= {found.key for found in asked.items}


@SOME
@given(FORMS, st.data())
def test_right_answers_have_no_fault_and_are_kept_as_they_are(asked: Form, data: st.DataObject) -> None:
    told = data.draw(filled(asked))

    checked = check_answers(asked, told)

    assert (checked.kept, checked.faults) == (told, {})


@SOME
@given(FORMS, st.data())
def test_page_by_page_comes_to_the_same_as_all_at_once(asked: Form, data: st.DataObject) -> None:
    told = data.draw(filled(asked))
    kept: dict[str, Any] = {}

    for page in asked.sections:
        given_here = {found.key: told[found.key] for found in page.items if found.key in told}
        checked = check_page(asked, page.key, given_here, kept)
        assert checked.faults == {}
        kept = checked.kept

    assert kept == told
