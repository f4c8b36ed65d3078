"""Writes: telling people that they are asked, and reminding those who have not answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.models import Message
from luotsi.comms.services import tell
from luotsi.core import audit, jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.people.queries import recipient_of
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.messages import letters
from luotsi.surveys.models import Invitee, Response, Wave
from luotsi.surveys.rules import may_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from luotsi.comms.models import Letter
    from luotsi.core.actors import Actor

MOST_REMINDERS: Final = 2
LATE: Final = timedelta(days=2)


def tell_asked(wave: Wave) -> int:
    """Tell everybody asked that has not been told. Returns how many were told now."""
    return _tell_all(wave, "surveys.asked", letters.asked, at_most=1)


def tell_reminder(wave: Wave) -> int:
    """Remind everybody who has not answered of what they are asked, once for each reminder of the wave."""
    return _tell_all(wave, "surveys.reminder", letters.reminder, at_most=wave.reminders)


@transaction.atomic
def remind(wave: Wave, *, by: Actor) -> None:
    """Remind all who have not answered, by a job. Twice at most in a wave, and once a day."""
    if not may_run(by, wave):
        raise RefusedError(_("Only those who run this survey can remind of it."))
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if not locked.is_open:
        raise RefusedError(_("The time to answer is over."))
    if locked.link_key is not None:
        raise RefusedError(_("Nobody knows who has answered by an open link, so nobody can be reminded."))
    if locked.reminders >= MOST_REMINDERS:
        raise RefusedError(_("People have been reminded twice already. That is enough."))
    if locked.reminded_on == timezone.localdate():
        raise RefusedError(_("People have been reminded today already."))
    locked.amend(reminders=locked.reminders + 1, reminded_on=timezone.localdate())
    audit.record(by=by, verb="surveys.reminded", subject=locked, number=locked.reminders)
    jobs.enqueue("surveys.tell_reminder", wave=locked.ref)
    wave.refresh_from_db(fields=["reminders", "reminded_on"])


def remind_due(*, by: Actor) -> int:
    """Remind of every wave at half of its time and two days before its end. Returns of how many."""
    open_now = Wave.objects.filter(
        closed_at=None, link_key=None, closes_on__gte=timezone.localdate(), reminders__lt=MOST_REMINDERS
    ).select_related("circle__network", "organisation", "network")
    due = [wave for wave in open_now.order_by("pk") if _is_due(wave, timezone.localdate())]
    for wave in due:
        remind(wave, by=by)
    return len(due)


def reminder_days(wave: Wave) -> list[date]:
    """The days on which is reminded: none on the day of opening, and never two in a row."""
    opened = timezone.localtime(wave.opened_at).date()
    half, late = opened + (wave.closes_on - opened) // 2, wave.closes_on - LATE
    return [day for day in sorted({half, late}) if day > opened + timedelta(days=1)]


def _is_due(wave: Wave, today: date) -> bool:
    """Whether a day to remind on has come since people last heard of the wave."""
    heard = wave.reminded_on or timezone.localtime(wave.opened_at).date()
    return any(heard + timedelta(days=1) < day <= today for day in reminder_days(wave))


def _tell_all(wave: Wave, kind: str, compose: Callable[[Wave, str], Letter], *, at_most: int) -> int:
    """A letter to each who has not answered and has fewer than `at_most` of the kind. Done again, nothing happens.

    Nobody is told of what is over by the time the job comes to it.
    """
    if not wave.is_open:
        return 0
    told = 0
    for asked in _waiting(wave):
        with transaction.atomic():
            path = asked.path
            if Message.objects.filter(recipient_ref=asked.person.ref, kind=kind, action_path=path).count() < at_most:
                tell(lambda path=path: compose(wave, path), to=recipient_of(asked.person), by=SYSTEM)  # type: ignore[misc]  # bound now, called now
                told += 1
    return told


def _waiting(wave: Wave) -> list[Response] | list[Invitee]:
    if wave.is_anonymous:
        invitees = Invitee.objects.filter(wave=wave, has_answered=False, person__erased_at=None)
        return list(invitees.select_related("person").order_by("pk"))
    responses = Response.objects.filter(wave=wave, state=ResponseState.ASKED, person__erased_at=None)
    return list(responses.select_related("person").order_by("pk"))
