from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from icalendar import Calendar

from luotsi.comms.models import CalendarEntry, Message
from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, Job
from luotsi.people.enums import Role
from luotsi.people.models import Person
from luotsi.programmes.enums import ActivityState, ParticipationState, ProgrammeState
from luotsi.programmes.models.activities import Attendance
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.activities import activities_for, people_for, place_in_queue
from luotsi.programmes.services import activities, calendars
from tests.factories.activities import activity_in, assignment_in, partner_in, trainer_of, wall, with_places
from tests.factories.people import OrganisationFactory, PersonFactory, coordinator_of, grant
from tests.factories.programmes import mentee, mentor, open_round

pytestmark = pytest.mark.django_db
AT_ONCE = 8


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def programme(round_: Round) -> Programme:
    return round_.programme


def states(activity: Activity) -> dict[str, str]:
    return dict(Attendance.objects.filter(activity=activity).values_list("person__given_name", "state"))


def told(kind: str) -> list[str]:
    """Who got a letter of this kind, by name."""
    refs = Message.objects.filter(kind=kind).order_by("pk").values_list("recipient_ref", flat=True)
    return [Person.objects.get(ref=ref).given_name for ref in refs]


def calendar_of(message: Message):
    [event] = Calendar.from_ical(message.calendar).walk("VEVENT")
    return event


def named(name: str) -> Person:
    return PersonFactory.create(given_name=name)


# Whom it is for


def test_an_activity_is_for_those_in_its_roles(round_, programme) -> None:
    a_mentor, a_mentee = mentor(round_).person, mentee(round_).person
    left = mentor(round_, state=ParticipationState.LEFT).person
    coordinator = coordinator_of(programme.network)
    partner = partner_in(programme)
    hr, boss = PersonFactory.create(), PersonFactory.create()
    grant(hr, Role.HR, organisation=partner.organisation)
    grant(boss, Role.MANAGEMENT, organisation=partner.organisation)
    elsewhere = mentor(open_round()).person
    other_hr = PersonFactory.create()
    grant(other_hr, Role.HR, organisation=partner_in(open_round().programme).organisation)
    everybody = [a_mentor, a_mentee, left, coordinator, hr, boss, elsewhere, other_hr]

    found = {
        audience: (
            {person for person in everybody if activities_for(person).filter(pk=activity.pk).exists()},
            set(people_for(activity)),
        )
        for audience in ("mentor", "mentee", "hr", "management", "coordinator")
        for activity in [activity_in(programme, for_whom=[audience])]
    }

    assert found == {
        "mentor": ({a_mentor}, {a_mentor}),
        "mentee": ({a_mentee}, {a_mentee}),
        "hr": ({hr}, {hr}),
        "management": ({boss}, {boss}),
        "coordinator": ({coordinator}, {coordinator}),
    }


def test_a_partners_own_activity_is_for_its_people_only(round_, programme) -> None:
    college = OrganisationFactory.create()
    kitchen = OrganisationFactory.create(parent=college)
    partner, other = partner_in(programme, college), partner_in(programme)
    inside, unit = mentor(round_, organisation=college).person, mentor(round_, organisation=kitchen).person
    outside, nowhere = mentor(round_, organisation=other.organisation).person, mentor(round_).person
    hr, other_hr = PersonFactory.create(), PersonFactory.create()
    grant(hr, Role.HR, organisation=college)
    grant(other_hr, Role.HR, organisation=other.organisation)
    activity = activity_in(programme, partner=partner, for_whom=["mentor", "hr"])

    assert set(people_for(activity)) == {inside, unit, hr}
    seen = {person for person in (inside, unit, outside, nowhere, hr, other_hr) if activities_for(person).exists()}
    assert seen == {inside, unit, hr}


@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.CANCELLED])
def test_nobody_sees_activities_of_a_programme_that_is_not_there(state: ProgrammeState) -> None:
    round_ = open_round(state=state)
    activity_in(round_.programme)

    assert not activities_for(mentor(round_).person).exists()


# Signing up


