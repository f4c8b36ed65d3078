"""Questions of before the forms are read as forms, and answers to them keep their words."""

from importlib import import_module
from types import SimpleNamespace

from luotsi.core.questions.reading import read_form
from luotsi.journey.handlers import YES_OR_NO, _closing_form
from luotsi.programmes.formats.shipped import read_shipped, shipped_models
from luotsi.web.questions.wording import in_words
from tests.factories.surveys import texts

form_of = import_module("luotsi.surveys.migrations.0003_items_become_forms").form_of

OLD = [
    {"key": "useful", "text": texts("It was useful"), "type": "scale", "required": True, "choices": [],
     "low": texts("not at all"), "high": texts("very much")},
    {"key": "often", "text": texts("We met often"), "type": "scale", "required": True, "choices": [], "low": {}, "high": {}},
    {"key": "again", "text": texts("Again?"), "type": "choice", "required": True, "low": {}, "high": {},
     "choices": [{"key": "yes", "text": texts("Yes")}, {"key": "no", "text": texts("No")}]},
    {"key": "words", "text": texts("Words"), "type": "text", "required": False, "choices": [], "low": {}, "high": {}},
]  # fmt: skip


def kept(items) -> SimpleNamespace:
    return SimpleNamespace(key="career-closing", version=3, name=texts("How did it go?"), items=items)


def test_old_questions_become_a_form_with_scales_of_five_points() -> None:
    form = read_form(form_of(kept(OLD)))

    assert [(item.key, item.kind.value, item.is_required) for item in form.items] == [
        ("useful", "scale", True),
        ("often", "scale", True),
        ("again", "choice", True),
        ("words", "text", False),
    ]
    assert [(scale.lowest, scale.highest, scale.points[0].text["en"]) for scale in form.scales] == [
        (1, 5, "not at all"),
        (1, 5, "1, the least"),
    ]


def test_old_answers_are_read_in_words() -> None:
    form = read_form(form_of(kept(OLD)))

    said = in_words(form, {"useful": 5, "often": 3, "again": "yes", "words": "Thank you."})

    assert [one.answer for one in said] == ["very much", "3 of 5", "Yes", "Thank you."]


def test_the_questions_of_a_running_programme_stay_the_same_version() -> None:
    """What the model asks from now on is what the migration made of what it asked before."""
    for model in map(read_shipped, shipped_models()):
        before = [
            {"key": question.key, "text": question.text, "low": {}, "high": {}, "choices": [],
             "type": "choice" if question.type == "yes_no" else question.type.value,
             "required": question.type != "text"}
            | ({"choices": YES_OR_NO} if question.type == "yes_no" else {})
            for question in model.feedback
        ]  # fmt: skip
        now = _closing_form(model)
        made = read_form(form_of(SimpleNamespace(key=now.key, version=1, name=now.name, items=before)))
        assert made.digest() == now.digest()
