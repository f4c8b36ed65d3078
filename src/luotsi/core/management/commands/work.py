"""The worker: events that a crash left, jobs by the clock, jobs that wait. Stops at a signal, after the job in hand."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from luotsi.core import events, jobs

PAUSE = 0.3  # seconds between looks when there is nothing to do
log = structlog.get_logger("luotsi.work")


class Command(BaseCommand):
    help = "Do the work that waits: facts, jobs, schedule."
    requires_system_checks: list[str] = []  # they load every page, which the worker does not need
    is_stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="stop when there is nothing left to do")

    def handle(self, *_args: object, **options: object) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        worker = jobs.new_worker_name()
        while not self.is_stopping:
            try:
                is_busy = take_a_turn(worker)
            except DatabaseError:
                if options["until_idle"]:
                    raise
                log.exception("the database does not answer")
                is_busy = False
            if not is_busy:
                if options["until_idle"]:
                    return
                time.sleep(PAUSE)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True


def take_a_turn(worker: str) -> bool:
    """What waits in the outbox, what is due by the clock, and one job. Returns whether there was anything."""
    close_old_connections()  # a connection that broke is opened anew
    busy = events.dispatch_waiting() + jobs.enqueue_scheduled()
    lease = jobs.claim(worker)
    if lease is None:
        return bool(busy)
    with heartbeat(lease):
        jobs.work_on(lease)
    return True


@contextmanager
def heartbeat(lease: jobs.Lease) -> Iterator[None]:
    """Renews a lease from a thread of its own, on a connection of its own, as long as the work goes on."""
    ended = threading.Event()
    thread = threading.Thread(target=beat, args=(lease, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def beat(lease: jobs.Lease, ended: threading.Event) -> None:
    while not ended.wait(settings.JOB_LEASE.total_seconds() / 3):
        try:
            lease.renew()
        except jobs.LeaseLostError:
            break
        except DatabaseError:  # busy or away: the next beat may reach it
            close_old_connections()
    connection.close()
