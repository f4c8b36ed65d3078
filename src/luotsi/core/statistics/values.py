"""Values that the whole package shares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A confidence interval, ends included. `level` is a share: 0.95 for 95 %."""

    low: float
    high: float
    level: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def checked_level(level: float) -> float:
    """The level of confidence, or ValueError when it is not a share between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"the level of confidence is a share between 0 and 1, not {level}")
    return level
