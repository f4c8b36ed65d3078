"""Going through any shipped form with any answers: nothing is asked twice, left out, or lost."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import yaml
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.answers import check_answers, items_asked
from luotsi.core.questions.reading import read_form
from luotsi.core.questions.values import Kind
from luotsi.surveys.formats.pages import MOST_ITEMS, page_to_go_on, pages_of
from luotsi.surveys.formats.walking import BACK, NEXT, step
from luotsi.surveys.services.instruments import SHIPPED

if TYPE_CHECKING:
    from luotsi.core.questions.values import Form, Item


@cache
def shipped() -> tuple[Form, ...]:
    return tuple(read_form(yaml.safe_load(path.read_text())) for path in sorted(SHIPPED.glob("*.yaml")))


def answer_to(item: Item) -> st.SearchStrategy[object]:
    """An answer that fits, or none."""
    if item.kind is Kind.SCALE and item.scale:
        return st.one_of(st.none(), st.sampled_from(list(item.scale.values)))
    if item.kind is Kind.CHOICE and not item.is_many:
        return st.one_of(st.none(), st.sampled_from(item.offered))
    return st.just("7" if item.kind is Kind.NUMBER else None) if item.kind is not Kind.TEXT else st.just("Words.")


@st.composite
def answered(draw: st.DrawFn) -> tuple[Form, dict[str, object]]:
    form = draw(st.sampled_from(shipped()))
    given_ = {item.key: draw(answer_to(item)) for item in form.items}
    return form, {key: answer for key, answer in given_.items() if answer is not None}


@given(answered())
def test_every_item_that_is_asked_stands_on_one_page_and_pages_are_short(case: tuple[Form, dict[str, object]]) -> None:
    form, raw = case
    kept = check_answers(form, raw).kept

    pages = pages_of(form, kept)

    assert [item for page in pages for item in page.items] == list(items_asked(form, kept))
    assert all(0 < len(page.items) <= MOST_ITEMS for page in pages)
    assert [page.place for page in pages] == list(range(1, len(pages) + 1))


@given(answered())
def test_whoever_answers_page_by_page_comes_to_the_end_and_back(case: tuple[Form, dict[str, object]]) -> None:
    form, raw = case
    page = pages_of(form, {})[0]
    so_far: dict[str, object] = {}
    stepped = None
    for _ in range(200):
        so_far |= {item.key: raw[item.key] for item in page.items if item.key in raw}
        stepped = step(form, so_far, sent=page.key, shown=page.keys, to=NEXT)
        if stepped.faults or stepped.page is None:
            break
        page = stepped.page

    assert stepped is not None
    wanted = check_answers(form, raw)
    if not stepped.faults:
        assert stepped.page is None
        assert stepped.answers == wanted.kept
        assert page_to_go_on(pages_of(form, wanted.kept), wanted.kept) is None or len(wanted.kept) < len(form.items)
        back = step(form, so_far, sent="", shown=(), to=BACK)
        assert back.page is not None
        assert back.page.place == back.page.total
