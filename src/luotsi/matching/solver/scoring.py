"""Every mentee beside every mentor: which rules the pair breaks, and what each criterion gives it, in whole numbers.

What is not told counts half: it is neither for nor against a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from luotsi.matching.solver.values import FIT_OF_LEVEL, Criterion, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from luotsi.matching.solver.values import Candidate, Mentee, Mentor, Problem, Weights

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows are mentees and columns are mentors, both in the order of their keys."""

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    broken: dict[Rule, Flags]
    points: dict[Criterion, Numbers]
    scores: Numbers


def tabulate(problem: Problem) -> Table:
    """Of the rules, those that hold; capacity is broken with a mentor who has no seat at all.

    The problem must be valid.
    """
    mentees = tuple(sorted(problem.mentees, key=lambda mentee: mentee.key))
    mentors = tuple(sorted(problem.mentors, key=lambda mentor: mentor.key))
    holding = problem.rules.holding()
    broken = {rule: BROKEN[rule](mentees, mentors) for rule in Rule if rule in holding and rule in BROKEN}
    broken[Rule.FORBIDDEN] = _listed(problem.forbidden, mentees, mentors)
    shares = problem.weights.shares()
    points = {
        criterion: POINTS[criterion](mentees, mentors, problem.weights, shares[criterion]) for criterion in Criterion
    }
    scores = np.add.reduce([points[criterion] for criterion in Criterion])
    return Table(mentees=mentees, mentors=mentors, broken=broken, points=points, scores=scores)


