"""Who may do what with programmes: the coordinators of the network, and each with the own application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.rules import coordinates, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.programmes import Programme


def may_run_programmes(actor: Actor, network: Network) -> bool:
    """Open programmes in the network and do everything with them."""
    return is_system(actor) or coordinates(actor, network)


def may_run(actor: Actor, programme: Programme) -> bool:
    return may_run_programmes(actor, programme.network)


def may_withdraw(actor: Actor, application: Application) -> bool:
    return is_system(actor) or actor.actor_ref == application.person.ref


def may_invite_to_apply(actor: Actor, programme: Programme) -> bool:
    """Coordinators, and the partners' people: who was asked, and who did not come, nobody sees."""
    return may_run(actor, programme) or may_see_plan(actor, programme)
