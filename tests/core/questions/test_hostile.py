"""Whatever comes in, a form or all that is wrong with it comes out."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.questions.answers import Fault, check_answers, check_page
from luotsi.core.questions.choice_cells import read_choice_cells
from luotsi.core.questions.condition_texts import ConditionTextError, read_condition_text
from luotsi.core.questions.documents import read_yaml
from luotsi.core.questions.faults import FormError, FormFaultCode
from luotsi.core.questions.posting import answers_from_posted
from luotsi.core.questions.reading import check_form, read_form
from luotsi.core.questions.table_columns import COLUMNS
from luotsi.core.questions.tables import TableFormError, read_rows
from luotsi.core.questions.values import Form
from tests.core.questions.forms import ANY_JSON, FORMS, SOME, filled, form, item, plain, plain_forms, section

CELLS = st.text(max_size=6) | st.sampled_from(
    ["scale", "choice", "form", "points", "section", "q", "q = a", "a=X|b=Y", "x", "1", "mon,tue", "2026-01-01", "", ""]
)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for key, part in inner for found in _places(part, (*place, key)))]


def _is_read_or_refused(read: Callable[[Any], Form], value: Any) -> bool:
    try:
        return bool(read(value).sections)
    except (FormError, TableFormError) as refused:
        return bool(refused.faults) and all(str(fault) for fault in refused.faults)


@given(ANY_JSON)
def test_any_json_is_a_form_or_refused(value: Any) -> None:
    read, faults = check_form(value)

    assert (read is None) is bool(faults)
    assert all(str(fault) for fault in faults)


@SOME
@given(plain_forms(), ANY_JSON, st.data())
def test_form_with_anything_in_any_place_is_a_form_or_refused(described: Any, value: Any, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(_places(described)[1:]))
    changed = copy.deepcopy(described)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    if data.draw(st.booleans()):
        holder[place[-1]] = value
    else:
        del holder[place[-1]]

    read, faults = check_form(changed)

    assert (read is None) is bool(faults)
    assert all(str(fault) for fault in faults)


@SOME
@given(st.text() | ANY_JSON.map(json.dumps) | plain_forms().map(json.dumps))
def test_any_file_is_a_form_or_refused(text: str) -> None:
    assert _is_read_or_refused(read_yaml, text)


@given(st.binary())
def test_any_bytes_are_a_form_or_refused(content: bytes) -> None:
    with pytest.raises(FormError):
        read_yaml(content)


@given(st.lists(st.sampled_from(COLUMNS) | CELLS, max_size=8), st.lists(st.lists(CELLS, max_size=9), max_size=4))
def test_any_rows_are_a_form_or_refused(header: list[str], rows: list[list[str]]) -> None:
    assert _is_read_or_refused(lambda table: read_rows(table, plain(section("a", item("q")))), [header, *rows])


@given(st.text() | st.text("q=()'<>, andornti1-.", max_size=30))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        told = read_condition_text(text)
    except ConditionTextError as refused:
        told = {"rest": refused.rest}

    assert told.get("rest", "") in text


@given(st.dictionaries(st.sampled_from(["fi", "sv"]), st.text("ab=|\\ 1", max_size=12)))
def test_any_cell_has_choices(cells: dict[str, str]) -> None:
    assert all(key and languages for key, languages in read_choice_cells(cells))


@SOME
@given(FORMS, st.data())
def test_any_answers_are_kept_or_refused_and_the_kept_are_kept_again(asked: Form, data: st.DataObject) -> None:
    keys = st.sampled_from([one.key for one in asked.items]) | st.text(max_size=3)
    given_answers = data.draw(filled(asked)) | data.draw(st.dictionaries(keys, ANY_JSON))

    checked = check_answers(asked, given_answers)

    again = check_answers(asked, json.loads(json.dumps(checked.kept)))
    assert again.kept == checked.kept
    assert set(again.faults.values()) <= {Fault.MISSING}
    assert set(checked.kept).isdisjoint(checked.faults)


@SOME
@given(FORMS, st.data())
def test_any_post_is_kept_or_refused(asked: Form, data: st.DataObject) -> None:
    offered = [value for one in asked.items for value in one.offered]
    values = st.text(st.characters(codec=None), max_size=5) | st.sampled_from(
        [*offered, "1", "a:1", "2,5", "1.2.2026", ""]
    )
    keys = st.sampled_from([one.key for one in asked.items])
    posted = data.draw(st.dictionaries(keys | st.text(max_size=3), st.lists(values, max_size=3)))
    page = data.draw(st.sampled_from(asked.sections))

    checked = check_page(asked, page.key, answers_from_posted(page.items, posted), {})

    assert check_answers(asked, checked.kept).kept == checked.kept
    assert set(checked.faults) <= {one.key for one in page.items}
    assert Fault.NOT_ASKED not in checked.faults.values()


def test_deep_nesting_is_refused() -> None:
    deep: Any = {"item": "p", "answered": True}
    for _ in range(100_000):
        deep = {"not": deep}
    lists: Any = []
    for _ in range(100_000):
        lists = [lists]

    read, faults = check_form(plain(section("a", item("p"), item("q", when=deep), item("r", help=lists))))

    assert read is None
    assert [(fault.place, fault.code) for fault in faults] == [
        ("sections[0].items[1].when" + ".not" * 8, FormFaultCode.TOO_DEEP),
        ("sections[0].items[2].help", FormFaultCode.NOT_A_MAPPING),
    ]
    with pytest.raises(FormError, match="is nested deeper than 60 levels"):
        read_yaml("[" * 100_000)
    with pytest.raises(ConditionTextError):
        read_condition_text("(" * 2_000 + "q answered")


def test_condition_that_grows_out_of_shared_parts_is_refused() -> None:
    part: Any = {"item": "p", "answered": True}
    for _ in range(8):
        part = {"all": [part] * 60}

    _, faults = check_form(plain(section("a", item("p"), item("q", when=part))))

    assert [fault.code for fault in faults] == [FormFaultCode.TOO_MANY_TESTS]


def test_aliases_and_repeated_keys_in_a_file_are_refused() -> None:
    with pytest.raises(FormError) as alias:
        read_yaml("key: &a x\nname: *a\n")
    with pytest.raises(FormError) as repeated:
        read_yaml("key: x\nversion: 1\nkey: y\n")

    assert [str(fault) for fault in alias.value.faults] == [
        "form: refers to another place, in line 1; write it out instead"
    ]
    assert str(repeated.value.faults[0]) == "line 3: key is there already"


@pytest.mark.parametrize(
    "text", ["a: 1" * 300_000, "a: " + "9" * 5_000, "a: !!python/object:os.x 1", "? {a: b}\n: 1", "\t"]
)
def test_file_that_is_no_form_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        read_yaml(text)


def test_form_of_the_largest_size_is_read_and_one_item_more_is_refused() -> None:
    def sized(count: int) -> dict[str, Any]:
        return plain(
            section("a", *(item(f"p{at}") for at in range(150))), section("b", *(item(f"q{at}") for at in range(count)))
        )

    read, faults = check_form(sized(151))

    assert len(read_form(sized(150)).items) == 300
    assert read is None
    assert [str(fault) for fault in faults] == ["sections: a form has 300 items at most"]


def test_huge_numbers_are_refused() -> None:
    described = plain(section("a", item("q", "number", lowest=10**5_000, highest=float("inf"), decimals=-(10**5_000))))
    asked = form(section("a", item("q", "number"), item("s", "scale", scale="agreement")))

    assert check_form(described)[0] is None
    assert check_answers(asked, {"q": 10**5_000, "s": 10**5_000}).faults == {
        "q": Fault.TOO_LARGE,
        "s": Fault.NOT_ON_SCALE,
    }
