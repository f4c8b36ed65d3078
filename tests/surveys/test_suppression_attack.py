"""An attack on everything that is shown: sums that are added, subtracted and multiplied until a few people are left.

The attacker knows who answered what (which statements, in which unit, joined to which earlier answers), only not how.
Everything that is shown of a dimension is one equation; what they give away is whatever lies in their span.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from luotsi.core.statistics.description import Description
from luotsi.core.statistics.suppression import SMALLEST, reveals
from luotsi.surveys.formats.bases import STATEMENTS
from luotsi.surveys.formats.changes import changes_of
from luotsi.surveys.formats.figures import WaveFigures, bases_of, figures_of
from luotsi.surveys.formats.waves import AnsweredWave
from tests.surveys.culture import form_of, trusting, wave_of

FORM = form_of()
UNKNOWN = ["t1", "t2", "t3"]  # the statements of the dimension under attack
TURNED = {"t2"}

Coefficients = dict[tuple[str, int, str], float]  # of (wave, person, statement)
People = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Equation:
    """A sum over people that is shown, and its value."""

    people: People
    coefficients: Coefficients
    value: float


class Attack:
    """What somebody makes of all pages of all waves."""

    def __init__(self, waves: list[AnsweredWave], smallest: int = SMALLEST) -> None:
        self.waves = {wave.key: wave for wave in waves}
        self.equations: list[Equation] = []
        self.sets: set[frozenset[Hashable]] = set()
        for number, wave in enumerate(waves, 1):
            closed = waves[:number]
            bases = bases_of(FORM, closed, smallest)
            changes_of(closed, bases)
            self.bases = bases["trust"]
            for key, shown in figures_of(FORM, closed, wave.key, smallest=smallest).items():
                self.read(key, shown)

    def value(self, wave: str, person: int, item: str) -> float | None:
        given = self.waves[wave].rows.answers[person].get(item)
        return None if given is None else 6.0 - given if item in TURNED else float(given)  # type: ignore[operator,arg-type]

    def answered(self, wave: str, person: int) -> list[str]:
        return [item for item in UNKNOWN if self.value(wave, person, item) is not None]

    def score(self, wave: str, person: int) -> float | None:
        items = self.answered(wave, person)
        values = [self.value(wave, person, item) or 0.0 for item in items]
        return float(np.mean(values)) if len(items) >= 2 else None

    def cut(self, wave: str, name: str) -> list[int]:
        """Who is in a set, as the program knows it. That it is so, the numbers tell."""
        return [int(person) for person in np.flatnonzero(self.bases[wave].cuts[name])]

    def learn(self, wave: str, people: list[int], shown: Description) -> None:
        """The mean of the scores, the spread and the share are sums over one set."""
        scores = np.array([self.score(wave, person) for person in people], dtype=float)
        assert shown.n == len(people)
        assert shown.mean is not None
        assert np.isclose(shown.mean, scores.mean())
        assert shown.sd is None or np.isclose(shown.sd, scores.std(ddof=1))
        assert shown.agreeing is None or np.isclose(shown.agreeing, (scores >= 4).mean())
        self.learn_mean(wave, people, shown.mean)

    def learn_mean(self, wave: str, people: list[int], mean: float) -> None:
        assert np.isclose(mean, np.mean([self.score(wave, person) for person in people]))
        coefficients = {
            (wave, person, item): 1 / len(self.answered(wave, person))
            for person in people
            for item in self.answered(wave, person)
        }
        self.add(wave, people, coefficients, mean * len(people))

    def add(self, wave: str, people: list[int], coefficients: Coefficients, value: float) -> None:
        members = frozenset((wave, person) for person in people)
        self.equations.append(Equation(members, coefficients, value))
        self.sets.add(frozenset(members))

    def read(self, wave: str, shown: WaveFigures) -> None:
        """One page."""
        figures, units = shown.dimensions["trust"], self.waves[wave].rows.units
        base = [int(person) for person in np.flatnonzero(self.bases[wave].people)]
        if figures.whole is not None:
            self.learn(wave, base, figures.whole)
        for unit, described in figures.units.items():
            self.learn(wave, [person for person in base if units[person] == unit], described)
        for statement in figures.statements:
            people = self.cut(wave, STATEMENTS)
            self.read_statement(wave, people, statement.item.key, statement.description)
        if figures.reliability is not None:
            assert figures.reliability.alpha.n == len(self.cut(wave, STATEMENTS))
        for unit, reliability in figures.unit_reliability.items():
            assert reliability.alpha.n == figures.units[unit].n
        self.read_changes(wave, shown)

    def read_statement(self, wave: str, people: list[int], item: str, shown: Description) -> None:
        values = [self.value(wave, person, item) for person in people]
        assert shown.n == len(people)
        assert shown.mean is not None
        assert np.isclose(shown.mean, np.mean(values))  # type: ignore[arg-type]
        self.add(wave, people, {(wave, person, item): 1.0 for person in people}, shown.mean * shown.n)

    def read_changes(self, wave: str, shown: WaveFigures) -> None:
        before = shown.changes.since
        if change := shown.changes.by_dimension.get("trust"):
            name = f"{before} {wave}"
            if pairs := change.of_same_people:
                self.read_joined({before: pairs.mean_first, wave: pairs.mean_second}, pairs.n_first, name)
            if baseline := change.baseline:
                joined = self.cut(before, name)
                others = [int(person) for person in np.flatnonzero(self.bases[before].people) if person not in joined]
                assert (baseline.n_first, baseline.n_second) == (len(others), len(joined))
                assert baseline.mean_first is not None
                self.learn_mean(before, others, baseline.mean_first)
        if shift := shown.changes.shifts.get("trust"):
            of = self.waves[wave]
            told = {of.start: shift.shift.mean_first, wave: shift.shift.mean_second}
            self.read_joined(told | {of.end: shift.true_change.mean_second}, shift.n, wave)

    def read_joined(self, means: Mapping[str, float | None], n: int, name: str) -> None:
        for wave, mean in means.items():
            people = self.cut(wave, name)
            assert n == len(people)
            assert mean is not None
            self.learn_mean(wave, people, mean)

    # What comes of it

    def tells_by_sets(self) -> bool:
        return any(
            reveals({people for people in self.sets if all(member[0] == wave for member in people)})  # type: ignore[index]
            for wave in self.waves
        )

    def found(self) -> list[tuple[str, tuple[int, ...], float]]:
        """Sums of the scores of 1 to 4 people that follow from what is shown, with the number worked out."""
        told = []
        for wave in self.waves:
            own = [equation for equation in self.equations if all(member[0] == wave for member in equation.people)]
            if own:
                told += [(wave, group, value) for group, value in self._found(wave, own)]
        return told

    def _found(self, wave: str, own: list[Equation]) -> Iterator[tuple[tuple[int, ...], float]]:
        columns = sorted({key for equation in own for key in equation.coefficients})
        place = {key: number for number, key in enumerate(columns)}
        shown = np.zeros((len(own), len(columns)))
        for row, equation in enumerate(own):
            for key, factor in equation.coefficients.items():
                shown[row, place[key]] = factor
        values = np.array([equation.value for equation in own])
        for group in self.few(wave, own):
            for targets in self.targets(wave, group, place):
                weights, *_ = np.linalg.lstsq(shown.T, targets, rcond=None)
                if np.allclose(shown.T @ weights, targets, atol=1e-7):
                    yield group, float(weights @ values)

    def targets(self, wave: str, group: tuple[int, ...], place: Mapping[Any, int]) -> Iterator[NDArray[np.float64]]:
        """The sum of a group's scores, and that of what it answered."""
        for of_mean in (True, False):
            target = np.zeros(len(place))
            for person in group:
                items = self.answered(wave, person)
                for item in items:
                    target[place[wave, person, item]] = 1 / len(items) if of_mean else 1
            yield target

    def few(self, wave: str, own: list[Equation]) -> list[tuple[int, ...]]:
        """Groups of 1 to 4 people whom what is shown treats alike, and unions of such groups."""
        alike: dict[Hashable, list[int]] = {}
        for person in sorted({person for equation in own for _, person in equation.people}):
            kind = tuple((wave, person) in equation.people for equation in own)
            alike.setdefault((kind, tuple(self.answered(wave, person))), []).append(person)
        small = [tuple(people) for people in alike.values() if len(people) < SMALLEST]
        unions = [sum(chosen, ()) for many in (1, 2, 3) for chosen in combinations(small[:14], many)]
        return [union for union in unions if len(union) < SMALLEST]


