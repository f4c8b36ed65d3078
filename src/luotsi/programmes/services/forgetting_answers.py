"""Writes: taking away what somebody answered to assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.core import audit
from luotsi.core.files import forget_file
from luotsi.programmes.models.activities import AssignmentAnswer

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget_answers(person: Person, *, by: Actor) -> None:
    """Answers go with their files and with all that was said about them.

    That somebody was at an activity stays, without the person; so do a trainer's words on the answers of others.
    """
    for answer in AssignmentAnswer.objects.filter(person=person).prefetch_related("files__file"):
        audit.record(by=by, verb="programmes.answer_forgotten", subject=answer)
        files = [added.file for added in answer.files.all()]
        answer.delete()
        for file in files:
            forget_file(file)
