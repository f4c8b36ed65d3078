"""What the tests of comms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.comms.played_server import Played

if TYPE_CHECKING:
    from collections.abc import Iterator


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
