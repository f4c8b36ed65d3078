"""Facts that mentoring announces. Persons are meant by `mentor` and `mentee`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipOpened:
    relationship: UUID
    programme: UUID
    mentor: UUID
    mentee: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipCompleted:
    """Both have said that mentoring came to its end."""

    relationship: UUID
    programme: UUID
    mentor: UUID
    mentee: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipEndedEarly:
    """One of the two ended mentoring before its time. Why is nobody's fault, and not part of the fact."""

    relationship: UUID
    programme: UUID
    mentor: UUID
    mentee: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLogged:
    """A meeting was logged, or its entry put right: whoever counts hours counts all meetings of the pair anew."""

    relationship: UUID
    programme: UUID
    mentor: UUID
    mentee: UUID
