"""National badges of competence: objectives and criteria, gathered by their category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import UNNAMED, code_of, draft, settled
from luotsi.competence.formats.identity import own_or_derived
from luotsi.competence.formats.scales import NO_LEVEL, PASS_LEVEL, criteria_in
from luotsi.competence.formats.source import child, mark, rows
from luotsi.competence.formats.values import Area, Scale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, Texts

WITHOUT_CATEGORY: Texts = {"fi": "Osaamismerkit", "sv": "Kompetensmärken", "en": "Competence badges"}


def areas(ledger: Ledger, badges: Iterable[Node]) -> list[Area]:
    """One area for each category, in the order in which they come; each badge is one competence."""
    gathered: dict[str, list[Competence]] = {}
    categories: dict[str, tuple[Node, Texts, Texts]] = {}
    for badge in badges:
        category = child(badge, "kategoria")
        name, description = ledger.text(category, "nimi"), ledger.text(category, "kuvaus")
        key = own_or_derived("kategoria", category, name)
        categories.setdefault(key, (category, name, description))
        gathered.setdefault(key, []).append(_badge(ledger, badge))
    return [_area(key, *categories[key], competences) for key, competences in gathered.items()]


def _area(key: str, category: Node, name: Texts, description: Texts, competences: list[Competence]) -> Area:
    return Area(
        origin_id=key,
        code=code_of(category),
        name=name or WITHOUT_CATEGORY,
        within="",
        extent=None,
        extent_max=None,
        description=description,
        requirements=(),
        competences=settled(competences, key),
        order=0,
    )


def _badge(ledger: Ledger, badge: Node) -> Competence:
    objectives = [
        criterion
        for row in rows(badge, "osaamistavoitteet")
        for criterion in criteria_in(ledger, row.get("osaamistavoite"), NO_LEVEL)
    ]
    passing = [
        criterion
        for row in rows(badge, "arviointikriteerit")
        for criterion in criteria_in(ledger, row.get("arviointikriteeri"), PASS_LEVEL)
    ]
    return draft(
        name=ledger.text(badge, "nimi") or ledger.text(child(badge, "koodi"), "nimi") or UNNAMED,
        code=code_of(badge),
        local=mark(badge, "id"),
        description=ledger.text(badge, "kuvaus"),
        criteria=[*objectives, *passing],
        scale=Scale.PASSED if passing else None,
    )
