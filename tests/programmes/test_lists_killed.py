"""A real worker takes a list, is killed in the middle, and another goes on; whoever else writes hardly waits."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from luotsi.core import jobs
from luotsi.core.models import AuditEntry, Job
from luotsi.people.models import Person
from luotsi.programmes.enums import ImportState
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRun
from luotsi.programmes.queries.lists import counts_of
from luotsi.programmes.services import imports
from tests.core.real_processes import LEASE, Process, ended, own_database, until
from tests.factories.people import coordinator_of
from tests.factories.programmes import open_round
from tests.programmes.sheets import applicant, csv_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.timeout(180), pytest.mark.django_db(transaction=True)]
ROWS = 1_500
LONGEST = 1.0  # seconds


@pytest.fixture
def worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[[], Process]]:
    """Starts the product's worker on a database of the test's own."""
    with own_database(tmp_path) as address:
        env = {"DATABASE_URL": address, "LUOTSI_JOB_LEASE": str(LEASE), "LUOTSI_VAR": str(tmp_path)}
        yield lambda: Process("-m", "django", "work", DJANGO_SETTINGS_MODULE="tests.settings", **env)


def ready() -> ImportRun:
    """A list that has been read, and is to be taken."""
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    content = csv_of(*(applicant(number) for number in range(ROWS)))
    run = imports.stage_import(round_, name="hakijat.csv", content=content, by=coordinator)
    jobs.run_waiting(leave="comms.deliver")
    run.refresh_from_db()
    imports.apply_import(run, by=coordinator)
    Job.objects.exclude(name="programmes.apply_import").delete()
    return run


def state_of(run: ImportRun) -> str:
    return ImportRun.objects.get(pk=run.pk).state


def test_a_list_whose_worker_was_killed_is_taken_to_its_end_without_anybody_twice(worker) -> None:
    run = ready()
    victim = worker()

    with ended(victim):
        until(Application.objects.exists)
        victim.kill()
        at_the_kill = Application.objects.count()
        heir = worker()
        with ended(heir):
            until(lambda: state_of(run) == ImportState.APPLIED, seconds=90)

    assert 0 < at_the_kill < ROWS
    assert counts_of(run) == {"taken": ROWS}
    assert Application.objects.count() == EmailAddress.objects.count() - 1 == Person.objects.count() - 1 == ROWS
    assert AuditEntry.objects.filter(verb="programmes.applied").count() == ROWS
    assert AuditEntry.objects.filter(verb="programmes.list_taken").count() == 1
    assert not run.rows.exclude(kept={}).exists()


class Writer(threading.Thread):
    """Somebody who writes all the time."""

    def __init__(self, path: str) -> None:
        super().__init__(daemon=True)
        self.path, self.is_over, self.waits = path, threading.Event(), list[float]()

    def run(self) -> None:
        with contextlib.closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as own:
            while not self.is_over.wait(0.005):
                began = time.monotonic()
                own.execute("BEGIN IMMEDIATE")
                own.execute("UPDATE people_network SET changed_at = changed_at")
                own.execute("COMMIT")
                self.waits.append(time.monotonic() - began)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only on SQLite does one writer keep all others waiting")
def test_nobody_who_writes_meanwhile_waits_over_a_second(worker) -> None:
    run = ready()
    writer = Writer(str(connection.settings_dict["NAME"]))
    busy = worker()

    with ended(busy):
        writer.start()
        until(lambda: state_of(run) == ImportState.APPLIED, seconds=90)
        writer.is_over.set()
        writer.join(30)

    assert counts_of(run) == {"taken": ROWS}
    assert len(writer.waits) > ROWS / 100
    assert max(writer.waits) < LONGEST
