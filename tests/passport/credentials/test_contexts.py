import hashlib
import json

import pytest

from luotsi.passport.credentials import contexts


def test_pinned_contexts_are_the_ones_that_are_installed():
    found = contexts.pinned()

    assert {address: hashlib.sha256(text).hexdigest() for address, text in found.documents.items()} == {
        address: digest for address, (_, digest) in contexts.PINS.items()
    }
    assert all("@context" in json.loads(text) for text in found.documents.values())


def test_changed_file_is_a_broken_pin():
    with pytest.raises(contexts.PinBrokenError, match="credentials-v2"):
        contexts._pinned_file("credentials-v2.json", "0" * 64)


def test_unknown_context_is_named_and_not_fetched():
    with pytest.raises(contexts.UnknownContextError, match=r"https://example\.org/context"):
        contexts.pinned().load("https://example.org/context")


def test_wider_set_leaves_the_pinned_one_alone():
    wider = contexts.pinned().plus({"https://example.org/context": b'{"@context": {}}'})

    assert "https://example.org/context" in wider
    assert "https://example.org/context" not in contexts.pinned()


def test_pinned_contexts_hold_nothing_that_leaves_parts_unsigned():
    """No word for everything undefined, no relative base, no hidden index: the checks rest on it."""
    keywords = {"@vocab", "@base", "@import", "@index", "@nest", "@reverse", "@included", "@direction", "@language"}

    found = {
        (address, word)
        for address, text in contexts.pinned().documents.items()
        for word in keywords
        if f'"{word}":' in text.decode().replace(" ", "")
    }

    assert found == set()
