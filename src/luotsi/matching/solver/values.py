"""What a matching problem is made of, and what an answer is made of.

Persons, skills, organisations and regions are keys (opaque texts). Whatever is not told about a person is the empty
text, the empty set or None. Scores and points are whole numbers, 0 to `FULL`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FULL: Final = 10_000
MOST_IMPORTANT: Final = 100
TOP_LEVEL: Final = 5
FIT_OF_LEVEL: Final = {1: 60, 2: 70, 3: 80, 4: 90, 5: 100}
"""How much of a need an offered skill fills, in percent, by the level at which it is offered."""


class Rule(StrEnum):
    """What no pair may break. `ALWAYS` hold in every problem; the others where a programme names them."""

    CAPACITY = "capacity"
    FORBIDDEN = "forbidden"
    NOT_ONESELF = "not_oneself"
    MINOR_NEEDS_VETTED = "minor_needs_vetted"
    COMMON_LANGUAGE = "common_language"
    NOT_SAME_ORGANISATION = "not_same_organisation"
    NOT_SAME_UNIT = "not_same_unit"
    NOT_SAME_LINE_MANAGER = "not_same_line_manager"
    REGION_OR_REMOTE = "region_or_remote"
    MANDATORY_SKILLS = "mandatory_skills"


ALWAYS: Final = frozenset({Rule.CAPACITY, Rule.FORBIDDEN, Rule.NOT_ONESELF, Rule.MINOR_NEEDS_VETTED})
USUAL: Final = frozenset(Rule) - {Rule.NOT_SAME_ORGANISATION}


class Criterion(StrEnum):
    """What gives a pair points."""

    SKILLS = "skills"
    REGION = "region"
    LANGUAGE = "language"
    EXPERIENCE = "experience"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a mentee and a mentor have in common. `experience` is years in working life; None is not told."""

    key: str
    languages: frozenset[str]
    region: str = ""
    remote_ok: bool = False
    organisation: str = ""
    unit: str = ""
    line_manager: str = ""
    is_minor: bool = False
    vetted: bool = False
    experience: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee(Candidate):
    """`needs`: skill to importance, 1 to `MOST_IMPORTANT`. `mandatory`: those of them that a mentor must offer."""

    needs: Mapping[str, int] = field(default_factory=dict)
    mandatory: frozenset[str] = frozenset()
    waiting_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor(Candidate):
    """`offers`: skill to level, 1 to `TOP_LEVEL`. `capacity`: how many mentees at most."""

    offers: Mapping[str, int] = field(default_factory=dict)
    capacity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each criterion counts beside the others; at least one must be above 0.

    `experience_full`: the difference in years that gives full points. `waiting_full`: the same in days of waiting.
    """

    skills: int = 5
    region: int = 3
    language: int = 1
    experience: int = 1
    waiting: int = 1
    experience_full: int = 10
    waiting_full: int = 90

    def shares(self) -> dict[Criterion, int]:
        """Most points by criterion; they add up to `FULL`. What division leaves over goes to the largest remainders."""
        weights = {criterion: int(getattr(self, criterion)) for criterion in Criterion}
        total = sum(weights.values())
        shares = {criterion: FULL * weight // total for criterion, weight in weights.items()}
        by_remainder = sorted(Criterion, key=lambda criterion: -(FULL * weights[criterion] % total))
        for criterion in by_remainder[: FULL - sum(shares.values())]:
            shares[criterion] += 1
        return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules that hold beside `ALWAYS`, and the score under which no pair is made unless a person pins it."""

    names: frozenset[Rule] = USUAL
    floor: int = 3_000

    def holding(self) -> frozenset[Rule]:
        return self.names | ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`pins` are made whatever their score; `forbidden` are never made. Both hold (mentee key, mentor key)."""

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    pins: frozenset[tuple[str, str]] = frozenset()
    forbidden: frozenset[tuple[str, str]] = frozenset()


Facts = dict[str, str | int | tuple[str, ...] | tuple[int, ...] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """`points` of at most `of` for one criterion, and the facts they come from."""

    code: Criterion
    points: int
    of: int
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The reasons' points add up to the score."""

    mentee: str
    mentor: str
    score: int
    pinned: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A rule (or the floor) excluded `count` counterparts, `alone` of them by itself: several rules can exclude one.

    The floor counts those whom every rule would allow.
    """

    rule: str
    count: int
    alone: int


FLOOR: Final = "floor"


class Cause(StrEnum):
    """Why a person has no counterpart."""

    NO_SEAT_LEFT = "no_seat_left"  # a mentee whom some mentors suit, and all their seats are taken
    NO_MENTEE_LEFT = "no_mentee_left"  # a mentor whom some mentees suit, and all of them have a mentor
    BELOW_FLOOR = "below_floor"  # the rules allow somebody, and all of these score under the floor
    EXCLUDED = "excluded"  # the rules exclude everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """`suitable`: how many counterparts could have been taken (by the rules and the floor)."""

    key: str
    cause: Cause
    suitable: int
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`prices` by mentor are the certificate: the lowest dual values. Each is just what one more seat there would gain;

    `gain_of_a_seat` says it in matches and points.
    """

    input_hash: str
    pairs: tuple[Pair, ...]
    mentees_left_out: tuple[LeftOut, ...]
    mentors_left_out: tuple[LeftOut, ...]
    prices: dict[str, int]

    @property
    def matched(self) -> int:
        return len(self.pairs)

    @property
    def total(self) -> int:
        return sum(pair.score for pair in self.pairs)

    @property
    def worst(self) -> int | None:
        """The lowest score of a pair; None when there is no pair."""
        return min((pair.score for pair in self.pairs), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something that a result says and that the problem does not bear out."""

    code: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the check found. Values count `seat_value` for each match and one for each point, pins apart."""

    primal: int
    dual: int
    flaws: tuple[Flaw, ...]

    @property
    def holds(self) -> bool:
        """No flaw, and the bound is reached: nothing better exists."""
        return not self.flaws and self.primal == self.dual


def seat_value(mentees: int) -> int:
    """What a match is worth beside its score: more than twice all scores together, so that number comes before sum."""
    return (2 * FULL + 1) * (mentees + 1)


def gain_of_a_seat(price: int, mentees: int) -> tuple[int, int]:
    """How many more matches one more seat at this price would bring, and how many more points in all (can be fewer)."""
    value = seat_value(mentees)
    matches = (price + value // 2) // value
    return matches, price - matches * value
