"""Who may do what where several modules meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.rules import coordinates, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.programmes.models.programmes import Programme


def may_lead(actor: Actor, programme: Programme) -> bool:
    """Say which marks a programme leads to."""
    return is_system(actor) or coordinates(actor, programme.network)
