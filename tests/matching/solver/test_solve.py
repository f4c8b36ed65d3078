from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.matching.solver.check import check
from luotsi.matching.solver.explanation import Judgement
from luotsi.matching.solver.json_form import result_to_json
from luotsi.matching.solver.scoring import tabulate
from luotsi.matching.solver.solve import solve
from luotsi.matching.solver.validation import ProblemError, Trouble
from luotsi.matching.solver.values import (
    Cause,
    Criterion,
    Exclusion,
    LeftOut,
    Problem,
    Reason,
    Rule,
    Rules,
    Weights,
    gain_of_a_seat,
)
from tests.matching.solver.problems import ONLY_ALWAYS, languages, mentee, mentor, problems


def couples(result):
    return [(pair.mentee, pair.mentor) for pair in result.pairs]


def test_solve_prefers_more_pairs_to_better_ones():
    writer = mentee("writer", needs={"writing": 1})
    either = mentee("either", needs={"writing": 1, "digital": 1})
    teacher = mentor("teacher", offers={"writing": 5})
    coder = mentor("coder", offers={"digital": 5})
    rules = Rules(names=frozenset({Rule.MANDATORY_SKILLS}), floor=0)
    must = replace(writer, mandatory=frozenset({"writing"}))

    result = solve(Problem(mentees=(must, either), mentors=(teacher, coder), rules=rules))

    assert couples(result) == [("either", "coder"), ("writer", "teacher")]


def test_solve_says_what_each_criterion_gave():
    aino = mentee(
        "aino", languages=languages("fi", "en"), needs={"writing": 3, "digital": 1}, experience=2, waiting_days=45
    )
    otto = mentor("otto", offers={"writing": 4, "leadership": 5}, experience=10)

    result = solve(Problem(mentees=(aino,), mentors=(otto,), weights=Weights(skills=6, region=2)))

    [pair] = result.pairs
    assert pair.reasons == (
        Reason(
            code=Criterion.SKILLS,
            points=3682,  # of 5455: three quarters of the needs, at nine tenths
            of=5455,
            facts={"shared": ("writing",), "levels": (4,), "missing": ("digital",)},
        ),
        Reason(code=Criterion.REGION, points=1818, of=1818, facts={"mentee": "16", "mentor": "16"}),
        Reason(code=Criterion.LANGUAGE, points=454, of=909, facts={"shared": ("fi",), "missing": ("en",)}),
        Reason(code=Criterion.EXPERIENCE, points=727, of=909, facts={"mentee": 2, "mentor": 10}),
        Reason(code=Criterion.WAITING, points=454, of=909, facts={"days": 45}),
    )
    assert pair.score == 3682 + 1818 + 454 + 727 + 454


def test_solve_leaves_unweighted_criteria_out_of_the_reasons():
    weights = Weights(skills=0, region=1, language=0, experience=0, waiting=0)

    result = solve(Problem(mentees=(mentee("aino"),), mentors=(mentor("otto"),), weights=weights))

    assert result.pairs[0].reasons == (
        Reason(code=Criterion.REGION, points=10_000, of=10_000, facts={"mentee": "16", "mentor": "16"}),
    )


