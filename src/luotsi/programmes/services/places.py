"""Writes: the ledgers of places and of parts, and how somebody's part in a programme goes on and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit, events
from luotsi.core.errors import RefusedError
from luotsi.people.enums import CircleRole
from luotsi.people.services.circles import join_circle, leave_circle
from luotsi.programmes.enums import PARTICIPATION_MOVES, LeavingReason, ParticipationState, PartRole
from luotsi.programmes.events import ParticipationLeft
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Round
from luotsi.programmes.services.activities import leave_activities

if TYPE_CHECKING:
    from luotsi.core.actors import Actor

LEDGERS = {
    PartRole.MENTOR: ("mentors_taken", "mentors_most"),
    PartRole.MENTEE: ("mentees_taken", "mentees_most"),
}
FULL = {
    PartRole.MENTOR: _(
        "All parts of mentors are taken. Put the application on the waiting list, or let more mentors into the round."
    ),
    PartRole.MENTEE: _(
        "All parts of mentees are taken. Put the application on the waiting list, or let more mentees into the round."
    ),
}


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
def take_part(round_: Round, role: PartRole, *, by: Actor) -> None:
    """Take one part in the round's ledger; the caller has asked its own rules.

    One conditional UPDATE, so that however many are accepted at once, never more take part than the round has room for.
    """
    taken, most = LEDGERS[role]
    room = Q(**{most: None}) | Q(**{f"{taken}__lt": F(most)})
    if not Round.objects.filter(room, pk=round_.pk).update(**{taken: F(taken) + 1}):
        raise RefusedError(FULL[role])
    round_.refresh_from_db(fields=[taken])
    audit.record(by=by, verb="programmes.part_taken", subject=round_, role=role.value)


@transaction.atomic
def free_part(round_: Round, role: PartRole, *, by: Actor) -> None:
    """Give one part back: somebody else can be accepted."""
    taken, _most = LEDGERS[role]
    if Round.objects.filter(pk=round_.pk, **{f"{taken}__gt": 0}).update(**{taken: F(taken) - 1}):
        audit.record(by=by, verb="programmes.part_freed", subject=round_, role=role.value)


@transaction.atomic
def complete_participation(participation: Participation, *, by: Actor) -> None:
    """The person has done the part to its end. Somebody who has completed already is left as he or she is."""
    if participation.state != ParticipationState.COMPLETED:
        move_part(participation, ParticipationState.COMPLETED, by)


@transaction.atomic
def leave_programme(participation: Participation, *, reason: LeavingReason = LeavingReason.NOT_SAID, by: Actor) -> None:
    """The person has this part no longer, and somebody else can have it. Announces ParticipationLeft.

    He or she leaves the programme's circle, unless there is another part (mentor here, mentee there).
    """
    move_part(participation, ParticipationState.LEFT, by, left_on=timezone.localdate(), left_reason=reason)
    free_part(participation.application.round, PartRole(participation.role), by=by)
    others = Participation.objects.filter(programme=participation.programme, person=participation.person)
    circle = participation.programme.circle
    leave_circle(circle, participation.person, by=by)
    others = others.exclude(state=ParticipationState.LEFT)
    for other in others:
        join_circle(circle, participation.person, CircleRole(other.role), by=by)
    if not others:
        leave_activities(participation.programme, participation.person, by=by)
    events.announce(
        ParticipationLeft(
            participation=participation.ref, person=participation.person.ref, programme=participation.programme.ref
        )
    )


def move_part(participation: Participation, to: ParticipationState, by: Actor, **values: object) -> None:
    """Take a part to its next state, with what belongs to it. The caller has asked its own rules."""
    if to not in PARTICIPATION_MOVES[ParticipationState(participation.state)]:
        raise RefusedError(_("This part in the programme is over already."))
    participation.amend(state=to, **values)
    audit.record(by=by, verb=f"programmes.participation_{to.value}", subject=participation)
