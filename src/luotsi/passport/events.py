"""Facts that the passport announces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAwarded:
    claim: UUID
    person: UUID
    mark: UUID