def test_solve_counts_what_is_not_told_as_half():
    weights = Weights(skills=1, region=1, language=0, experience=2, waiting=0)
    rules = Rules(names=frozenset(), floor=0)
    unknown = mentee("aino", region="", needs={}, experience=None)

    result = solve(Problem(mentees=(unknown,), mentors=(mentor("otto"),), rules=rules, weights=weights))

    assert [reason.points for reason in result.pairs[0].reasons] == [1250, 1250, 2500]


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        (Rule.COMMON_LANGUAGE, {"languages": languages("fi", "en")}, {"languages": languages("sv")}),
        (Rule.COMMON_LANGUAGE, {"languages": languages()}, {"languages": languages()}),
        (Rule.NOT_SAME_ORGANISATION, {"organisation": "works"}, {"organisation": "works"}),
        (Rule.NOT_SAME_UNIT, {"unit": "kitchen"}, {"unit": "kitchen"}),
        (Rule.NOT_SAME_LINE_MANAGER, {"line_manager": "boss"}, {"line_manager": "boss"}),
        (Rule.NOT_SAME_LINE_MANAGER, {"line_manager": "otto"}, {}),
        (Rule.NOT_SAME_LINE_MANAGER, {}, {"line_manager": "aino"}),
        (Rule.REGION_OR_REMOTE, {"region": "15", "remote_ok": True}, {}),
        (Rule.REGION_OR_REMOTE, {"region": "15"}, {"remote_ok": True}),
        (Rule.REGION_OR_REMOTE, {"region": ""}, {"region": ""}),
        (Rule.MINOR_NEEDS_VETTED, {"is_minor": True}, {}),
        (Rule.MINOR_NEEDS_VETTED, {}, {"is_minor": True}),
        (Rule.MINOR_NEEDS_VETTED, {"is_minor": True, "vetted": True}, {"is_minor": True}),
        (Rule.MANDATORY_SKILLS, {"needs": {"writing": 1}, "mandatory": frozenset({"writing"})}, {}),
        (Rule.CAPACITY, {}, {"capacity": 0}),
    ],
)
def test_solve_breaks_no_rule_and_names_it(rule, one, other):
    problem = Problem(
        mentees=(mentee("aino", **one),),
        mentors=(mentor("otto", **other),),
        rules=Rules(names=frozenset({rule}), floor=0),
    )

    result = solve(problem)

    exclusions = (Exclusion(rule=rule, count=1, alone=1),)
    assert result.pairs == ()
    assert result.mentees_left_out == (LeftOut(key="aino", cause=Cause.EXCLUDED, suitable=0, exclusions=exclusions),)
    assert result.mentors_left_out == (LeftOut(key="otto", cause=Cause.EXCLUDED, suitable=0, exclusions=exclusions),)
    assert check(problem, result).holds


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        (Rule.COMMON_LANGUAGE, {"languages": languages("fi", "en")}, {"languages": languages("en", "sv")}),
        (Rule.NOT_SAME_ORGANISATION, {"organisation": ""}, {"organisation": ""}),
        (Rule.NOT_SAME_LINE_MANAGER, {"line_manager": ""}, {"line_manager": ""}),
        (Rule.REGION_OR_REMOTE, {"region": "15", "remote_ok": True}, {"remote_ok": True}),
        (Rule.REGION_OR_REMOTE, {}, {}),
        (Rule.MINOR_NEEDS_VETTED, {"is_minor": True}, {"vetted": True}),
        (Rule.MINOR_NEEDS_VETTED, {"vetted": True}, {"is_minor": True}),
    ],
)
def test_solve_makes_the_pair_that_the_rule_allows(rule, one, other):
    problem = Problem(
        mentees=(mentee("aino", **one),),
        mentors=(mentor("otto", **other),),
        rules=Rules(names=frozenset({rule}), floor=0),
    )

    result = solve(problem)

    assert couples(result) == [("aino", "otto")]
    assert check(problem, result).holds


def test_solve_never_pairs_a_person_with_the_same_person():
    problem = Problem(mentees=(mentee("aino"),), mentors=(mentor("aino"),), rules=ONLY_ALWAYS)

    result = solve(problem)

    exclusion = Exclusion(rule=Rule.NOT_ONESELF, count=1, alone=1)
    assert result.pairs == ()
    assert result.mentees_left_out[0].exclusions == (exclusion,)


def test_solve_makes_no_pair_under_the_floor():
    far = mentor("far", region="15")
    problem = Problem(mentees=(mentee("aino"),), mentors=(far,), rules=Rules(names=frozenset(), floor=9_000))

    result = solve(problem)

    assert result.pairs == ()
    assert result.mentees_left_out == (
        LeftOut(
            key="aino",
            cause=Cause.BELOW_FLOOR,
            suitable=0,
            exclusions=(Exclusion(rule="floor", count=1, alone=1),),
        ),
    )
    assert check(problem, result).holds


def test_solve_says_when_all_seats_went_to_others():
    people = (mentee("aino"), mentee("bo"), mentee("cai", languages=languages("sv")))
    problem = Problem(mentees=people, mentors=(mentor("otto", capacity=1),))

    result = solve(problem)

    assert couples(result) == [("aino", "otto")]
    assert result.mentees_left_out == (
        LeftOut(key="bo", cause=Cause.NO_SEAT_LEFT, suitable=1, exclusions=()),
        LeftOut(
            key="cai",
            cause=Cause.EXCLUDED,
            suitable=0,
            exclusions=(Exclusion(rule=Rule.COMMON_LANGUAGE, count=1, alone=1),),
        ),
    )
    assert result.mentors_left_out == ()


def test_solve_says_when_every_suitable_mentee_has_a_mentor():
    problem = Problem(mentees=(mentee("aino"),), mentors=(mentor("otto"), mentor("pia")))

    result = solve(problem)

    assert couples(result) == [("aino", "otto")]
    assert result.mentors_left_out == (LeftOut(key="pia", cause=Cause.NO_MENTEE_LEFT, suitable=1, exclusions=()),)


def test_solve_counts_an_excluded_counterpart_under_each_of_its_rules():
    stranger = mentee("aino", languages=languages("en"), region="15")
    mentors = (mentor("otto"), mentor("pia", languages=languages("en")), mentor("ulf", region="15"))

    result = solve(Problem(mentees=(stranger,), mentors=mentors))

    assert result.mentees_left_out[0].exclusions == (
        Exclusion(rule=Rule.COMMON_LANGUAGE, count=2, alone=1),
        Exclusion(rule=Rule.REGION_OR_REMOTE, count=2, alone=1),
    )


def test_solve_keeps_forbidden_pairs_apart():
    problem = Problem(
        mentees=(mentee("aino"),),
        mentors=(mentor("otto"), mentor("pia", region="15", remote_ok=True)),
        rules=ONLY_ALWAYS,
        forbidden=frozenset({("aino", "otto")}),
    )

    assert couples(solve(problem)) == [("aino", "pia")]


