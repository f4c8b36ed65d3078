"""Why a pair has its points, and why a person has no counterpart: codes and facts, no words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from luotsi.matching.solver.values import FLOOR, Cause, Criterion, Exclusion, LeftOut, Mentee, Mentor, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.matching.solver.scoring import Flags, Table
    from luotsi.matching.solver.values import Candidate, Facts, Weights


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Which pairs of a table may be made: allowed by every rule, and suitable where the score reaches the floor too."""

    table: Table
    floor: int

    @cached_property
    def breaches(self) -> Flags:
        """By rule, mentee and mentor."""
        return np.array(list(self.table.broken.values()))

    @cached_property
    def allowed(self) -> Flags:
        allowed: Flags = ~np.any(self.breaches, axis=0)
        return allowed

    @cached_property
    def suitable(self) -> Flags:
        return self.allowed & (self.table.scores >= self.floor)


def reasons(weights: Weights, table: Table, row: int, column: int) -> tuple[Reason, ...]:
    """In the order of the criteria, without those that a programme gives no weight."""
    mentee, mentor = table.mentees[row], table.mentors[column]
    facts: dict[Criterion, Facts] = {
        Criterion.SKILLS: _skill_facts(mentee, mentor),
        Criterion.REGION: {"mentee": mentee.region, "mentor": mentor.region},
        Criterion.LANGUAGE: {
            "shared": tuple(sorted(mentee.languages & mentor.languages)),
            "missing": tuple(sorted(mentee.languages - mentor.languages)),
        },
        Criterion.EXPERIENCE: {"mentee": mentee.experience, "mentor": mentor.experience},
        Criterion.WAITING: {"days": mentee.waiting_days},
    }
    return tuple(
        Reason(code=code, points=int(table.points[code][row, column]), of=share, facts=facts[code])
        for code, share in weights.shares().items()
        if share
    )


def _skill_facts(mentee: Mentee, mentor: Mentor) -> Facts:
    """`shared`: needs that the mentor offers, the most important first, with `levels`; `missing`: the others."""
    needs = sorted(mentee.needs, key=lambda skill: (-mentee.needs[skill], skill))
    shared = tuple(skill for skill in needs if skill in mentor.offers)
    missing = tuple(skill for skill in needs if skill not in mentor.offers)
    return {"shared": shared, "missing": missing, "levels": tuple(mentor.offers[skill] for skill in shared)}


def mentees_left_out(judgement: Judgement, matched: set[str]) -> tuple[LeftOut, ...]:
    return _left_out(judgement, matched, judgement.table.mentees, axis=1)


def mentors_left_out(judgement: Judgement, matched: set[str]) -> tuple[LeftOut, ...]:
    """Those who have nobody at all; a mentor with a free seat and one mentee is not left out."""
    return _left_out(judgement, matched, judgement.table.mentors, axis=0)


def _left_out(
    judgement: Judgement, matched: set[str], people: Sequence[Candidate], *, axis: int
) -> tuple[LeftOut, ...]:
    breaches = judgement.breaches
    alone = breaches & (breaches.sum(axis=0) == 1)
    counts, alone_counts = breaches.sum(axis=axis + 1), alone.sum(axis=axis + 1)
    allowed, suitable = judgement.allowed.sum(axis=axis), judgement.suitable.sum(axis=axis)
    left_out = []
    for place, person in enumerate(people):
        if person.key not in matched:
            exclusions = [
                Exclusion(rule=rule, count=int(counts[number, place]), alone=int(alone_counts[number, place]))
                for number, rule in enumerate(judgement.table.broken)
                if counts[number, place]
            ]
            low = int(allowed[place] - suitable[place])
            if low:
                exclusions.append(Exclusion(rule=FLOOR, count=low, alone=low))
            left_out.append(
                LeftOut(
                    key=person.key,
                    cause=_cause(person, int(suitable[place]), low),
                    suitable=int(suitable[place]),
                    exclusions=tuple(exclusions),
                )
            )
    return tuple(left_out)


def _cause(person: Candidate, suitable: int, low: int) -> Cause:
    if suitable:
        return Cause.NO_SEAT_LEFT if isinstance(person, Mentee) else Cause.NO_MENTEE_LEFT
    return Cause.BELOW_FLOOR if low else Cause.EXCLUDED
