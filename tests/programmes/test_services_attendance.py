from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ActivityState, AttendanceState
from luotsi.programmes.models.activities import Attendance
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.activities import expected_at, minutes_attended
from luotsi.programmes.services import attendance
from tests.factories.activities import activity_in, partner_in, trainer_of, wall, was_at, with_places
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import mentee, mentor, open_round

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def activity(round_) -> Activity:
    return activity_in(round_.programme)


@pytest.fixture
def trainer(round_):
    return trainer_of(round_.programme.network)


def states() -> dict[str, str]:
    return dict(Attendance.objects.values_list("person__given_name", "state"))


def named(round_, *names: str) -> list:
    return [mentor(round_, person=PersonFactory.create(given_name=name, sort_key=name)).person for name in names]


def test_a_trainer_notes_who_was_there_and_who_was_not(round_, activity, trainer) -> None:
    aino, bo = named(round_, "Aino", "Bo")

    attendance.note_presence(activity, aino, was_there=True, by=trainer)
    attendance.note_presence(activity, bo, was_there=False, by=trainer)

    assert states() == {"Aino": "attended", "Bo": "absent"}
    row = Attendance.objects.get(person=aino)
    assert (row.noted_by, row.noted_at is not None) == (trainer, True)


def test_what_was_noted_can_be_turned_round(round_, activity, trainer) -> None:
    [aino] = named(round_, "Aino")

    for was_there in (True, False, True):
        attendance.note_presence(activity, aino, was_there=was_there, by=trainer)

    assert states() == {"Aino": "attended"}


def test_those_who_train_are_of_the_network_or_a_partner(round_, activity) -> None:
    [aino] = named(round_, "Aino")
    partner = partner_in(round_.programme)
    may = [coordinator_of(round_.programme.network), trainer_of(partner.organisation)]
    other = open_round().programme
    may_not = [
        aino,
        PersonFactory.create(),
        trainer_of(other.network),
        coordinator_of(other.network),
        trainer_of(partner_in(other).organisation),
        trainer_of(partner_in(round_.programme, left_on="2026-01-01").organisation),
    ]

    for person in may_not:
        with pytest.raises(RefusedError):
            attendance.note_presence(activity, aino, was_there=True, by=person)
    assert states() == {}
    for person in may:
        attendance.note_presence(activity, aino, was_there=True, by=person)


def test_a_partners_own_activity_is_not_trained_by_another_partner(round_) -> None:
    partner, other = partner_in(round_.programme), partner_in(round_.programme)
    person = mentor(round_, organisation=partner.organisation).person
    own = activity_in(round_.programme, partner=partner)

    with pytest.raises(RefusedError):
        attendance.note_presence(own, person, was_there=True, by=trainer_of(other.organisation))
    attendance.note_presence(own, person, was_there=True, by=trainer_of(partner.organisation))

    assert Attendance.objects.get().state == "attended"


def test_nobody_is_noted_for_whom_it_is_not(activity, trainer) -> None:
    stranger = mentor(open_round()).person

    with pytest.raises(RefusedError):
        attendance.note_presence(activity, stranger, was_there=True, by=trainer)

    assert states() == {}


def test_all_are_present_at_once_but_those_noted_as_absent(round_, activity, trainer) -> None:
    named(round_, "Aino", "Bo")
    [cia] = named(round_, "Cia")
    attendance.note_presence(activity, cia, was_there=False, by=trainer)

    assert attendance.note_all_present(activity, by=trainer) == 2

    assert states() == {"Aino": "attended", "Bo": "attended", "Cia": "absent"}


def test_where_people_sign_up_all_are_those_who_did(round_, trainer) -> None:
    activity = with_places(round_.programme)
    aino, bo, _cia = named(round_, "Aino", "Bo", "Cia")
    was_at(activity, aino, AttendanceState.SIGNED_UP)
    was_at(activity, bo, AttendanceState.SIGNED_OFF)

    attendance.note_all_present(activity, by=trainer)

    assert states() == {"Aino": "attended", "Bo": "signed_off"}
    assert [(each.person.given_name, each.state) for each in expected_at(activity)] == [
        ("Aino", "attended"),
        ("Bo", "signed_off"),
        ("Cia", None),
    ]


