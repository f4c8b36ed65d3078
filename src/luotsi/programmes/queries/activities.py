"""Reads: activities for those whom they are for, and for those who train."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Person
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import (
    ActivityState,
    AttendanceState,
    ParticipationState,
    PartRole,
    ProgrammeState,
)
from luotsi.programmes.formats.values import ActivityKind, Audience
from luotsi.programmes.models.activities import Attendance
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Activity, ActivityFile
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.rules import trained_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

RUNNING: Final = (ProgrammeState.OPEN, ProgrammeState.CLOSED)
DOOR_OPENS: Final = timedelta(hours=1)  # before the start, for those who check in
DOOR_CLOSES: Final = timedelta(hours=1)  # after the end
USUAL_MINUTES: Final = 60
STEERING: Final = {Audience.HR: Role.HR, Audience.MANAGEMENT: Role.MANAGEMENT}


def activities_for(person: Person) -> QuerySet[Any, Any]:
    """What is for the person, in programmes that are open or were: by part, by role at a partner, as coordinator."""
    here = Q(partner=None) | Q(partner__left_on=None)
    found: QuerySet[Any, Any] = (
        _with_days(Activity.objects.filter(here, programme__state__in=RUNNING))
        .annotate(audience=Cast("for_whom", TextField()))
        .filter(_takes_part(person) | _steers(person) | _coordinates(person))
        .select_related("programme", "responsible", "partner__organisation")
    )
    return found


def activity_for(person: Person, ref: UUID) -> Activity:
    found: Activity = one(activities_for(person), ref)
    return found


def _with_days(activities: QuerySet[Activity]) -> QuerySet[Any, Any]:
    """With `day`: on which it is, or until which it is to be done. `starts_local` is kept as if it were UTC."""
    return activities.annotate(day=Coalesce(TruncDate("starts_local", tzinfo=UTC), F("due_on")))


def _is_for(audience: Audience) -> Q:
    """In the list as JSON text, where every name stands in quotes: databases disagree on lists."""
    return Q(audience__contains=f'"{audience.value}"')


def _takes_part(person: Person) -> Q:
    here = Participation.objects.filter(person=person, programme=OuterRef("programme")).exclude(
        state=ParticipationState.LEFT
    )
    place = "application__organisation"
    own = Q(partner_id=None)
    of_partner = here.filter(
        Q(**{place: OuterRef("partner__organisation")})
        | Q(**{f"{place}__parent": OuterRef("partner__organisation")})
        | Q(**{f"{place}__parent__parent": OuterRef("partner__organisation")})
    )
    found = Q(pk__in=[])
    for role in PartRole:
        found |= _is_for(Audience(role.value)) & (
            (own & Exists(here.filter(role=role))) | Exists(of_partner.filter(role=role))
        )
    return found


def _steers(person: Person) -> Q:
    found = Q(pk__in=[])
    for audience, role in STEERING.items():
        mine = Membership.objects.current().filter(person=person, role=role, organisation__isnull=False)
        places = mine.values("organisation")
        partners = Partner.objects.filter(Q(organisation__in=places) | Q(organisation__parent__in=places), left_on=None)
        shared = Q(partner=None, programme__in=partners.values("programme"))
        found |= _is_for(audience) & (shared | Q(partner__in=partners.values("pk")))
    return found


def _coordinates(person: Person) -> Q:
    return _is_for(Audience.COORDINATOR) & Q(programme__network__in=networks_for(person, Role.COORDINATOR).values("pk"))


def people_for(activity: Activity) -> QuerySet[Person]:
    """Everybody whom an activity is for, by name: the same as `activities_for` says, from the other side."""
    audience = set(activity.for_whom)
    parts = Participation.objects.filter(programme=activity.programme_id, role__in=audience).exclude(
        state=ParticipationState.LEFT
    )
    partners = Partner.objects.filter(programme=activity.programme_id, left_on=None)
    if activity.partner_id is not None:
        place = activity.partner.organisation_id if activity.partner else None
        parts = parts.filter(
            Q(application__organisation=place)
            | Q(application__organisation__parent=place)
            | Q(application__organisation__parent__parent=place)
        )
        partners = partners.filter(pk=activity.partner_id)
    found = Q(pk__in=parts.values("person"))
    roles = [role for name, role in STEERING.items() if name.value in audience]
    if roles:
        places = partners.values("organisation")
        steering = Membership.objects.current().filter(
            Q(organisation__in=places) | Q(organisation__in=partners.values("organisation__parent")), role__in=roles
        )
        found |= Q(pk__in=steering.values("person"))
    if Audience.COORDINATOR.value in audience:
        coordinators = Membership.objects.current().filter(role=Role.COORDINATOR, network=activity.programme.network_id)
        found |= Q(pk__in=coordinators.values("person"))
    people: QuerySet[Person] = Person.objects.present().filter(found).order_by("sort_key", "pk")
    return people


def trained_activities_of(person: Person) -> QuerySet[Any, Any]:
    """Activities at which the person trains, of programmes that are open or were, with who queues and who was there."""
    counted = Attendance.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    found = _with_days(Activity.objects.filter(trained_by(person), programme__state__in=RUNNING))
    counts: QuerySet[Any, Any] = found.annotate(
        queuing=_count(counted.filter(state=AttendanceState.QUEUING)),
        was_there=_count(counted.filter(state=AttendanceState.ATTENDED)),
    ).select_related("programme__network", "responsible", "partner__organisation")
    return counts


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def trained_activity_of(person: Person, ref: UUID) -> Activity:
    found: Activity = one(trained_activities_of(person), ref)
    return found


def attendance_of(activity: Activity, person: Person) -> Attendance | None:
    return Attendance.objects.filter(activity=activity, person=person).first()


def attendances_of(person: Person) -> dict[int, AttendanceState]:
    """How the person stands to each activity, by its key."""
    rows = Attendance.objects.filter(person=person).values_list("activity", "state")
    return {activity: AttendanceState(state) for activity, state in rows}


def attendances_to_tell(person: Person) -> QuerySet[Attendance]:
    """All that is kept of the person at activities, for the own data."""
    return Attendance.objects.filter(person=person).select_related("activity__programme").order_by("pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody on the list at the door, and how he or she stands to the activity; none: has not signed up."""

    person: Person
    state: AttendanceState | None


