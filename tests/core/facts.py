"""Facts that only tests announce."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID  # noqa: TC003 -- the outbox needs no annotation at run time, but a fact should be whole


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit:
    lamp: UUID
    watts: int
