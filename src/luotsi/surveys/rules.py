"""Who may ask, answer and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.enums import Role
from luotsi.people.models import NetworkOrganisation, Person
from luotsi.people.rules import coordinates, has_role, is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Circle, Network, Organisation
    from luotsi.surveys.models import Invitee, Response, Wave, Workshop, WorkshopPart

SMALLEST_GROUP = 5  # fewer answers than this are shown to nobody but each to the one who gave it


STEERING = (Role.HR, Role.MANAGEMENT, Role.ADMIN)  # who may ask an organisation's people


def may_ask(actor: Actor, circle: Circle) -> bool:
    """Put questions to the members of a circle."""
    return is_system(actor) or (circle.network is not None and coordinates(actor, circle.network))


def may_ask_in(actor: Actor, organisation: Organisation) -> bool:
    """Put questions to the people of an organisation and its units."""
    return is_system(actor) or steers(actor, organisation) or coordinates_one_of(actor, organisation)


def steers(actor: Actor, organisation: Organisation) -> bool:
    """HR, management or an administrator of the very organisation."""
    return has_role(actor, *STEERING, organisation=organisation)


def coordinates_one_of(actor: Actor, organisation: Organisation) -> bool:
    """A coordinator of a network that the organisation is in now."""
    networks = NetworkOrganisation.objects.current().filter(organisation=organisation).values("network")
    return isinstance(actor, Person) and (
        actor.memberships.current().filter(role=Role.COORDINATOR, network__in=networks).exists()
    )


def may_run(actor: Actor, wave: Wave) -> bool:
    """Follow a wave while it is open: remind, move its last day, close it."""
    if wave.circle is not None:
        return may_ask(actor, wave.circle)
    return wave.organisation is not None and (
        is_system(actor)
        or steers(actor, wave.organisation)
        or (wave.network is not None and coordinates(actor, wave.network))
    )


def may_keep_instruments(actor: Actor, network: Network) -> bool:
    """Bring in a network's own questions: its coordinators, and HR and management of its organisations."""
    organisations = network.parts.current().values("organisation")
    return (
        is_system(actor)
        or coordinates(actor, network)
        or (
            isinstance(actor, Person)
            and actor.memberships.current()
            .filter(role__in=(Role.HR, Role.MANAGEMENT), organisation__in=organisations)
            .exists()
        )
    )


def may_answer(actor: Actor, response: Response) -> bool:
    return actor.actor_ref == response.person.ref


def is_invited(actor: Actor, invitee: Invitee) -> bool:
    return actor.actor_ref == invitee.person.ref


def may_read_results(actor: Actor, network: Network) -> bool:
    return coordinates(actor, network)


def facilitates(actor: Actor, workshop: Workshop) -> bool:
    """Plan an HR day and lead it from step to step."""
    return is_system(actor) or coordinates(actor, workshop.network)


def takes_part(actor: Actor, part: WorkshopPart) -> bool:
    """Work on an HR day for one's own organisation."""
    return steers(actor, part.organisation)
