from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.programmes.formats.fields import tidy
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.shipped import read_shipped, shipped_models
from luotsi.programmes.formats.values import (
    AGREEMENT_SECTIONS,
    CRITERIA,
    FULL_MARKS,
    LANGUAGES,
    ActivityKind,
    ActivityOutline,
    AgreementSection,
    Audience,
    Choice,
    CompetenceArea,
    Enrolment,
    FeedbackQuestion,
    FeedbackType,
    IndicatorName,
    Matching,
    Mode,
    ModelDescription,
    Nudge,
    NudgeEvent,
    Opening,
    Origin,
    Pairing,
    Phase,
    Question,
    QuestionType,
    RoleKey,
    RoleLabel,
    RuleName,
    Sessions,
    Stage,
    SurveyMoment,
)
from luotsi.programmes.formats.writing import write_model

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}|_[a-z0-9]{1,4}){0,2}", fullmatch=True)
UNFIT = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF]))
SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=UNFIT) | st.sampled_from(
    "\n\t :#-'\"|>&*!%@`{}[],?~"
)
WORDS = (st.text(SIGNS, min_size=1, max_size=40) | st.sampled_from(["yes", "null", "1", "2026-01-01", "~", "0x1"])).map(
    tidy
)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), WORDS.filter(bool), min_size=1).map(
    lambda texts: {language: texts[language] for language in LANGUAGES if language in texts}
)


CODES = st.text(SIGNS, max_size=20).map(str.strip).filter(lambda word: not set(word) & set("\n\t"))
NONE = st.just(())
YES_NO = st.booleans()
BOTH_WAYS = {NudgeEvent.PROGRAMME_STARTED, NudgeEvent.PROGRAMME_ENDING}


def some(kind):
    return st.lists(st.sampled_from(list(kind)), min_size=1, unique=True).map(tuple)


def rows(strategy, most=3):
    return st.lists(strategy, min_size=1, max_size=most, unique_by=lambda row: row.key).map(tuple)


@st.composite
def questions(draw, texts):
    kind = draw(st.sampled_from(QuestionType))
    is_number = kind is QuestionType.NUMBER
    has_choices = kind in {QuestionType.CHOICE, QuestionType.CHOICES}
    choices = st.builds(Choice, key=KEYS, text=texts)
    return Question(
        key=draw(KEYS),
        text=draw(texts),
        hint=draw(texts | st.just({})),
        type=kind,
        required=draw(st.booleans()),
        roles=draw(some(RoleKey)),
        choices=draw(st.lists(choices, min_size=2, max_size=4, unique_by=lambda row: row.key).map(tuple))
        if has_choices
        else (),
        lowest=draw(st.none() | st.integers(-9, 9)) if is_number else None,
        highest=draw(st.none() | st.integers(10, 99)) if is_number else None,
    )


WEIGHTS = st.tuples(
    st.dictionaries(st.sampled_from(CRITERIA), st.integers(1, 100), min_size=1),
    st.dictionaries(st.sampled_from(FULL_MARKS), st.integers(1, 900)),
).map(lambda told: told[0] | told[1])


@st.composite
def activities(draw, texts, key, weeks):
    kind = draw(st.sampled_from(ActivityKind))
    is_survey = kind is ActivityKind.SURVEY
    has_time = not is_survey and kind is not ActivityKind.INTERIM_ASSIGNMENT
    takes_sign_up = has_time and draw(st.booleans())
    return ActivityOutline(
        key=key,
        kind=kind,
        name=draw(texts),
        text=draw(texts | st.just({})),
        week=draw(st.integers(1, weeks)),
        minutes=draw(st.none() | st.integers(5, 1_440)) if has_time else None,
        for_whom=draw(some(Audience) | st.just(())),
        is_required=draw(st.booleans()),
        takes_sign_up=takes_sign_up,
        capacity=draw(st.none() | st.integers(1, 10_000)) if takes_sign_up else None,
        materials=draw(st.lists(KEYS, max_size=3, unique=True).map(tuple)),
        instrument=draw(KEYS) if is_survey else "",
        moment=draw(st.sampled_from(SurveyMoment)) if is_survey else SurveyMoment.NONE,
    )


@st.composite
def plans(draw, texts):
    """Phases whose activities have keys of their own in the whole model."""
    found = []
    for number, key in enumerate(draw(st.lists(KEYS, min_size=1, max_size=3, unique=True))):
        weeks = draw(st.integers(1, 50))
        keys = [f"a{number}-{place}" for place in range(draw(st.integers(0, 2)))]
        found.append(
            Phase(
                key=key,
                name=draw(texts),
                aim=draw(texts),
                weeks=weeks,
                stage=draw(st.sampled_from(Stage)),
                activities=tuple(draw(activities(texts, each, weeks)) for each in keys),
            )
        )
    return tuple(found)


