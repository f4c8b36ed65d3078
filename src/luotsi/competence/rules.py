"""Who brings frameworks in and reads them, and who assesses whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.people.enums import Role
from luotsi.people.rules import coordinates, has_role, is_system

if TYPE_CHECKING:
    from luotsi.competence.models import AssessmentTask
    from luotsi.core.actors import Actor
    from luotsi.people.models import Circle, Network, Organisation

MOST_COMPETENCES = 40  # in a plan: more than anybody answers with care
SMALLEST_GROUP = 5  # the growth of fewer is shown to each of them alone
REMINDED_AT_MOST_EVERY = timedelta(days=3)
SPEAKERS = (Role.EMPLOYER_CONTACT, Role.HR, Role.MANAGEMENT, Role.ADMIN)  # say what their organisation needs
CLOSED_AFTER = timedelta(days=14)  # an unanswered task, counted from its last day


def may_import(actor: Actor) -> bool:
    """Frameworks are public criteria, shared by all networks: any coordinator brings them in."""
    return is_system(actor) or has_role(actor, Role.COORDINATOR)


def may_read_frameworks(actor: Actor) -> bool:
    return is_system(actor) or has_role(actor, Role.COORDINATOR, Role.ASSESSOR)


def may_plan(actor: Actor, circle: Circle) -> bool:
    """Choose what a circle's people are assessed in, and ask them: coordinators of its network."""
    return is_system(actor) or (circle.network is not None and coordinates(actor, circle.network))


def may_fill_in(actor: Actor, task: AssessmentTask) -> bool:
    """Only the one who was asked."""
    return actor.actor_ref == task.assessor.ref


def may_close(actor: Actor, task: AssessmentTask) -> bool:
    """The one who was asked says no, or the one who would be assessed does not want it."""
    return actor.actor_ref in {task.assessor.ref, task.person.ref} or may_plan(actor, task.plan.circle)


def speaks_for(actor: Actor, organisation: Organisation) -> bool:
    """Says what the organisation needs: its contacts, HR, management and administrators, or those of its parent."""
    return has_role(actor, *SPEAKERS, organisation=organisation) or (
        organisation.parent is not None and speaks_for(actor, organisation.parent)
    )


def may_state_need(actor: Actor, organisation: Organisation, network: Network) -> bool:
    """Those who speak for the organisation; coordinators of the network on its behalf."""
    return is_system(actor) or speaks_for(actor, organisation) or coordinates(actor, network)
