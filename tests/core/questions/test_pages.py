"""Page by page: which, in which order, how far, and where to go on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.answers import check_page
from luotsi.core.questions.pages import (
    Progress,
    items_of_page,
    newly_asked,
    page_after,
    page_before,
    page_to_resume,
    pages_asked,
    progress,
)
from luotsi.core.questions.values import Form
from tests.core.questions.forms import FORMS, SOME, choices, filled, form, item, section

YES = {"item": "q1", "is": "yes"}
STORY = form(
    section("a", item("q1", "choice", choices=choices("yes", "no"), required=True), item("q2", when=YES)),
    section("b", item("q3"), when=YES),
    section("c", item("q4", required=True)),
    section("d", item("q5", when=YES), item("q6", when={"item": "q4", "answered": True})),
)


def keys(parts: Any) -> list[str]:
    return [part.key for part in parts]


def key(part: Any) -> str | None:
    return part.key if part else None


def test_pages_are_the_sections_that_ask_something() -> None:
    assert keys(pages_asked(STORY, {})) == ["a", "c"]
    assert keys(pages_asked(STORY, {"q1": "yes"})) == ["a", "b", "c", "d"]
    assert keys(pages_asked(STORY, {"q1": "no", "q4": "x"})) == ["a", "c", "d"]
    assert keys(items_of_page(STORY, "d", {"q1": "yes"})) == ["q5"]
    assert keys(items_of_page(STORY, "b", {})) == []


def test_pages_follow_one_another() -> None:
    yes, no = {"q1": "yes"}, {"q1": "no"}

    assert [key(page_after(STORY, page, yes)) for page in "abcd"] == ["b", "c", "d", None]
    assert [key(page_after(STORY, page, no)) for page in "abcd"] == ["c", "c", None, None]
    assert [key(page_before(STORY, page, yes)) for page in "abcd"] == [None, "a", "b", "c"]
    assert [key(page_before(STORY, page, no)) for page in "abcd"] == [None, "a", "a", "c"]
    with pytest.raises(KeyError):
        page_after(STORY, "e", no)


def test_answers_bring_up_items_of_their_own_page() -> None:
    kept = check_page(STORY, "a", {"q1": "yes"}, {}).kept

    assert keys(newly_asked(STORY, "a", {}, kept)) == ["q2"]
    assert keys(newly_asked(STORY, "a", kept, kept)) == []


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        ({}, "a"),
        ({"q1": "no"}, "c"),
        ({"q1": "yes"}, "b"),
        ({"q1": "yes", "q3": "x"}, "c"),
        ({"q1": "yes", "q4": "x"}, "d"),
        ({"q1": "yes", "q5": "x"}, "c"),
        ({"q4": "x"}, "a"),
        ({"q1": "no", "q4": "x", "q6": "x"}, None),
    ],
)
def test_resuming_goes_on_where_something_is_left(answers: dict[str, Any], page: str | None) -> None:
    assert key(page_to_resume(STORY, answers)) == page


def test_progress_counts_what_is_asked() -> None:
    assert progress(STORY, {}) == Progress(required_done=0, required_total=2, done=0, total=2)
    assert progress(STORY, {"q1": "yes", "q2": "x", "q4": "x"}) == Progress(
        required_done=2, required_total=2, done=3, total=6
    )
    assert progress(STORY, {"q1": "no", "q2": "x"}) == Progress(required_done=1, required_total=2, done=1, total=2)
    assert not progress(STORY, {"q1": "no"}).is_complete
    assert progress(STORY, {"q1": "no", "q4": "x"}).is_complete


@SOME
@given(FORMS, st.data())
def test_whoever_fills_every_page_comes_to_the_end(asked: Form, data: st.DataObject) -> None:
    told = data.draw(filled(asked))
    kept: dict[str, Any] = {}
    page = next(iter(pages_asked(asked, kept)), None)
    visited: list[str] = []

    while page is not None:
        here = {found.key: told[found.key] for found in page.items if found.key in told}
        kept = check_page(asked, page.key, here, kept).kept
        before = page_before(asked, page.key, kept)
        assert key(before) == (visited[-1] if visited else None)
        visited.append(page.key)
        page = page_after(asked, page.key, kept)

    assert kept == told
    assert visited == keys(pages_asked(asked, told))
    assert progress(asked, kept).is_complete
    assert progress(asked, kept).done == len(told)
