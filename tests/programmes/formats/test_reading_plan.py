"""Activities, enrolment, nudges and conditions: what is wrong with them is told with the very key."""

from __future__ import annotations

import pytest

from luotsi.programmes.formats.errors import Code, ModelError
from luotsi.programmes.formats.reading import check_model, read_model
from luotsi.programmes.formats.values import (
    ActivityKind,
    Audience,
    CompetenceArea,
    NudgeEvent,
    Origin,
    Pairing,
    Stage,
    SurveyMoment,
)
from tests.factories.model_files import TEXT, WORDS, model_tree, written

SURVEY = {"key": "start-survey", "kind": "survey", "week": 1, "name": WORDS, "instrument": "relationship_pulse"}
TRAINING = {"key": "training", "kind": "training_session", "week": 2, "name": WORDS, "minutes": 90}
NUDGE = {"key": "care", "event": "application_waiting", "days": [7, 14], "to": ["coordinator"]} | {
    "subject": WORDS,
    "text": WORDS,
}


def with_activities(*activities):
    tree = model_tree()
    tree["phases"][0]["activities"] = [dict(each) for each in activities]
    return tree


def with_question(**more):
    """A question of mentees after all others."""
    question = {"key": "more", "type": "text", "text": WORDS, "roles": ["mentee"], **more}
    tree = model_tree()
    tree["questions"] = [*tree["questions"], question]
    return tree, f"questions[{len(tree['questions']) - 1}]"


def faults_of(tree):
    with pytest.raises(ModelError) as refused:
        read_model(written(tree))
    return [(fault.path, fault.code, dict(fault.facts)) for fault in refused.value.faults]


def model_of(tree):
    return read_model(written(tree))


def test_activity_is_read_with_all_that_it_has():
    required = TRAINING | {"required": True, "sign_up": True, "capacity": 12, "for_whom": ["mentor"]}
    tree = with_activities(required | {"materials": ["strengths"]}, SURVEY | {"moment": "start"})
    tree["phases"][0]["stage"] = "recruiting"

    model = model_of(tree)

    assert (model.phases[0].stage, model.phases[1].stage) == (Stage.RECRUITING, Stage.RUNNING)
    training, survey = model.phases[0].activities
    assert (training.kind, training.week, training.minutes) == (ActivityKind.TRAINING_SESSION, 2, 90)
    assert (training.for_whom, training.is_required) == ((Audience.MENTOR,), True)
    assert (training.takes_sign_up, training.capacity, training.materials) == (True, 12, ("strengths",))
    assert (survey.instrument, survey.moment, survey.minutes) == ("relationship_pulse", SurveyMoment.START, None)


@pytest.mark.parametrize(
    ("activity", "found"),
    [
        (TRAINING | {"week": 5}, (".week", Code.OUT_OF_RANGE, {"found": 5, "lowest": 1, "highest": 4})),
        (TRAINING | {"minutes": 4}, (".minutes", Code.OUT_OF_RANGE, {"found": 4, "lowest": 5, "highest": 1_440})),
        (
            TRAINING | {"capacity": 12},
            (".capacity", Code.UNKNOWN_KEY, {"key": "capacity", "nearest": "", "allowed": "kind: training_session"}),
        ),
        (
            TRAINING | {"instrument": "pulse"},
            (".instrument", Code.UNKNOWN_KEY, {"key": "instrument", "nearest": ""})
        ),
        (SURVEY | {"minutes": 20}, (".minutes", Code.UNKNOWN_KEY, {"key": "minutes", "nearest": ""})),
        ({key: SURVEY[key] for key in SURVEY if key != "instrument"}, ("", Code.MISSING_KEY, {"key": "instrument"})),
        (TRAINING | {"for_whom": ["mentors"]}, (".for_whom[0]", Code.NOT_ALLOWED, {"nearest": "mentor"})),
        (TRAINING | {"for_whom": []}, (".for_whom", Code.WRONG_NUMBER, {"found": 0, "lowest": 1, "highest": 5})),
        (TRAINING | {"required": "perhaps"}, (".required", Code.WRONG_TYPE, {"expected": "yes or no"})),
        (TRAINING | {"materials": ["a b"]}, (".materials[0]", Code.NOT_A_KEY, {"found": "a b"})),
    ],
)  # fmt: skip
def test_fault_of_an_activity(activity, found):
    path, code, facts = found

    [(place, told, known)] = faults_of(with_activities(activity))

    assert (place, told) == (f"phases[0].activities[0]{path}", code)
    assert facts.items() <= known.items()


def test_activities_have_keys_of_their_own_in_the_whole_model():
    tree = with_activities(TRAINING)
    tree["phases"][2]["activities"] = [dict(TRAINING)]

    assert faults_of(tree) == [("phases[2].activities[0].key", Code.REPEATED, {"found": "training"})]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"days": []}, ("nudges[0].days", Code.WRONG_NUMBER, {"found": 0, "lowest": 1, "highest": 10})),
        ({"days": [-1]}, ("nudges[0].days[0]", Code.OUT_OF_RANGE, {"found": -1, "lowest": 0, "highest": 365})),
        ({"days": [7, 7]}, ("nudges[0].days[1]", Code.REPEATED, {"found": "7"})),
        (
            {"event": "activity_coming"},
            ("nudges[0].days[0]", Code.OUT_OF_RANGE, {"found": 7, "lowest": -365, "highest": 0}),
        ),
        ({"to": ["mentee", "mentee"]}, ("nudges[0].to[1]", Code.REPEATED, {"found": "mentee"})),
        ({"subject": {"fi": ""}}, ("nudges[0].subject", Code.LANGUAGE_MISSING, {"language": "fi"})),
    ],
)
def test_fault_of_a_nudge(change, found):
    tree = model_tree(nudges=[NUDGE | {"days": [7] if "event" in change else [7, 14]} | change])

    assert faults_of(tree)[0] == found


