"""Writes: taking a person out of what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.core import audit
from luotsi.core.questions.values import Kind
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Invitee, Response
from luotsi.surveys.services.answers import move
from luotsi.surveys.services.conclusions import forget_in_workshops

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget(person: Person, *, by: Actor) -> None:
    """Take a person's own words out of the answers; what is counted (scales, choices) stays, without the person.

    Who has answered anonymously stays counted as a tombstone; who has not, is not asked any more. Notes of HR days stay
    without their writer.
    """
    for response in Response.objects.filter(person=person).select_related("wave__instrument"):
        if response.state == ResponseState.ASKED:
            move(response, ResponseState.CLOSED, draft={})
        written = {item.key for item in response.wave.instrument.questions.items if item.kind == Kind.TEXT}
        if written & set(response.answers):
            response.amend(answers={key: value for key, value in response.answers.items() if key not in written})
    Invitee.objects.filter(person=person, has_answered=False).delete()
    forget_in_workshops(person)
    audit.record(by=by, verb="surveys.person_forgotten", subject=person)
