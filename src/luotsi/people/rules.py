"""Who may do what for an organisation or a network. Rights come from memberships and circles, never from a flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.core.actors import ActorKind
from luotsi.people.enums import Role
from luotsi.people.models import Person

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network, Organisation

GRANTED_BY_ADMIN = frozenset(
    {
        Role.ADMIN,
        Role.COORDINATOR,
        Role.TRAINER,
        Role.HR,
        Role.MANAGEMENT,
        Role.ASSESSOR,
        Role.RECOGNITION_OFFICER,
        Role.EMPLOYER_CONTACT,
        Role.MEMBER,
    }
)


def is_system(actor: Actor) -> bool:
    return actor.actor_kind == ActorKind.SYSTEM


def has_role(
    actor: Actor, *roles: Role, organisation: Organisation | None = None, network: Network | None = None
) -> bool:
    """Whether a person has one of the roles now, in this very organisation or network (in any, if neither is given)."""
    if not isinstance(actor, Person):
        return False
    memberships = actor.memberships.current().filter(role__in=roles)
    if organisation is not None:
        memberships = memberships.filter(organisation=organisation)
    if network is not None:
        memberships = memberships.filter(network=network)
    return memberships.exists()


def operates(actor: Actor) -> bool:
    """Runs the installation: sees organisations, jobs and deliveries, never their contents."""
    return has_role(actor, Role.OPERATOR)


def administers(actor: Actor, organisation: Organisation) -> bool:
    """An administrator of the organisation, or of the one that a unit belongs to."""
    return has_role(actor, Role.ADMIN, organisation=organisation) or (
        organisation.parent is not None and administers(actor, organisation.parent)
    )


def coordinates(actor: Actor, network: Network) -> bool:
    return has_role(actor, Role.COORDINATOR, network=network)


def may_invite(actor: Actor, role: Role, *, organisation: Organisation | None, network: Network | None) -> bool:
    """Whether somebody may invite to a role in an organisation or a network.

    Administrators invite to their organisation; coordinators invite readers, assessors and coordinators to their
    network; the operator invites the first administrator of an organisation and the coordinators of a network.
    """
    if organisation is not None:
        return (administers(actor, organisation) and role in GRANTED_BY_ADMIN) or (
            role == Role.ADMIN and operates(actor)
        )
    if network is not None:
        return (coordinates(actor, network) and role in {Role.READER, Role.ASSESSOR, Role.COORDINATOR}) or (
            role == Role.COORDINATOR and operates(actor)
        )
    return False
