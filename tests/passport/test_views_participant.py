"""The participant's pages: the passport, a claim, the signed mark."""

import json

import pytest

from luotsi.passport.enums import ClaimState, MarkState, Theme
from luotsi.passport.models import Claim, Credential, Evidence
from luotsi.passport.services.claims import CriterionJudged, award_claim, return_claim
from luotsi.people.enums import Role
from luotsi.people.models import Network, Person
from tests.factories.passport import (
    ClaimFactory,
    MarkFactory,
    assessor_of,
    evidence_for,
    judged,
    mark_with,
    participant_of,
    submitted,
)
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, grant, part_of
from tests.pages import errors_of, lead_of, parts, queries_for, reasons_of, said_on, title_of

pytestmark = pytest.mark.django_db

MARKS = r"<h3>(.*?)</h3>"
MINE, ON_OFFER = r"<h2>My marks</h2>(.*?)<h2>", r"<h2>On offer</h2>(.*?)</main>"


@pytest.fixture
def network() -> Network:
    made: Network = NetworkFactory.create()
    return made


@pytest.fixture
def person(client, network) -> Person:
    made = participant_of(network)
    client.force_login(made)
    return made


def address(claim: Claim, rest: str = "") -> str:
    return f"/my/passport/claims/{claim.ref}/{rest}"


# --- the passport


def test_the_passport_shows_the_own_marks_and_what_is_on_offer(client, network, person) -> None:
    claimed = MarkFactory.create(network=network, name={"en": "Claimed"})
    ClaimFactory.create(mark=claimed, person=person)
    MarkFactory.create(network=network, name={"en": "Second"}, key="b", theme=Theme.GUIDING)
    MarkFactory.create(network=network, name={"en": "First"}, key="a", theme=Theme.GUIDING)
    for state in (MarkState.DRAFT, MarkState.RETIRED):
        MarkFactory.create(network=network, state=state)
    elsewhere = MarkFactory.create(name={"en": "Elsewhere"})
    ClaimFactory.create(mark=elsewhere)

    page = client.get("/my/passport/")

    assert title_of(page) == "My passport"
    assert parts(page, MARKS, within=MINE) == ["Claimed"]
    assert parts(page, MARKS, within=ON_OFFER) == ["First", "Second"]


def test_a_member_of_an_organisation_or_its_unit_sees_the_networks_offering(client, network) -> None:
    kpedu = OrganisationFactory.create()
    unit = OrganisationFactory.create(parent=kpedu)
    part_of(network, kpedu)
    MarkFactory.create(network=network, name={"en": "Ours"})
    MarkFactory.create()
    left = OrganisationFactory.create()
    part_of(network, left)
    network.parts.filter(organisation=left).update(since="2020-01-01", until="2020-12-31")

    shown = {}
    for name, organisation in (("organisation", kpedu), ("unit", unit), ("left", left)):
        member = PersonFactory.create()
        grant(member, Role.MEMBER, organisation=organisation)
        client.force_login(member)
        shown[name] = parts(client.get("/my/passport/"), MARKS, within=ON_OFFER)

    assert shown == {"organisation": ["Ours"], "unit": ["Ours"], "left": []}


def test_an_empty_passport_says_how_to_begin(client) -> None:
    client.force_login(PersonFactory.create())
    MarkFactory.create()

    page = client.get("/my/passport/")

    assert parts(page, r'<div class="empty">.*?<h3>(.*?)</h3>') == ["No marks yet"]
    assert parts(page, r'<p class="muted">(.*?)</p>', within=ON_OFFER) == ["Nothing more is on offer right now."]


def test_a_mark_is_chosen_from_the_offering(client, network, person) -> None:
    mark = MarkFactory.create(network=network)

    response = client.post(f"/my/passport/choose/{mark.ref}/", follow=True)

    claim = Claim.objects.get()
    assert (claim.person, claim.mark, claim.state) == (person, mark, ClaimState.COLLECTING)
    assert response.redirect_chain == [(address(claim), 302)]
    assert said_on(response) == ["The mark is in your plan."]


