import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.core.words.keys import search_key
from luotsi.core.words.lemmas import LANGUAGES, LONGEST_WORD, forms, lemmas, telling, words_of

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
languages = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ongelmien", "fi", ["ongelma"]),
        ("ongelmanratkaisussa", "fi", ["ongelmanratkaisu"]),
        ("ongelmanratkaisutaidot", "fi", ["ongelmanratkaisutaito"]),
        ("perehdyttämistä", "fi", ["perehdyttäminen"]),
        ("Palautteen antaminen", "fi", ["palaute", "antaminen"]),
        ("vuorovaikutustaitoja", "fi", ["vuorovaikutustaito"]),
        ("työelämätaidoissa", "fi", ["työelämätaito"]),
        ("asiakaspalvelun", "fi", ["asiakaspalvelu"]),
        ("työpaikkaohjaajien", "fi", ["työpaikkaohjaaja"]),
        ("lähihoitajia", "fi", ["lähihoitaja"]),
        ("digitaitoja", "fi", ["digitaito"]),
        ("TIG-hitsausta", "fi", ["tig", "hitsaus"]),
        ("IT-taidot", "fi", ["it", "taito"]),
        ("handledningen", "sv", ["handledning"]),
        ("arbetslivsfärdigheter", "sv", ["arbetslivsfärdighet"]),
        ("arbetsplatshandledarnas", "sv", ["arbetsplatshandledare"]),
        ("livsmedelshygienen", "sv", ["livsmedelshygien"]),
        ("kundbetjäningen", "sv", ["kundbetjäning"]),
        ("communicating", "en", ["communicate"]),
        ("problem-solving skills", "en", ["problem", "solve", "skill"]),
        ("welders", "en", ["welder"]),
    ],
)
def test_a_word_is_known_by_its_basic_form(text, language, expected):
    assert lemmas(text, language) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hitsauksesta", "hitsausta"),
        ("vuorovaikutustaidot", "vuorovaikutustaidoissa"),
        ("työelämätaito", "työelämätaitojen"),
        ("asiakaspalveluun", "asiakaspalvelussa"),
        ("kylmälaitteiden", "kylmälaitteita"),
    ],
)
def test_two_forms_of_a_word_meet(one, other):
    assert lemmas(one, "fi") == lemmas(other, "fi")


def test_a_word_that_ones_own_language_does_not_know_is_looked_for_in_the_others():
    assert lemmas("handledningen", "fi") == ["handledning"]
    assert lemmas("perehdyttämistä", "sv") == ["perehdyttäminen"]
    assert lemmas("communicating", "fi") == ["communicate"]
    assert lemmas("arbetslivsfärdigheter", "fi") == ["arbetslivsfärdighet"]
    assert lemmas("communicating", "de") == ["communicate"]


def test_a_word_that_nobody_knows_stays():
    assert lemmas("Qwrtplk", "en") == ["qwrtplk"]
    assert lemmas("", "fi") == []
    assert lemmas("– ! …", "fi") == []


def test_each_word_comes_once_in_its_order():
    assert lemmas("hitsaus ja hitsauksen hitsaaja", "fi") == ["hitsaus", "ja", "hitsaaja"]


def test_compounds_are_found_by_their_parts():
    assert forms("työelämätaidot", "fi") == ["työelämätaidot", "työelämätaito", "työelämä", "taito"]
    assert forms("asiakaspalvelun", "fi") == ["asiakaspalvelun", "asiakaspalvelu", "asiakas", "palvelu"]
    assert forms("arbetslivsfärdigheter", "sv") == [
        "arbetslivsfärdigheter", "arbetslivsfärdighet", "arbetsliv", "färdighet",
    ]  # fmt: skip
    assert forms("rakennus", "fi") == ["rakennus"]
    assert forms("problem solving", "en") == ["problem", "solving", "solve"]


@pytest.mark.parametrize(
    ("doing", "verb"),
    [("antaminen", "antaa"), ("ohjaamista", "ohjata"), ("perehdyttämisessä", "perehdyttää"), ("lukeminen", "lukea")],
)
def test_a_doing_is_found_by_its_verb(doing, verb):
    assert forms(doing, "fi")[-1] == verb


def test_what_only_looks_like_a_doing_has_no_verb():
    assert forms("Qwrtminen", "fi")[-1] == "qwrtminen"


def test_little_words_say_nothing_unless_they_are_all_there_is():
    assert telling("palautteen antaminen ja vastaanottaminen", "fi") == ["palaute", "antaminen", "vastaanottaminen"]
    assert telling("meillä on", "fi") == lemmas("meillä on", "fi")


@given(texts, languages)
@settings(deadline=None)
def test_a_word_is_a_key_and_not_longer_than_its_column(text, language):
    for word in forms(text, language):
        assert 0 < len(word) <= LONGEST_WORD
        assert word == search_key(word)
        assert " " not in word


@given(texts, languages)
@settings(deadline=None)
def test_a_text_is_found_under_its_own_words_and_their_basic_forms(text, language):
    found = forms(text, language)
    assert set(words_of(text)) <= set(found)
    assert set(lemmas(text, language)) <= set(found)
    assert len(found) == len(set(found))


@given(st.text("aklsitouy", min_size=100, max_size=300))
@settings(deadline=None, max_examples=20)
def test_no_word_takes_long(text):
    before = time.process_time()
    forms(text, "fi")
    assert time.process_time() - before < 5
