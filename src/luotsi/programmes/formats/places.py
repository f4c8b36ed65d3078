"""Places in a letter's text that are filled for each recipient: {name}."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE: Final = re.compile(r"\{([^{}]*)\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; a place that is not known stays as it was written."""
    return PLACE.sub(lambda place: values.get(place[1].strip(), place[0]), text)
