"""Tasks for workers under test. They note what they do in a folder, and wait there for the gate of their attempt to open."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from luotsi.core import jobs

FOLDER = Path(os.environ["TEST_FOLDER"])


def note(word: str) -> None:
    with (FOLDER / "notes").open("a") as notes:
        notes.write(f"{word} {os.getpid()}\n")


@jobs.task("test.held")
def held(lease: jobs.Lease) -> None:
    note("begin")
    while not (FOLDER / f"gate-{lease.attempt}").exists():
        time.sleep(0.02)
    note("end")


@jobs.task("test.killer")
def killer(_lease: jobs.Lease) -> None:
    note("begin")
    os.kill(os.getpid(), signal.SIGKILL)


@jobs.task("test.long")
def long(lease: jobs.Lease, *, seconds: int) -> None:
    note("begin")
    time.sleep(seconds)
    lease.report(1, 1)
    note("end")


@jobs.task("test.tick", every=timedelta(hours=1))
def tick(_lease: jobs.Lease) -> None:
    note("tick")
