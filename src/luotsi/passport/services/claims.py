"""Writes: a participant's way to a mark, and what an assessor decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, events
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.passport import messages
from luotsi.passport.enums import CLAIM_MOVES, ClaimState, EvidenceKind, Outcome
from luotsi.passport.events import MarkAwarded
from luotsi.passport.models import Claim, CriterionDecision, Decision, Evidence, Fact
from luotsi.passport.rules import is_claimable, may_decide, may_work_on
from luotsi.passport.services.credentials import issue_credential
from luotsi.people.queries import recipient_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from luotsi.core.actors import Actor
    from luotsi.passport.models import Mark, MarkCriterion
    from luotsi.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionJudged:
    """Whether one criterion was shown, and why."""

    criterion: MarkCriterion
    is_met: bool
    reason: str = ""


@transaction.atomic
def note_fact(
    person: Person, *, kind: str, fact_ref: UUID, happened_on: date, text: Mapping[str, str], by: Actor
) -> Fact:
    """Something that happened and may serve as evidence, once."""
    found = Fact.objects.filter(person=person, kind=kind, fact_ref=fact_ref).first()
    if found:
        return found
    fact = Fact(
        person=person, kind=kind, fact_ref=fact_ref, happened_on=happened_on, text=TranslatedText(text)
    ).insert()
    audit.record(by=by, verb="passport.fact_noted", subject=fact, kind=kind)
    return fact


@transaction.atomic
def offer_claim(mark: Mark, person: Person, *, fact: Fact, by: Actor) -> Claim:
    """Open a claim for a person, once, with the fact as its first evidence, and tell the person.

    Refused when the mark is not open and there is no claim yet.
    """
    claim = Claim.objects.filter(mark=mark, person=person).first()
    if claim is None:
        if not is_claimable(mark):
            raise RefusedError(_("This mark cannot be chosen now."))
        claim = Claim(mark=mark, person=person, state=ClaimState.COLLECTING, is_offered=True).insert()
        audit.record(by=by, verb="passport.claim_offered", subject=claim)
        opened = claim
        tell(lambda: messages.claim_offered(opened), to=recipient_of(person), by=by)
    if claim.state in {ClaimState.PLANNED, ClaimState.COLLECTING, ClaimState.RETURNED}:
        _use_fact(claim, fact)
    return claim


@transaction.atomic
def choose_mark(mark: Mark, *, by: Person) -> Claim:
    """Plan to earn a mark. A withdrawn claim is taken up again."""
    if not is_claimable(mark):
        raise RefusedError(_("This mark cannot be chosen now."))
    claim = Claim.objects.filter(mark=mark, person=by).first()
    if claim is None:
        claim = Claim(mark=mark, person=by, state=ClaimState.COLLECTING).insert()
        audit.record(by=by, verb="passport.mark_chosen", subject=claim)
    elif claim.state == ClaimState.WITHDRAWN:
        _move(claim, ClaimState.PLANNED)
        _move(claim, ClaimState.COLLECTING)
        audit.record(by=by, verb="passport.mark_chosen", subject=claim)
    return claim


@transaction.atomic
def add_evidence(claim: Claim, text: str, *, by: Person) -> Evidence:
    """Own words that show the competence. Read by the participant and the assessors."""
    if not may_work_on(by, claim):
        raise RefusedError(_("Only the person whose claim it is adds evidence."))
    if claim.state not in {ClaimState.COLLECTING, ClaimState.RETURNED}:
        raise RefusedError(_("Evidence can be added before the claim is handed in, or when it has been returned."))
    language = translation.get_language() or by.language
    evidence = Evidence(claim=claim, kind=EvidenceKind.TEXT, text=text.strip(), language=language).insert()
    audit.record(by=by, verb="passport.evidence_added", subject=claim)
    return evidence


@transaction.atomic
def submit_claim(claim: Claim, *, by: Person) -> None:
    """Hand the claim to the assessors. It needs some evidence."""
    if not may_work_on(by, claim):
        raise RefusedError(_("Only the person whose claim it is hands it in."))
    if not claim.evidence.exists():
        raise RefusedError(_("Add some evidence first: tell in your own words what you did and learned."))
    _move(claim, ClaimState.SUBMITTED, submitted_at=timezone.now())
    audit.record(by=by, verb="passport.claim_submitted", subject=claim)


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: Person) -> None:
    if not may_work_on(by, claim):
        raise RefusedError(_("Only the person whose claim it is withdraws it."))
    _move(claim, ClaimState.WITHDRAWN)
    audit.record(by=by, verb="passport.claim_withdrawn", subject=claim)


@transaction.atomic
def return_claim(claim: Claim, *, by: Person, reasons: str, judged: Sequence[CriterionJudged] = ()) -> Decision:
    """Ask for more, and say what. The participant is told."""
    if not reasons.strip():
        raise RefusedError(_("Write what is still missing, so that the participant knows how to go on."))
    decision = _decide(claim, Outcome.RETURNED, by=by, reasons=reasons, judged=judged)
    _move(claim, ClaimState.RETURNED)
    tell(lambda: messages.claim_returned(claim), to=recipient_of(claim.person), by=by)
    return decision


@transaction.atomic
def award_claim(claim: Claim, *, by: Person, judged: Sequence[CriterionJudged], reasons: str = "") -> Decision:
    """Award the mark: every criterion was shown. Signs the credential and announces MarkAwarded."""
    criteria = set(claim.mark.criteria.values_list("pk", flat=True))
    if {row.criterion.pk for row in judged if row.is_met} != criteria:
        raise RefusedError(
            _("A mark is awarded when every criterion is met. Otherwise return it, and say what is missing.")
        )
    decision = _decide(claim, Outcome.AWARDED, by=by, reasons=reasons, judged=judged)
    _move(claim, ClaimState.AWARDED, decided_at=decision.decided_at)
    issue_credential(claim, by=by, awarded_at=decision.decided_at)
    tell(lambda: messages.mark_awarded(claim), to=recipient_of(claim.person), by=by)
    events.announce(MarkAwarded(claim=claim.ref, person=claim.person.ref, mark=claim.mark.ref))
    return decision


def _decide(claim: Claim, outcome: Outcome, *, by: Person, reasons: str, judged: Sequence[CriterionJudged]) -> Decision:
    if not may_decide(by, claim):
        raise RefusedError(_("You cannot decide this claim."))
    if any(row.criterion.mark_id != claim.mark_id for row in judged):
        raise ValueError("a criterion of another mark")
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    if locked.state != ClaimState.SUBMITTED:
        raise RefusedError(_("This claim does not wait for a decision. Somebody else may have been faster."))
    language = translation.get_language() or by.language
    decision = Decision(claim=claim, assessor=by, outcome=outcome, reasons=reasons.strip(), language=language).insert()
    for row in judged:
        CriterionDecision(
            decision=decision, criterion=row.criterion, is_met=row.is_met, reason=row.reason.strip()
        ).insert()
    audit.record(by=by, verb="passport.claim_decided", subject=claim, outcome=outcome)
    return decision


def _use_fact(claim: Claim, fact: Fact) -> None:
    if not claim.evidence.filter(fact=fact).exists():
        shown = fact.text.shown(claim.person.language)
        Evidence(claim=claim, kind=EvidenceKind.FACT, fact=fact, text=shown.text, language=shown.language).insert()


def _move(claim: Claim, to: ClaimState, **values: object) -> None:
    if to not in CLAIM_MOVES[ClaimState(claim.state)]:
        raise RefusedError(_("The claim has moved on already. Look at how it stands now."))
    claim.amend(state=to, **values)
