"""Work by the clock: waves are reminded of and closed; a new release brings its instruments along by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.surveys.models import Wave
from luotsi.surveys.services.instruments import load_shipped
from luotsi.surveys.services.telling import remind_due, tell_asked, tell_reminder
from luotsi.surveys.services.waves import close_due

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.jobs import Lease


@jobs.task("surveys.load_shipped", every=timedelta(days=1))
def run_load_shipped(lease: Lease) -> None:
    loaded = load_shipped(by=SYSTEM)
    lease.report(len(loaded.added), len(loaded.added))


@jobs.task("surveys.close_due", every=timedelta(days=1))
def run_close_due(lease: Lease) -> None:
    closed = close_due(by=SYSTEM)
    lease.report(closed, closed)


@jobs.task("surveys.remind_due", every=timedelta(days=1))
def run_remind_due(lease: Lease) -> None:
    reminded = remind_due(by=SYSTEM)
    lease.report(reminded, reminded)


@jobs.task("surveys.tell_asked")
def run_tell_asked(lease: Lease, *, wave: UUID) -> None:
    told = tell_asked(Wave.objects.select_related("instrument").get(ref=wave))
    lease.report(told, told)


@jobs.task("surveys.tell_reminder")
def run_tell_reminder(lease: Lease, *, wave: UUID) -> None:
    told = tell_reminder(Wave.objects.select_related("instrument").get(ref=wave))
    lease.report(told, told)
