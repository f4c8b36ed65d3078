import re

import pytest

from luotsi.matching.enums import ProposalState
from luotsi.matching.models import Proposal
from tests.factories.matching import asked
from tests.factories.people import OrganisationFactory, PersonFactory, coordinator_of
from tests.factories.programmes import open_round
from tests.pages import errors_of, title_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Proposal:
    found = asked(open_round(name={"en": "Spring"}))
    found.mentor.application.organisation = OrganisationFactory.create(name="Hotelli Kajo")
    found.mentor.application.save()
    return found


def test_a_mentee_sees_who_it_would_be_where_from_and_why(client, proposal: Proposal) -> None:
    client.force_login(proposal.mentee.person)

    response = client.get(f"/my/proposals/{proposal.ref}/")

    page = response.content.decode()
    assert title_of(response) == f"{proposal.mentor.person.given_name} could be your mentor"
    assert "<p>Hotelli Kajo</p>" in page
    assert re.findall(r"<li><b>(.*?):</b> (.*?)</li>", page) == [
        ("Skills that are looked for", "Offered: skill 0."),
        ("Region", "Both: Central Ostrobothnia."),
    ]
    assert proposal.mentor.person.family_name not in page


def test_both_say_yes(client, proposal: Proposal) -> None:
    for person in (proposal.mentee.person, proposal.mentor.person):
        client.force_login(person)
        client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "yes"})

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED
    assert "You both said yes" in client.get(f"/my/proposals/{proposal.ref}/").content.decode()


def test_after_a_yes_one_waits(client, proposal: Proposal) -> None:
    client.force_login(proposal.mentor.person)

    page = client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "yes"}, follow=True).content.decode()

    assert f"Now we wait for {proposal.mentee.person.given_name} to answer, by Tue 31 Mar 2099 at the latest." in page
    assert "No, thank you" not in page


def test_a_no_needs_no_reason(client, proposal: Proposal) -> None:
    client.force_login(proposal.mentee.person)

    page = client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "no"}, follow=True).content.decode()

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DECLINED
    assert "This pair did not come about" in page


def test_an_answer_that_is_none_changes_nothing(client, proposal: Proposal) -> None:
    client.force_login(proposal.mentee.person)

    response = client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "maybe"})

    assert errors_of(response) == ["Choose one of the offered in “Your answer”: what was chosen is not offered."]
    proposal.refresh_from_db()
    assert proposal.mentee_said == ""


def test_a_second_answer_is_refused_on_the_page(client, proposal: Proposal) -> None:
    client.force_login(proposal.mentee.person)
    client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "yes"})

    response = client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "no"})

    assert errors_of(response) == ["You have answered already, or this proposal is not yours."]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.mentee_said) == (ProposalState.ASKED, "yes")


def test_a_planned_proposal_is_not_there_for_the_two(client, proposal: Proposal) -> None:
    Proposal.objects.update(state=ProposalState.PLANNED)

    for person in (proposal.mentor.person, proposal.mentee.person):
        client.force_login(person)
        page = client.get(f"/my/proposals/{proposal.ref}/")
        answered = client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "yes"})
        assert (page.status_code, answered.status_code) == (404, 404)

    proposal.refresh_from_db()
    assert (proposal.mentor_said, proposal.mentee_said) == ("", "")


def test_a_proposal_of_others_is_not_there(client, proposal: Proposal) -> None:
    network = proposal.run.round.programme.network

    for stranger in (PersonFactory.create(), coordinator_of(network), asked(open_round()).mentor.person):
        client.force_login(stranger)
        page = client.get(f"/my/proposals/{proposal.ref}/")
        answered = client.post(f"/my/proposals/{proposal.ref}/answer/", {"answer": "yes"})
        assert (page.status_code, answered.status_code) == (404, 404)
        assert proposal.mentor.person.given_name not in page.content.decode()

    proposal.refresh_from_db()
    assert (proposal.mentor_said, proposal.mentee_said) == ("", "")


@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Aino voisi olla mentoroitavasi"), ("sv", "Aino kunde bli din adept"), ("en", "Aino could be your mentee")],
)
def test_a_proposal_speaks_the_readers_language(client, proposal: Proposal, language: str, title: str) -> None:
    proposal.mentee.person.amend(given_name="Aino")
    client.force_login(proposal.mentor.person)
    client.cookies["language"] = language

    response = client.get(f"/my/proposals/{proposal.ref}/")

    assert title_of(response) == title


def test_a_forgotten_persons_proposal_says_no_reasons(client, proposal: Proposal) -> None:
    proposal.amend(reasons=[{**reason, "facts": {}} for reason in proposal.reasons])
    client.force_login(proposal.mentor.person)

    assert client.get(f"/my/proposals/{proposal.ref}/").status_code == 200
