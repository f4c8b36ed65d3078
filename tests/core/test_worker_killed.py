"""Workers in real processes: killed, frozen, racing. No job is lost, and none is done twice without need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from luotsi.core import jobs
from luotsi.core.enums import JobState
from luotsi.core.models import Job
from tests.core.real_processes import LEASE, Process, ended, is_idle, own_database, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[[], Process]]:
    """Starts a worker on a database of the test's own."""
    with own_database(tmp_path) as address:
        env = {"DATABASE_URL": address, "LUOTSI_JOB_LEASE": str(LEASE), "TEST_FOLDER": str(tmp_path)}
        yield lambda: Process("-m", "tests.core.work_here", **env)


@pytest.fixture
def notes(tmp_path: Path) -> Callable[[str], list[int]]:
    """Which processes noted a word, in order."""

    def read(word: str) -> list[int]:
        lines = (tmp_path / "notes").read_text().splitlines() if (tmp_path / "notes").exists() else []
        return [int(line.split()[1]) for line in lines if line.startswith(f"{word} ")]

    return read


def state_of(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.attempts


def test_job_of_a_killed_worker_is_finished_by_another(worker, notes, tmp_path: Path) -> None:
    job = jobs.enqueue("test.held")
    victim, heir = worker(), worker()

    with ended(victim, heir):
        until(lambda: notes("begin"))
        first = victim if notes("begin") == [victim.process.pid] else heir
        second = heir if first is victim else victim
        first.kill()
        until(lambda: len(notes("begin")) == 2)
        (tmp_path / "gate-2").touch()
        until(lambda: state_of(job)[0] == JobState.DONE)

    assert notes("begin") == [first.process.pid, second.process.pid]
    assert notes("end") == [second.process.pid]
    assert state_of(job) == (JobState.DONE, 2)


def test_late_result_of_a_frozen_worker_is_refused(worker, notes, tmp_path: Path) -> None:
    job = jobs.enqueue("test.held")
    one, other = worker(), worker()

    with ended(one, other):
        until(lambda: notes("begin"))
        late = one if notes("begin") == [one.process.pid] else other
        heir = other if late is one else one
        late.freeze()
        until(lambda: len(notes("begin")) == 2)
        (tmp_path / "gate-1").touch()
        late.thaw()
        until(lambda: notes("end") == [late.process.pid])
        jobs.enqueue("test.killer")
        until(lambda: not late.is_alive())  # so it has come back from the job and looked for another
        after_the_late_result = state_of(job)
        (tmp_path / "gate-2").touch()
        until(lambda: state_of(job)[0] == JobState.DONE)

    assert after_the_late_result == (JobState.RUNNING, 2)
    assert notes("end") == [late.process.pid, heir.process.pid]
    assert state_of(job) == (JobState.DONE, 2)


def test_job_that_kills_its_worker_every_time_ends_failed(worker, notes) -> None:
    job = jobs.enqueue("test.killer")
    Job.objects.filter(pk=job.pk).update(attempts_allowed=2)
    workers = [worker(), worker(), worker()]

    with ended(*workers):
        until(lambda: state_of(job)[0] == JobState.FAILED)
        alive = [each.is_alive() for each in workers]

    assert len(notes("begin")) == 2
    assert sorted(alive) == [False, False, True]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.fault) == (JobState.FAILED, 2, "the worker stopped each time")


def test_job_longer_than_its_lease_is_done_once_and_the_clock_ticks_once(worker, notes) -> None:
    job = jobs.enqueue("test.long", seconds=3)
    workers = [worker(), worker()]

    with ended(*workers):
        until(lambda: state_of(job)[0] == JobState.DONE)
        until(is_idle)

    assert len(notes("begin")) == len(notes("end")) == len(notes("tick")) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.steps_done) == (JobState.DONE, 1, 1)
    assert (timezone.now() - job.created_at).total_seconds() > 3 * LEASE
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_worker_that_is_asked_to_stop_finishes_the_job_in_hand(worker, notes, tmp_path: Path) -> None:
    job = jobs.enqueue("test.held")
    asked = worker()

    with ended(asked):
        until(lambda: notes("begin"))
        asked.process.terminate()
        (tmp_path / "gate-1").touch()
        until(lambda: not asked.is_alive())

    assert asked.process.returncode == 0
    assert state_of(job) == (JobState.DONE, 1)
