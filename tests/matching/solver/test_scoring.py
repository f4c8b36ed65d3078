from __future__ import annotations

from hypothesis import given

from luotsi.matching.solver.check import _points
from luotsi.matching.solver.explanation import Judgement
from luotsi.matching.solver.scoring import tabulate
from luotsi.matching.solver.values import Criterion, Weights
from tests.matching.solver.problems import problems


def test_shares_add_up_to_the_full_score():
    shares = Weights(skills=1, region=1, language=1, experience=0, waiting=0).shares()

    assert shares == {
        Criterion.SKILLS: 3334,
        Criterion.REGION: 3333,
        Criterion.LANGUAGE: 3333,
        Criterion.EXPERIENCE: 0,
        Criterion.WAITING: 0,
    }


@given(problems())
def test_the_check_judges_every_pair_as_the_table_does(problem):
    table = tabulate(problem)
    allowed = Judgement(table=table, floor=0).allowed

    for row, mentee in enumerate(table.mentees):
        for column, mentor in enumerate(table.mentors):
            points = {code: int(table.points[code][row, column]) for code in Criterion}
            assert _points(problem, mentee, mentor) == (points if allowed[row, column] else {})


@given(problems())
def test_scores_stay_between_nothing_and_full(problem):
    scores = tabulate(problem).scores

    assert scores.min() >= 0
    assert scores.max() <= 10_000