@st.composite
def nudges(draw, texts):
    event = draw(st.sampled_from(NudgeEvent))
    lowest = -365 if event in {NudgeEvent.ACTIVITY_COMING, *BOTH_WAYS} else 0
    highest = 0 if event is NudgeEvent.ACTIVITY_COMING else 365
    days = st.lists(st.integers(lowest, highest), min_size=1, max_size=4, unique=True)
    return Nudge(
        key=draw(KEYS),
        event=event,
        days=draw(days.map(tuple)),
        to=draw(some(Audience)),
        subject=draw(texts),
        text=draw(texts),
    )


@st.composite
def conditioned(draw, texts):
    """Questions; some are asked only after a certain answer to the first one."""
    first = Question(
        key="first",
        text=draw(texts),
        hint={},
        type=QuestionType.YES_NO,
        required=True,
        roles=tuple(RoleKey),
        choices=(),
        lowest=None,
        highest=None,
    )
    condition = st.none() | st.sampled_from([("first", "yes"), ("first", "no")])
    others = [replace(each, when=draw(condition)) for each in draw(rows(questions(texts))) if each.key != "first"]
    return (first, *others)


def enrolments(maybe):
    return st.builds(
        Enrolment,
        self_only=YES_NO,
        may_be_both=YES_NO,
        guardian_consent=YES_NO,
        interview=YES_NO,
        decision_days=st.integers(1, 120),
        terms=maybe,
        decides=maybe,
        asks=maybe,
    )


@st.composite
def models(draw):
    texts = st.sampled_from(draw(st.lists(TEXTS, min_size=4, max_size=8)))
    phases = draw(plans(texts))
    maybe: st.SearchStrategy[dict[str, str]] = texts | st.just({})
    planned = draw(st.integers(1, 9))
    sections = [AgreementSection(key=key, title=draw(texts), text=draw(texts)) for key in AGREEMENT_SECTIONS]
    return ModelDescription(
        key=draw(KEYS),
        version=draw(st.integers(1, 99)),
        name=draw(texts),
        summary=draw(texts),
        audience=draw(texts),
        weeks=sum(phase.weeks for phase in phases),
        roles=tuple(RoleLabel(key=key, one=draw(texts), many=draw(texts)) for key in RoleKey),
        modes=draw(some(Mode)),
        phases=phases,
        questions=draw(conditioned(texts)),
        matching=Matching(
            weights=draw(WEIGHTS),
            rules=draw(some(RuleName)),
            floor=draw(st.integers(0, 10_000)),
            answer_days=draw(st.integers(1, 60)),
            pairing=draw(st.sampled_from(Pairing)),
            training_first=draw(st.booleans()),
        ),
        agreement=tuple(sections),
        sessions=Sessions(
            planned=planned,
            every_weeks=draw(st.integers(1, 26)),
            minutes=draw(st.integers(5, 480)),
            agenda=draw(st.lists(KEYS, max_size=planned).map(tuple)),
        ),
        feedback=draw(rows(st.builds(FeedbackQuestion, key=KEYS, text=texts, type=st.sampled_from(FeedbackType)))),
        leads_to=draw(st.lists(KEYS, max_size=3, unique=True).map(tuple)),
        indicators=draw(some(IndicatorName) | st.just(())),
        origin=draw(st.none() | st.builds(Origin, key=KEYS, version=st.integers(1, 99))),
        topic=draw(maybe),
        enrolment=draw(enrolments(maybe)),
        opening=Opening(sponsor=draw(YES_NO), main_goal=draw(YES_NO), approved_plan=draw(YES_NO)),
        competences=draw(rows(st.builds(CompetenceArea, key=KEYS, name=texts, framework=CODES, area=CODES)) | NONE),
        nudges=draw(rows(nudges(texts)) | NONE),
    )


@given(model=models())
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_written_is_read_back_the_same(model):
    assert read_model(write_model(model)) == model


@pytest.mark.parametrize("key", shipped_models())
def test_shipped_models_survive_being_written(key):
    model = read_shipped(key)

    written = write_model(model)

    assert read_model(written) == model
    assert write_model(read_model(written)) == written


def test_the_file_is_for_people():
    text = write_model(read_shipped("career-mentoring")).decode()

    assert text.startswith("form: 1\nkey: career-mentoring\nversion: 1\nname:\n  fi: Työuramentorointi\n")
    assert "modes:\n  - pair\n" in text
    assert max(len(line) for line in text.splitlines()) <= 130
    assert "\\" not in text