def _listed(pairs: Iterable[tuple[str, str]], mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    rows = {mentee.key: row for row, mentee in enumerate(mentees)}
    columns = {mentor.key: column for column, mentor in enumerate(mentors)}
    flags = np.zeros((len(mentees), len(mentors)), dtype=bool)
    for mentee, mentor in pairs:
        flags[rows[mentee], columns[mentor]] = True
    return flags


def _same(left: Iterable[str], right: Iterable[str]) -> Flags:
    """Told on both sides, and equal."""
    rows, columns = np.array(list(left), dtype=object), np.array(list(right), dtype=object)
    equal: Flags = (rows[:, None] == columns[None, :]) & (rows != "")[:, None]
    return equal


def _flags(people: Sequence[Candidate], told: Callable[[Candidate], bool]) -> Flags:
    return np.array([told(person) for person in people], dtype=bool)


def _common_languages(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Numbers:
    languages = sorted({language for person in (*mentees, *mentors) for language in person.languages})
    spoken = [
        np.array([[language in person.languages for language in languages] for person in people], dtype=np.int64)
        for people in (mentees, mentors)
    ]
    return spoken[0] @ spoken[1].T


def _without_seats(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    return np.array([[mentor.capacity == 0 for mentor in mentors]] * len(mentees), dtype=bool)


def _oneself(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    return _same((mentee.key for mentee in mentees), (mentor.key for mentor in mentors))


def _minor_with_unvetted(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    """A minor meets nobody unvetted, whichever of the two the minor is; two minors need the mentor vetted."""
    minors, unvetted = _flags(mentees, lambda one: one.is_minor), _flags(mentees, lambda one: not one.vetted)
    minor_mentors = _flags(mentors, lambda one: one.is_minor)
    unvetted_mentors = _flags(mentors, lambda one: not one.vetted)
    return (minors[:, None] & unvetted_mentors) | ((~minors & unvetted)[:, None] & minor_mentors)


def _no_language(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    none: Flags = _common_languages(mentees, mentors) == 0
    return none


def _same_organisation(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    return _same((one.organisation for one in mentees), (one.organisation for one in mentors))


def _same_unit(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    return _same((one.unit for one in mentees), (one.unit for one in mentors))


def _same_line_manager(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    """Both have the same one, or one of them is the other's."""
    return (
        _same((one.line_manager for one in mentees), (one.line_manager for one in mentors))
        | _same((one.line_manager for one in mentees), (one.key for one in mentors))
        | _same((one.key for one in mentees), (one.line_manager for one in mentors))
    )


def _too_far(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    remote = _flags(mentees, lambda one: one.remote_ok)[:, None] & _flags(mentors, lambda one: one.remote_ok)
    return ~remote & ~_same((one.region for one in mentees), (one.region for one in mentors))


def _mandatory_missing(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Flags:
    skills = sorted({skill for mentee in mentees for skill in mentee.mandatory})
    wanted = np.array([[skill in mentee.mandatory for skill in skills] for mentee in mentees], dtype=np.int64)
    lacking = np.array([[skill not in mentor.offers for skill in skills] for mentor in mentors], dtype=np.int64)
    return wanted @ lacking.T > 0


def _skill_points(mentees: Sequence[Mentee], mentors: Sequence[Mentor], _weights: Weights, share: int) -> Numbers:
    """The needs filled, each by its importance and by the level at which it is offered."""
    skills = sorted({skill for mentee in mentees for skill in mentee.needs})
    needs = np.array([[mentee.needs.get(skill, 0) for skill in skills] for mentee in mentees], dtype=np.int64)
    fits = [[FIT_OF_LEVEL.get(mentor.offers.get(skill, 0), 0) for skill in skills] for mentor in mentors]
    filled = needs @ np.array(fits, dtype=np.int64).T
    wanted = needs.sum(axis=1)[:, None]
    return np.where(wanted > 0, share * filled // np.maximum(100 * wanted, 1), share // 2)


def _region_points(mentees: Sequence[Mentee], mentors: Sequence[Mentor], _weights: Weights, share: int) -> Numbers:
    told = _flags(mentees, lambda one: one.region != "")[:, None] & _flags(mentors, lambda one: one.region != "")
    same = _same((one.region for one in mentees), (one.region for one in mentors))
    return np.where(told, share * same, share // 2)


def _language_points(mentees: Sequence[Mentee], mentors: Sequence[Mentor], _weights: Weights, share: int) -> Numbers:
    """The part of the mentee's languages that the mentor speaks too."""
    spoken = np.array([max(len(mentee.languages), 1) for mentee in mentees], dtype=np.int64)
    return share * _common_languages(mentees, mentors) // spoken[:, None]


def _experience_points(mentees: Sequence[Mentee], mentors: Sequence[Mentor], weights: Weights, share: int) -> Numbers:
    """How many years further the mentor is, up to the difference that gives full points."""
    told = _flags(mentees, lambda one: one.experience is not None)[:, None]
    told = told & _flags(mentors, lambda one: one.experience is not None)
    rows = np.array([one.experience or 0 for one in mentees], dtype=np.int64)
    columns = np.array([one.experience or 0 for one in mentors], dtype=np.int64)
    further = np.clip(columns[None, :] - rows[:, None], 0, weights.experience_full)
    return np.where(told, share * further // weights.experience_full, share // 2)


def _waiting_points(mentees: Sequence[Mentee], mentors: Sequence[Mentor], weights: Weights, share: int) -> Numbers:
    """The same beside every mentor: who has waited longer comes first when seats run out."""
    days = np.array([min(mentee.waiting_days, weights.waiting_full) for mentee in mentees], dtype=np.int64)
    return np.repeat((share * days // weights.waiting_full)[:, None], len(mentors), axis=1)


BROKEN = {
    Rule.CAPACITY: _without_seats,
    Rule.NOT_ONESELF: _oneself,
    Rule.MINOR_NEEDS_VETTED: _minor_with_unvetted,
    Rule.COMMON_LANGUAGE: _no_language,
    Rule.NOT_SAME_ORGANISATION: _same_organisation,
    Rule.NOT_SAME_UNIT: _same_unit,
    Rule.NOT_SAME_LINE_MANAGER: _same_line_manager,
    Rule.REGION_OR_REMOTE: _too_far,
    Rule.MANDATORY_SKILLS: _mandatory_missing,
}
POINTS = {
    Criterion.SKILLS: _skill_points,
    Criterion.REGION: _region_points,
    Criterion.LANGUAGE: _language_points,
    Criterion.EXPERIENCE: _experience_points,
    Criterion.WAITING: _waiting_points,
}
