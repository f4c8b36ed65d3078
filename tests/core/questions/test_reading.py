"""What is wrong with a description is told all at once, each with its place."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from luotsi.core.questions.documents import read_yaml
from luotsi.core.questions.faults import FormError, FormFaultCode
from luotsi.core.questions.reading import check_form, read_form
from luotsi.core.questions.values import Day, Purpose, Scale
from luotsi.core.questions.writing import write_form
from tests.core.questions.forms import ONE_OF_EACH, choices, form, item, one, plain, section, texts

YAML = """
key: short
version: 1
name: {fi: Lyhyt, sv: Kort, en: Short}
sections:
  - key: a
    items:
      - {key: q01, type: choice, text: {fi: Onko}, choices: [{key: yes, text: {fi: On, en: Yes}}, {key: no, text: {fi: Ei}}]}
      - {key: q02, type: date, earliest: 2026-01-31, text: {fi: Milloin}, when: {item: q01, is: yes}}
"""


def faults_of(*sections: Any, **own: Any) -> list[str]:
    return [str(fault) for fault in check_form(plain(*sections, **own))[1]]


def test_form_has_what_its_description_says() -> None:
    read = form(section("a", *ONE_OF_EACH[:3]), section("b", *ONE_OF_EACH[3:], title=texts("B")))

    number, times = read.item("number"), read.item("times")
    assert [found.key for found in read.items] == [
        "scale",
        "choice",
        "many",
        "text",
        "ranking",
        "number",
        "date",
        "times",
    ]
    assert (read.key, read.version, read.purpose) == ("pulse", 1, Purpose.PULSE)
    assert read.item("scale").scale == read.scales[0]
    assert (number.lowest, number.highest, number.decimals) == (Decimal(-1), Decimal("40.5"), 1)
    assert (times.days, times.offered) == (
        (Day.MONDAY, Day.FRIDAY),
        ("mon.am", "mon.pm", "fri.am", "fri.pm"),
    )
    assert read.item("date").latest == date(2026, 12, 31)
    assert read.items_of("trust") == (read.item("scale"),)
    assert read.section("b").title == {"fi": "B fi", "sv": "B sv", "en": "B en"}


def test_scale_knows_its_ends_its_other_side_and_its_agreeing() -> None:
    scale = form(section("a", item("q"))).scales[0]

    assert (scale.lowest, scale.highest, list(scale.values)) == (1, 5, [1, 2, 3, 4, 5])
    assert [scale.turned(value) for value in scale.values] == [5, 4, 3, 2, 1]
    assert [scale.is_agreeing(value) for value in scale.values] == [False, False, False, True, True]
    assert not Scale(key="bare", points=scale.points).is_agreeing(5)


def test_scales_stand_in_the_order_of_their_keys_since_a_database_may_change_it() -> None:
    scale = plain()["scales"]["agreement"]

    assert form(section("a", item("q")), scales={"b": scale, "a": scale}) == form(
        section("a", item("q")), scales={"a": scale, "b": scale}
    )


def test_languages_are_those_of_every_text() -> None:
    whole = form(section("a", *ONE_OF_EACH))
    lacking = form(section("a", item("q", help={"fi": "Apua", "sv": " "}, unit=None)), intro={"fi": "Hei", "en": "Hi"})

    assert whole.languages == ("fi", "sv", "en")
    assert lacking.languages == ("fi",)
    assert (lacking.is_complete_in("fi"), lacking.is_complete_in("en")) == (True, False)


def test_texts_are_trimmed_and_blank_ones_left_out() -> None:
    assert one("text", text={"fi": " Rivi\r\ntoinen ", "sv": "  "}).text == {"fi": "Rivi\ntoinen"}


def test_every_fault_is_told_with_its_place() -> None:
    told = faults_of(
        section("a", item("q1"), item("q2", "scale", scale="x"), item("Q", "choices")),
        section("a", item("q1", when={"item": "q4", "answered": True}), item("q4"), "no item", title=3),
        version=0,
        name={"de": "Puls"},
        minutes="5",
        colour="red",
    )

    assert told == [
        "colour: is not known here",
        "minutes: is a whole number",
        "name.de: is not known here",
        "sections[0].items[1].scale: the scale x is not described",
        "sections[0].items[2].key: begins with a small letter and goes on with small letters, digits, _ and -, 60 at most",
        "sections[0].items[2].type: choices is none of scale, choice, text, ranking, number, date, availability",
        "sections[1].items[0].key: q1 is there already",
        "sections[1].items[0].when: names q4, which comes later",
        "sections[1].items[2]: holds names with their values",
        "sections[1].items[2].key: is missing",
        "sections[1].items[2].text: is missing",
        "sections[1].items[2].type: is missing",
        "sections[1].key: a is there already",
        "sections[1].title: holds names with their values",
        "version: lies from 1 to 10000",
    ]


@pytest.mark.parametrize(
    ("kind", "own", "place", "code"),
    [
        ("scale", {}, "scale", FormFaultCode.MISSING),
        ("scale", {"scale": "agreement", "dimension": "x"}, "dimension", FormFaultCode.NO_SUCH_DIMENSION),
        ("scale", {"scale": "agreement", "reversed": "yes"}, "reversed", FormFaultCode.NOT_YES_OR_NO),
        ("scale", {"scale": "agreement", "lines": 2}, "lines", FormFaultCode.NOT_FOR_TYPE),
        ("choice", {}, "choices", FormFaultCode.MISSING),
        ("choice", {"choices": choices("a")}, "choices", FormFaultCode.WRONG_COUNT),
        ("choice", {"choices": choices(*(f"c{at}" for at in range(61)))}, "choices", FormFaultCode.WRONG_COUNT),
        ("choice", {"choices": choices("a", "a")}, "choices[1].key", FormFaultCode.REPEATED),
        ("choice", {"choices": choices("a", "b"), "most": 1}, "most", FormFaultCode.NEEDS_MANY),
        ("choice", {"choices": choices("a", "b"), "many": True, "most": 3}, "most", FormFaultCode.OUT_OF_RANGE),
        ("ranking", {"choices": choices("a", "b"), "many": True}, "many", FormFaultCode.NOT_FOR_TYPE),
        ("number", {"lowest": 2, "highest": 1}, "highest", FormFaultCode.CROSSED),
        ("number", {"lowest": "0.5"}, "lowest", FormFaultCode.TOO_MANY_DECIMALS),
        ("number", {"lowest": "1e3"}, "lowest", FormFaultCode.NOT_A_NUMBER),
        ("number", {"highest": 10**13}, "highest", FormFaultCode.OUT_OF_RANGE),
        ("date", {"earliest": "2026-02-30"}, "earliest", FormFaultCode.NOT_A_DATE),
        ("date", {"earliest": "2026-02-02", "latest": "2026-02-01"}, "latest", FormFaultCode.CROSSED),
        ("text", {"longest": 20_001}, "longest", FormFaultCode.OUT_OF_RANGE),
        ("text", {"help": {"fi": "a\0"}}, "help.fi", FormFaultCode.UNCLEAN_TEXT),
        ("text", {"help": {"fi": "a\ud800"}}, "help.fi", FormFaultCode.UNCLEAN_TEXT),
        ("text", {"help": {"fi": "a" * 4_001}}, "help.fi", FormFaultCode.TOO_LONG),
        ("text", {"help": {"fi": True}}, "help.fi", FormFaultCode.NOT_A_TEXT),
        ("availability", {"days": ["mon"]}, "slots", FormFaultCode.MISSING),
        ("availability", {"days": ["mon", "mon"], "slots": choices("am")}, "days[1]", FormFaultCode.REPEATED),
        ("availability", {"days": ["ma"], "slots": choices("am")}, "days[0]", FormFaultCode.NOT_ALLOWED),
    ],
)
def test_item_is_refused_for(kind: str, own: dict[str, Any], place: str, code: FormFaultCode) -> None:
    _, faults = check_form(plain(section("a", item("q", kind, **own))))

    assert [(fault.place, fault.code) for fault in faults] == [(f"sections[0].items[0].{place}", code)]


@pytest.mark.parametrize(
    ("condition", "place", "code"),
    [
        ({"item": "choice", "is": "maybe"}, ".is", FormFaultCode.NOT_OFFERED),
        ({"item": "choice", "at_least": 1}, ".at_least", FormFaultCode.UNFIT_TEST),
        ({"item": "many", "is": "a"}, ".is", FormFaultCode.UNFIT_TEST),
        ({"item": "many", "holds": "d"}, ".holds", FormFaultCode.NOT_OFFERED),
        ({"item": "scale", "at_most": 6}, ".at_most", FormFaultCode.NOT_OFFERED),
        ({"item": "scale", "one_of": [1, "2"]}, ".one_of[1]", FormFaultCode.NOT_OFFERED),
        ({"item": "scale", "one_of": []}, ".one_of", FormFaultCode.WRONG_COUNT),
        ({"item": "text", "is": "a"}, ".is", FormFaultCode.UNFIT_TEST),
        ({"item": "text", "answered": 1}, ".answered", FormFaultCode.NOT_YES_OR_NO),
        ({"item": "times", "holds": "mon.night"}, ".holds", FormFaultCode.NOT_OFFERED),
        ({"item": "number", "is": "a"}, ".is", FormFaultCode.NOT_A_NUMBER),
        ({"item": "date", "at_least": "1.1.2026"}, ".at_least", FormFaultCode.NOT_A_DATE),
        ({"item": "q", "answered": True}, "", FormFaultCode.NAMES_ITSELF),
        ({"item": "later", "answered": True}, "", FormFaultCode.COMES_LATER),
        ({"item": "nowhere", "answered": True}, "", FormFaultCode.NO_SUCH_ITEM),
        ({"item": "choice"}, "", FormFaultCode.NOT_ONE_TEST),
        ({"item": "scale", "at_least": 1, "at_most": 2}, "", FormFaultCode.NOT_ONE_TEST),
        ({"all": [], "any": []}, "", FormFaultCode.NOT_ONE_TEST),
        ({"all": []}, ".all", FormFaultCode.WRONG_COUNT),
        ({"any": [{"item": "choice", "is": "yes"}, {"not": {"item": "later", "is": "yes"}}]}, ".any[1].not", FormFaultCode.COMES_LATER),
        ("q01 = yes", "", FormFaultCode.NOT_A_MAPPING),
    ],
)  # fmt: skip
def test_condition_is_refused_for(condition: Any, place: str, code: FormFaultCode) -> None:
    described = plain(section("a", *ONE_OF_EACH, item("q", when=condition), item("later")))

    _, faults = check_form(described)

    assert [(fault.place, fault.code) for fault in faults] == [(f"sections[0].items[8].when{place}", code)]


def test_condition_of_a_section_speaks_of_earlier_sections() -> None:
    asks_itself = section("b", item("q"), when={"item": "q", "answered": True})

    assert faults_of(section("a", item("p")), asks_itself) == ["sections[1].when: names q, which comes later"]
    assert faults_of(section("a", item("p")), section("b", item("q"), when={"item": "p", "answered": True})) == []


def test_fault_of_an_item_is_told_once_and_not_again_where_conditions_speak_of_it() -> None:
    broken = item("p", "scale", scale="x")

    assert faults_of(section("a", broken, item("q", when={"item": "p", "at_least": 4}))) == [
        "sections[0].items[0].scale: the scale x is not described"
    ]


def test_choice_with_a_fault_brings_no_fault_to_the_conditions_that_name_it() -> None:
    single = item("p", "choice", choices=choices("a"))

    assert faults_of(section("a", single, item("q", when={"item": "p", "is": "b"}))) == [
        "sections[0].items[0].choices: there are from 2 to 60 of them, not 1"
    ]


def test_all_and_any_of_one_part_are_that_part() -> None:
    part = {"item": "p", "answered": True}
    wrapped = {"all": [{"any": [part]}]}

    assert form(section("a", item("p"), item("q", when=wrapped))) == form(section("a", item("p"), item("q", when=part)))


def test_eight_levels_of_a_condition_are_read_and_nine_refused() -> None:
    def nested(depth: int) -> Any:
        condition: Any = {"item": "p", "answered": True}
        for _ in range(depth):
            condition = {"not": condition}
        return section("a", item("p"), item("q", when=condition))

    assert faults_of(nested(8)) == []
    assert faults_of(nested(9)) == ["sections[0].items[1].when" + ".not" * 8 + ": is nested deeper than 8 levels"]


def test_points_of_a_scale_rise_by_one() -> None:
    points = [{"value": value, "text": texts("x")} for value in (1, 2, 4, 4)]

    assert faults_of(section("a", item("q")), scales={"s": {"points": points, "agrees_from": 9}, "T": {}}) == [
        "scales: begins with a small letter and goes on with small letters, digits, _ and -, 60 at most",
        "scales.s.points[2].value: is one more than the point before it",
        "scales.s.points[3].value: is one more than the point before it",
    ]


def test_file_takes_bare_words_as_words() -> None:
    read = read_yaml(YAML)

    assert read.item("q01").offered == ("yes", "no")
    assert read.item("q01").choices[0].text == {"fi": "On", "en": "Yes"}
    assert read.item("q02").earliest == date(2026, 1, 31)
    assert read.languages == ("fi",)
    assert read_form(write_form(read)) == read


def test_plain_yaml_makes_the_same_form_once_its_texts_are_quoted() -> None:
    with pytest.raises(FormError) as refused:
        read_form(yaml.safe_load(YAML))
    quoted = YAML.replace("Yes", "'Yes'").replace("fi: On,", "fi: 'On',")

    assert [fault.place for fault in refused.value.faults] == [
        "sections[0].items[0].choices[0].text.en",
        "sections[0].items[0].choices[0].text.fi",
    ]
    assert read_form(yaml.safe_load(quoted)) == read_yaml(quoted)


def test_file_that_is_no_yaml_says_in_which_line() -> None:
    with pytest.raises(FormError, match="is no YAML, from line 2 on"):
        read_yaml("key: a\n  b: [\n")


def test_error_says_everything() -> None:
    with pytest.raises(FormError) as refused:
        read_form({"key": "a", "sections": []})

    assert str(refused.value) == (
        "name: is missing; sections: there are from 1 to 100 of them, not 0; version: is missing"
    )
