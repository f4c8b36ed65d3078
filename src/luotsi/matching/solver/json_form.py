"""The JSON forms of a problem and of a result: canonical bytes (UTF-8, sorted keys, no spaces), and the problem's hash.

A problem is an object with the fields of `values.Problem`; only `mentees` and `mentors`, and in these `key` and
`languages`, must be there::

    {"mentees": [{"key": "m1", "languages": ["fi"], "needs": {"writing": 3}, "mandatory": ["writing"], "region": "16"}],
     "mentors": [{"key": "o1", "languages": ["fi", "sv"], "offers": {"writing": 5}, "capacity": 2, "remote_ok": true}],
     "rules": {"names": ["common_language", "region_or_remote"], "floor": 3000},
     "weights": {"skills": 5, "region": 3}, "pins": [["m1", "o1"]], "forbidden": []}
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from luotsi.matching.solver.validation import ProblemError, Trouble, validate
from luotsi.matching.solver.values import (
    Cause,
    Criterion,
    Exclusion,
    LeftOut,
    Mentee,
    Mentor,
    Pair,
    Problem,
    Reason,
    Result,
    Rule,
    Rules,
    Weights,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


def problem_to_json(problem: Problem) -> bytes:
    """The same bytes for the same problem, in whatever order its people are given. The problem must be valid."""
    form = asdict(problem)
    for side in ("mentees", "mentors"):
        form[side] = sorted(form[side], key=lambda person: str(person["key"]))
    return _canonical(form)


def problem_from_json(content: bytes) -> Problem:
    """Raises ProblemError when this is not a valid problem: unknown fields, double fields and NaN are refused too."""
    try:
        form = json.loads(content, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ProblemError(Trouble.NOT_A_PROBLEM, about=type(error).__name__) from error
    problem = _build(Problem, form, "")
    validate(problem)
    return problem


def input_hash(problem: Problem) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(problem_to_json(problem)).hexdigest()


def result_to_json(result: Result) -> bytes:
    return _canonical(asdict(result))


def result_from_json(content: bytes) -> Result:
    """Raises ValueError, TypeError or KeyError when this is not a result. Whether it is a true one, `check` says."""
    form = json.loads(content)
    return Result(
        input_hash=form["input_hash"],
        pairs=tuple(_pair(each) for each in form["pairs"]),
        mentees_left_out=tuple(_left_out(each) for each in form["mentees_left_out"]),
        mentors_left_out=tuple(_left_out(each) for each in form["mentors_left_out"]),
        prices=form["prices"],
    )


def _canonical(form: object) -> bytes:
    text = json.dumps(
        form, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=sorted
    )  # sorted: sets
    return text.encode()


def _pair(form: dict[str, Any]) -> Pair:
    return Pair(**form | {"reasons": tuple(_reason(each) for each in form["reasons"])})


def _reason(form: dict[str, Any]) -> Reason:
    facts = {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in form["facts"].items()}
    return Reason(**form | {"code": Criterion(form["code"]), "facts": facts})


def _left_out(form: dict[str, Any]) -> LeftOut:
    exclusions = tuple(Exclusion(**each) for each in form["exclusions"])
    return LeftOut(**form | {"cause": Cause(form["cause"]), "exclusions": exclusions})


def _without_doubles(members: list[tuple[str, object]]) -> dict[str, object]:
    form = dict(members)
    if len(form) < len(members):
        names = [name for name, _ in members]
        raise ProblemError(Trouble.BAD_VALUE, about=next(name for name in names if names.count(name) > 1))
    return form


def _refuse_constant(name: str) -> object:
    raise ProblemError(Trouble.BAD_VALUE, about=name)


def _build(kind: type[Value], form: object, about: str) -> Value:
    """One value from its object; the values inside are left as they are unless `READERS` names their field."""
    if not isinstance(form, dict):
        raise ProblemError(Trouble.NOT_A_PROBLEM, about=about)
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]  # only dataclasses come here
    keys = [str(form["key"])] if "key" in form else []
    for name in sorted(form.keys() - known.keys()):
        raise ProblemError(Trouble.UNKNOWN_FIELD, keys, about=name)
    for name, each in known.items():
        if name not in form and each.default is MISSING and each.default_factory is MISSING:
            raise ProblemError(Trouble.MISSING_FIELD, keys, about=name)
    read = {name: READERS[name](value, name) if name in READERS else value for name, value in form.items()}
    return kind(**read)


def _list(form: object, about: str) -> list[Any]:
    if not isinstance(form, list):
        raise ProblemError(Trouble.BAD_VALUE, about=about)
    return form


def _texts(form: object, about: str) -> frozenset[str]:
    if not all(isinstance(each, str) for each in _list(form, about)):
        raise ProblemError(Trouble.BAD_VALUE, about=about)
    return frozenset(_list(form, about))


def _pairs(form: object, about: str) -> frozenset[tuple[str, str]]:
    pairs = [_list(each, about) for each in _list(form, about)]
    if not all(len(pair) == len(("mentee", "mentor")) and all(isinstance(key, str) for key in pair) for pair in pairs):
        raise ProblemError(Trouble.BAD_VALUE, about=about)
    return frozenset((mentee, mentor) for mentee, mentor in pairs)


def _rule_names(form: object, about: str) -> frozenset[Rule]:
    names = _texts(form, about)
    strange = sorted(names - set(Rule))
    if strange:
        raise ProblemError(Trouble.UNKNOWN_RULE, about=strange[0])
    return frozenset(Rule(name) for name in names)


READERS: dict[str, Callable[[object, str], object]] = {
    "mentees": lambda form, about: tuple(_build(Mentee, each, about) for each in _list(form, about)),
    "mentors": lambda form, about: tuple(_build(Mentor, each, about) for each in _list(form, about)),
    "rules": lambda form, about: _build(Rules, form, about),
    "weights": lambda form, about: _build(Weights, form, about),
    "names": _rule_names,
    "languages": _texts,
    "mandatory": _texts,
    "pins": _pairs,
    "forbidden": _pairs,
}
