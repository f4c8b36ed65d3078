"""What the stories of this module share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(client) -> Iterator[None]:
    """Words are compared in English, unless a story says otherwise."""
    client.cookies["language"] = "en"
    with translation.override("en"):
        yield
