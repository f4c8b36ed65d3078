from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luotsi.matching.solver import check as module
from luotsi.matching.solver.check import check
from luotsi.matching.solver.solve import solve
from luotsi.matching.solver.values import Flaw, Problem, Rules, seat_value
from tests.matching.solver.problems import languages, mentee, mentor, problems

PROBLEM = Problem(
    mentees=(
        mentee("aino", needs={"writing": 1}, waiting_days=30),
        mentee("bo", needs={"digital": 1}, waiting_days=20),
        mentee("cai", needs={"digital": 1}, languages=languages("fi", "sv")),
        mentee("dag", languages=languages("sv")),
        mentee("eva", needs={"writing": 1}),
    ),
    mentors=(
        mentor("otto", offers={"writing": 5}),
        mentor("pia", offers={"digital": 5, "writing": 2}, capacity=2),
        mentor("ulf", offers={"digital": 5}, languages=languages("en")),
    ),
    rules=Rules(floor=2_000),
)


def flaws(result, problem=PROBLEM):
    proof = check(problem, result)
    assert not proof.holds
    return proof.flaws


def with_pair(result, place, **changes):
    pairs = list(result.pairs)
    pairs[place] = replace(pairs[place], **changes)
    return replace(result, pairs=tuple(pairs))


def test_check_proves_the_best_answer():
    result = solve(PROBLEM)

    proof = check(PROBLEM, result)

    assert [(pair.mentee, pair.mentor) for pair in result.pairs] == [("aino", "otto"), ("bo", "pia"), ("cai", "pia")]
    assert proof.flaws == ()
    assert proof.primal == proof.dual == 3 * seat_value(5) + result.total
    assert proof.holds


def test_check_is_short_and_does_not_use_the_solver():
    source = Path(module.__file__).read_text()
    ours = [
        node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("luotsi")
    ]

    assert sum(bool(line.strip()) for line in source[source.index("BROKEN") :].splitlines()) <= 60
    assert set(ours) == {"luotsi.matching.solver.json_form", "luotsi.matching.solver.values"}


def test_check_refuses_a_better_score():
    forged = with_pair(solve(PROBLEM), 0, score=10_000)

    assert flaws(forged) == (Flaw(code="score", keys=("aino", "otto")),)


def test_check_refuses_points_moved_from_one_reason_to_another():
    first, second, *rest = solve(PROBLEM).pairs[0].reasons
    moved = (replace(first, points=first.points - 1), replace(second, points=second.points + 1), *rest)

    assert flaws(with_pair(solve(PROBLEM), 0, reasons=moved)) == (Flaw(code="score", keys=("aino", "otto")),)


def test_check_refuses_a_pair_that_the_rules_do_not_allow():
    honest = solve(PROBLEM)
    forged = replace(
        with_pair(honest, 0, mentor="ulf"), mentors_left_out=(replace(honest.mentors_left_out[0], key="otto"),)
    )

    assert flaws(forged) == (Flaw(code="not_allowed", keys=("aino", "ulf")),)


def test_check_refuses_a_pair_with_a_stranger():
    forged = with_pair(solve(PROBLEM), 0, mentor="nobody")

    assert flaws(forged) == (Flaw(code="mentors"), Flaw(code="not_allowed", keys=("aino", "nobody")))


def test_check_refuses_a_person_twice():
    honest = solve(PROBLEM)

    assert flaws(replace(honest, pairs=(*honest.pairs, honest.pairs[0]))) == (
        Flaw(code="mentees"),
        Flaw(code="mentors"),
    )


def test_check_refuses_an_answer_that_keeps_a_person_back():
    honest = solve(PROBLEM)
    kept_back = replace(honest.mentees_left_out[0], key=honest.pairs[-1].mentee)

    forged = replace(honest, pairs=honest.pairs[:-1], mentees_left_out=(*honest.mentees_left_out, kept_back))

    proof = check(PROBLEM, forged)
    assert proof.flaws == ()
    assert proof.primal < proof.dual
    assert not proof.holds


def test_check_refuses_a_pair_left_unsaid():
    honest = solve(PROBLEM)

    assert flaws(replace(honest, pairs=honest.pairs[:-1])) == (Flaw(code="mentees"),)


def test_check_refuses_another_problem():
    other = replace(PROBLEM, rules=replace(PROBLEM.rules, floor=2_001))

    assert flaws(solve(PROBLEM), other) == (Flaw(code="input_hash"),)


def test_check_refuses_a_pair_under_the_floor():
    low = replace(PROBLEM, rules=Rules(floor=0))
    high = replace(PROBLEM, rules=Rules(floor=10_000))
    forged = replace(solve(low), input_hash=solve(high).input_hash)

    assert flaws(forged, high) == tuple(
        Flaw(code="score", keys=(pair.mentee, pair.mentor)) for pair in solve(low).pairs
    )


def test_check_refuses_a_pin_that_was_forgotten():
    pinned = replace(PROBLEM, pins=frozenset({("eva", "otto")}))
    forged = replace(solve(PROBLEM), input_hash=solve(pinned).input_hash)

    assert flaws(forged, pinned) == (Flaw(code="pins"),)


def test_check_refuses_a_pair_that_calls_itself_pinned():
    assert flaws(with_pair(solve(PROBLEM), 0, pinned=True)) == (Flaw(code="pins"),)


@pytest.mark.parametrize("price", [-1, 0.5, float("nan"), float("inf"), True, "1"])
def test_check_refuses_a_price_that_is_none(price):
    forged = replace(solve(PROBLEM), prices=solve(PROBLEM).prices | {"otto": price})

    assert flaws(forged) == (Flaw(code="prices"),)


def test_check_refuses_a_missing_price():
    assert flaws(replace(solve(PROBLEM), prices={})) == (Flaw(code="prices"),)


@given(problems(), st.data())
def test_check_refuses_every_other_price(problem, data):
    result = solve(problem)
    mentor = data.draw(st.sampled_from(sorted(result.prices)))
    price = data.draw(st.integers(0, 10**9) | st.integers(max(0, result.prices[mentor] - 3), result.prices[mentor] + 3))
    assume(price != result.prices[mentor])

    forged = replace(result, prices=result.prices | {mentor: price})

    assert not check(problem, forged).holds


@given(problems(), st.data())
def test_check_refuses_every_worse_answer(problem, data):
    """Of a part of the mentors' seats the best is made; it stands only when it is as good as the best of all."""
    fewer = replace(problem, mentors=tuple(replace(one, capacity=max(one.capacity - 1, 0)) for one in problem.mentors))
    best, result = solve(problem), solve(fewer)
    prices = data.draw(st.sampled_from([best.prices, result.prices]))

    proof = check(problem, replace(result, input_hash=best.input_hash, prices=prices))

    assert proof.holds <= ((result.matched, result.total) == (best.matched, best.total))
