"""Jobs: leased, renewed, retried, scheduled. What a real kill does: test_worker_killed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from luotsi.core import jobs
from luotsi.core.enums import JobState
from luotsi.core.models import Job, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
LAMP = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")


@pytest.fixture(autouse=True)
def tasks() -> Iterator[dict[str, jobs.Task]]:
    """No tasks but those of the test."""
    kept = dict(jobs._tasks)
    jobs._tasks.clear()
    yield jobs._tasks
    jobs._tasks.clear()
    jobs._tasks.update(kept)


def break_down(_lease: jobs.Lease) -> None:
    raise ZeroDivisionError


def job_now() -> tuple[str, int, str]:
    job = Job.objects.get()
    return job.state, job.attempts, job.fault


def time_passes(**much: int) -> None:
    for job in Job.objects.all():
        lease_until = job.lease_until and job.lease_until - timedelta(**much)
        Job.objects.filter(pk=job.pk).update(run_at=job.run_at - timedelta(**much), lease_until=lease_until)


def test_job_gets_its_arguments_and_is_done_once() -> None:
    got = []
    jobs.task("lamp.light")(lambda _lease, *, lamp, watts: got.append((lamp, watts)))
    jobs.enqueue("lamp.light", lamp=LAMP, watts=40)

    assert jobs.run_waiting() == 1
    assert jobs.run_waiting() == 0

    assert got == [(LAMP, 40)]
    assert job_now() == (JobState.DONE, 1, "")
    assert Job.objects.get().is_over


def test_job_of_a_transaction_that_was_rolled_back_never_was() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("lamp.light", watts=1 // 0)

    assert Job.objects.count() == 0


def test_job_for_later_waits() -> None:
    jobs.task("lamp.light")(lambda _lease: None)
    jobs.enqueue("lamp.light", run_at=timezone.now() + timedelta(hours=1))

    assert jobs.run_waiting() == 0
    time_passes(minutes=61)
    assert jobs.run_waiting() == 1


def test_fault_is_retried_with_growing_waits_then_the_job_stays_failed() -> None:
    @jobs.task("lamp.light", attempts_allowed=3)
    def light(_lease: jobs.Lease) -> None:
        raise ValueError("maija@example.org")

    jobs.enqueue("lamp.light")

    assert jobs.run_waiting() == 1
    assert job_now() == (JobState.WAITING, 1, "ValueError")
    time_passes(seconds=9)
    assert jobs.run_waiting() == 0
    time_passes(seconds=2)
    assert jobs.run_waiting() == 1
    time_passes(seconds=21)
    assert jobs.run_waiting() == 1
    assert job_now() == (JobState.FAILED, 3, "ValueError")
    time_passes(days=1)
    assert jobs.run_waiting() == 0


def test_failed_job_gets_another_round_when_the_operator_says_so() -> None:
    jobs.task("lamp.light", attempts_allowed=1)(break_down)
    job = jobs.enqueue("lamp.light")
    jobs.run_waiting()
    jobs.task("lamp.light", attempts_allowed=1)(lambda _lease: None)

    jobs.retry(job)

    assert jobs.run_waiting() == 1
    assert job_now() == (JobState.DONE, 1, "")


def test_retry_of_a_job_that_is_done_changes_nothing() -> None:
    jobs.task("lamp.light")(lambda _lease: None)
    job = jobs.enqueue("lamp.light")
    jobs.run_waiting()

    jobs.retry(job)

    assert job_now() == (JobState.DONE, 1, "")


def test_job_nobody_knows_how_to_do_fails_and_stops_nobody() -> None:
    jobs.task("lamp.light")(lambda _lease: None)
    jobs.enqueue("lamp.unknown")
    jobs.enqueue("lamp.light")

    assert jobs.run_waiting() == 2

    states = dict(Job.objects.values_list("name", "state"))
    assert states == {"lamp.unknown": JobState.WAITING, "lamp.light": JobState.DONE}


def test_claimed_job_is_not_claimed_again_while_its_lease_lasts() -> None:
    jobs.enqueue("lamp.light")

    first, second = jobs.claim("one"), jobs.claim("two")

    assert first is not None
    assert (first.attempt, first.worker, second) == (1, "one", None)


def test_job_whose_worker_died_is_taken_over_and_the_late_result_is_refused() -> None:
    jobs.task("lamp.light")(lambda _lease: None)
    jobs.enqueue("lamp.light")
    dead = jobs.claim("one")
    time_passes(seconds=61)
    alive = jobs.claim("two")
    assert dead is not None
    assert alive is not None

    assert jobs.work_on(dead) is False
    assert job_now() == (JobState.RUNNING, 2, "")
    with pytest.raises(jobs.LeaseLostError):
        dead.renew()
    with pytest.raises(jobs.LeaseLostError):
        dead.report(1, 2)
    assert jobs.work_on(alive) is True
    assert job_now() == (JobState.DONE, 2, "")


def test_late_fault_of_a_dead_worker_is_refused_too() -> None:
    jobs.task("lamp.light", attempts_allowed=1)(break_down)
    job = jobs.enqueue("lamp.light")
    dead = jobs.claim("one")
    assert dead is not None
    time_passes(seconds=61)
    assert jobs.claim("two") is None  # it had its one attempt
    assert job_now() == (JobState.FAILED, 1, "the worker stopped each time")
    jobs.retry(job)

    assert jobs.work_on(dead) is False

    assert job_now() == (JobState.WAITING, 0, "")


def test_task_that_finds_its_lease_lost_stops_without_a_fault() -> None:
    @jobs.task("lamp.light")
    def light(lease: jobs.Lease) -> None:
        Job.objects.update(worker="another", attempts=2)
        lease.report(1, 2)

    jobs.enqueue("lamp.light")

    assert jobs.run_waiting() == 1

    assert job_now() == (JobState.RUNNING, 2, "")


def test_report_shows_progress_and_renews_the_lease() -> None:
    jobs.enqueue("lamp.light")
    lease = jobs.claim("one")
    assert lease is not None
    time_passes(seconds=30)
    before = Job.objects.get().lease_until

    lease.report(3, 10)

    job = Job.objects.get()
    assert (job.steps_done, job.steps_total) == (3, 10)
    assert job.lease_until is not None
    assert before is not None
    assert round((job.lease_until - before).total_seconds()) == 30


def test_job_that_stopped_every_worker_does_not_hide_the_others() -> None:
    jobs.task("lamp.light")(lambda _lease: None)
    jobs.enqueue("lamp.killer")
    Job.objects.update(
        state=JobState.RUNNING, attempts=5, lease_until=timezone.now() - timedelta(seconds=1), worker="dead"
    )
    jobs.enqueue("lamp.light")

    assert jobs.run_waiting() == 1

    states = dict(Job.objects.values_list("name", "state"))
    assert states == {"lamp.killer": JobState.FAILED, "lamp.light": JobState.DONE}


def test_scheduled_job_comes_by_the_clock() -> None:
    done = []
    jobs.task("lamp.look", every=timedelta(hours=1))(lambda _lease: done.append(1))

    assert jobs.enqueue_scheduled() == 1
    assert jobs.enqueue_scheduled() == 0
    jobs.run_waiting()
    Schedule.objects.update(next_at=timezone.now() - timedelta(hours=5))  # nobody worked for hours
    assert jobs.enqueue_scheduled() == 1
    assert jobs.enqueue_scheduled() == 0
    jobs.run_waiting()

    assert len(done) == 2


def test_scheduled_job_that_still_waits_is_not_piled_up() -> None:
    jobs.task("lamp.look", every=timedelta(hours=1))(lambda _lease: None)
    jobs.enqueue_scheduled()
    Schedule.objects.update(next_at=timezone.now())

    assert jobs.enqueue_scheduled() == 0

    assert Job.objects.count() == 1
    assert Schedule.objects.get().next_at > timezone.now() + timedelta(minutes=59)


def test_scheduled_job_is_enqueued_once_when_two_workers_saw_that_it_is_due() -> None:
    jobs.task("lamp.look", every=timedelta(hours=1))(lambda _lease: None)
    jobs.enqueue_scheduled()
    jobs.run_waiting()
    Schedule.objects.update(next_at=timezone.now())
    seen_by_another = Schedule.objects.get()

    made = jobs.enqueue_scheduled()
    jobs.run_waiting()
    made_by_another = jobs._enqueue_once(seen_by_another, timezone.now() + timedelta(hours=1))

    assert (made, made_by_another) == (1, False)
    assert Job.objects.count() == 2


def test_look_at_the_clock_costs_one_query_however_many_tasks(django_assert_num_queries) -> None:
    for number in range(3):
        jobs.task(f"lamp.look{number}", every=timedelta(hours=1))(lambda _lease: None)
    jobs.enqueue_scheduled()

    with django_assert_num_queries(1):
        jobs.enqueue_scheduled()


def test_worker_names_never_come_back() -> None:
    names = {jobs.new_worker_name() for _ in range(1000)}

    assert len(names) == 1000
    assert max(len(name) for name in names) <= (Job._meta.get_field("worker").max_length or 0)
