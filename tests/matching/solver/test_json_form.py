from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given

from luotsi.matching.solver.check import check
from luotsi.matching.solver.json_form import (
    input_hash,
    problem_from_json,
    problem_to_json,
    result_from_json,
    result_to_json,
)
from luotsi.matching.solver.solve import solve
from luotsi.matching.solver.validation import ProblemError, Trouble
from luotsi.matching.solver.values import Problem, Rule, Rules, Weights
from tests.matching.solver.problems import mentee, mentor, problems

SMALL = b"""
{"mentees": [{"key": "aino", "languages": ["fi"], "needs": {"writing": 3}, "mandatory": ["writing"], "region": "16"}],
 "mentors": [{"key": "otto", "languages": ["fi", "sv"], "offers": {"writing": 5}, "capacity": 2, "remote_ok": true}],
 "rules": {"names": ["common_language", "mandatory_skills"], "floor": 1000},
 "weights": {"skills": 5, "region": 3}, "pins": [["aino", "otto"]], "forbidden": []}
"""


def test_problem_is_read_with_what_is_not_told():
    assert problem_from_json(SMALL) == Problem(
        mentees=(mentee("aino", needs={"writing": 3}, mandatory=frozenset({"writing"})),),
        mentors=(
            mentor(
                "otto", languages=frozenset({"fi", "sv"}), offers={"writing": 5}, capacity=2, remote_ok=True, region=""
            ),
        ),
        rules=Rules(names=frozenset({Rule.COMMON_LANGUAGE, Rule.MANDATORY_SKILLS}), floor=1000),
        weights=Weights(skills=5, region=3),
        pins=frozenset({("aino", "otto")}),
    )


def test_problem_form_is_canonical():
    problem = Problem(mentees=(mentee("ö"), mentee("a")), mentors=(mentor("o", languages=frozenset({"sv", "fi"})),))

    form = problem_to_json(problem)

    assert form == json.dumps(json.loads(form), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert [person["key"] for person in json.loads(form)["mentees"]] == ["a", "ö"]
    assert json.loads(form)["mentors"][0]["languages"] == ["fi", "sv"]
    assert input_hash(problem) == hashlib.sha256(form).hexdigest()


@given(problems())
def test_problem_comes_back_as_it_was(problem):
    in_order = replace(
        problem,
        mentees=tuple(sorted(problem.mentees, key=lambda person: person.key)),
        mentors=tuple(sorted(problem.mentors, key=lambda person: person.key)),
    )

    assert problem_from_json(problem_to_json(problem)) == in_order


@given(problems())
def test_result_comes_back_as_it_was_and_is_still_proven(problem):
    result = solve(problem)

    again = result_from_json(result_to_json(result))

    assert again == result
    assert check(problem, again).holds


@pytest.mark.parametrize(
    ("form", "code", "keys", "about"),
    [
        ("not json", Trouble.NOT_A_PROBLEM, (), "JSONDecodeError"),
        (b"\xff\xfe\xfa", Trouble.NOT_A_PROBLEM, (), "UnicodeDecodeError"),
        ("[" * 100_000, Trouble.NOT_A_PROBLEM, (), "RecursionError"),
        ("[]", Trouble.NOT_A_PROBLEM, (), ""),
        ('{"mentees": []}', Trouble.MISSING_FIELD, (), "mentors"),
        ('{"mentees": [], "mentors": [], "seed": 1}', Trouble.UNKNOWN_FIELD, (), "seed"),
        ('{"mentees": [], "mentors": []}', Trouble.NO_MENTEES, (), ""),
        ('{"mentees": {}, "mentors": []}', Trouble.BAD_VALUE, (), "mentees"),
        ('{"mentees": ["aino"], "mentors": []}', Trouble.NOT_A_PROBLEM, (), "mentees"),
        ('{"mentees": [{"key": "aino"}], "mentors": []}', Trouble.MISSING_FIELD, ("aino",), "languages"),
        ('{"mentees": [{"key": "a", "languages": "fi"}], "mentors": []}', Trouble.BAD_VALUE, (), "languages"),
        ('{"mentees": [{"key": "a", "languages": [["fi"]]}], "mentors": []}', Trouble.BAD_VALUE, (), "languages"),
        ('{"mentees": [{"key": "a", "languages": [], "age": 9}], "mentors": []}', Trouble.UNKNOWN_FIELD, ("a",), "age"),
        ('{"mentees": [], "mentees": [], "mentors": []}', Trouble.BAD_VALUE, (), "mentees"),
        ('{"mentees": [], "mentors": [], "pins": [["a"]]}', Trouble.BAD_VALUE, (), "pins"),
        ('{"mentees": [], "mentors": [], "pins": [[1, 2]]}', Trouble.BAD_VALUE, (), "pins"),
        ('{"mentees": [], "mentors": [], "rules": {"names": ["be_nice"]}}', Trouble.UNKNOWN_RULE, (), "be_nice"),
        ('{"mentees": [], "mentors": [], "rules": {"floor": NaN}}', Trouble.BAD_VALUE, (), "NaN"),
        ('{"mentees": [], "mentors": [], "rules": {"floor": 3000.0}}', Trouble.BAD_VALUE, (), "floor"),
        ('{"mentees": [], "mentors": [], "weights": {"skills": -1}}', Trouble.BAD_VALUE, (), "skills"),
    ],
)
def test_problem_that_cannot_be_read_says_where(form, code, keys, about):
    with pytest.raises(ProblemError) as refused:
        problem_from_json(form if isinstance(form, bytes) else form.encode())

    assert (refused.value.code, refused.value.keys, refused.value.about) == (code, keys, about)
