"""Choices in one cell: `a=Kyllä|b=Ei`. A bar or a backslash in a text has a backslash before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from luotsi.core.tables.grids import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from luotsi.core.questions.values import Texts

MOST_ENTRIES: Final = 100
"""More than a form may have; the rest of a longer cell is not looked at."""

_PART: Final = re.compile(r"(?:[^|\\]|\\.?)*", re.DOTALL)
_KEYED: Final = re.compile(r"\s*(?P<key>[a-z][a-z0-9_-]*|-?[0-9]+)\s*=(?P<text>.*)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def read_choice_cells(cells: Mapping[str, str]) -> list[tuple[str, Texts]]:
    """Keys with their texts by language, from a cell for each language, in the order in which they first come.

    An entry without a key has that of its place: that which the first cell gives to it, or a, b, c. A key that comes
    twice in one cell comes twice in the list.
    """
    found: list[tuple[str, Texts]] = []
    for language, cell in cells.items():
        places = [key for key, _ in found]
        for place, (key, text) in enumerate(_entries(cell)[:MOST_ENTRIES]):
            meant = key or (places[place] if place < len(places) else column_letter(place).lower())
            texts = next((texts for known, texts in found if known == meant and language not in texts), None)
            if texts is None:
                texts = {}
                found.append((meant, texts))
            texts[language] = text
    return found


def write_choice_cell(choices: Iterable[tuple[str | int, Texts]], language: str) -> str:
    """The cell of one language; empty when no choice has a text in it."""
    listed = [(key, texts.get(language, "")) for key, texts in choices]
    if not any(text for _, text in listed):
        return ""
    return "|".join(f"{key}={_escaped(text)}" for key, text in listed)


def _entries(cell: str) -> list[tuple[str, str]]:
    parts = [found[0] for found in _PART.finditer(cell)]
    # After each part but the last the pattern also finds the nothing before the bar.
    return [_entry(part) for part in parts if part.strip()]


def _entry(part: str) -> tuple[str, str]:
    keyed = _KEYED.fullmatch(part)
    key, text = (keyed["key"], keyed["text"]) if keyed else ("", part)
    return key, _ESCAPED.sub(r"\1", text).strip()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
