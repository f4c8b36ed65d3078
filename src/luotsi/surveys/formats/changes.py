"""What changed from wave to wave: of all, of the same people, and as people see it looking back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from luotsi.core.statistics.attrition import rate
from luotsi.core.statistics.comparison import compare_groups, compare_pairs
from luotsi.core.statistics.response_shift import response_shift
from luotsi.surveys.formats.bases import admit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.core.statistics.attrition import Rate
    from luotsi.core.statistics.comparison import Comparison
    from luotsi.core.statistics.response_shift import ResponseShift
    from luotsi.surveys.formats.bases import Base
    from luotsi.surveys.formats.waves import AnsweredWave

    Bases = Mapping[str, Mapping[str, Base]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One dimension from the wave before to this one. Values are None where they would give away a few.

    `baseline`: at the wave before, those whose answers could not be joined to the later ones (first) beside those whose
    could (second).
    """

    of_all: Comparison | None
    of_same_people: Comparison | None
    units: Mapping[str, Comparison]
    baseline: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """How many of those who answered the wave before are known to have answered this one, too."""

    before: int
    now: int
    both: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From the wave before, by the dimension's key; empty when there is none. `shifts`: of the then-test."""

    since: str = ""
    by_dimension: Mapping[str, Change] = field(default_factory=dict)
    shifts: Mapping[str, ResponseShift] = field(default_factory=dict)
    stayed: Stayed | None = None


def changes_of(waves: Sequence[AnsweredWave], bases: Bases) -> dict[str, Changes]:
    """By the key of the wave, in the order of closing. Each set of people that is shown is added to the bases' cuts."""
    by_key = {wave.key: wave for wave in waves}
    told: dict[str, Changes] = {}
    for wave in waves:
        before = None if wave.looks_back else by_key.get(wave.follows)
        changes, stayed = {}, None
        if before is not None and before.key in told:
            changes = {dimension: _change(own, before, wave) for dimension, own in bases.items()}
            stayed = _stayed(before, wave)
        told[wave.key] = Changes(
            since=before.key if changes and before else "",
            by_dimension=changes,
            shifts=_shifts(bases, by_key, wave, set(told)),
            stayed=stayed,
        )
    return told


def _change(bases: Mapping[str, Base], before: AnsweredWave, wave: AnsweredWave) -> Change:
    one, two = bases[before.key], bases[wave.key]
    if not (one.is_shown and two.is_shown):
        return Change(of_all=None, of_same_people=None, units={}, baseline=None)
    pairs, baseline = None, None
    first, second = admit(f"{before.key} {wave.key}", [one, two], _joined([one, two], [before, wave]))
    if first:
        pairs = compare_pairs(one.scores[first], two.scores[second])
        others = np.delete(one.scores, first)
        if (~np.isnan(others)).sum() >= one.smallest:
            baseline = compare_groups(others, one.scores[first])
    return Change(
        of_all=compare_groups(one.scores, two.scores),
        of_same_people=pairs,
        units={
            unit: compare_groups(one.scores[one.of_unit(unit)], two.scores[two.of_unit(unit)])
            for unit in sorted(one.shown_units & two.shown_units)
        },
        baseline=baseline,
    )


def _shifts(
    bases: Bases, by_key: Mapping[str, AnsweredWave], wave: AnsweredWave, known: set[str]
) -> dict[str, ResponseShift]:
    """The then-test, in each dimension in which those who gave all three answers may be shown."""
    if not wave.looks_back or not {wave.start, wave.end} <= known:
        return {}
    three = [by_key[wave.start], wave, by_key[wave.end]]
    found = {}
    for dimension, in_dimension in bases.items():
        of_three = [in_dimension[each.key] for each in three]
        places = admit(wave.key, of_three, _joined(of_three, three))
        if places[0]:
            pre, then, post = (base.scores[own] for base, own in zip(of_three, places, strict=True))
            found[dimension] = response_shift(pre, then, post)
    return found


def _joined(bases: Sequence[Base], waves: Sequence[AnsweredWave]) -> list[list[int]]:
    """The places, in each wave, of those who have a score in all of them; the same person at the same index."""
    places = [wave.rows.places for wave in waves]
    links = set.intersection(*(set(own) for own in places))
    scored = [
        link
        for link in sorted(links)
        if all(not np.isnan(base.scores[own[link]]) for base, own in zip(bases, places, strict=True))
    ]
    return [[own[link] for link in scored] for own in places]


def _stayed(before: AnsweredWave, wave: AnsweredWave) -> Stayed:
    both = len(set(before.rows.places) & set(wave.rows.places))
    total = len(before.rows.answers)
    return Stayed(before=total, now=len(wave.rows.answers), both=rate(both, total))
