"""Work that takes time: enqueued by name in the caller's transaction, done by a worker, safe against its death.

A worker leases a job and renews the lease while it works (a heartbeat). When a worker dies, the lease runs out and
another takes the job again; the dead one's late result is refused, because the lease is no longer its own. So a job
runs at least once: tasks are idempotent. A fault is retried after 10 s, 20 s, 40 s … up to an hour, then the job stays
`failed` and the operator sees it.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from luotsi.core.enums import JobState
from luotsi.core.models import Job, Schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

log = structlog.get_logger("luotsi.jobs")
BACKOFF = timedelta(seconds=10)
LONGEST_BACKOFF = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A function that works, and how patient we are with it."""

    run: Callable[..., None]
    attempts_allowed: int
    every: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on a job until further notice. Handed to the task as its first argument."""

    job_id: int
    ref: UUID
    attempt: int
    worker: str

    def report(self, done: int, total: int) -> None:
        """Show progress. Raises LeaseLostError when another worker has taken over."""
        self._hold(steps_done=done, steps_total=total)

    def renew(self) -> None:
        """The heartbeat."""
        self._hold()

    def _hold(self, **values: Any) -> None:  # noqa: ANN401 -- any column's value
        until = timezone.now() + settings.JOB_LEASE
        if not own_jobs(self).update(lease_until=until, **values):
            raise LeaseLostError


class LeaseLostError(Exception):
    """Another worker has this job now: stop, and write nothing."""


_tasks: dict[str, Task] = {}


def task(
    name: str, *, attempts_allowed: int = 5, every: timedelta | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a task under a name `module.verb`. With `every` the worker enqueues it by the clock."""

    def add(run: Callable[..., None]) -> Callable[..., None]:
        _tasks[name] = Task(run=run, attempts_allowed=attempts_allowed, every=every)
        return run

    return add


def enqueue(name: str, *, run_at: datetime | None = None, **arguments: str | int | UUID) -> Job:
    """Write the job in the caller's transaction. `arguments` are refs and small values."""
    found = _tasks.get(name)
    return Job.objects.create(
        name=name,
        arguments={key: {"ref": str(value)} if isinstance(value, UUID) else value for key, value in arguments.items()},
        run_at=run_at or timezone.now(),
        attempts_allowed=found.attempts_allowed if found else 5,
    )


def new_worker_name() -> str:
    """A name that no other process ever has: host and process number alone come back, in containers at once."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def claim(worker: str, *, leave: str = "") -> Lease | None:
    """Take the job that has waited longest, or one whose worker died. Returns its lease, or nothing to do.

    Jobs of the name `leave` are not taken.
    """
    while _due(timezone.now()).exclude(name=leave).exists():  # a look costs no write lock
        with transaction.atomic():
            jobs = _due(timezone.now()).exclude(name=leave).order_by("run_at", "pk")
            if connection.features.has_select_for_update_skip_locked:
                jobs = jobs.select_for_update(skip_locked=True)
            job = jobs.first()
            if job is None:
                return None  # others have them all
            if job.attempts < job.attempts_allowed:
                return _lease(job, worker)
            _fail(Job.objects.filter(pk=job.pk), "the worker stopped each time")
    return None


def _due(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(
        Q(state=JobState.WAITING, run_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    )


def _lease(job: Job, worker: str) -> Lease:
    lease = Lease(job_id=job.pk, ref=job.ref, attempt=job.attempts + 1, worker=worker)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        worker=worker,
        attempts=lease.attempt,
        lease_until=timezone.now() + settings.JOB_LEASE,
    )
    return lease


def work_on(lease: Lease) -> bool:
    """Run the leased job and note how it went. Returns whether it was done."""
    job = own_jobs(lease).first()
    if job is None:
        return False
    try:
        _tasks[job.name].run(lease, **_unpack(job.arguments))
    except LeaseLostError:
        log.warning("lease lost", job=job.name, ref=str(job.ref))
        return False
    except Exception as error:  # whatever a task does, the worker goes on
        log.exception("job failed", job=job.name, ref=str(job.ref), attempt=lease.attempt)
        _retry_later(lease, job, type(error).__name__)
        return False
    done = own_jobs(lease).update(state=JobState.DONE, ended_at=timezone.now(), lease_until=None, fault="")
    return bool(done)


def run_waiting(*, leave: str = "") -> int:
    """Do all that is due, in this process, until nothing is: for commands and tests. Returns how many were tried.

    Jobs of the name `leave` are left to the worker.
    """
    worker = new_worker_name()
    tried = 0
    while lease := claim(worker, leave=leave):
        work_on(lease)
        tried += 1
    return tried


def retry(job: Job) -> None:
    """Give a failed job another round of attempts, from now."""
    Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.WAITING, attempts=0, run_at=timezone.now(), fault="", ended_at=None
    )


def enqueue_scheduled() -> int:
    """Enqueue what is due by the clock, once, however many workers look. Returns how many jobs were made.

    One that is still waiting or running from last time is not enqueued again: it would only pile up.
    """
    timed = {name: found.every for name, found in _tasks.items() if found.every is not None}
    known = Schedule.objects.in_bulk(timed, field_name="name")
    now = timezone.now()
    made = 0
    for name, every in timed.items():
        schedule = known.get(name) or Schedule.objects.get_or_create(name=name, defaults={"next_at": now})[0]
        if schedule.next_at <= now:
            made += _enqueue_once(schedule, now + every)
    return made


@transaction.atomic
def _enqueue_once(schedule: Schedule, next_at: datetime) -> bool:
    if not Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(next_at=next_at):
        return False  # another worker was faster
    if Job.objects.filter(name=schedule.name, state__in=[JobState.WAITING, JobState.RUNNING]).exists():
        return False
    enqueue(schedule.name)
    return True


def own_jobs(lease: Lease) -> QuerySet[Job]:
    """The job, as long as this lease is the one that holds it."""
    return Job.objects.filter(pk=lease.job_id, state=JobState.RUNNING, worker=lease.worker, attempts=lease.attempt)


def _retry_later(lease: Lease, job: Job, fault: str) -> None:
    if lease.attempt >= job.attempts_allowed:
        _fail(own_jobs(lease), fault)
        return
    wait = min(BACKOFF * 2 ** min(lease.attempt - 1, 12), LONGEST_BACKOFF)
    own_jobs(lease).update(state=JobState.WAITING, run_at=timezone.now() + wait, lease_until=None, fault=fault[:200])


def _fail(jobs: QuerySet[Job], fault: str) -> None:
    jobs.update(state=JobState.FAILED, ended_at=timezone.now(), lease_until=None, fault=fault[:200])


def _unpack(arguments: dict[str, Any]) -> dict[str, Any]:
    return {key: UUID(value["ref"]) if isinstance(value, dict) else value for key, value in arguments.items()}
