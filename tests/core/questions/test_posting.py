"""What browsers send becomes answers, and answers become what fields show."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.answers import check_answer, check_answers
from luotsi.core.questions.posting import answers_from_posted, from_posted, to_posted
from luotsi.core.questions.values import Form
from tests.core.questions.forms import FORMS, ONE_OF_EACH, SOME, filled, form, section

OF_EACH = form(section("a", *ONE_OF_EACH))


@pytest.mark.parametrize(
    ("key", "values", "answer"),
    [
        ("scale", ["4"], 4),
        ("choice", ["yes"], "yes"),
        ("many", ["a", "c"], ["a", "c"]),
        ("many", ["a"], ["a"]),
        ("text", ["rivi\r\ntoinen"], "rivi\r\ntoinen"),
        ("ranking", ["a:3", "b:", "c:1"], ["a:3", "b:", "c:1"]),
        ("ranking", ["a:3", "", "c:1"], ["c", "a"]),
        ("ranking", ["a:10", "b:9"], ["b", "a"]),
        ("ranking", ["a:1", "b:1"], ["a:1", "b:1"]),
        ("ranking", ["c", "a", ""], ["c", "a"]),
        ("number", ["2,5"], "2.5"),
        ("number", [" 1\u00a0000 "], "1000"),
        ("number", ["−0,50"], "-0.5"),
        ("number", ["noin 3"], "noin 3"),
        ("date", ["31.1.2026"], "2026-01-31"),
        ("date", ["2026-01-31"], "2026-01-31"),
        ("date", ["31.2.2026"], "31.2.2026"),
        ("times", ["mon.am", "fri.pm"], ["mon.am", "fri.pm"]),
        ("scale", ["4", "5"], ["4", "5"]),
        ("scale", ["x"], "x"),
        ("scale", ["٤"], "٤"),
        *((found["key"], blank, None) for found in ONE_OF_EACH for blank in ([], [""], [" ", ""])),
    ],
)
def test_post_is_read(key: str, values: list[str], answer: Any) -> None:
    assert from_posted(OF_EACH.item(key), values) == answer


def test_post_of_a_page_is_read_by_its_items_alone() -> None:
    posted = {"scale": ["3"], "csrfmiddlewaretoken": ["x"], "number": ["2,5"], "text": [""]}

    assert answers_from_posted(OF_EACH.items, posted) == {"scale": 3, "number": "2.5"}


def test_fields_show_what_is_kept() -> None:
    kept: dict[str, Any] = {
        "scale": 3,
        "ranking": ["c", "a"],
        "number": "-2.5",
        "date": "2026-01-31",
        "many": ["a", "b"],
    }

    shown = {key: to_posted(OF_EACH.item(key), kept.get(key)) for key in [*kept, "text"]}

    assert shown == {
        "scale": ["3"],
        "ranking": ["c:1", "a:2"],
        "number": ["-2,5"],
        "date": ["2026-01-31"],
        "many": ["a", "b"],
        "text": [],
    }


@SOME
@given(FORMS, st.data())
def test_what_fields_show_is_posted_back_to_the_same_answers(asked: Form, data: st.DataObject) -> None:
    told = data.draw(filled(asked))
    posted = {found.key: to_posted(found, told.get(found.key)) for found in asked.items}

    assert check_answers(asked, answers_from_posted(asked.items, posted)).kept == told


@given(
    st.sampled_from(OF_EACH.items), st.lists(st.text(st.characters(codec=None)) | st.from_regex(r"[abd]:[0-9]{0,3}"))
)
def test_any_post_is_read(asked: Any, values: list[str]) -> None:
    raw = from_posted(asked, values)

    assert raw is None or isinstance(raw, str | int | list)
    try:
        kept = check_answer(asked, raw)
    except ValueError:
        return
    assert check_answer(asked, kept) == kept
