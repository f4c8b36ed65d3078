"""What may stand in a log: refs, counts, codes, never what a person is called or wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

ADDRESS = re.compile(r"[^\s<>'\"]+@[^\s<>'\"]+")
IDENTITY_CODE = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b")
TOKEN = re.compile(r"(/(?:join|sign-in/link)/)[^/\s'\"]+")


def without_personal_data(text: str) -> str:
    """The text with e-mail addresses, identity codes and link secrets replaced."""
    return TOKEN.sub(r"\1[secret]", IDENTITY_CODE.sub("[identity code]", ADDRESS.sub("[address]", text)))


def drop_personal_data(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: scrubs every string of the entry. Tracebacks keep code lines, not values."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = without_personal_data(value)
    return event
