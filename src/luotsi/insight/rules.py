"""Who reads figures, who asks about them, who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.enums import Role
from luotsi.people.rules import coordinates, has_role

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network


def may_read_figures(actor: Actor, network: Network) -> bool:
    return has_role(actor, Role.READER, Role.COORDINATOR, network=network)


def may_answer(actor: Actor, network: Network) -> bool:
    return coordinates(actor, network)
