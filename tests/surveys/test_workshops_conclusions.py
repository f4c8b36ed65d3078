"""Notes become main goals, somebody carries them, and they stand when the HR day is done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from luotsi.comms.models import Message
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.models import AuditFacts, Event
from luotsi.people.enums import Role
from luotsi.people.models import Organisation, Person
from luotsi.people.queries import address_of
from luotsi.surveys.enums import Step, WorkshopState
from luotsi.surveys.models import Conclusion, WorkshopNote, WorkshopPart
from luotsi.surveys.queries import workshops as queries
from luotsi.surveys.services import conclusions as services
from luotsi.surveys.services import notes
from luotsi.surveys.services.conclusions import Goal
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, grant
from tests.factories.workshops import culture_wave, goal_in, note_in, organisation_in, steering, workshop_in

pytestmark = pytest.mark.django_db

SECRET = "People are afraid of the night shift."


def refused(act: Any) -> str:
    with pytest.raises(RefusedError) as refusal:
        act()
    return str(refusal.value.text)


def a_part(**values: Any) -> tuple[WorkshopPart, Person, Person]:
    """A part of a day that goes on, somebody of its HR, and who leads the day."""
    network = NetworkFactory.create()
    organisation = organisation_in(network, name="Harbour")
    part = workshop_in(network, organisation, **values).parts.get()
    part.wave = culture_wave(organisation)
    part.save(update_fields=["wave"])
    return part, steering(organisation, given_name="Aino", family_name="Hall"), coordinator_of(network)


def member_of(organisation: Organisation) -> Person:
    person = PersonFactory.create()
    grant(person, Role.MEMBER, organisation=organisation)
    return person


def test_a_note_is_read_by_the_own_organisation_until_it_is_shared() -> None:
    part, hr, _coordinator = a_part()
    other = organisation_in(part.workshop.network)
    theirs = WorkshopPart.objects.create(workshop=part.workshop, organisation=other)
    seen = []

    note = notes.write_note(part, step=Step.MEANS, text=f" {SECRET} ", dimension="trust", by=hr)
    for is_shared in (False, True, False):
        notes.share_note(note, is_shared=is_shared, by=hr)
        shared = queries.shared_notes(part.workshop, Step.MEANS, but=theirs)
        seen.append([each.text for each in shared])

    assert [(each.text, each.dimension, each.person) for each in queries.own_notes(part, Step.MEANS)] == [
        (SECRET, "trust", hr)
    ]
    assert seen == [[], [SECRET], []]
    assert not AuditFacts.objects.filter(facts__icontains="night shift").exists()
    with pytest.raises(NotThereError):
        queries.note_for(steering(other), note.ref)


def test_a_removed_note_is_gone_for_all_and_cannot_be_shared() -> None:
    part, hr, _coordinator = a_part()
    note = note_in(part, is_shared=True)

    notes.remove_note(note, by=hr)

    assert queries.own_notes(part, Step.STANDS_OUT) == []
    assert queries.shared_notes(part.workshop, Step.STANDS_OUT) == []
    assert refused(lambda: notes.share_note(note, is_shared=True, by=hr)) == "Somebody has removed this note already."


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (WorkshopState.PLANNED, "The HR day has not begun yet. A coordinator starts it."),
        (WorkshopState.DONE, "The HR day is over, and what was written stands."),
        (WorkshopState.CANCELLED, "The HR day is over, and what was written stands."),
    ],
)
def test_nothing_is_written_before_and_after_the_day(state, reason) -> None:
    part, hr, _coordinator = a_part(state=state)
    note, goal = note_in(part), goal_in(part)

    reasons = {
        refused(lambda: notes.write_note(part, step=Step.MEANS, text="Late", by=hr)),
        refused(lambda: notes.remove_note(note, by=hr)),
        refused(lambda: services.set_goal(part, goal=Goal(title="Late", why="So"), by=hr)),
        refused(lambda: services.change_goal(goal, goal=Goal(title="Late", why="So"), by=hr)),
        refused(lambda: services.name_carrier(goal, carrier=None, carried_by="All", by=hr)),
    }

    assert reasons == {reason}
    assert [each.text for each in WorkshopNote.objects.filter(removed_at=None)] == ["People ask little."]
    assert [(each.title, each.carried_by) for each in Conclusion.objects.all()] == [("People dare to ask", "")]


def test_nobody_else_writes_for_an_organisation() -> None:
    part, _hr, coordinator = a_part()
    stranger = steering(organisation_in(part.workshop.network))
    goal = goal_in(part)

    reasons = [
        (
            refused(lambda by=by: notes.write_note(part, step=Step.MEANS, text="Mine", by=by)),
            refused(lambda by=by: services.set_goal(part, goal=Goal(title="Mine", why="So"), by=by)),
            refused(lambda by=by: services.remove_goal(goal, by=by)),
        )
        for by in (coordinator, stranger, member_of(part.organisation))
    ]

    assert (
        reasons
        == [
            (
                "Only human resources and management of the organisation write its notes.",
                "Only human resources and management of the organisation set its goals.",
                "Only human resources and management of the organisation set its goals.",
            )
        ]
        * 3
    )
    assert (WorkshopNote.objects.count(), list(Conclusion.objects.filter(removed_at=None))) == (0, [goal])


def test_a_note_becomes_a_goal_whose_reason_was_noted_before() -> None:
    part, hr, _coordinator = a_part()
    note_in(part, "Trust is low in two units.", dimension="trust")
    note_in(part, "Mistakes are laughed at.", step=Step.MEANS, dimension="trust")
    note_in(part, "Of something else.", step=Step.MEANS, dimension="sharing")
    wanted = note_in(part, "We talk about mistakes\nin every meeting", step=Step.WANTED, dimension="trust")

    goal = services.set_goal_from_note(wanted, by=hr)

    assert (goal.title, goal.dimension, goal.why) == (
        "We talk about mistakes",
        "trust",
        "Mistakes are laughed at.\nTrust is low in two units.",
    )
    assert queries.offers_for(part, queries.goals_in(part)) == []


def test_a_long_note_becomes_a_title_that_ends_with_a_word() -> None:
    part, hr, _coordinator = a_part()
    wanted = note_in(part, "abcdefghi " * 50, step=Step.WANTED)

    goal = services.set_goal_from_note(wanted, by=hr)

    assert goal.title == "abcdefghi " * 19 + "…"
    assert goal.why == wanted.text


def test_an_organisation_has_five_goals_at_most() -> None:
    part, hr, _coordinator = a_part()
    made = [services.set_goal(part, goal=Goal(title=f"Goal {n}", why="So"), by=hr) for n in range(1, 6)]

    reason = refused(lambda: services.set_goal(part, goal=Goal(title="Goal 6", why="So"), by=hr))
    assert reason == "An organisation has 5 main goals at most. Remove one, or join two."
    services.remove_goal(made[0], by=hr)
    services.set_goal(part, goal=Goal(title="Goal 6", why="So"), by=hr)

    assert [goal.title for goal in queries.goals_in(part)] == ["Goal 2", "Goal 3", "Goal 4", "Goal 5", "Goal 6"]


def test_a_goal_is_said_in_another_way_and_a_foreign_dimension_is_left_out() -> None:
    part, hr, _coordinator = a_part()
    goal = goal_in(part)
    said = Goal(title="Anew", why="Because", dimension="nonsense", measure="Seen", by_when=date(2030, 5, 4))

    services.change_goal(goal, goal=said, by=hr)

    goal.refresh_from_db()
    assert (goal.title, goal.why, goal.dimension, goal.measure, goal.by_when) == (
        "Anew", "Because", "", "Seen", date(2030, 5, 4),
    )  # fmt: skip


def test_a_goal_is_carried_by_somebody_of_the_own_house_or_by_a_group() -> None:
    part, hr, _coordinator = a_part()
    goal, stranger = goal_in(part), member_of(organisation_in(part.workshop.network))
    own = member_of(Organisation.objects.create(name="Unit", parent=part.organisation, kind="employer"))

    reasons = [
        refused(lambda: services.name_carrier(goal, carrier=None, carried_by="  ", by=hr)),
        refused(lambda: services.name_carrier(goal, carrier=stranger, by=hr)),
    ]
    goal.refresh_from_db()
    untouched = (goal.carrier, goal.carried_by)
    services.name_carrier(goal, carrier=own, carried_by=" Supervisors ", by=hr)

    goal.refresh_from_db()
    assert reasons == [
        "Choose a person, or write a role or a group.",
        f"{stranger} has no role in Harbour. Choose somebody of your own organisation.",
    ]
    assert untouched == (None, "")
    assert (goal.carrier, goal.carried_by) == (own, "Supervisors")
    assert own in queries.people_who_can_carry(part)
    assert stranger not in queries.people_who_can_carry(part)


def test_the_day_ends_when_each_organisation_has_a_goal_that_somebody_carries() -> None:
    part, hr, coordinator = a_part()
    other = WorkshopPart.objects.create(
        workshop=part.workshop, organisation=organisation_in(part.workshop.network, name="Bakery")
    )
    carrier = member_of(part.organisation)
    standing = goal_in(part, carrier=carrier, measure="Half of us asked.", by_when=date(2030, 5, 4))
    loose = goal_in(part, "Nobody's", position=2)
    theirs = goal_in(other)

    reason = refused(lambda: services.finish_workshop(part.workshop, by=coordinator))
    assert reason == "Each organisation needs a main goal that somebody carries. It is still missing from: Bakery."
    assert not Conclusion.objects.filter(is_settled=True).exists()
    assert (Message.objects.count(), Event.objects.count()) == (0, 0)
    theirs.carried_by = "All supervisors"
    theirs.save(update_fields=["carried_by"])
    services.finish_workshop(part.workshop, by=coordinator)

    part.workshop.refresh_from_db()
    assert part.workshop.state == WorkshopState.DONE
    assert list(queries.settled_conclusions_of(part.organisation)) == [standing]
    assert {goal.pk for goal in queries.settled_in(part.workshop)} == {standing.pk, theirs.pk}
    loose.refresh_from_db()
    assert not loose.is_settled
    [letter] = Message.objects.all()
    assert (letter.recipient_ref, letter.kind) == (carrier.ref, "surveys.goal_carried")
    assert letter.lines[1:] == [
        "People dare to ask.",
        "Why: They do not yet.",
        "How it will be seen: Half of us asked.",
        "By when: Sat 4 May 2030",
        f"If this does not suit you, say so: write to {hr} ({address_of(hr)}). Nobody has to give a reason.",
    ]
    [event] = Event.objects.all()
    assert (event.kind, event.facts) == (
        "surveys.ConclusionsSettled",
        {"workshop": {"ref": str(part.workshop.ref)}},
    )


def test_a_day_opened_again_has_no_goals_that_stand() -> None:
    part, hr, coordinator = a_part()
    goal_in(part, carried_by="All")
    services.finish_workshop(part.workshop, by=coordinator)
    assert refused(lambda: services.reopen_workshop(part.workshop, by=hr)) == (
        "Only a coordinator of the network leads its HR days."
    )

    services.reopen_workshop(part.workshop, by=coordinator)

    part.workshop.refresh_from_db()
    assert part.workshop.state == WorkshopState.RUNNING
    assert list(queries.settled_conclusions_of(part.organisation)) == []
    assert refused(lambda: services.reopen_workshop(part.workshop, by=coordinator)) == (
        "Only an HR day that is done can be opened again."
    )


def test_what_stands_is_read_by_the_own_house_the_coordinators_and_the_carrier() -> None:
    part, hr, coordinator = a_part()
    carrier = member_of(part.organisation)
    goal = goal_in(part, carrier=carrier, is_settled=True)
    goal_in(part, "Draft", position=2)
    strangers = [steering(organisation_in(part.workshop.network)), coordinator_of(NetworkFactory.create())]

    assert [list(queries.conclusions_for(who)) for who in (hr, coordinator, carrier)] == [[goal]] * 3
    assert [list(queries.conclusions_for(who)) for who in strangers] == [[], []]


def test_a_person_who_is_forgotten_leaves_notes_and_goals_to_the_organisation() -> None:
    part, hr, _coordinator = a_part()
    note_in(part, person=hr)
    settled = goal_in(part, carrier=hr, is_settled=True)
    shared = goal_in(part, "Two", position=2, carrier=hr, carried_by="Supervisors")

    services.forget_in_workshops(hr)

    settled.refresh_from_db()
    shared.refresh_from_db()
    assert [(note.text, note.person) for note in WorkshopNote.objects.all()] == [("People ask little.", None)]
    assert (settled.carrier, settled.carried_by, settled.is_settled) == (None, "–", True)
    assert (shared.carrier, shared.carried_by) == (None, "Supervisors")


def test_a_goal_without_a_carrier_cannot_stand() -> None:
    part, _hr, _coordinator = a_part()

    with pytest.raises(IntegrityError, match="surveys_goal_has_a_carrier"), transaction.atomic():
        goal_in(part, is_settled=True)
