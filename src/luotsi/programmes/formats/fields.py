"""Taking typed fields out of entries. What is wrong is noted, and reading goes on, so that all is told at once."""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from luotsi.programmes.formats.document import Listing, Nature, Scalar, Table
from luotsi.programmes.formats.errors import Code, Fault
from luotsi.programmes.formats.values import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from luotsi.programmes.formats.document import Entry
    from luotsi.programmes.formats.values import Texts

LONGEST_KEY: Final = 60
LONGEST_TEXT: Final = 5_000
LONGEST_WORD: Final = 200
MOST_UNKNOWN: Final = 20

Chosen = TypeVar("Chosen", bound=StrEnum)
Word = TypeVar("Word", bound=str)

_KEY: Final = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
# Control characters, half characters, non-characters, and marks that turn the direction of writing.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_GAPS: Final = re.compile(r"\n{3,}")


class Form:
    """The faults and warnings of one reading. `languages` are those that every text must have."""

    def __init__(self, languages: Collection[str], faults: list[Fault]) -> None:
        self.languages = languages
        self.faults = faults
        self.warnings: list[Fault] = []

    def fault(self, entry: Entry, code: Code, **facts: str | int) -> None:
        self.faults.append(Fault(entry.line, entry.path, code, facts))

    def table(self, entry: Entry | None, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Entry]:
        """The entries of a table with these keys and no others; empty when it is no table."""
        if entry is None:
            return {}
        if not isinstance(entry, Table):
            self.fault(entry, Code.WRONG_TYPE, expected="table")
            return {}
        allowed = [*required, *optional]
        # A file of thousands of unknown keys needs no guess at what each was to be.
        for key in [key for key in entry.entries if key not in allowed][:MOST_UNKNOWN]:
            path = f"{entry.path}.{shown(key)}" if entry.path else shown(key)
            facts = {"key": shown(key), "nearest": nearest(key, allowed), "allowed": ", ".join(allowed)}
            self.faults.append(Fault(entry.lines[key], path, Code.UNKNOWN_KEY, facts))
        for key in required:
            if key not in entry.entries:
                self.fault(entry, Code.MISSING_KEY, key=key)
        return {key: found for key, found in entry.entries.items() if key in allowed}

    def rows(self, entry: Entry | None, lowest: int, highest: int) -> tuple[Entry, ...]:
        """The entries of a list that has from `lowest` to `highest` of them."""
        if entry is None:
            return ()
        if not isinstance(entry, Listing):
            self.fault(entry, Code.WRONG_TYPE, expected="list")
            return ()
        if not lowest <= len(entry.entries) <= highest:
            self.fault(entry, Code.WRONG_NUMBER, found=len(entry.entries), lowest=lowest, highest=highest)
        return entry.entries

    def whole(self, entry: Entry | None, lowest: int, highest: int) -> int:
        """A whole number; `lowest` when there is none."""
        if entry is None:
            return lowest
        if not isinstance(entry, Scalar) or entry.nature is not Nature.WHOLE:
            self.fault(entry, Code.WRONG_TYPE, expected="whole number")
            return lowest
        if not lowest <= entry.whole <= highest:
            self.fault(entry, Code.OUT_OF_RANGE, found=entry.whole, lowest=lowest, highest=highest)
            return lowest
        return entry.whole

    def yes_no(self, entry: Entry | None, *, otherwise: bool) -> bool:
        if entry is None:
            return otherwise
        if not isinstance(entry, Scalar) or entry.nature is not Nature.YES_NO:
            self.fault(entry, Code.WRONG_TYPE, expected="yes or no")
            return otherwise
        return entry.is_yes

    def key(self, entry: Entry | None) -> str:
        """A key of small letters, digits, hyphens and underscores."""
        if entry is None:
            return ""
        text = self._word(entry)
        if text and (len(text) > LONGEST_KEY or not _KEY.fullmatch(text)):
            self.fault(entry, Code.NOT_A_KEY, found=shown(text))
            return ""
        return text

    def word(self, entry: Entry | None) -> str:
        """A short word as it is written; empty when there is none."""
        if entry is None:
            return ""
        text = self._word(entry)
        if _UNFIT.search(text):
            self.fault(entry, Code.UNFIT_CHARACTER)
            return ""
        if len(text) > LONGEST_WORD:
            self.fault(entry, Code.TOO_LONG, longest=LONGEST_WORD)
            return ""
        return text

    def keys(self, entry: Entry | None, lowest: int, highest: int) -> tuple[str, ...]:
        """A list of different keys."""
        return self.unlike([(row, self.key(row)) for row in self.rows(entry, lowest, highest)])

    def one_of(self, entry: Entry | None, kind: type[Chosen]) -> Chosen:
        """One of a closed set; its first when there is none."""
        first = next(iter(kind))
        if entry is None:
            return first
        text = self._word(entry)
        allowed = [str(member) for member in kind]
        if text and text not in allowed:
            near = nearest(text, allowed)
            self.fault(entry, Code.NOT_ALLOWED, found=shown(text), nearest=near, allowed=", ".join(allowed))
        return kind(text) if text in allowed else first

    def some_of(self, entry: Entry | None, kind: type[Chosen], lowest: int = 1) -> tuple[Chosen, ...]:
        """Different ones of a closed set, `lowest` of them at least."""
        before = len(self.faults)
        found = [(row, self.one_of(row, kind)) for row in self.rows(entry, lowest, len(kind))]
        return self.unlike(found) if len(self.faults) == before else tuple(kind)

    def unlike(self, found: Sequence[tuple[Entry, Word]]) -> tuple[Word, ...]:
        """The second of each, after noting those that come twice."""
        seen: set[str] = set()
        for entry, value in found:
            if value and value in seen:
                self.fault(entry, Code.REPEATED, found=str(value))
            seen.add(value)
        return tuple(value for _, value in found)

    def text(self, entry: Entry | None) -> Texts:
        """Text by language. A language that is missing is a fault or, where it may be, a warning."""
        if entry is None:
            return {}
        if not isinstance(entry, Table):
            self.fault(entry, Code.WRONG_TYPE, expected="text by language")
            return {}
        given = self.table(entry, (), LANGUAGES)
        spoken = ((language, self._words(given[language])) for language in LANGUAGES if language in given)
        found: Texts = {language: words for language, words in spoken if words}
        for language in LANGUAGES:
            if language not in found and (not found or language in self.languages):
                self.fault(entry, Code.LANGUAGE_MISSING, language=language)
            elif language not in found:
                self.warnings.append(Fault(entry.line, entry.path, Code.LANGUAGE_MISSING, {"language": language}))
        return found

    def _words(self, entry: Entry) -> str:
        if not isinstance(entry, Scalar):
            self.fault(entry, Code.WRONG_TYPE, expected="text")
            return ""
        if entry.nature is Nature.NOTHING:
            return ""
        if _UNFIT.search(entry.text):
            self.fault(entry, Code.UNFIT_CHARACTER)
            return ""
        if len(entry.text) > LONGEST_TEXT:
            self.fault(entry, Code.TOO_LONG, longest=LONGEST_TEXT)
        return tidy(entry.text)

    def _word(self, entry: Entry) -> str:
        if not isinstance(entry, Scalar):
            self.fault(entry, Code.WRONG_TYPE, expected="word")
            return ""
        if not entry.text.strip():
            self.fault(entry, Code.EMPTY)
        return entry.text.strip()


def tidy(text: str) -> str:
    """Text without needless white space, and never more than one empty line. Tidying twice changes nothing."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def shown(text: str) -> str:
    """What was found, short and printable enough for a message."""
    return "".join(sign if sign.isprintable() else "�" for sign in text[:LONGEST_KEY])


def nearest(found: str, allowed: Sequence[str]) -> str:
    """The allowed word that was probably meant; empty when none is near."""
    return next(iter(difflib.get_close_matches(found[:LONGEST_KEY], allowed, n=1, cutoff=0.6)), "")
