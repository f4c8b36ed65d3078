"""An agreement as one text: each section begins with a line `## title`; empty lines part paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.programmes.formats.values import AgreementSection

HEADING = "## "
ORDER = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]


def texts_of(sections: Iterable[AgreementSection]) -> dict[str, str]:
    """The text in each language in which all of it is written; in one language, if none has all."""
    all_of_it = tuple(sections)
    there = {language for section in all_of_it for language in (*section.title, *section.text)}
    whole = [
        language
        for language in ORDER
        if all(section.title.get(language) and section.text.get(language) for section in all_of_it)
    ]
    return {
        language: text_in(language, all_of_it) for language in whole or [each for each in ORDER if each in there][:1]
    }


def text_in(language: str, sections: Iterable[AgreementSection]) -> str:
    """The text in one language; a section that lacks it is in another one."""
    return "\n\n".join(
        f"{HEADING}{_in(language, section.title)}\n{_in(language, section.text).strip()}" for section in sections
    )


def sections_in(text: str) -> tuple[Section, ...]:
    """The sections of a text that `text_in` wrote."""
    return tuple(_section(part) for part in f"\n{text}".split(f"\n{HEADING}")[1:])


def _section(part: str) -> Section:
    title, _newline, text = part.partition("\n")
    return Section(title=title, paragraphs=tuple(piece.strip() for piece in text.split("\n\n") if piece.strip()))


def _in(language: str, texts: dict[str, str]) -> str:
    return texts.get(language) or next((texts[each] for each in ORDER if texts.get(each)), "")
