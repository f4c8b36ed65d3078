"""Areas of a framework: units of a qualification, and the parts into which common units are divided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from luotsi.competence.formats.content import Content, content
from luotsi.competence.formats.drafts import UNNAMED, code_of, draft, settled, text_id
from luotsi.competence.formats.general_scales import general_scale
from luotsi.competence.formats.identity import Names, own_or_derived
from luotsi.competence.formats.scales import NO_LEVEL
from luotsi.competence.formats.shapes import preparatory
from luotsi.competence.formats.source import child, points, rows
from luotsi.competence.formats.values import LANGUAGES, Area

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, GenericScale, Texts

_NOWHERE: Node = {}


def unit_areas(ledger: Ledger, unit: Node, reference: Node = _NOWHERE) -> list[Area]:
    """A unit, followed by its parts. `reference` is where the qualification refers to it, and may hold its extent."""
    name = name_of(ledger, unit)
    general = general_scale(ledger, unit, "geneerinenArviointiasteikko")
    told = content(ledger, unit, general, name=name)
    prepared = preparatory.competences(ledger, child(unit, "valmaTelmaSisalto"), name=name)
    area = _area(
        ledger,
        unit,
        kind="tutkinnonosa",
        name=name,
        competences=[*told.competences, *prepared],
        requirements=told.requirements,
    )
    extent, extent_max = points(unit, "laajuus"), points(unit, "laajuusMaksimi")
    area = replace(
        area,
        extent=extent if extent is not None else points(reference, "laajuus"),
        extent_max=extent_max if extent_max is not None else points(reference, "laajuusMaksimi"),
    )
    return [area, *(part_area(ledger, part, within=area.origin_id) for part in rows(unit, "osaAlueet"))]


def part_area(ledger: Ledger, part: Node, *, within: str = "") -> Area:
    """A part of a common unit, what is compulsory first. Its extent is that of the compulsory objectives, if told."""
    name = name_of(ledger, part)
    general = general_scale(ledger, part, "arviointi")
    goals = [(goal, goal.get("pakollinen") is False) for goal in rows(part, "osaamistavoitteet")]
    goals += [(child(part, "pakollisetOsaamistavoitteet"), False), (child(part, "valinnaisetOsaamistavoitteet"), True)]
    goals.sort(key=lambda goal: goal[1])
    told = [_goal(ledger, goal, general, name=name, is_optional=is_optional) for goal, is_optional in goals]
    competences = [competence for goal in told for competence in goal.competences]
    competences += preparatory.competences(ledger, child(part, "valmaTelmaSisalto"), name=name)
    requirements = [requirement for goal in told for requirement in goal.requirements]
    area = _area(ledger, part, kind="osaalue", name=name, competences=competences, requirements=requirements)
    extents = [points(goal, "laajuus") for goal, is_optional in goals if not is_optional]
    known = [extent for extent in extents if extent is not None]
    return replace(area, within=within, extent=known[0] if len(known) == 1 else None)


def _goal(ledger: Ledger, goal: Node, general: GenericScale | None, *, name: Texts, is_optional: bool) -> Content:
    heading = ledger.text(goal, "nimi")
    told = content(ledger, goal, general, name=heading or name)
    found = told.competences
    if heading and not found:
        found = (draft(name=heading, local=text_id(goal, "nimi"), criteria=()),)
    return Content(
        competences=tuple(
            replace(competence, is_optional=is_optional, group=_under(heading, competence)) for competence in found
        ),
        requirements=told.requirements,
    )


def _under(heading: Texts, competence: Competence) -> Texts:
    """The heading of the goal before the competence's own group."""
    if heading in ({}, competence.name, competence.group):
        return competence.group
    return {
        language: " – ".join(words for texts in (heading, competence.group) if (words := texts.get(language)))
        for language in LANGUAGES
        if language in heading or language in competence.group
    }


def education_part_area(ledger: Ledger, part: Node) -> Area:
    """A part of education that prepares for a qualification (TUVA): its objectives are what is judged."""
    name = name_of(ledger, part)
    aims = preparatory.statements(ledger, part, NO_LEVEL)
    told = [draft(name=name, local="whole", criteria=aims, description=ledger.text(part, "tavoitteenKuvaus"))]
    area = _area(ledger, part, kind="koulutuksenosa", name=name, competences=told if aims else [], requirements=())
    return replace(area, extent=points(part, "laajuusMinimi"), extent_max=points(part, "laajuusMaksimi"))


def name_of(ledger: Ledger, node: Node) -> Texts:
    """What the thing is called, by itself or else by its code, or else that it has no name."""
    return (
        ledger.text(node, "nimi")
        or ledger.text(child(node, "koodi"), "nimi")
        or ledger.text(child(node, "nimiKoodi"), "nimi")
        or UNNAMED
    )


def in_order(areas: Iterable[Area]) -> tuple[Area, ...]:
    """The areas numbered; one that has another's id gets one of its own, and its parts and competences with it."""
    names = Names()
    moved: dict[str, str] = {}
    found: list[Area] = []
    for order, area in enumerate(areas):
        origin_id = names.own(area.origin_id)
        moved[area.origin_id] = origin_id
        competences = tuple(
            replace(competence, origin_id=origin_id + competence.origin_id.removeprefix(area.origin_id))
            for competence in area.competences
        )
        within = moved.get(area.within, area.within)
        found.append(replace(area, origin_id=origin_id, within=within, competences=competences, order=order))
    return tuple(found)


def _area(
    ledger: Ledger,
    node: Node,
    *,
    kind: str,
    name: Texts,
    competences: Iterable[Competence],
    requirements: Iterable[Texts],
) -> Area:
    origin_id = own_or_derived(kind, node, code_of(node), name)
    return Area(
        origin_id=origin_id,
        code=code_of(node),
        name=name,
        within="",
        extent=None,
        extent_max=None,
        description=ledger.text(node, "kuvaus"),
        requirements=tuple(requirements),
        competences=settled(competences, origin_id),
        order=0,
    )
