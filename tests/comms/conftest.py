"""What the tests of comms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.comms.deliveries import told
from tests.comms.played_server import Played

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.comms.models import Delivery


@pytest.fixture
def play() -> Iterator:
    """Starts played servers and waits for their end."""
    started: list[Played] = []

    def start(**answers: str) -> Played:
        played = Played(**answers)
        played.start()
        started.append(played)
        return played

    yield start
    for played in started:
        played.is_over.set()
        played.join(5)
        played.listener.close()


@pytest.fixture
def server(play, settings):
    """Plays a mail server with the given answers and makes it the installation's own."""
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.1

    def start(**answers: str) -> Played:
        played: Played = play(**answers)
        settings.EMAIL_PORT = played.port
        return played

    return start


@pytest.fixture
def delivery(db: None) -> Delivery:
    return told()
