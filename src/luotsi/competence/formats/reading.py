"""Reading a file of national qualification criteria, of whichever shape."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from luotsi.competence.formats.areas import education_part_area, in_order, name_of, part_area, unit_areas
from luotsi.competence.formats.drafts import code_of, draft, settled
from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.general_scales import scale_in
from luotsi.competence.formats.identity import derived, own_or_derived
from luotsi.competence.formats.kinds import Kind, answered, kind_of, references, referred
from luotsi.competence.formats.ledger import Ledger
from luotsi.competence.formats.shapes import badges, levels
from luotsi.competence.formats.source import child, day, mark, moment, parse, rows
from luotsi.competence.formats.values import (
    Area,
    Counts,
    Framework,
    FrameworkKind,
    FrameworkReading,
    Reason,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, GenericScale, Texts

SOURCE = "ePerusteet"

_LISTS = {Kind.UNIT, Kind.PART, Kind.EDUCATION_PART, Kind.BADGE}
_PREPARATORY_TYPES = {"koulutustyyppi_5", "koulutustyyppi_18", "koulutustyyppi_40"}
_LIST_KINDS = {
    Kind.UNIT: FrameworkKind.UNITS,
    Kind.PART: FrameworkKind.PARTS,
    Kind.EDUCATION_PART: FrameworkKind.PREPARATORY,
    Kind.BADGE: FrameworkKind.BADGES,
}
_OWN_NAMES: dict[FrameworkKind, Texts] = {
    FrameworkKind.UNITS: {"fi": "Tutkinnon osia", "sv": "Examensdelar", "en": "Units of qualifications"},
    FrameworkKind.PARTS: {"fi": "Osa-alueita", "sv": "Delområden", "en": "Parts of units"},
    FrameworkKind.PREPARATORY: {
        "fi": "Valmentava koulutus",
        "sv": "Handledande utbildning",
        "en": "Preparatory education",
    },
    FrameworkKind.BADGES: badges.WITHOUT_CATEGORY,
    FrameworkKind.ASSESSMENT: {"fi": "Arviointikriteerit", "sv": "Bedömningskriterier", "en": "Assessment criteria"},
    FrameworkKind.SCALE: {"fi": "Arviointiasteikko", "sv": "Bedömningsskala", "en": "Assessment scale"},
}


def read_eperusteet(content: bytes, *, scales: Sequence[GenericScale] = ()) -> FrameworkReading:
    """The framework in a file of ePerusteet, and where each of its texts went.

    `scales` are general scales that units may name without holding them (see `read_scale`). Raises FormatError only.
    """
    tree = parse(content)
    ledger = Ledger(tree=tree, scales={scale.origin_id: scale for scale in scales})
    framework = _framework(ledger, answered(tree))
    if not framework.areas:
        raise FormatError(Fault.NO_CRITERIA, kind=framework.kind)
    return _reading(ledger, framework)


def read_scale(content: bytes) -> GenericScale:
    """The general scale of assessment in a file. Raises FormatError."""
    tree = parse(content)
    ledger = Ledger(tree=tree, scales={})
    held = [node for node in answered(tree) if kind_of(node) is Kind.SCALE]
    if not held:
        raise FormatError(Fault.NO_CRITERIA, kind=Kind.SCALE)
    return scale_in(ledger, held[0])


def _framework(ledger: Ledger, nodes: list[Node]) -> Framework:
    kinds = [(kind_of(referred(node)), node) for node in nodes]
    readable = [
        (kind, node) for kind, node in kinds if kind in _LISTS | {Kind.QUALIFICATION, Kind.ASSESSMENT, Kind.SCALE}
    ]
    if not readable:
        raise _refusal(ledger, {kind for kind, _ in kinds})
    kind = Counter(kind for kind, _ in readable).most_common(1)[0][0]
    chosen = [node for found, node in readable if found is kind]
    if kind in _LISTS:
        return _of_list(ledger, kind, chosen)
    if len(chosen) > 1:
        raise FormatError(Fault.SEVERAL_FRAMEWORKS, number=len(chosen))
    return (
        _of_qualification(ledger, chosen[0]) if kind is Kind.QUALIFICATION else _of_assessment(ledger, kind, chosen[0])
    )


def _refusal(ledger: Ledger, kinds: set[Kind]) -> FormatError:
    if Kind.OTHER_EDUCATION in kinds:
        return FormatError(Fault.UNSUPPORTED_KIND)
    is_empty_page = isinstance(ledger.tree, dict) and "sivuja" in ledger.tree
    return FormatError(Fault.NO_CRITERIA if Kind.WITHOUT_CRITERIA in kinds or is_empty_page else Fault.NOT_EPERUSTEET)


def _of_qualification(ledger: Ledger, node: Node) -> Framework:
    where = references(node)
    units = rows(node, "tutkinnonOsat")
    units.sort(key=lambda unit: _place(where.get(mark(unit, "id"), {})))
    areas = [area for unit in units for area in unit_areas(ledger, unit, where.get(mark(unit, "id"), {}))]
    areas += [education_part_area(ledger, part) for part in rows(node, "koulutuksenOsat")]
    is_preparatory = mark(node, "koulutustyyppi") in _PREPARATORY_TYPES
    kind = FrameworkKind.PREPARATORY if is_preparatory else FrameworkKind.QUALIFICATION
    name = name_of(ledger, node)
    framework = _about(ledger, node, kind, name, areas)
    return replace(
        framework,
        origin_id=own_or_derived("peruste", node, mark(node, "diaarinumero"), name),
        replaces=_replaced(node),
    )


def _replaced(node: Node) -> tuple[str, ...]:
    listed = node.get("korvattavatDiaarinumerot")
    told: Node = {str(place): code for place, code in enumerate(listed)} if isinstance(listed, list) else {}
    return tuple(code for place in told if (code := mark(told, place)))


def _place(reference: Node) -> tuple[bool, int]:
    place = reference.get("jarjestys")
    return (False, place) if isinstance(place, int) else (True, 0)


def _of_list(ledger: Ledger, kind: Kind, nodes: list[Node]) -> Framework:
    if kind is Kind.UNIT:
        areas = [area for node in nodes for area in _areas_of_unit(ledger, node)]
    elif kind is Kind.PART:
        areas = [part_area(ledger, part) for part in nodes]
    elif kind is Kind.EDUCATION_PART:
        areas = [education_part_area(ledger, part) for part in nodes]
    else:
        areas = badges.areas(ledger, nodes)
    if kind is Kind.UNIT and len(nodes) == 1:
        return _about(ledger, referred(nodes[0]), FrameworkKind.UNIT, areas[0].name, areas)
    wide = _LIST_KINDS[kind]
    return _about(ledger, {}, wide, _OWN_NAMES[wide], areas)


def _areas_of_unit(ledger: Ledger, node: Node) -> list[Area]:
    unit = referred(node)
    if unit is node:
        return unit_areas(ledger, unit)
    areas = unit_areas(ledger, unit, node)
    ledger.leave(node, "nimi", Reason.REPETITION)
    return areas


def _of_assessment(ledger: Ledger, kind: Kind, node: Node) -> Framework:
    if kind is Kind.SCALE:
        wide = FrameworkKind.SCALE
        scale = scale_in(ledger, node)
        name = ledger.text(node, "nimi") or _OWN_NAMES[wide]
        found = [
            draft(name=name, local="scale", criteria=scale.criteria, scale=scale.scale, generic_scale=scale.origin_id)
        ]
    else:
        wide = FrameworkKind.ASSESSMENT
        name = _OWN_NAMES[wide]
        found = levels.competences(ledger, node, name=name)
    origin_id = own_or_derived(wide, node, *(competence.name for competence in found))
    area = _lone_area(origin_id, name, found)
    return replace(_about(ledger, node, wide, name, [area]), origin_id=origin_id)


def _lone_area(origin_id: str, name: Texts, found: list[Competence]) -> Area:
    return Area(
        origin_id=origin_id,
        code="",
        name=name,
        within="",
        extent=None,
        extent_max=None,
        description={},
        requirements=(),
        competences=settled(found, origin_id),
        order=0,
    )


def _about(ledger: Ledger, node: Node, kind: FrameworkKind, name: Texts, areas: list[Area]) -> Framework:
    ordered = in_order(areas)
    alone = ordered[0].origin_id if len(ordered) == 1 or kind is FrameworkKind.UNIT else ""
    return Framework(
        origin_id=alone or f"{kind}:{derived(*(area.origin_id for area in ordered))}",
        code=mark(node, "diaarinumero") or code_of(node),
        kind=kind,
        name=name,
        description=ledger.text(node, "kuvaus"),
        source=SOURCE,
        modified=moment(node, "muokattu") or moment(child(node, "globalVersion"), "aikaleima"),
        valid_from=day(node, "voimassaoloAlkaa"),
        valid_to=day(node, "voimassaoloLoppuu"),
        areas=ordered,
    )


def _reading(ledger: Ledger, framework: Framework) -> FrameworkReading:
    account = ledger.close()
    competences = [competence for area in framework.areas for competence in area.competences]
    counts = Counts(
        areas=len(framework.areas),
        competences=len(competences),
        criteria=sum(len(competence.criteria) for competence in competences),
        texts=account.placed + len(account.left_out) + len(account.not_understood),
        placed=account.placed,
        left_out=len(account.left_out),
        not_understood=len(account.not_understood),
    )
    return FrameworkReading(
        framework=framework,
        counts=counts,
        left_out=tuple(account.left_out),
        not_understood=tuple(account.not_understood),
        remarks=tuple(account.remarks),
        missing_scales=tuple(sorted(ledger.missing_scales)),
    )
