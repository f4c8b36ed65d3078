"""Work by the clock where modules meet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core.jobs import task
from luotsi.journey.services import nudges

if TYPE_CHECKING:
    from luotsi.core.jobs import Lease


@task("journey.send_nudges", every=timedelta(days=1))
def send_nudges(_lease: Lease) -> None:
    nudges.send_nudges()
