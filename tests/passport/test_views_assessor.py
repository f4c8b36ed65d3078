"""The assessor's pages: the queue, and a claim with criteria and evidence side by side."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.passport.enums import ClaimState
from luotsi.passport.models import Claim, Credential, CriterionDecision, Decision
from luotsi.passport.queries import next_things_for, next_things_for_assessor
from luotsi.passport.services.claims import return_claim
from luotsi.people.models import Network, Person
from tests.factories.passport import ClaimFactory, assessor_of, evidence_for, judged, mark_with, submitted
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, operator
from tests.pages import errors_of, parts, queries_for, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    made: Network = NetworkFactory.create()
    return made


@pytest.fixture
def assessor(client, network) -> Person:
    made = assessor_of(network)
    client.force_login(made)
    return made


def waiting_since(days: int, claim: Claim) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    return claim


def state_of(claim: Claim) -> str:
    return Claim.objects.values_list("state", flat=True).get(pk=claim.pk)


# --- the queue


def test_the_queue_is_the_networks_claims_the_oldest_first(client, network, assessor) -> None:
    mark = mark_with("greets", network=network, name={"en": "Guiding"})
    waiting_since(1, submitted(mark, PersonFactory.create(given_name="Late", family_name="Aho")))
    waiting_since(9, submitted(mark, PersonFactory.create(given_name="Early", family_name="Öberg")))
    submitted(mark, assessor)
    submitted(mark, state=ClaimState.RETURNED)
    submitted(mark_with("greets"), PersonFactory.create(given_name="Of another network"))

    page = client.get("/assess/")

    assert title_of(page) == "To assess"
    assert [row[:2] for row in rows_of(page)] == [["Early Öberg", "Guiding"], ["Late Aho", "Guiding"]]


def test_an_assessor_of_the_issuer_sees_its_marks_alone(client, network) -> None:
    kpedu = OrganisationFactory.create()
    submitted(mark_with("greets", network=network, issuer=kpedu), PersonFactory.create(given_name="A", family_name="B"))
    submitted(mark_with("greets", network=network))
    client.force_login(assessor_of(kpedu))

    assert [row[0] for row in rows_of(client.get("/assess/"))] == ["A B"]


@pytest.mark.usefixtures("assessor")
def test_an_empty_queue_says_what_will_be_here(client) -> None:
    submitted(mark_with("greets"))

    assert parts(client.get("/assess/"), r'<div class="empty">.*?<h3>(.*?)</h3>') == ["Nobody waits"]


def test_nobody_else_finds_the_queue_or_a_claim(client, network) -> None:
    claim = submitted(mark_with("greets", network=network))
    others = [
        coordinator_of(network), claim.person, operator(), PersonFactory.create(), assessor_of(NetworkFactory.create()),
        assessor_of(OrganisationFactory.create()),
    ]  # fmt: skip
    assessor_of(network)
    typed = {"outcome": "award", "met": [str(row.ref) for row in claim.mark.criteria.all()]}

    for other in others:
        client.force_login(other)
        assert client.get(f"/assess/{claim.ref}/").status_code == 404
        assert client.post(f"/assess/{claim.ref}/", typed).status_code == 404
    client.force_login(others[0])

    assert client.get("/assess/").status_code == 404
    assert (state_of(claim), Decision.objects.count()) == (ClaimState.SUBMITTED, 0)


def test_the_own_claim_is_not_there_for_its_own_assessor(client, network, assessor) -> None:
    claim = submitted(mark_with("greets", network=network), assessor)
    typed = {"outcome": "award", "met": [str(row.ref) for row in claim.mark.criteria.all()]}

    assert client.get(f"/assess/{claim.ref}/").status_code == 404
    assert client.post(f"/assess/{claim.ref}/", typed).status_code == 404
    assert state_of(claim) == ClaimState.SUBMITTED


# --- a decision


def test_criteria_stand_beside_the_evidence(client, network, assessor) -> None:
    claim = submitted(mark_with("greets", "listens", network=network), PersonFactory.create(given_name="Aino"))
    evidence_for(claim, "Minä kuuntelin.", "fi")
    return_claim(claim, by=assessor, reasons="Tell how you listened.", judged=judged(claim, is_met=False))
    Claim.objects.update(state=ClaimState.SUBMITTED)

    page = client.get(f"/assess/{claim.ref}/")

    assert title_of(page) == str(claim.person)
    assert parts(page, r'<label class="choice">.*?<span>(.*?)</span>') == ["greets", "listens"]
    assert parts(page, r'<p lang="(\w\w)">') == ["en", "fi"]
    assert parts(page, r'<p lang="\w\w">(.*?)</p>') == ["I guided a colleague.", "Minä kuuntelin."]
    [before] = parts(page, r"<h2>Decided before</h2>\s*<p>(.*?)</p>")
    assert before.partition(": ")[2] == "returned to be completed. Tell how you listened."


def test_a_claim_is_awarded_from_the_page(client, network, assessor) -> None:
    claim = submitted(mark_with("greets", "listens", network=network))
    met = [str(row.ref) for row in claim.mark.criteria.all()]

    response = client.post(f"/assess/{claim.ref}/", {"outcome": "award", "met": met, "reasons": ""}, follow=True)

    assert said_on(response) == ["The mark is awarded and signed."]
    assert (state_of(claim), Credential.objects.get().claim) == (ClaimState.AWARDED, claim)
    assert Decision.objects.get().assessor == assessor


def test_a_claim_is_returned_from_the_page(client, network, assessor) -> None:
    claim = submitted(mark_with("greets", "listens", network=network))
    first = claim.mark.criteria.earliest("position")
    typed = {"outcome": "return", "met": [str(first.ref)], "reasons": "Tell how you listened."}

    response = client.post(f"/assess/{claim.ref}/", typed, follow=True)

    assert said_on(response) == ["The claim is returned with your reasons."]
    assert (state_of(claim), Decision.objects.get().reasons) == (ClaimState.RETURNED, "Tell how you listened.")
    assert list(CriterionDecision.objects.order_by("pk").values_list("is_met", flat=True)) == [True, False]
    assert Decision.objects.get().assessor == assessor


@pytest.mark.usefixtures("assessor")
def test_an_award_with_a_criterion_missing_is_refused_and_nothing_typed_is_lost(client, network) -> None:
    claim = submitted(mark_with("greets", "listens", network=network))
    first = claim.mark.criteria.earliest("position")

    response = client.post(
        f"/assess/{claim.ref}/", {"outcome": "award", "met": [str(first.ref)], "reasons": "Good so far."}
    )

    assert errors_of(response) == [
        "A mark is awarded when every criterion is met. Otherwise return it, and say what is missing."
    ]
    assert parts(response, r'value="([^"]*)" id="id_met_\d" checked') == [str(first.ref)]
    assert parts(response, r"<textarea[^>]*>(.*?)</textarea>") == ["Good so far."]
    assert (state_of(claim), Decision.objects.count()) == (ClaimState.SUBMITTED, 0)


@pytest.mark.usefixtures("assessor")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"outcome": "return", "reasons": " "},
            "Write what is still missing, so that the participant knows how to go on.",
        ),
        (
            {"outcome": "return", "reasons": "More", "met": ["made-up"]},
            "Choose from the offered in “Criteria that the evidence shows”: something chosen is not offered.",
        ),
    ],
)
def test_what_cannot_be_decided_is_told_on_the_form(client, network, typed: dict[str, str], told: str) -> None:
    claim = submitted(mark_with("greets", network=network))

    response = client.post(f"/assess/{claim.ref}/", typed)

    assert errors_of(response) == [told]
    assert (state_of(claim), Decision.objects.count()) == (ClaimState.SUBMITTED, 0)


@pytest.mark.usefixtures("assessor")
def test_a_claim_that_was_decided_meanwhile_is_no_longer_there(client, network) -> None:
    claim = submitted(mark_with("greets", network=network))
    typed = {"outcome": "return", "reasons": "More"}
    client.post(f"/assess/{claim.ref}/", typed)

    assert client.post(f"/assess/{claim.ref}/", typed).status_code == 404
    assert Decision.objects.count() == 1


@pytest.mark.usefixtures("assessor")
def test_the_pages_ask_as_much_for_one_as_for_thirty(client, network) -> None:
    mark = mark_with("greets", network=network)
    claim = submitted(mark)
    addresses = ["/assess/", f"/assess/{claim.ref}/"]
    asked = [queries_for(client, each) for each in addresses]
    for number in range(29):
        submitted(mark)
        mark.criteria.create(text={"en": f"More {number}"}, position=number + 1)
        evidence_for(claim)

    assert [queries_for(client, each) for each in addresses] == asked
    assert max(asked) < 10
    queue, page = (client.get(each) for each in addresses)
    assert (len(rows_of(queue)), len(parts(page, r'<label class="choice">'))) == (30, 30)


# --- next things


def test_the_queue_is_the_assessors_next_thing(network, assessor, django_assert_num_queries) -> None:
    waiting_since(3, submitted(mark_with("greets", network=network)))
    submitted(mark_with("greets", network=network))
    submitted(mark_with("greets"))

    with django_assert_num_queries(2):
        [thing] = next_things_for_assessor(assessor)

    assert (str(thing.title), thing.address, thing.by_when) == (
        "2 claims wait for you", "/assess/", timezone.localdate() + timedelta(days=11),
    )  # fmt: skip


def test_without_claims_there_is_nothing_next(assessor) -> None:
    submitted(mark_with("greets"))

    assert next_things_for_assessor(assessor) == []
    assert next_things_for(assessor) == []


def test_claims_in_hand_are_the_participants_next_things(django_assert_num_queries) -> None:
    person = PersonFactory.create()
    for state, name in ((ClaimState.COLLECTING, "New"), (ClaimState.RETURNED, "Back"), (ClaimState.SUBMITTED, "Away")):
        ClaimFactory.create(person=person, state=state, mark=mark_with("greets", name={"en": name}))
    ClaimFactory.create()

    with django_assert_num_queries(1):
        things = next_things_for(person)

    assert [(str(thing.title), thing.weight) for thing in things] == [
        ("Complete your claim: Back", 30), ("Claim the mark New", 45),
    ]  # fmt: skip
