"""HR days are planned, organisations join and leave, and the steps go on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.enums import Role
from luotsi.surveys.enums import ShareLevel, Step, WorkshopState
from luotsi.surveys.models import Conclusion, Workshop, WorkshopNote, WorkshopPart
from luotsi.surveys.queries import workshops as queries
from luotsi.surveys.services import workshops as services
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant
from tests.factories.workshops import (
    culture_wave,
    goal_in,
    note_in,
    organisation_in,
    steering,
    workshop_in,
)
from tests.waiting import things_waiting

pytestmark = pytest.mark.django_db


def in_a_week() -> date:
    return timezone.localdate() + timedelta(days=7)


def refused(act: Any) -> str:
    with pytest.raises(RefusedError) as refusal:
        act()
    return str(refusal.value.text)


def told() -> list[tuple[Any, str]]:
    return [(message.recipient_ref, message.kind) for message in Message.objects.order_by("pk")]


def test_a_coordinator_plans_a_day_and_those_who_steer_the_organisations_are_told() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    hr, manager = steering(organisation), steering(organisation, Role.MANAGEMENT)
    grant(PersonFactory.create(), Role.MEMBER, organisation=organisation)
    steering(organisation_in(network))

    workshop = services.plan_workshop(
        network, name=" Winter ", held_on=in_a_week(), organisations=[organisation], by=coordinator_of(network)
    )

    assert (workshop.name, workshop.state, workshop.step) == ("Winter", WorkshopState.PLANNED, Step.STANDS_OUT)
    [part] = workshop.parts.all()
    assert (part.organisation, part.wave, part.shares) == (organisation, None, ShareLevel.NOTHING)
    assert set(told()) == {(hr.ref, "surveys.workshop_invited"), (manager.ref, "surveys.workshop_invited")}
    letter = Message.objects.get(recipient_ref=hr.ref)
    assert letter.action_path == f"/workshops/parts/{part.ref}/results/"
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[:2] == [
        "surveys.workshop_planned",
        "surveys.workshop_joined",
    ]


def test_nobody_else_plans_a_day() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    hr, stranger = steering(organisation), coordinator_of(NetworkFactory.create())

    reasons = [
        refused(
            lambda by=by: services.plan_workshop(
                network, name="Day", held_on=in_a_week(), organisations=[organisation], by=by
            )
        )
        for by in (hr, stranger)
    ]

    assert reasons == ["Only a coordinator of the network plans HR days."] * 2
    assert (Workshop.objects.count(), told()) == (0, [])


def test_a_day_that_has_passed_is_refused() -> None:
    network = NetworkFactory.create()
    yesterday = timezone.localdate() - timedelta(days=1)

    reason = refused(
        lambda: services.plan_workshop(
            network, name="Day", held_on=yesterday, organisations=[], by=coordinator_of(network)
        )
    )

    assert reason == "The day has passed already. Choose a later one."
    assert not Workshop.objects.exists()


def test_one_organisation_that_cannot_come_stops_the_plan_and_nobody_is_told() -> None:
    network = NetworkFactory.create()
    ready, lonely = organisation_in(network), organisation_in(network, name="Lonely")
    steering(ready)

    reason = refused(
        lambda: services.plan_workshop(
            network, name="Day", held_on=in_a_week(), organisations=[ready, lonely], by=coordinator_of(network)
        )
    )

    assert reason == (
        "Lonely has nobody for human resources, management or administration here yet. Invite somebody first."
    )
    assert (Workshop.objects.count(), WorkshopPart.objects.count(), told()) == (0, 0, [])


def test_an_organisation_joins_once_and_only_its_own_networks_days() -> None:
    network = NetworkFactory.create()
    own, foreign = organisation_in(network, name="Own"), OrganisationFactory.create(name="Foreign")
    steering(own)
    steering(foreign)
    workshop, by = workshop_in(network, own), coordinator_of(network)

    reasons = [
        refused(lambda who=who: services.invite_organisation(workshop, organisation=who, by=by))
        for who in (own, foreign)
    ]

    assert reasons == ["Own takes part already.", "Foreign is not part of this network."]
    assert (workshop.parts.count(), told()) == (1, [])


def test_a_new_day_is_told_and_a_new_name_is_not() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    hr, by = steering(organisation), coordinator_of(network)
    workshop = workshop_in(network, organisation, state=WorkshopState.PLANNED)

    services.change_workshop(workshop, name="Spring", held_on=workshop.held_on, by=by)
    assert told() == []
    services.change_workshop(workshop, name="Spring", held_on=in_a_week() + timedelta(days=1), by=by)

    workshop.refresh_from_db()
    assert (workshop.name, workshop.held_on) == ("Spring", in_a_week() + timedelta(days=1))
    assert told() == [(hr.ref, "surveys.workshop_moved")]


def test_an_organisation_leaves_with_its_notes_and_goals_and_the_others_stay() -> None:
    network = NetworkFactory.create()
    one, other = organisation_in(network), organisation_in(network)
    workshop = workshop_in(network, one, other)
    leaving, staying = (workshop.parts.get(organisation=each) for each in (one, other))
    for part in (leaving, staying):
        note_in(part)
        goal_in(part)

    services.leave_workshop(leaving, by=steering(one))

    assert list(workshop.parts.all()) == [staying]
    assert [note.part for note in WorkshopNote.objects.all()] == [staying]
    assert [goal.part for goal in Conclusion.objects.all()] == [staying]


def test_nobody_is_put_out_by_others_and_nobody_leaves_what_is_settled() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    part = workshop_in(network, organisation).parts.get()
    done = workshop_in(network, organisation, state=WorkshopState.DONE).parts.get()

    reasons = [
        refused(lambda: services.leave_workshop(part, by=coordinator_of(network))),
        refused(lambda: services.leave_workshop(done, by=steering(organisation))),
    ]

    assert reasons == [
        "Only the organisation itself leaves an HR day.",
        "The HR day is over, and what was written stands.",
    ]
    assert WorkshopPart.objects.count() == 2


def test_results_are_chosen_and_shown_to_others_and_hidden_again() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    hr, wave = steering(organisation), culture_wave(organisation)
    part = workshop_in(network, organisation).parts.get()
    seen = []

    for shares in (ShareLevel.UNITS, ShareLevel.NOTHING, ShareLevel.WHOLE):
        services.choose_results(part, wave=wave, shares=shares, by=hr)
        part.refresh_from_db()
        seen.append((part.wave, part.shares))

    assert seen == [(wave, "units"), (wave, "nothing"), (wave, "whole")]


def test_only_own_closed_results_are_chosen_and_only_by_the_organisation() -> None:
    network = NetworkFactory.create()
    organisation, other = organisation_in(network), organisation_in(network)
    hr = steering(organisation)
    part = workshop_in(network, organisation).parts.get()
    own, still_open, foreign = (
        culture_wave(organisation),
        culture_wave(organisation, closed_at=None),
        culture_wave(other),
    )
    shares = ShareLevel.NOTHING

    reasons = [
        refused(lambda: services.choose_results(part, wave=still_open, shares=shares, by=hr)),
        refused(lambda: services.choose_results(part, wave=foreign, shares=shares, by=hr)),
        refused(lambda: services.choose_results(part, wave=None, shares=ShareLevel.WHOLE, by=hr)),
        refused(lambda: services.choose_results(part, wave=own, shares=shares, by=coordinator_of(network))),
        refused(lambda: services.choose_results(part, wave=own, shares=shares, by=steering(other))),
    ]

    part.refresh_from_db()
    assert reasons == [
        "Choose results of your own organisation that are closed.",
        "Choose results of your own organisation that are closed.",
        "Choose first which results you look at. Without them there is nothing to show.",
        "Only the organisation itself says which of its results are looked at.",
        "Only the organisation itself says which of its results are looked at.",
    ]
    assert part.wave is None


def test_the_day_goes_on_step_by_step_and_back() -> None:
    network = NetworkFactory.create()
    workshop = workshop_in(network, organisation_in(network), state=WorkshopState.PLANNED)
    by = coordinator_of(network)
    services.start_workshop(workshop, by=by)

    for step in (Step.MEANS, Step.CARRIERS, Step.WANTED):
        services.go_to_step(workshop, step=step, by=by)

    workshop.refresh_from_db()
    assert (workshop.state, workshop.step) == (WorkshopState.RUNNING, Step.WANTED)


def test_moves_out_of_turn_are_refused() -> None:
    network = NetworkFactory.create()
    by, hr = coordinator_of(network), steering(organisation_in(network))
    empty = workshop_in(network, state=WorkshopState.PLANNED)
    done = workshop_in(network, state=WorkshopState.DONE)
    running = workshop_in(network, organisation_in(network))

    reasons = [
        refused(lambda: services.start_workshop(empty, by=by)),
        refused(lambda: services.go_to_step(empty, step=Step.MEANS, by=by)),
        refused(lambda: services.cancel_workshop(done, by=by)),
        refused(lambda: services.start_workshop(running, by=by)),
        refused(lambda: services.go_to_step(running, step=Step.MEANS, by=hr)),
    ]

    assert reasons == [
        "No organisation takes part yet. Invite at least one.",
        "The HR day has not begun yet. A coordinator starts it.",
        "The HR day is done. Look at the page again.",
        "The HR day is going on. Look at the page again.",
        "Only a coordinator of the network leads its HR days.",
    ]
    assert [(day.state, day.step) for day in Workshop.objects.order_by("pk")] == [
        ("planned", 1),
        ("done", 1),
        ("running", 1),
    ]


def test_a_cancelled_day_is_told_and_stays_readable() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    hr = steering(organisation)
    workshop = workshop_in(network, organisation)

    services.cancel_workshop(workshop, by=coordinator_of(network))

    assert told() == [(hr.ref, "surveys.workshop_cancelled")]
    assert queries.part_for(hr, workshop.parts.get().ref).workshop.state == WorkshopState.CANCELLED


def test_a_part_is_found_by_its_own_people_and_a_day_by_those_who_lead_it() -> None:
    network = NetworkFactory.create()
    own, other = organisation_in(network), organisation_in(network)
    workshop = workshop_in(network, own, other)
    part = workshop.parts.get(organisation=own)
    hr, coordinator = steering(own), coordinator_of(network)
    member = PersonFactory.create()
    grant(member, Role.MEMBER, organisation=own)

    assert queries.part_for(hr, part.ref) == part
    assert queries.workshop_for(coordinator, workshop.ref) == workshop
    for stranger in (coordinator, steering(other), member):
        with pytest.raises(NotThereError):
            queries.part_for(stranger, part.ref)
    for stranger in (hr, coordinator_of(NetworkFactory.create()), member):
        with pytest.raises(NotThereError):
            queries.workshop_for(stranger, workshop.ref)
    with pytest.raises(NotThereError):
        queries.lists_for(member)


def test_home_says_what_is_next_for_both() -> None:
    network = NetworkFactory.create()
    organisation = organisation_in(network)
    hr, coordinator = steering(organisation), coordinator_of(network)
    workshop = workshop_in(network, organisation, held_on=date(2030, 1, 12), state=WorkshopState.PLANNED)
    part = workshop.parts.get()
    said = []

    def note() -> None:
        said.append([[str(thing.title) for thing in things_waiting(queries, who)] for who in (hr, coordinator)])

    note()
    services.choose_results(part, wave=culture_wave(organisation), shares=ShareLevel.NOTHING, by=hr)
    note()
    services.start_workshop(workshop, by=coordinator)
    note()

    assert said == [
        [["HR day on Sat 12 Jan 2030: choose which results you look at"], []],
        [[], []],
        [["The HR day is going on: What stands out"], ["Lead the HR day: HR day"]],
    ]
