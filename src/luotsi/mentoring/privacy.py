"""What mentoring holds about a person: with whom, agreements, meetings, own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.mentoring.models import Agreement, AgreementApproval, Session
from luotsi.mentoring.queries.relationships import relationships_for
from luotsi.mentoring.services import forgetting

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset(
    {
        "mentoring.RelationshipMember.person",
        "mentoring.Agreement.proposed_by",
        "mentoring.AgreementApproval.person",
        "mentoring.Session.logged_by",
    }
)


def collect(person: Person) -> list[Held]:
    """The person's mentoring, what the person approved and proposed, and the meetings of the two."""
    found = list(relationships_for(person))
    mentoring = [
        {
            _("Programme"): str(each.programme),
            _("With"): str(each.other_than(person)),
            _("State"): each.get_state_display(),
            _("Since"): day_of(each.created_at),
            _("Until"): day_of(each.ended_at) if each.ended_at else "",
        }
        for each in found
    ]
    meetings = [
        {
            _("Date"): each.held_on.isoformat(),
            _("Minutes"): str(each.minutes),
            _("How it was"): each.get_how_display(),
            _("Logged by"): str(each.logged_by),
            _("Shared summary"): each.summary,
        }
        for each in Session.objects.filter(relationship__in=found).select_related("logged_by").order_by("held_on")
    ]
    return [
        Held(title=_("My mentoring"), rows=mentoring),
        Held(title=_("Agreements that I approved or proposed"), rows=[*_approved(person), *_proposed(person)]),
        Held(title=_("Our meetings"), rows=meetings),
    ]


def _approved(person: Person) -> list[dict[str, str]]:
    approvals = AgreementApproval.objects.filter(person=person).select_related("agreement").order_by("pk")
    return [{_("Version"): str(each.agreement.number), _("Approved"): day_of(each.created_at)} for each in approvals]


def _proposed(person: Person) -> list[dict[str, str]]:
    return [
        {
            _("Version"): str(each.number),
            _("How we meet"): each.rhythm,
            _("Themes"): each.themes,
            _("Themes that we leave out"): each.not_discussed,
        }
        for each in Agreement.objects.filter(proposed_by=person).order_by("pk")
    ]


def erase(person: Person, *, by: Actor) -> None:
    """What goes on ends; the person's own words go; that two met stays, without the person."""
    forgetting.forget(person, by=by)
