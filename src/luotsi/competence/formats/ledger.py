"""Taking texts out of the source, and keeping account of each: placed, left out by a named rule, or not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

from luotsi.competence.formats import html
from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.left_out import reason_of
from luotsi.competence.formats.source import path_of, step_to, walk
from luotsi.competence.formats.values import LANGUAGES, LeftOut, Reason, Remark, RemarkCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.competence.formats.source import Json, Node
    from luotsi.competence.formats.values import GenericScale, Texts

LONGEST_TEXT = 200_000
_NOTHING_SAID = re.compile(r"[-–—−.…_*\s]*")
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A paragraph, or a list with what leads to it, in all languages that have it.

    `place` is where it stands in its text: `#3` is the fourth paragraph or list. `stray` is the language of a section
    whose text is built otherwise than in the first language, so that they cannot be put side by side.
    """

    lead: Texts
    items: tuple[Texts, ...]
    place: str
    stray: str


@dataclass(slots=True, kw_only=True)
class Ledger:
    """One reading's account. Texts are told apart by being the very objects of `tree`, which must not change."""

    tree: Json
    scales: Mapping[str, GenericScale]
    missing_scales: set[str] = field(default_factory=set)
    _placed: set[int] = field(default_factory=set)
    _said: set[str] = field(default_factory=set)
    _lines: dict[int, Texts] = field(default_factory=dict)
    _cleaned_already: dict[str, str] = field(default_factory=dict)
    _left: dict[int, Reason] = field(default_factory=dict)
    _pieces: dict[int, dict[str, Reason]] = field(default_factory=dict)
    _noted: dict[int, RemarkCode] = field(default_factory=dict)

    def look(self, owner: Node, key: str) -> Texts:
        """The text under `key` as plain lines, not counted; empty when there is none."""
        source = owner.get(key)
        return self._plain(source) if is_text(source) else {}

    def text(self, owner: Node, key: str) -> Texts:
        """The text under `key` as plain lines, counted as placed; empty when there is none."""
        return self.whole(owner.get(key))

    def whole(self, source: Json) -> Texts:
        """A text object as plain lines, counted as placed; empty when it is none or says nothing."""
        if not is_text(source):
            return {}
        spoken = self._plain(source)
        if spoken:
            self._place(source)
        return spoken

    def is_list(self, owner: Node, key: str) -> bool:
        """Whether the text under `key` is, in its first language, a list of more than one item."""
        source = owner.get(key)
        language = next(iter(self._plain(source)), None) if is_text(source) else None
        if language is None or not is_text(source):
            return False
        return any(len(block.items) > 1 for block in self._blocks(source, language))

    def sections(self, owner: Node, key: str, *, place: bool = True) -> tuple[Section, ...]:
        """The text under `key` cut into paragraphs and lists, counted as placed if asked.

        Languages are put side by side by the shape of the text; a language of another shape follows by itself.
        """
        source = owner.get(key)
        if not is_text(source) or not self._plain(source):
            return ()
        cut = {language: self._blocks(source, language) for language in LANGUAGES if _said(source, language)}
        cut = {language: found for language, found in cut.items() if found}
        wanted = _shape(next(iter(cut.values()), ()))
        unlike = [language for language, found in cut.items() if _shape(found) != wanted]
        if place:
            self._place(source)
        if unlike:
            self.note(source, RemarkCode.LANGUAGES_DIFFER)
        alike = _side_by_side({language: found for language, found in cut.items() if language not in unlike})
        return alike + tuple(section for language in unlike for section in _alone(language, cut[language]))

    def leave(self, owner: Node, key: str, reason: Reason) -> None:
        """Count the text under `key` as left out, unless it has been placed."""
        source = owner.get(key)
        if is_text(source):
            self._left.setdefault(id(source), reason)

    def leave_piece(self, owner: Node, key: str, piece: str, reason: Reason) -> None:
        """Count a part of a placed text as left out: `#3` is its fourth section, `#3/lead` what leads to its list."""
        source = owner.get(key)
        if is_text(source):
            self._pieces.setdefault(id(source), {})[piece] = reason

    def note(self, node: Node, code: RemarkCode) -> None:
        self._noted.setdefault(id(node), code)

    def refusal(self, code: Fault, node: Node, key: str = "", **facts: str | int) -> FormatError:
        """The error to raise for something found at `node`."""
        return FormatError(code, path_of(self.tree, node) + (step_to(key) if key else ""), **facts)

    def close(self) -> Account:
        """Walk the whole source and say where each text went."""
        account = Account()
        for path, node, _ in walk(self.tree):
            if id(node) in self._noted:
                account.remarks.append(Remark(path, self._noted[id(node)]))
            if is_text(node):
                pieces = self._pieces.get(id(node), {})
                account.left_out.extend(LeftOut(path + step, reason) for step, reason in pieces.items())
                self._account(account, path, node)
            elif isinstance(node, dict) and _is_foreign(node):
                account.left_out.append(LeftOut(path, Reason.OTHER_LANGUAGE))
        return account

    def _place(self, source: Node) -> None:
        self._placed.add(id(source))
        self._said.update(words.casefold() for words in self._plain(source).values())

    def _account(self, account: Account, path: str, source: Node) -> None:
        if id(source) in self._placed:
            account.placed += 1
            account.left_out.extend(
                LeftOut(path + step_to(key), Reason.OTHER_LANGUAGE) for key in _other_languages(source)
            )
            return
        spoken = self._plain(source)
        reason = self._left.get(id(source)) or (None if spoken else Reason.BLANK) or reason_of(path)
        if reason is Reason.REPETITION and not self._said.issuperset(map(str.casefold, spoken.values())):
            reason = Reason.REGISTER
        if reason is None:
            account.not_understood.append(path)
        else:
            account.left_out.append(LeftOut(path, reason))

    def _plain(self, source: Node) -> Texts:
        """The lines of a text. Each is cleaned once, however often it is asked for."""
        known = self._lines.get(id(source))
        if known is None:
            spoken = {language: self._cleaned(source, language) for language in LANGUAGES if _said(source, language)}
            known = {language: words for language, words in spoken.items() if not _NOTHING_SAID.fullmatch(words)}
            self._lines[id(source)] = known
        return known

    def _cleaned(self, source: Node, language: str) -> str:
        words = _said(source, language)
        if len(words) > LONGEST_TEXT:
            raise self.refusal(Fault.TOO_LARGE, source, language, longest=LONGEST_TEXT)
        if html.is_active(words):
            self.note(source, RemarkCode.ACTIVE_CONTENT)
        if words in self._cleaned_already:
            return self._cleaned_already[words]
        try:
            return self._cleaned_already.setdefault(words, html.plain(words))
        except html.TangledMarkupError as error:
            raise self.refusal(Fault.TANGLED_MARKUP, source, language, deepest=html.DEEPEST_MARKUP) from error

    def _blocks(self, source: Node, language: str) -> tuple[html.Block, ...]:
        return tuple(
            block
            for block in html.blocks(_said(source, language))
            if block.items or not _NOTHING_SAID.fullmatch(block.lead)
        )


