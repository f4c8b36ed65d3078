"""Who may do what with programmes: the coordinators of the network, and each with the own application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from luotsi.people.enums import Role
from luotsi.people.models import Membership, Person
from luotsi.people.rules import coordinates, is_system
from luotsi.programmes.models.partners import Partner, PartnerContact
from luotsi.programmes.models.plans import Activity

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network
    from luotsi.programmes.models.applications import Application, ApplicationDraft, GuardianAsk
    from luotsi.programmes.models.participations import Participation
    from luotsi.programmes.models.programmes import Programme


def may_run_programmes(actor: Actor, network: Network) -> bool:
    """Open programmes in the network and do everything with them."""
    return is_system(actor) or coordinates(actor, network)


def may_run(actor: Actor, programme: Programme) -> bool:
    return may_run_programmes(actor, programme.network)


def may_withdraw(actor: Actor, application: Application) -> bool:
    return is_system(actor) or actor.actor_ref == application.person.ref


def may_apply_for(actor: Actor, person: Person, programme: Programme, *, is_self_only: bool) -> bool:
    """Hand in somebody's application: the person, and the coordinators unless the model leaves it to the person."""
    return actor.actor_ref == person.ref or (not is_self_only and may_run(actor, programme))


def may_write_draft(actor: Actor, draft: ApplicationDraft) -> bool:
    """Whoever has the link to it, or the browser that it was begun in."""
    return actor.actor_ref == draft.ref


def may_answer_as_guardian(actor: Actor, ask: GuardianAsk) -> bool:
    """Whoever has the link that was mailed to the guardian."""
    return actor.actor_ref == ask.ref


def may_invite_to_apply(actor: Actor, programme: Programme) -> bool:
    """Coordinators, and the partners' people: who was asked, and who did not come, nobody sees."""
    return may_run(actor, programme) or may_see_plan(actor, programme)


PLAN_READERS = (Role.ADMIN, Role.HR, Role.MANAGEMENT, Role.TRAINER)
APPROVERS = (Role.ADMIN, Role.HR, Role.MANAGEMENT)
GOAL_SETTERS = (Role.HR, Role.MANAGEMENT)


def partners_through(person: Person, *roles: Role) -> Q:
    """Partners whose contact or sponsor the person is, or that give the person one of the roles, as its parent may."""
    return Q(pk__in=PartnerContact.objects.filter(person=person).values("partner")) | partners_steered(person, *roles)


def partners_steered(person: Person, *roles: Role) -> Q:
    """Partners whose sponsor the person is, or in whose organisation or its parent the person has one of the roles."""
    mine = Membership.objects.current().filter(person=person, role__in=roles, organisation__isnull=False)
    places = mine.values("organisation")
    return Q(sponsor=person) | Q(organisation__in=places) | Q(organisation__parent__in=places)


def may_see_plan(actor: Actor, programme: Programme) -> bool:
    """Coordinators, and the people of its partners."""
    if may_run(actor, programme):
        return True
    here = Partner.objects.filter(programme=programme, left_on=None)
    return isinstance(actor, Person) and here.filter(partners_through(actor, *PLAN_READERS)).exists()


def may_speak_for(actor: Actor, partner: Partner) -> bool:
    """Write what a partner emphasises and does of its own: its people, and coordinators."""
    return may_run(actor, partner.programme) or _is_among(actor, partner, *PLAN_READERS)


def may_approve(actor: Actor, partner: Partner) -> bool:
    """Say yes to the plan for a partner: its contacts, sponsor, administrators, HR and management, nobody for them."""
    return _is_among(actor, partner, *APPROVERS)


def may_set_goal(actor: Actor, partner: Partner) -> bool:
    """Set main goals: its sponsor, management and HR; coordinators on their behalf."""
    if may_run(actor, partner.programme):
        return True
    own = Partner.objects.filter(pk=partner.pk, left_on=None)
    return isinstance(actor, Person) and own.filter(partners_steered(actor, *GOAL_SETTERS)).exists()


def _is_among(actor: Actor, partner: Partner, *roles: Role) -> bool:
    own = Partner.objects.filter(pk=partner.pk, left_on=None)
    return isinstance(actor, Person) and own.filter(partners_through(actor, *roles)).exists()


def may_change_part(actor: Actor, participation: Participation) -> bool:
    """The one who takes part, and the coordinators of the programme."""
    return actor.actor_ref == participation.person.ref or may_run(actor, participation.programme)


def trained_by(person: Person) -> Q:
    """Activities at which the person trains: of programmes of the own networks, and of partners as their trainer."""
    mine = Membership.objects.current().filter(person=person)
    networks = mine.filter(role__in=(Role.COORDINATOR, Role.TRAINER), network__isnull=False).values("network")
    places = mine.filter(role=Role.TRAINER, organisation__isnull=False).values("organisation")
    own = Q(organisation__in=places) | Q(organisation__parent__in=places)
    partners = Partner.objects.filter(own, left_on=None)
    shared = Q(partner=None, programme__in=partners.values("programme"))
    return Q(programme__network__in=networks) | shared | Q(partner__in=partners.values("pk"))


def may_train(actor: Actor, activity: Activity) -> bool:
    """Note who was there, judge answers, bring materials: trainers of the network or a partner, and coordinators."""
    if is_system(actor) or not isinstance(actor, Person):
        return is_system(actor)
    return Activity.objects.filter(trained_by(actor), pk=activity.pk).exists()