UNITS = st.lists(st.integers(0, 12), min_size=1, max_size=5)
SEEDS = st.integers(0, 2**32 - 1)


def people_of(sizes: list[int], seed: int, skipping: float, coded: float) -> list[tuple[str, str, dict[str, Any]]]:
    """Made-up people: each skips a statement, or gives the own code, with some chance. A code is the person's place."""
    dice = np.random.default_rng(seed)
    made = []
    for unit, size in enumerate(sizes):
        for person in range(size):
            answers = [None if dice.random() < skipping else int(dice.integers(1, 6)) for _ in UNKNOWN]
            link = f"{unit}/{person}" if dice.random() < coded else ""
            made.append((f"unit {unit}" if unit else "", link, trusting(*answers)))
    return made


def two_waves(first: list[int], second: list[int], seed: int, skipping: float, coded: float) -> list[AnsweredWave]:
    return [
        wave_of("one", people_of(first, seed, skipping, coded)),
        wave_of("two", people_of(second, seed + 1, skipping, coded), follows="one"),
    ]


CHANCES = st.sampled_from([0.0, 0.02, 0.05, 0.1, 0.3])
CODED = st.sampled_from([0.0, 0.5, 0.9, 1.0])


@settings(max_examples=80)
@given(UNITS, UNITS, SEEDS, CHANCES, CODED)
def test_nothing_that_two_waves_show_gives_away_a_few(
    first: list[int], second: list[int], seed: int, skipping: float, coded: float
) -> None:
    attack = Attack(two_waves(first, second, seed, skipping, coded))

    assert not attack.tells_by_sets()
    assert attack.found() == []


