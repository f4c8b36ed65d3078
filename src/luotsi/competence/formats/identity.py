"""Identifiers that are the same at every reading of the same thing, and differ between two things."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from luotsi.competence.formats.source import mark

if TYPE_CHECKING:
    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Texts


def own_or_derived(kind: str, node: Node, *told: Texts | str) -> str:
    """`kind:id` with the source's own id, or one derived from what the thing says."""
    own = mark(node, "id")
    return f"{kind}:{own}" if own else f"{kind}:{derived(*told)}"


def derived(*told: Texts | str) -> str:
    """An identifier made of words. Of a text its first language counts: an added translation changes nothing."""
    words = [text if isinstance(text, str) else _first_words(text) for text in told]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _first_words(text: Texts) -> str:
    return next((text[language] for language in ("fi", "sv", "en") if language in text), "")


class Names:
    """Gives each thing an identifier that nothing else has got here."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def own(self, wanted: str) -> str:
        """`wanted`, or with a running number when something else has it already."""
        found = wanted
        while self._times[found]:
            self._times[wanted] += 1
            found = f"{wanted}~{self._times[wanted]}"
        self._times[found] += 1
        return found
