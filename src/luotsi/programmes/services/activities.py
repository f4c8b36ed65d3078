"""Writes: signing up for an activity and off it, its queue, its materials, and telling calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.models import CalendarEntry
from luotsi.comms.services import put_in_calendar, tell
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.core.files import forget_file, keep_file
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import ActivityState, AttendanceState
from luotsi.programmes.messages import activities as letters
from luotsi.programmes.models.activities import Attendance
from luotsi.programmes.models.plans import Activity, ActivityFile
from luotsi.programmes.queries.activities import activities_for, has_begun
from luotsi.programmes.rules import may_train

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme

MOST_FILES: Final = 20  # materials of an activity
COMING: Final = frozenset({AttendanceState.SIGNED_UP, AttendanceState.QUEUING})


@transaction.atomic
def sign_up(activity: Activity, *, by: Person) -> Attendance:
    """Take a place, or stand in the queue when there is none. Again, nothing happens.

    The place is taken by one conditional UPDATE, so that however many sign up at once, never more come than there is
    room for.
    """
    locked = _to_sign_up(activity, by)
    found = Attendance.objects.filter(activity=locked, person=by).first()
    if found is not None and found.state in COMING:
        return found
    if found is not None and found.state != AttendanceState.SIGNED_OFF:
        raise RefusedError(_("It has been noted already whether you were there."))
    state = AttendanceState.SIGNED_UP if _take_place(locked) else AttendanceState.QUEUING
    if found is None:
        found = Attendance(activity=locked, person=by, state=state).insert()
    else:
        found.amend(state=state)
    audit.record(by=by, verb=f"programmes.attendance_{state.value}", subject=found, activity=str(locked.ref))
    if state == AttendanceState.SIGNED_UP:
        tell(lambda: letters.signed_up(locked), to=recipient_of(by), by=by)
    return found


@transaction.atomic
def sign_off(activity: Activity, *, by: Person) -> Attendance:
    """Say that one cannot come. The place goes to the first in the queue, who is told. Again, nothing happens."""
    locked = _locked(activity)
    found = Attendance.objects.filter(activity=locked, person=by).first()
    if found is None:
        raise RefusedError(_("You have not signed up for this."))
    if found.state == AttendanceState.SIGNED_OFF:
        return found
    if found.state not in COMING:
        raise RefusedError(_("It has been noted already whether you were there."))
    if has_begun(locked):
        raise RefusedError(_("It has begun already. Tell the trainer."))
    _give_up(found, locked, by)
    return found


@transaction.atomic
def leave_activities(programme: Programme, person: Person, *, by: Actor) -> None:
    """Somebody takes part no longer: places go to the queues, and the calendar shows nothing of the programme any more.

    For whoever ends a part, inside the same transaction.
    """
    coming = Activity.objects.filter(programme=programme, state=ActivityState.PLANNED)
    for attendance in Attendance.objects.filter(person=person, state__in=COMING, activity__in=coming.values("pk")):
        locked = _locked(attendance.activity)
        if not has_begun(locked):
            _give_up(attendance, locked, by)
    known = CalendarEntry.objects.filter(recipient_ref=person.ref, is_cancelled=False).values("about_ref")
    for activity in coming.filter(ref__in=known).select_related("programme"):
        put_in_calendar(letters.event_of(activity, is_cancelled=True), to=recipient_of(person), by=by)


def _give_up(attendance: Attendance, activity: Activity, by: Actor) -> None:
    had_place = attendance.state == AttendanceState.SIGNED_UP
    attendance.amend(state=AttendanceState.SIGNED_OFF)
    audit.record(by=by, verb="programmes.attendance_signed_off", subject=attendance, activity=str(activity.ref))
    if had_place:
        gone = letters.event_of(activity, is_cancelled=True)
        put_in_calendar(gone, to=recipient_of(attendance.person), by=by)
        _free_place(activity)
        give_places(activity, by=by)


@transaction.atomic
def give_places(activity: Activity, *, by: Actor) -> int:
    """Give free places to the first in the queue and tell them: after somebody signed off, or there is more room."""
    locked = _locked(activity)
    given = 0
    if locked.state != ActivityState.PLANNED or has_begun(locked):
        return given
    queue = Attendance.objects.filter(activity=locked, state=AttendanceState.QUEUING, person__erased_at=None)
    for attendance in queue.select_related("person").order_by("changed_at", "pk"):
        if not _take_place(locked):
            break
        attendance.amend(state=AttendanceState.SIGNED_UP)
        audit.record(by=by, verb="programmes.place_from_queue", subject=attendance, activity=str(locked.ref))
        tell(lambda: letters.place_from_queue(locked), to=recipient_of(attendance.person), by=by)
        given += 1
    return given


@transaction.atomic
def tell_calendars(activity: Activity, *, by: Actor) -> None:
    """An activity was changed, moved or cancelled: those who have it in their calendar are told by a job, soon.

    For whoever changes an activity, inside the same transaction. Who is told nothing new gets no letter.
    """
    jobs.enqueue("programmes.tell_calendars", activity_ref=activity.ref)
    audit.record(by=by, verb="programmes.calendars_told", subject=activity, sequence=activity.sequence)


@transaction.atomic
def bring_material(activity: Activity, *, name: str, content: bytes, by: Person) -> ActivityFile:
    """Put a file beside the activity, for those whom it is for. The caller has looked at its kind and size."""
    _refuse_unless_trains(activity, by)
    if activity.files.count() >= MOST_FILES:
        raise RefusedError(_("There are %(count)d files here already. Remove one first.") % {"count": MOST_FILES})
    brought = ActivityFile(activity=activity, file=keep_file(name, content), added_by=by).insert()
    audit.record(by=by, verb="programmes.material_brought", subject=brought, activity=str(activity.ref))
    return brought


@transaction.atomic
def remove_material(brought: ActivityFile, *, by: Actor) -> None:
    """Take a file away from an activity."""
    _refuse_unless_trains(brought.activity, by)
    audit.record(by=by, verb="programmes.material_removed", subject=brought, activity=str(brought.activity.ref))
    file = brought.file
    brought.delete()
    forget_file(file)


def _refuse_unless_trains(activity: Activity, by: Actor) -> None:
    if not may_train(by, activity):
        raise RefusedError(_("Only trainers and coordinators of the programme do this."))


def _locked(activity: Activity) -> Activity:
    locked: Activity = Activity.objects.select_for_update(of=("self",)).select_related("programme").get(pk=activity.pk)
    return locked


def _to_sign_up(activity: Activity, by: Person) -> Activity:
    """The activity, locked, if this person can sign up for it now."""
    if not activities_for(by).filter(pk=activity.pk).exists():
        raise RefusedError(_("This is not for you. If you think that it should be, ask a coordinator."))
    locked = _locked(activity)
    if not locked.takes_sign_up:
        raise RefusedError(_("Nobody signs up for this. Just come."))
    if locked.state != ActivityState.PLANNED:
        raise RefusedError(_("It has been held or cancelled already."))
    over = locked.due_on is not None and locked.due_on < timezone.localdate()
    if has_begun(locked) or over:
        raise RefusedError(_("It has begun already, so nobody can sign up any more."))
    return locked


def _take_place(activity: Activity) -> bool:
    room = Q(capacity=None) | Q(taken__lt=F("capacity"))
    return bool(Activity.objects.filter(room, pk=activity.pk).update(taken=F("taken") + 1))


def _free_place(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk, taken__gt=0).update(taken=F("taken") - 1)
