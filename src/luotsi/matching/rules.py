"""Who may do what with runs and proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.matching.enums import Answer
from luotsi.people.rules import is_system
from luotsi.programmes.rules import may_run

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.matching.models import Proposal
    from luotsi.programmes.models.programmes import Programme


def may_match(actor: Actor, programme: Programme) -> bool:
    return may_run(actor, programme)


def is_mentor_of(actor: Actor, proposal: Proposal) -> bool:
    return actor.actor_ref == proposal.mentor.person.ref


def is_mentee_of(actor: Actor, proposal: Proposal) -> bool:
    return actor.actor_ref == proposal.mentee.person.ref


def may_answer(actor: Actor, proposal: Proposal) -> bool:
    """One of the two, who has not answered yet."""
    return (is_mentor_of(actor, proposal) and proposal.mentor_said == Answer.NOT_YET) or (
        is_mentee_of(actor, proposal) and proposal.mentee_said == Answer.NOT_YET
    )


def may_close(actor: Actor, proposal: Proposal) -> bool:
    """End an open proposal without an answer: the clock, or one of the two who leaves."""
    return is_system(actor) or is_mentor_of(actor, proposal) or is_mentee_of(actor, proposal)
