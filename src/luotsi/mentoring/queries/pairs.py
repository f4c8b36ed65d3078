"""Reads: a programme's pairs for its coordinators: that they agreed and met, and nothing of what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.queries import one
from luotsi.mentoring.enums import OVER, RelationshipState
from luotsi.mentoring.models import Relationship, RelationshipMember, Session
from luotsi.mentoring.queries.relationships import held_in, members_with_persons, with_meetings
from luotsi.mentoring.rules import AGREED_WITHIN, MET_WITHIN, REMINDED_AT_MOST_EVERY
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import PartRole
from luotsi.programmes.models.programmes import Programme
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person

MOST_PROGRAMMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What a coordinator sees. `reasons`: why it needs a look; `quiet_days`: since it last met, or agreed."""

    ref: UUID
    mentor: str
    mentee: str
    state: str
    state_label: str
    held: int
    last_held_on: date | None
    quiet_days: int | None
    agreed_at: datetime | None
    reminded_at: datetime | None
    reasons: tuple[str, ...]
    may_be_reminded: bool


def pairs_of(programme: Programme) -> QuerySet[Any]:
    """The programme's relationships, with how often they met; `sort_key` is that of the mentee."""
    mentee = RelationshipMember.objects.filter(relationship=OuterRef("pk"), role=PartRole.MENTEE)
    found = with_meetings(Relationship.objects.filter(programme=programme)).prefetch_related(members_with_persons())
    rows: QuerySet[Any] = found.annotate(sort_key=Subquery(mentee.values("person__sort_key")[:1]))
    return rows


def pair_in(programme: Programme, ref: UUID) -> Relationship:
    return one(Relationship.objects.filter(programme=programme).select_related("programme__network"), ref)


def watched() -> Q:
    """Those that need a look, from facts alone: no agreement in two weeks, or no meeting in three."""
    now, today = timezone.now(), timezone.localdate()
    lately = held_in(Session.objects.filter(relationship=OuterRef("pk"), held_on__gt=today - MET_WITHIN))
    has_not_agreed = Q(state=RelationshipState.AGREEING, created_at__lte=now - AGREED_WITHIN)
    return has_not_agreed | (Q(state=RelationshipState.ACTIVE, agreed_at__lte=now - MET_WITHIN) & ~Q(Exists(lately)))


def pairs_from(rows: Iterable[Any]) -> list[Pair]:
    """Rows of `pairs_of` as coordinators see them."""
    return [_pair(row) for row in rows]


def _pair(row: Any) -> Pair:  # noqa: ANN401 -- a Relationship with the columns that pairs_of adds
    last = row.last_held_on or (timezone.localdate(row.agreed_at) if row.agreed_at else None)
    quiet_days = (timezone.localdate() - last).days if last and row.state == RelationshipState.ACTIVE else None
    is_free = row.reminded_at is None or row.reminded_at <= timezone.now() - REMINDED_AT_MOST_EVERY
    return Pair(
        ref=row.ref,
        mentor=str(row.mentor),
        mentee=str(row.mentee),
        state=row.state,
        state_label=row.get_state_display(),
        held=row.held,
        last_held_on=row.last_held_on,
        quiet_days=quiet_days,
        agreed_at=row.agreed_at,
        reminded_at=row.reminded_at,
        reasons=_reasons(row, quiet_days),
        may_be_reminded=is_free and row.state not in OVER,
    )


def _reasons(row: Any, quiet_days: int | None) -> tuple[str, ...]:  # noqa: ANN401 -- as above
    """Why the pair needs a look, in words: the very facts of `watched`."""
    waited = timezone.now() - row.created_at
    if row.state == RelationshipState.AGREEING and waited >= AGREED_WITHIN:
        return (_("The agreement has waited for %(days)s days.") % {"days": waited.days},)
    if quiet_days is None or quiet_days < MET_WITHIN.days or timezone.now() - row.agreed_at < MET_WITHIN:
        return ()
    if row.last_held_on is None:
        return (_("They agreed %(days)s days ago and have logged no meeting.") % {"days": quiet_days},)
    return (_("No meeting for %(days)s days.") % {"days": quiet_days},)


def programmes_to_look_at(person: Person) -> list[NextThing]:
    """For a coordinator: each programme with pairs that need a look. One query."""
    to_look_at = Relationship.objects.filter(watched()).values("pk")
    pairs = Count("relationships", filter=Q(relationships__in=to_look_at))
    found = Programme.objects.filter(network__in=networks_for(person, Role.COORDINATOR)).annotate(pairs=pairs)
    return [
        NextThing(
            title=ngettext("%(count)s pair needs a look", "%(count)s pairs need a look", programme.pairs)
            % {"count": programme.pairs},
            text=_("In the programme %(programme)s. The page says why, and lets you remind them.")
            % {"programme": programme.name},
            by_when=None,
            address=reverse("mentoring:pairs", args=[programme.ref]),
            label=_("Look at the pairs"),
            weight=22,
        )
        for programme in found.filter(pairs__gt=0).order_by("starts_on", "pk")[:MOST_PROGRAMMES]
    ]
