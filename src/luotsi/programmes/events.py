"""Facts that programmes announce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeOpened:
    programme: UUID
    network: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAccepted:
    """The person takes part from now on: there is a participation with this ref."""

    application: UUID
    participation: UUID
    person: UUID
    programme: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationLeft:
    """The person has this part no longer. Why is not told: it is the programme's alone."""

    participation: UUID
    person: UUID
    programme: UUID
