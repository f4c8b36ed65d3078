"""Writes: what the passport does when a person is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.core import audit
from luotsi.passport.enums import ClaimState
from luotsi.passport.models import Claim, CriterionDecision, Decision, Evidence, Fact

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget_person(person: Person, *, by: Actor) -> None:
    """What was written goes: evidence, and reasons about the person or by the person.

    That a mark was awarded stays, for the issuer's record, with the signed document: it holds no name, only numbers.
    That a claim was decided stays too; nobody is asked to decide it any more.
    """
    Evidence.objects.filter(claim__person=person).delete()
    Fact.objects.filter(person=person).delete()
    about_or_by = Decision.objects.filter(claim__person=person) | Decision.objects.filter(assessor=person)
    CriterionDecision.objects.filter(decision__in=about_or_by).update(reason="")
    about_or_by.update(reasons="")
    unfinished = Claim.objects.filter(person=person, credential=None)
    unfinished.filter(decisions=None).delete()
    unfinished.update(state=ClaimState.WITHDRAWN)
    audit.record(by=by, verb="passport.person_forgotten", subject=person)
