"""Text in three languages, and what stands in for what is missing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.core.texts import Shown, TranslatedText, TranslatedTextField, check_translated


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        ({"fi": "Lamppu", "sv": "Lampa", "en": "Lamp"}, "sv", ("Lampa", "sv", False)),
        ({"fi": "Lamppu", "en": "Lamp"}, "sv", ("Lamp", "en", True)),
        ({"fi": "Lamppu"}, "sv", ("Lamppu", "fi", True)),
        ({"sv": "Lampa"}, "fi", ("Lampa", "sv", True)),
        ({"sv": "Lampa", "en": "Lamp"}, "fi", ("Lamp", "en", True)),
        ({"sv": "Lampa", "fi": "Lamppu"}, "en", ("Lamppu", "fi", True)),
        ({"fi": "", "sv": "Lampa"}, "fi", ("Lampa", "sv", True)),
        ({"en": "Lamp"}, "en-gb", ("Lamp", "en", False)),
        ({"en": "Lamp"}, "de", ("Lamp", "en", True)),
        ({}, "fi", ("", "fi", False)),
    ],
)
def test_text_is_shown_in_the_nearest_language(texts: dict[str, str], language: str, shown: tuple) -> None:
    text, found_language, is_fallback = shown

    assert TranslatedText(texts).shown(language) == Shown(text=text, language=found_language, is_fallback=is_fallback)


def test_text_follows_the_active_language() -> None:
    text = TranslatedText({"fi": "Lamppu", "sv": "Lampa"})

    with translation.override("sv"):
        assert str(text) == "Lampa"
    with translation.override("fi"):
        assert str(text) == "Lamppu"
    with translation.override(None):
        assert str(text) == "Lamppu"


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["fi", "sv", "en"]), st.text(max_size=5)), st.sampled_from(["fi", "sv", "en", "de"])
)
def test_shown_text_is_one_of_those_given_and_never_empty_when_there_is_one(texts, language) -> None:
    shown = TranslatedText(texts).shown(language)

    assert shown.text == texts.get(shown.language, "")
    assert bool(shown.text) == any(texts.values())
    assert shown.is_fallback == (shown.language != language)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "Lamppu",
        {},
        {"fi": ""},
        {"fi": " \n"},
        {"de": "Lampe"},
        {"fi": "Lamppu", "de": "Lampe"},
        {"fi": 7},
        {"fi": "Lam\x00ppu"},
        {"fi": "Lam\ud83dppu"},
    ],
)
def test_what_is_no_translated_text_is_refused(value) -> None:
    with pytest.raises(ValidationError):
        check_translated(value)


@pytest.mark.parametrize("value", [{"fi": "Lamppu"}, {"fi": "", "sv": "Lampa"}, TranslatedText({"en": "Lamp"})])
def test_one_language_is_enough(value) -> None:
    check_translated(value)


def test_texts_with_the_same_words_are_the_same_value() -> None:
    one, other = TranslatedText({"fi": "a", "sv": "b"}), TranslatedText({"sv": "b", "fi": "a"})

    assert one == other
    assert hash(one) == hash(other)


def test_field_gives_translated_text() -> None:
    field = TranslatedTextField()

    given_text = field.clean({"fi": "Lamppu"}, None)

    assert type(given_text) is TranslatedText
    assert given_text == {"fi": "Lamppu"}
