from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from luotsi.programmes.formats.comparison import Kind, Maker, changes_between, makers_of, taken_over
from luotsi.programmes.formats.errors import Code, ModelError
from luotsi.programmes.formats.reading import read_model
from tests.factories.model_files import WORDS, model_tree, written
from tests.programmes.formats.test_writing import models

BASE = read_model(written(model_tree()))


def changed(change, **parts):
    """The model after a change to its plain form."""
    tree = model_tree(**parts)
    change(tree)
    return read_model(written(tree))


def told(before, after):
    return [(change.name, change.before, change.after) for change in changes_between(before, after)]


def take(here, new, *names):
    wanted = [change for change in changes_between(here, new) if change.name in names]
    assert len(wanted) == len(names)
    return taken_over(here, wanted, key=new.key, version=new.version)


def test_the_same_differs_in_nothing():
    assert changes_between(BASE, replace(BASE, version=7, key="other")) == ()


def test_every_kind_of_difference_is_told_once_with_both_sides():
    def change(tree):
        tree["name"]["en"] = "Career mentoring in care"
        tree["matching"]["weights"]["skills"] = 7
        tree["phases"][4]["weeks"] = 6
        tree["weeks"] = 34
        tree["feedback"] = [tree["feedback"][1], tree["feedback"][0]]
        tree["questions"].append({"key": "more", "type": "text", "required": False, "text": WORDS})
        tree["enrolment"] = {"interview": True}

    found = told(BASE, changed(change))

    name = {"fi": "Työuramentorointi", "sv": "Yrkeslivsmentorskap", "en": "Career mentoring"}
    change_ = BASE.feedback[2]
    assert found == [
        ("name.changed", name, name | {"en": "Career mentoring in care"}),
        ("enrolment.interview.changed", False, True),
        ("phases.closing.weeks.changed", 4, 6),
        ("questions.more.added", None, {"key": "more", "type": "text", "required": False, "text": WORDS}),
        ("matching.weights.skills.changed", 5, 7),
        (
            "feedback.change.removed",
            {"key": "change", "text": change_.text, "type": "text"},
            None,
        ),
        ("feedback.order", ["met_hopes", "learned"], ["learned", "met_hopes"]),
    ]


def test_part_that_was_not_there_is_told_entry_by_entry():
    new = changed(lambda _: None, competences=[{"key": "a", "name": WORDS}, {"key": "b", "name": WORDS}])

    assert [change.name for change in changes_between(BASE, new)] == ["competences.a.added", "competences.b.added"]


@given(one=models(), other=models())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whoever_takes_everything_has_the_other(one, other):
    found = changes_between(one, other)

    taken = taken_over(one, found, key=other.key, version=other.version)

    assert taken == replace(other, origin=one.origin)


@given(one=models(), other=models())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whoever_takes_nothing_stays(one, other):
    assert taken_over(one, (), key=one.key, version=one.version) == one


def test_only_what_is_chosen_is_taken_and_stands_in_its_place():
    def change(tree):
        tree["version"] = 2
        tree["questions"].insert(1, {"key": "more", "type": "text", "text": WORDS})
        tree["matching"]["floor"] = 4000
        del tree["questions"][-1]

    new = changed(change)

    here = take(BASE, new, "questions.more.added")

    assert [question.key for question in here.questions][:3] == ["languages", "more", "region"]
    assert (here.questions[-1].key, here.matching.floor, here.version) == ("motivation", 3000, 2)


def test_question_without_the_one_it_depends_on_is_refused():
    def change(tree):
        first = {"key": "first", "type": "yes_no", "text": WORDS}
        then = {"key": "then", "type": "text", "text": WORDS, "when": {"question": "first", "is": "yes"}}
        tree["questions"] = [*tree["questions"], first, then]

    new = changed(change)

    with pytest.raises(ModelError) as refused:
        take(BASE, new, "questions.then.added")

    assert [fault.code for fault in refused.value.faults] == [Code.NOT_ALLOWED]
    assert [question.key for question in take(BASE, new, "questions.first.added").questions][-1] == "first"


def test_maker_of_each_difference_is_known_from_the_version_that_both_come_from():
    def here_changed(tree):
        tree["matching"]["floor"] = 4000  # here only
        tree["matching"]["answer_days"] = 5  # here and in the model
        tree["questions"].append({"key": "own_1", "type": "text", "text": WORDS})  # here only
        tree["feedback"][0]["text"]["en"] = "How was it?"  # in both, the same

    def model_changed(tree):
        tree["matching"]["answer_days"] = 7
        tree["sessions"]["minutes"] = 45  # in the model only
        tree["feedback"][0]["text"]["en"] = "How was it?"

    here = changed(here_changed)

    found = changes_between(here, changed(model_changed))

    assert makers_of(found, BASE, here) == {
        "questions.own_1.removed": Maker.HERE,
        "matching.floor.changed": Maker.HERE,
        "matching.answer_days.changed": Maker.BOTH,
        "sessions.minutes.changed": Maker.MODEL,
    }
    assert set(makers_of(found, None, here).values()) == {Maker.UNKNOWN}


def test_kinds_are_done_in_an_order_in_which_all_can_be_done():
    assert list(Kind) == [Kind.REMOVED, Kind.ADDED, Kind.ORDER, Kind.CHANGED]
