"""Writes: versions of the agreement, and who approves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.mentoring import messages
from luotsi.mentoring.enums import OVER, RelationshipState
from luotsi.mentoring.models import Agreement, AgreementApproval
from luotsi.mentoring.queries.agreements import newest_agreement_of
from luotsi.mentoring.services.pairs import member_of, move, tell_all, tell_other

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.mentoring.models import Relationship, RelationshipMember


@transaction.atomic
def approve_agreement(agreement: Agreement, *, by: Actor) -> None:
    """One of the two has read this version. Approved by both, it is in force, and mentoring begins. Idempotent."""
    relationship = agreement.relationship
    member = _member_who_agrees(relationship, by)
    if agreement != newest_agreement_of(relationship):
        raise RefusedError(_("There is a newer version of the agreement. Read that one."))
    if AgreementApproval.objects.filter(agreement=agreement, person=member.person).exists():
        return
    _approve(agreement, member, by)
    if agreement.approved_at is None:
        tell_other(relationship, messages.approved_by_one, by=by)


@transaction.atomic
def propose_agreement(
    relationship: Relationship, *, rhythm: str, themes: str, not_discussed: str, by: Actor
) -> Agreement:
    """Put own words beside the programme's text: a new version, approved by who proposes it, not yet by the other."""
    member = _member_who_agrees(relationship, by)
    newest = newest_agreement_of(relationship)
    words = {"rhythm": rhythm.strip(), "themes": themes.strip(), "not_discussed": not_discussed.strip()}
    if all(getattr(newest, name) == text for name, text in words.items()):
        raise RefusedError(_("The newest version says just this. Change something, or approve it as it is."))
    agreement = Agreement(
        relationship=relationship,
        number=newest.number + 1,
        text=newest.text,
        language=(get_language() or "fi")[:2],
        proposed_by=member.person,
        **words,
    ).insert()
    audit.record(by=by, verb="mentoring.agreement_proposed", subject=relationship, number=agreement.number)
    _approve(agreement, member, by)
    tell_other(relationship, messages.proposed, by=by)
    return agreement


def _member_who_agrees(relationship: Relationship, by: Actor) -> RelationshipMember:
    member = member_of(relationship, by)
    if relationship.state in OVER:
        raise RefusedError(_("This mentoring is over. Its agreement stays as it is."))
    return member


def _approve(agreement: Agreement, member: RelationshipMember, by: Actor) -> None:
    """Note an approval; the last one brings the version into force, and both are told."""
    relationship = agreement.relationship
    AgreementApproval(agreement=agreement, person=member.person).insert()
    audit.record(by=by, verb="mentoring.agreement_approved", subject=relationship, number=agreement.number)
    if agreement.approvals.count() < relationship.members.count():
        return
    now = timezone.now()
    agreement.amend(approved_at=now)
    if relationship.state == RelationshipState.AGREEING:
        move(relationship, RelationshipState.ACTIVE, by=by, agreed_at=now)
    tell_all(relationship, messages.agreed, by=by)
