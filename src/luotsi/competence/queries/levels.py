"""Reads: the levels of a competence, from “not yet” to the top of its scale, as they are named and described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.competence.formats.values import Scale
from luotsi.competence.models import HIGHEST_LEVEL, LOWEST_LEVEL

if TYPE_CHECKING:
    from luotsi.competence.models import Competence, Criterion

OWN_ORIGIN = "luotsi:"  # how the identifiers of our own frameworks begin
TOPS = {Scale.PASSED: 1, Scale.THREE: 3, Scale.FIVE: 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level with its name and the criteria that hold at it.

    `label` has the number before the name; `mark` is the number, or the name where levels are not counted.
    """

    number: int
    name: str
    label: str
    mark: str
    criteria: tuple[Criterion, ...] = ()


def top_of(scale: str) -> int:
    """The highest level of a scale; of our own five when the source names none."""
    return TOPS[Scale(scale)] if scale in set(Scale) else HIGHEST_LEVEL


def levels_of(competence: Competence) -> tuple[Level, ...]:
    """From “not yet” up. The criteria are those that were fetched with the competence."""
    criteria = list(competence.criteria.all())
    return tuple(
        _level(number, competence, [each for each in criteria if each.level == number])
        for number in range(LOWEST_LEVEL, top_of(competence.scale) + 1)
    )


def general_criteria_of(competence: Competence) -> tuple[Criterion, ...]:
    """What holds at every level: the source sets it apart from the levels, or has none."""
    return tuple(each for each in competence.criteria.all() if each.level is None)


def _level(number: int, competence: Competence, criteria: list[Criterion]) -> Level:
    named = next((str(each.level_name) for each in criteria if each.level_name), "")
    name = pgettext("level", "Not yet") if number == LOWEST_LEVEL else named or _own_name(number, competence)
    scale = competence.scale
    return Level(
        number=number,
        name=name,
        label=_label(number, name, scale),
        mark=name if scale == Scale.PASSED else str(number),
        criteria=tuple(criteria),
    )


def _own_name(number: int, competence: Competence) -> str:
    """Where nothing is written of a level: the names of our own five, as the frameworks that ship have them."""
    if competence.scale == Scale.PASSED:
        return pgettext("level", "Passed")
    if competence.scale and not competence.origin.startswith(OWN_ORIGIN):
        return _("Level %(level)s") % {"level": number}
    own = (
        pgettext("level", "Begins with support"),
        pgettext("level", "Needs support at times"),
        pgettext("level", "Works independently in usual situations"),
        pgettext("level", "Manages new and difficult situations too"),
        pgettext("level", "Develops the work and guides others"),
    )
    return own[number - 1]


def _label(number: int, name: str, scale: str) -> str:
    """A number before the name, unless there is one in it or the scale has no numbers."""
    return name if scale == Scale.PASSED or str(number) in name else f"{number} · {name}"
