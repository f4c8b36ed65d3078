"""The worker and the mail server as real processes, each killed at every point between them and started again.

Whatever happens, a mail reaches the server at most once, and none is lost: it is sent, or it is `uncertain` and shown.
"""

from __future__ import annotations

import contextlib
import socket
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.utils import timezone

from luotsi.comms.enums import DeliveryState
from luotsi.comms.models import Delivery
from luotsi.comms.services import tell
from luotsi.core.actors import SYSTEM
from luotsi.core.models import Job
from tests.comms.letters import letter, recipient
from tests.core.real_processes import LEASE, Process, is_idle, own_database, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
SMTP_TIMEOUT = 10  # seconds
WAITING, SENT, UNCERTAIN = DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.UNCERTAIN


class World:
    """One database, one mail server's folder and port, and a worker and a server that are started when they are missing."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.env = {
            "DATABASE_URL": address,
            "LUOTSI_JOB_LEASE": str(LEASE),
            "LUOTSI_SMTP_HOST": "127.0.0.1",
            "LUOTSI_SMTP_PORT": str(self.port),
            "LUOTSI_SMTP_TIMEOUT": str(SMTP_TIMEOUT),
        }
        self.worker: Process | None = None
        self.server: Process | None = None

    def start_worker(self) -> None:
        self.worker = self.worker or Process("-m", "django", "work", **self.env)

    def kill_worker(self) -> None:
        if self.worker:
            self.worker.kill()
        self.worker = None

    def start_server(self) -> None:
        self.server = self.server or Process("-m", "tests.comms.smtp_server", str(self.port), str(self.folder))
        until(self.server_answers)

    def kill_server(self) -> None:
        if self.server:
            self.server.kill()
        self.server = None

    def server_answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
            return line.recv(3) == b"220"
        return False

    def hold(self, point: str) -> None:
        (self.folder / f"hold-{point}").touch()

    def is_at(self, point: str) -> bool:
        return (self.folder / f"at-{point}").exists()

    def let_go(self, point: str) -> None:
        (self.folder / f"hold-{point}").unlink()
        (self.folder / f"at-{point}").unlink()

    def copies_of(self, delivery: Delivery) -> int:
        kept = [message_from_bytes(path.read_bytes()) for path in self.folder.glob("*.eml")]
        return sum(mail["Message-ID"] == delivery.mail_id for mail in kept)


@pytest.fixture(scope="module")
def world(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[World]:
    """Whoever was not killed goes on to the next test: starting takes longer than the tests themselves."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), own_database(folder) as address:
        world = World(folder, address)
        try:
            yield world
        finally:
            world.kill_worker()
            world.kill_server()


def tell_aija() -> Delivery:
    tell(letter, to=recipient(), by=SYSTEM)
    return Delivery.objects.get()


def time_passes() -> None:
    """All that waits for its next attempt is due."""
    now = timezone.now()
    Delivery.objects.filter(state=WAITING).update(next_at=now)
    Job.objects.filter(state="waiting").update(run_at=now)


def state_of(delivery: Delivery) -> tuple[str, int]:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts


def comes_to_rest(delivery: Delivery) -> bool:
    return state_of(delivery)[0] in {SENT, UNCERTAIN} and is_idle()


@contextlib.contextmanager
def full_waiting_room(port: int) -> Iterator[None]:
    """A server that accepts nobody: who connects waits in front of the door."""
    with socket.create_server(("127.0.0.1", port), backlog=0) as listener, contextlib.ExitStack() as inside:
        for _place in range(3):
            line = inside.enter_context(socket.socket())
            line.settimeout(0)
            line.connect_ex(listener.getsockname())
        yield


def test_worker_killed_before_it_reached_the_server(world: World) -> None:
    world.kill_server()
    world.start_worker()
    with full_waiting_room(world.port):
        delivery = tell_aija()
        until(lambda: Job.objects.filter(name="comms.deliver", state="running").exists())
        world.kill_worker()

    assert state_of(delivery) == (WAITING, 0)
    world.start_worker()
    world.start_server()
    until(lambda: comes_to_rest(delivery))
    assert state_of(delivery) == (SENT, 1)
    assert world.copies_of(delivery) == 1


@pytest.mark.parametrize(
    ("point", "end", "copies"),
    [
        ("rcpt", (SENT, 1), 1),
        ("data", (UNCERTAIN, 1), 0),
        ("content", (UNCERTAIN, 1), 0),
        ("kept", (UNCERTAIN, 1), 1),
    ],
)
def test_worker_killed_while_the_server_holds_its_answer(world: World, point: str, end: tuple, copies: int) -> None:
    world.start_server()
    world.start_worker()
    world.hold(point)
    delivery = tell_aija()
    until(lambda: world.is_at(point))

    world.kill_worker()

    world.start_worker()
    world.let_go(point)
    until(lambda: comes_to_rest(delivery))
    assert state_of(delivery) == end
    assert world.copies_of(delivery) == copies


def test_worker_killed_after_the_answer_and_before_it_could_note_it(world: World) -> None:
    world.start_server()
    world.start_worker()
    world.hold("kept")
    world.hold("quit")
    delivery = tell_aija()
    until(lambda: world.is_at("kept"))

    with transaction.atomic():
        Delivery.objects.select_for_update().get(pk=delivery.pk)  # nobody else can write it now
        world.let_go("kept")
        until(lambda: world.is_at("quit"))  # it has the answer
        world.kill_worker()

    world.let_go("quit")
    world.start_worker()
    until(lambda: comes_to_rest(delivery))
    assert state_of(delivery) == (UNCERTAIN, 1)
    assert world.copies_of(delivery) == 1


def test_answer_is_noted_before_the_goodbye(world: World) -> None:
    world.start_server()
    world.start_worker()
    world.hold("quit")
    delivery = tell_aija()
    until(lambda: world.is_at("quit"))

    until(lambda: state_of(delivery) == (SENT, 1), seconds=SMTP_TIMEOUT / 2)

    world.let_go("quit")
    until(lambda: comes_to_rest(delivery))
    assert world.copies_of(delivery) == 1


@pytest.mark.parametrize(
    ("point", "then", "end", "copies"),
    [
        ("rcpt", WAITING, (SENT, 2), 1),
        ("data", WAITING, (SENT, 2), 1),
        ("content", UNCERTAIN, (UNCERTAIN, 1), 0),
        ("kept", UNCERTAIN, (UNCERTAIN, 1), 1),
        ("quit", SENT, (SENT, 1), 1),
    ],
)
def test_server_killed_and_started_again(world: World, point: str, then: str, end: tuple, copies: int) -> None:
    world.start_server()
    world.start_worker()
    world.hold(point)
    delivery = tell_aija()
    until(lambda: world.is_at(point))

    world.kill_server()

    until(lambda: state_of(delivery) == (then, 1))
    world.let_go(point)
    world.start_server()
    time_passes()
    until(lambda: comes_to_rest(delivery))
    assert state_of(delivery) == end
    assert world.copies_of(delivery) == copies


def test_server_that_is_down_loses_nothing(world: World) -> None:
    world.kill_server()
    world.start_worker()
    delivery = tell_aija()
    until(lambda: state_of(delivery) == (WAITING, 1))

    world.start_server()
    time_passes()

    until(lambda: comes_to_rest(delivery))
    assert state_of(delivery) == (SENT, 2)
    assert world.copies_of(delivery) == 1
