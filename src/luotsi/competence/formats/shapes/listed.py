"""Requirements as a structured list: `ammattitaitovaatimuksetLista` → `vaatimuksenKohteet` → `vaatimukset`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import draft, text_id
from luotsi.competence.formats.scales import NO_LEVEL, criteria_in
from luotsi.competence.formats.source import mark, rows
from luotsi.competence.formats.values import Reason

if TYPE_CHECKING:
    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, Texts


def competences(ledger: Ledger, unit: Node, *, name: Texts) -> list[Competence]:
    """One competence for each target, named by itself, by its area, or else `name`."""
    return [
        _of_target(ledger, target, ledger.text(area, "otsikko"), name)
        for area in rows(unit, "ammattitaitovaatimuksetLista")
        for target in rows(area, "vaatimuksenKohteet")
    ]


def _of_target(ledger: Ledger, target: Node, heading: Texts, name: Texts) -> Competence:
    ledger.leave(target, "selite", Reason.SUBJECT)
    own = ledger.text(target, "otsikko")
    return draft(
        name=own or heading or name,
        group=heading if own else {},
        local=text_id(target, "otsikko") if own else "",
        criteria=[
            criterion
            for row in rows(target, "vaatimukset")
            for criterion in criteria_in(
                ledger, row.get("selite"), NO_LEVEL, code=mark(row, "ammattitaitovaatimusKoodi")
            )
        ],
    )
