"""Writes: what is expected of people comes into their calendars, and what changes there is told. Done by jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from luotsi.comms.models import CalendarEntry
from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.actors import SYSTEM
from luotsi.people.models import Person
from luotsi.people.queries import recipient_of
from luotsi.programmes.messages import activities as letters
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.activities import people_for, required_now
from luotsi.programmes.services.activities import give_places

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

EXPECTED_WITHIN: Final = timedelta(days=28)  # how long before people are told what they are expected at


def invite_expected(report: Callable[[int, int], None] | None = None) -> int:
    """Tell everybody once of the required activities and assignments that come soon. Returns how many letters went."""
    coming = list(required_now(EXPECTED_WITHIN))
    told = 0
    for done, activity in enumerate(coming, 1):
        known = CalendarEntry.objects.filter(about_ref=activity.ref).values("recipient_ref")
        for person in people_for(activity).exclude(ref__in=known):
            told += _invite(activity, person)
        if report is not None:
            report(done, len(coming))
    return told


@transaction.atomic
def _invite(activity: Activity, person: Person) -> bool:
    """One person, in a transaction of its own: a job that was stopped goes on where it was."""
    if CalendarEntry.objects.filter(about_ref=activity.ref, recipient_ref=person.ref).exists():
        return False
    tell(lambda: letters.expected(activity), to=recipient_of(person), by=SYSTEM)
    audit.record(by=SYSTEM, verb="programmes.expected", subject=activity, person=str(person.ref))
    return True


def carry_to_calendars(activity_ref: UUID) -> int:
    """Tell whoever has the activity in the calendar how it is now, if that is news. Returns how many were told.

    Where there is more room than before, the first in the queue get it.
    """
    activity = Activity.objects.select_related("programme__network", "partner", "responsible").get(ref=activity_ref)
    give_places(activity, by=SYSTEM)
    entries = CalendarEntry.objects.filter(about_ref=activity.ref, is_cancelled=False).order_by("pk")
    people = Person.objects.present().in_bulk(entries.values_list("recipient_ref", flat=True), field_name="ref")
    return sum(
        _tell_anew(activity, entry, people[entry.recipient_ref]) for entry in entries if entry.recipient_ref in people
    )


@transaction.atomic
def _tell_anew(activity: Activity, entry: CalendarEntry, person: Person) -> bool:
    if not letters.differs(activity, entry, person):
        return False
    tell(lambda: letters.changed(activity, is_settled=entry.is_settled), to=recipient_of(person), by=SYSTEM)
    return True
