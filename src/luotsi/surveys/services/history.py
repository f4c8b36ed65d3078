"""Writes: waves of earlier times, brought in with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.rules import is_system

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.core.actors import Actor
    from luotsi.surveys.models import Wave


@transaction.atomic
def date_wave(wave: Wave, *, opened_at: datetime, closed_at: datetime | None, by: Actor) -> None:
    """Say when a wave was really opened and, if it is closed, when it was closed. The installation's own alone."""
    if not is_system(by):
        raise RefusedError(_("Only the installation itself dates surveys."))
    if (closed_at is None) != (wave.closed_at is None) or opened_at > (closed_at or timezone.now()):
        raise RefusedError(_("A survey opens before it closes, and neither comes before it has happened."))
    closes_on = timezone.localtime(closed_at).date() if closed_at else wave.closes_on
    wave.amend(opened_at=opened_at, closed_at=closed_at, closes_on=closes_on)
    audit.record(by=by, verb="surveys.wave_dated", subject=wave)
