from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, Event
from luotsi.people.enums import CircleRole
from luotsi.people.models import CircleMember
from luotsi.programmes.enums import DataMoment, LeavingReason, ParticipationState
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.participations import missing_data_of
from luotsi.programmes.services.participations import (
    change_places,
    come_back,
    end_pauses,
    leave,
    note_data_given,
    pause,
    remind_missing,
    remind_of_funder_data,
    set_minutes_mentored,
)
from luotsi.programmes.services.places import book_place
from tests.factories.people import NetworkFactory, coordinator_of, join
from tests.factories.programmes import answers, mentee, mentor, open_round

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def after(days: int) -> date:
    return TODAY() + timedelta(days=days)


def test_a_pause_ends_by_itself_on_its_day() -> None:
    part, other = mentor(round_ := open_round()), mentor(round_)
    pause(part, after(3), by=part.person)
    pause(other, after(30), by=coordinator_of(round_.programme.network))
    part.amend(paused_until=TODAY())

    assert end_pauses() == 1

    states = Participation.objects.order_by("pk").values_list("state", "paused_until")
    assert list(states) == [("active", None), ("paused", after(30))]
    assert end_pauses() == 0


def test_nobody_books_who_pauses_and_coming_back_twice_is_once() -> None:
    part = mentee(open_round())
    pause(part, after(1), by=part.person)

    with pytest.raises(RefusedError):
        book_place(part, by=SYSTEM)

    come_back(part, by=part.person)
    come_back(part, by=part.person)
    part.refresh_from_db()
    assert (part.state, part.paused_until, part.places_taken) == ("active", None, 0)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_pause_ends_after_today_and_within_a_year(days: int) -> None:
    part = mentee(open_round())

    with pytest.raises(RefusedError):
        pause(part, after(days), by=part.person)

    part.refresh_from_db()
    assert (part.state, part.paused_until) == ("active", None)


def test_places_are_never_fewer_than_are_taken() -> None:
    part = mentor(open_round(), answers(places=3), places_taken=2)

    with pytest.raises(RefusedError):
        change_places(part, 1, by=part.person)
    part.refresh_from_db()
    assert part.places == 3

    change_places(part, 2, by=part.person)
    assert (part.places, part.places_free) == (2, 0)


@pytest.mark.parametrize("places", [0, 51])
def test_there_is_a_least_and_a_most_of_places(places: int) -> None:
    part = mentor(open_round())

    with pytest.raises(RefusedError):
        change_places(part, places, by=part.person)

    part.refresh_from_db()
    assert part.places == 1


def test_a_mentee_has_no_places_for_others() -> None:
    part = mentee(open_round())

    with pytest.raises(RefusedError):
        change_places(part, 2, by=part.person)

    part.refresh_from_db()
    assert part.places == 1


def test_who_leaves_says_why_without_blame_and_makes_room() -> None:
    round_ = open_round()
    round_.amend(mentees_most=1, mentees_taken=1)
    part = mentee(round_)
    join(round_.programme.circle, part.person, CircleRole.MENTEE)

    leave(part, LeavingReason.LIFE, by=part.person)

    part.refresh_from_db()
    round_.refresh_from_db()
    assert (part.state, part.left_reason, part.left_on) == ("left", "life", TODAY())
    assert round_.mentees_taken == 0
    assert not CircleMember.objects.current().exists()
    assert Event.objects.get().facts == {
        "participation": {"ref": str(part.ref)},
        "person": {"ref": str(part.person.ref)},
        "programme": {"ref": str(round_.programme.ref)},
    }


def test_who_is_both_leaves_one_part_and_stays_in_the_other() -> None:
    round_ = open_round()
    part = mentor(round_)
    other = Participation.objects.create(
        application=part.application, programme=round_.programme, person=part.person, role="mentee"
    )
    for role in (CircleRole.MENTOR, CircleRole.MENTEE):
        join(round_.programme.circle, part.person, role)

    leave(part, LeavingReason.TIME, by=part.person)

    assert list(CircleMember.objects.current().values_list("role", flat=True)) == [CircleRole.MENTEE]
    other.refresh_from_db()
    assert other.state == ParticipationState.ACTIVE


