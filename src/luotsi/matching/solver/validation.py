"""Bad input is refused here, by the names of the persons and of the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from luotsi.matching.solver.values import FULL, MOST_IMPORTANT, TOP_LEVEL, Candidate, Criterion, Mentee, Mentor, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.matching.solver.values import Problem, Rules, Weights

MOST_DAYS: Final = 36_500
MOST_YEARS: Final = 100


class Trouble(StrEnum):
    """What can be wrong with a problem."""

    NOT_A_PROBLEM = "not_a_problem"  # the JSON form cannot be read
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    NO_MENTEES = "no_mentees"
    NO_MENTORS = "no_mentors"
    BAD_KEY = "bad_key"
    BAD_VALUE = "bad_value"  # `about` names the field
    PERSON_TWICE = "person_twice"
    UNKNOWN_RULE = "unknown_rule"
    NO_WEIGHTS = "no_weights"
    UNKNOWN_PERSON = "unknown_person"
    PIN_FORBIDDEN = "pin_forbidden"
    PINNED_TWICE = "pinned_twice"
    PINS_OVER_CAPACITY = "pins_over_capacity"
    PIN_BREAKS_RULE = "pin_breaks_rule"


class ProblemError(ValueError):
    """The problem cannot be solved as it stands. `keys` are the persons; `about` is the rule or the field at fault."""

    def __init__(self, code: Trouble, keys: Iterable[str] = (), *, about: str = "") -> None:
        self.code = code
        self.keys = tuple(keys)
        self.about = about
        super().__init__(f"{code}({', '.join(self.keys)}): {about}" if about else f"{code}({', '.join(self.keys)})")


def validate(problem: Problem) -> None:
    """Raises ProblemError. Whether a pin breaks a rule between its two persons is seen when the pairs are scored."""
    _validate_rules(problem.rules)
    _validate_weights(problem.weights)
    if not problem.mentees:
        raise ProblemError(Trouble.NO_MENTEES)
    if not problem.mentors:
        raise ProblemError(Trouble.NO_MENTORS)
    for mentee in problem.mentees:
        _validate_mentee(mentee)
    for mentor in problem.mentors:
        _validate_mentor(mentor)
    _validate_names(problem)
    _validate_pins(problem)


def is_whole(value: object, least: int, most: int | None = None) -> bool:
    """Neither True nor 3.0 nor NaN is a whole number here."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value and (most is None or value <= most)


def is_text(value: object) -> bool:
    """Without NUL and lone surrogates, which no database and no file takes."""
    return isinstance(value, str) and not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value)


def _validate_rules(rules: Rules) -> None:
    strange = sorted(rules.names - set(Rule))
    if strange:
        raise ProblemError(Trouble.UNKNOWN_RULE, about=strange[0])
    if not is_whole(rules.floor, 0, FULL):
        raise ProblemError(Trouble.BAD_VALUE, about="floor")


def _validate_weights(weights: Weights) -> None:
    for each in fields(weights):
        least = 0 if each.name in set(Criterion) else 1
        if not is_whole(getattr(weights, each.name), least, FULL):
            raise ProblemError(Trouble.BAD_VALUE, about=each.name)
    if not any(getattr(weights, criterion) for criterion in Criterion):
        raise ProblemError(Trouble.NO_WEIGHTS)


def _validate_mentee(mentee: Mentee) -> None:
    bad = _bad_field(mentee)
    if not _are_numbers(mentee.needs, MOST_IMPORTANT):
        bad = "needs"
    elif not _are_texts(mentee.mandatory) or not mentee.mandatory <= set(mentee.needs):
        bad = "mandatory"
    elif not is_whole(mentee.waiting_days, 0, MOST_DAYS):
        bad = "waiting_days"
    if bad:
        raise ProblemError(Trouble.BAD_VALUE, [mentee.key], about=bad)


def _validate_mentor(mentor: Mentor) -> None:
    bad = _bad_field(mentor)
    if not _are_numbers(mentor.offers, TOP_LEVEL):
        bad = "offers"
    elif not is_whole(mentor.capacity, 0):
        bad = "capacity"
    if bad:
        raise ProblemError(Trouble.BAD_VALUE, [mentor.key], about=bad)


def _bad_field(person: Candidate) -> str:
    """The first of the common fields that holds what it must not; empty when all are well."""
    if not is_text(person.key) or not person.key:
        raise ProblemError(Trouble.BAD_KEY, [repr(person.key)])
    texts = {name: is_text(getattr(person, name)) for name in ("region", "organisation", "unit", "line_manager")}
    flags = {name: isinstance(getattr(person, name), bool) for name in ("remote_ok", "is_minor", "vetted")}
    languages = {"languages": _are_texts(person.languages)}
    experience = {"experience": person.experience is None or is_whole(person.experience, 0, MOST_YEARS)}
    return next((name for name, well in (texts | flags | languages | experience).items() if not well), "")


def _are_texts(values: object) -> bool:
    return isinstance(values, frozenset) and all(is_text(value) and value != "" for value in values)


def _are_numbers(values: object, most: int) -> bool:
    return isinstance(values, Mapping) and all(
        is_text(name) and name != "" and is_whole(number, 1, most) for name, number in values.items()
    )


def _validate_names(problem: Problem) -> None:
    for people in (problem.mentees, problem.mentors):
        twice = sorted(key for key, times in Counter(person.key for person in people).items() if times > 1)
        if twice:
            raise ProblemError(Trouble.PERSON_TWICE, twice)
    mentees, mentors = {mentee.key for mentee in problem.mentees}, {mentor.key for mentor in problem.mentors}
    for about, pairs in (("pins", problem.pins), ("forbidden", problem.forbidden)):
        unknown = {key for key, _ in pairs} - mentees | {key for _, key in pairs} - mentors
        if unknown:
            raise ProblemError(Trouble.UNKNOWN_PERSON, sorted(unknown), about=about)


def _validate_pins(problem: Problem) -> None:
    for pin in sorted(problem.pins & problem.forbidden):
        raise ProblemError(Trouble.PIN_FORBIDDEN, pin, about=Rule.FORBIDDEN)
    for mentee, times in sorted(Counter(mentee for mentee, _ in problem.pins).items()):
        if times > 1:
            mentors = sorted(mentor for other, mentor in problem.pins if other == mentee)
            raise ProblemError(Trouble.PINNED_TWICE, [mentee, *mentors], about="pins")
    capacity = {mentor.key: mentor.capacity for mentor in problem.mentors}
    for mentor, times in sorted(Counter(mentor for _, mentor in problem.pins).items()):
        if times > capacity[mentor]:
            mentees = sorted(mentee for mentee, other in problem.pins if other == mentor)
            raise ProblemError(Trouble.PINS_OVER_CAPACITY, [mentor, *mentees], about=Rule.CAPACITY)
