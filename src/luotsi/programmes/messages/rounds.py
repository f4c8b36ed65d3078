"""What follows when a round goes on, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.programmes.enums import ROUND_MOVES, RoundState

if TYPE_CHECKING:
    from luotsi.programmes.models.programmes import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMove:
    """A state that a round can go to: what the button says, what follows, and who is told of it."""

    to: RoundState
    label: str
    follows: str
    told: str


def moves_of(round_: Round) -> list[RoundMove]:
    """Where the round can go, forwards first."""
    state = RoundState(round_.state)
    order = list(RoundState)
    found = sorted(ROUND_MOVES[state], key=lambda to: -order.index(to))
    return [_move(state, to) for to in found]


def _move(state: RoundState, to: RoundState) -> RoundMove:
    label, follows = {
        (RoundState.RECRUITING, RoundState.MATCHING): (
            _("End the call and form pairs"),
            _("The call takes no more applications. Those that wait can still be decided on, and pairs can be formed."),
        ),
        (RoundState.MATCHING, RoundState.RECRUITING): (
            _("Recruit again"),
            _("The call takes applications again, as long as there are places and the last day has not passed."),
        ),
        (RoundState.MATCHING, RoundState.RUNNING): (
            _("Begin the mentoring"),
            _("The round counts as running. After this another round can recruit."),
        ),
        (RoundState.RUNNING, RoundState.MATCHING): (
            _("Form pairs again"),
            _("Pairs can be formed for those who are free. The pairs that run go on."),
        ),
        (RoundState.RUNNING, RoundState.EVALUATING): (
            _("Begin the evaluation"),
            _("No more pairs are formed in this round. The pairs that run go on to their end. This cannot be undone."),
        ),
    }[state, to]
    return RoundMove(to=to, label=label, follows=follows, told=_("Nobody gets a message of it."))
