"""Writes: what becomes of assessments, plans and shares when somebody is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from luotsi.competence.enums import TaskState
from luotsi.competence.models import Assessment, AssessmentEvidence, AssessmentTask, GrowthShare, SkillNeed
from luotsi.competence.services.assessments import close_undone
from luotsi.core import audit

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget(person: Person, *, by: Actor) -> None:
    """Erase what was said of the person and by the person of the self; take the person out of what was said of others.

    The level that others were given stays theirs, without the name and the words of who gave it. Which file somebody
    brought in stays with the framework, and leads to a tombstone. A need stays the organisation's.
    """
    Assessment.objects.filter(person=person).delete()
    AssessmentTask.objects.filter(person=person).delete()
    GrowthShare.objects.filter(Q(person=person) | Q(shown_to=person)).delete()
    AssessmentEvidence.objects.filter(assessment__assessor=person).delete()
    for assessment in Assessment.objects.filter(assessor=person):
        assessment.amend(assessor=None, words="")
    for task in AssessmentTask.objects.filter(assessor=person, state=TaskState.ASKED):
        close_undone(task, by=by)
    for need in SkillNeed.objects.filter(person=person):
        need.amend(person=None)
    audit.record(by=by, verb="competence.person_forgotten", subject=person)