def test_end_of_a_programme_is_known_beforehand_and_a_missed_meeting_only_afterwards():
    ending = NUDGE | {"key": "ending", "event": "programme_ending", "days": [-14, 7]}
    missed = NUDGE | {"key": "missed", "event": "no_meeting", "days": [-14]}

    assert model_of(model_tree(nudges=[ending])).nudges[0].event is NudgeEvent.PROGRAMME_ENDING
    assert [path for path, _, _ in faults_of(model_tree(nudges=[ending, missed]))] == ["nudges[1].days[0]"]


def test_question_may_depend_on_an_earlier_answer():
    tree, _ = with_question(when={"question": "situation", "is": "studying"})

    assert model_of(tree).questions[-1].when == ("situation", "studying")


@pytest.mark.parametrize(
    ("when", "place", "code", "nearest"),
    [
        ({"question": "situatoin", "is": "studying"}, ".when.question", Code.NOT_ALLOWED, "situation"),
        ({"question": "goal", "is": "yes"}, ".when.question", Code.NOT_ALLOWED, ""),
        ({"question": "more", "is": "yes"}, ".when.question", Code.NOT_ALLOWED, ""),
        ({"question": "situation", "is": "studyin"}, ".when.is", Code.NOT_ALLOWED, "studying"),
        ({"question": "is_remote", "is": True}, ".when.is", Code.NOT_ALLOWED, ""),
    ],
)
def test_condition_on_what_nobody_can_have_answered(when, place, code, nearest):
    tree, path = with_question(when=when)

    [(found, told, facts)] = faults_of(tree)

    assert (found, told, facts["nearest"]) == (path + place, code, nearest)


def test_condition_on_a_question_that_not_everybody_was_asked():
    tree, path = with_question(roles=["mentor", "mentee"], when={"question": "situation", "is": "studying"})

    assert faults_of(tree) == [(f"{path}.when.question", Code.ASKED_OF_OTHERS, {"question": "situation"})]


def test_condition_without_a_question_is_told_once():
    tree, path = with_question(when={"is": "studying"})

    assert faults_of(tree) == [(f"{path}.when", Code.MISSING_KEY, {"key": "question"})]


def test_enrolment_opening_competences_and_origin_are_read():
    model = model_of(
        model_tree(
            derived_from={"key": "career-mentoring", "version": 1},
            topic=WORDS,
            enrolment={"self_only": True, "guardian_consent": False, "decision_days": 21, "terms": WORDS},
            opening={"sponsor": True},
            competences=[{"key": "guidance", "name": WORDS, "framework": "ESCO 1.2", "area": "S1"}],
        )
    )

    assert (model.origin, model.topic) == (Origin(key="career-mentoring", version=1), WORDS)
    enrolment = model.enrolment
    assert (enrolment.self_only, enrolment.may_be_both, enrolment.guardian_consent) == (True, False, False)
    assert (enrolment.decision_days, enrolment.terms, enrolment.asks) == (21, WORDS, {})
    assert (model.opening.sponsor, model.opening.main_goal, model.opening.approved_plan) == (True, False, False)
    area = CompetenceArea(key="guidance", name=WORDS, framework="ESCO 1.2", area="S1")
    assert model.competences == (area,)


def test_what_is_not_told_is_as_usual():
    model = model_of(model_tree())

    assert (model.enrolment.guardian_consent, model.enrolment.decision_days) == (True, 14)
    assert (model.matching.pairing, model.matching.training_first) == (Pairing.ADMIN, False)
    assert (model.origin, model.nudges, model.competences) == (None, (), ())


@pytest.mark.parametrize(
    ("parts", "path", "code"),
    [
        ({"enrolment": {"self_onyl": True}}, "enrolment.self_onyl", Code.UNKNOWN_KEY),
        ({"enrolment": {"decision_days": 0}}, "enrolment.decision_days", Code.OUT_OF_RANGE),
        ({"opening": {"sponsor": 1}}, "opening.sponsor", Code.WRONG_TYPE),
        ({"competences": [{"key": "a", "name": WORDS, "area": "\x08"}]}, "competences[0].area", Code.UNFIT_CHARACTER),
        ({"competences": [{"key": "a", "name": WORDS, "area": "x" * 201}]}, "competences[0].area", Code.TOO_LONG),
        ({"derived_from": {"key": "a", "version": 0}}, "derived_from.version", Code.OUT_OF_RANGE),
        ({"indicators": ["pairs", "satisfaction"]}, "indicators[1]", Code.NOT_ALLOWED),
    ],
)
def test_one_fault_in_what_may_be_left_out(parts, path, code):
    assert [(found, told) for found, told, _ in faults_of(model_tree(**parts))] == [(path, code)]


def test_every_path_of_a_file_has_its_line():
    lines = check_model(TEXT).lines

    told = TEXT.splitlines()
    assert told[lines["matching.floor"] - 1] == "  floor: 3000"
    assert told[lines["sessions.agenda[2]"] - 1] == "    - strengths"
    assert told[lines["questions[3].choices[1].text.sv"] - 1].lstrip().startswith("text: {fi: Olen vastavalmistunut")
