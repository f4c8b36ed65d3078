"""Who does something. Every service names its doer as an Actor: a person, the bearer of a link, or the system."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID


class ActorKind(StrEnum):
    PERSON = "person"
    LINK = "link"
    SYSTEM = "system"


class Actor(Protocol):
    """A doer. `actor_ref` is None for the system only."""

    @property
    def actor_kind(self) -> ActorKind: ...

    @property
    def actor_ref(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class System:
    """The installation itself: handlers, jobs, commands."""

    actor_kind: ActorKind = ActorKind.SYSTEM
    actor_ref: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBearer:
    """Whoever holds a link that was sent to somebody; `actor_ref` is the ref of what the link opens."""

    actor_ref: UUID | None
    actor_kind: ActorKind = ActorKind.LINK


SYSTEM = System()
