"""Work by the clock: waves are reminded of and closed; a new release brings its instruments along by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.surveys.services.instruments import load_shipped
from luotsi.surveys.services.waves import close_due

if TYPE_CHECKING:
    from luotsi.core.jobs import Lease


@jobs.task("surveys.load_shipped", every=timedelta(days=1))
def run_load_shipped(lease: Lease) -> None:
    loaded = load_shipped(by=SYSTEM)
    lease.report(len(loaded.added), len(loaded.added))


@jobs.task("surveys.close_due", every=timedelta(days=1))
def run_close_due(lease: Lease) -> None:
    closed = close_due(by=SYSTEM)
    lease.report(closed, closed)