@settings(max_examples=40)
@given(st.integers(0, 60), SEEDS, CHANCES, st.floats(0, 1))
def test_nothing_that_start_end_and_looking_back_show_gives_away_a_few(
    size: int, seed: int, skipping: float, coded: float
) -> None:
    start, end, then = (people_of([size], seed + number, skipping, coded) for number in range(3))
    waves = [
        wave_of("start", start, is_anonymous=False),
        wave_of("end", end, follows="start", is_anonymous=False),
        wave_of("then", then, follows="end", is_anonymous=False, looks_back=True, start="start", end="end"),
    ]

    attack = Attack(waves)

    assert not attack.tells_by_sets()
    assert attack.found() == []


@settings(max_examples=25)
@given(UNITS, SEEDS, CHANCES, CODED)
def test_nothing_that_a_line_of_four_waves_shows_gives_away_a_few(
    sizes: list[int], seed: int, skipping: float, coded: float
) -> None:
    waves = [
        wave_of(str(number), people_of(sizes, seed + number, skipping, coded), follows=str(number - 1))
        for number in range(1, 5)
    ]

    attack = Attack(waves)

    assert not attack.tells_by_sets()
    assert attack.found() == []


@pytest.mark.parametrize(
    ("first", "second", "skipping", "coded"),
    [
        ([9, 6, 2], [], 0.0, 0.0),  # a small unit
        ([12], [], 0.1, 0.0),  # who skipped a statement
        ([14], [14], 0.0, 0.8),  # who gave no code
    ],
)
def test_without_suppression_the_attack_finds_them(
    first: list[int], second: list[int], skipping: float, coded: float
) -> None:
    attacks = [Attack(two_waves(first, second, seed, skipping, coded), smallest=1) for seed in range(20)]

    assert any(attack.tells_by_sets() for attack in attacks)
    found = [(attack, *told) for attack in attacks for told in attack.found()]
    assert found
    for attack, wave, group, value in found:
        items = [attack.value(wave, person, item) for person in group for item in attack.answered(wave, person)]
        means = [attack.score(wave, person) for person in group if attack.score(wave, person) is not None]
        assert any(np.isclose(value, sum(of)) for of in (items, means))  # type: ignore[arg-type]


def test_something_is_shown_at_all() -> None:
    attacks = [Attack(two_waves([9, 8, 7], [9, 8, 7], seed, 0.02, 1.0)) for seed in range(10)]

    kinds = [figures_of(FORM, list(attack.waves.values()), "two")["two"] for attack in attacks]

    assert all(len(shown.dimensions["trust"].units) == 3 for shown in kinds)
    assert any(shown.dimensions["trust"].statements for shown in kinds)
    assert any(shown.changes.by_dimension["trust"].of_same_people for shown in kinds)
