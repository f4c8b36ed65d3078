"""A participant's way to a mark, and what an assessor decides."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, Event
from luotsi.passport.enums import ClaimState, EvidenceKind, MarkState
from luotsi.passport.models import Claim, Credential, CriterionDecision, Decision, Evidence, Fact
from luotsi.passport.services.claims import (
    CriterionJudged,
    add_evidence,
    award_claim,
    choose_mark,
    note_fact,
    offer_claim,
    return_claim,
    submit_claim,
    withdraw_claim,
)
from luotsi.people.models import Person
from tests.factories.passport import (
    ClaimFactory,
    FactFactory,
    MarkFactory,
    assessor_of,
    evidence_for,
    judged,
    mark_with,
    participant_of,
    submitted,
)
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of

pytestmark = pytest.mark.django_db


def state_of(claim: Claim) -> str:
    return Claim.objects.values_list("state", flat=True).get(pk=claim.pk)


# --- the participant


def test_a_person_chooses_an_open_mark_once() -> None:
    mark = MarkFactory.create()
    person = participant_of(mark.network)

    claim = choose_mark(mark, by=person)
    again = choose_mark(mark, by=person)

    assert (claim.state, claim.is_offered, again) == (ClaimState.COLLECTING, False, claim)
    assert AuditEntry.objects.filter(verb="passport.mark_chosen").count() == 1


@pytest.mark.parametrize("state", [MarkState.DRAFT, MarkState.RETIRED])
def test_a_mark_that_is_not_open_is_neither_chosen_nor_offered(state: MarkState) -> None:
    mark, fact = MarkFactory.create(state=state), FactFactory.create()

    with pytest.raises(RefusedError, match="This mark cannot be chosen now"):
        choose_mark(mark, by=fact.person)
    with pytest.raises(RefusedError, match="This mark cannot be chosen now"):
        offer_claim(mark, fact.person, fact=fact, by=SYSTEM)

    assert not Claim.objects.exists()
    assert not Message.objects.exists()


def test_what_happened_is_noted_once() -> None:
    person, ref = PersonFactory.create(), uuid4()
    noted = [
        note_fact(
            person, kind="mentoring.completed", fact_ref=ref, happened_on=date(2026, 3, 10), text={"en": "Done."},
            by=SYSTEM,
        )
        for _ in range(2)
    ]  # fmt: skip

    assert noted == [Fact.objects.get()] * 2
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("fi", "Voit hakea merkkiä: Merkki guiding", "Mentorointi vietiin loppuun."),
        ("sv", "Du kan ansöka om ett märke: Mark guiding", "Mentoring was completed."),
        ("en", "You can claim a mark: Mark guiding", "Mentoring was completed."),
    ],
)
def test_what_happened_opens_a_claim_and_is_its_first_evidence(language: str, subject: str, words: str) -> None:
    mark = MarkFactory.create(key="guiding")
    fact = FactFactory.create(person__language=language)

    claims = [offer_claim(mark, fact.person, fact=fact, by=SYSTEM) for _ in range(2)]

    assert claims == [Claim.objects.get()] * 2
    assert (claims[0].state, claims[0].is_offered) == (ClaimState.COLLECTING, True)
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.fact, evidence.text) == (EvidenceKind.FACT, fact, words)
    message = Message.objects.get()
    assert (message.recipient_ref, message.subject, message.action_path) == (
        fact.person.ref, subject, f"/my/passport/claims/{claims[0].ref}/",
    )  # fmt: skip


def test_a_claim_that_the_person_chose_gets_what_happened_as_evidence_too() -> None:
    fact = FactFactory.create()
    claim = choose_mark(MarkFactory.create(), by=fact.person)

    offer_claim(claim.mark, fact.person, fact=fact, by=SYSTEM)

    assert [row.fact for row in claim.evidence.all()] == [fact]
    assert not Message.objects.exists()


@pytest.mark.parametrize("state", [ClaimState.SUBMITTED, ClaimState.AWARDED, ClaimState.WITHDRAWN])
def test_what_happens_later_changes_nothing_that_is_out_of_the_persons_hands(state: ClaimState) -> None:
    fact = FactFactory.create()
    claim = ClaimFactory.create(person=fact.person, state=state)

    offer_claim(claim.mark, fact.person, fact=fact, by=SYSTEM)

    assert (state_of(claim), claim.evidence.count()) == (state, 0)


def test_evidence_is_in_the_writers_words_and_language() -> None:
    claim = ClaimFactory.create()

    with translation.override("sv"):
        evidence = add_evidence(claim, "  Jag handledde en kollega.\n", by=claim.person)

    assert (evidence.text, evidence.language, evidence.kind) == ("Jag handledde en kollega.", "sv", EvidenceKind.TEXT)


@pytest.mark.parametrize("state", [ClaimState.PLANNED, ClaimState.SUBMITTED, ClaimState.AWARDED, ClaimState.WITHDRAWN])
def test_evidence_is_not_added_to_what_is_not_in_hand(state: ClaimState) -> None:
    claim = ClaimFactory.create(state=state)

    with pytest.raises(RefusedError, match="Evidence can be added before the claim is handed in"):
        add_evidence(claim, "More", by=claim.person)

    assert not claim.evidence.exists()


def test_a_claim_without_evidence_is_not_handed_in() -> None:
    claim = ClaimFactory.create()

    with pytest.raises(RefusedError, match="Add some evidence first"):
        submit_claim(claim, by=claim.person)

    assert state_of(claim) == ClaimState.COLLECTING


def test_nobody_else_touches_a_claim() -> None:
    claim = ClaimFactory.create()
    evidence_for(claim)
    others = [PersonFactory.create(), assessor_of(claim.mark.network), coordinator_of(claim.mark.network)]

    for other in others:
        for act in (lambda by: add_evidence(claim, "Mine", by=by), lambda by: submit_claim(claim, by=by)):
            with pytest.raises(RefusedError, match="Only the person whose claim it is"):
                act(other)
        with pytest.raises(RefusedError, match="Only the person whose claim it is withdraws it"):
            withdraw_claim(claim, by=other)

    assert (state_of(claim), claim.evidence.count()) == (ClaimState.COLLECTING, 1)


def test_a_claim_is_handed_in_withdrawn_and_taken_up_again() -> None:
    claim = ClaimFactory.create()
    evidence_for(claim)

    submit_claim(claim, by=claim.person)
    handed_in = (state_of(claim), claim.submitted_at is not None)
    withdraw_claim(claim, by=claim.person)
    withdrawn = state_of(claim)
    again = choose_mark(claim.mark, by=claim.person)

    assert (handed_in, withdrawn) == ((ClaimState.SUBMITTED, True), ClaimState.WITHDRAWN)
    assert (again, state_of(claim), claim.evidence.count()) == (claim, ClaimState.COLLECTING, 1)


def test_what_is_awarded_is_not_withdrawn() -> None:
    claim = ClaimFactory.create(state=ClaimState.AWARDED)

    with pytest.raises(RefusedError, match="The claim has moved on already"):
        withdraw_claim(claim, by=claim.person)

    assert state_of(claim) == ClaimState.AWARDED


# --- the assessor


def test_a_claim_is_returned_with_reasons_and_completed() -> None:
    mark = mark_with("greets", "listens")
    claim, assessor = submitted(mark, PersonFactory.create(language="sv")), assessor_of(mark.network)
    first, second = mark.criteria.order_by("position")

    decision = return_claim(
        claim, by=assessor, reasons=" Tell how you listened. ",
        judged=[CriterionJudged(criterion=first, is_met=True), CriterionJudged(criterion=second, is_met=False)],
    )  # fmt: skip

    assert (state_of(claim), decision.outcome, decision.reasons) == (
        ClaimState.RETURNED, "returned", "Tell how you listened.",
    )  # fmt: skip
    assert list(CriterionDecision.objects.order_by("pk").values_list("criterion", "is_met")) == [
        (first.pk, True), (second.pk, False),
    ]  # fmt: skip
    message = Message.objects.get()
    assert (message.recipient_ref, message.subject) == (
        claim.person.ref, f"Din märkesansökan behöver kompletteras: {mark.name['en']}",
    )  # fmt: skip
    assert not Event.objects.exists()
    add_evidence(claim, "I listened so.", by=claim.person)
    submit_claim(claim, by=claim.person)
    assert state_of(claim) == ClaimState.SUBMITTED


@pytest.mark.parametrize("reasons", ["", "  \n"])
def test_a_claim_is_not_returned_without_a_reason(reasons: str) -> None:
    mark = mark_with("greets")
    claim = submitted(mark)

    with pytest.raises(RefusedError, match="Write what is still missing"):
        return_claim(claim, by=assessor_of(mark.network), reasons=reasons)

    assert (state_of(claim), Decision.objects.count(), Message.objects.count()) == (ClaimState.SUBMITTED, 0, 0)


def test_a_claim_is_awarded_when_every_criterion_is_met() -> None:
    mark = mark_with("greets", "listens")
    claim, assessor = submitted(mark), assessor_of(mark.network)

    decision = award_claim(claim, by=assessor, judged=judged(claim), reasons="Well done.")

    claim.refresh_from_db()
    assert (claim.state, claim.decided_at, decision.assessor) == (ClaimState.AWARDED, decision.decided_at, assessor)
    assert Credential.objects.get().claim == claim
    event = Event.objects.get()
    assert (event.kind, event.facts) == (
        "passport.MarkAwarded",
        {"claim": {"ref": str(claim.ref)}, "person": {"ref": str(claim.person.ref)}, "mark": {"ref": str(mark.ref)}},
    )
    assert Message.objects.values_list("recipient_ref", "kind").get() == (claim.person.ref, "passport.mark_awarded")


@pytest.mark.parametrize("missing", ["one not met", "one not judged", "none judged", "one of another mark"])
def test_a_mark_is_not_awarded_with_a_criterion_missing(missing: str) -> None:
    mark = mark_with("greets", "listens")
    claim = submitted(mark)
    first, second = judged(claim)
    other = judged(submitted(mark_with("other")))[0]
    judgements = {
        "one not met": [first, CriterionJudged(criterion=second.criterion, is_met=False)], "one not judged": [first],
        "none judged": [], "one of another mark": [first, other],
    }  # fmt: skip

    with pytest.raises(RefusedError, match="A mark is awarded when every criterion is met"):
        award_claim(claim, by=assessor_of(mark.network), judged=judgements[missing])

    assert (state_of(claim), Decision.objects.count(), Credential.objects.count()) == (ClaimState.SUBMITTED, 0, 0)


def test_nobody_judges_the_own_claim() -> None:
    mark = mark_with("greets")
    assessor = assessor_of(mark.network)
    claim = submitted(mark, assessor)

    with pytest.raises(RefusedError, match="You cannot decide this claim"):
        award_claim(claim, by=assessor, judged=judged(claim))
    with pytest.raises(RefusedError, match="You cannot decide this claim"):
        return_claim(claim, by=assessor, reasons="More")

    assert (state_of(claim), Decision.objects.count()) == (ClaimState.SUBMITTED, 0)


def test_assessors_of_the_network_and_of_the_issuer_judge_and_others_do_not() -> None:
    issuer, network = OrganisationFactory.create(), NetworkFactory.create()
    mark = mark_with("greets", network=network, issuer=issuer)
    mine = [assessor_of(network), assessor_of(issuer)]
    others: list[Person] = [
        assessor_of(NetworkFactory.create()), assessor_of(OrganisationFactory.create()), coordinator_of(network),
        PersonFactory.create(),
    ]  # fmt: skip
    claim = submitted(mark)

    for other in others:
        with pytest.raises(RefusedError, match="You cannot decide this claim"):
            award_claim(claim, by=other, judged=judged(claim))
    awarded = [
        award_claim(waiting, by=by, judged=judged(waiting))
        for by, waiting in zip(mine, (claim, submitted(mark)), strict=True)
    ]

    assert [decision.outcome for decision in awarded] == ["awarded", "awarded"]
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("state", [ClaimState.COLLECTING, ClaimState.RETURNED, ClaimState.AWARDED])
def test_a_claim_that_does_not_wait_is_not_decided(state: ClaimState) -> None:
    mark = mark_with("greets")
    claim = submitted(mark, state=state)

    with pytest.raises(RefusedError, match="This claim does not wait for a decision"):
        award_claim(claim, by=assessor_of(mark.network), judged=judged(claim))

    assert (state_of(claim), Decision.objects.count()) == (state, 0)


def test_a_claim_that_somebody_else_decided_meanwhile_is_not_decided_twice() -> None:
    mark = mark_with("greets")
    claim, assessor = submitted(mark), assessor_of(mark.network)
    seen_before = Claim.objects.get(pk=claim.pk)
    award_claim(claim, by=assessor, judged=judged(claim))

    with pytest.raises(RefusedError, match="Somebody else may have been faster"):
        return_claim(seen_before, by=assessor_of(mark.network), reasons="More")

    assert (state_of(claim), Decision.objects.count()) == (ClaimState.AWARDED, 1)
