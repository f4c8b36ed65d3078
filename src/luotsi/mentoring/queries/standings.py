"""Reads: how mentoring stands for one of its two, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.errors import NotThereError
from luotsi.library.queries import tools_by_key
from luotsi.mentoring.enums import MEETING, OVER, RelationshipState
from luotsi.mentoring.models import Agreement, AgreementApproval
from luotsi.mentoring.queries.relationships import held_in, plan_of, relationships_for, with_meetings
from luotsi.mentoring.rules import AGREED_WITHIN
from luotsi.web.components import NextThing, Step
from luotsi.web.environment import day

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.mentoring.models import Relationship
    from luotsi.people.models import Person

QUIET_DAYS = 14  # after so many days without a meeting the two are asked to log the next one
MOST_STEPS = 12  # meetings ahead that a route shows one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How mentoring stands for one of the two. `waits_for_me`: my approval of the newest version of the agreement."""

    relationship: Relationship
    other: Person
    held: int
    last_held_on: date | None
    waits_for_me: bool
    i_have_finished: bool

    @property
    def planned(self) -> int:
        return plan_of(self.relationship.programme).planned

    @property
    def may_log(self) -> bool:
        return self.relationship.state in MEETING

    @property
    def is_over(self) -> bool:
        return self.relationship.state in OVER


def standing_for(person: Person, ref: UUID) -> Standing:
    """One of the person's own. Raises NotThereError."""
    for standing in standings_for(person, relationships_for(person).filter(ref=ref)):
        return standing
    raise NotThereError


def standings_for(person: Person, found: QuerySet[Relationship]) -> list[Standing]:
    """How those of `relationships_for` stand for the person. Two queries, however many there are."""
    newest = Agreement.objects.filter(relationship=OuterRef("pk")).order_by("-number").values("pk")[:1]
    approved = AgreementApproval.objects.filter(agreement=OuterRef("newest_agreement"), person=person)
    rows = with_meetings(found).annotate(newest_agreement=Subquery(newest)).annotate(i_approved=Exists(approved))
    return [
        Standing(
            relationship=row,
            other=row.other_than(person),
            held=row.held,
            last_held_on=row.last_held_on,
            waits_for_me=not row.i_approved and row.state not in OVER,
            i_have_finished=any(each.finished_at for each in row.members.all() if each.person_id == person.pk),
        )
        for row in rows
    ]


def next_thing_in(standing: Standing) -> NextThing | None:
    """What one of the two does next; nothing while it is the other one's turn, or when it is over."""
    if standing.waits_for_me:
        return _approval(standing)
    if standing.relationship.state == RelationshipState.CLOSING and not standing.i_have_finished:
        return _confirmation(standing)
    if standing.relationship.state == RelationshipState.ACTIVE:
        return _ending(standing) if standing.held >= standing.planned else _meeting(standing)
    return None


def is_due(standing: Standing) -> bool:
    """Whether the next thing belongs on the home page: a meeting not long ago is no reason to press for the next."""
    if standing.relationship.state != RelationshipState.ACTIVE or standing.waits_for_me or not standing.last_held_on:
        return True
    is_quiet = (timezone.localdate() - standing.last_held_on).days >= QUIET_DAYS
    return is_quiet or standing.held >= standing.planned


def _approval(standing: Standing) -> NextThing:
    relationship = standing.relationship
    is_first = relationship.state == RelationshipState.AGREEING
    first = _("Read it, and say yes or propose a change. You begin to meet when both have approved it.")
    later = _("There is a new version. Until both have approved it, the earlier one holds.")
    return NextThing(
        title=_("Approve the agreement with %(name)s") % {"name": standing.other},
        text=first if is_first else later,
        by_when=timezone.localdate(relationship.created_at) + AGREED_WITHIN if is_first else None,
        address=reverse("mentoring:agreement", args=[relationship.ref]),
        label=_("Read and approve"),
        weight=10,
    )


def _confirmation(standing: Standing) -> NextThing:
    words = {"name": standing.other}
    return NextThing(
        title=_("Has your mentoring with %(name)s come to its end?") % words,
        text=_("%(name)s thinks so. Confirm it, or go on.") % words,
        by_when=None,
        address=reverse("mentoring:closing", args=[standing.relationship.ref]),
        label=_("Confirm or go on"),
        weight=12,
    )


def _meeting(standing: Standing) -> NextThing:
    title = _("Log your next meeting with %(name)s") if standing.held else _("Meet %(name)s and log it")
    return NextThing(
        title=title % {"name": standing.other},
        text=_("When you have met, one press is enough."),
        by_when=None,
        address=reverse("mentoring:sessions", args=[standing.relationship.ref]),
        label=_("Log a meeting"),
        weight=20,
    )


def _ending(standing: Standing) -> NextThing:
    return NextThing(
        title=_("Look back with %(name)s and finish") % {"name": standing.other},
        text=_("You have met as often as was planned. A good ending is worth a meeting of its own."),
        by_when=None,
        address=reverse("mentoring:closing", args=[standing.relationship.ref]),
        label=_("Bring mentoring to its end"),
        weight=30,
    )


def steps_of(standing: Standing) -> list[Step]:
    """The route: the agreement, each meeting, the end. Two queries."""
    relationship, state = standing.relationship, standing.relationship.state
    agreement = Step(
        title=_("Agreement"),
        text=_day_text(relationship.agreed_at),
        state="done" if relationship.agreed_at else "ahead" if state in OVER else "now",
        address=reverse("mentoring:agreement", args=[relationship.ref]),
    )
    is_early = state == RelationshipState.ENDED_EARLY
    is_now = "now" if state == RelationshipState.CLOSING else "ahead"
    end = Step(
        title=_("Ended before its time") if is_early else _("Finished together"),
        text=_day_text(relationship.ended_at),
        state="done" if state in OVER else is_now,
    )
    return [agreement, *_meetings(standing), end]


def _meetings(standing: Standing) -> list[Step]:
    relationship, tools = standing.relationship, tools_by_key()
    held = list(held_in(relationship.sessions.all()).order_by("held_on", "pk"))
    keys = [session.tool_key for session in held] + list(plan_of(relationship.programme).agenda[len(held) :])
    total = len(held) if standing.is_over else max(standing.planned, len(held))
    shown = min(total, len(held) + MOST_STEPS)
    address = reverse("mentoring:sessions", args=[relationship.ref])
    steps = [
        Step(
            title=tools[key].name.shown().text if key in tools else _("Meeting %(number)s") % {"number": place + 1},
            text=_day_text(held[place].held_on) if place < len(held) else "",
            state=_state_at(place, standing),
            address=address if place <= len(held) and relationship.agreed_at else None,
        )
        for place, key in enumerate((keys + [""] * total)[:shown])
    ]
    more = total - shown
    rest = Step(title=ngettext("%(count)s more meeting", "%(count)s more meetings", more) % {"count": more})
    return [*steps, rest] if more else steps


def _state_at(place: int, standing: Standing) -> str:
    if place < standing.held:
        return "done"
    return "now" if place == standing.held and standing.relationship.state == RelationshipState.ACTIVE else "ahead"


def _day_text(moment: date | datetime | None) -> str:
    return day(moment) if moment else ""
