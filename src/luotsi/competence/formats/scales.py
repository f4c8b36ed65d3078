"""What the source's level identifiers mean, and the criteria that hang on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from luotsi.competence.formats.errors import Fault
from luotsi.competence.formats.source import child, mark, rows
from luotsi.competence.formats.values import Criterion, RemarkCode, Scale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.competence.formats.ledger import Ledger, Section
    from luotsi.competence.formats.source import Json, Node
    from luotsi.competence.formats.values import Texts

# The identifiers of the national service: scale → its levels in rising order.
_SCALES = {
    "1": (Scale.PASSED, ("1",)),
    "2": (Scale.THREE, ("2", "3", "4")),
    "3": (Scale.FIVE, ("5", "6", "7", "8", "9")),
}
_LEVELS = {level: (scale, number) for scale, levels in _SCALES.values() for number, level in enumerate(levels, start=1)}
_CODES = (
    (re.compile(r"arviointiasteikkoammatillinen15_hyvaksytty"), Scale.PASSED),
    (re.compile(r"arviointiasteikkoammatillinen15_([1-5])"), Scale.FIVE),
    (re.compile(r"arviointiasteikkoammatillinent1k3_([1-3])"), Scale.THREE),
)
PASSED: Texts = {"fi": "Hyväksytty", "sv": "Godkänd", "en": "Passed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    scale: Scale | None
    number: int | None
    name: Texts


NO_LEVEL = Level(scale=None, number=None, name={})
PASS_LEVEL = Level(scale=Scale.PASSED, number=1, name=PASSED)


def levelled(ledger: Ledger, owner: Node) -> tuple[Criterion, ...]:
    """The criteria under `osaamistasonKriteerit`, lowest level first. Raises FormatError for a level off the scale."""
    found: list[Criterion] = []
    for row in rows(owner, "osaamistasonKriteerit"):
        level = _level(ledger, owner, row)
        found.extend(
            criterion for text in _listed(row.get("kriteerit")) for criterion in criteria_in(ledger, text, level)
        )
    return in_order(sorted(found, key=lambda criterion: criterion.level or 0))


def scale_of(ledger: Ledger, owner: Node) -> Scale | None:
    """The one scale to which the levels of `owner` belong."""
    scales = {_level(ledger, owner, row).scale for row in rows(owner, "osaamistasonKriteerit")}
    return scales.pop() if len(scales) == 1 else None


def criteria_in(ledger: Ledger, text: Json, level: Level, *, code: str = "") -> list[Criterion]:
    """One criterion for the text, or one for each item where the text holds a list of several."""
    holder: Node = {"text": text}
    if ledger.is_list(holder, "text"):
        statements = [statement for section in ledger.sections(holder, "text") for statement in _statements(section)]
    else:
        statements = [ledger.whole(text)]
    return [
        Criterion(level=level.number, level_name=level.name, text=statement, code=code, order=0)
        for statement in statements
        if statement
    ]


def _statements(section: Section) -> list[Texts]:
    if not section.items:
        return [section.lead]
    return [
        {language: f"{section.lead.get(language, '')} {words}".strip() for language, words in item.items()}
        for item in section.items
    ]


def in_order(criteria: Iterable[Criterion], *, start: int = 0) -> tuple[Criterion, ...]:
    return tuple(replace(criterion, order=order) for order, criterion in enumerate(criteria, start))


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _level(ledger: Ledger, owner: Node, row: Node) -> Level:
    inner = child(row, "osaamistaso")
    level_id = mark(row, "_osaamistaso") or mark(inner, "id")
    allowed = _allowed(owner)
    if level_id and allowed and level_id not in allowed:
        key = "_osaamistaso" if "_osaamistaso" in row else "osaamistaso"
        scale_id = mark(owner, "_arviointiAsteikko") or mark(child(owner, "arviointiAsteikko"), "id")
        raise ledger.refusal(
            Fault.LEVEL_NOT_ON_SCALE, row, key, level=level_id, scale=scale_id, allowed=", ".join(allowed)
        )
    scale, number = _meaning(level_id, mark(child(inner, "koodi"), "uri"))
    if scale is None and level_id:
        ledger.note(row, RemarkCode.UNKNOWN_SCALE)
    return Level(scale=scale, number=number, name=_name(ledger, inner) or own_name(scale, number))


def _name(ledger: Ledger, level: Node) -> Texts:
    """What the level is called in the code register, unless that is a mere number."""
    registered = child(level, "koodi")
    is_number = all(words.isdecimal() for words in ledger.look(registered, "nimi").values())
    return (is_number and ledger.text(level, "otsikko")) or ledger.text(registered, "nimi")


def _allowed(owner: Node) -> tuple[str, ...]:
    given = child(owner, "arviointiAsteikko")
    told = tuple(level_id for level in rows(given, "osaamistasot") if (level_id := mark(level, "id")))
    known = _SCALES.get(mark(owner, "_arviointiAsteikko") or mark(given, "id"))
    return told or (known[1] if known else ())


def _meaning(level_id: str, code: str) -> tuple[Scale | None, int | None]:
    for pattern, scale in _CODES:
        if found := pattern.fullmatch(code):
            return scale, int(found[1]) if found.groups() else 1
    return _LEVELS.get(level_id, (None, None))


def own_name(scale: Scale | None, number: int | None) -> Texts:
    """Our own name for a level that the source leaves without one."""
    if scale is Scale.PASSED:
        return PASSED
    return {} if number is None else {"fi": f"Taso {number}", "sv": f"Nivå {number}", "en": f"Level {number}"}
