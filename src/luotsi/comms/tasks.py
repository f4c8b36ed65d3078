"""Work of comms: one attempt at one delivery, and a look at what was left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.comms import services
from luotsi.core import jobs

if TYPE_CHECKING:
    from uuid import UUID


@jobs.task("comms.deliver", attempts_allowed=10)
def deliver(_lease: jobs.Lease, *, delivery: UUID) -> None:
    services.deliver(delivery)


@jobs.task("comms.pick_up_left", every=timedelta(minutes=5))
def pick_up_left(_lease: jobs.Lease) -> None:
    services.pick_up_left()
