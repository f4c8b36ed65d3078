"""Who brings frameworks in, and who reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.enums import Role
from luotsi.people.rules import has_role, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor


def may_import(actor: Actor) -> bool:
    """Frameworks are public criteria, shared by all networks: any coordinator brings them in."""
    return is_system(actor) or has_role(actor, Role.COORDINATOR)


def may_read_frameworks(actor: Actor) -> bool:
    return is_system(actor) or has_role(actor, Role.COORDINATOR, Role.ASSESSOR)
