"""Runs and proposals for stories."""

import hashlib
from datetime import date
from typing import Any

from luotsi.matching.enums import ProposalState, RunState
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.queries import problem_of
from luotsi.matching.services.runs import carry_out_run
from luotsi.matching.solver.json_form import problem_to_json
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Round
from tests.factories.people import PersonFactory
from tests.factories.programmes import answers, mentee, mentor, skills

ANSWER_BY = date(2099, 3, 31)


def pair(round_: Round, count: int = 0, **told: Any) -> tuple[Participation, Participation]:
    """A mentor and a mentee who suit only each other: one has the skill that the other must have."""
    skill = skills(f"skill {count}")
    must = frozenset({skill[0].key})
    return (
        mentor(round_, answers(offers=skill, **told)),
        mentee(round_, answers(needs=skill, musts=must, **told)),
    )


def run_of(round_: Round, **values: Any) -> MatchRun:
    """A run as start_run leaves it, without its job and audit entry."""
    problem = problem_of(round_.programme)
    content = problem_to_json(problem)
    values = {
        "round": round_,
        "number": MatchRun.objects.filter(round=round_).count() + 1,
        "made_by": values.pop("made_by", None) or PersonFactory.create(),
        "problem": content,
        "input_hash": hashlib.sha256(content).hexdigest(),
        "mentees": len(problem.mentees),
        "mentors": len(problem.mentors),
        "places": sum(each.capacity for each in problem.mentors),
        **values,
    }
    return MatchRun.objects.create(**values)


def done_run(round_: Round, **values: Any) -> MatchRun:
    run = run_of(round_, **values)
    carry_out_run(run)
    assert run.state == RunState.DONE
    return run


def asked(round_: Round, count: int = 0, **values: Any) -> Proposal:
    """A proposal that both have been asked about, with its places booked."""
    mentor_part, mentee_part = pair(round_, count)
    mentor_part.places_taken = mentee_part.places_taken = 1
    mentor_part.save()
    mentee_part.save()
    run = MatchRun.objects.create(
        round=round_,
        number=MatchRun.objects.filter(round=round_).count() + 1,
        made_by=PersonFactory.create(),
        state=RunState.PUBLISHED,
        input_hash="0" * 64,
        matched=1,
    )
    return Proposal.objects.create(
        **{
            "run": run,
            "mentor": mentor_part,
            "mentee": mentee_part,
            "score": 8000,
            "reasons": [
                {
                    "code": "skills",
                    "points": 5000,
                    "of": 5000,
                    "facts": {"shared": [f"skill {count}"], "missing": [], "levels": [3]},
                },
                {"code": "region", "points": 3000, "of": 3000, "facts": {"mentee": "16", "mentor": "16"}},
                {"code": "waiting", "points": 0, "of": 2000, "facts": {"days": 0}},
            ],
            "state": ProposalState.ASKED,
            "answer_by": ANSWER_BY,
            **values,
        }
    )
