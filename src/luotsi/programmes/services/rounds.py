"""Writes: the rounds of a programme. Each recruits, forms pairs, runs and is evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ROUND_MOVES, ProgrammeState, RoundState
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.rules import may_run

if TYPE_CHECKING:
    from luotsi.core.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many may take part in a round; None: as many as are accepted."""

    mentors_most: int | None = None
    mentees_most: int | None = None


@transaction.atomic
def open_round(programme: Programme, limits: Limits, *, by: Actor) -> Round:
    """Recruit again while the programme runs. Refused while an earlier round still recruits or forms pairs."""
    _refuse_unless_open(programme, by)
    Programme.objects.select_for_update().get(pk=programme.pk)  # one at a time
    newest = programme.rounds.order_by("-number").first()
    if newest is not None and newest.state in {RoundState.RECRUITING, RoundState.MATCHING}:
        raise RefusedError(_("The round before it still recruits or forms pairs. Let it begin first."))
    number = newest.number + 1 if newest else 1
    made = Round(
        programme=programme, number=number, mentors_most=limits.mentors_most, mentees_most=limits.mentees_most
    ).insert()
    audit.record(by=by, verb="programmes.round_opened", subject=made, number=number)
    return made


@transaction.atomic
def move_round(round_: Round, to: RoundState, *, by: Actor) -> None:
    """Take the round to its next state; nothing happens when it is there. Refused unless the programme is open."""
    _refuse_unless_open(round_.programme, by)
    if round_.state == to:
        return
    if to not in ROUND_MOVES[RoundState(round_.state)]:
        raise RefusedError(_("This round of the programme has gone on already."))
    round_.amend(state=to)
    audit.record(by=by, verb="programmes.round_moved", subject=round_, state=to)


@transaction.atomic
def limit_round(round_: Round, limits: Limits, *, by: Actor) -> None:
    """Change how many may take part. Refused below the number of those who do."""
    _refuse_unless_open(round_.programme, by)
    now = Round.objects.select_for_update().get(pk=round_.pk)
    for most, taken in ((limits.mentors_most, now.mentors_taken), (limits.mentees_most, now.mentees_taken)):
        if most is not None and most < taken:
            raise RefusedError(_("More people than that take part already. Write a number that is as high at least."))
    round_.amend(mentors_most=limits.mentors_most, mentees_most=limits.mentees_most)
    audit.record(by=by, verb="programmes.round_limited", subject=round_)


def _refuse_unless_open(programme: Programme, by: Actor) -> None:
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network does this."))
    if programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
