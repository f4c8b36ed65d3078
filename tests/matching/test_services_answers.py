from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.errors import RefusedError
from luotsi.core.models import Event
from luotsi.matching.enums import Answer, ProposalState
from luotsi.matching.models import Proposal
from luotsi.matching.services.answers import answer, expire_unanswered
from tests.factories.matching import asked
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import open_round

pytestmark = pytest.mark.django_db


def taken(proposal: Proposal) -> tuple[int, int]:
    proposal.mentor.refresh_from_db()
    proposal.mentee.refresh_from_db()
    return proposal.mentor.places_taken, proposal.mentee.places_taken


def test_one_yes_waits_for_the_other() -> None:
    proposal = asked(open_round())

    answer(proposal, yes=True, by=proposal.mentee.person)

    assert (proposal.state, proposal.mentee_said, proposal.mentor_said) == (ProposalState.ASKED, "yes", "")
    assert taken(proposal) == (1, 1)
    assert Event.objects.count() == Message.objects.count() == 0


@pytest.mark.parametrize("first", ["mentor", "mentee"])
def test_two_yeses_are_announced(first: str) -> None:
    proposal = asked(open_round())
    people = [proposal.mentor.person, proposal.mentee.person]

    for person in people if first == "mentor" else reversed(people):
        answer(proposal, yes=True, by=person)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED
    assert taken(proposal) == (1, 1)
    assert list(Event.objects.values_list("kind", "facts")) == [
        ("matching.ProposalAccepted", {"proposal": {"ref": str(proposal.ref)}})
    ]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_no_frees_both_places_and_the_other_is_told_kindly(who: str) -> None:
    proposal = asked(open_round(name={"en": "Career mentoring"}))
    person = getattr(proposal, who).person
    other = proposal.mentee.person if who == "mentor" else proposal.mentor.person

    answer(proposal, yes=False, by=person)

    assert proposal.state == ProposalState.DECLINED
    assert taken(proposal) == (0, 0)
    message = Message.objects.get()
    assert (message.recipient_ref, message.subject) == (other.ref, "The pair in Career mentoring did not come about")
    assert [name for name in (person.given_name, person.family_name) if name in " ".join(message.lines)] == []
    assert Event.objects.count() == 0


def test_a_no_after_a_yes_of_the_other() -> None:
    proposal = asked(open_round(), mentor_said=Answer.YES)

    answer(proposal, yes=False, by=proposal.mentee.person)

    assert (proposal.state, proposal.mentor_said, proposal.mentee_said) == (ProposalState.DECLINED, "yes", "no")
    assert taken(proposal) == (0, 0)


def test_nobody_answers_twice() -> None:
    proposal = asked(open_round())
    answer(proposal, yes=True, by=proposal.mentor.person)

    with pytest.raises(RefusedError):
        answer(proposal, yes=False, by=proposal.mentor.person)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.mentor_said) == (ProposalState.ASKED, "yes")


def test_nobody_answers_for_others() -> None:
    proposal = asked(round_ := open_round())

    for stranger in (PersonFactory.create(), coordinator_of(round_.programme.network)):
        with pytest.raises(RefusedError):
            answer(proposal, yes=True, by=stranger)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.mentor_said, proposal.mentee_said) == (ProposalState.ASKED, "", "")


@pytest.mark.parametrize("state", [ProposalState.PLANNED, ProposalState.DECLINED, ProposalState.EXPIRED])
def test_only_an_open_proposal_is_answered(state: ProposalState) -> None:
    proposal = asked(open_round(), state=state)

    with pytest.raises(RefusedError):
        answer(proposal, yes=True, by=proposal.mentor.person)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.mentor_said) == (state, "")


def test_the_database_keeps_an_accepted_pair_from_being_one_sided() -> None:
    proposal = asked(open_round(), mentor_said=Answer.YES)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.ACCEPTED)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ASKED


def test_what_nobody_answered_in_time_ends() -> None:
    round_ = open_round(name={"en": "Career mentoring"})
    late = asked(round_, 1, answer_by=timezone.localdate() - timedelta(days=1), mentor_said=Answer.YES)
    today = asked(round_, 2, answer_by=timezone.localdate())
    settled = asked(
        round_, 3, answer_by=date(2026, 1, 1), state=ProposalState.ACCEPTED, mentor_said="yes", mentee_said="yes"
    )

    assert expire_unanswered() == 1
    assert expire_unanswered() == 0

    for proposal in (late, today, settled):
        proposal.refresh_from_db()
    assert (late.state, today.state, settled.state) == ("expired", "asked", "accepted")
    assert (taken(late), taken(today), taken(settled)) == ((0, 0), (1, 1), (1, 1))
    assert [(message.recipient_ref, message.lines[0]) for message in Message.objects.order_by("pk")] == [
        (late.mentor.person.ref, "You said yes, and we did not get an answer from the other one in time."),
        (late.mentee.person.ref, "We did not get your answer to the proposal in time, so it has ended."),
    ]