def expected_at(activity: Activity) -> list[Expected]:
    """The list at the door, by name: whom it is for, and whoever stands in it already. Two queries."""
    rows = Attendance.objects.filter(activity=activity).select_related("person")
    states = {row.person_id: (row.person, AttendanceState(row.state)) for row in rows}
    people = {person.pk: person for person in people_for(activity)}
    everybody = people | {key: person for key, (person, _state) in states.items() if person.erased_at is None}
    expected = [
        Expected(person=person, state=states[key][1] if key in states else None) for key, person in everybody.items()
    ]
    return sorted(expected, key=lambda each: (each.person.sort_key, each.person.pk))


def place_in_queue(attendance: Attendance) -> int:
    """How many come first, and oneself."""
    queue = Attendance.objects.filter(activity=attendance.activity_id, state=AttendanceState.QUEUING)
    earlier = Q(changed_at__lt=attendance.changed_at) | Q(changed_at=attendance.changed_at, pk__lte=attendance.pk)
    return queue.filter(earlier).count()


def span_of(activity: Activity) -> tuple[datetime, datetime] | None:
    """When it begins and ends, as moments; none when no time is settled."""
    if activity.starts_local is None:
        return None
    starts = activity.starts_local.replace(tzinfo=ZoneInfo(activity.time_zone)).astimezone(UTC)
    return starts, starts + timedelta(minutes=activity.minutes or USUAL_MINUTES)


def has_begun(activity: Activity) -> bool:
    span = span_of(activity)
    return span is not None and span[0] <= timezone.now()


def is_door_open(activity: Activity) -> bool:
    """Whether people check in now: from an hour before it begins to an hour after it ends."""
    span = span_of(activity)
    return span is not None and span[0] - DOOR_OPENS <= timezone.now() <= span[1] + DOOR_CLOSES


def activity_at_door(person: Person, key: UUID) -> Activity:
    """The activity whose code at the door this is, for those whom it is for."""
    found: Activity | None = activities_for(person).filter(check_in_key=key).first()
    if found is None:
        raise NotThereError
    return found


def file_in(activity: Activity, ref: UUID) -> ActivityFile:
    """A material that was brought for an activity."""
    return one(activity.files.select_related("file"), ref)


def minutes_attended(participation: Participation) -> int:
    """How long the person was at activities of the programme, in minutes."""
    there = Attendance.objects.filter(
        person=participation.person_id, activity__programme=participation.programme_id, state=AttendanceState.ATTENDED
    )
    return sum(minutes or 0 for minutes in there.values_list("activity__minutes", flat=True))


def required_now(within: timedelta) -> QuerySet[Any, Any]:
    """Required activities of open programmes that come soon, and that nobody signs up for: people are just expected."""
    today = timezone.localdate()
    found = Activity.objects.filter(
        is_required=True, takes_sign_up=False, state=ActivityState.PLANNED, programme__state=ProgrammeState.OPEN
    ).exclude(kind=ActivityKind.SURVEY)
    coming = _with_days(found).filter(day__gte=today, day__lte=today + within)
    return coming.select_related("programme__network", "partner", "responsible").order_by("pk")


def programmes_trained_by(person: Person) -> QuerySet[Programme]:
    """Programmes with an activity at which the person trains."""
    trained = Activity.objects.filter(trained_by(person)).values("programme")
    return Programme.objects.filter(pk__in=trained, state__in=RUNNING)
