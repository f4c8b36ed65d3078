"""What every module's privacy.py gives: what it holds about a person, in words, and how it is erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One part of a person's own data: a heading in the person's language, and rows of name → value, as text."""

    title: str
    rows: list[dict[str, str]]


def day_of(moment: datetime) -> str:
    """The day of a moment where people live, as 2026-03-23."""
    return timezone.localdate(moment).isoformat()
