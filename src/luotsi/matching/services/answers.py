"""Writes: the answers to proposals, and what follows from a no or from silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, events
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.matching.enums import Answer, ProposalState
from luotsi.matching.events import ProposalAccepted
from luotsi.matching.messages import letters
from luotsi.matching.models import Proposal
from luotsi.matching.rules import is_mentor_of, may_answer, may_close
from luotsi.matching.services.runs import move_proposal
from luotsi.people.queries import recipient_of
from luotsi.programmes.services.places import free_place

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.matching.models import ProposalQuerySet
    from luotsi.people.models import Person

EXPIRED_AT_ONCE = 25


@transaction.atomic
def answer(proposal: Proposal, yes: bool, *, by: Actor) -> None:  # noqa: FBT001 -- the answer itself
    """Say yes or no, once. Two yeses announce ProposalAccepted; a no frees both places and needs no reason."""
    locked = _lock(proposal)
    if not may_answer(by, locked):
        raise RefusedError(_("You have answered already, or this proposal is not yours."))
    if locked.state != ProposalState.ASKED:
        raise RefusedError(_("This proposal has been answered already, or its time is over."))
    side = "mentor_said" if is_mentor_of(by, locked) else "mentee_said"
    locked.amend(**{side: Answer.YES if yes else Answer.NO})
    audit.record(by=by, verb="matching.answered", subject=locked, yes=yes, side=side)
    if not yes:
        _end(locked, ProposalState.DECLINED, by=by)
        _tell_other_of_no(locked, by=by)
    elif locked.mentor_said == locked.mentee_said == Answer.YES:
        move_proposal(locked, ProposalState.ACCEPTED)
        audit.record(by=by, verb="matching.accepted", subject=locked)
        events.announce(ProposalAccepted(proposal=locked.ref))
    proposal.refresh_from_db(fields=["state", "mentor_said", "mentee_said"])


@transaction.atomic
def close_proposal(proposal: Proposal, *, by: Actor) -> None:
    """End an open proposal because one of the two is no longer there. The other one is told as after a no."""
    if not may_close(by, proposal):
        raise RefusedError(_("Only one of the two can end a proposal."))
    locked = _lock(proposal)
    _end(locked, ProposalState.DECLINED, by=by)
    _tell_other_of_no(locked, by=by)


def expire_unanswered() -> int:
    """End the proposals whose day is over, free their places, tell both. Returns how many there were."""
    ended = 0
    while found := _expire_some():
        ended += found
    return ended


@transaction.atomic
def _expire_some() -> int:
    over = Proposal.objects.filter(state=ProposalState.ASKED, answer_by__lt=timezone.localdate()).order_by("pk")
    found = list(_with_people(over.select_for_update(of=("self",)))[:EXPIRED_AT_ONCE])
    for proposal in found:
        _end(proposal, ProposalState.EXPIRED, by=SYSTEM)
        _tell_of_silence(proposal, proposal.mentor.person, proposal.mentor_said)
        _tell_of_silence(proposal, proposal.mentee.person, proposal.mentee_said)
    return len(found)


def _end(proposal: Proposal, state: ProposalState, *, by: Actor) -> None:
    move_proposal(proposal, state)
    free_place(proposal.mentor, by=by)
    free_place(proposal.mentee, by=by)
    audit.record(by=by, verb=f"matching.{state.value}", subject=proposal)


def _tell_other_of_no(proposal: Proposal, *, by: Actor) -> None:
    mentor, mentee = proposal.mentor.person, proposal.mentee.person
    other = mentee if by.actor_ref == mentor.ref else mentor
    tell(lambda: letters.declined(proposal), to=recipient_of(other), by=by)


def _tell_of_silence(proposal: Proposal, person: Person, said: str) -> None:
    tell(lambda: letters.expired(proposal, has_answered=said == Answer.YES), to=recipient_of(person), by=SYSTEM)


def _lock(proposal: Proposal) -> Proposal:
    return _with_people(Proposal.objects.select_for_update(of=("self",))).get(pk=proposal.pk)


def _with_people(proposals: ProposalQuerySet) -> ProposalQuerySet:
    return proposals.select_related("mentor__person", "mentee__person", "mentor__programme", "mentee__programme")