def test_who_signed_up_and_did_not_come_is_absent_when_it_is_over(round_, trainer) -> None:
    activity = with_places(round_.programme)
    aino, bo = named(round_, "Aino", "Bo")
    was_at(activity, aino, AttendanceState.SIGNED_UP)
    was_at(activity, bo, AttendanceState.ATTENDED)

    attendance.finish(activity, by=trainer)

    assert states() == {"Aino": "absent", "Bo": "attended"}
    activity.refresh_from_db()
    assert activity.state == ActivityState.DONE
    with pytest.raises(RefusedError):
        attendance.finish(activity, by=trainer)


@pytest.mark.parametrize("values", [{"state": ActivityState.CANCELLED}, {"starts_local": None}])
def test_nobody_is_noted_at_what_was_not_held(round_, trainer, values) -> None:
    activity = activity_in(round_.programme, **values)
    [aino] = named(round_, "Aino")

    with pytest.raises(RefusedError):
        attendance.note_presence(activity, aino, was_there=True, by=trainer)

    assert states() == {}


# At the door. On 29 March 2026 the clocks go forward.


@pytest.mark.parametrize(
    ("starts", "clock", "is_open"),
    [
        ("2026-03-12T13:00", "2026-03-12T11:59", False),
        ("2026-03-12T13:00", "2026-03-12T12:00", True),
        ("2026-03-12T13:00", "2026-03-12T15:30", True),
        ("2026-03-12T13:00", "2026-03-12T15:31", False),
        ("2026-03-12T13:00", "2026-03-13T13:00", False),
        ("2026-03-30T09:00", "2026-03-30T07:59", False),
        ("2026-03-30T09:00", "2026-03-30T08:00", True),
        ("2026-10-26T09:00", "2026-10-26T11:30", True),
        ("2026-10-26T09:00", "2026-10-26T11:31", False),
    ],
)
def test_the_door_is_open_around_the_time_as_the_clock_there_shows_it(round_, starts, clock, is_open) -> None:
    starts_local = datetime.fromisoformat(starts).replace(tzinfo=UTC)
    activity = activity_in(round_.programme, starts_local=starts_local, minutes=90)
    [aino] = named(round_, "Aino")

    with time_machine.travel(datetime.fromisoformat(clock).replace(tzinfo=HELSINKI), tick=False):
        try:
            attendance.check_in(activity, by=aino)
        except RefusedError:
            assert not is_open

    assert states() == ({"Aino": "attended"} if is_open else {})


def test_checking_in_twice_is_the_same_as_once(round_) -> None:
    activity = activity_in(round_.programme, starts_local=wall(0, hour=13))
    [aino] = named(round_, "Aino")

    with time_machine.travel(wall(0, hour=13).replace(tzinfo=HELSINKI), tick=False):
        attendance.check_in(activity, by=aino)
    with time_machine.travel(wall(0, hour=13).replace(tzinfo=HELSINKI) + timedelta(minutes=5), tick=False):
        attendance.check_in(activity, by=aino)

    row = Attendance.objects.get()
    assert (row.state, row.noted_by) == ("attended", aino)
    assert row.noted_at == wall(0, hour=13).replace(tzinfo=HELSINKI)


def test_nobody_checks_in_to_what_is_for_others(round_) -> None:
    activity = activity_in(round_.programme, starts_local=wall(0, hour=13), for_whom=["mentee"])
    [aino] = named(round_, "Aino")

    with time_machine.travel(wall(0, hour=13).replace(tzinfo=HELSINKI)), pytest.raises(RefusedError):
        attendance.check_in(activity, by=aino)

    assert states() == {}


def test_minutes_are_counted_of_where_one_was(round_, activity) -> None:
    part = mentor(round_)
    second, missed = (activity_in(round_.programme, minutes=minutes) for minutes in (45, 600))
    other = open_round()
    same_person = mentor(other, person=part.person)
    for at in (activity, second, activity_in(other.programme, minutes=7)):
        was_at(at, part.person)
    was_at(missed, part.person, AttendanceState.ABSENT)
    was_at(activity, mentee(round_).person)

    assert (minutes_attended(part), minutes_attended(same_person)) == (90 + 45, 7)
