"""Spreadsheets run what begins with a sign of sums. In a CSV such text is written with an apostrophe before it."""

from __future__ import annotations

import re

_RISKY = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'*(?:[=+\-@\t\r\n＝＋－＠]|sep=)", re.IGNORECASE)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula. The wide signs count: some Excels read them alike."""
    return _RISKY.match(text) is not None


def guard(text: str) -> str:
    """The text as it may stand in a CSV. `unguard` gives back exactly the text.

    Text that already begins with apostrophes and a sign gets one more. `sep=` is guarded too: as the first line of a
    file, Excel takes it for a setting.
    """
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text without the apostrophe that `guard`, or a spreadsheet's user, put before a sign."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
