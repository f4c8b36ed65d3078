"""Small problems to tell stories with, and a strategy for all the others."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from luotsi.matching.solver.values import Mentee, Mentor, Problem, Rule, Rules, Weights

ONLY_ALWAYS = Rules(names=frozenset(), floor=0)
SKILLS = ("digital", "interview", "writing")


def mentee(key: str, **fields: Any) -> Mentee:
    """Speaks Finnish and lives in region 16 unless something else is said."""
    return Mentee(key=key, **({"languages": frozenset({"fi"}), "region": "16"} | fields))


def mentor(key: str, **fields: Any) -> Mentor:
    return Mentor(key=key, **({"languages": frozenset({"fi"}), "region": "16"} | fields))


def languages(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def problems() -> st.SearchStrategy[Problem]:
    """At most four mentees and three mentors, with any of the rules and any weights, without pins."""
    return st.integers(0, 2**32).map(_problem)


def _problem(seed: int) -> Problem:
    """Made from a seed: drawn field by field, a hundred problems took seconds."""
    dice = random.Random(seed)
    mentees = tuple(_mentee(dice, number) for number in range(dice.randint(1, 4)))
    mentors = tuple(_mentor(dice, number) for number in range(dice.randint(1, 3)))
    every_pair = [(one.key, other.key) for one in mentees for other in mentors]
    names = ("skills", "region", "language", "experience", "waiting")
    weights = dict(zip(names, dice.choices([0, 1, 2, 5], k=len(names)), strict=True))
    return Problem(
        mentees=mentees,
        mentors=mentors,
        rules=Rules(names=_some(dice, sorted(Rule), 4), floor=dice.choice([0, 0, 2000, 5000])),
        weights=Weights(**(weights if any(weights.values()) else {})),
        forbidden=_some(dice, every_pair, 1),
    )


def _mentee(dice: random.Random, number: int) -> Mentee:
    needs = {skill: dice.randint(1, 5) for skill in _some(dice, SKILLS, 3)}
    return Mentee(
        key=f"m{number}",
        needs=needs,
        mandatory=_some(dice, sorted(needs), 1),
        waiting_days=dice.choice([0, 10, 90, 120]),
        **_common(dice),
    )


def _mentor(dice: random.Random, number: int) -> Mentor:
    return Mentor(
        key=dice.choice([f"o{number}", f"m{number}"]),  # some are mentees too
        offers={skill: dice.randint(1, 5) for skill in _some(dice, SKILLS, 3)},
        capacity=dice.choice([0, 1, 1, 2, 3]),
        **_common(dice),
    )


def _common(dice: random.Random) -> dict[str, Any]:
    return {
        "languages": _some(dice, ("en", "fi", "sv"), 3),
        "region": dice.choice(["", "15", "16"]),
        "remote_ok": dice.random() < 0.5,
        "organisation": dice.choice(["", "school", "works"]),
        "unit": dice.choice(["", "", "kitchen"]),
        "line_manager": dice.choice(["", "", "boss", "o0", "m0"]),
        "is_minor": dice.random() < 0.2,
        "vetted": dice.random() < 0.5,
        "experience": dice.choice([None, 0, 3, 9, 30]),
    }


def _some(dice: random.Random, things: Any, most: int) -> frozenset[Any]:
    return frozenset(dice.sample(list(things), dice.randint(0, min(most, len(things)))))
