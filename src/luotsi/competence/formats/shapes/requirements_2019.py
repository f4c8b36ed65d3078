"""The form of 2019: target areas with coded requirements, judged by a general scale that the unit names or holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import draft, text_id
from luotsi.competence.formats.scales import NO_LEVEL, criteria_in
from luotsi.competence.formats.source import child, mark, rows
from luotsi.competence.formats.values import Reason

if TYPE_CHECKING:
    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, Criterion, GenericScale, Texts


def competences(ledger: Ledger, requirements: Node, general: GenericScale | None, *, name: Texts) -> list[Competence]:
    """One competence for each target area, and one called `name` for the requirements that stand in none.

    The requirements are criteria for every level; the general scale's criteria by level follow them.
    """
    ledger.leave(requirements, "kohde", Reason.SUBJECT)
    loose = _required(ledger, requirements)
    found = [_competence(name, loose, general)] if loose else []
    for area in rows(requirements, "kohdealueet"):
        heading = ledger.text(area, "kuvaus") or name
        found.append(_competence(heading, _required(ledger, area), general, local=text_id(area, "kuvaus")))
    return found


def _required(ledger: Ledger, owner: Node) -> list[Criterion]:
    found: list[Criterion] = []
    for row in rows(owner, "vaatimukset"):
        coded = child(row, "koodi")
        text = row.get("vaatimus")
        # Newer answers give the words with the code only.
        found += criteria_in(
            ledger, text if ledger.look(row, "vaatimus") else coded.get("nimi"), NO_LEVEL, code=mark(coded, "uri")
        )
    return found


def _competence(name: Texts, required: list[Criterion], general: GenericScale | None, *, local: str = "") -> Competence:
    return draft(
        name=name,
        local=local,
        criteria=[*required, *(general.criteria if general else ())],
        scale=general.scale if general else None,
        generic_scale=general.origin_id if general else "",
    )