def test_places_are_taken_then_there_is_a_queue(round_, programme) -> None:
    activity = with_places(programme, 2)
    for name in ("Aino", "Bo", "Cia", "Dan"):
        activities.sign_up(activity, by=mentor(round_, person=named(name)).person)

    assert states(activity) == {"Aino": "signed_up", "Bo": "signed_up", "Cia": "queuing", "Dan": "queuing"}
    activity.refresh_from_db()
    assert activity.taken == 2
    assert told("programmes.signed_up") == ["Aino", "Bo"]
    assert [place_in_queue(row) for row in Attendance.objects.filter(state="queuing").order_by("pk")] == [1, 2]


def test_signing_up_invites_into_the_calendar(round_, programme) -> None:
    activity, person = with_places(programme), mentor(round_).person

    activities.sign_up(activity, by=person)

    event = calendar_of(Message.objects.get())
    assert (str(event["summary"]), str(event["location"])) == ("Guiding at work", "Hall 2")
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert event.decoded("dtstart").replace(tzinfo=None) == wall(7).replace(tzinfo=None)
    entry = CalendarEntry.objects.get()
    assert (entry.recipient_ref, entry.about_ref, entry.is_settled) == (person.ref, activity.ref, True)


def test_signing_up_twice_is_the_same_as_once(round_, programme) -> None:
    activity, person = with_places(programme), mentor(round_).person

    activities.sign_up(activity, by=person)
    activities.sign_up(activity, by=person)

    activity.refresh_from_db()
    assert (activity.taken, Attendance.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_who_cannot_come_gives_the_place_to_the_first_in_the_queue(round_, programme) -> None:
    activity = with_places(programme, 1)
    aino, bo, cia = (mentor(round_, person=named(name)).person for name in ("Aino", "Bo", "Cia"))
    for person in (aino, bo, cia):
        activities.sign_up(activity, by=person)

    activities.sign_off(activity, by=aino)

    assert states(activity) == {"Aino": "signed_off", "Bo": "signed_up", "Cia": "queuing"}
    activity.refresh_from_db()
    assert activity.taken == 1
    assert told("programmes.place_from_queue") == ["Bo"]
    assert CalendarEntry.objects.get(recipient_ref=aino.ref).is_cancelled is True
    assert CalendarEntry.objects.get(recipient_ref=bo.ref).is_settled is True


def test_who_comes_back_stands_at_the_end_of_the_queue(round_, programme) -> None:
    activity = with_places(programme, 1)
    aino, bo, cia = (mentor(round_, person=named(name)).person for name in ("Aino", "Bo", "Cia"))
    for person in (aino, bo, cia):
        activities.sign_up(activity, by=person)
    activities.sign_off(activity, by=aino)
    activities.sign_up(activity, by=aino)

    activities.sign_off(activity, by=bo)

    assert states(activity) == {"Aino": "queuing", "Bo": "signed_off", "Cia": "signed_up"}


def test_who_leaves_the_queue_takes_nobodys_place(round_, programme) -> None:
    activity = with_places(programme, 1)
    aino, bo = mentor(round_).person, mentor(round_).person
    activities.sign_up(activity, by=aino)
    activities.sign_up(activity, by=bo)

    activities.sign_off(activity, by=bo)

    activity.refresh_from_db()
    assert activity.taken == 1
    assert Attendance.objects.get(person=aino).state == "signed_up"


def test_without_a_capacity_there_is_room_for_all(round_, programme) -> None:
    activity = with_places(programme, None)
    for _ in range(5):
        activities.sign_up(activity, by=mentor(round_).person)

    activity.refresh_from_db()
    assert (activity.taken, set(states(activity).values())) == (5, {"signed_up"})


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"takes_sign_up": False}, "Nobody signs up for this. Just come."),
        ({"state": ActivityState.CANCELLED}, "It has been held or cancelled already."),
        ({"state": ActivityState.DONE}, "It has been held or cancelled already."),
        ({"starts_local": wall(-1)}, "It has begun already, so nobody can sign up any more."),
        ({"for_whom": ["mentee"]}, "This is not for you. If you think that it should be, ask a coordinator."),
    ],
)
def test_nobody_signs_up_for_what_takes_nobody(round_, programme, values, why: str) -> None:
    activity = activity_in(programme, **{"takes_sign_up": True, **values})

    with pytest.raises(RefusedError) as refused:
        activities.sign_up(activity, by=mentor(round_).person)

    assert str(refused.value.text) == why
    activity.refresh_from_db()
    assert (activity.taken, Attendance.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_nobody_signs_up_in_another_network(round_, programme) -> None:
    activity = with_places(programme)

    with pytest.raises(RefusedError):
        activities.sign_up(activity, by=mentor(open_round()).person)

    assert Attendance.objects.count() == 0


def test_nobody_signs_off_what_has_begun(round_, programme) -> None:
    activity, person = with_places(programme), mentor(round_).person
    activities.sign_up(activity, by=person)
    Activity.objects.update(starts_local=wall(-1))

    with pytest.raises(RefusedError):
        activities.sign_off(activity, by=person)

    assert states(activity) == {person.given_name: "signed_up"}


def test_the_database_is_the_last_guard_of_capacity(programme) -> None:
    activity = with_places(programme, 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(taken=2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time; its test database one thread"
)
def test_however_many_sign_up_at_once_no_place_is_given_twice() -> None:
    round_ = open_round()
    activity = with_places(round_.programme, 3)
    people = [mentor(round_).person for _ in range(AT_ONCE * 2)]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        got = list(pool.map(_signs_up, [activity.pk] * len(people), [person.pk for person in people]))

    assert sorted(got) == ["queuing"] * 13 + ["signed_up"] * 3
    activity.refresh_from_db()
    assert activity.taken == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time; its test database one thread"
)
def test_however_many_go_and_come_at_once_every_place_has_one_who_comes() -> None:
    round_ = open_round()
    activity = with_places(round_.programme, 4)
    people = [mentor(round_).person for _ in range(12)]
    for person in people[:8]:
        activities.sign_up(activity, by=person)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        gone = pool.map(_signs_off, [activity.pk] * 4, [person.pk for person in people[:4]])
        come = pool.map(_signs_up, [activity.pk] * 4, [person.pk for person in people[8:]])
        list(gone), list(come)

    activity.refresh_from_db()
    assert activity.taken == 4 == Attendance.objects.filter(state="signed_up").count()
    assert set(Attendance.objects.filter(state="signed_up").values_list("person", flat=True)) == {
        person.pk for person in people[4:8]
    }


def _signs_up(activity: int, person: int) -> str:
    try:
        found = activities.sign_up(Activity.objects.get(pk=activity), by=Person.objects.get(pk=person))
        return str(found.state)
    finally:
        connections.close_all()


def _signs_off(activity: int, person: int) -> None:
    try:
        activities.sign_off(Activity.objects.get(pk=activity), by=Person.objects.get(pk=person))
    finally:
        connections.close_all()


# Calendars


def work() -> None:
    jobs.run_waiting(leave="comms.deliver")
    assert list(Job.objects.exclude(fault="")) == []


def test_a_move_is_told_to_those_who_have_it_in_their_calendar(round_, programme) -> None:
    activity = with_places(programme)
    coming, gone, never = (mentor(round_, person=named(name)).person for name in ("Aino", "Bo", "Cia"))
    activities.sign_up(activity, by=coming)
    activities.sign_up(activity, by=gone)
    activities.sign_off(activity, by=gone)
    first = calendar_of(Message.objects.get(recipient_ref=coming.ref))

    activity.amend(starts_local=wall(14), sequence=1)
    activities.tell_calendars(activity, by=SYSTEM)
    work()

    assert told("programmes.activity_changed") == ["Aino"]
    moved = calendar_of(Message.objects.get(kind="programmes.activity_changed"))
    assert (moved["uid"], moved["sequence"]) == (first["uid"], 1)
    assert moved.decoded("dtstart").replace(tzinfo=None) == wall(14).replace(tzinfo=None)
    assert never.given_name == "Cia"


def test_nothing_new_is_not_told(round_, programme) -> None:
    activity = with_places(programme)
    activities.sign_up(activity, by=mentor(round_).person)

    activity.amend(capacity=9, sequence=1)
    activities.tell_calendars(activity, by=SYSTEM)
    work()

    assert told("programmes.activity_changed") == []


def test_a_cancellation_is_told_once(round_, programme) -> None:
    activity = with_places(programme)
    activities.sign_up(activity, by=mentor(round_, person=named("Aino")).person)

    activity.amend(state=ActivityState.CANCELLED)
    for _ in range(2):
        activities.tell_calendars(activity, by=SYSTEM)
        work()

    assert told("programmes.activity_changed") == ["Aino"]
    message = Message.objects.get(kind="programmes.activity_changed")
    assert "METHOD:CANCEL" in message.calendar
    assert message.subject == "Cancelled: Guiding at work"
    assert CalendarEntry.objects.get().is_cancelled is True


def test_more_room_is_given_to_the_queue(round_, programme) -> None:
    activity = with_places(programme, 1)
    for name in ("Aino", "Bo", "Cia"):
        activities.sign_up(activity, by=mentor(round_, person=named(name)).person)

    activity.amend(capacity=2)
    activities.tell_calendars(activity, by=SYSTEM)
    work()

    assert states(activity) == {"Aino": "signed_up", "Bo": "signed_up", "Cia": "queuing"}
    assert told("programmes.place_from_queue") == ["Bo"]


def test_everybody_is_told_once_of_what_is_required(round_, programme) -> None:
    activity_in(programme)
    assignment = assignment_in(programme, days=3, for_whom=["mentor"])
    activity_in(programme, "Too far away", starts_local=wall(60))
    activity_in(programme, "Not required", is_required=False)
    with_places(programme)
    mentor(round_, person=named("Aino"))
    mentee(round_, person=named("Bo"))

    assert (calendars.invite_expected(), calendars.invite_expected()) == (3, 0)

    assert told("programmes.expected") == ["Aino", "Bo"]
    assert told("programmes.assignment") == ["Aino"]
    entry = CalendarEntry.objects.get(about_ref=assignment.ref)
    assert (entry.name, entry.on, entry.starts_local) == ("Due: Watch and write", assignment.due_on, None)


def test_who_comes_later_is_told_later(round_, programme) -> None:
    activity_in(programme)
    mentor(round_, person=named("Aino"))
    calendars.invite_expected()
    mentor(round_, person=named("Bo"))

    assert calendars.invite_expected() == 1
    assert told("programmes.expected") == ["Aino", "Bo"]


# Materials


def test_a_trainer_brings_and_removes_a_material(programme) -> None:
    activity, trainer = activity_in(programme), trainer_of(programme.network)

    brought = activities.bring_material(activity, name="slides.pdf", content=b"%PDF-", by=trainer)
    assert [each.file.name for each in activity.files.all()] == ["slides.pdf"]
    activities.remove_material(brought, by=trainer)

    assert activity.files.count() == 0


def test_only_trainers_bring_materials(round_, programme) -> None:
    activity = activity_in(programme)
    elsewhere = trainer_of(open_round().programme.network)
    for person in (mentor(round_).person, elsewhere, trainer_of(OrganisationFactory.create())):
        with pytest.raises(RefusedError):
            activities.bring_material(activity, name="x.pdf", content=b"%PDF-", by=person)

    assert activity.files.count() == 0


def test_a_time_that_was_taken_back_leaves_the_calendar(round_, programme) -> None:
    activity = with_places(programme)
    activities.sign_up(activity, by=mentor(round_).person)

    activity.amend(starts_local=None)
    activities.tell_calendars(activity, by=SYSTEM)
    work()

    assert CalendarEntry.objects.get().is_cancelled is True
    assert Message.objects.latest("pk").subject == "No day is settled: Guiding at work"
