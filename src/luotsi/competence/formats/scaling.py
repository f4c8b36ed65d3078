"""Criteria by level for competences whose source only names the national general scale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from luotsi.competence.formats.scales import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.competence.formats.values import Competence, Framework, GenericScale


def lacks_levels(competence: Competence) -> bool:
    """Whether the source names a general scale for it without saying what the scale's levels ask for."""
    return bool(competence.generic_scale) and all(criterion.level is None for criterion in competence.criteria)


def with_scales(framework: Framework, scales: Mapping[str, GenericScale]) -> Framework:
    """The framework with the criteria of these general scales, by identifier, wherever they are missing."""
    return replace(
        framework,
        areas=tuple(
            replace(area, competences=tuple(_filled(competence, scales) for competence in area.competences))
            for area in framework.areas
        ),
    )


def _filled(competence: Competence, scales: Mapping[str, GenericScale]) -> Competence:
    scale = scales.get(competence.generic_scale)
    if scale is None or not lacks_levels(competence):
        return competence
    return replace(
        competence,
        scale=scale.scale or competence.scale,
        criteria=in_order((*competence.criteria, *scale.criteria)),
    )
