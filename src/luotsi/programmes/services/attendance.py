"""Writes: who was at an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.models import Person
from luotsi.programmes.enums import ACTIVITY_MOVES, ActivityState, AttendanceState
from luotsi.programmes.models.activities import Attendance
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.activities import activities_for, expected_at, is_door_open, people_for
from luotsi.programmes.rules import may_train

if TYPE_CHECKING:
    from luotsi.core.actors import Actor

NOTED = frozenset({AttendanceState.ATTENDED, AttendanceState.ABSENT})


@transaction.atomic
def note_presence(activity: Activity, person: Person, *, was_there: bool, by: Actor) -> Attendance:
    """Say that somebody was there, or was not. The other way round again, as often as needed."""
    locked = _to_note(activity, by)
    known = Attendance.objects.filter(activity=locked, person=person)
    if not known.exists() and not people_for(locked).filter(pk=person.pk).exists():
        raise RefusedError(_("%(name)s is not among those whom this is for.") % {"name": person})
    state = AttendanceState.ATTENDED if was_there else AttendanceState.ABSENT
    return _note(locked, person, state, by)


@transaction.atomic
def note_all_present(activity: Activity, *, by: Actor) -> int:
    """Say that everybody on the list was there who was not noted as absent. Returns how many were noted now.

    Where people sign up, the list is of those who did; else it is of all whom it is for.
    """
    locked = _to_note(activity, by)
    noted = 0
    for each in expected_at(locked):
        awaited = each.state == AttendanceState.SIGNED_UP or (each.state is None and not locked.takes_sign_up)
        if awaited:
            _note(locked, each.person, AttendanceState.ATTENDED, by)
            noted += 1
    audit.record(by=by, verb="programmes.all_present", subject=locked, persons=noted)
    return noted


@transaction.atomic
def check_in(activity: Activity, *, by: Person) -> Attendance:
    """The person says at the door to be there: only around the time of the activity."""
    if not activities_for(by).filter(pk=activity.pk).exists():
        raise RefusedError(_("This is not for you. If you think that it should be, ask a coordinator."))
    locked = _locked(activity)
    if locked.state == ActivityState.CANCELLED:
        raise RefusedError(_("This was cancelled."))
    if not is_door_open(locked):
        raise RefusedError(
            _("You can sign in here from an hour before it begins until an hour after it ends. Else ask the trainer.")
        )
    return _note(locked, by, AttendanceState.ATTENDED, by)


@transaction.atomic
def finish(activity: Activity, *, by: Actor) -> None:
    """It has been held: whoever had signed up and was not noted was not there."""
    locked = _to_note(activity, by)
    if ActivityState.DONE not in ACTIVITY_MOVES[ActivityState(locked.state)]:
        raise RefusedError(_("It has been marked as held already."))
    for attendance in Attendance.objects.filter(activity=locked, state=AttendanceState.SIGNED_UP):
        _note(locked, attendance.person, AttendanceState.ABSENT, by)
    locked.amend(state=ActivityState.DONE)
    activity.state = locked.state
    audit.record(by=by, verb="programmes.activity_done", subject=locked)


def _note(activity: Activity, person: Person, state: AttendanceState, by: Actor) -> Attendance:
    """One row a person; noted again the same, nothing changes."""
    found = Attendance.objects.select_for_update().filter(activity=activity, person=person).first()
    if found is not None and found.state == state:
        return found
    noted = {"state": state, "noted_by": by if isinstance(by, Person) else None, "noted_at": timezone.now()}
    if found is None:
        found = Attendance(activity=activity, person=person, **noted).insert()
    else:
        found.amend(**noted)
    audit.record(by=by, verb=f"programmes.attendance_{state.value}", subject=found, activity=str(activity.ref))
    return found


def _to_note(activity: Activity, by: Actor) -> Activity:
    if not may_train(by, activity):
        raise RefusedError(_("Only trainers and coordinators of the programme note who was there."))
    locked = _locked(activity)
    if locked.state == ActivityState.CANCELLED:
        raise RefusedError(_("This was cancelled."))
    if locked.starts_local is None:
        raise RefusedError(_("This has no time yet. Settle it in the plan first."))
    return locked


def _locked(activity: Activity) -> Activity:
    locked: Activity = Activity.objects.select_for_update(of=("self",)).select_related("programme").get(pk=activity.pk)
    return locked