def test_solve_makes_a_pin_over_the_floor_and_the_sum():
    poor = mentor("poor", region="15")
    problem = Problem(
        mentees=(mentee("aino"), mentee("bo")),
        mentors=(mentor("otto"), poor),
        rules=Rules(names=frozenset(), floor=5_000),
        pins=frozenset({("aino", "poor")}),
    )

    result = solve(problem)

    assert [(pair.mentee, pair.mentor, pair.pinned) for pair in result.pairs] == [
        ("aino", "poor", True),
        ("bo", "otto", False),
    ]
    assert result.pairs[0].score < 5_000
    assert check(problem, result).holds


def test_solve_refuses_a_pin_that_breaks_a_rule():
    minor = mentee("aino", is_minor=True)
    problem = Problem(mentees=(minor,), mentors=(mentor("otto"),), pins=frozenset({("aino", "otto")}))

    with pytest.raises(ProblemError) as refused:
        solve(problem)

    assert refused.value.code == Trouble.PIN_BREAKS_RULE
    assert refused.value.keys == ("aino", "otto")
    assert refused.value.about == Rule.MINOR_NEEDS_VETTED


def test_solve_prices_say_what_one_more_seat_would_gain():
    crowd = tuple(mentee(f"m{number}", needs={"writing": 1}) for number in range(3))
    weights = Weights(skills=1, region=0, language=0, experience=0, waiting=0)
    best, good = mentor("best", offers={"writing": 5}), mentor("good", offers={"writing": 3})
    problem = Problem(mentees=crowd[:2], mentors=(best, good), weights=weights)
    tight = replace(problem, mentees=crowd)

    assert {key: gain_of_a_seat(price, 2) for key, price in solve(problem).prices.items()} == {
        "best": (0, 2_000),
        "good": (0, 0),
    }
    assert {key: gain_of_a_seat(price, 3) for key, price in solve(tight).prices.items()} == {
        "best": (1, 10_000),
        "good": (1, 8_000),
    }


def test_solve_matches_two_hundred_applicants_within_a_second():
    dice = random.Random(7)
    skills = [f"s{number}" for number in range(20)]
    problem = Problem(
        mentees=tuple(
            mentee(f"m{number:03}", needs=dict.fromkeys(dice.sample(skills, 3), 1), region=dice.choice("123"))
            for number in range(110)
        ),
        mentors=tuple(
            mentor(f"o{number:03}", offers=dict.fromkeys(dice.sample(skills, 5), 4), region=dice.choice("123"))
            for number in range(90)
        ),
        rules=Rules(floor=0),
    )

    start = time.process_time()
    proof = check(problem, solve(problem))

    assert proof.holds
    assert time.process_time() - start < 1


def best_by_trying(problem):
    """Number and sum of the best answer, by going through all of them."""
    table = tabulate(problem)
    suitable = Judgement(table=table, floor=problem.rules.floor).suitable
    choices = [[None, *[place for place, fits in enumerate(row) if fits]] for row in suitable.tolist()]
    worths = []
    for choice in product(*choices):
        if all(choice.count(place) <= mentor.capacity for place, mentor in enumerate(table.mentors)):
            made = [(row, place) for row, place in enumerate(choice) if place is not None]
            worths.append((len(made), sum(int(table.scores[row, place]) for row, place in made)))
    return max(worths)


@given(problems())
def test_solve_is_as_good_as_the_best_of_all_answers(problem):
    result = solve(problem)

    assert (result.matched, result.total) == best_by_trying(problem)


@given(problems())
def test_solve_is_proven_and_everyone_is_accounted_for(problem):
    result = solve(problem)

    people = [pair.mentee for pair in result.pairs] + [left.key for left in result.mentees_left_out]
    assert check(problem, result).holds
    assert sorted(people) == sorted(mentee.key for mentee in problem.mentees)


@given(problems(), st.randoms(use_true_random=False))
def test_solve_knows_no_order(problem, dice):
    mentees, mentors = list(problem.mentees), list(problem.mentors)
    dice.shuffle(mentees)
    dice.shuffle(mentors)

    shuffled = replace(problem, mentees=tuple(mentees), mentors=tuple(mentors))

    assert result_to_json(solve(shuffled)) == result_to_json(solve(problem))


@given(problems(), problems())
def test_a_new_mentor_never_lowers_the_number_matched(problem, other):
    newcomers = tuple(replace(mentor, key=f"new-{mentor.key}") for mentor in other.mentors)

    more = replace(problem, mentors=problem.mentors + newcomers)

    assert solve(more).matched >= solve(problem).matched


@given(problems(), st.data())
def test_solve_with_a_pin_is_proven_too(problem, data):
    without_floor = replace(problem, rules=replace(problem.rules, floor=0))
    made = [(pair.mentee, pair.mentor) for pair in solve(without_floor).pairs]
    pins = data.draw(st.frozensets(st.sampled_from(made))) if made else frozenset()
    pinned = replace(problem, pins=pins)

    result = solve(pinned)

    assert check(pinned, result).holds
    assert {(pair.mentee, pair.mentor) for pair in result.pairs if pair.pinned} == pins
