"""Reads: what happened, or is about to, that a nudge of a programme's model counts its days from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.utils import timezone

from luotsi.mentoring.enums import RelationshipState
from luotsi.mentoring.models import AgreementApproval, Relationship
from luotsi.mentoring.queries.relationships import members_with_persons, with_meetings
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Person
from luotsi.people.queries import people_of_network
from luotsi.programmes.enums import (
    PARTS_OF,
    UNDECIDED,
    ActivityState,
    AnswerState,
    ApplicationRole,
    AttendanceState,
    ParticipationState,
)
from luotsi.programmes.formats.values import ActivityKind, Audience, NudgeEvent
from luotsi.programmes.models.activities import AssignmentAnswer, Attendance
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.plans import Activity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.programmes.models.programmes import Programme

ROLES = frozenset({Audience.MENTOR, Audience.MENTEE})
STEERING = {Audience.HR: Role.HR, Audience.MANAGEMENT: Role.MANAGEMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """It concerns `person`, who hears of it in the role `audience`. `on`: the day that a nudge counts from.

    `application`: the one that waits, if it is about one of the person's own.
    """

    on: date
    person: Person
    audience: Audience
    about_ref: UUID
    path: str
    activity: Activity | None = None
    application: Application | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From day to day; both belong to it."""

    first: date
    last: date

    @property
    def as_times(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to before the first of the day after the last."""
        start, end = (datetime.combine(day, time.min) for day in (self.first, self.last + timedelta(days=1)))
        return timezone.make_aware(start), timezone.make_aware(end)

    @property
    def as_local_times(self) -> tuple[datetime, datetime]:
        """The same for columns that hold what the clock on the wall shows, kept as if it were UTC."""
        start, end = (datetime.combine(day, time.min, UTC) for day in (self.first, self.last + timedelta(days=1)))
        return start, end


def happenings_in(programme: Programme, event: NudgeEvent, days: Days) -> Iterator[Happening]:
    """All that happened in the programme on these days. Whoever pauses or has left is not concerned."""
    return READERS[event](programme, days)


def _waiting(programme: Programme, days: Days) -> Iterator[Happening]:
    found = Application.objects.filter(
        round__programme=programme,
        state__in=UNDECIDED,
        submitted_on__range=(days.first, days.last),
        person__erased_at=None,
    )
    dates = set()
    for application in found.select_related("person", "round__programme__network").order_by("submitted_on", "pk"):
        dates.add(application.submitted_on)
        for role in PARTS_OF[ApplicationRole(application.role)]:
            yield Happening(
                on=application.submitted_on,
                person=application.person,
                audience=Audience(role.value),
                about_ref=application.ref,
                path=f"/my/applications/{application.ref}/",
                application=application,
            )
    for on in sorted(dates):
        yield from _coordinators(programme, on, "waiting", f"/programmes/{programme.ref}/applications/waiting/")


def _coming(programme: Programme, days: Days) -> Iterator[Happening]:
    for activity in _activities(programme, days).filter(state=ActivityState.PLANNED):
        away = {AttendanceState.SIGNED_OFF, AttendanceState.ABSENT}
        absent = Attendance.objects.filter(activity=activity, state__in=away).values("person")
        yield from _about(activity, _participants(programme, activity).exclude(person__in=absent))
        yield from _steering(programme, activity)
        yield from _coordinators(programme, day_of(activity), str(activity.ref), _plan(programme), activity)


def _passed(programme: Programme, days: Days) -> Iterator[Happening]:
    """Participants hear of assignments that they have not handed in; coordinators of what is not marked as done."""
    for activity in _activities(programme, days).exclude(state=ActivityState.CANCELLED):
        if activity.kind == ActivityKind.INTERIM_ASSIGNMENT and activity.due_on:
            done = {AnswerState.HANDED_IN, AnswerState.ACCEPTED}
            given = AssignmentAnswer.objects.filter(activity=activity, state__in=done).values("person")
            yield from _about(activity, _participants(programme, activity).exclude(person__in=given))
        if activity.state == ActivityState.PLANNED:
            yield from _coordinators(programme, day_of(activity), str(activity.ref), _plan(programme), activity)


def _agreements(programme: Programme, days: Days) -> Iterator[Happening]:
    found = Relationship.objects.filter(programme=programme, state=RelationshipState.AGREEING)
    begun = found.filter(created_at__gte=days.as_times[0], created_at__lt=days.as_times[1])
    dates = set()
    for relationship in begun.prefetch_related(members_with_persons()).order_by("pk"):
        newest = relationship.agreements.order_by("-number").first()
        has_approved = set(AgreementApproval.objects.filter(agreement=newest).values_list("person_id", flat=True))
        on = timezone.localdate(relationship.created_at)
        dates.add(on)
        path = f"/my/mentoring/{relationship.ref}/agreement/"
        yield from _members(relationship, on, str(relationship.ref), path, leave=has_approved)
    for on in sorted(dates):
        yield from _coordinators(programme, on, "agreement", f"/programmes/{programme.ref}/relationships/")


def _quiet(programme: Programme, days: Days) -> Iterator[Happening]:
    found = with_meetings(Relationship.objects.filter(programme=programme, state=RelationshipState.ACTIVE))
    dates = set()
    for relationship in found.prefetch_related(members_with_persons()).order_by("pk"):
        on = _last_met(relationship)
        if on is None or not days.first <= on <= days.last:
            continue
        dates.add(on)
        yield from _members(relationship, on, f"{relationship.ref} {on}", f"/my/mentoring/{relationship.ref}/")
    for on in sorted(dates):
        yield from _coordinators(programme, on, "quiet", f"/programmes/{programme.ref}/relationships/")


def _last_met(relationship: Any) -> date | None:  # noqa: ANN401 -- a Relationship with the columns of with_meetings
    met: date | None = relationship.last_held_on
    return met or (timezone.localdate(relationship.agreed_at) if relationship.agreed_at else None)


def _started(programme: Programme, days: Days) -> Iterator[Happening]:
    return _whole(programme, programme.starts_on, days)


def _ending(programme: Programme, days: Days) -> Iterator[Happening]:
    return _whole(programme, programme.ends_on, days)


def _whole(programme: Programme, on: date, days: Days) -> Iterator[Happening]:
    if not days.first <= on <= days.last:
        return
    for part in _here(programme):
        yield Happening(
            on=on,
            person=part.person,
            audience=Audience(part.role),
            about_ref=programme.ref,
            path=f"/my/parts/{part.ref}/",
        )
    yield from _steering(programme, None, on)
    yield from _coordinators(programme, on, "whole", f"/programmes/{programme.ref}/")


def _here(programme: Programme) -> QuerySet[Participation]:
    found = Participation.objects.filter(
        programme=programme, state=ParticipationState.ACTIVE, person__erased_at=None
    ).select_related("person")
    return found.order_by("pk")


def _activities(programme: Programme, days: Days) -> QuerySet[Activity]:
    start, end = days.as_local_times
    at_a_time, by_a_day = (
        Q(starts_local__gte=start, starts_local__lt=end),
        Q(due_on__range=(days.first, days.last)),
    )
    return Activity.objects.filter(at_a_time | by_a_day, programme=programme).select_related("partner").order_by("pk")


def day_of(activity: Activity) -> date:
    """The day of it, or the last day for it. Raises ValueError while neither is settled."""
    settled = activity.starts_local.date() if activity.starts_local else activity.due_on
    if settled is None:
        raise ValueError(str(activity.ref))
    return settled


def _moment(activity: Activity) -> UUID:
    """An activity on its day: moved to another one, it is worth hearing of again."""
    return uuid5(NAMESPACE_URL, f"{activity.ref} {day_of(activity)}")


def _participants(programme: Programme, activity: Activity) -> QuerySet[Participation]:
    """For whom it is: by role, and of a partner's own activity those who come from there."""
    found = _here(programme).filter(role__in=activity.for_whom)
    if activity.partner is None:
        return found
    place = activity.partner.organisation_id
    return found.filter(Q(application__organisation=place) | Q(application__organisation__parent=place))


def _about(activity: Activity, parts: QuerySet[Participation]) -> Iterator[Happening]:
    is_assignment = activity.kind == ActivityKind.INTERIM_ASSIGNMENT
    path = f"/my/activities/{activity.ref}/answer/" if is_assignment else f"/my/activities/{activity.ref}/"
    for part in parts:
        yield Happening(
            on=day_of(activity),
            person=part.person,
            audience=Audience(part.role),
            about_ref=_moment(activity),
            path=path,
            activity=activity,
        )


def _steering(programme: Programme, activity: Activity | None, on: date | None = None) -> Iterator[Happening]:
    """HR and management of the partners that it is for."""
    wanted = [audience for audience in STEERING if activity is None or audience.value in activity.for_whom]
    partners = programme.partners.filter(left_on=None)
    if activity is not None and activity.partner_id:
        partners = partners.filter(pk=activity.partner_id)
    for audience in wanted:
        held = Membership.objects.current().filter(
            role=STEERING[audience], organisation__in=partners.values("organisation"), person__erased_at=None
        )
        for person in Person.objects.filter(pk__in=held.values("person")).order_by("pk"):
            yield Happening(
                on=day_of(activity) if activity else on or programme.starts_on,
                person=person,
                audience=audience,
                about_ref=_moment(activity) if activity else programme.ref,
                path=f"/partner/programmes/{programme.ref}/plan/",
                activity=activity,
            )


def _members(
    relationship: Relationship, on: date, about: str, path: str, leave: set[int] | frozenset[int] = frozenset()
) -> Iterator[Happening]:
    """The two of a pair, without those who pause."""
    here = set(_here(relationship.programme).values_list("person_id", flat=True))
    for member in relationship.members.all():
        if member.person_id in here - leave:
            yield Happening(
                on=on,
                person=member.person,
                audience=Audience(member.role),
                about_ref=uuid5(NAMESPACE_URL, about),
                path=path,
            )


def _coordinators(
    programme: Programme, on: date, what: str, path: str, activity: Activity | None = None
) -> Iterator[Happening]:
    """Each hears once of all that happened on a day, however many it concerns."""
    for person in people_of_network(programme.network, Role.COORDINATOR):
        yield Happening(
            on=on,
            person=person,
            audience=Audience.COORDINATOR,
            about_ref=uuid5(NAMESPACE_URL, f"{programme.ref} {what} {on}"),
            path=path,
            activity=activity,
        )


def _plan(programme: Programme) -> str:
    return f"/programmes/{programme.ref}/plan/"


READERS: dict[NudgeEvent, Callable[[Any, Days], Iterator[Happening]]] = {
    NudgeEvent.APPLICATION_WAITING: _waiting,
    NudgeEvent.ACTIVITY_COMING: _coming,
    NudgeEvent.DEADLINE_PASSED: _passed,
    NudgeEvent.AGREEMENT_WAITING: _agreements,
    NudgeEvent.NO_MEETING: _quiet,
    NudgeEvent.PROGRAMME_STARTED: _started,
    NudgeEvent.PROGRAMME_ENDING: _ending,
}
