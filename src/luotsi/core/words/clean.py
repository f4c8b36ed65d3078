"""What no text may hold, because some database, file or protocol on its way refuses it."""

from __future__ import annotations

import re

_UNCLEAN = re.compile("[\x00\ud800-\udfff]")


class UncleanTextError(ValueError):
    """The text holds a NUL or a lone surrogate. `position` counts characters from 0."""

    def __init__(self, position: int) -> None:
        super().__init__(f"a NUL or a lone surrogate at character {position}")
        self.position = position


def is_clean_text(text: str) -> bool:
    """Whether the text can be stored and sent: no NUL (PostgreSQL refuses it), no lone surrogate (UTF-8 has none)."""
    return _UNCLEAN.search(text) is None


def clean_text(text: str) -> str:
    """Return the very same text, or raise UncleanTextError. Nothing is mended: mending would be guessing."""
    if found := _UNCLEAN.search(text):
        raise UncleanTextError(found.start())
    return text
