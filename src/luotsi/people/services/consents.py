"""Writes: what people agree to, in which words, and that they take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from luotsi.core import audit
from luotsi.people.models import Consent

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.actors import Actor
    from luotsi.core.models import TextVersion
    from luotsi.people.enums import ConsentKind
    from luotsi.people.models import Person


@transaction.atomic
def give_consent(
    person: Person,
    kind: ConsentKind,
    *,
    text: TextVersion,
    by: Actor,
    about_ref: UUID | None = None,
    given_by: str = "",
) -> Consent:
    """Note that the person, or `given_by` for a minor, agreed to this very text; `about_ref`: for what.

    The caller checks who agrees.
    """
    consent = Consent(person=person, kind=kind, text=text, about_ref=about_ref, given_by=given_by.strip()).insert()
    audit.record(by=by, verb="people.consent_given", subject=consent, kind=kind)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor) -> None:
    """From now on it does not hold; that it did stays known. Twice is the same as once."""
    if consent.withdrawn_at is None:
        consent.amend(withdrawn_at=timezone.now())
        audit.record(by=by, verb="people.consent_withdrawn", subject=consent, kind=consent.kind)
