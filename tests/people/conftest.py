"""Stories are told in English, unless they are about languages; nobody has tried to sign in yet."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def english(client: Client) -> Iterator[None]:
    """Texts and pages are in English; a story may set the cookie anew."""
    client.cookies["language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Failed attempts to sign in are counted in the cache, which outlives a story."""
    cache.clear()
