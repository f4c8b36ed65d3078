"""The seal of a credential: a Data Integrity proof, cryptosuite eddsa-rdfc-2022."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from luotsi.passport.credentials import keys, multibase
from luotsi.passport.credentials.budget import Budget
from luotsi.passport.credentials.canonical import canonical
from luotsi.passport.credentials.contexts import pinned
from luotsi.passport.credentials.moments import written
from luotsi.passport.credentials.verdicts import BrokenError, Code

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.passport.credentials.contexts import Contexts
    from luotsi.passport.credentials.reading import Document

KIND = "DataIntegrityProof"
SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"
SIGNATURE_LENGTH = 64


def sign(
    document: Document, *, seed: bytes, verification_method: str, created: datetime, contexts: Contexts | None = None
) -> Document:
    """A copy of the document with a proof.

    `contexts` widens the pinned ones for a caller that vouches for them. Raises ValueError for a document that has
    a proof already, CredentialError for one that no seal can cover wholly.
    """
    if "proof" in document:
        raise ValueError("signed already")
    proof = {
        "type": KIND,
        "cryptosuite": SUITE,
        "created": written(created),
        "verificationMethod": verification_method,
        "proofPurpose": PURPOSE,
    }
    content = sealed_content(document, proof, contexts=contexts or pinned(), budget=Budget())
    value = multibase.encode(keys.signature(content, seed=seed))
    return {**document, "proof": {**proof, "proofValue": value}}


def as_bytes(document: Document) -> bytes:
    """The file to keep and to hand out. A signed document is stored as these bytes, never as parsed values."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2).encode()


def sealed_content(document: Document, proof: Document, *, contexts: Contexts, budget: Budget) -> bytes:
    """What is signed: the digests of the proof's own terms and of the document without its proofs. 64 bytes.

    Proofs that this one builds upon (`previousProof`) are part of the document it seals. Raises CredentialError.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    if "previousProof" in proof:
        unsecured["proof"] = _earlier(document, proof)
    terms = {name: value for name, value in proof.items() if name != "proofValue"}
    terms["@context"] = document.get("@context")
    parts = [canonical(part, contexts=contexts, budget=budget) for part in (terms, unsecured)]
    return b"".join(hashlib.sha256(part.encode()).digest() for part in parts)


def proofs_of(document: Document) -> list[Document]:
    """Raises BrokenError when what stands under `proof` is no proof."""
    listed = document.get("proof", [])
    found = listed if isinstance(listed, list) else [listed]
    if not all(isinstance(proof, dict) for proof in found):
        raise BrokenError(Code.SEAL_INCOMPLETE, where="proof")
    return found


def is_supported(proof: Document) -> bool:
    return proof.get("type") == KIND and proof.get("cryptosuite") == SUITE


def check_signature(document: Document, proof: Document, *, multikey: str, contexts: Contexts, budget: Budget) -> None:
    """Whether the key signed the whole document; who the key belongs to is not looked at.

    Raises BrokenError(seal_broken) when it did not, ValueError when `multikey` is no Ed25519 key, and what
    `canonical` raises.
    """
    signature = _signature(proof)
    content = sealed_content(document, proof, contexts=contexts, budget=budget)
    if not keys.is_signature(signature, of=content, by=multikey):
        raise BrokenError(Code.SEAL_BROKEN)


def _signature(proof: Document) -> bytes:
    value = proof.get("proofValue")
    try:
        signature = multibase.decode(value) if isinstance(value, str) else b""
    except ValueError:
        signature = b""
    if len(signature) != SIGNATURE_LENGTH:
        raise BrokenError(Code.SEAL_INCOMPLETE, where="proofValue")
    return signature


def _earlier(document: Document, proof: Document) -> list[Document]:
    named = proof["previousProof"]
    wanted = named if isinstance(named, list) else [named]
    earlier = [other for other in proofs_of(document) if other.get("id") in wanted]
    if len(earlier) != len(wanted):
        raise BrokenError(Code.SEAL_INCOMPLETE, where="previousProof")
    return earlier
