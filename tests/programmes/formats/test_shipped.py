"""What comes with the product is complete: three languages everywhere, and words that others know by the same keys."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml

from luotsi.insight.enums import Indicator
from luotsi.matching.solver.values import Criterion, Rule, Weights
from luotsi.programmes.formats.shipped import read_shipped, shipped_models, shipped_source
from luotsi.programmes.formats.values import (
    AGREEMENT_SECTIONS,
    CRITERIA,
    FULL_MARKS,
    LANGUAGES,
    IndicatorName,
    QuestionType,
    RoleKey,
    RuleName,
)

# Words that are truly the same in two of the languages.
SAME_IN_TWO = {"mentor"}


def texts_in(value, path=""):
    """Every text by language in a value, with where it stands."""
    if isinstance(value, dict) and set(value) <= set(LANGUAGES) and value:
        yield path, value
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from texts_in(each, f"{path}[{number}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name), f"{path}.{field.name}")


def test_career_mentoring_is_shipped_and_nothing_else_can_be_had():
    assert "career-mentoring" in shipped_models()
    for key in ("", "other", "../shipped/career-mentoring", "career-mentoring.yaml"):
        with pytest.raises(KeyError):
            read_shipped(key)


@pytest.mark.parametrize("key", shipped_models())
def test_file_is_called_as_its_key(key):
    assert read_shipped(key).key == key


@pytest.mark.parametrize("key", shipped_models())
def test_every_text_has_three_languages(key):
    found = dict(texts_in(read_shipped(key)))

    assert len(found) > 50
    assert {path: set(text) for path, text in found.items() if set(text) != set(LANGUAGES)} == {}


@pytest.mark.parametrize("key", shipped_models())
def test_no_text_is_a_copy_of_another_language(key):
    copies = {
        path: text
        for path, text in texts_in(read_shipped(key))
        if len({words.casefold() for words in text.values()}) < len(LANGUAGES) and not SAME_IN_TWO & set(text.values())
    }

    assert copies == {}


@pytest.mark.parametrize("key", shipped_models())
def test_languages_say_the_same_number_of_things(key):
    """A sentence forgotten in one language shows in the length."""
    uneven = {
        path: {language: len(words) for language, words in text.items()}
        for path, text in texts_in(read_shipped(key))
        if max(map(len, text.values())) > 60 and min(map(len, text.values())) < 0.7 * max(map(len, text.values()))
    }

    assert uneven == {}


@pytest.mark.parametrize("key", shipped_models())
def test_words_are_those_of_the_glossary(key):
    said = {
        language: " ".join(text[language] for _, text in texts_in(read_shipped(key))).casefold()
        for language in LANGUAGES
    }

    wrong = {
        "fi": ["esimies", "esimiehe", "mentee", "adept"],
        "sv": ["mentee", "feedback", "mentorskapskontrakt", "chefskap", "mentoroitav"],
        "en": ["adept", "protégé", "aktor"],
    }
    assert [word for language, words in wrong.items() for word in words if word in said[language]] == []


def test_career_mentoring_has_all_that_a_programme_needs():
    model = read_shipped("career-mentoring")

    assert model.role(RoleKey.MENTEE).one == {"fi": "mentoroitava", "sv": "adept", "en": "mentee"}
    assert [section.key for section in model.agreement] == list(AGREEMENT_SECTIONS)
    assert len(model.feedback) == 3
    assert 6 <= model.sessions.planned <= 10
    meeting_weeks = sum(phase.weeks for phase in model.phases if phase.key in {"beginning", "working", "closing"})
    assert 26 <= meeting_weeks <= 52
    assert model.sessions.planned * model.sessions.every_weeks <= meeting_weeks
    kinds = {question.key: question.type for question in model.questions}
    assert (kinds["needs"], kinds["offers"]) == (QuestionType.SKILLS, QuestionType.SKILLS)
    assert model.answer_days == 3


def test_agenda_names_tools_that_the_library_has():
    library = Path(__file__).resolve().parents[3] / "src" / "luotsi" / "library" / "shipped"
    tools = {yaml.safe_load(file.read_text(encoding="utf-8"))["key"] for file in library.glob("*.yaml")}

    assert set(read_shipped("career-mentoring").sessions.agenda) - tools == set()


def test_rules_and_weights_are_those_that_matching_knows():
    """Models stand below matching and cannot ask it: here the two sets are held together."""
    always = {Rule.FORBIDDEN, Rule.NOT_ONESELF}

    assert {str(name) for name in RuleName} == {str(rule) for rule in set(Rule) - always}
    assert list(CRITERIA) == [str(criterion) for criterion in Criterion]
    assert {field.name for field in fields(Weights)} == {*CRITERIA, *FULL_MARKS}


def test_indicators_are_those_that_insight_counts():
    """Models stand below insight as well."""
    assert [str(name) for name in IndicatorName] == Indicator.values


def test_source_is_the_file_as_it_stands():
    text = shipped_source("career-mentoring")

    assert text.splitlines()[0].startswith("# A programme model of Luotsi.")
