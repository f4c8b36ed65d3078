"""Reads: the rounds of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.core.queries import one
from luotsi.programmes.enums import RoundState

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.programmes.models.programmes import Programme, Round


def rounds_of(programme: Programme) -> QuerySet[Round]:
    """The newest first."""
    return programme.rounds.select_related("programme__network", "programme__circle").order_by("-number")


def round_in(programme: Programme, ref: UUID) -> Round:
    return one(rounds_of(programme), ref)


def may_recruit_again(rounds: list[Round]) -> bool:
    """Whether another round can be opened: all that there are have gone beyond forming pairs."""
    return bool(rounds) and rounds[0].state not in {RoundState.RECRUITING, RoundState.MATCHING}
