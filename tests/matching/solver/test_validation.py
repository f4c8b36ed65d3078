from __future__ import annotations

from typing import Any

import pytest

from luotsi.matching.solver.solve import solve
from luotsi.matching.solver.validation import ProblemError, Trouble
from luotsi.matching.solver.values import Problem, Rule, Rules, Weights
from tests.matching.solver.problems import mentee, mentor

NAN: Any = float("nan")
NICE: Any = frozenset({"be_nice"})


def problem(*, mentees=("aino", "bo"), mentors=("otto", "pia"), **rest: Any):
    return Problem(
        mentees=tuple(mentee(one) if isinstance(one, str) else one for one in mentees),
        mentors=tuple(mentor(one) if isinstance(one, str) else one for one in mentors),
        **rest,
    )


@pytest.mark.parametrize(
    ("wrong", "code", "keys", "about"),
    [
        (problem(mentees=()), Trouble.NO_MENTEES, (), ""),
        (problem(mentors=()), Trouble.NO_MENTORS, (), ""),
        (problem(mentees=("aino", "bo", "aino")), Trouble.PERSON_TWICE, ("aino",), ""),
        (problem(mentors=("pia", "otto", "pia", "otto")), Trouble.PERSON_TWICE, ("otto", "pia"), ""),
        (problem(mentees=("",)), Trouble.BAD_KEY, ("''",), ""),
        (problem(mentees=("a\0",)), Trouble.BAD_KEY, ("'a\\x00'",), ""),
        (problem(mentees=("a\ud800",)), Trouble.BAD_KEY, ("'a\\ud800'",), ""),
        (problem(mentees=(mentee("aino", region=16),)), Trouble.BAD_VALUE, ("aino",), "region"),
        (problem(mentees=(mentee("aino", languages={"fi"}),)), Trouble.BAD_VALUE, ("aino",), "languages"),
        (problem(mentees=(mentee("aino", is_minor=1),)), Trouble.BAD_VALUE, ("aino",), "is_minor"),
        (problem(mentees=(mentee("aino", experience=-1),)), Trouble.BAD_VALUE, ("aino",), "experience"),
        (problem(mentees=(mentee("aino", needs={"writing": NAN}),)), Trouble.BAD_VALUE, ("aino",), "needs"),
        (problem(mentees=(mentee("aino", needs={"writing": 0}),)), Trouble.BAD_VALUE, ("aino",), "needs"),
        (problem(mentees=(mentee("aino", mandatory=frozenset("x")),)), Trouble.BAD_VALUE, ("aino",), "mandatory"),
        (problem(mentees=(mentee("aino", waiting_days=NAN),)), Trouble.BAD_VALUE, ("aino",), "waiting_days"),
        (problem(mentors=(mentor("otto", offers={"writing": 6}),)), Trouble.BAD_VALUE, ("otto",), "offers"),
        (problem(mentors=(mentor("otto", capacity=-1),)), Trouble.BAD_VALUE, ("otto",), "capacity"),
        (problem(mentors=(mentor("otto", capacity=NAN),)), Trouble.BAD_VALUE, ("otto",), "capacity"),
        (problem(mentors=(mentor("otto", capacity=1.0),)), Trouble.BAD_VALUE, ("otto",), "capacity"),
        (problem(rules=Rules(floor=10_001)), Trouble.BAD_VALUE, (), "floor"),
        (problem(rules=Rules(names=NICE)), Trouble.UNKNOWN_RULE, (), "be_nice"),
        (problem(weights=Weights(skills=NAN)), Trouble.BAD_VALUE, (), "skills"),
        (problem(weights=Weights(waiting_full=0)), Trouble.BAD_VALUE, (), "waiting_full"),
        (
            problem(weights=Weights(skills=0, region=0, language=0, experience=0, waiting=0)),
            Trouble.NO_WEIGHTS,
            (),
            "",
        ),
        (problem(pins=frozenset({("aino", "nobody")})), Trouble.UNKNOWN_PERSON, ("nobody",), "pins"),
        (problem(forbidden=frozenset({("otto", "aino")})), Trouble.UNKNOWN_PERSON, ("aino", "otto"), "forbidden"),
        (
            problem(pins=frozenset({("aino", "otto")}), forbidden=frozenset({("aino", "otto")})),
            Trouble.PIN_FORBIDDEN,
            ("aino", "otto"),
            Rule.FORBIDDEN,
        ),
        (problem(pins=frozenset({("bo", "otto"), ("bo", "pia")})), Trouble.PINNED_TWICE, ("bo", "otto", "pia"), "pins"),
        (
            problem(pins=frozenset({("aino", "otto"), ("bo", "otto")})),
            Trouble.PINS_OVER_CAPACITY,
            ("otto", "aino", "bo"),
            Rule.CAPACITY,
        ),
    ],
)
def test_solve_refuses_bad_input_by_name(wrong, code, keys, about):
    with pytest.raises(ProblemError) as refused:
        solve(wrong)

    assert (refused.value.code, refused.value.keys, refused.value.about) == (code, keys, about)


def test_problem_error_reads_as_a_line():
    error = ProblemError(Trouble.PIN_BREAKS_RULE, ["aino", "otto"], about=Rule.COMMON_LANGUAGE)

    assert str(error) == "pin_breaks_rule(aino, otto): common_language"
