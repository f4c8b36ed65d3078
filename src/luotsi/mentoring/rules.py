"""Who may do what with a relationship: the two in it, and for facts about it coordinators of the network."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.mentoring.enums import OVER
from luotsi.people.rules import coordinates, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.mentoring.models import Relationship
    from luotsi.programmes.models.programmes import Programme

REMINDED_AT_MOST_EVERY = timedelta(days=7)
AGREED_WITHIN = timedelta(days=14)
MET_WITHIN = timedelta(days=21)


def may_open(actor: Actor, programme: Programme) -> bool:
    return is_system(actor) or coordinates(actor, programme.network)


def takes_part(actor: Actor, relationship: Relationship) -> bool:
    return any(member.person.ref == actor.actor_ref for member in relationship.members.all())


def may_agree(actor: Actor, relationship: Relationship) -> bool:
    """Approve an agreement or propose another version of it."""
    return takes_part(actor, relationship) and relationship.state not in OVER


def may_watch(actor: Actor, programme: Programme) -> bool:
    """See the facts about the programme's pairs: that they agreed and met, never what they wrote."""
    return coordinates(actor, programme.network)
