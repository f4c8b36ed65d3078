"""Writes: freezing a problem, working it out, keeping only what is proven, publishing it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.matching.enums import PROPOSAL_MOVES, RUN_MOVES, ProposalState, RunState
from luotsi.matching.messages import letters
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.queries import problem_of
from luotsi.matching.rules import may_match
from luotsi.matching.solver.check import check
from luotsi.matching.solver.json_form import problem_from_json, problem_to_json, result_to_json
from luotsi.matching.solver.solve import solve
from luotsi.matching.solver.validation import ProblemError
from luotsi.people.models import Person
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import ProgrammeState, RoundState
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services.places import book_place
from luotsi.programmes.services.rounds import move_round

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.actors import Actor
    from luotsi.matching.solver.values import Problem, Result
    from luotsi.programmes.models.programmes import Round

NOT_PROVEN = "not_proven"  # beside the solver's own troubles: the result does not stand its check
FORGOTTEN = "forgotten"  # somebody in the run is no longer there
PROPOSALS_AT_ONCE = 25


@transaction.atomic
def start_run(round_: Round, *, by: Person) -> MatchRun:
    """Freeze who has a free place now, with the model's weights and rules, and have the pairs worked out."""
    programme = round_.programme
    if not may_match(by, programme):
        raise RefusedError(_("Only a coordinator of the network forms pairs."))
    if programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
    problem = problem_of(programme)
    if not problem.mentees:
        raise RefusedError(_("There is no mentee who waits for a mentor. Decide on the applications first."))
    if not problem.mentors:
        raise RefusedError(_("There is no mentor with a free place. Decide on the applications first."))
    move_round(round_, RoundState.MATCHING, by=by)
    content = problem_to_json(problem)
    newest = MatchRun.objects.filter(round=round_).aggregate(newest=Max("number", default=0))["newest"]
    run = MatchRun(
        round=round_,
        number=newest + 1,
        made_by=by,
        problem=content,
        input_hash=hashlib.sha256(content).hexdigest(),
        mentees=len(problem.mentees),
        mentors=len(problem.mentors),
        places=sum(mentor.capacity for mentor in problem.mentors),
    ).insert()
    job = jobs.enqueue("matching.carry_out_run", run_ref=run.ref)
    run.amend(job_ref=job.ref)
    audit.record(by=by, verb="matching.run_started", subject=run, input_hash=run.input_hash)
    return run


def carry_out_run(run: MatchRun) -> None:
    """Work the frozen problem out and keep the result, if it stands its check. Done again, it finds nothing to do."""
    if run.state != RunState.WAITING:
        return
    try:
        problem = problem_from_json(bytes(run.problem))
        result = solve(problem)
    except ProblemError as error:
        refuse_run(run, code=error.code.value, keys=error.keys, about=str(error.about))
        return
    store_result(run, problem, result)


def store_result(run: MatchRun, problem: Problem, result: Result) -> None:
    """Keep a result and its pairs as planned proposals. One whose proof does not hold is refused, and not kept.

    The check goes through every pair, so it comes before the transaction: nobody waits for it.
    """
    proof = check(problem, result)
    if not proof.holds or result.input_hash != run.input_hash:
        refuse_run(run, code=NOT_PROVEN)
        return
    _keep(run, result, proof.dual)


@transaction.atomic
def _keep(run: MatchRun, result: Result, bound: int) -> None:
    if MatchRun.objects.select_for_update().defer("problem").get(pk=run.pk).state != RunState.WAITING:
        return  # while it was worked out, another worker was faster, or somebody in it was forgotten
    keys = {key for pair in result.pairs for key in (pair.mentee, pair.mentor)}
    found = Participation.objects.filter(programme=run.round.programme, person__ref__in=keys)
    parts = {(str(ref), role): pk for ref, role, pk in found.values_list("person__ref", "role", "pk")}
    Proposal.objects.bulk_create(
        Proposal(
            run=run,
            mentor_id=parts[pair.mentor, "mentor"],
            mentee_id=parts[pair.mentee, "mentee"],
            score=pair.score,
            reasons=[asdict(reason) for reason in pair.reasons],
        )
        for pair in result.pairs
    )
    _move(run, RunState.DONE, result=result_to_json(result), matched=result.matched, total=result.total, bound=bound)
    audit.record(by=SYSTEM, verb="matching.run_done", subject=run, matched=result.matched, total=result.total)
    tell(lambda: letters.run_done(run), to=recipient_of(run.made_by), by=SYSTEM)


