"""Plain text out of the source's markup: tags and scripts gone, white space collapsed, lists kept as lists."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST_MARKUP = 100

_KEPT = {
    "p",
    "li",
    "ul",
    "ol",
    "br",
    "div",
    "tr",
    "td",
    "th",
    "dt",
    "dd",
    "pre",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_BREAKS = _KEPT - {"li", "ul", "ol", "br"}
_DROPPED_WHOLE = {"script", "style"}
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# What closes itself adds no depth, be it closed in the text or not.
_FLAT = {"br", "hr", "img", "input", "wbr", "col", "meta", "link", "p", "li", "td", "th", "tr", "dt", "dd"}
_CLEAN_TAG = re.compile(r"<(/?)([a-z0-9]+)>")
_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|math|form)\b|<[^<>]*\son\w+\s*=|javascript:", re.IGNORECASE
)
# Control characters, halves of pairs, invisible marks that turn the direction of writing, and non-characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BULLET = re.compile(r"^[•·▪●◦‣*][ \u00a0\t]*|^[-–—][ \u00a0\t]+")


class TangledMarkupError(ValueError):
    """The markup is nested deeper than any text needs; cleaning it could take minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or a list with the paragraph that leads to it."""

    lead: str
    items: tuple[str, ...]


def plain(text: str) -> str:
    """The whole text as one line, without the bullet that it may begin with. Raises TangledMarkupError."""
    line = _line(html.unescape(" ".join(_CLEAN_TAG.split(_clean(text))[::3])) if _marked(text) else text)
    return _BULLET.sub("", line, count=1)


def blocks(text: str) -> tuple[Block, ...]:
    """The text as paragraphs and lists; a paragraph that begins with a bullet is an item. Raises TangledMarkupError."""
    found: list[tuple[str, list[str]]] = []
    for is_item, line in _lines(text):
        if not is_item:
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
        else:
            found.append(("", [line]))
    return tuple(Block(lead=lead, items=tuple(items)) for lead, items in found)


def is_active(text: str) -> bool:
    """Whether the markup tries to do something instead of saying something."""
    return "<" in text and _ACTIVE.search(text) is not None


def _marked(text: str) -> bool:
    return "<" in text or "&" in text


def _line(text: str) -> str:
    # Again here: an entity may stand for a control character.
    return " ".join(_UNFIT.sub("", text).split())


def _clean(text: str) -> str:
    """Markup of the kept tags only, without attributes. Text between the tags is still escaped."""
    fit = _UNFIT.sub("", text)
    if _depth(fit) > DEEPEST_MARKUP:
        raise TangledMarkupError
    return nh3.clean(fit, tags=_KEPT, attributes={}, clean_content_tags=_DROPPED_WHOLE)


def _depth(text: str) -> int:
    deepest = depth = 0
    opened: Counter[str] = Counter()
    for closing, name in _ANY_TAG.findall(text.lower()):
        if name in _FLAT or (closing and not opened[name]):
            continue
        change = -1 if closing else 1
        opened[name] += change
        depth += change
        deepest = max(deepest, depth)
    return deepest


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Each paragraph and list item in turn; true for an item."""
    if not _marked(text):
        yield from _spoken(text, is_item=False)
        return
    words, within = "", 0
    pieces = _CLEAN_TAG.split(_clean(text))
    for piece, closing, name in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], "p"], strict=True):
        words += html.unescape(piece)
        if name == "br":
            words += "\n"
        elif name in _BREAKS and within:
            words += " "
        else:
            yield from _spoken(words, is_item=within > 0)
            words = ""
        if name == "li":
            within = max(0, within - 1) if closing else within + 1
    yield from _spoken(words, is_item=within > 0)


def _spoken(words: str, *, is_item: bool) -> Iterator[tuple[bool, str]]:
    lines = [line for line in map(str.strip, words.split("\n")) if line]
    if is_item or not any(map(_BULLET.match, lines)):
        lines = [" ".join(lines)]
    told: list[tuple[bool, list[str]]] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if told and told[-1][0] and bullet is None and not line.endswith(":"):
            told[-1][1].append(line)
        else:
            told.append((is_item or bullet is not None, [line[bullet.end() :] if bullet else line]))
    spoken = ((item, _line(" ".join(words_of_it))) for item, words_of_it in told)
    yield from ((item, line) for item, line in spoken if line)
