"""The shipped instruments are whole, say the same in three languages, and ask each thing once."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

import luotsi.surveys
from luotsi.core.questions.conditions import is_met
from luotsi.core.questions.documents import read_yaml, write_yaml
from luotsi.core.questions.values import Answering, Form, Item, Kind, Purpose, Texts

SHIPPED = Path(luotsi.surveys.__file__).parent / "shipped"
FILES = sorted(SHIPPED.glob("*.yaml"))
LANGUAGES = ("fi", "sv", "en")
LONGEST_STATEMENT = 120
LONGEST_LABEL = 60

AND = {"fi": r"\b(ja|sekä|eikä)\b", "sv": r"\b(och|samt)\b", "en": r"\band\b"}
NO = {
    "fi": r"\b(en|et|ei|emme|ette|eivät|älä|ilman|epä\w*|\w+m?atta|\w+mättä)\b",
    "sv": r"\b(inte|nej|aldrig|ingen|inget|inga|utan|knappast|osagt)\b",
    "en": r"\b(not|no|never|none|nothing|nobody|cannot|without|unsaid|hardly)\b",
}
FOREIGN = {
    "fi": r"[å]|\b(och|att|the|of|feedback|mentee|aktori|esimies\w*)\b",
    "sv": r"\b(ja|että|the|of|feedback|mentee|palaute|aktör|förman)\b",
    "en": r"[^\x20-\x7e]|\b(ja|och|att|boss|foreman)\b",
}


FORMS = {path.stem: read_yaml(path.read_bytes()) for path in FILES}  # a fault in a file is told here
EACH = pytest.mark.parametrize("each", FORMS.values(), ids=FORMS)


def statements(of: Form) -> tuple[Item, ...]:
    return tuple(item for item in of.items if item.kind is Kind.SCALE)


def texts_of(each: Form) -> Iterator[Texts]:
    """Everything that people read in it, where there is something to read."""
    yield from (each.name, each.intro)
    yield from (point.text for scale in each.scales for point in scale.points)
    yield from (texts for dimension in each.dimensions for texts in (dimension.name, dimension.description))
    yield from (texts for section in each.sections for texts in (section.title, section.intro) if texts)
    yield from (texts for item in each.items for texts in item.texts if texts)


def test_shipped_files_are_the_eight_each_named_by_its_key() -> None:
    assert [(each.key, each.version) for each in FORMS.values()] == [(path.stem, 1) for path in FILES]
    assert len(FILES) == 8


@EACH
def test_shipped_instrument_is_written_and_read_back_to_the_same(each: Form) -> None:
    assert read_yaml(write_yaml(each)) == each


def test_shipped_instruments_ask_as_many_statements_as_they_say_and_no_more() -> None:
    counts = {key: Counter(item.dimension for item in statements(each)) for key, each in FORMS.items()}

    culture = ("trust", "experimenting", "sharing", "feedback", "structures", "leadership", "outlook")
    assert counts == {
        "learning_culture_long": dict.fromkeys(culture, 5),
        "learning_culture_short": dict.fromkeys(culture, 2),
        "mentor_commitment": {"meaning": 3, "commitment": 3},
        "mentor_competence": {"trust": 4, "listening": 4, "goals": 4, "feedback": 3, "role": 4},
        "mentoring_functions": {"career": 3, "psychosocial": 3, "role_model": 3},
        "programme_evaluation": {"reaction": 4, "learning": 3, "behaviour": 3, "results": 3},
        "relationship_pulse": {"relationship": 6},
        "training_feedback": {"relevance": 2, "clarity": 2, "use_at_work": 2},
    }
    assert {key: [dimension.key for dimension in each.dimensions] for key, each in FORMS.items()} == {
        key: list(count) for key, count in counts.items()
    }


def test_what_else_is_asked_beside_the_statements() -> None:
    asked = {
        key: [(item.key, item.kind.value) for item in each.items if item.kind is not Kind.SCALE]
        for key, each in FORMS.items()
    }

    assert asked == {
        "learning_culture_long": [("help_learning", "text")],
        "learning_culture_short": [("help_learning", "text")],
        "mentor_commitment": [],
        "mentor_competence": [],
        "mentoring_functions": [],
        "programme_evaluation": [
            ("role", "choice"),
            ("meetings", "number"),
            ("led_to", "choice"),
            ("helped_most", "ranking"),
            ("led_to_other", "text"),
            ("support_missed", "text"),
            ("most_valuable", "text"),
            ("do_differently", "text"),
        ],
        "relationship_pulse": [("what_helps", "text")],
        "training_feedback": [
            ("pace", "choice"),
            ("use_needs", "text"),
            ("pace_where", "text"),
            ("keep", "text"),
            ("change", "text"),
        ],
    }


def test_purpose_answering_and_minutes_of_each() -> None:
    told = {key: (each.purpose, each.answering, each.minutes) for key, each in FORMS.items()}

    assert told == {
        "learning_culture_long": (Purpose.CULTURE, Answering.ANONYMOUS, 8),
        "learning_culture_short": (Purpose.CULTURE, Answering.ANONYMOUS, 3),
        "mentor_commitment": (Purpose.COMMITMENT, Answering.ANONYMOUS, 2),
        "mentor_competence": (Purpose.COMPETENCE, Answering.NAMED, 4),
        "mentoring_functions": (Purpose.FUNCTIONS, Answering.ANONYMOUS, 2),
        "programme_evaluation": (Purpose.EVALUATION, Answering.ANONYMOUS, 8),
        "relationship_pulse": (Purpose.PULSE, Answering.NAMED, 1),
        "training_feedback": (Purpose.FEEDBACK, Answering.ANONYMOUS, 3),
    }
    assert {each.is_validated for each in FORMS.values()} == {False}


def test_short_learning_culture_asks_what_the_long_one_asks_word_by_word_in_its_order() -> None:
    short, long = FORMS["learning_culture_short"], FORMS["learning_culture_long"]

    kept = {item.key for item in short.items}
    assert short.items == tuple(item for item in long.items if item.key in kept)
    assert (short.dimensions, short.scales) == (long.dimensions, long.scales)


def test_each_dimension_of_the_long_learning_culture_has_one_reversed_statement() -> None:
    long = FORMS["learning_culture_long"]

    turned = [item.dimension for item in statements(long) if item.is_reversed]
    assert turned == [dimension.key for dimension in long.dimensions]
    elsewhere = [item for key, each in FORMS.items() if key != long.key for item in each.items if item.is_reversed]
    assert elsewhere == []


@EACH
def test_every_text_is_in_three_languages_and_none_is_the_same_in_two(each: Form) -> None:
    assert each.languages == LANGUAGES
    alike = [texts for texts in texts_of(each) for one, two in combinations(LANGUAGES, 2) if texts[one] == texts[two]]
    assert alike == []


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_words_of_another_language_or_words_that_the_field_has_left(each: Form, language: str) -> None:
    strange = [text[language] for text in texts_of(each) if re.search(FOREIGN[language], text[language].lower())]

    assert strange == []


@EACH
def test_no_text_has_a_digit_so_no_identity_code_either(each: Form) -> None:
    assert [texts for texts in texts_of(each) if re.search(r"\d", "".join(texts.values()))] == []


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_is_short_and_a_whole_sentence(each: Form, language: str) -> None:
    sentences = {item.key: (item.text[language], "." if item.kind is Kind.SCALE else "?") for item in each.items}

    assert [key for key, (text, _) in sentences.items() if len(text) > LONGEST_STATEMENT] == []
    unfit = [
        key for key, (text, end) in sentences.items() if not re.fullmatch(rf"[A-ZÅÄÖ][^.?!:;]*[{end}]", text.strip())
    ]
    assert unfit == []
    labels = [choice.text[language] for item in each.items for choice in item.choices]
    assert [label for label in labels if len(label) > LONGEST_LABEL or label.endswith(".")] == []


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_asks_one_thing_and_denies_once_at_most(each: Form, language: str) -> None:
    texts = {item.key: item.text[language].lower() for item in statements(each)}

    assert [key for key, text in texts.items() if re.search(AND[language], text)] == []
    assert [key for key, text in texts.items() if len(re.findall(NO[language], text)) > 1] == []
    turned = [item.key for item in statements(each) if item.is_reversed]
    assert [key for key in turned if re.search(NO[language], texts[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_asked_twice_in_one_instrument_or_in_two(language: str) -> None:
    asked = [
        (each.key, item.text[language])
        for each in FORMS.values()
        for item in each.items
        if each.key != "learning_culture_short"  # the long one's sentences
    ]

    sentences = Counter(re.sub(r"\W+", " ", text.lower()).strip() for _, text in asked)
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


@EACH
def test_each_instrument_has_one_scale_of_five_named_points_that_agrees_from_the_fourth(each: Form) -> None:
    (scale,) = each.scales

    assert (list(scale.values), scale.agrees_from) == ([1, 2, 3, 4, 5], 4)
    assert [item.key for item in statements(each) if item.scale != scale] == []


def test_the_same_scale_has_the_same_words_everywhere() -> None:
    scales = {scale.key: scale for each in FORMS.values() for scale in each.scales}

    assert sorted(scales) == ["ability", "agreement"]
    assert [scale for each in FORMS.values() for scale in each.scales if scales[scale.key] != scale] == []


def test_only_the_pulse_insists_on_an_answer_and_on_one_alone() -> None:
    required = [(each.key, item.key) for each in FORMS.values() for item in each.items if item.is_required]

    assert required == [("relationship_pulse", "whole")]


@pytest.mark.parametrize("answers", [{"whole": 2}, {"rhythm": 1, "whole": 5}, {"use": 2, "time": 4, "whole": 3}])
def test_pulse_asks_what_would_help_when_something_is_poor(answers: dict[str, int]) -> None:
    assert is_met(FORMS["relationship_pulse"].section("help").when, answers)


@pytest.mark.parametrize("answers", [{"whole": 3}, dict.fromkeys(["rhythm", "ease", "direction", "use", "time"], 3)])
def test_pulse_asks_nothing_more_when_nothing_is_poor(answers: dict[str, int]) -> None:
    assert not is_met(FORMS["relationship_pulse"].section("help").when, answers)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"use_1": 4, "use_2": 5, "pace": "right"}, ["keep", "change"]),
        ({"use_1": 4, "use_2": 2, "pace": "right"}, ["use_needs", "keep", "change"]),
        ({"pace": "too_fast"}, ["pace_where", "keep", "change"]),
        ({"use_1": 1, "pace": "too_slow"}, ["use_needs", "pace_where", "keep", "change"]),
    ],
)
def test_training_feedback_asks_on_where_something_did_not_fit(answers: dict[str, int | str], asked: list[str]) -> None:
    own_words = FORMS["training_feedback"].section("own_words")

    assert [item.key for item in own_words.items if is_met(item.when, answers)] == asked


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["most_valuable", "do_differently"]),
        ({"reaction_4": 3, "led_to": ["studies"]}, ["most_valuable", "do_differently"]),
        ({"led_to": ["studies", "other"]}, ["led_to_other", "most_valuable", "do_differently"]),
        ({"reaction_4": 2}, ["support_missed", "most_valuable", "do_differently"]),
    ],
)
def test_programme_evaluation_asks_on_about_other_outcomes_and_missing_support(
    answers: dict[str, int | str | list[str]], asked: list[str]
) -> None:
    own_words = FORMS["programme_evaluation"].section("own_words")

    assert [item.key for item in own_words.items if is_met(item.when, answers)] == asked


@EACH
def test_who_answers_without_a_name_is_told_so_and_asked_to_write_none(each: Form) -> None:
    is_told = "not linked to you" in each.intro["en"] or "linked neither to you" in each.intro["en"]
    places = [
        [section.intro["en"] if section.intro else "", item.help["en"] if item.help else ""]
        for section in each.sections
        for item in section.items
        if item.kind is Kind.TEXT
    ]
    unwarned = [place for place in places if "write no names" not in " ".join(place)]

    is_anonymous = each.answering is Answering.ANONYMOUS
    assert is_told is is_anonymous
    assert (not unwarned) or not is_anonymous
