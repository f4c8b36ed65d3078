"""Writes: the rows of a framework, many at a time. Only the imports call this, inside their transaction."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from luotsi.competence.models import Area, Competence, Criterion, Framework, Requirement
from luotsi.core.texts import TranslatedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from luotsi.competence.formats import values
    from luotsi.competence.queries.prospects import Prospect
    from luotsi.people.models import Network

AT_A_TIME = 1_000


def write_framework(prospect: Prospect, lineages: Mapping[str, UUID], network: Network | None) -> Framework:
    """Insert what the prospect holds. `lineages`: the line that a competence goes on, by its identifier."""
    read = prospect.framework
    unnamed = TranslatedText(fi=read.code or read.origin_id)
    framework = Framework(
        origin=prospect.origin,
        code=read.code,
        kind=read.kind,
        name=_text(read.name) or unnamed,
        description=_text(read.description),
        source=prospect.source,
        version=read.version,
        modified_at=read.modified,
        valid_from=read.valid_from,
        valid_to=read.valid_to,
        network=network,
        digest=prospect.digest,
    ).insert()
    areas = _write_areas(framework, read.areas)
    _write_requirements(areas, read.areas)
    competences = _write_competences(areas, read.areas, lineages)
    add_criteria((row, criterion) for row, found in competences for criterion in found.criteria)
    return framework


def add_criteria(criteria: Iterable[tuple[Competence, values.Criterion]]) -> int:
    """Insert criteria, each at the place that its order says. Returns how many."""
    rows = [
        Criterion(
            competence=competence,
            level=found.level,
            level_name=_text(found.level_name),
            code=found.code,
            text=TranslatedText(found.text),
            position=found.order,
        )
        for competence, found in criteria
    ]
    Criterion.objects.bulk_create(rows, batch_size=AT_A_TIME)
    return len(rows)


def _text(texts: values.Texts) -> TranslatedText | None:
    return TranslatedText(texts) if texts else None


def _write_areas(framework: Framework, areas: Iterable[values.Area]) -> dict[str, Area]:
    """Units first, then what stands within them, level by level."""
    rows: dict[str, Area] = {}
    waiting = list(enumerate(areas))
    known = {area.origin_id for _, area in waiting}
    while waiting:
        ready = [each for each in waiting if each[1].within in rows or each[1].within not in known] or waiting
        made = [_area(framework, area, position, rows.get(area.within)) for position, area in ready]
        Area.objects.bulk_create(made, batch_size=AT_A_TIME)
        rows |= {area.origin_id: row for (_, area), row in zip(ready, made, strict=True)}
        waiting = [each for each in waiting if each[1].origin_id not in rows]
    return rows


def _area(framework: Framework, area: values.Area, position: int, within: Area | None) -> Area:
    return Area(
        framework=framework,
        within=within,
        origin=area.origin_id,
        code=area.code,
        name=_text(area.name) or framework.name,
        description=_text(area.description),
        extent=area.extent,
        extent_max=area.extent_max,
        position=position,
    )


def _write_requirements(rows: Mapping[str, Area], areas: Iterable[values.Area]) -> None:
    Requirement.objects.bulk_create(
        [
            Requirement(area=rows[area.origin_id], text=TranslatedText(text), position=position)
            for area in areas
            for position, text in enumerate(area.requirements)
        ],
        batch_size=AT_A_TIME,
    )


def _write_competences(
    rows: Mapping[str, Area], areas: Iterable[values.Area], lineages: Mapping[str, UUID]
) -> list[tuple[Competence, values.Competence]]:
    made = [
        (_competence(rows[area.origin_id], found, position, lineages.get(found.origin_id) or uuid.uuid4()), found)
        for area in areas
        for position, found in enumerate(area.competences)
    ]
    Competence.objects.bulk_create([row for row, _ in made], batch_size=AT_A_TIME)
    return made


def _competence(area: Area, found: values.Competence, position: int, lineage: UUID) -> Competence:
    return Competence(
        area=area,
        lineage=lineage,
        origin=found.origin_id,
        code=found.code,
        name=_text(found.name) or area.name,
        group=_text(found.group),
        description=_text(found.description),
        is_optional=found.is_optional,
        scale=found.scale or "",
        general_scale=found.generic_scale,
        position=position,
    )
