"""Signing keys of an issuer, and the public document in which others find them."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from luotsi.passport.credentials import multibase
from luotsi.passport.credentials.moments import written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

SEED_LENGTH = 32
ED25519_PUBLIC = b"\xed\x01"
DID_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
DID_WEB = "did:web:"
DID_KEY = "did:key:"
HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?", re.ASCII)
SEGMENT = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationKey:
    """A public key under its full name (`did:web:example.org#key-1`).

    It vouches for what was signed from `created` until `retired`; None is an open end.
    """

    id: str
    multikey: str
    created: datetime | None = None
    retired: datetime | None = None


def new_seed() -> bytes:
    """The secret half of a new key: 32 random bytes."""
    return secrets.token_bytes(SEED_LENGTH)


def public_multikey(seed: bytes) -> str:
    """The public half as text (z6Mk…). Raises ValueError when the seed is not 32 bytes."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return multibase.encode(ED25519_PUBLIC + public)


def signature(content: bytes, *, seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(content)


def is_signature(candidate: bytes, *, of: bytes, by: str) -> bool:
    """Whether the multikey `by` signed `of`. Raises ValueError when `by` is no Ed25519 multikey."""
    try:
        _public_key(by).verify(candidate, of)
    except InvalidSignature:
        return False
    return True


def did_key(multikey: str) -> VerificationKey:
    """The only key of a `did:key` issuer, which carries its key in its name."""
    return VerificationKey(id=f"{DID_KEY}{multikey}#{multikey}", multikey=multikey)


def did_document(did: str, keys: Iterable[VerificationKey]) -> dict[str, object]:
    """What an issuer publishes at `did_web_address(did)`. Raises ValueError for a key that is not the issuer's.

    A retired key stays listed for assertions, so that what it signed verifies for ever, with `expires` at its
    retirement: the standard's word for "no longer used". `revoked` would say that the key must not be trusted, and
    known verifiers refuse every signature of a key that carries it.
    """
    ordered = sorted(keys, key=lambda key: key.id)
    strangers = [key.id for key in ordered if not key.id.startswith(f"{did}#")]
    if strangers:
        raise ValueError(strangers)
    return {
        "@context": list(DID_CONTEXTS),
        "id": did,
        "verificationMethod": [_method(did, key) for key in ordered],
        "assertionMethod": [key.id for key in ordered],
    }


def did_web_address(did: str) -> str:
    """The https address of the document of a did:web. Raises ValueError when the did is not a did:web.

    The port alone is percent-encoded (`did:web:example.org%3A8443:issuers:7`).
    """
    host, *path = did.removeprefix(DID_WEB).split(":")
    host = unquote(host)
    if not did.startswith(DID_WEB) or not HOST.fullmatch(host) or not all(map(SEGMENT.fullmatch, path)):
        raise ValueError(did)
    return f"https://{host}/{'/'.join(path or ['.well-known'])}/did.json"


def _public_key(multikey: str) -> Ed25519PublicKey:
    content = multibase.decode(multikey)
    if not content.startswith(ED25519_PUBLIC) or len(content) != len(ED25519_PUBLIC) + SEED_LENGTH:
        raise ValueError(multikey)
    return Ed25519PublicKey.from_public_bytes(content.removeprefix(ED25519_PUBLIC))


def _method(did: str, key: VerificationKey) -> dict[str, object]:
    method: dict[str, object] = {
        "id": key.id,
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.multikey,
    }
    if key.retired is not None:
        method["expires"] = written(key.retired)
    return method
