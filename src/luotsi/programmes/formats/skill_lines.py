"""Skills as the form of a call keeps them: a line each, `matematiikka (5)`, and ` !` after what is a must."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.answers import Skill, read_skills

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MOST: Final = 50  # as in lists
LONGEST_NAME: Final = 100  # as in lists
LONGEST_LINES: Final = MOST * (LONGEST_NAME + 10)
_MUST: Final = re.compile(r"(?P<line>.*\([1-5]\)) !")


def skills_in(text: str) -> tuple[Skill, ...]:
    """The skills, each once; read as a list's are."""
    return read_skills(line for line, _is_must in _lines(text))


def musts_in(text: str) -> frozenset[str]:
    """Keys of the skills that are marked as a must."""
    return frozenset(skill.key for line, is_must in _lines(text) if is_must for skill in read_skills([line]))


def lines_of(skills: Iterable[Skill], musts: Collection[str] = frozenset()) -> str:
    """The text that holds them: `skills_in` and `musts_in` read it back."""
    return "\n".join(f"{skill.name} ({skill.grade}){' !' if skill.key in musts else ''}" for skill in skills)


def line_of_row(name: str, grade: str, *, is_must: bool) -> str:
    """What somebody put into one row of the form; empty when there is no name. A grade in the name itself counts."""
    shown = " ".join(name.split())
    found = read_skills([shown])
    if not found:
        return shown
    typed = found[0]
    chosen = int(grade) if typed.name == shown and grade in {"1", "2", "3", "4", "5"} else typed.grade
    return lines_of([Skill(name=typed.name, grade=chosen)], {typed.key} if is_must else ())


def too_long(text: str) -> tuple[str, ...]:
    """Names that are longer than a list may have them."""
    return tuple(skill.name for skill in skills_in(text) if len(skill.name) > LONGEST_NAME)


def _lines(text: str) -> Iterable[tuple[str, bool]]:
    for line in text.split("\n"):
        marked = _MUST.fullmatch(line.strip())
        yield (marked["line"], True) if marked else (line, False)
