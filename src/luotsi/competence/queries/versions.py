"""Reads: a framework as its rows say it, to lay beside what a file says."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from luotsi.competence.formats import values
from luotsi.competence.models import Area, Competence, Criterion, Framework, Requirement

if TYPE_CHECKING:
    from uuid import UUID

COLUMNS = ("level", "level_name", "text", "code", "position")  # of criteria: rows by the ten thousand, no models


def as_values(framework: Framework) -> values.Framework:
    """The framework out of its rows, in four queries: the same values that a reader makes."""
    criteria: defaultdict[int, list[values.Criterion]] = defaultdict(list)
    stated_in = Criterion.objects.filter(competence__area__framework=framework).order_by("competence", "position")
    for competence, level, name, text, code, order in stated_in.values_list("competence", *COLUMNS):
        criteria[competence].append(
            values.Criterion(level=level, level_name=dict(name or {}), text=dict(text), code=code, order=order)
        )
    competences: defaultdict[int, list[values.Competence]] = defaultdict(list)
    for found in Competence.objects.filter(area__framework=framework).order_by("area", "position"):
        competences[found.area_id].append(_competence(found, tuple(criteria[found.pk])))
    requirements: defaultdict[int, list[values.Texts]] = defaultdict(list)
    for stated in Requirement.objects.filter(area__framework=framework).order_by("area", "position"):
        requirements[stated.area_id].append(dict(stated.text))
    areas = list(framework.areas.order_by("position"))
    origins = {area.pk: area.origin for area in areas}
    return values.Framework(
        origin_id=framework.origin,
        code=framework.code,
        kind=values.FrameworkKind(framework.kind),
        name=dict(framework.name),
        description=dict(framework.description or {}),
        source=framework.source,
        modified=framework.modified_at,
        valid_from=framework.valid_from,
        valid_to=framework.valid_to,
        version=framework.version,
        areas=tuple(
            _area(area, origins.get(area.within_id or 0, ""), requirements[area.pk], competences[area.pk])
            for area in areas
        ),
    )


def lineages_of(framework: Framework) -> dict[str, UUID]:
    """The line of each competence, by the source's identifier."""
    rows = Competence.objects.filter(area__framework=framework).values_list("origin", "lineage")
    return dict(rows)


def earlier_lineages(source: str, origin: str) -> dict[str, UUID]:
    """The lines that any version of a framework has had, by the source's identifier; of several the latest."""
    rows = Competence.objects.filter(area__framework__source=source, area__framework__origin=origin)
    return dict(rows.order_by("pk").values_list("origin", "lineage"))


def general_scales() -> dict[str, values.GenericScale]:
    """The national general scales that have been brought in, by the identifier under which units name them."""
    rows = Competence.objects.filter(
        area__framework__kind=values.FrameworkKind.SCALE, area__framework__retired_at=None
    ).exclude(general_scale="")
    return {
        row.general_scale: values.GenericScale(
            origin_id=row.general_scale,
            name=dict(row.name),
            scale=values.Scale(row.scale) if row.scale else None,
            criteria=tuple(_criterion(criterion) for criterion in row.criteria.order_by("position")),
        )
        for row in rows.prefetch_related("criteria")
    }


def _area(
    row: Area, within: str, requirements: list[values.Texts], competences: list[values.Competence]
) -> values.Area:
    return values.Area(
        origin_id=row.origin,
        code=row.code,
        name=dict(row.name),
        within=within,
        extent=row.extent,
        extent_max=row.extent_max,
        description=dict(row.description or {}),
        requirements=tuple(requirements),
        competences=tuple(competences),
        order=row.position,
    )


def _competence(row: Competence, criteria: tuple[values.Criterion, ...]) -> values.Competence:
    return values.Competence(
        origin_id=row.origin,
        code=row.code,
        name=dict(row.name),
        group=dict(row.group or {}),
        description=dict(row.description or {}),
        is_optional=row.is_optional,
        scale=values.Scale(row.scale) if row.scale else None,
        generic_scale=row.general_scale,
        criteria=criteria,
        order=row.position,
    )


def _criterion(row: Criterion) -> values.Criterion:
    return values.Criterion(
        level=row.level, level_name=dict(row.level_name or {}), text=dict(row.text), code=row.code, order=row.position
    )
