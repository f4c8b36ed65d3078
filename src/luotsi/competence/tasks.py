"""Work of competence that takes time: fetching, reading and writing frameworks, and finding them by words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.competence.models import Framework, FrameworkImport
from luotsi.competence.services import frameworks, plans, staging
from luotsi.competence.services.words import index_words
from luotsi.core import jobs
from luotsi.core.actors import SYSTEM

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.jobs import Lease

TRIES = 4


@jobs.task("competence.fetch_import", attempts_allowed=TRIES)
def run_fetch(lease: Lease, *, ref: UUID) -> None:
    found = FrameworkImport.objects.select_related("person", "file").get(ref=ref)
    staging.fetch_waiting(found, is_last=lease.attempt >= TRIES)


@jobs.task("competence.read_import", attempts_allowed=2)
def run_read(lease: Lease, *, ref: UUID) -> None:
    staging.read_waiting(FrameworkImport.objects.select_related("person", "file").get(ref=ref))
    lease.report(1, 1)


@jobs.task("competence.apply_import", attempts_allowed=2)
def run_apply(lease: Lease, *, ref: UUID) -> None:
    staging.apply_waiting(FrameworkImport.objects.select_related("person", "file", "network").get(ref=ref), lease)


@jobs.task("competence.index_words")
def run_index(lease: Lease, *, ref: UUID) -> None:
    count = index_words(Framework.objects.get(ref=ref))
    lease.report(count, count)


@jobs.task("competence.load_shipped", every=timedelta(days=1))
def run_load_shipped(lease: Lease) -> None:
    count = frameworks.load_shipped(by=SYSTEM)
    lease.report(count, count)


@jobs.task("competence.put_forgotten_away", every=timedelta(days=1))
def run_put_away(lease: Lease) -> None:
    count = staging.put_forgotten_away()
    lease.report(count, count)


@jobs.task("competence.close_overdue", every=timedelta(days=1))
def run_close_overdue(lease: Lease) -> None:
    count = plans.close_overdue(by=SYSTEM)
    lease.report(count, count)