@pytest.mark.usefixtures("person")
def test_a_mark_that_is_not_on_offer_for_the_person_is_not_there(client, network) -> None:
    marks = [MarkFactory.create(), MarkFactory.create(network=network, state=MarkState.DRAFT)]

    assert [client.post(f"/my/passport/choose/{mark.ref}/").status_code for mark in marks] == [404, 404]
    assert not Claim.objects.exists()


# --- a claim


def test_evidence_is_written_and_handed_in(client, network, person) -> None:
    claim = ClaimFactory.create(mark=mark_with("greets", network=network), person=person)
    client.cookies["language"] = "sv"
    written = client.post(address(claim), {"text": "Jag handledde."}, follow=True)
    client.cookies["language"] = "en"

    handed_in = client.post(address(claim, "submit/"), follow=True)

    assert said_on(written) == ["Beviset har lagts till."]
    assert Evidence.objects.values_list("text", "language").get() == ("Jag handledde.", "sv")
    assert said_on(handed_in) == ["Your claim is with the assessors."]
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED
    assert parts(handed_in, r"<textarea[^>]*>(.*?)</textarea>") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Fill in “What did you do and learn?”."),
        (
            "x" * 5001,
            "Shorten “What did you do and learn?” to 5000 characters at most. It has 5001 characters now.",
        ),
        ("a\x00b", "Remove the character from “What did you do and learn?” that cannot be stored."),
    ],
    ids=["empty", "long", "nul"],
)
def test_evidence_that_cannot_be_kept_is_told_on_the_form(client, person, text: str, told: str) -> None:
    claim = ClaimFactory.create(person=person)

    response = client.post(address(claim), {"text": text, "csrfmiddlewaretoken": "x"})

    assert errors_of(response) == [told]
    assert not Evidence.objects.exists()


def test_evidence_that_comes_too_late_is_not_lost(client, person) -> None:
    claim = submitted(mark_with("greets"), person)

    response = client.post(address(claim), {"text": "One more thing."})

    assert errors_of(response) == ["Evidence can be added before the claim is handed in, or when it has been returned."]
    assert parts(response, r"<textarea[^>]*>(.*?)</textarea>") == ["One more thing."]
    assert claim.evidence.count() == 1


def test_a_claim_without_evidence_is_refused_with_a_reason(client, person) -> None:
    claim = ClaimFactory.create(person=person)

    response = client.post(address(claim, "submit/"))

    assert (response.status_code, reasons_of(response)) == (
        409, ["Add some evidence first: tell in your own words what you did and learned."],
    )  # fmt: skip
    claim.refresh_from_db()
    assert claim.state == ClaimState.COLLECTING


def test_a_returned_claim_shows_what_is_still_missing(client, network, person) -> None:
    mark = mark_with("greets", "listens", network=network)
    claim = submitted(mark, person)
    assessor = assessor_of(network, given_name="Arvo", family_name="Arvioija")
    first, second = mark.criteria.order_by("position")
    return_claim(
        claim, by=assessor, reasons="Tell how you listened.",
        judged=[CriterionJudged(criterion=first, is_met=True), CriterionJudged(criterion=second, is_met=False)],
    )  # fmt: skip

    page = client.get(address(claim))

    assert parts(page, r"<li>(.*?)</li>", within=r"<h2>Criteria</h2>(.*?)</ul>") == [
        "greets shown", "listens still to show",
    ]  # fmt: skip
    assert parts(page, r'<div class="alert warn">.*?</b></p>\s*<p>(.*?)</p>') == ["Tell how you listened."]
    assert "Arvioija" not in page.content.decode()


