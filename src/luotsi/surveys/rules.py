"""Who may ask, answer and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.rules import coordinates, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Circle, Network
    from luotsi.surveys.models import Response

SMALLEST_GROUP = 5  # fewer answers than this are shown to nobody but each to the one who gave it


def may_ask(actor: Actor, circle: Circle) -> bool:
    """Put questions to the members of a circle."""
    return is_system(actor) or (circle.network is not None and coordinates(actor, circle.network))


def may_answer(actor: Actor, response: Response) -> bool:
    return actor.actor_ref == response.person.ref


def may_read_results(actor: Actor, network: Network) -> bool:
    return coordinates(actor, network)
