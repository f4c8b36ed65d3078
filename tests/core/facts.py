"""Facts that only tests announce."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit:
    lamp: UUID
    watts: int
