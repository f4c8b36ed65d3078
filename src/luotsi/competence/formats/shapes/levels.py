"""Target areas with levels: `arviointi` → `arvioinninKohdealueet` → `arvioinninKohteet` → `osaamistasonKriteerit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import code_of, draft, text_id
from luotsi.competence.formats.scales import levelled, scale_of
from luotsi.competence.formats.source import rows
from luotsi.competence.formats.values import Reason

if TYPE_CHECKING:
    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, Texts

# Headings that the service fills in by itself where the writer gave none.
_PLACEHOLDERS = {"nimetön", "automaattinen", "namnlös", "unnamed"}


def competences(ledger: Ledger, assessment: Node, *, name: Texts) -> list[Competence]:
    """One competence for each target, called by its own name, that of its target area, or else `name`."""
    return [
        found for area in rows(assessment, "arvioinninKohdealueet") for found in _of_target_area(ledger, area, name)
    ]


def _of_target_area(ledger: Ledger, area: Node, name: Texts) -> list[Competence]:
    heading = _heading(ledger, area)
    targets = [_of_target(ledger, area, target, heading, name) for target in rows(area, "arvioinninKohteet")]
    told = [target for target in targets if target is not None]
    if heading and not told:
        return [draft(name=heading, code=code_of(area), local=_local(area), criteria=())]
    return told


def _heading(ledger: Ledger, area: Node) -> Texts:
    spoken = ledger.look(area, "otsikko")
    if spoken and all(words.casefold() in _PLACEHOLDERS for words in spoken.values()):
        ledger.leave(area, "otsikko", Reason.PLACEHOLDER)
        return {}
    return ledger.text(area, "otsikko")


def _of_target(ledger: Ledger, area: Node, target: Node, heading: Texts, name: Texts) -> Competence | None:
    ledger.leave(target, "selite", Reason.SUBJECT)
    own = ledger.text(target, "otsikko")
    criteria = levelled(ledger, target)
    if not (own or criteria):
        return None
    return draft(
        name=own or heading or name,
        group=heading if own else {},
        code="" if own else code_of(area),
        local=text_id(target, "otsikko") if own else _local(area),
        criteria=criteria,
        scale=scale_of(ledger, target),
    )


def _local(area: Node) -> str:
    return code_of(area) or text_id(area, "otsikko")