def test_a_withdrawn_claim_is_taken_up_again(client, network, person) -> None:
    claim = ClaimFactory.create(mark=mark_with("greets", network=network), person=person)
    evidence_for(claim)

    withdrawn = client.post(address(claim, "withdraw/"), follow=True)
    page = client.get(address(claim))
    [again] = parts(page, r'action="(/my/passport/choose/[^"]*)"')
    response = client.post(again, follow=True)

    assert said_on(withdrawn) == ["The claim is withdrawn. You can take it up again."]
    assert response.redirect_chain == [(address(claim), 302)]
    claim.refresh_from_db()
    assert (claim.state, claim.evidence.count()) == (ClaimState.COLLECTING, 1)


def test_nobody_else_finds_a_claim_or_its_credential(client, network) -> None:
    claim = submitted(mark_with("greets", network=network))
    assessor = assessor_of(network)
    award_claim(claim, by=assessor, judged=judged(claim))
    credential = Credential.objects.get()
    others = [assessor, participant_of(network), PersonFactory.create()]

    for other in others:
        client.force_login(other)
        gets = [address(claim), f"/my/passport/credentials/{credential.ref}/"]
        assert [client.get(each).status_code for each in gets] == [404, 404]
        assert [client.post(address(claim, each)).status_code for each in ("", "submit/", "withdraw/")] == [404] * 3


# --- the signed mark


def test_the_download_is_the_very_bytes(client, network, person) -> None:
    claim = submitted(mark_with("greets", network=network, key="guiding"), person)
    award_claim(claim, by=assessor_of(network), judged=judged(claim))
    page = client.get(address(claim))
    [link] = parts(page, r'href="(/my/passport/credentials/[^"]*)"')

    response = client.get(link)

    assert response.content == bytes(Credential.objects.get().document)
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/vc+ld+json", 'attachment; filename="guiding.json"',
    )  # fmt: skip
    assert json.loads(response.content)["credentialSubject"]["achievement"]["name"] == f"{claim.mark.name['fi']}"


def test_an_award_is_told_on_the_claim(client, network, person) -> None:
    claim = submitted(mark_with("greets", network=network), person)
    award_claim(claim, by=assessor_of(network), judged=judged(claim), reasons="Well done.")

    page = client.get(address(claim))

    assert parts(page, r'<span class="tag ok">(.*?)</span>') == ["awarded", "shown"]
    assert parts(page, r'<div class="alert ok">.*?</b></p>\s*<p>(.*?)</p>') == ["Well done."]
    assert parts(page, r"<textarea") == []


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("fi", "Merkit, joita keräät. Kun näytät ne, kuka tahansa voi todentaa ne."),
        ("sv", "Märken som du samlar. När du visar dem kan vem som helst verifiera dem."),
        ("en", "Marks that you collect, and that anybody can verify when you show them."),
    ],
)
def test_the_passport_speaks_three_languages(client, language: str, lead: str) -> None:
    client.cookies["language"] = language

    assert lead_of(client.get("/my/passport/")) == lead


def test_the_passport_asks_as_much_for_one_mark_as_for_thirty(client, network, person) -> None:
    claim = ClaimFactory.create(mark=mark_with("one", network=network), person=person)
    evidence_for(claim)
    MarkFactory.create(network=network)
    asked = [queries_for(client, "/my/passport/"), queries_for(client, address(claim))]
    for number in range(29):
        ClaimFactory.create(mark=mark_with("one", network=network), person=person)
        MarkFactory.create(network=network)
        claim.mark.criteria.create(text={"en": f"More {number}"}, position=number + 1)
        evidence_for(claim)

    assert [queries_for(client, "/my/passport/"), queries_for(client, address(claim))] == asked
    assert max(asked) < 10
    passport, page = client.get("/my/passport/"), client.get(address(claim))
    assert (len(parts(passport, MARKS, within=MINE)), len(parts(passport, MARKS, within=ON_OFFER))) == (30, 30)
    assert len(parts(page, r"<li>(.*?)</li>", within=r"<h2>Criteria</h2>(.*?)</ul>")) == 30
