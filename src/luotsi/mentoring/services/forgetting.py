"""Writes: what goes with a person who is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.core import audit
from luotsi.mentoring import messages
from luotsi.mentoring.enums import OVER, EarlyEnding
from luotsi.mentoring.models import Agreement, Relationship, Session
from luotsi.mentoring.services.pairs import lock, tell_one
from luotsi.mentoring.services.relationships import break_off

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget(person: Person, *, by: Actor) -> None:
    """End what goes on, and take the person's own words out. That two met, and when, stays without the person."""
    for relationship in Relationship.objects.filter(members__person=person).exclude(state__in=OVER).order_by("pk"):
        lock(relationship)
        break_off(relationship, EarlyEnding.OTHER, by=by)
        tell_one(relationship, messages.left_alone, relationship.other_than(person), by=by)
    for session in Session.objects.filter(logged_by=person).exclude(summary=""):
        session.amend(summary="")
    for agreement in Agreement.objects.filter(proposed_by=person):
        agreement.amend(rhythm="", themes="", not_discussed="")
    audit.record(by=by, verb="mentoring.person_forgotten", subject=person)
