"""A wave whose answers are in, and how it is joined to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luotsi.surveys.formats.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredWave:
    """`key` and `follows` are waves' keys, `follows` "" when there is none before it.

    `looks_back`: its answers are of the start, given at the end (the then-test). Names are then `start` and `end`: the
    keys of the two waves that it is held against, "" where there is none.
    """

    key: str
    follows: str
    rows: Rows
    is_anonymous: bool
    looks_back: bool = False
    start: str = ""
    end: str = ""
