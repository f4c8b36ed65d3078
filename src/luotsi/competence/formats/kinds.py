"""What a file of the service is, told by its keys."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import code_of
from luotsi.competence.formats.source import child, mark, objects, rows

if TYPE_CHECKING:
    from luotsi.competence.formats.source import Json, Node


class Kind(StrEnum):
    QUALIFICATION = "qualification"
    UNIT = "unit"
    PART = "part"
    EDUCATION_PART = "education_part"
    BADGE = "badge"
    ASSESSMENT = "assessment"
    SCALE = "scale"
    WITHOUT_CRITERIA = "without_criteria"
    OTHER_EDUCATION = "other_education"
    UNKNOWN = "unknown"


_UNIT_KEYS = {
    "ammattitaitovaatimukset",
    "ammattitaitovaatimukset2019",
    "ammattitaitovaatimuksetLista",
    "ammattitaidonOsoittamistavat",
    "osaAlueet",
}
_EITHER_KEYS = {"valmaTelmaSisalto"}  # a unit has it, and so has a part
_PART_KEYS = {"osaamistavoitteet", "pakollisetOsaamistavoitteet", "valinnaisetOsaamistavoitteet"}
_OTHER_EDUCATION = {
    "lukiokoulutus",
    "lops2019",
    "perusopetus",
    "aipe",
    "esiopetus",
    "vapaasivistystyo",
    "tpo",
}
# Structures, contents, references, search results: true answers of the service, without a criterion in them.
_WITHOUT_CRITERIA = {
    "rakenne",
    "osat",
    "lapset",
    "suoritustavat",
    "koulutustyyppi",
    "diaarinumero",
    "_tutkinnonOsa",
    "sivuja",
}
_PAGES = ("data", "content")
_PATHS_TO_QUALIFICATION = {"reformi", "ops", "naytto"}


def kind_of(node: Node) -> Kind:
    """What this object of an answer is."""
    keys = node.keys()
    found = _kind_by_content(node) or _kind_by_unit(node)
    if found is None and (keys & _OTHER_EDUCATION or mark(node, "toteutus") not in {"", "ammatillinen"}):
        found = Kind.OTHER_EDUCATION
    if found is None and (keys & _WITHOUT_CRITERIA or (keys and keys <= _PATHS_TO_QUALIFICATION)):
        found = Kind.WITHOUT_CRITERIA
    return found or Kind.UNKNOWN


def _kind_by_content(node: Node) -> Kind | None:
    if rows(node, "tutkinnonOsat") or rows(node, "koulutuksenOsat"):
        return Kind.QUALIFICATION
    if isinstance(node.get("arvioinninKohdealueet"), list):
        return Kind.ASSESSMENT
    if isinstance(node.get("osaamistasonKriteerit"), list):
        return Kind.SCALE
    is_badge = "arviointikriteerit" in node or (
        "osaamistavoitteet" in node and code_of(node).startswith("osaamismerkit_")
    )
    return Kind.BADGE if is_badge else None


def _kind_by_unit(node: Node) -> Kind | None:
    keys = node.keys()
    # A search result about a qualification has such keys too, in other places.
    if "koulutustyyppi" in keys or "suoritustavat" in keys:
        return None
    if mark(node, "osanTyyppi") == "koulutuksenosa" or "koulutusOsanTyyppi" in keys:
        return Kind.EDUCATION_PART
    if keys & _UNIT_KEYS or mark(node, "osanTyyppi") == "tutkinnonosa":
        return Kind.UNIT
    is_part = keys & _PART_KEYS or mark(node, "tyyppi").startswith("osaalue")
    return Kind.PART if is_part else (Kind.UNIT if keys & _EITHER_KEYS else None)


def answered(tree: Json) -> list[Node]:
    """The objects of an answer: itself, those of its list, or those of a page."""
    if not isinstance(tree, dict):
        return objects(tree)
    page = next((tree[key] for key in _PAGES if isinstance(tree.get(key), list)), None)
    return [tree] if page is None else objects(page)


def referred(node: Node) -> Node:
    """The unit that a reference holds; anything else as it is."""
    held = child(node, "tutkinnonOsa")
    return held if "id" in held else node


def references(qualification: Node) -> dict[str, Node]:
    """Where a qualification refers to each unit, by the unit's id."""
    found: dict[str, Node] = {}
    for way in [*rows(qualification, "suoritustavat"), child(qualification, "suoritustapa")]:
        for reference in rows(way, "tutkinnonOsaViitteet"):
            found.setdefault(mark(reference, "_tutkinnonOsa"), reference)
    return found
