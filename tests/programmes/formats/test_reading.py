"""What is wrong with a model is told all at once, with line and key. One model is what is spoilt here."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.programmes.formats.errors import Code, Fault, ModelError
from luotsi.programmes.formats.fields import LONGEST_TEXT, nearest, tidy
from luotsi.programmes.formats.reading import check_model, read_model
from luotsi.programmes.formats.values import LANGUAGES
from tests.factories.model_files import TEXT


def spoilt(change):
    """The model after a change to its plain form."""
    tree = yaml.safe_load(TEXT)
    change(tree)
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def faults_of(content):
    with pytest.raises(ModelError) as refused:
        read_model(content)
    return [(fault.path, fault.code, dict(fault.facts)) for fault in refused.value.faults]


def put(path, value):
    *way, last = path

    def change(tree):
        for step in way:
            tree = tree[step]
        if value is None:
            del tree[last]
        else:
            tree[last] = value

    return change


def test_line_and_key_point_at_the_very_place():
    text = TEXT.replace("  floor: 3000", "  flor: 3000").replace("answer_days: 3", "answer_days: soon")
    lines = text.splitlines()

    with pytest.raises(ModelError) as refused:
        read_model(text.encode())

    missing, unknown, wrong = refused.value.faults
    assert (missing.path, missing.code, missing.facts) == ("matching", Code.MISSING_KEY, {"key": "floor"})
    allowed = "weights, rules, floor, answer_days, pairing, training_first"
    facts = {"key": "flor", "nearest": "floor", "allowed": allowed}
    assert unknown == Fault(lines.index("  flor: 3000") + 1, "matching.flor", Code.UNKNOWN_KEY, facts)
    where = lines.index("  answer_days: soon") + 1
    assert wrong == Fault(where, "matching.answer_days", Code.WRONG_TYPE, {"expected": "whole number"})


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (["form"], 2, ("form", Code.OUT_OF_RANGE, {"found": 2, "lowest": 1, "highest": 1})),
        (["key"], "Career mentoring", ("key", Code.NOT_A_KEY, {"found": "Career mentoring"})),
        (["key"], "", ("key", Code.EMPTY, {})),
        (["version"], 0, ("version", Code.OUT_OF_RANGE, {"found": 0, "lowest": 1, "highest": 1_000_000})),
        (["version"], 1.5, ("version", Code.WRONG_TYPE, {"expected": "whole number"})),
        (["name"], "Career", ("name", Code.WRONG_TYPE, {"expected": "text by language"})),
        (["name", "fi"], ["x"], ("name.fi", Code.WRONG_TYPE, {"expected": "text"})),
        (["name", "fi"], "a\x07", ("name.fi", Code.UNFIT_CHARACTER, {})),
        (["name", "fi"], "x" * (LONGEST_TEXT + 1), ("name.fi", Code.TOO_LONG, {"longest": LONGEST_TEXT})),
        (["name", "de"], "x", ("name.de", Code.UNKNOWN_KEY, {"key": "de", "nearest": "", "allowed": "fi, sv, en"})),
        (["weeks"], 30, ("weeks", Code.WEEKS_DIFFER, {"found": 30, "wanted": 32})),
        (["roles", "mentor"], None, ("roles", Code.MISSING_KEY, {"key": "mentor"})),
        (["modes"], [], ("modes", Code.WRONG_NUMBER, {"found": 0, "lowest": 1, "highest": 6})),
        (["modes"], ["pair", "pair"], ("modes[1]", Code.REPEATED, {"found": "pair"})),
        (["modes"], "pair", ("modes", Code.WRONG_TYPE, {"expected": "list"})),
        (["phases", 1, "key"], "call", ("phases[1].key", Code.REPEATED, {"found": "call"})),
        (["questions", 0, "required"], "maybe", ("questions[0].required", Code.WRONG_TYPE, {"expected": "yes or no"})),
        (["questions", 3, "choices"], None, ("questions[3]", Code.MISSING_KEY, {"key": "choices"})),
        (
            ["questions", 0, "lowest"],
            1,
            ("questions[0].lowest", Code.UNKNOWN_KEY, {"key": "lowest", "nearest": "", "allowed": ""}),
        ),
        (
            ["questions", 8, "lowest"],
            61,
            ("questions[8].highest", Code.OUT_OF_RANGE, {"found": 60, "lowest": 61, "highest": 1_000_000}),
        ),
        (["matching", "weights"], {"waiting_full": 9}, ("matching.weights", Code.NO_WEIGHT, {})),
        (
            ["matching", "floor"],
            10_001,
            ("matching.floor", Code.OUT_OF_RANGE, {"found": 10_001, "lowest": 0, "highest": 10_000}),
        ),
        (["agreement", 5, "key"], "themes", ("agreement", Code.MISSING_KEY, {"key": "limits"})),
        (["sessions", "planned"], 6, ("sessions.agenda", Code.TOO_MANY_MEETINGS, {"found": 7, "highest": 6})),
        (["feedback"], [], ("feedback", Code.WRONG_NUMBER, {"found": 0, "lowest": 1, "highest": 10})),
        (["leads_to"], ["a", "a"], ("leads_to[1]", Code.REPEATED, {"found": "a"})),
        (["indicators"], None, ("", Code.MISSING_KEY, {"key": "indicators"})),
    ],
)
def test_one_thing_wrong_is_told_alone(path, value, found):
    assert faults_of(spoilt(put(path, value))) == [found]


def test_word_outside_a_closed_set_is_told_with_the_nearest():
    rules = "capacity, minor_needs_vetted, common_language, not_same_organisation, not_same_unit, not_same_line_manager"
    facts = {"found": "common_langage", "nearest": "common_language"}

    found = faults_of(spoilt(put(["matching", "rules", 2], "common_langage")))

    allowed = f"{rules}, region_or_remote, mandatory_skills"
    assert found == [("matching.rules[2]", Code.NOT_ALLOWED, facts | {"allowed": allowed})]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file():
    def change(tree):
        tree["versoin"] = tree.pop("version")
        tree["phases"][0]["weeks"] = "four"
        tree["matching"]["rules"] = ["everything"]
        del tree["sessions"]["minutes"]

    assert [(path, code) for path, code, _ in faults_of(spoilt(change))] == [
        ("", Code.MISSING_KEY),
        ("phases[0].weeks", Code.WRONG_TYPE),
        ("matching.rules[0]", Code.NOT_ALLOWED),
        ("sessions", Code.MISSING_KEY),
        ("versoin", Code.UNKNOWN_KEY),
    ]


def test_language_missing_is_a_fault_of_a_shipped_model_and_a_warning_of_an_own_one():
    content = spoilt(put(["agreement", 0, "title", "sv"], None))

    reading = check_model(content)
    with pytest.raises(ModelError) as refused:
        check_model(content, is_shipped=True)

    (warning,) = reading.warnings
    assert (warning.path, warning.code, warning.facts) == (
        "agreement[0].title",
        Code.LANGUAGE_MISSING,
        {"language": "sv"},
    )
    assert refused.value.faults == (warning,)
    assert reading.model.agreement[0].title == {"fi": "Tarkoitus", "en": "Purpose"}


@pytest.mark.parametrize("empty", [{}, {"fi": ""}, {"fi": None, "sv": "  "}])
def test_text_in_no_language_is_a_fault_for_each(empty):
    found = faults_of(spoilt(put(["name"], empty)))

    assert found == [("name", Code.LANGUAGE_MISSING, {"language": language}) for language in LANGUAGES]


def test_thousands_of_unknown_keys_are_refused_in_a_moment():
    with pytest.raises(ModelError) as refused:
        read_model("\n".join(f"nam{number}: 1" for number in range(15_000)))

    assert len([fault for fault in refused.value.faults if fault.code is Code.UNKNOWN_KEY]) == 20


@pytest.mark.parametrize("content", ["just text", "- a\n- b\n", "1"])
def test_document_that_is_no_table_is_refused(content):
    assert ("", Code.WRONG_TYPE, {"expected": "table"}) in faults_of(content)


def test_text_keeps_paragraphs_and_loses_loose_white_space():
    def change(tree):
        tree["agreement"][0]["text"]["en"] = "  One \n\n\n\n two\tthree  \n"

    model = read_model(spoilt(change))

    assert model.agreement[0].text["en"] == "One\n\ntwo three"


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


def test_nearest_is_near_or_nothing():
    assert nearest("answerdays", ["answer_days", "floor"]) == "answer_days"
    assert nearest("xyz", ["answer_days", "floor"]) == ""


SCRAPS = st.sampled_from(
    ["\n", "  ", "- ", ": ", "key", "fi: ", "[", "]", "{", "}", "|", ">", "&a", "*a", "!!", "'", '"', "#"]
)


@given(st.binary(max_size=100) | st.lists(SCRAPS | st.text(max_size=3), max_size=30).map("".join))
def test_anything_is_read_or_refused(content):
    with pytest.raises(ModelError):
        read_model(content)


@given(drawn=st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_a_model_changed_anywhere_is_read_or_refused(drawn):
    lines = TEXT.splitlines()
    for _ in range(drawn.draw(st.integers(1, 3))):
        place = drawn.draw(st.integers(0, len(lines) - 1))
        longer = lines[place] + drawn.draw(st.text(max_size=10))
        lines[place] = drawn.draw(st.sampled_from(["", longer, *lines]) | SCRAPS)
    try:
        model = read_model("\n".join(lines))
    except ModelError:
        return
    assert model.key
