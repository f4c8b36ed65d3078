"""What we sign, others verify; what others sign, we verify."""

import json
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from luotsi.passport.credentials import keys
from luotsi.passport.credentials.verifying import verify
from tests.node.oracle import ask_digitalbazaar, needs_node, signed_by_digitalbazaar
from tests.passport.credentials.samples import ALL_HELD, BADGE, DID, KEY, METHOD, SEED, key_of, said, signed

pytestmark = needs_node


@contextmanager
def published(*documents):
    """DID documents under the paths that did:web gives them, on a loopback port of its own."""
    pages = {urlsplit(keys.did_web_address(document["id"])).path: json.dumps(document) for document in documents}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            found = pages.get(self.path)
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def address():
    with published(keys.did_document(DID, [KEY])) as base:
        yield base


def test_our_badge_verifies_there(address):
    assert ask_digitalbazaar(signed(), address) == {"verified": True, "errors": []}


def test_our_badge_verifies_there_from_a_file(tmp_path):
    file = tmp_path / "did.json"
    file.write_text(json.dumps(keys.did_document(DID, [KEY])))

    assert ask_digitalbazaar(signed(), str(file)) == {"verified": True, "errors": []}


def test_badge_of_a_retired_key_verifies_there():
    retired = replace(KEY, retired=datetime(2026, 11, 21, tzinfo=UTC))
    current = replace(KEY, id=f"{DID}#key-2", multikey=keys.public_multikey(bytes(32)))

    with published(keys.did_document(DID, [retired, current])) as address:
        answer = ask_digitalbazaar(signed(), address)

    assert answer == {"verified": True, "errors": []}


@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge.update(name="Mestari"),
        lambda badge: badge["credentialSubject"].update(id="urn:uuid:0b9d0f6e-2f3a-4c51-8f3e-6f1b6a4d2c03"),
        lambda badge: badge["credentialSubject"]["achievement"].update(creditsAvailable=25),
        lambda badge: badge["credentialSubject"]["achievement"].update(grade="5"),
        lambda badge: badge["proof"].update(created="2026-11-20T09:30:01Z"),
        lambda badge: badge.pop("validUntil"),
    ],
)
def test_tampered_copy_fails_there_and_here(address, change):
    badge = deepcopy(signed())
    change(badge)

    answer = ask_digitalbazaar(badge, address)

    assert answer["verified"] is False
    assert answer["errors"] != []
    assert verify(json.dumps(badge).encode(), key_of=key_of, now=datetime.now(UTC)).outcome == "no"


def test_key_that_is_not_published_fails_there():
    other = replace(KEY, id=f"{DID}#key-2")

    with published(keys.did_document(DID, [other])) as address:
        answer = ask_digitalbazaar(signed(), address)

    assert answer == {"verified": False, "errors": [f"Not published: {METHOD}"]}


@pytest.mark.parametrize("credits_available", [None, 1, 2.0, 2.5, 0.1, 1234.5678])
def test_badge_signed_there_verifies_here(credits_available):
    now = datetime.now(UTC)
    badge = replace(
        BADGE,
        achievement=replace(BADGE.achievement, credits_available=credits_available),
        valid_from=now - timedelta(hours=1),
    )

    theirs = signed_by_digitalbazaar(badge.document(), method=METHOD, seed=SEED)
    verdict = verify(json.dumps(theirs).encode(), key_of=key_of, now=now)

    assert said(verdict) == ALL_HELD
    assert theirs["proof"]["proofValue"] == _ours(badge, theirs)["proof"]["proofValue"]


def _ours(badge, theirs):
    return signed(badge.document(), created=datetime.fromisoformat(theirs["proof"]["created"]))
