from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.people.services.organisations import join_network
from luotsi.programmes.enums import ActivityState, ProgrammeState, SetUpStep
from luotsi.programmes.formats.calendar import is_working_day
from luotsi.programmes.formats.tailoring import Asked
from luotsi.programmes.formats.values import Question, QuestionType, RoleKey, RuleName
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.plans import day_of
from luotsi.programmes.queries.set_up import shared_activities_of
from luotsi.programmes.services.dates import ActivityChoice, Dates, set_activities, set_dates
from luotsi.programmes.services.programmes import draft_programme, publish_programme
from luotsi.programmes.services.set_up import (
    Scope,
    add_question,
    change_model,
    set_matching,
    set_questions,
    set_scope,
)
from tests.factories.people import NetworkFactory, OrganisationFactory, coordinator_of

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2031, 3, 3)
NAME = {"fi": "Työuramentorointi", "en": "Career mentoring"}
OWN = Question(
    key="", text={"fi": "Mistä kuulit meistä?"}, hint={}, type=QuestionType.TEXT, required=False,
    roles=(RoleKey.MENTEE,), choices=(), lowest=None, highest=None,
)  # fmt: skip


@pytest.fixture
def network():
    return NetworkFactory.create()


@pytest.fixture
def coordinator(network):
    return coordinator_of(network)


@pytest.fixture
def programme(network, coordinator) -> Programme:
    return draft_programme(network, model_key="career-mentoring", name=NAME, starts_on=FIRST_DAY, by=coordinator)


def organisation(network, name: str):
    made = OrganisationFactory.create(name=name)
    join_network(made, network, by=SYSTEM)
    return made


def starts(programme: Programme) -> list[date]:
    return list(programme.phases.order_by("position").values_list("starts_on", flat=True))


def keys(programme: Programme) -> list[str]:
    return [question.key for question in model_in(programme.description).questions]


# Scope


def test_scope_is_kept_with_partners_and_their_host(network, coordinator, programme) -> None:
    harbour, college = organisation(network, "Harbour"), organisation(network, "College")

    set_scope(
        programme,
        Scope(name={"fi": " Satama ", "sv": ""}, regions=("16",), languages=("fi", "sv"), mentees_most=20,
              project_code="S20123", partners=(harbour, college), host=college),
        by=coordinator,
    )  # fmt: skip

    programme.refresh_from_db()
    assert (programme.name, programme.for_whom) == ({"fi": "Satama"}, None)
    assert (programme.regions, programme.languages, programme.mentors_most, programme.mentees_most) == (
        ["16"], ["fi", "sv"], None, 20,
    )  # fmt: skip
    assert list(programme.partners.order_by("pk").values_list("organisation", "is_host", "left_on")) == [
        (harbour.pk, False, None),
        (college.pk, True, None),
    ]
    assert programme.set_up == SetUpStep.DATES


def test_a_partner_that_comes_back_finds_what_it_had(network, coordinator, programme) -> None:
    harbour, college = organisation(network, "Harbour"), organisation(network, "College")
    scope = Scope(name=NAME, partners=(harbour, college), host=college)
    set_scope(programme, scope, by=coordinator)
    Partner.objects.filter(organisation=harbour).update(mentees_wanted=7)

    set_scope(programme, replace(scope, partners=(college,)), by=coordinator)
    assert Partner.objects.get(organisation=harbour).left_on == timezone.localdate()
    set_scope(programme, scope, by=coordinator)

    partner = Partner.objects.get(organisation=harbour)
    assert (partner.left_on, partner.is_host, partner.mentees_wanted) == (None, False, 7)


# Dates


def test_what_is_shifted_shifts_together_and_onto_working_days(coordinator, programme) -> None:
    before, last = starts(programme), programme.ends_on

    set_dates(
        programme,
        Dates(starts={"matching": before[1] + timedelta(days=9)}, skips_july=False, apply_until=date(2031, 4, 1)),
        by=coordinator,
    )

    programme.refresh_from_db()
    assert starts(programme) == [before[0], *(day + timedelta(days=9) for day in before[1:])]
    assert programme.ends_on == last + timedelta(days=9)
    assert (programme.starts_on, programme.apply_until) == (FIRST_DAY, date(2031, 4, 1))
    days = [day_of(activity) for activity in shared_activities_of(programme)]
    assert [day for day in days if day is None or not is_working_day(day)] == []
    assert programme.set_up == SetUpStep.PLAN


def test_the_first_day_takes_everything_along(coordinator, programme) -> None:
    before = starts(programme)
    lengths = [phase.ends_on - phase.starts_on for phase in programme.phases.order_by("position")]

    set_dates(programme, Dates(starts={"call": date(2031, 3, 17)}, skips_july=False, apply_until=None), by=coordinator)

    assert starts(programme) == [day + timedelta(weeks=2) for day in before]
    assert [phase.ends_on - phase.starts_on for phase in programme.phases.order_by("position")] == lengths


