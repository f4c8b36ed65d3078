"""What our own tables may hold on the way out."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

OutputValue: TypeAlias = str | int | float | Decimal | bool | date | None
"""A `datetime` is a `date` too. It is written as it stands, to the second, and must be local time without a zone."""


def checked(value: OutputValue) -> OutputValue:
    """The value itself; ValueError for a date with a time zone or a number that is none (NaN, infinity)."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError("a table shows local times: turn this into one without a zone first")
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ValueError("a table cannot hold a number that is not finite")
    return value
