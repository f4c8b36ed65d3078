"""The doors of the demo: for each role somebody made up who has something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.matching.enums import Answer, ProposalState
from luotsi.matching.models import Proposal
from luotsi.mentoring.enums import RelationshipState
from luotsi.mentoring.models import RelationshipMember
from luotsi.passport.enums import ClaimState
from luotsi.passport.models import Claim
from luotsi.people.enums import CircleRole, Role
from luotsi.people.models import Membership, Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A role, what it comes to do, and who is stepped into."""

    key: str
    title: str | Promise
    text: str | Promise
    person: Person


def _with_role(role: Role) -> Person | None:
    members = Membership.objects.current().filter(role=role, person__is_made_up=True, person__erased_at=None)
    found = members.select_related("person").order_by("pk").first()
    return found.person if found else None


def _in_pair(role: CircleRole) -> Person | None:
    members = RelationshipMember.objects.filter(role=role, person__is_made_up=True, person__erased_at=None)
    active = members.filter(relationship__state=RelationshipState.ACTIVE)
    found = (active or members).select_related("person").order_by("pk").first()
    return found.person if found else None


def _proposed() -> Person | None:
    """A mentee who has not said yet what to think of the mentor."""
    waiting = Proposal.objects.filter(state=ProposalState.ASKED, mentee_said=Answer.NOT_YET)
    mine = waiting.filter(mentee__person__is_made_up=True, mentee__person__erased_at=None)
    found = mine.select_related("mentee__person").order_by("pk").first()
    return found.mentee.person if found else None


def _claiming() -> Person | None:
    claims = Claim.objects.filter(person__is_made_up=True, person__erased_at=None)
    working = claims.filter(state__in=[ClaimState.COLLECTING, ClaimState.RETURNED])
    found = (working or claims).select_related("person").order_by("pk").first()
    return found.person if found else None


ROLES: tuple[tuple[str, str | Promise, str | Promise, Callable[[], Person | None]], ...] = (
    (
        "coordinator",
        _("Coordinator"),
        _("Opens programmes, takes applicants in, looks at the pairs and publishes them."),
        lambda: _with_role(Role.COORDINATOR),
    ),
    (
        "mentor",
        _("Mentor"),
        _("Meets, logs that you met, brings it to a good end."),
        lambda: _in_pair(CircleRole.MENTOR),
    ),
    ("mentee", _("Mentee"), _("Meets, sets goals, grows."), lambda: _in_pair(CircleRole.MENTEE)),
    (
        "candidate",
        _("Somebody with a proposal"),
        _("Sees who is proposed as mentor and why, and says yes or no."),
        _proposed,
    ),
    ("participant", _("Participant"), _("Claims a mark with evidence of what was learned."), _claiming),
    (
        "assessor",
        _("Assessor"),
        _("Judges evidence against criteria, awards or returns."),
        lambda: _with_role(Role.ASSESSOR),
    ),
    (
        "reader",
        _("Reader (funder, region)"),
        _("Reads figures, takes them for a report, asks about them."),
        lambda: _with_role(Role.READER),
    ),
    (
        "employer",
        _("Employer"),
        _("Says in a minute what skills are needed, and sees what the region needs."),
        lambda: _with_role(Role.EMPLOYER_CONTACT),
    ),
    (
        "hr",
        _("Human resources of a workplace"),
        _("Puts surveys to people, reads what came out, and takes part in HR days."),
        lambda: _with_role(Role.HR),
    ),
    (
        "admin",
        _("Administrator of an organisation"),
        _("Invites people and gives them roles."),
        lambda: _with_role(Role.ADMIN),
    ),
    (
        "operator",
        _("Operator"),
        _("Adds organisations, looks after mail and work that failed."),
        lambda: _with_role(Role.OPERATOR),
    ),
)


def doors() -> list[Door]:
    """Every role for which there is somebody."""
    found = ((key, title, text, find()) for key, title, text, find in ROLES)
    return [Door(key=key, title=title, text=text, person=person) for key, title, text, person in found if person]


def door(key: str) -> Door | None:
    """The door to one role, made-up people only."""
    return next((found for found in doors() if found.key == key), None)
