"""The vocabularies a credential may be written in: pinned documents, never fetched.

openbadgeslib ships them; their digests stand here, so that an update of that package cannot change what a
signature means.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PACKAGE = "openbadgeslib"
FOLDER = "openbadgeslib/ob3/contexts"

# address: file in the package, SHA-256
PINS = {
    CREDENTIALS_V2: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": (
        "clr_context_2.0.1.json",
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    ),
    "https://w3id.org/security/data-integrity/v2": (
        "security-data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    "https://w3id.org/security/multikey/v1": (
        "security-multikey-v1.json",
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    ),
}


class PinBrokenError(RuntimeError):
    """The installed package holds another text than the one we pinned: a fault of the installation."""


class UnknownContextError(LookupError):
    """A context that is not pinned was asked for; `args[0]` names it."""


@dataclass(frozen=True, slots=True, eq=False)
class Contexts:
    """A closed set of context documents by address; compared and hashed as the one object it is."""

    documents: Mapping[str, bytes] = field(repr=False)

    def __contains__(self, address: str) -> bool:
        return address in self.documents

    def load(self, address: str, _options: object = None) -> dict[str, object]:
        """Answer PyLD's document loader. Raises UnknownContextError; never fetches."""
        if address not in self.documents:
            raise UnknownContextError(address)
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": json.loads(self.documents[address]),
            "tag": "static",
        }

    def plus(self, documents: Mapping[str, bytes]) -> Contexts:
        """A wider set, for a caller that vouches for the new documents."""
        return Contexts({**self.documents, **documents})


@cache
def pinned() -> Contexts:
    """The only contexts of the product. Raises PinBrokenError when the installed files are not the pinned ones."""
    documents = {address: _pinned_file(name, digest) for address, (name, digest) in PINS.items()}
    return Contexts(documents)


def _pinned_file(name: str, digest: str) -> bytes:
    """Read as data: importing the package would run all of it."""
    content = Path(str(distribution(PACKAGE).locate_file(f"{FOLDER}/{name}"))).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise PinBrokenError(name)
    return content
