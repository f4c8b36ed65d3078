"""Secrets of links: made once, mailed, and kept as a digest only."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest_of_secret(secret: str) -> str:
    """SHA-256 as hex. The secret has enough bits of its own, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