def test_july_is_left_out_and_taken_back(coordinator, programme) -> None:
    before, last = starts(programme), programme.ends_on
    days = {activity.key: day_of(activity) for activity in shared_activities_of(programme)}

    set_dates(programme, Dates(starts={}, skips_july=True, apply_until=None), by=coordinator)
    programme.refresh_from_db()
    without = {activity.key: day_of(activity) for activity in shared_activities_of(programme)}
    assert programme.ends_on == last + timedelta(weeks=5)  # 30 June to 3 August 2031
    assert [day for day in without.values() if day and date(2031, 6, 30) <= day <= date(2031, 8, 3)] == []

    set_dates(programme, Dates(starts={}, skips_july=False, apply_until=None), by=coordinator)
    programme.refresh_from_db()
    assert (starts(programme), programme.ends_on) == (before, last)
    assert {activity.key for activity in shared_activities_of(programme)} == set(days)


def test_a_phase_without_a_day_left_is_refused(coordinator, programme) -> None:
    before = starts(programme)

    with pytest.raises(RefusedError):
        set_dates(programme, Dates(starts={"matching": before[0]}, skips_july=False, apply_until=None), by=coordinator)

    programme.refresh_from_db()
    assert (starts(programme), programme.set_up) == (before, SetUpStep.SCOPE)


# Plan


def test_an_activity_is_switched_off_moved_and_taken_back(coordinator, programme) -> None:
    first = programme.phases.earliest("position")
    activity = programme.activities.create(
        phase=first, key="get-together", kind="kick_off", name={"en": "Kick-off"}, due_on=date(2031, 3, 5)
    )

    moved = set_activities(
        programme, {activity.ref: ActivityChoice(is_on=True, day=date(2031, 3, 8))}, by=coordinator
    )  # a Saturday
    activity.refresh_from_db()
    assert (moved, activity.due_on) == (1, date(2031, 3, 10))
    set_activities(programme, {activity.ref: ActivityChoice(is_on=False, day=None)}, by=coordinator)
    activity.refresh_from_db()
    assert activity.state == ActivityState.CANCELLED
    set_activities(programme, {activity.ref: ActivityChoice(is_on=True, day=None)}, by=coordinator)

    activity.refresh_from_db()
    assert (activity.state, activity.due_on) == (ActivityState.PLANNED, date(2031, 3, 10))


# Questions and matching


def test_questions_are_written_into_the_programmes_own_copy(coordinator, programme) -> None:
    add_question(programme, OWN, by=coordinator)
    assert keys(programme)[-1] == "own_1"

    set_questions(programme, [Asked("own_1", is_required=True), Asked("languages", is_required=True)], by=coordinator)
    set_questions(programme, [Asked("languages", is_required=True), Asked("region", is_required=False)], by=coordinator)

    programme.refresh_from_db()
    assert keys(programme) == ["languages", "region"]
    assert [question.required for question in model_in(programme.description).questions] == [True, False]
    assert programme.set_up == SetUpStep.MATCHING


def test_no_question_at_all_is_refused(coordinator, programme) -> None:
    before = programme.description

    with pytest.raises(RefusedError):
        set_questions(programme, [], by=coordinator)

    programme.refresh_from_db()
    assert programme.description == before


def test_what_counts_in_pairs_is_written_into_the_copy(coordinator, programme) -> None:
    matching = model_in(programme.description).matching

    set_matching(
        programme, replace(matching, weights={"skills": 9}, rules=(RuleName.COMMON_LANGUAGE,), answer_days=5),
        by=coordinator,
    )  # fmt: skip

    programme.refresh_from_db()
    found = model_in(programme.description).matching
    assert (found.weights, found.answer_days) == ({"skills": 9}, 5)
    assert found.rules == (RuleName.CAPACITY, RuleName.MINOR_NEEDS_VETTED, RuleName.COMMON_LANGUAGE)
    assert programme.set_up == SetUpStep.CHECK


# Who, and when


def test_going_back_does_not_lose_how_far_one_came(coordinator, programme) -> None:
    set_matching(programme, model_in(programme.description).matching, by=coordinator)

    set_scope(programme, Scope(name=NAME), by=coordinator)

    programme.refresh_from_db()
    assert programme.set_up == SetUpStep.CHECK


def test_only_a_draft_is_set_up_and_only_by_its_coordinators(coordinator, programme) -> None:
    stranger, kept = coordinator_of(NetworkFactory.create()), programme.description
    acts = [
        lambda by: set_scope(programme, Scope(name={"en": "Theirs"}), by=by),
        lambda by: set_dates(programme, Dates(starts={"call": date(2032, 1, 1)}, skips_july=False, apply_until=None), by=by),
        lambda by: set_activities(programme, {}, by=by),
        lambda by: set_questions(programme, [Asked("languages", is_required=True)], by=by),
        lambda by: add_question(programme, OWN, by=by),
        lambda by: set_matching(programme, replace(model_in(kept).matching, answer_days=9), by=by),
        lambda by: change_model(programme, model_key="career-mentoring", by=by),
    ]  # fmt: skip

    for act in acts:
        with pytest.raises(RefusedError):
            act(stranger)
    publish_programme(programme, by=coordinator)
    for act in acts:
        with pytest.raises(RefusedError):
            act(coordinator)

    programme.refresh_from_db()
    assert (programme.name, programme.starts_on, programme.description) == (NAME, FIRST_DAY, kept)
    assert (programme.state, programme.set_up) == (ProgrammeState.OPEN, SetUpStep.DONE)
