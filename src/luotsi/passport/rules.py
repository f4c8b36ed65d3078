"""Who makes marks, who claims them, who judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.passport.enums import MarkState
from luotsi.people.enums import Role
from luotsi.people.rules import coordinates, has_role, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.passport.models import Claim, Mark
    from luotsi.people.models import Network


def may_make_marks(actor: Actor, network: Network) -> bool:
    return is_system(actor) or coordinates(actor, network)


def is_claimable(mark: Mark) -> bool:
    return mark.state == MarkState.OPEN


def may_work_on(actor: Actor, claim: Claim) -> bool:
    """Gather evidence for it, hand it in, withdraw it: the person whose it is."""
    return actor.actor_ref == claim.person.ref


def assesses(actor: Actor, mark: Mark) -> bool:
    """An assessor of the network, or of the organisation that issues the mark."""
    return has_role(actor, Role.ASSESSOR, network=mark.network) or (
        mark.issuer is not None and has_role(actor, Role.ASSESSOR, organisation=mark.issuer)
    )


def may_decide(actor: Actor, claim: Claim) -> bool:
    """Nobody judges the own claim."""
    return assesses(actor, claim.mark) and actor.actor_ref != claim.person.ref
