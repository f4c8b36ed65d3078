"""Writing much without keeping others from writing."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

HELD: Final = 0.25
"""Seconds for which a transaction may keep others waiting; how many rows that are is found out on the way."""
FREE: Final = 0.11
"""Seconds that others are given in between. On SQLite who waits looks again every tenth of a second at the latest."""
FEWEST, FIRST, MOST = 25, 100, 500


class Turns:
    """Takes turns with whoever else writes. What can be done beforehand is done while it is the others' turn."""

    def __init__(self) -> None:
        self.rows = FIRST  # how many to write next time
        self._free_since = 0.0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of ours."""
        if connection.vendor == "sqlite":
            time.sleep(max(0.0, self._free_since + FREE - time.monotonic()))
        with transaction.atomic():
            began = time.monotonic()  # the lock is ours from here on
            yield
        self._free_since = time.monotonic()
        took = max(self._free_since - began, 0.001)
        self.rows = max(FEWEST, min(MOST, 2 * self.rows, int(self.rows * HELD / took)))