def test_nobody_leaves_on_whom_somebody_counts() -> None:
    part = mentor(open_round(), places_taken=1)

    with pytest.raises(RefusedError) as refused:
        leave(part, LeavingReason.TIME, by=part.person)

    assert "End the pair or answer the proposal first" in str(refused.value.text)
    part.refresh_from_db()
    assert (part.state, part.left_reason, part.left_on) == ("active", "", None)
    assert Event.objects.count() == 0


def test_a_stranger_and_a_coordinator_of_another_network_change_nothing() -> None:
    part, stranger = mentor(open_round()), mentor(open_round()).person

    for by in (stranger, coordinator_of(NetworkFactory.create())):
        for act in (
            lambda by=by: pause(part, after(3), by=by),
            lambda by=by: change_places(part, 4, by=by),
            lambda by=by: leave(part, LeavingReason.TIME, by=by),
            lambda by=by: come_back(part, by=by),
        ):
            with pytest.raises(RefusedError):
                act()

    part.refresh_from_db()
    assert (part.state, part.places) == ("active", 1)
    assert AuditEntry.objects.count() == 0


def test_hours_are_a_sum_that_is_written_once() -> None:
    part = mentor(open_round())

    set_minutes_mentored(part, 90, by=SYSTEM)
    set_minutes_mentored(part, 90, by=SYSTEM)

    part.refresh_from_db()
    assert part.minutes_mentored == 90
    assert AuditEntry.objects.filter(verb="programmes.minutes_summed").count() == 1


def funded(**values: Any) -> Programme:
    return open_round(project_code="S30000", project_link="https://example.org/eura", **values).programme


def in_it(programme: Programme) -> Participation:
    return mentee(programme.rounds.get())


def test_who_gave_the_data_says_so_and_is_missing_no_more() -> None:
    programme = funded()
    part, other = in_it(programme), in_it(programme)
    in_it(funded())

    note_data_given(part, DataMoment.START, by=part.person)

    part.refresh_from_db()
    assert (part.start_data_given_on, part.end_data_given_on) == (TODAY(), None)
    assert list(missing_data_of(programme, DataMoment.START)) == [other]
    assert set(missing_data_of(programme, DataMoment.END)) == {part, other}


def test_a_coordinator_does_not_say_it_for_somebody() -> None:
    part = in_it(programme := funded())

    with pytest.raises(RefusedError):
        note_data_given(part, DataMoment.START, by=coordinator_of(programme.network))

    part.refresh_from_db()
    assert part.start_data_given_on is None


def test_nobody_asks_where_there_is_no_funder() -> None:
    part = mentee(open_round())

    with pytest.raises(RefusedError):
        note_data_given(part, DataMoment.START, by=part.person)
    with pytest.raises(RefusedError):
        remind_missing(part.programme, DataMoment.START, by=coordinator_of(part.programme.network))

    part.refresh_from_db()
    assert part.start_data_given_on is None
    assert Message.objects.count() == 0


def test_the_missing_are_reminded_with_one_press_once_a_day() -> None:
    programme = funded()
    part, given = in_it(programme), in_it(programme)
    note_data_given(given, DataMoment.START, by=given.person)
    in_it(programme).amend(state=ParticipationState.LEFT)
    coordinator = coordinator_of(programme.network)

    assert remind_missing(programme, DataMoment.START, by=coordinator) == 1
    assert remind_missing(programme, DataMoment.START, by=coordinator) == 0

    message = Message.objects.get()
    assert (message.recipient_ref, message.action_path) == (part.person.ref, f"/my/parts/{part.ref}/")


def test_another_networks_coordinator_reminds_nobody() -> None:
    in_it(programme := funded())

    with pytest.raises(RefusedError):
        remind_missing(programme, DataMoment.START, by=coordinator_of(NetworkFactory.create()))

    assert Message.objects.count() == 0


def test_each_is_reminded_by_itself_at_the_start_and_at_the_end() -> None:
    programme = funded(starts_on=after(-100), ends_on=after(60))
    part = in_it(programme)
    later = funded(starts_on=after(1), ends_on=after(60))
    in_it(later)

    assert (remind_of_funder_data(), remind_of_funder_data()) == (1, 0)
    part.refresh_from_db()
    assert part.data_reminded_on == TODAY()

    part.amend(data_reminded_on=after(-90), start_data_given_on=after(-89))
    programme.amend(ends_on=after(7))
    assert (remind_of_funder_data(), remind_of_funder_data()) == (1, 0)
    assert "who has finished" in Message.objects.latest("pk").lines[0]
