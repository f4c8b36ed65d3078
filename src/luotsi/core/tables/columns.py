"""What a table is expected to hold: one Column for each thing wanted, under whatever name people give it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = str | Decimal | int | bool | date | tuple[str, ...] | None


class Kind(StrEnum):
    TEXT = "text"  # str
    EMAIL = "email"  # str, as typed
    DATE = "date"  # date
    NUMBER = "number"  # Decimal
    WHOLE = "whole"  # int
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # str, a key of `choices`
    LIST = "list"  # tuple of str; keys of `choices` when there are any


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`headers`: every name the column may go by, in any language; case, accents and a trailing * or : do not matter.

    `choices`: the values a CHOICE or LIST may have, each with the names people give it (the value is one of them too).
    A blank cell becomes "" for TEXT, EMAIL and CHOICE, () for LIST, None for the rest, and a fault if `required`.
    """

    key: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind is Kind.CHOICE and not self.choices:
            raise ValueError(f"the column {self.key} has nothing to choose from")
