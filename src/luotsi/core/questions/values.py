"""A form: sections of items, the scales and dimensions that they use."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from luotsi.core.questions.digests import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from luotsi.core.questions.conditions import Condition

Texts: TypeAlias = dict[str, str]
"""Text by language (`fi`, `sv`, `en`), each trimmed and with something in it. Empty where nothing is said."""

LANGUAGES: Final = ("fi", "sv", "en")

USUAL_LENGTH: Final = 2_000
USUAL_LINES: Final = 4
FARTHEST: Final = 10**12
"""No number goes further from nought than this, whatever its item allows."""


class Kind(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    AVAILABILITY = "availability"


class Purpose(StrEnum):
    CULTURE = "culture"
    FEEDBACK = "feedback"
    PULSE = "pulse"
    EVALUATION = "evaluation"
    FUNCTIONS = "functions"
    COMMITMENT = "commitment"
    COMPETENCE = "competence"
    APPLICATION = "application"
    OTHER = "other"


class Answering(StrEnum):
    """What the form suggests; whoever puts it to people decides."""

    ANONYMOUS = "anonymous"
    NAMED = "named"


class Day(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    key: str
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    value: int
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`points` rise by one. Values from `agrees_from` on count as agreeing; None: the scale knows no agreeing."""

    key: str
    points: tuple[Point, ...]
    agrees_from: int | None = None

    @property
    def lowest(self) -> int:
        return self.points[0].value

    @property
    def highest(self) -> int:
        return self.points[-1].value

    @property
    def values(self) -> range:
        return range(self.lowest, self.highest + 1)

    def turned(self, value: int) -> int:
        """The value as seen from the scale's other end: how the answer to a reversed item counts."""
        return self.lowest + self.highest - value

    def is_agreeing(self, value: int) -> bool:
        return self.agrees_from is not None and value >= self.agrees_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    key: str
    name: Texts
    description: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. The fields from `dimension` on belong to the kinds named above them; others keep the default."""

    key: str
    kind: Kind
    text: Texts
    help: Texts = field(default_factory=dict)
    is_required: bool = False
    when: Condition | None = None
    # Scale; `dimension` is the key of one of the form's.
    scale: Scale | None = None
    dimension: str = ""
    is_reversed: bool = False
    # Choice and ranking; `most`: at most so many, of a choice with `is_many` or of a ranking. None: all of them.
    choices: tuple[Choice, ...] = ()
    is_many: bool = False
    most: int | None = None
    # Number; `decimals`: at most so many.
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: int = 0
    unit: Texts = field(default_factory=dict)
    # Date.
    earliest: date | None = None
    latest: date | None = None
    # Text: its most characters, and the height that suits it.
    longest: int = USUAL_LENGTH
    lines: int = USUAL_LINES
    # Availability: a grid, in the order of the week.
    days: tuple[Day, ...] = ()
    slots: tuple[Choice, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be picked, in order: the keys of choices, or `mon.morning` and so on."""
        if self.kind is Kind.AVAILABILITY:
            return tuple(f"{day}.{slot.key}" for day in self.days for slot in self.slots)
        return tuple(choice.key for choice in self.choices)

    @property
    def texts(self) -> Iterator[Texts]:
        """Everything in it that people read; the scale's texts are not among it."""
        return chain([self.text, self.help, self.unit], (choice.text for choice in (*self.choices, *self.slots)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A page of items."""

    key: str
    title: Texts = field(default_factory=dict)
    intro: Texts = field(default_factory=dict)
    when: Condition | None = None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a form. `scales` stand in the order of their keys. `minutes`: how long it takes, about."""

    key: str
    version: int
    name: Texts
    intro: Texts = field(default_factory=dict)
    purpose: Purpose = Purpose.OTHER
    answering: Answering = Answering.ANONYMOUS
    is_validated: bool = False
    minutes: int | None = None
    scales: tuple[Scale, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which they are asked."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which every text is given."""
        given = [texts for texts in self._texts() if texts]
        return tuple(language for language in LANGUAGES if all(language in texts for texts in given))

    def is_complete_in(self, language: str) -> bool:
        return language in self.languages

    def item(self, key: str) -> Item:
        """The item of this key. Raises KeyError."""
        return {item.key: item for item in self.items}[key]

    def section(self, key: str) -> Section:
        """The section of this key. Raises KeyError."""
        return {section.key: section for section in self.sections}[key]

    def items_of(self, dimension: str) -> tuple[Item, ...]:
        """The items that measure this dimension, given by its key."""
        return tuple(item for item in self.items if item.dimension == dimension)

    def digest(self) -> str:
        """SHA-256 of all but the version: the same for the same form, whatever number its version was given."""
        return digest_of(self, without={"version"})

    def _texts(self) -> Iterator[Texts]:
        yield from (self.name, self.intro)
        for scale in self.scales:
            yield from (point.text for point in scale.points)
        for dimension in self.dimensions:
            yield from (dimension.name, dimension.description)
        for section in self.sections:
            yield from (section.title, section.intro)
            for item in section.items:
                yield from item.texts
