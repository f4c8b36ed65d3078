"""Requirements, and sometimes criteria, written as one text of paragraphs and lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from luotsi.competence.formats.drafts import draft
from luotsi.competence.formats.scales import NO_LEVEL, PASS_LEVEL
from luotsi.competence.formats.values import Criterion, Reason, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.competence.formats.ledger import Ledger, Section
    from luotsi.competence.formats.scales import Level
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Competence, Texts

# Where a list of criteria says in its lead what it decides; the word that comes last counts.
_VERDICT = re.compile(
    r"(hyväksy|godkän|\bpass|\bapprov|\baccept)|(hylät|hylkä|underkän|\bfail|\breject)", re.IGNORECASE
)


def statements(ledger: Ledger, owner: Node, key: str) -> tuple[Texts, ...]:
    """Each item and each paragraph of the text; what leads to a list is left out as the beginning of a sentence."""
    sections = ledger.sections(owner, key)
    _leave_leads(ledger, owner, key, sections)
    return tuple(statement for section in sections for statement in _statements(section))


def competences(ledger: Ledger, owner: Node, key: str, *, name: Texts) -> list[Competence]:
    """One competence called `name`; where the text holds several lists, one more for each, called as its lead."""
    sections = ledger.sections(owner, key)
    lists = [section for section in sections if section.items and not section.stray]
    if len(lists) > 1:
        _leave_leads(ledger, owner, key, [section for section in sections if section.stray])
        plain = [statement for section in sections if section not in lists for statement in _statements(section)]
        found = [_competence(name, plain, NO_LEVEL)] if plain else []
        return found + [
            draft(
                name=section.lead or name,
                group=name if section.lead else {},
                criteria=_criteria(section.items, NO_LEVEL),
            )
            for section in lists
        ]
    stated = statements(ledger, owner, key)
    return [_competence(name, stated, NO_LEVEL)] if stated else []


def passing(ledger: Ledger, owner: Node, key: str, *, name: Texts) -> list[Competence]:
    """A competence with the list that says when the performance is accepted; none where the text has no such list."""
    if not any(_accepts(section) for section in ledger.sections(owner, key, place=False)):
        return []
    found: list[Texts] = []
    for section in ledger.sections(owner, key):
        if _accepts(section):
            found.extend(section.items)
            ledger.leave_piece(owner, key, f"{section.place}/lead", Reason.ASSESSMENT_NOTE)
        else:
            reason = Reason.FAILING if section.items and _verdict(section) else Reason.ASSESSMENT_NOTE
            ledger.leave_piece(owner, key, section.place, reason)
    return [draft(name=name, local="passing", criteria=_criteria(found, PASS_LEVEL), scale=Scale.PASSED)]


def _statements(section: Section) -> tuple[Texts, ...]:
    return section.items or (section.lead,)


def _leave_leads(ledger: Ledger, owner: Node, key: str, sections: Sequence[Section]) -> None:
    """What leads to a list is the beginning of a sentence, which its items end."""
    for section in sections:
        if section.items and section.lead:
            ledger.leave_piece(owner, key, f"{section.place}/lead", Reason.SUBJECT)


def _competence(name: Texts, stated: list[Texts] | tuple[Texts, ...], level: Level) -> Competence:
    return draft(name=name, local="requirements", criteria=_criteria(stated, level))


def _criteria(stated: list[Texts] | tuple[Texts, ...], level: Level) -> list[Criterion]:
    return [
        Criterion(level=level.number, level_name=level.name, text=statement, code="", order=0) for statement in stated
    ]


def _accepts(section: Section) -> bool:
    return bool(section.items) and _verdict(section) == "accepted"


def _verdict(section: Section) -> str:
    told = list(_VERDICT.finditer(next(iter(section.lead.values()), "")))
    if not told:
        return ""
    return "accepted" if told[-1][1] else "failed"
