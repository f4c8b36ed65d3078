"""Moments as credentials write them: ISO 8601 with a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def written(moment: datetime) -> str:
    """To the second, in UTC. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def read(text: object) -> datetime:
    """In UTC. Raises ValueError for anything that is not a moment with a zone."""
    if not isinstance(text, str) or not MOMENT.fullmatch(text):
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as beyond:  # the first and last days of the calendar, in another zone
        raise ValueError(text) from beyond
