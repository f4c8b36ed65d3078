"""Writes: how mentoring begins and ends, and the coordinator's friendly reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit, events
from luotsi.core.errors import RefusedError
from luotsi.core.versions import keep_version
from luotsi.mentoring import messages
from luotsi.mentoring.enums import OVER, RelationshipState
from luotsi.mentoring.events import RelationshipCompleted, RelationshipEndedEarly, RelationshipOpened
from luotsi.mentoring.models import Agreement, Relationship, RelationshipMember
from luotsi.mentoring.queries.agreements import agreement_text_of
from luotsi.mentoring.rules import REMINDED_AT_MOST_EVERY, may_open, may_watch
from luotsi.mentoring.services.pairs import lock, member_of, move, tell_all, tell_other
from luotsi.people.enums import CircleKind, CircleRole
from luotsi.people.services.circles import close_circle, join_circle, open_circle
from luotsi.programmes.enums import PartRole
from luotsi.web.environment import day

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.actors import Actor
    from luotsi.matching.models import Proposal
    from luotsi.mentoring.enums import EarlyEnding, Ending
    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme


@transaction.atomic
def open_relationship(
    programme: Programme, *, mentor: Person, mentee: Person, proposal: Proposal, by: Actor
) -> Relationship:
    """Bring the two of an accepted proposal together, once. Both are told. Announces RelationshipOpened."""
    if not may_open(by, programme):
        raise RefusedError(_("Only a coordinator of the network opens mentoring in its programmes."))
    found = Relationship.objects.filter(proposal=proposal).first()
    if found is not None:
        return found
    circle = open_circle(
        CircleKind.PAIR, by=by, name=str(programme.name), network=programme.network, parent=programme.circle
    )
    relationship = Relationship(programme=programme, proposal=proposal, circle=circle).insert()
    for person, role in ((mentor, PartRole.MENTOR), (mentee, PartRole.MENTEE)):
        RelationshipMember(relationship=relationship, person=person, role=role).insert()
        join_circle(circle, person, CircleRole(role.value), by=by)
    text = keep_version("mentoring.agreement", agreement_text_of(programme))
    Agreement(relationship=relationship, number=1, text=text).insert()
    audit.record(by=by, verb="mentoring.opened", subject=relationship, proposal=str(proposal.ref))
    events.announce(RelationshipOpened(**_refs(relationship)))
    tell_all(relationship, messages.opened, by=by)
    return relationship


@transaction.atomic
def begin_closing(relationship: Relationship, ending: Ending, *, by: Actor) -> None:
    """One of the two says that mentoring has come to its end; the other is asked to confirm it."""
    member = member_of(relationship, by)
    if relationship.state == RelationshipState.AGREEING:
        raise RefusedError(_("Mentoring has not begun yet. You can end it early instead."))
    if relationship.state == RelationshipState.CLOSING:
        raise RefusedError(_("One of you has said this already. The other one can confirm it."))
    move(relationship, RelationshipState.CLOSING, by=by, ending=ending)
    member.amend(finished_at=timezone.now())
    tell_other(relationship, messages.closing_begun, by=by)


@transaction.atomic
def confirm_closing(relationship: Relationship, *, by: Actor) -> None:
    """The other one says so too. Announces RelationshipCompleted."""
    member = member_of(relationship, by)
    if relationship.state in {RelationshipState.AGREEING, RelationshipState.ACTIVE}:
        raise RefusedError(_("Neither of you has said yet that mentoring has come to its end."))
    if member.finished_at and relationship.state == RelationshipState.CLOSING:
        raise RefusedError(_("You have said this already. Now it is the other one's turn."))
    move(relationship, RelationshipState.COMPLETED, by=by, ended_at=timezone.now())
    member.amend(finished_at=timezone.now())
    close_circle(relationship.circle, by=by)
    events.announce(RelationshipCompleted(**_refs(relationship)))
    tell_all(relationship, messages.completed, by=by)


@transaction.atomic
def keep_going(relationship: Relationship, *, by: Actor) -> None:
    """Either of the two says that there is still something to do: it is not the end yet."""
    member_of(relationship, by)
    if relationship.state in {RelationshipState.AGREEING, RelationshipState.ACTIVE}:
        raise RefusedError(_("Your mentoring goes on already."))
    move(relationship, RelationshipState.ACTIVE, by=by, ending="")
    for member in relationship.members.exclude(finished_at=None):
        member.amend(finished_at=None)
    tell_other(relationship, messages.goes_on, by=by)


@transaction.atomic
def end_early(relationship: Relationship, reason: EarlyEnding, *, by: Actor) -> None:
    """Either of the two ends it before its time; the other is told, but not why. Announces RelationshipEndedEarly."""
    member_of(relationship, by)
    break_off(relationship, reason, by=by)
    tell_other(relationship, messages.ended_early, by=by)


def break_off(relationship: Relationship, reason: EarlyEnding, *, by: Actor) -> None:
    """The early end itself, for callers that have asked their own rules and tell people in their own words."""
    move(relationship, RelationshipState.ENDED_EARLY, by=by, ending=reason, ended_at=timezone.now())
    close_circle(relationship.circle, by=by)
    events.announce(RelationshipEndedEarly(**_refs(relationship)))


@transaction.atomic
def remind(relationship: Relationship, *, by: Person) -> None:
    """A friendly message from the coordinator to both, once a week at most."""
    lock(relationship)
    if not may_watch(by, relationship.programme):
        raise RefusedError(_("Only a coordinator of the network reminds its pairs."))
    if relationship.state in OVER:
        raise RefusedError(_("This mentoring is over already."))
    if relationship.reminded_at and relationship.reminded_at > timezone.now() - REMINDED_AT_MOST_EVERY:
        words = {"day": day(relationship.reminded_at)}
        raise RefusedError(_("They were reminded on %(day)s. Give them a week before the next reminder.") % words)
    relationship.amend(reminded_at=timezone.now())
    audit.record(by=by, verb="mentoring.reminded", subject=relationship)
    tell_all(relationship, lambda pair, other: messages.reminded(pair, other, by), by=by)


def _refs(relationship: Relationship) -> dict[str, UUID]:
    return {
        "relationship": relationship.ref,
        "programme": relationship.programme.ref,
        "mentor": relationship.mentor.ref,
        "mentee": relationship.mentee.ref,
    }
