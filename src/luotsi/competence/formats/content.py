"""What stands in a unit, or in the objectives of a part of one, whichever shape it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.competence.formats.shapes import blob, levels, listed, requirements_2019
from luotsi.competence.formats.source import child

if TYPE_CHECKING:
    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, GenericScale, Texts

_TEXTS = ("ammattitaitovaatimukset", "tavoitteet")
_STRUCTURED = ("ammattitaitovaatimukset2019", "tavoitteet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Competences, and the requirements where they are written apart from the criteria."""

    competences: tuple[Competence, ...]
    requirements: tuple[Texts, ...]


def content(ledger: Ledger, node: Node, general: GenericScale | None, *, name: Texts) -> Content:
    """Criteria by level first; requirements become competences only where nothing else does. Raises FormatError."""
    assessment = child(node, "arviointi")
    found = levels.competences(ledger, assessment, name=name)
    found += blob.passing(ledger, assessment, "lisatiedot", name=name)
    for key in _STRUCTURED:
        found += requirements_2019.competences(ledger, child(node, key), general, name=name)
    required = listed.competences(ledger, node, name=name)
    if any(competence.criteria for competence in found):
        apart = [criterion.text for competence in required for criterion in competence.criteria]
        stated = [statement for key in _TEXTS for statement in blob.statements(ledger, node, key)]
        return Content(competences=tuple(found), requirements=(*apart, *stated))
    found += required
    for key in _TEXTS:
        found += blob.competences(ledger, node, key, name=name)
    return Content(competences=tuple(found), requirements=())
