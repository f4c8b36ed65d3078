"""Work by the clock: a new release brings its tools along by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.library.services import load_shipped

if TYPE_CHECKING:
    from luotsi.core.jobs import Lease


@jobs.task("library.load_shipped", every=timedelta(days=1))
def run_load_shipped(lease: Lease) -> None:
    loaded = load_shipped(by=SYSTEM)
    lease.report(len(loaded.added), len(loaded.added))
