"""Work by the clock: surveys whose last day has passed are closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.surveys.services.waves import close_due

if TYPE_CHECKING:
    from luotsi.core.jobs import Lease


@jobs.task("surveys.close_due", every=timedelta(days=1))
def run_close_due(lease: Lease) -> None:
    closed = close_due(by=SYSTEM)
    lease.report(closed, closed)
