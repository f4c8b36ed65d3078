"""What comes with the product is complete: three languages everywhere, and words that others know by the same keys."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
import yaml

from luotsi.insight.enums import Indicator
from luotsi.matching.solver.values import Criterion, Rule, Weights
from luotsi.programmes.formats.calls import form_of, questions_for
from luotsi.programmes.formats.shipped import read_shipped, shipped_models, shipped_source
from luotsi.programmes.formats.values import (
    AGREEMENT_SECTIONS,
    CRITERIA,
    FULL_MARKS,
    LANGUAGES,
    ActivityKind,
    Audience,
    IndicatorName,
    Mode,
    NudgeEvent,
    Opening,
    QuestionType,
    RoleKey,
    RuleName,
    Stage,
    SurveyMoment,
)

SOURCE = Path(__file__).resolve().parents[3] / "src" / "luotsi"
REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference"
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


def test_four_models_are_shipped_and_nothing_else_can_be_had():
    assert shipped_models() == ("career-mentoring", "learning-mentoring", "regional-passport", "supervisor-mentoring")
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
        "fi": ["esimies", "esimiehe", "mentee", "adept", "feedback"],
        "sv": ["mentee", "feedback", "återkoppling", "mentorskapskontrakt", "chefskap", "förman", "mentoroitav"],
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


def keys_in(folder):
    files = (SOURCE / folder / "shipped").glob("*.yaml")
    return {yaml.safe_load(file.read_text(encoding="utf-8"))["key"] for file in files}


def activities_of(model, *kinds):
    """With the place of their phase; all of them where no kind is named."""
    return [
        (place, activity)
        for place, phase in enumerate(model.phases)
        for activity in phase.activities
        if not kinds or activity.kind in kinds
    ]


@pytest.mark.parametrize("key", shipped_models())
def test_tools_of_meetings_and_activities_are_in_the_library(key):
    model = read_shipped(key)
    used = {tool for _, activity in activities_of(model) for tool in activity.materials}

    assert (used | set(model.sessions.agenda)) - keys_in("library") == set()
    assert len(model.sessions.agenda) == model.sessions.planned


@pytest.mark.parametrize("key", shipped_models())
def test_surveys_ask_instruments_that_ship(key):
    asked = {activity.instrument for _, activity in activities_of(read_shipped(key), ActivityKind.SURVEY)}

    assert asked - keys_in("surveys") == set()
    assert {"relationship_pulse", "programme_evaluation", "mentor_competence"} <= asked


@pytest.mark.parametrize("key", shipped_models())
def test_growth_is_asked_at_the_start_at_the_end_and_looking_back(key):
    surveys = [each for _, each in activities_of(read_shipped(key)) if each.instrument == "mentor_competence"]

    assert [each.moment for each in surveys] == [SurveyMoment.START, SurveyMoment.END, SurveyMoment.THEN]
    assert len({each.for_whom for each in surveys}) == 1


@pytest.mark.parametrize("key", shipped_models())
def test_frameworks_of_one_s_own_are_shipped(key):
    shipped = {
        f"luotsi:{tree['key']}": {f"luotsi:{tree['key']}/{area['key']}" for area in tree["areas"]}
        for tree in (yaml.safe_load(file.read_text("utf-8")) for file in (SOURCE / "competence/shipped").glob("*.yaml"))
    }
    own = [area for area in read_shipped(key).competences if area.framework.startswith("luotsi:")]

    assert own != []
    assert [area.area for area in own if area.area not in shipped.get(area.framework, ())] == []


@pytest.mark.parametrize("key", shipped_models())
def test_national_units_are_named_by_codes_of_the_source(key):
    files = [REFERENCE / "competence_criteria.csv", REFERENCE / "working_life_criteria_yto400014.csv"]
    if not all(file.exists() for file in files):
        pytest.skip("the national criteria are not on this machine")
    text = "".join(file.read_text(encoding="utf-8-sig") for file in files)
    named = [area for area in read_shipped(key).competences if area.framework.startswith("tutkinnonosat_")]

    assert [area.area for area in named if area.area not in text] == []
    assert [area.key for area in named if area.framework.removeprefix("tutkinnonosat_") not in text] == []


@pytest.mark.parametrize("key", shipped_models())
def test_stages_come_in_their_order_up_to_evaluation(key):
    stages = [phase.stage for phase in read_shipped(key).phases]

    assert stages == sorted(stages, key=list(Stage).index)
    assert set(Stage) - set(stages) <= {Stage.PLANNING}


@pytest.mark.parametrize("key", shipped_models())
def test_meetings_fit_into_the_running_time(key):
    model = read_shipped(key)
    weeks = sum(phase.weeks for phase in model.phases if phase.stage in {Stage.RUNNING, Stage.EVALUATING})

    assert 6 <= model.sessions.planned <= 10
    assert model.sessions.planned * model.sessions.every_weeks <= weeks


@pytest.mark.parametrize("key", shipped_models())
def test_agreement_and_letters_are_complete(key):
    model = read_shipped(key)
    days = {nudge.event: nudge.days for nudge in reversed(model.nudges)}

    assert [section.key for section in model.agreement] == list(AGREEMENT_SECTIONS)
    assert set(NudgeEvent) - set(days) == {NudgeEvent.PROGRAMME_STARTED}
    assert days[NudgeEvent.APPLICATION_WAITING] == (7, 14, 45)
    assert all(day < 0 for day in (*days[NudgeEvent.ACTIVITY_COMING], *days[NudgeEvent.PROGRAMME_ENDING]))
    # A pair is asked about the next meeting when it is due, and never before.
    assert days[NudgeEvent.NO_MEETING][0] >= 7 * model.sessions.every_weeks


@pytest.mark.parametrize("key", shipped_models())
def test_who_applies_is_told_what_it_asks_and_who_decides(key):
    enrolment = read_shipped(key).enrolment

    assert all(len(text["fi"]) > 80 for text in (enrolment.terms, enrolment.decides, enrolment.asks))
    assert 7 <= enrolment.decision_days <= 21


@pytest.mark.parametrize("key", shipped_models())
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_matching_is_told_what_it_weighs(key, role):
    """No criterion or rule that has a weight goes without its question."""
    model = read_shipped(key)
    asked = {question.key: question.type for question in questions_for(model, role)}
    needed = {"languages", "needs" if role == "mentee" else "offers"}
    needed |= {"places"} if role == "mentor" else set()
    needed |= {"experience"} if role == "mentor" and model.matching.weights.get("experience") else set()
    if RuleName.REGION_OR_REMOTE in model.matching.rules or model.matching.weights.get("region"):
        needed |= {"region", "is_remote"}

    assert needed - asked.keys() == set()
    assert form_of(model, role).sections[0].items != ()


@pytest.mark.parametrize("key", shipped_models())
def test_training_that_comes_first_can_be_done_before_pairs_form(key):
    model = read_shipped(key)
    forming = max(place for place, phase in enumerate(model.phases) if phase.stage is Stage.MATCHING)
    before = [
        activity
        for place, activity in activities_of(model, ActivityKind.TRAINING_SESSION)
        if place <= forming and activity.is_required and Audience.MENTOR in activity.for_whom
    ]

    assert before != []
    assert all(activity.takes_sign_up and activity.materials for activity in before)


@pytest.mark.parametrize("key", shipped_models())
def test_an_assignment_is_a_task_that_can_be_done(key):
    for _, activity in activities_of(read_shipped(key), ActivityKind.INTERIM_ASSIGNMENT):
        assert min(map(len, activity.text.values())) > 200, activity.key


@pytest.mark.parametrize("key", shipped_models())
def test_activities_say_what_happens_unless_they_are_surveys(key):
    silent = [each.key for _, each in activities_of(read_shipped(key)) if not each.text]

    surveys = [each.key for _, each in activities_of(read_shipped(key), ActivityKind.SURVEY)]
    assert set(silent) <= set(surveys)


@pytest.mark.parametrize("key", shipped_models())
def test_professional_supervision_is_named_only_to_say_that_mentoring_is_not_it(key):
    model = read_shipped(key)
    elsewhere = replace(model, agreement=tuple(each for each in model.agreement if each.key != "limits"))
    said = {language: " ".join(text[language] for _, text in texts_in(elsewhere)).casefold() for language in LANGUAGES}

    assert "työnohjau" not in said["fi"]
    assert "arbetshandledning" not in said["sv"]


def test_supervisor_mentoring_ends_in_transfer():
    model = read_shipped("supervisor-mentoring")
    weeks = {phase.key: phase.weeks for phase in model.phases}

    assert list(weeks) == ["planning", "call", "groups", "sessions", "transfer", "evaluation"]
    assert model.opening == Opening(approved_plan=True)
    assert "found-a-group" in model.sessions.agenda
    transfer = [activity for place, activity in activities_of(model) if model.phases[place].key == "transfer"]
    assert [each.kind for each in transfer].count(ActivityKind.INTERIM_ASSIGNMENT) == 2
    # September to September: planning, call and groups to the middle of January, sessions to May, transfer to September.
    assert weeks["planning"] + weeks["call"] + weeks["groups"] == 19
    assert (weeks["sessions"], weeks["transfer"]) == (20, 17)


def test_learning_mentoring_begins_with_management_and_only_the_person_enrols():
    model = read_shipped("learning-mentoring")
    kinds = [
        (activity.kind, activity.key)
        for place, activity in activities_of(model)
        if model.phases[place].key == "training"
        and activity.kind in {ActivityKind.TRAINING_SESSION, ActivityKind.INTERIM_ASSIGNMENT}
        and Audience.MENTOR in activity.for_whom
    ]

    assert model.opening == Opening(sponsor=True, main_goal=True)
    assert (model.enrolment.self_only, model.matching.training_first) == (True, True)
    assert [key for _, key in kinds] == [
        "training-one",
        "assignment-look",
        "training-two",
        "assignment-plan",
        "training-three",
    ]
    assert len(activities_of(model, ActivityKind.HR_DAY)) == 2
    assert len(activities_of(model, ActivityKind.MENTOR_HR_MEETING)) == 2
    culture = [each for _, each in activities_of(model) if each.instrument == "learning_culture_long"]
    assert [each.moment for each in culture] == [SurveyMoment.START, SurveyMoment.END]


def test_regional_passport_is_made_for_the_young_and_turns_the_parts():
    model = read_shipped("regional-passport")
    asked = {question.key for question in questions_for(model, "mentee")}

    assert (model.enrolment.guardian_consent, model.enrolment.may_be_both) == (True, True)
    assert "is_minor" in asked
    assert Mode.REVERSE in model.modes
    assert {"reverse-mentoring", "experience-to-mark"} <= set(model.sessions.agenda)
    assert len(model.leads_to) == 6


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
