"""From a problem to its best answer, with the reasons for each pair and for each person left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from luotsi.matching.solver.assignment import assign
from luotsi.matching.solver.explanation import Judgement, mentees_left_out, mentors_left_out, reasons
from luotsi.matching.solver.json_form import input_hash
from luotsi.matching.solver.scoring import tabulate
from luotsi.matching.solver.validation import ProblemError, Trouble, validate
from luotsi.matching.solver.values import Pair, Problem, Result, seat_value

if TYPE_CHECKING:
    from luotsi.matching.solver.scoring import Table


def solve(problem: Problem) -> Result:
    """Aims in order: no pair under the floor (but pins); as many pairs as possible; the greatest sum of scores.

    Among equally good answers, the first mentee by key gets the first mentor by key, then the second mentee, and so on:
    the answer depends on the problem alone. Raises ProblemError.
    """
    validate(problem)
    table = tabulate(problem)
    judgement = Judgement(table=table, floor=problem.rules.floor)
    pinned = _pinned(problem, table)
    loose = np.array([mentee.key not in pinned for mentee in table.mentees], dtype=bool)
    values = np.where(judgement.suitable, table.scores + seat_value(len(table.mentees)), 0)[loose]
    taken = Counter(pinned.values())
    seats = [min(mentor.capacity - taken[mentor.key], len(values)) for mentor in table.mentors]
    assignment = assign(values, np.array(seats, dtype=np.int64))
    chosen = dict(pinned)
    for row, column in zip(np.flatnonzero(loose), assignment.columns, strict=True):
        if column >= 0:
            chosen[table.mentees[row].key] = table.mentors[column].key
    prices = {mentor.key: int(price) for mentor, price in zip(table.mentors, assignment.prices, strict=True)}
    return Result(
        input_hash=input_hash(problem),
        pairs=_pairs(problem, table, chosen),
        mentees_left_out=mentees_left_out(judgement, set(chosen)),
        mentors_left_out=mentors_left_out(judgement, set(chosen.values())),
        prices=prices,
    )


def _pinned(problem: Problem, table: Table) -> dict[str, str]:
    """Mentee to mentor. A person's decision goes over the floor, not over the rules: raises ProblemError."""
    rows = {mentee.key: row for row, mentee in enumerate(table.mentees)}
    columns = {mentor.key: column for column, mentor in enumerate(table.mentors)}
    for mentee, mentor in sorted(problem.pins):
        for rule, broken in table.broken.items():
            if broken[rows[mentee], columns[mentor]]:
                raise ProblemError(Trouble.PIN_BREAKS_RULE, [mentee, mentor], about=rule)
    return dict(problem.pins)


def _pairs(problem: Problem, table: Table, chosen: dict[str, str]) -> tuple[Pair, ...]:
    columns = {mentor.key: column for column, mentor in enumerate(table.mentors)}
    pairs = []
    for row, mentee in enumerate(table.mentees):
        if mentee.key in chosen:
            mentor = chosen[mentee.key]
            pairs.append(
                Pair(
                    mentee=mentee.key,
                    mentor=mentor,
                    score=int(table.scores[row, columns[mentor]]),
                    pinned=(mentee.key, mentor) in problem.pins,
                    reasons=reasons(problem.weights, table, row, columns[mentor]),
                )
            )
    return tuple(pairs)