@transaction.atomic
def refuse_run(run: MatchRun, *, code: str, keys: tuple[str, ...] = (), about: str = "") -> None:
    """Note why nothing could be worked out."""
    _move(run, RunState.REFUSED, trouble={"code": code, "keys": list(keys), "about": about})
    audit.record(by=SYSTEM, verb="matching.run_refused", subject=run, code=code)
    tell(lambda: letters.run_refused(run), to=recipient_of(run.made_by), by=SYSTEM)


@transaction.atomic
def publish_run(run: MatchRun, *, by: Person) -> None:
    """Book a place for both of each pair and ask them; the letters go out in the background.

    All or nothing: when somebody has no free place any more, nothing is published and the pairs are to be formed anew.
    """
    if not may_match(by, run.round.programme):
        raise RefusedError(_("Only a coordinator of the network publishes pairs."))
    locked = MatchRun.objects.select_for_update().get(pk=run.pk)
    if MatchRun.objects.filter(round=run.round, number__gt=run.number).exists():
        raise RefusedError(_("The pairs have been formed again since. Publish the newest ones."))
    _move(locked, RunState.PUBLISHED, published_at=timezone.now())
    run.state, run.published_at = locked.state, locked.published_at
    answer_by = timezone.localdate() + timedelta(days=model_in(run.round.programme.description).answer_days)
    for proposal in run.proposals.select_related("mentor__person", "mentee__person").order_by("pk"):
        book_place(proposal.mentor, by=by)
        book_place(proposal.mentee, by=by)
        move_proposal(proposal, ProposalState.ASKED, answer_by=answer_by)
    move_round(run.round, RoundState.RUNNING, by=by)
    jobs.enqueue("matching.tell_of_proposals", run_ref=run.ref, by_ref=by.ref)
    audit.record(by=by, verb="matching.run_published", subject=run, proposals=run.matched)


def tell_of_proposals_by(run: MatchRun, by_ref: UUID) -> None:
    """What the job does that `publish_run` asked for."""
    tell_of_proposals(run, by=Person.objects.get(ref=by_ref))


def tell_of_proposals(run: MatchRun, *, by: Actor) -> None:
    """Write to both of each asked pair, some pairs in each transaction. Done again, it goes on where it stopped."""
    while _tell_some(run, by=by):
        pass


@transaction.atomic
def _tell_some(run: MatchRun, *, by: Actor) -> bool:
    untold = run.proposals.select_for_update(of=("self",)).filter(state=ProposalState.ASKED, told_at=None)
    rows = untold.select_related("mentor__person", "mentee__person", "mentor__programme").order_by("pk")
    found = list(rows[:PROPOSALS_AT_ONCE])
    for proposal in found:
        for person, other in (
            (proposal.mentor.person, proposal.mentee.person),
            (proposal.mentee.person, proposal.mentor.person),
        ):
            _tell_one(proposal, person, other, by)
        proposal.amend(told_at=timezone.now())
    return bool(found)


def _tell_one(proposal: Proposal, person: Person, other: Person, by: Actor) -> None:
    tell(lambda: letters.asked(proposal, other), to=recipient_of(person), by=by)


def match_run(ref: UUID) -> MatchRun:
    """The run that a job works on."""
    return MatchRun.objects.select_related("made_by", "round__programme__network").get(ref=ref)


def move_proposal(proposal: Proposal, to: ProposalState, **values: object) -> None:
    """The one way in which a proposal's state changes."""
    if to not in PROPOSAL_MOVES[ProposalState(proposal.state)]:
        raise RefusedError(_("This proposal has been answered already, or its time is over."))
    proposal.amend(state=to, **values)


def _move(run: MatchRun, to: RunState, **values: object) -> None:
    if to not in RUN_MOVES[RunState(run.state)]:
        raise RefusedError(_("These pairs have been published or replaced already. Look at them again."))
    run.amend(state=to, **values)
