"""What is next, the route, and which pairs need a look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import NotThereError
from luotsi.library.services import load_shipped
from luotsi.mentoring.enums import Ending, How, RelationshipState
from luotsi.mentoring.models import Relationship
from luotsi.mentoring.queries import next_things_for
from luotsi.mentoring.queries.pairs import pairs_from, pairs_of, watched
from luotsi.mentoring.queries.relationships import relationship_for
from luotsi.mentoring.queries.standings import standing_for, steps_of
from luotsi.mentoring.services.agreements import approve_agreement, propose_agreement
from luotsi.mentoring.services.relationships import begin_closing
from luotsi.programmes.models.programmes import Programme
from tests.factories.mentoring import active_pair, met, outsider, over_pair, pair
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db


def next_for(person) -> list[tuple[str, str]]:
    return [(str(thing.title), thing.address) for thing in next_things_for(person)]


# --- what is next for the two


def test_first_comes_the_agreement_within_two_weeks() -> None:
    relationship = pair()

    [thing] = next_things_for(relationship.mentee)

    assert (thing.title, thing.address) == (
        f"Approve the agreement with {relationship.mentor}",
        f"/my/mentoring/{relationship.ref}/agreement/",
    )
    assert thing.by_when == timezone.localdate() + timedelta(days=14)


def test_who_has_approved_waits_for_the_other_one() -> None:
    relationship = pair()
    approve_agreement(relationship.agreements.get(), by=relationship.mentee)

    assert next_for(relationship.mentee) == []
    assert len(next_for(relationship.mentor)) == 1


def test_a_new_version_waits_for_the_other_one_only() -> None:
    relationship = active_pair()
    met(relationship, 1)
    propose_agreement(relationship, rhythm="Weekly", themes="", not_discussed="", by=relationship.mentor)

    assert next_for(relationship.mentor) == []
    assert next_for(relationship.mentee) == [
        (f"Approve the agreement with {relationship.mentor}", f"/my/mentoring/{relationship.ref}/agreement/")
    ]


@pytest.mark.parametrize(
    ("days_ago", "things"),
    [((), ["Meet {name} and log it"]), ((13,), []), ((14,), ["Log your next meeting with {name}"]), ((30, 2), [])],
)
def test_a_meeting_is_next_when_there_was_none_or_none_in_two_weeks(
    days_ago: tuple[int, ...], things: list[str]
) -> None:
    relationship = active_pair(days_ago=40)
    met(relationship, *days_ago)

    titles = [title for title, _address in next_for(relationship.mentee)]

    assert titles == [thing.format(name=relationship.mentor) for thing in things]


def test_after_the_planned_meetings_the_end_is_next() -> None:
    relationship = active_pair()
    met(relationship, *range(7))

    assert next_for(relationship.mentor) == [
        (f"Look back with {relationship.mentee} and finish", f"/my/mentoring/{relationship.ref}/closing/")
    ]


def test_who_is_asked_to_confirm_the_end_has_that_next() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.GOALS_REACHED, by=relationship.mentee)

    assert next_for(relationship.mentee) == []
    assert next_for(relationship.mentor) == [
        (
            f"Has your mentoring with {relationship.mentee} come to its end?",
            f"/my/mentoring/{relationship.ref}/closing/",
        )
    ]


def test_what_is_over_and_what_is_others_leaves_nothing_to_do() -> None:
    over = over_pair()
    pair(over.programme)

    assert next_for(over.mentor) == []
    assert next_for(PersonFactory.create()) == []


# --- what is next for a coordinator


def test_a_coordinator_is_told_how_many_pairs_need_a_look() -> None:
    network = NetworkFactory.create()
    programme = ProgrammeFactory.create(network=network, name={"en": "Career mentoring"})
    pair(programme, days_ago=14)
    active_pair(programme, days_ago=21)
    active_pair(programme, days_ago=20)
    active_pair(ProgrammeFactory.create(), days_ago=90)
    ProgrammeFactory.create(network=network)

    [thing] = next_things_for(coordinator_of(network))

    assert (thing.title, thing.address) == (
        "2 pairs need a look",
        f"/programmes/{programme.ref}/relationships/",
    )


def test_next_things_take_three_queries_for_one_pair_and_for_many() -> None:
    network = NetworkFactory.create()
    person = coordinator_of(network)

    def queries_for(count: int) -> int:
        for _ in range(count):
            programme = ProgrammeFactory.create(network=network)
            active_pair(programme, mentee_is=person, days_ago=30)
        with CaptureQueriesContext(connection) as asked:
            next_things_for(person)
        return len(asked)

    assert [queries_for(1), queries_for(9)] == [3, 3]


# --- which pairs need a look


@pytest.mark.parametrize(
    ("make", "days_ago", "meetings", "reasons"),
    [
        (pair, 13, (), []),
        (pair, 14, (), ["The agreement has waited for 14 days."]),
        (active_pair, 20, (), []),
        (active_pair, 21, (), ["They agreed 21 days ago and have logged no meeting."]),
        (active_pair, 60, (20,), []),
        (active_pair, 60, (21,), ["No meeting for 21 days."]),
        (active_pair, 60, (40, 3), []),
    ],
)
def test_a_pair_needs_a_look_for_reasons_of_fact(make, days_ago: int, meetings: tuple[int, ...], reasons) -> None:
    programme = ProgrammeFactory.create()
    met(make(programme, days_ago=days_ago), *meetings)

    found = pairs_from(pairs_of(programme).filter(watched()))

    assert [reason for each in found for reason in each.reasons] == reasons
    assert len(found) == len(reasons)


def test_a_meeting_that_was_not_held_does_not_count() -> None:
    programme = ProgrammeFactory.create()
    met(active_pair(programme, days_ago=30), 2, how=How.NOT_HELD, minutes=0)

    [found] = pairs_from(pairs_of(programme).filter(watched()))

    assert (found.held, found.last_held_on, found.quiet_days) == (0, None, 30)


def test_what_is_closing_or_over_needs_no_look() -> None:
    programme = ProgrammeFactory.create()
    over_pair(programme, days_ago=90)
    active_pair(programme, days_ago=90, state=RelationshipState.CLOSING, ending=Ending.TIME_IS_UP)

    assert list(pairs_of(programme).filter(watched())) == []


def test_a_pair_is_told_by_facts() -> None:
    programme = ProgrammeFactory.create()
    relationship = active_pair(programme, days_ago=60)
    met(relationship, 40, 30, summary="Between the two.")

    [found] = pairs_from(pairs_of(programme))

    assert (found.mentor, found.mentee) == (str(relationship.mentor), str(relationship.mentee))
    assert (found.state, found.held, found.quiet_days, found.may_be_reminded) == ("active", 2, 30, True)
    assert found.last_held_on == timezone.localdate() - timedelta(days=30)


# --- the route


def test_the_route_shows_what_is_done_what_is_now_and_what_is_ahead() -> None:
    load_shipped(by=SYSTEM)
    relationship = active_pair()
    met(relationship, 9, tool_key="getting-to-know")
    met(relationship, 2, tool_key="strengths")

    steps = steps_of(standing_for(relationship.mentee, relationship.ref))

    assert [(str(step.title), step.state) for step in steps] == [
        ("Agreement", "done"),
        ("Getting to know each other", "done"),
        ("My strengths", "done"),
        ("My strengths", "now"),
        ("A working day and a map of contacts", "ahead"),
        ("Feedback both ways", "ahead"),
        ("Rehearsing a job interview", "ahead"),
        ("A good ending", "ahead"),
        ("Finished together", "ahead"),
    ]


def test_the_route_of_what_is_over_shows_only_what_was() -> None:
    relationship = over_pair()
    met(relationship, 5)

    steps = steps_of(standing_for(relationship.mentee, relationship.ref))

    assert [(str(step.title), step.state) for step in steps] == [
        ("Agreement", "done"),
        ("Meeting 1", "done"),
        ("Finished together", "done"),
    ]


# --- whose it is


def test_a_relationship_is_there_for_its_two_and_for_nobody_else() -> None:
    relationship = active_pair()

    assert relationship_for(relationship.mentor, relationship.ref) == relationship
    for person in (outsider(), coordinator_of(relationship.programme.network)):
        with pytest.raises(NotThereError):
            relationship_for(person, relationship.ref)
        with pytest.raises(NotThereError):
            standing_for(person, relationship.ref)
    assert Programme.objects.count() == 2
    assert Relationship.objects.count() == 2
