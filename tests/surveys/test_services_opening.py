"""A wave is opened: who is asked, in which unit they are counted, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.jobs import run_waiting
from luotsi.people.enums import CircleRole, OrganisationKind, Role
from luotsi.people.models import Membership
from luotsi.people.services.organisations import add_organisation
from luotsi.surveys.enums import Answering
from luotsi.surveys.models import Invitee, Response, Urn, Wave
from luotsi.surveys.queries.asked import people_to_ask
from luotsi.surveys.services.opening import WavePlan, start_wave
from luotsi.surveys.services.telling import remind, remind_due, reminder_days
from luotsi.surveys.services.waves import close_wave, move_last_day
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, coordinator_of, grant, join, part_of
from tests.factories.surveys import InstrumentFactory
from tests.surveys.crowd import answer, ask, member_of

pytestmark = pytest.mark.django_db


def soon(days: int = 14):
    return timezone.localdate() + timedelta(days=days)


def organisation(name: str = "Sahat", parent=None):
    return add_organisation(by=SYSTEM, name=name, kind=OrganisationKind.EMPLOYER, parent=parent)


def of_five():
    place = organisation()
    for _ in range(5):
        member_of(place)
    return place


def plan(**values: Any) -> WavePlan:
    usual = {"instrument": InstrumentFactory.create(), "answering": Answering.ANONYMOUS, "closes_on": soon()}
    return WavePlan(**(usual | values))


def nothing_was_opened() -> bool:
    return (Wave.objects.count(), Invitee.objects.count(), Response.objects.count(), Urn.objects.count()) == (0,) * 4


# --- who is asked


def test_everybody_of_the_organisation_and_its_units_is_asked_once() -> None:
    place = organisation()
    units = [organisation(name, place) for name in ("Höyläämö", "Kuljetus")]
    people = [[member_of(unit) for _ in range(5)] for unit in units]
    chief = member_of(place)
    elsewhere = member_of(organisation("Muu"))
    gone = member_of(place)
    Membership.objects.filter(person=gone).update(
        since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1)
    )

    asked = {each.person: each.unit for each in people_to_ask(place)}

    assert asked == {chief: None} | {person: unit for unit, them in zip(units, people, strict=True) for person in them}
    assert elsewhere not in asked


def test_who_is_in_two_units_is_counted_in_the_smaller_one() -> None:
    place = organisation()
    large, small = organisation("A", place), organisation("B", place)
    both = member_of(large)
    Membership(person=both, organisation=small, role=Role.HR).insert()
    for unit, size in ((large, 6), (small, 4)):
        for _ in range(size):
            member_of(unit)

    asked = {each.person: each.unit for each in people_to_ask(place)}

    assert asked[both] == small
    assert sorted(unit.name for unit in asked.values() if unit) == ["A"] * 6 + ["B"] * 5


def test_units_of_fewer_than_five_people_are_no_groups_of_their_own() -> None:
    crowd = ask([5, 4])

    assert set(Invitee.objects.values_list("unit__name", flat=True)) == {"Osasto 0", None}
    assert set(Urn.objects.filter(wave=crowd.wave).values_list("unit__name", flat=True)) == {"Osasto 0", None}


def test_members_of_a_circle_are_asked_by_name() -> None:
    circle = CircleFactory.create(network=NetworkFactory.create())
    people = PersonFactory.create_batch(2)
    for person in people:
        join(circle, person, CircleRole.MENTEE)

    wave = start_wave(plan(circle=circle, answering=Answering.NAMED), by=SYSTEM)

    assert list(wave.responses.order_by("pk").values_list("person", flat=True)) == [person.pk for person in people]
    assert (Invitee.objects.count(), Urn.objects.count(), wave.code_salt) == (0, 0, "")


@pytest.mark.parametrize("role", [Role.HR, Role.MANAGEMENT, Role.ADMIN])
def test_hr_management_and_administrators_ask_their_organisation(role: Role) -> None:
    place, person = of_five(), PersonFactory.create()
    grant(person, role, organisation=place)

    wave = start_wave(plan(organisation=place), by=person)

    assert wave.invitees.count() == 6


def test_a_coordinator_asks_an_organisation_of_the_network() -> None:
    place, network = of_five(), NetworkFactory.create()
    part_of(network, place)

    wave = start_wave(plan(organisation=place, network=network), by=coordinator_of(network))

    assert (wave.invitees.count(), wave.network) == (5, network)


# --- what is refused


@pytest.mark.parametrize("who", ["member", "HR elsewhere", "coordinator elsewhere"])
def test_anybody_else_is_refused(who: str) -> None:
    place = of_five()
    by = member_of(place) if who == "member" else coordinator_of(NetworkFactory.create())
    if who == "HR elsewhere":
        grant(by, Role.HR, organisation=organisation("Muu"))

    with pytest.raises(RefusedError, match="Only HR, management, administrators"):
        start_wave(plan(organisation=place), by=by)

    assert nothing_was_opened()


def test_four_people_are_too_few() -> None:
    place = organisation()
    for _ in range(4):
        member_of(place)

    with pytest.raises(RefusedError, match="Only 4 people would be asked"):
        start_wave(plan(organisation=place), by=SYSTEM)

    assert nothing_was_opened()


def test_learning_culture_is_never_asked_by_name() -> None:
    culture = InstrumentFactory.create(purpose="culture")

    with pytest.raises(RefusedError, match="always anonymous"):
        start_wave(plan(organisation=of_five(), instrument=culture, answering=Answering.NAMED), by=SYSTEM)

    assert nothing_was_opened()


def test_an_open_link_is_anonymous() -> None:
    with pytest.raises(RefusedError, match="Only an anonymous survey can have an open link"):
        start_wave(plan(organisation=of_five(), answering=Answering.NAMED, has_link=True), by=SYSTEM)

    assert nothing_was_opened()


def test_the_same_questions_are_not_asked_twice_at_once() -> None:
    crowd = ask([5])

    with pytest.raises(RefusedError, match="are being asked there already"):
        start_wave(plan(organisation=crowd.organisation, instrument=crowd.wave.instrument), by=SYSTEM)

    assert Wave.objects.count() == 1


def test_another_network_s_own_questions_are_refused() -> None:
    own = InstrumentFactory.create(network=NetworkFactory.create())

    with pytest.raises(RefusedError, match="another network's own"):
        start_wave(plan(organisation=of_five(), instrument=own), by=SYSTEM)

    assert nothing_was_opened()


def test_an_old_version_is_not_asked_anew() -> None:
    with pytest.raises(RefusedError, match="There is a newer version"):
        start_wave(
            plan(organisation=of_five(), instrument=InstrumentFactory.create(retired_at=timezone.now())), by=SYSTEM
        )

    assert nothing_was_opened()


@pytest.mark.parametrize("why", ["open", "other people", "other questions"])
def test_a_wave_follows_a_closed_one_with_the_same_questions_and_people(why: str) -> None:
    earlier = ask([5])
    if why != "open":
        close_wave(earlier.wave, by=SYSTEM)
        earlier.wave.refresh_from_db()
    place = of_five() if why == "other people" else earlier.organisation
    instrument = InstrumentFactory.create() if why == "other questions" else earlier.wave.instrument
    if why == "open":
        instrument = InstrumentFactory.create(key=instrument.key, version=2)

    with pytest.raises(RefusedError):
        start_wave(plan(organisation=place, instrument=instrument, follows=earlier.wave), by=SYSTEM)

    assert Wave.objects.count() == 1


# --- telling and reminding


def told(kind: str) -> list[tuple[Any, str]]:
    found = Message.objects.filter(kind=kind).values_list("recipient_ref", "action_path")
    return sorted((ref, path) for ref, path in found)


def paths(people) -> list[tuple[Any, str]]:
    return sorted((person.ref, Invitee.objects.get(person=person).path) for person in people)


def test_all_are_told_once_in_their_language_that_it_is_anonymous() -> None:
    crowd = ask([5])

    run_waiting(leave="comms.deliver")
    run_waiting(leave="comms.deliver")

    assert told("surveys.asked") == paths(crowd.people)
    assert "The survey is anonymous" in Message.objects.filter(language="en").earliest("pk").lines[2]


def test_only_those_who_have_not_answered_are_reminded_twice_at_most() -> None:
    crowd = ask([6])
    now = timezone.now()
    answer(crowd.wave, crowd.people[0])

    days = reminder_days(crowd.wave)
    reminded = []
    for day in range(1, 15):
        with time_machine.travel(now + timedelta(days=day)):
            reminded += [day] * remind_due(by=SYSTEM)
            run_waiting(leave="comms.deliver")

    assert days == [soon(7), soon(12)]
    assert reminded == [7, 12]
    assert told("surveys.reminder") == sorted(paths(crowd.people[1:]) * 2)


def test_reminding_by_hand_counts_as_one_of_the_two() -> None:
    crowd = ask([6])
    remind(crowd.wave, by=SYSTEM)

    with pytest.raises(RefusedError, match="today already"):
        remind(crowd.wave, by=SYSTEM)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        remind(crowd.wave, by=SYSTEM)
    with time_machine.travel(timezone.now() + timedelta(days=7)), pytest.raises(RefusedError, match="twice already"):
        remind(crowd.wave, by=SYSTEM)

    crowd.wave.refresh_from_db()
    assert crowd.wave.reminders == 2


def test_nobody_is_reminded_of_an_open_link() -> None:
    crowd = ask([6], has_link=True)

    with pytest.raises(RefusedError, match="so nobody can be reminded"):
        remind(crowd.wave, by=SYSTEM)

    assert remind_due(by=SYSTEM) == 0


# --- the last day


def test_the_last_day_is_moved_by_those_who_run_the_wave() -> None:
    crowd = ask([6])

    move_last_day(crowd.wave, closes_on=soon(30), by=SYSTEM)
    with pytest.raises(RefusedError, match="Only those who run this survey"):
        move_last_day(crowd.wave, closes_on=soon(2), by=crowd.people[0])
    with pytest.raises(RefusedError, match="has passed already"):
        move_last_day(crowd.wave, closes_on=soon(-1), by=SYSTEM)

    crowd.wave.refresh_from_db()
    assert crowd.wave.closes_on == soon(30)
