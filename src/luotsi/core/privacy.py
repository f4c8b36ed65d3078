"""What every module's privacy.py gives: what it holds about a person, in words, and how it is erased."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One part of a person's own data: a heading in the person's language, and rows of name → value, as text."""

    title: str
    rows: list[dict[str, str]]
