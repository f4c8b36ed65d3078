"""Reads: versions of an agreement, as the two read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.core.versions import text_of
from luotsi.mentoring.enums import OVER
from luotsi.mentoring.formats.agreements import Section, sections_in, texts_of
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from luotsi.mentoring.models import Agreement, Relationship
    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One of the two, and when this one approved the version; None: not yet."""

    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgreement:
    """A version as one of the two reads it. `language` is that of the text; `is_fallback`: not the one asked for."""

    agreement: Agreement
    sections: tuple[Section, ...]
    language: str
    is_fallback: bool
    approvals: tuple[Approval, ...]
    waits_for_me: bool


def agreement_text_of(programme: Programme) -> dict[str, str]:
    """The text of the programme's agreement by language."""
    return texts_of(model_in(programme.description).agreement)


def agreements_of(relationship: Relationship) -> QuerySet[Agreement]:
    """Every version, the newest first."""
    return relationship.agreements.select_related("text", "proposed_by", "relationship").order_by("-number")


def newest_agreement_of(relationship: Relationship) -> Agreement:
    return agreements_of(relationship)[0]


def agreement_in_force(relationship: Relationship) -> Agreement | None:
    """The newest version that both have approved."""
    return agreements_of(relationship).exclude(approved_at=None).first()


def shown_agreement(agreement: Agreement, person: Person) -> ShownAgreement:
    shown = text_of(agreement.text).shown()
    when = dict(agreement.approvals.values_list("person", "created_at"))
    members = agreement.relationship.members.select_related("person").order_by("pk")
    return ShownAgreement(
        agreement=agreement,
        sections=sections_in(shown.text),
        language=shown.language,
        is_fallback=shown.is_fallback,
        approvals=tuple(Approval(name=str(each.person), at=when.get(each.person_id)) for each in members),
        waits_for_me=agreement.relationship.state not in OVER and person.pk not in when,
    )
