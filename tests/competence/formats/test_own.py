"""The frameworks that come with the product are whole, and the reader refuses each fault with its place."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.competence.formats import own
from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.own import DEEPEST, LARGEST, read_own
from luotsi.competence.formats.values import LANGUAGES, Counts, FrameworkKind, Scale
from luotsi.core.words.clean import is_clean_text
from tests.competence.formats.samples import sample

SHIPPED = Path(own.__file__).parents[1] / "shipped"
KEYS = ("guiding-at-work", "mentor-skills", "working-life-and-entrepreneurship")
CALM = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# Words that grade without saying what can be seen.
VAGUE = {
    "fi": "hyvin erinomaisesti kiitettävästi monipuolisesti kattavasti vastuullisesti joustavasti sujuvasti "
    "aktiivisesti laajasti itsenäisesti johdonmukaisesti tehokkaasti riittävästi asianmukaisesti säännöllisesti",
    "sv": "bra utmärkt förtjänstfullt mångsidigt omfattande ansvarsfullt smidigt flexibelt aktivt självständigt "
    "konsekvent effektivt tillräckligt ändamålsenligt regelbundet",
    "en": "well excellently thoroughly comprehensively responsibly flexibly smoothly actively broadly independently "
    "consistently effectively sufficiently appropriately properly regularly",
}
WORDS_THAT_CHANCE_GIVES = 6
LONGEST = {"name": 80, "level": 80, "description": 250, "statement": 200}


def shipped(key):
    return read_own((SHIPPED / f"{key}.yaml").read_bytes())


def competences_of(key):
    return [competence for area in shipped(key).framework.areas for competence in area.competences]


def texts_of(key):
    """Every text of a framework, by what it is."""
    framework = shipped(key).framework
    yield from (("name", framework.name), ("description", framework.description))
    for part in [*framework.areas, *competences_of(key)]:
        yield from (("name", part.name), ("description", part.description))
    for competence in competences_of(key):
        for criterion in competence.criteria:
            yield from (("statement", criterion.text), ("level", criterion.level_name))


def test_three_frameworks_are_shipped():
    assert tuple(sorted(file.name for file in SHIPPED.iterdir())) == tuple(f"{key}.yaml" for key in KEYS)


@pytest.mark.parametrize(
    ("key", "areas", "counts"),
    [
        (
            "guiding-at-work",
            {"guiding": 4, "induction": 3, "feedback": 4, "assessment": 3},
            Counts(areas=4, competences=14, criteria=43, texts=86, placed=86, left_out=0, not_understood=0),
        ),
        (
            "mentor-skills",
            {"trust": 3, "listening": 3, "goals": 3, "networks": 2, "ethics": 3, "learning": 3},
            Counts(areas=6, competences=17, criteria=52, texts=105, placed=105, left_out=0, not_understood=0),
        ),
        (
            "working-life-and-entrepreneurship",
            {
                "problem-solving": 3, "interaction": 3, "many-fields": 3, "entrepreneurial": 3, "region": 3,
                "self-knowledge": 3,
            },
            Counts(areas=6, competences=18, criteria=56, texts=111, placed=111, left_out=0, not_understood=0),
        ),
    ],
)  # fmt: skip
def test_framework_has_its_areas_and_counts(key, areas, counts):
    reading = shipped(key)

    assert {area.code: len(area.competences) for area in reading.framework.areas} == areas
    assert reading.counts == counts
    assert (reading.left_out, reading.not_understood, reading.remarks, reading.missing_scales) == ((), (), (), ())


@pytest.mark.parametrize("key", KEYS)
def test_framework_is_called_as_its_file_and_its_parts_by_their_way(key):
    framework = shipped(key).framework

    assert (framework.origin_id, framework.code, framework.kind) == (f"luotsi:{key}", key, FrameworkKind.OWN)
    assert (framework.source, framework.version, framework.modified) == ("Luotsi", "1", None)
    for place, area in enumerate(framework.areas):
        assert (area.origin_id, area.order) == (f"luotsi:{key}/{area.code}", place)
        for order, competence in enumerate(area.competences):
            assert (competence.origin_id, competence.order) == (f"{area.origin_id}/{competence.code}", order)
            assert len(competence.origin_id) <= 100


@pytest.mark.parametrize("key", KEYS)
def test_every_competence_has_statements_at_the_first_the_third_and_the_fifth_level(key):
    for competence in competences_of(key):
        levels = [criterion.level for criterion in competence.criteria]

        assert levels == sorted(levels)
        assert set(levels) == {1, 3, 5}, competence.code
        assert max(Counter(levels).values()) <= 2
        assert competence.scale is Scale.FIVE
        assert [criterion.order for criterion in competence.criteria] == list(range(len(levels)))


@pytest.mark.parametrize("key", KEYS)
def test_level_is_called_the_same_in_every_framework(key):
    names = {
        (criterion.level, criterion.level_name["en"])
        for competence in competences_of(key)
        for criterion in competence.criteria
    }

    assert names == {
        (1, "Begins with support"),
        (3, "Works independently in usual situations"),
        (5, "Develops the work and guides others"),
    }


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_there_in_three_languages_and_each_in_its_own(key):
    for what, text in texts_of(key):
        assert tuple(text) == LANGUAGES
        assert len(set(text.values())) == 3, text
        for words in text.values():
            assert is_clean_text(words)
            assert words == " ".join(words.split())
            assert words[0].isupper()
            assert words.endswith(".") is (what in {"statement", "description"}), words
            assert len(words) <= LONGEST[what], words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_is_said_once(language):
    said = Counter(
        criterion.text[language]
        for key in KEYS
        for competence in competences_of(key)
        for criterion in competence.criteria
    )

    assert sum(said.values()) == 151
    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_and_description_of_a_competence_is_its_own_within_a_framework(language):
    for key in KEYS:
        competences = competences_of(key)

        assert len({competence.name[language] for competence in competences}) == len(competences)
        assert len({competence.description[language] for competence in competences}) == len(competences)


@pytest.mark.parametrize("key", KEYS)
def test_no_vague_word_does_the_work_of_a_statement(key):
    for what, text in texts_of(key):
        if what == "statement":
            for language, words in text.items():
                assert set(re.findall(r"\w+", words.lower())) & set(VAGUE[language].split()) == set(), words


@pytest.mark.parametrize(
    "name",
    [
        "reference/tutkinnonosa_400011_tyopaikkaohjaajaksi-valmentautuminen.json",
        "reference/competence_criteria.csv",
        "reference/working_life_criteria_yto400014.csv",
    ],
)
def test_sentences_are_not_those_of_the_national_criteria(name):
    theirs = runs_of(re.sub(r"<[^>]+>", " ", json_or_text(sample(name))))

    assert len(theirs) > 500
    for key in KEYS:
        for _, text in texts_of(key):
            for words in text.values():
                assert runs_of(words) & theirs == set(), words


def json_or_text(content):
    text = content.decode("utf-8")
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else text


def runs_of(text):
    """Every run of as many words as two writers hardly share by chance."""
    words = re.findall(r"\w+", text.lower())
    return {
        tuple(words[start : start + WORDS_THAT_CHANCE_GIVES])
        for start in range(len(words) - WORDS_THAT_CHANCE_GIVES + 1)
    }


def said(words):
    return {language: f"{words} {language}" for language in LANGUAGES}


def small() -> dict[str, Any]:
    """A framework as small as one can be, with two areas."""
    return {
        "key": "small",
        "version": 1,
        "name": said("Small"),
        "description": said("Small one."),
        "levels": [{"level": level, "name": said(f"Level {level}")} for level in range(1, 6)],
        "areas": [
            {
                "key": area,
                "name": said("Area"),
                "description": said("About it."),
                "competences": [
                    {
                        "key": f"can-{area}",
                        "name": said("Can"),
                        "description": said("Does it."),
                        "criteria": [{"level": level, "text": said(f"At {level}.")} for level in (1, 3, 3, 5)],
                    }
                ],
            }
            for area in ("first", "second")
        ],
    }


def as_yaml(tree):
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()


def at(tree, *way):
    for step in way:
        tree = tree[step]
    return tree


def test_small_framework_is_read():
    reading = read_own(as_yaml(small()))

    assert reading.counts == Counts(
        areas=2, competences=2, criteria=8, texts=23, placed=23, left_out=0, not_understood=0
    )
    area = reading.framework.areas[1]
    competence = area.competences[0]
    assert (area.name, area.description) == (said("Area"), said("About it."))
    assert (competence.origin_id, competence.name) == ("luotsi:small/second/can-second", said("Can"))
    assert [(one.level, one.level_name["sv"], one.text["sv"]) for one in competence.criteria] == [
        (1, "Level 1 sv", "At 1. sv"),
        (3, "Level 3 sv", "At 3. sv"),
        (3, "Level 3 sv", "At 3. sv"),
        (5, "Level 5 sv", "At 5. sv"),
    ]


AREA = ("areas", 1)
COMPETENCE = (*AREA, "competences", 0)
CRITERION = (*COMPETENCE, "criteria", 1)
AREA_PATH = "$.areas[1]"
COMPETENCE_PATH = f"{AREA_PATH}.competences[0]"
CRITERION_PATH = f"{COMPETENCE_PATH}.criteria[1]"


@pytest.mark.parametrize(
    ("way", "value", "code", "path", "facts"),
    [
        (("key",), "Not a key", Fault.NOT_A_KEY, "$.key", {}),
        (("key",), "a" * 41, Fault.TOO_LONG, "$.key", {"characters": 41, "longest": 40}),
        (("key",), 5, Fault.WRONG_TYPE, "$.key", {"expected": "text"}),
        (("version",), "1", Fault.WRONG_TYPE, "$.version", {"expected": "number"}),
        (("version",), True, Fault.WRONG_TYPE, "$.version", {"expected": "number"}),
        (("version",), 0, Fault.WRONG_TYPE, "$.version", {"expected": "number from 1 up"}),
        (("version",), 10**6, Fault.WRONG_TYPE, "$.version", {"expected": "number"}),
        (("name",), "Small", Fault.WRONG_TYPE, "$.name", {"expected": "table"}),
        (("name", "sv"), "", Fault.EMPTY, "$.name.sv", {}),
        (("name", "sv"), " \n ", Fault.EMPTY, "$.name.sv", {}),
        (("name", "sv"), None, Fault.WRONG_TYPE, "$.name.sv", {"expected": "text"}),
        (("name", "sv"), False, Fault.WRONG_TYPE, "$.name.sv", {"expected": "text"}),
        (("name", "sv"), "a" * 81, Fault.TOO_LONG, "$.name.sv", {"characters": 81, "longest": 80}),
        (("name", "sv"), "a\0b", Fault.UNFIT_CHARACTER, "$.name.sv", {}),
        (("name", "sv"), "a\nb", Fault.UNFIT_CHARACTER, "$.name.sv", {}),
        (("name", "sv"), "a\u202eb", Fault.UNFIT_CHARACTER, "$.name.sv", {}),
        (("name", "de"), "Klein", Fault.UNKNOWN_KEY, "$.name.de", {"allowed": "fi, sv, en"}),
        (("description", "en"), "a" * 401, Fault.TOO_LONG, "$.description.en", {"characters": 401, "longest": 400}),
        (
            ("colour",), "red", Fault.UNKNOWN_KEY, "$.colour",
            {"allowed": "key, version, name, description, levels, areas"},
        ),
        (("levels",), [], Fault.EMPTY, "$.levels", {}),
        (("levels",), small()["levels"][:4], Fault.LEVELS_NOT_IN_ORDER, "$.levels", {"levels": "1, 2, 3, 4"}),
        (
            ("levels",), small()["levels"][::-1], Fault.LEVELS_NOT_IN_ORDER, "$.levels", {"levels": "5, 4, 3, 2, 1"},
        ),
        (("levels", 1, "level"), 1, Fault.REPEATED, "$.levels[1].level", {}),
        (
            ("levels", 1, "level"), 6, Fault.LEVEL_NOT_ON_SCALE, "$.levels[1].level",
            {"level": 6, "allowed": "1, 2, 3, 4, 5"},
        ),
        (("areas",), {}, Fault.WRONG_TYPE, "$.areas", {"expected": "list"}),
        (("areas",), [], Fault.EMPTY, "$.areas", {}),
        (AREA, "second", Fault.WRONG_TYPE, AREA_PATH, {"expected": "table"}),
        ((*AREA, "key"), "first", Fault.REPEATED, f"{AREA_PATH}.key", {}),
        ((*AREA, "key"), "a" * 21, Fault.TOO_LONG, f"{AREA_PATH}.key", {"characters": 21, "longest": 20}),
        ((*AREA, "competences"), [], Fault.EMPTY, f"{AREA_PATH}.competences", {}),
        ((*COMPETENCE, "key"), "can-first", Fault.REPEATED, f"{COMPETENCE_PATH}.key", {}),
        (
            (*COMPETENCE, "key"), "a" * 31, Fault.TOO_LONG, f"{COMPETENCE_PATH}.key", {"characters": 31, "longest": 30},
        ),
        ((*COMPETENCE, "criteria"), [], Fault.EMPTY, f"{COMPETENCE_PATH}.criteria", {}),
        (
            (*CRITERION, "level"), 0, Fault.LEVEL_NOT_ON_SCALE, f"{CRITERION_PATH}.level",
            {"level": 0, "allowed": "1, 2, 3, 4, 5"},
        ),
        (
            (*CRITERION, "level"), 6, Fault.LEVEL_NOT_ON_SCALE, f"{CRITERION_PATH}.level",
            {"level": 6, "allowed": "1, 2, 3, 4, 5"},
        ),
        ((*CRITERION, "level"), -1, Fault.WRONG_TYPE, f"{CRITERION_PATH}.level", {"expected": "number"}),
        ((*CRITERION, "level"), 1.5, Fault.WRONG_TYPE, f"{CRITERION_PATH}.level", {"expected": "number"}),
        (
            (*CRITERION, "level"), 5, Fault.LEVELS_NOT_IN_ORDER, f"{COMPETENCE_PATH}.criteria[2].level",
            {"levels": "5, 3"},
        ),
        (
            (*CRITERION, "text", "fi"), "a" * 201, Fault.TOO_LONG, f"{CRITERION_PATH}.text.fi",
            {"characters": 201, "longest": 200},
        ),
        (("a b" * 40,), 1, Fault.UNKNOWN_KEY, f'$["{("a b" * 40)[:60]}\\u2026"]',
            {"allowed": "key, version, name, description, levels, areas"},
        ),
    ],
)  # fmt: skip
def test_fault_is_refused_with_its_place(way, value, code, path, facts):
    tree = small()
    at(tree, *way[:-1])[way[-1]] = value

    with pytest.raises(FormatError) as refused:
        read_own(as_yaml(tree))

    assert (refused.value.code, refused.value.path, refused.value.facts) == (code, path, facts)


@pytest.mark.parametrize(
    "way",
    [
        *[(key,) for key in small()],
        ("levels", 2, "name"),
        *[(*AREA, key) for key in small()["areas"][1]],
        *[(*COMPETENCE, key) for key in at(small(), *COMPETENCE)],
        *[(*CRITERION, key) for key in ("level", "text")],
    ],
)
def test_missing_part_is_refused_with_its_place(way):
    tree = small()
    del at(tree, *way[:-1])[way[-1]]

    with pytest.raises(FormatError) as refused:
        read_own(as_yaml(tree))

    path = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way)
    assert (refused.value.code, refused.value.path) == (Fault.MISSING_KEY, path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "way",
    [
        ("name",),
        ("description",),
        ("levels", 4, "name"),
        (*AREA, "name"),
        (*COMPETENCE, "description"),
        (*CRITERION, "text"),
    ],
)
def test_missing_language_is_refused_with_its_place(way, language):
    tree = small()
    del at(tree, *way)[language]

    with pytest.raises(FormatError) as refused:
        read_own(as_yaml(tree))

    path = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in (*way, language))
    assert (refused.value.code, refused.value.path) == (Fault.MISSING_LANGUAGE, path)


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    f"{chr(98 + number)}: &{chr(98 + number)} [{', '.join([f'*{chr(97 + number)}'] * 9)}]\n".encode()
    for number in range(9)
)


@pytest.mark.parametrize(
    ("content", "code", "path", "facts"),
    [
        (b"", Fault.EMPTY, "$", {}),
        (b"# nothing said\n", Fault.EMPTY, "$", {}),
        (b"just words", Fault.WRONG_TYPE, "$", {"expected": "table"}),
        (b"- a\n- b\n", Fault.WRONG_TYPE, "$", {"expected": "table"}),
        (b"key: [a\nname: b", Fault.NOT_YAML, "$", {"line": 2, "column": 5}),
        (b"key: a\n\tname: b", Fault.NOT_YAML, "$", {"line": 2, "column": 1}),
        (b"key: a\n---\nkey: b\n", Fault.NOT_YAML, "$", {"line": 2, "column": 1}),
        (b"key: \x07", Fault.NOT_YAML, "$", {"line": 1, "column": 1}),
        (b"key: \xe4", Fault.NOT_TEXT, "$", {"byte": 5}),
        (b"#" * (LARGEST + 1), Fault.TOO_LARGE, "$", {"bytes": LARGEST + 1, "largest": LARGEST}),
        (b"[" * 50_000, Fault.TOO_DEEP, "$", {"deepest": DEEPEST, "line": 1, "column": DEEPEST + 1}),
        (b"key: a\nkey: b\n", Fault.DUPLICATE_KEY, "$.key", {}),
        (b"? [a, b]\n: c\n", Fault.WRONG_TYPE, "$", {"expected": "key"}),
        (b"1: c\n", Fault.WRONG_TYPE, "$", {"expected": "key"}),
        (b"<<: {key: a}\n", Fault.WRONG_TYPE, "$", {"expected": "key"}),
        (b"key: a\nname: &name {fi: a}\n", Fault.ALIAS, "$", {"line": 2, "column": 7}),
        (b"key: *nobody\n", Fault.ALIAS, "$", {"line": 1, "column": 6}),
        (BOMB, Fault.ALIAS, "$", {"line": 1, "column": 4}),
    ],
)  # fmt: skip
def test_file_that_is_no_framework_is_refused(content, code, path, facts):
    with pytest.raises(FormatError) as refused:
        read_own(content)

    assert (refused.value.code, refused.value.path, refused.value.facts) == (code, path, facts)


def test_nothing_of_a_programming_language_is_made():
    content = as_yaml(small()).replace(b"key: small", b'key: !!python/object/apply:os.system ["true"]')

    with pytest.raises(FormatError) as refused:
        read_own(content)

    assert (refused.value.code, refused.value.path) == (Fault.WRONG_TYPE, "$.key")


def test_both_parsers_refuse_impossible_characters(monkeypatch):
    for loader in (own._LOADER, yaml.SafeLoader):
        monkeypatch.setattr(own, "_LOADER", loader)
        for escape in (rb"\uD800", rb"\UFFFFFFFF", rb"\0"):
            with pytest.raises(FormatError) as refused:
                read_own(as_yaml(small()).replace(b"fi: Small fi", b'fi: "' + escape + b'"'))

            assert refused.value.code in {Fault.NOT_YAML, Fault.UNFIT_CHARACTER}


def test_both_parsers_read_the_same(monkeypatch):
    read = [shipped(key) for key in KEYS]

    monkeypatch.setattr(own, "_LOADER", yaml.SafeLoader)

    assert [shipped(key) for key in KEYS] == read


def read_or_refuse(content):
    """The reading, None when the file is refused. What is read is whole."""
    try:
        reading = read_own(content)
    except FormatError:
        return None
    assert reading.counts.texts == reading.counts.placed
    for area in reading.framework.areas:
        for competence in area.competences:
            assert len(competence.origin_id) <= 100
            assert competence.criteria
            for criterion in competence.criteria:
                assert set(criterion.text) == set(criterion.level_name) == set(LANGUAGES)
                assert all(is_clean_text(text) for text in criterion.text.values())
    return reading


@CALM
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    read_or_refuse(content)


SIGNS = st.text(alphabet="aä:-[]{}&*!|>'\"%@`#?,\n \t\\0\x00\x85\u2028😀", max_size=60)


@CALM
@given(text=SIGNS)
def test_any_signs_of_yaml_are_read_or_refused(text):
    read_or_refuse(text.encode())


LEAVES = st.none() | st.booleans() | st.integers(-3, 10**8) | st.floats() | st.dates() | st.text(max_size=5)
TREES = st.recursive(
    LEAVES,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from([*small(), "level", "text", "criteria", *LANGUAGES]), below, max_size=5)
    ),
    max_leaves=12,
)


@CALM
@given(tree=TREES)
def test_any_tree_is_read_or_refused(tree):
    read_or_refuse(as_yaml(tree))


@CALM
@given(choice=st.data())
def test_framework_with_a_part_put_in_anothers_place_is_read_or_refused(choice):
    tree = copy.deepcopy(small())
    places = list(_places(tree))
    holder, step = choice.draw(st.sampled_from(places))
    other, taken = choice.draw(st.sampled_from(places))
    holder[step] = choice.draw(st.just(copy.deepcopy(other[taken])) | TREES)

    read_or_refuse(as_yaml(tree))


def _places(tree):
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for step, below in list(steps):
        yield tree, step
        if isinstance(below, dict | list):
            yield from _places(below)


@CALM
@given(choice=st.data())
def test_shipped_file_with_bytes_put_in_or_cut_out_is_read_or_refused(choice):
    content = (SHIPPED / "guiding-at-work.yaml").read_bytes()
    start = choice.draw(st.integers(0, len(content)))
    end = choice.draw(st.integers(start, min(len(content), start + 200)))

    read_or_refuse(content[:start] + choice.draw(st.binary(max_size=8)) + content[end:])
