"""Taking typed fields out of plain objects. What is wrong is noted, and reading goes on: all is told at once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from luotsi.core.questions.faults import FormFault, FormFaultCode, shown
from luotsi.core.questions.numbers import read_plain, settled
from luotsi.core.questions.values import FARTHEST, LANGUAGES
from luotsi.core.words.clean import is_clean_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from luotsi.core.questions.values import Texts

LONGEST_TEXT: Final = 4_000
KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,59}")

_MOST_UNKNOWN: Final = 20
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Chosen = TypeVar("Chosen", bound=StrEnum)


class Noted:
    """One value at its place, among the faults of one reading."""

    __slots__ = ("faults", "place", "value")

    def __init__(self, value: object, place: str, faults: list[FormFault]) -> None:
        self.value = value
        self.place = place
        self.faults = faults

    def fault(self, code: FormFaultCode, **facts: str | int) -> None:
        self.faults.append(FormFault(self.place, code, facts))

    def below(self, value: object, name: str) -> Noted:
        return Noted(value, f"{self.place}.{name}" if self.place else name, self.faults)

    def table(self, allowed: Collection[str], *, elsewhere: Collection[str] = ()) -> Table:
        """Its names and values. Names that are neither allowed nor `elsewhere` are faults."""
        if not isinstance(self.value, Mapping):
            self.fault(FormFaultCode.NOT_A_MAPPING)
            return Table(self, {})
        strangers = [name for name in self.value if name not in allowed and name not in elsewhere]
        for name in strangers[:_MOST_UNKNOWN]:
            self.below(None, shown(name)).fault(FormFaultCode.UNKNOWN)
        return Table(self, {name: self.value[name] for name in allowed if self.value.get(name) is not None})

    def entries(self, lowest: int, highest: int) -> tuple[Noted, ...]:
        """The entries of a list; none when it is no list or has too many."""
        if not isinstance(self.value, list | tuple):
            self.fault(FormFaultCode.NOT_A_LIST)
            return ()
        if not lowest <= len(self.value) <= highest:
            self.fault(FormFaultCode.WRONG_COUNT, found=len(self.value), lowest=lowest, highest=highest)
        count = len(self.value) if len(self.value) <= highest else 0
        return tuple(Noted(self.value[at], f"{self.place}[{at}]", self.faults) for at in range(count))

    def key(self) -> str:
        """A key; empty when it is none. YAML's bare yes and no, which arrive as true and false, are taken as words."""
        word = {True: "yes", False: "no"}[self.value] if isinstance(self.value, bool) else self.value
        if isinstance(word, str) and KEY.fullmatch(word):
            return word
        self.fault(FormFaultCode.NOT_A_KEY)
        return ""

    def text(self) -> str:
        """A trimmed text, its line ends made one; empty when it is none."""
        if not isinstance(self.value, str):
            self.fault(FormFaultCode.NOT_A_TEXT)
            return ""
        if len(self.value) > LONGEST_TEXT:
            self.fault(FormFaultCode.TOO_LONG, longest=LONGEST_TEXT)
            return ""
        if not is_clean_text(self.value):
            self.fault(FormFaultCode.UNCLEAN_TEXT)
            return ""
        return tidy(self.value)

    def whole(self, lowest: int, highest: int) -> int:
        """A whole number from `lowest` to `highest`; `lowest` when it is none."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fault(FormFaultCode.NOT_WHOLE)
            return lowest
        if not lowest <= self.value <= highest:
            self.fault(FormFaultCode.OUT_OF_RANGE, lowest=lowest, highest=highest)
            return lowest
        return self.value

    def number(self) -> Decimal | None:
        """A decimal number, given as a number or as text; None when it is none."""
        number = _number(self.value)
        if number is None:
            self.fault(FormFaultCode.NOT_A_NUMBER)
        elif abs(number) > FARTHEST:
            self.fault(FormFaultCode.OUT_OF_RANGE, lowest=-FARTHEST, highest=FARTHEST)
            return None
        return number

    def day(self) -> date | None:
        """A date, given as one or as ISO text; None when it is none."""
        found = self.value if isinstance(self.value, date) and not isinstance(self.value, datetime) else None
        found = read_date(self.value) if isinstance(self.value, str) else found
        if found is None:
            self.fault(FormFaultCode.NOT_A_DATE)
        return found

    def one_of(self, kind: type[Chosen]) -> Chosen | None:
        """One of a closed set; None when it is none of them."""
        if isinstance(self.value, str) and self.value in set(kind):
            return kind(self.value)
        self.fault(FormFaultCode.NOT_ALLOWED, found=shown(self.value), allowed=", ".join(kind))
        return None


class Table:
    """The fields of one mapping, by name. What is absent or null is not given."""

    __slots__ = ("given", "noted")

    def __init__(self, noted: Noted, given: Mapping[str, object]) -> None:
        self.noted = noted
        self.given = given

    def at(self, name: str) -> Noted | None:
        return self.noted.below(self.given[name], name) if name in self.given else None

    def needed(self, name: str) -> Noted | None:
        """The field, whose absence is a fault."""
        if name not in self.given:
            self.noted.below(None, name).fault(FormFaultCode.MISSING)
        return self.at(name)

    def key(self, name: str) -> str:
        found = self.needed(name)
        return found.key() if found else ""

    def texts(self, name: str, *, is_needed: bool = False) -> Texts:
        """Text by language. Languages left blank are left out."""
        found = self.needed(name) if is_needed else self.at(name)
        if found is None:
            return {}
        before = len(found.faults)
        table = found.table(LANGUAGES)
        texts = {language: part.text() for language in LANGUAGES if (part := table.at(language))}
        said = {language: text for language, text in texts.items() if text}
        if is_needed and not said and len(found.faults) == before:
            found.fault(FormFaultCode.MISSING)
        return said

    def whole(self, name: str, lowest: int, highest: int, otherwise: int) -> int:
        found = self.at(name)
        return found.whole(lowest, highest) if found else otherwise

    def flag(self, name: str) -> bool:
        """True or false; false when it is not given."""
        found = self.at(name)
        if found and not isinstance(found.value, bool):
            found.fault(FormFaultCode.NOT_YES_OR_NO)
        return found is not None and found.value is True

    def one_of(self, name: str, otherwise: Chosen) -> Chosen:
        found = self.at(name)
        return (found and found.one_of(type(otherwise))) or otherwise

    def number(self, name: str) -> Decimal | None:
        found = self.at(name)
        return found.number() if found else None

    def day(self, name: str) -> date | None:
        found = self.at(name)
        return found.day() if found else None

    def entries(self, name: str, lowest: int, highest: int) -> tuple[Noted, ...]:
        found = self.needed(name) if lowest else self.at(name)
        return found.entries(lowest, highest) if found else ()


def refuse_repeats(keys: Iterable[tuple[str, Noted]]) -> None:
    """A fault for each key that is there already. Empty keys have had theirs."""
    seen: set[str] = set()
    for key, noted in keys:
        if key and key in seen:
            noted.below(None, "key").fault(FormFaultCode.REPEATED, found=key)
        seen.add(key)


def tidy(text: str) -> str:
    """Trimmed, its line ends made one. Tidying twice changes nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def read_date(text: str) -> date | None:
    """The date in `yyyy-mm-dd`; None when the text is none or there is no such day."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(value: object) -> Decimal | None:
    if isinstance(value, str):
        return read_plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float) and math.isfinite(value):
        return settled(Decimal(repr(value)))
    return None
