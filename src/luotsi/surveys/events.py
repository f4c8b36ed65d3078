"""Facts that surveys announce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionsSettled:
    """An HR day is done: the main goals of its organisations stand."""

    workshop: UUID
