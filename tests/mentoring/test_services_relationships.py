"""How mentoring begins and ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts, Event
from luotsi.core.versions import text_of
from luotsi.mentoring.enums import EarlyEnding, Ending, RelationshipState
from luotsi.mentoring.models import Relationship
from luotsi.mentoring.services.relationships import (
    begin_closing,
    confirm_closing,
    end_early,
    keep_going,
    open_relationship,
    remind,
)
from luotsi.people.enums import CircleKind
from luotsi.people.models import CircleMember
from tests.factories.mentoring import active_pair, outsider, over_pair, pair, proposal_in
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db


def told() -> list[tuple[object, str]]:
    return list(Message.objects.order_by("pk").values_list("recipient_ref", "kind"))


def state_of(relationship: Relationship) -> tuple[str, str]:
    found = Relationship.objects.get(pk=relationship.pk)
    return found.state, found.ending


def events() -> list[tuple[str, dict[str, object]]]:
    return [(event.kind, event.facts) for event in Event.objects.order_by("pk")]


def refs_of(relationship: Relationship) -> dict[str, object]:
    return {
        "relationship": {"ref": str(relationship.ref)},
        "programme": {"ref": str(relationship.programme.ref)},
        "mentor": {"ref": str(relationship.mentor.ref)},
        "mentee": {"ref": str(relationship.mentee.ref)},
    }


# --- beginning


def test_open_relationship_brings_the_two_together() -> None:
    programme = ProgrammeFactory.create(name={"en": "Career mentoring"})
    proposal = proposal_in(programme)
    mentor, mentee = proposal.mentor.person, proposal.mentee.person

    relationship = open_relationship(programme, mentor=mentor, mentee=mentee, proposal=proposal, by=SYSTEM)

    assert state_of(relationship) == (RelationshipState.AGREEING, "")
    assert (relationship.mentor, relationship.mentee) == (mentor, mentee)
    circle = relationship.circle
    assert (circle.kind, circle.network, circle.parent) == (CircleKind.PAIR, programme.network, programme.circle)
    assert list(circle.members.order_by("pk").values_list("person", "role")) == [
        (mentor.pk, "mentor"),
        (mentee.pk, "mentee"),
    ]
    assert told() == [(mentor.ref, "mentoring.opened"), (mentee.ref, "mentoring.opened")]
    assert events() == [("mentoring.RelationshipOpened", refs_of(relationship))]


def test_open_relationship_keeps_the_models_agreement_as_its_first_version() -> None:
    programme = ProgrammeFactory.create()
    proposal = proposal_in(programme)

    relationship = open_relationship(
        programme, mentor=proposal.mentor.person, mentee=proposal.mentee.person, proposal=proposal, by=SYSTEM
    )

    [agreement] = relationship.agreements.all()
    assert (agreement.number, agreement.approvals.count(), agreement.approved_at) == (1, 0, None)
    assert sorted(text_of(agreement.text)) == ["en", "fi", "sv"]


def test_open_relationship_again_for_the_same_proposal_changes_nothing() -> None:
    programme = ProgrammeFactory.create()
    proposal = proposal_in(programme)
    people = {"mentor": proposal.mentor.person, "mentee": proposal.mentee.person}
    first = open_relationship(programme, **people, proposal=proposal, by=SYSTEM)

    again = open_relationship(programme, **people, proposal=proposal, by=SYSTEM)

    assert again == first
    assert (Relationship.objects.count(), Message.objects.count(), Event.objects.count()) == (1, 2, 1)


def test_each_is_told_in_the_own_language_about_the_other() -> None:
    programme = ProgrammeFactory.create(name={"en": "Career mentoring"})
    mentor = PersonFactory.create(given_name="Leena", family_name="Kivistö", language="en")
    mentee = PersonFactory.create(given_name="Noora", family_name="Salmela", language="en")
    proposal = proposal_in(programme, mentor_is=mentor, mentee_is=mentee)

    open_relationship(programme, mentor=mentor, mentee=mentee, proposal=proposal, by=SYSTEM)

    first, second = Message.objects.order_by("pk")
    assert (first.subject, first.lines[0]) == (
        "You and Noora Salmela begin mentoring",
        "You are the mentor of Noora Salmela in the programme Career mentoring.",
    )
    assert (second.subject, second.lines[0]) == (
        "You and Leena Kivistö begin mentoring",
        "Leena Kivistö is your mentor in the programme Career mentoring.",
    )
    assert list(first.mentions.values_list("mentioned_ref", flat=True)) == [mentee.ref]


def test_open_relationship_by_a_coordinator_of_the_network() -> None:
    programme = ProgrammeFactory.create()
    proposal = proposal_in(programme)

    relationship = open_relationship(
        programme,
        mentor=proposal.mentor.person,
        mentee=proposal.mentee.person,
        proposal=proposal,
        by=coordinator_of(programme.network),
    )

    assert relationship.programme == programme


def test_open_relationship_by_anybody_else_is_refused() -> None:
    programme = ProgrammeFactory.create()
    proposal = proposal_in(programme)

    for by in (proposal.mentor.person, coordinator_of(NetworkFactory.create())):
        with pytest.raises(RefusedError, match="Only a coordinator of the network opens mentoring"):
            open_relationship(
                programme, mentor=proposal.mentor.person, mentee=proposal.mentee.person, proposal=proposal, by=by
            )

    assert (Relationship.objects.count(), Message.objects.count()) == (0, 0)


# --- ending together


def test_begin_closing_asks_the_other_one() -> None:
    relationship = active_pair()

    begin_closing(relationship, Ending.GOALS_REACHED, by=relationship.mentee)

    assert state_of(relationship) == (RelationshipState.CLOSING, Ending.GOALS_REACHED)
    assert told() == [(relationship.mentor.ref, "mentoring.closing_begun")]
    assert events() == []


def test_confirm_closing_by_the_other_one_completes_it() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.GOALS_REACHED, by=relationship.mentee)

    confirm_closing(relationship, by=relationship.mentor)

    assert state_of(relationship) == (RelationshipState.COMPLETED, Ending.GOALS_REACHED)
    relationship.refresh_from_db()
    assert relationship.ended_at is not None
    assert events() == [("mentoring.RelationshipCompleted", refs_of(relationship))]
    assert told()[1:] == [
        (relationship.mentor.ref, "mentoring.completed"),
        (relationship.mentee.ref, "mentoring.completed"),
    ]
    ends = CircleMember.objects.filter(circle=relationship.circle).values_list("until", flat=True)
    assert list(ends) == [timezone.localdate()] * 2


def test_confirm_closing_by_the_one_who_began_it_is_refused() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentor)

    with pytest.raises(RefusedError, match="Now it is the other one's turn"):
        confirm_closing(relationship, by=relationship.mentor)

    assert state_of(relationship) == (RelationshipState.CLOSING, Ending.TIME_IS_UP)
    assert events() == []


def test_confirm_closing_before_anybody_began_is_refused() -> None:
    relationship = active_pair()

    with pytest.raises(RefusedError, match="Neither of you has said yet"):
        confirm_closing(relationship, by=relationship.mentor)

    assert state_of(relationship) == (RelationshipState.ACTIVE, "")


def test_begin_closing_twice_is_refused() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentor)

    with pytest.raises(RefusedError, match="The other one can confirm it"):
        begin_closing(relationship, Ending.GOALS_REACHED, by=relationship.mentee)

    assert state_of(relationship) == (RelationshipState.CLOSING, Ending.TIME_IS_UP)


def test_begin_closing_before_the_agreement_is_refused() -> None:
    relationship = pair()

    with pytest.raises(RefusedError, match="Mentoring has not begun yet"):
        begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentor)

    assert state_of(relationship) == (RelationshipState.AGREEING, "")


def test_keep_going_takes_it_back_and_both_can_finish_anew() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentor)

    keep_going(relationship, by=relationship.mentee)

    assert state_of(relationship) == (RelationshipState.ACTIVE, "")
    assert told()[1:] == [(relationship.mentor.ref, "mentoring.goes_on")]
    begin_closing(relationship, Ending.GOALS_REACHED, by=relationship.mentee)
    confirm_closing(relationship, by=relationship.mentor)
    assert state_of(relationship) == (RelationshipState.COMPLETED, Ending.GOALS_REACHED)


def test_keep_going_while_it_goes_on_is_refused() -> None:
    relationship = active_pair()

    with pytest.raises(RefusedError, match="goes on already"):
        keep_going(relationship, by=relationship.mentee)

    assert told() == []


# --- ending early


@pytest.mark.parametrize("make", [pair, active_pair])
def test_end_early_by_either_ends_it_and_tells_the_other_without_the_reason(make) -> None:
    relationship = make()

    end_early(relationship, EarlyEnding.OTHER_NEEDS, by=relationship.mentee)

    assert state_of(relationship) == (RelationshipState.ENDED_EARLY, EarlyEnding.OTHER_NEEDS)
    assert events() == [("mentoring.RelationshipEndedEarly", refs_of(relationship))]
    [message] = Message.objects.all()
    assert (message.recipient_ref, message.kind) == (relationship.mentor.ref, "mentoring.ended_early")
    assert str(EarlyEnding.OTHER_NEEDS.label) not in " ".join(message.lines)


def test_end_early_while_it_is_closing() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentor)

    end_early(relationship, EarlyEnding.NO_CONTACT, by=relationship.mentor)

    assert state_of(relationship) == (RelationshipState.ENDED_EARLY, EarlyEnding.NO_CONTACT)


def test_nothing_moves_what_is_over() -> None:
    relationship = over_pair()
    mentee = relationship.mentee

    for act in (
        lambda: begin_closing(relationship, Ending.TIME_IS_UP, by=mentee),
        lambda: confirm_closing(relationship, by=mentee),
        lambda: keep_going(relationship, by=mentee),
        lambda: end_early(relationship, EarlyEnding.NO_TIME, by=mentee),
    ):
        with pytest.raises(RefusedError, match="This mentoring is over already"):
            act()

    assert state_of(relationship) == (RelationshipState.COMPLETED, "goals_reached")
    assert (told(), events()) == ([], [])


def test_nobody_but_the_two_ends_it() -> None:
    relationship = active_pair()
    others = (outsider(), coordinator_of(relationship.programme.network), SYSTEM)

    for by in others:
        for act in (
            lambda by=by: begin_closing(relationship, Ending.TIME_IS_UP, by=by),
            lambda by=by: end_early(relationship, EarlyEnding.NO_TIME, by=by),
        ):
            with pytest.raises(RefusedError, match="Only the two of the pair"):
                act()

    assert state_of(relationship) == (RelationshipState.ACTIVE, "")
    assert (told(), events()) == ([], [])


def test_a_stale_copy_does_not_undo_what_the_other_one_did() -> None:
    relationship = active_pair()
    stale = Relationship.objects.get(pk=relationship.pk)
    end_early(relationship, EarlyEnding.NO_TIME, by=relationship.mentor)

    with pytest.raises(RefusedError, match="This mentoring is over already"):
        begin_closing(stale, Ending.TIME_IS_UP, by=relationship.mentee)

    assert state_of(relationship) == (RelationshipState.ENDED_EARLY, EarlyEnding.NO_TIME)


def test_the_audit_log_knows_the_reason_by_its_code() -> None:
    relationship = active_pair()

    end_early(relationship, EarlyEnding.NO_TIME, by=relationship.mentor)

    entry = AuditEntry.objects.get(verb="mentoring.ended_early")
    assert (entry.actor_ref, entry.subject_ref) == (relationship.mentor.ref, relationship.ref)
    assert AuditFacts.objects.get(entry=entry).facts == '{"ending": "no_time"}'


# --- the coordinator's reminder


def test_remind_tells_both_in_a_friendly_way() -> None:
    relationship = active_pair(days_ago=30)
    by = coordinator_of(relationship.programme.network, given_name="Petra", family_name="Lindroos")

    remind(relationship, by=by)

    assert told() == [(relationship.mentor.ref, "mentoring.reminded"), (relationship.mentee.ref, "mentoring.reminded")]
    message = Message.objects.order_by("pk")[1]
    assert message.subject == f"How are you and {relationship.mentor} doing?"
    assert message.lines[-1] == "If something is in the way, tell the coordinator: Petra Lindroos."
    assert AuditEntry.objects.filter(verb="mentoring.reminded", actor_ref=by.ref).count() == 1


def test_remind_speaks_of_the_agreement_while_it_waits() -> None:
    relationship = pair(days_ago=15)

    remind(relationship, by=coordinator_of(relationship.programme.network))

    assert Message.objects.order_by("pk")[0].lines[0] == (
        "Have you had time to read the mentoring agreement? You can meet when both have approved it."
    )


def test_remind_again_within_a_week_is_refused_and_after_it_done() -> None:
    relationship = active_pair(days_ago=30)
    by = coordinator_of(relationship.programme.network)
    remind(relationship, by=by)

    with time_machine.travel(timezone.now() + timedelta(days=6)), pytest.raises(RefusedError, match="Give them a week"):
        remind(relationship, by=by)
    assert len(told()) == 2

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        remind(relationship, by=by)
    assert len(told()) == 4


def test_remind_by_anybody_else_or_when_it_is_over_is_refused() -> None:
    relationship, over = active_pair(), over_pair()

    for by in (coordinator_of(NetworkFactory.create()), relationship.mentor):
        with pytest.raises(RefusedError, match="Only a coordinator of the network reminds"):
            remind(relationship, by=by)
    with pytest.raises(RefusedError, match="This mentoring is over already"):
        remind(over, by=coordinator_of(over.programme.network))

    assert told() == []
