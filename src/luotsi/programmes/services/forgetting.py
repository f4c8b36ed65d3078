"""Writes: taking away what programmes know of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from luotsi.core import audit
from luotsi.core.words.keys import email_key
from luotsi.programmes.enums import APPLICATION_MOVES, ApplicationState, ParticipationState, Recommendation
from luotsi.programmes.models.applications import Application, ApplicationDraft, GuardianAsk, Interview
from luotsi.programmes.models.batches import BatchRow
from luotsi.programmes.models.lists import ImportRow
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.services.directory import forget_news
from luotsi.programmes.services.imports import clear_row
from luotsi.programmes.services.places import leave_programme
from luotsi.programmes.services.pool import forget_places_in_pools

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget_applications(person: Person, *, by: Actor) -> None:
    """Withdraw what is open, leave every programme, and clear what the person or a list told about him or her.

    Called before the account loses its addresses: by them rows of lists, drafts and asked guardians are found. What
    the person consented to as somebody's guardian keeps the name: that minor's part rests on it.
    """
    for application in Application.objects.filter(person=person):
        open_to_withdraw = ApplicationState.WITHDRAWN in APPLICATION_MOVES[ApplicationState(application.state)]
        state = ApplicationState.WITHDRAWN if open_to_withdraw else application.state
        application.amend(answers={}, told={}, external_id="", organisation=None, state=state)
        audit.record(by=by, verb="programmes.application_forgotten", subject=application)
    here = [ParticipationState.ACTIVE, ParticipationState.PAUSED]
    for part in Participation.objects.filter(person=person, state__in=here).select_related(
        "programme__circle", "application__round"
    ):
        part.person = person
        leave_programme(part, by=by)
    _forget_what_was_noted(person)
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    keys = [email_key(address) for address in addresses]
    ApplicationDraft.objects.filter(Q(email__in=keys) | Q(application__person=person)).delete()
    GuardianAsk.objects.filter(application__person=person).delete()
    GuardianAsk.objects.filter(email__in=keys).update(email="")  # whom somebody else named as guardian
    forget_places_in_pools(person)
    forget_news(keys)
    for row in ImportRow.objects.filter(Q(email_key__in=keys) | Q(application__person=person)):
        clear_row(row)


def _forget_what_was_noted(person: Person) -> None:
    """That somebody was interviewed and left stays; what was said then, why, and what the funder got does not."""
    for interview in Interview.objects.filter(application__person=person):
        interview.amend(notes="", recommendation=Recommendation.OPEN)
    for row in BatchRow.objects.filter(application__person=person).exclude(fault=""):
        row.amend(fault="")
    for part in Participation.objects.filter(person=person):
        part.amend(left_reason="", start_data_given_on=None, end_data_given_on=None, data_reminded_on=None)
