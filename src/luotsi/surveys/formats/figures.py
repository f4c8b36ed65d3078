"""What a wave's answers come to, all of it fit to be shown: this is the only way from rows to figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.core.statistics.description import describe, describe_items
from luotsi.core.statistics.reliability import cronbach_alpha, mcdonald_omega
from luotsi.core.statistics.suppression import SMALLEST
from luotsi.surveys.formats.bases import STATEMENTS, base_of
from luotsi.surveys.formats.changes import changes_of
from luotsi.surveys.formats.counts import counted_items
from luotsi.surveys.formats.rows import scored_dimensions, table_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.core.questions.values import Form, Item, Scale
    from luotsi.core.statistics.description import Description
    from luotsi.core.statistics.reliability import Alpha, Omega
    from luotsi.surveys.formats.bases import Base, Mask
    from luotsi.surveys.formats.changes import Changes
    from luotsi.surveys.formats.counts import Counted
    from luotsi.surveys.formats.waves import AnsweredWave

MOST_SIDE_BY_SIDE = 3  # waves
ENOUGH_FOR_RELIABILITY = 10  # people of a unit; below, a coefficient says little


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    alpha: Alpha
    omega: Omega


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFigures:
    """One item of a dimension, turned as the dimension is. `below` and `agreeing` are shares of the scale's ends."""

    item: Item
    description: Description
    disagreeing: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionFigures:
    """One dimension in one wave. `whole` is None when too few have a score; `units` are those that are shown.

    `statements` are empty when showing them would give away a few; `reliability` is then None, too.
    """

    key: str
    scale: Scale
    whole: Description | None
    left_out: int
    units: Mapping[str, Description]
    hidden_units: int
    statements: tuple[StatementFigures, ...]
    reliability: Reliability | None
    unit_reliability: Mapping[str, Reliability]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveFigures:
    """Everything that may be shown of a wave. `answered` people answered; below the smallest group nothing else is.

    `dimensions` and `changes` by the key of the dimension.
    """

    answered: int
    dimensions: Mapping[str, DimensionFigures]
    changes: Changes
    counted: tuple[Counted, ...]

    @property
    def shown_units(self) -> tuple[str, ...]:
        """The units of which anything is shown."""
        return tuple(sorted({unit for found in self.dimensions.values() for unit in found.units}))


def figures_of(
    form: Form, waves: Sequence[AnsweredWave], key: str, *, smallest: int = SMALLEST
) -> dict[str, WaveFigures]:
    """The figures of the wave of this key and of the two before it, by their keys, the latest first.

    `waves` are all closed waves with the same questions that can be joined to it, in the order of their closing: what
    was shown first decides what can still be shown.
    """
    by_key = {wave.key: wave for wave in waves}
    told = [by_key[key]]
    while len(told) < MOST_SIDE_BY_SIDE and told[-1].follows in by_key:
        told.append(by_key[told[-1].follows])
    bases = bases_of(form, waves, smallest)
    changes = changes_of(waves, bases)
    return {
        wave.key: WaveFigures(
            answered=len(wave.rows.answers),
            dimensions={dimension: _dimension(dimension, bases[dimension][wave.key]) for dimension in bases},
            changes=changes[wave.key],
            counted=counted_items(form, wave.rows.answers, smallest=smallest, is_strict=wave.is_anonymous),
        )
        for wave in told
    }


def bases_of(form: Form, waves: Sequence[AnsweredWave], smallest: int) -> dict[str, dict[str, Base]]:
    """Of whom each dimension's figures are in each wave, by the keys of the dimension and the wave."""
    return {
        dimension: {
            wave.key: base_of(table_for(form, dimension, wave.rows.answers), wave.rows.units, smallest)
            for wave in waves
        }
        for dimension in scored_dimensions(form)
    }


def _dimension(key: str, base: Base) -> DimensionFigures:
    scale, scores = base.table.scale, base.scores
    shown = sorted(base.shown_units) if base.is_shown else []
    masks = {unit: base.of_unit(unit) for unit in shown}
    statements = base.cuts.get(STATEMENTS)
    complete = base.table.complete
    in_units = {unit for unit, is_in in zip(base.units, base.people.tolist(), strict=True) if is_in}
    return DimensionFigures(
        key=key,
        scale=scale,
        whole=describe(scores, agree_from=scale.agrees_from) if base.is_shown else None,
        left_out=base.left_out,
        units={unit: describe(scores[mask], agree_from=scale.agrees_from) for unit, mask in masks.items()},
        hidden_units=len(in_units - set(shown)),
        statements=() if statements is None else _statements(base, statements),
        reliability=None if statements is None else _reliability(base.table.answers[statements]),
        unit_reliability={
            unit: _reliability(base.table.answers[mask])
            for unit, mask in masks.items()
            if int(mask.sum()) >= ENOUGH_FOR_RELIABILITY and not (mask & ~complete).any()
        },
    )


def _statements(base: Base, people: Mask) -> tuple[StatementFigures, ...]:
    scale, answers = base.table.scale, base.table.answers[people]
    described = describe_items(answers, agree_from=scale.agrees_from)
    below = None if scale.agrees_from is None else scale.turned(scale.agrees_from)
    return tuple(
        StatementFigures(
            item=item,
            description=described[place],
            disagreeing=None if below is None else float((answers[:, place] <= below).mean()),
        )
        for place, item in enumerate(base.table.items)
    )


def _reliability(answers: object) -> Reliability:
    return Reliability(alpha=cronbach_alpha(answers), omega=mcdonald_omega(answers))  # type: ignore[arg-type]  # an array
