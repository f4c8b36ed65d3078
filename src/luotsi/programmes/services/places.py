"""Writes: the ledger of places, and how somebody's part in a programme goes on and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.services.circles import leave_circle
from luotsi.programmes.enums import PARTICIPATION_MOVES, ParticipationState
from luotsi.programmes.models.participations import Participation

if TYPE_CHECKING:
    from luotsi.core.actors import Actor


@transaction.atomic
def book_place(participation: Participation, *, by: Actor) -> None:
    """Take one place; the caller has asked its own rules.

    One conditional UPDATE, so that however many book at once, never more are taken than there are.
    """
    booked = Participation.objects.free().filter(pk=participation.pk).update(places_taken=F("places_taken") + 1)
    if not booked:
        raise RefusedError(_("%(name)s has no free place any more.") % {"name": participation.person})
    participation.refresh_from_db(fields=["places_taken"])
    audit.record(by=by, verb="programmes.place_booked", subject=participation)


@transaction.atomic
def free_place(participation: Participation, *, by: Actor) -> None:
    """Give one booked place back."""
    freed = Participation.objects.filter(pk=participation.pk, places_taken__gt=0).update(
        places_taken=F("places_taken") - 1
    )
    if not freed:
        raise RefusedError(_("%(name)s has no booked place to give back.") % {"name": participation.person})
    participation.refresh_from_db(fields=["places_taken"])
    audit.record(by=by, verb="programmes.place_freed", subject=participation)


@transaction.atomic
def complete_participation(participation: Participation, *, by: Actor) -> None:
    """The person has done the part to its end. Somebody who has completed already is left as he or she is."""
    if participation.state != ParticipationState.COMPLETED:
        _move(participation, ParticipationState.COMPLETED, by)


@transaction.atomic
def leave_programme(participation: Participation, *, by: Actor) -> None:
    """The person takes part no longer, and is in the programme's circle no longer."""
    _move(participation, ParticipationState.LEFT, by)
    leave_circle(participation.programme.circle, participation.person, by=by)


def _move(participation: Participation, to: ParticipationState, by: Actor) -> None:
    if to not in PARTICIPATION_MOVES[ParticipationState(participation.state)]:
        raise RefusedError(_("This part in the programme is over already."))
    participation.amend(state=to)
    audit.record(by=by, verb=f"programmes.participation_{to.value}", subject=participation)
