"""Stories are told in English, unless they are about languages."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def english(client: Client) -> Iterator[None]:
    """Texts and pages are in English; a story may set the cookie anew."""
    client.cookies["language"] = "en"
    with translation.override("en"):
        yield
