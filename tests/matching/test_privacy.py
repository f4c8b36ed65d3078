import pytest

from luotsi.comms.models import Message
from luotsi.matching import privacy
from luotsi.matching.enums import ProposalState, RunState
from luotsi.matching.models import Proposal
from luotsi.matching.queries import result_of
from luotsi.matching.services.runs import carry_out_run
from tests.factories.matching import asked, done_run, pair, run_of
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import open_round
from tests.pages import title_of

pytestmark = pytest.mark.django_db


def test_everybody_gets_the_own_proposals_with_their_reasons() -> None:
    proposal = asked(open_round(name={"en": "Spring"}), mentor_said="yes")
    asked(open_round(), state=ProposalState.PLANNED)

    [held] = privacy.collect(proposal.mentor.person)

    assert (held.title, held.rows) == (
        "Proposals",
        [
            {
                "Programme": "Spring",
                "Role": "mentor",
                "State": "waiting for an answer",
                "Your answer": "yes",
                "Answer by": "Tue 31 Mar 2099",
                "Reasons": (
                    "Skills that are looked for: Offered: skill 0. Region: Both: Central Ostrobothnia. "
                    "Time of waiting: 0 days of waiting."
                ),
            }
        ],
    )
    assert privacy.collect(PersonFactory.create()) == []


def test_a_forgotten_persons_open_proposal_ends_and_the_other_is_told() -> None:
    proposal = asked(open_round())
    person, other = proposal.mentee.person, proposal.mentor.person

    privacy.erase(person, by=person)

    proposal.refresh_from_db()
    proposal.mentor.refresh_from_db()
    assert (proposal.state, proposal.mentor.places_taken) == (ProposalState.DECLINED, 0)
    assert [message.recipient_ref for message in Message.objects.all()] == [other.ref]
    assert [reason["facts"] for reason in proposal.reasons] == [{}, {}, {}]


def test_a_run_that_is_not_published_goes_with_a_forgotten_person() -> None:
    round_ = open_round()
    mentor_part, _mentee_part = pair(round_, 1)
    pair(round_, 2)
    run = done_run(round_)

    privacy.erase(mentor_part.person, by=mentor_part.person)

    run.refresh_from_db()
    assert (run.state, run.trouble["code"], bytes(run.problem), bytes(run.result)) == (
        RunState.REFUSED,
        "forgotten",
        b"",
        b"",
    )
    assert Proposal.objects.count() == 0


def test_a_result_that_comes_after_somebody_was_forgotten_is_not_kept() -> None:
    round_ = open_round()
    mentor_part, _mentee_part = pair(round_)
    run = run_of(round_)

    privacy.erase(mentor_part.person, by=mentor_part.person)
    carry_out_run(run)

    run.refresh_from_db()
    assert (run.state, run.trouble["code"], bytes(run.result)) == (RunState.REFUSED, "forgotten", b"")
    assert Proposal.objects.count() == 0


def test_a_published_run_keeps_its_pairs_without_the_details(client) -> None:
    round_ = open_round()
    mentor_part, _mentee_part = pair(round_)
    run = done_run(round_)
    run.amend(state=RunState.PUBLISHED)

    privacy.erase(mentor_part.person, by=mentor_part.person)

    run.refresh_from_db()
    assert (run.state, run.matched, result_of(run)) == (RunState.PUBLISHED, 1, None)
    client.force_login(coordinator_of(round_.programme.network))
    page = client.get(f"/programmes/{round_.programme.ref}/matching/{run.ref}/")
    assert title_of(page) == "1 pair has been published"
    assert "Somebody in this run has been forgotten, so its details are gone." in page.content.decode()


def test_a_run_without_the_person_stays_as_it_is() -> None:
    round_ = open_round()
    pair(round_)
    run = done_run(round_)
    late, _other = pair(round_, 2)

    privacy.erase(late.person, by=late.person)

    run.refresh_from_db()
    assert (run.state, bool(run.problem), run.proposals.count()) == (RunState.DONE, True, 1)
