"""Preparatory education (VALMA, TELMA): objectives, and a list that says when they are reached; also parts of TUVA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import draft, text_id
from luotsi.competence.formats.scales import NO_LEVEL, PASS_LEVEL, criteria_in
from luotsi.competence.formats.shapes import blob
from luotsi.competence.formats.source import child, rows
from luotsi.competence.formats.values import Reason, Scale

if TYPE_CHECKING:
    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.scales import Level
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, Criterion, Texts


def competences(ledger: Ledger, content: Node, *, name: Texts) -> list[Competence]:
    """One competence for each named objective, and one called `name` with the other objectives and what passes."""
    named: list[Competence] = []
    unnamed: list[Criterion] = []
    description: Texts = {}
    for objective in rows(content, "osaamistavoite"):
        ledger.leave(objective, "kohde", Reason.SUBJECT)
        aims = statements(ledger, objective, NO_LEVEL)
        if own := ledger.text(objective, "nimi"):
            told = ledger.text(objective, "selite")
            named.append(draft(name=own, local=text_id(objective, "nimi"), description=told, criteria=aims))
        else:
            unnamed += aims
            description = description or ledger.text(objective, "selite")
            ledger.leave(objective, "selite", Reason.CONTENT)
    passing = statements(ledger, child(content, "osaamisenarviointi"), PASS_LEVEL)
    named += blob.passing(ledger, content, "osaamisenarviointiTekstina", name=name)
    if not (passing or unnamed or description):
        return named
    scale = Scale.PASSED if passing else None
    whole = draft(name=name, local="whole", description=description, criteria=[*unnamed, *passing], scale=scale)
    return [*named, whole]


def statements(ledger: Ledger, owner: Node, level: Level) -> list[Criterion]:
    """The criteria under `tavoitteet`, a list of texts."""
    listed = owner.get("tavoitteet")
    return [
        criterion
        for text in (listed if isinstance(listed, list) else [])
        for criterion in criteria_in(ledger, text, level)
    ]
