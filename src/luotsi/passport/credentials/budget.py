"""What one question may cost. A document of a kilobyte can otherwise keep a processor busy for ever."""

from __future__ import annotations

import time

from luotsi.passport.credentials.verdicts import Code, UncheckableError

CPU_SECONDS = 1.5
STEPS = 10_000
PAIRS = 200_000


class Budget:
    """Counts work down and raises UncheckableError(too_much_work) when it is used up.

    Steps are the first line: the same document always meets the same answer. The processor time of this thread is
    the second, for shapes that no count foresees; waiting for others does not use it.
    """

    def __init__(self, *, steps: int = STEPS, cpu_seconds: float = CPU_SECONDS) -> None:
        self._steps = steps
        self._end = time.thread_time() + cpu_seconds

    def look_at_clock(self) -> None:
        if time.thread_time() > self._end:
            raise UncheckableError(Code.TOO_MUCH_WORK)

    def spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise UncheckableError(Code.TOO_MUCH_WORK)
        self.look_at_clock()
