"""What somebody fills in about one competence, as typed; and links, one a line, as evidence."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

CANNOT_SAY: Final = "unknown"
MOST_LINKS: Final = 5
LONGEST_ADDRESS: Final = 500
LONGEST_LABEL: Final = 200
LONGEST_WORDS: Final = 2000
LONGEST_LINKS: Final = MOST_LINKS * (LONGEST_ADDRESS + LONGEST_LABEL + 3)


class LinkFault(StrEnum):
    TOO_MANY = "too_many"
    NOT_AN_ADDRESS = "not_an_address"
    TOO_LONG = "too_long"


class LinksError(ValueError):
    """`line` is the one that cannot be read; empty when there are too many."""

    def __init__(self, fault: LinkFault, line: str = "") -> None:
        super().__init__(f"{fault}: {line}")
        self.fault = fault
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An http or https address, and what stands there in the writer's words."""

    address: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """As typed: `level` and `then` are a number, `CANNOT_SAY` or nothing yet. `then`: where the start was."""

    level: str = ""
    then: str = ""
    words: str = ""
    links: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.level, self.then, self.words.strip(), self.links.strip()))

    @property
    def is_chosen(self) -> bool:
        """Whether there is a level. That one cannot say is an answer too, but no level."""
        return self.level not in {"", CANNOT_SAY}

    @property
    def lacks_level(self) -> bool:
        """Words or links without a level, with which they would be kept."""
        return not self.is_chosen and bool(self.words.strip() or self.links.strip())

    def kept(self) -> dict[str, str]:
        """What of it a draft holds."""
        return {name: value for name, value in asdict(self).items() if value}


def entry_from(kept: Mapping[str, object]) -> Entry:
    """Read from a draft. What is no text, or not known, is left out."""
    known = {each.name for each in fields(Entry)}
    return Entry(**{name: value for name, value in kept.items() if name in known and isinstance(value, str)})


def read_links(text: str) -> tuple[Link, ...]:
    """One link a line: the address, then words about it if wanted. Raises LinksError."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise LinksError(LinkFault.TOO_MANY)
    return tuple(_link(line) for line in lines)


def _link(line: str) -> Link:
    address, *rest = line.split(maxsplit=1)
    if not _is_address(address):
        raise LinksError(LinkFault.NOT_AN_ADDRESS, line)
    label = rest[0].strip() if rest else ""
    if len(address) > LONGEST_ADDRESS or len(label) > LONGEST_LABEL:
        raise LinksError(LinkFault.TOO_LONG, line)
    return Link(address=address, label=label)


def _is_address(text: str) -> bool:
    """A full web address without a password in it, that says itself where it leads."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return False
    has_host = "." in host.strip(".") and "\\" not in text and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and has_host and text.isprintable()