@dataclass(slots=True, kw_only=True)
class Account:
    """Where the texts of a source went."""

    placed: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def is_text(source: Json) -> TypeGuard[Node]:
    """Whether this is a text of the source: an object with words under at least one of our languages."""
    return isinstance(source, dict) and any(isinstance(source.get(language), str) for language in LANGUAGES)


def _said(source: Node, language: str) -> str:
    words = source.get(language)
    return words if isinstance(words, str) else ""


def _other_languages(source: Node) -> list[str]:
    return [
        key
        for key, words in source.items()
        if key not in LANGUAGES and _LANGUAGE.fullmatch(key) and isinstance(words, str) and words.strip()
    ]


def _is_foreign(node: Node) -> bool:
    """Whether this is a text in languages that are none of ours."""
    return bool(_other_languages(node)) and all(_LANGUAGE.fullmatch(key) or key.startswith("_") for key in node)


def _alone(language: str, found: tuple[html.Block, ...]) -> tuple[Section, ...]:
    return tuple(
        Section(
            lead={language: block.lead} if block.lead else {},
            items=tuple({language: item} for item in block.items),
            place=f"{step_to(language)}#{number}",
            stray=language,
        )
        for number, block in enumerate(found)
    )


def _shape(found: tuple[html.Block, ...]) -> tuple[int, ...]:
    return tuple(len(block.items) for block in found)


def _side_by_side(cut: Mapping[str, tuple[html.Block, ...]]) -> tuple[Section, ...]:
    return tuple(
        Section(
            lead={language: block.lead for language, block in zip(cut, across, strict=True) if block.lead},
            items=tuple(
                dict(zip(cut, words, strict=True)) for words in zip(*(block.items for block in across), strict=True)
            ),
            place=f"#{number}",
            stray="",
        )
        for number, across in enumerate(zip(*cut.values(), strict=True))
    )
