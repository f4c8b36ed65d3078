"""Writes: questions put to people until a day, and the end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.queries import recipient_of
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.messages import letters
from luotsi.surveys.models import Response, Wave
from luotsi.surveys.rules import may_ask, may_run
from luotsi.surveys.services.answers import move
from luotsi.surveys.services.urns import empty_urns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.people.models import Circle, Person
    from luotsi.surveys.models import Instrument


@transaction.atomic
def open_wave(instrument: Instrument, *, circle: Circle, persons: Iterable[Person], closes_on: date, by: Actor) -> Wave:
    """Ask persons who belong to a circle, each once by an instrument in a circle, however often this is called.

    One wave of an instrument is open in a circle at a time: persons are added to it, and its last day moves on when
    the new one is later.
    """
    if not may_ask(by, circle):
        raise RefusedError(_("Only a coordinator of the network asks its people."))
    if circle.network is None:
        raise RefusedError(_("The circle belongs to no network, so nobody would read the answers."))
    if closes_on < timezone.localdate():
        raise RefusedError(_("The last day to answer has passed already. Choose a later one."))
    asked = Response.objects.filter(wave__instrument=instrument, wave__circle=circle).values_list("person", flat=True)
    known = set(asked)
    new = {person.pk: person for person in persons if person.pk not in known and person.erased_at is None}
    newest = Wave.objects.filter(instrument=instrument, circle=circle).order_by("-pk").first()
    if newest is not None and not new:
        return newest
    wave = _wave_to_ask_in(instrument, circle, closes_on, by)
    for person in new.values():
        _ask(wave, person, by)
    audit.record(by=by, verb="surveys.asked", subject=wave, persons=len(new))
    return wave


def _wave_to_ask_in(instrument: Instrument, circle: Circle, closes_on: date, by: Actor) -> Wave:
    """The open wave, with a last day that is late enough, or a new one."""
    wave = Wave.objects.select_for_update().filter(instrument=instrument, circle=circle, closed_at=None).first()
    if wave is None:
        wave = Wave(instrument=instrument, circle=circle, closes_on=closes_on).insert()
        audit.record(by=by, verb="surveys.wave_opened", subject=wave, closes_on=closes_on.isoformat())
    elif wave.closes_on < closes_on:
        wave.amend(closes_on=closes_on)
    return wave


def _ask(wave: Wave, person: Person, by: Actor) -> None:
    response = Response(wave=wave, person=person).insert()
    tell(lambda: letters.asked(wave, response.path), to=recipient_of(person), by=by)


@transaction.atomic
def move_last_day(wave: Wave, *, closes_on: date, by: Actor) -> None:
    """People may answer until another day, which is today or later."""
    locked = _running(wave, by)
    if closes_on < timezone.localdate():
        raise RefusedError(_("The last day to answer has passed already. Choose a later one."))
    locked.amend(closes_on=closes_on)
    audit.record(by=by, verb="surveys.last_day_moved", subject=locked, closes_on=closes_on.isoformat())
    wave.closes_on = closes_on


@transaction.atomic
def close_wave(wave: Wave, *, by: Actor) -> None:
    """Nobody answers any more; who has not, is closed without answers. Done again, nothing happens.

    What waits in the urns of an anonymous wave is written, or thrown away where it is of fewer than five.
    """
    if not may_run(by, wave):
        raise RefusedError(_("Only those who run this survey can close it."))
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if locked.closed_at is not None:
        return
    locked.amend(closed_at=timezone.now())
    for response in Response.objects.filter(wave=locked, state=ResponseState.ASKED):
        move(response, ResponseState.CLOSED, draft={})
    empty_urns(locked)
    audit.record(by=by, verb="surveys.wave_closed", subject=locked)


def close_due(*, by: Actor) -> int:
    """Close every wave whose last day has passed. Returns how many were closed."""
    due = Wave.objects.filter(closed_at=None, closes_on__lt=timezone.localdate())
    waves = list(due.select_related("circle__network", "organisation", "network").order_by("pk"))
    for wave in waves:
        close_wave(wave, by=by)
    return len(waves)


def _running(wave: Wave, by: Actor) -> Wave:
    """The wave, locked, if it is open and this one runs it."""
    if not may_run(by, wave):
        raise RefusedError(_("Only those who run this survey can change it."))
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if locked.closed_at is not None:
        raise RefusedError(_("This survey is closed already."))
    return locked
