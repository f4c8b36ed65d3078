"""Workers as processes of their own, on a database of their own: what a signal does to them cannot be played otherwise."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, connections
from django.utils import timezone

from luotsi.core.enums import JobState
from luotsi.core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
LEASE = 1.0  # seconds


@contextlib.contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """A copy of the test database that other processes can open. Django's connection leads to it. Yields its address."""
    original = connections["default"]
    original.ensure_connection()
    copy = _sqlite_copy if original.vendor == "sqlite" else _postgresql_copy
    with copy(original, folder) as (name, address):
        own = type(original)({**original.settings_dict, "NAME": name}, alias="default")
        connections["default"] = own
        try:
            yield address
        finally:
            own.close()
            connections["default"] = original


@contextlib.contextmanager
def _sqlite_copy(original, folder: Path) -> Iterator[tuple[str, str]]:
    path = folder / "copy.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as target:
        original.connection.backup(target)
    yield str(path), f"sqlite:///{path}"


@contextlib.contextmanager
def _postgresql_copy(original, _folder: Path) -> Iterator[tuple[str, str]]:
    name = f"test_copy_{secrets.token_hex(6)}"
    at = original.settings_dict
    original.close()
    with original._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE {name} TEMPLATE "{at["NAME"]}"')
    yield name, f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{name}"
    with original._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Process:
    """A process that can be killed, stopped and resumed."""

    def __init__(self, *command: str, **env: str) -> None:
        shared = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "tests.core.kernel_settings",
        }
        self.process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=shared | env)

    def kill(self) -> None:
        """As a machine that loses its power."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def freeze(self) -> None:
        """Stop it where it is, but not with SQLite's one write lock in its hand."""
        self.process.send_signal(signal.SIGSTOP)
        while not _can_write():
            self.thaw()
            time.sleep(0.01)
            self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def is_alive(self) -> bool:
        return self.process.poll() is None


@contextlib.contextmanager
def ended(*processes: Process) -> Iterator[None]:
    """End whatever still runs."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()


def until(is_so: Callable[[], object], *, seconds: float = 45) -> None:
    """Wait for something to become so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)


def is_idle() -> bool:
    """Nothing runs, and nothing waits that is due."""
    busy = Job.objects.filter(state=JobState.RUNNING) | Job.objects.filter(
        state=JobState.WAITING, run_at__lte=timezone.now()
    )
    return not busy.exists()


def _can_write() -> bool:
    if connection.vendor != "sqlite":
        return True
    with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as own:
        try:
            own.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True
