"""Writes: taking away what matching knows of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.core import audit
from luotsi.matching.enums import ProposalState, RunState
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.services.answers import close_proposal
from luotsi.matching.services.runs import FORGOTTEN, refuse_run

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def forget_proposals(person: Person, *, by: Actor) -> None:
    """End the person's open proposals, clear the facts of all, and the bytes of every run that names the person.

    Points, numbers and the hash of the input stay; a run without its bytes cannot be worked out again. A run that
    nobody has published yet is refused: it would propose somebody who is no longer there.
    """
    for proposal in Proposal.objects.of(person).select_related("mentor__person", "mentee__person"):
        if proposal.state == ProposalState.ASKED:
            close_proposal(proposal, by=by)
    for run in MatchRun.objects.filter(round__programme__participations__person=person).distinct():
        if str(person.ref).encode() in bytes(run.problem):
            _forget_run(run, by=by)
    for proposal in Proposal.objects.of(person):
        proposal.amend(reasons=[{**reason, "facts": {}} for reason in proposal.reasons])


def _forget_run(run: MatchRun, *, by: Actor) -> None:
    if run.state in {RunState.WAITING, RunState.DONE}:
        run.proposals.all().delete()
        refuse_run(run, code=FORGOTTEN)
    trouble = {**run.trouble, "keys": []} if run.trouble else {}
    run.amend(problem=b"", result=b"", trouble=trouble)
    audit.record(by=by, verb="matching.run_forgotten", subject=run)
