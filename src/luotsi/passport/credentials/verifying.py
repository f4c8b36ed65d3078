"""Whether a credential is what it says: what held, what did not, and what could not be checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.passport.credentials import proofs, reading, schema
from luotsi.passport.credentials.budget import Budget
from luotsi.passport.credentials.contexts import pinned
from luotsi.passport.credentials.keys import DID_KEY, VerificationKey, did_key
from luotsi.passport.credentials.verdicts import (
    BrokenError,
    Check,
    Code,
    CredentialError,
    Outcome,
    State,
    UncheckableError,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.passport.credentials.contexts import Contexts
    from luotsi.passport.credentials.reading import Document
    from luotsi.passport.credentials.verdicts import CredentialFacts

KeyOf = Callable[[str], VerificationKey | None]

CLOCK_SKEW = timedelta(minutes=5)
MOST_PROOFS = 10
TRACEABLE = ("did:", "https://", "http://")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    document: Document
    facts: CredentialFacts
    key_of: KeyOf
    now: datetime
    contexts: Contexts
    budget: Budget


def verify(document: bytes, *, key_of: KeyOf, now: datetime, contexts: Contexts | None = None) -> Verdict:
    """Judge any bytes at all within two seconds of processor time; never raises for what stands in them.

    `key_of` gives the key of a verification method (`did:web:example.org#key-1`) or None when it is not known; it is
    not asked about did:key. The outcome is yes only when every check of ORDER held, and no as soon as one failed.
    `contexts` widens the pinned ones for a caller that vouches for them.
    """
    budget = Budget()
    known = contexts or pinned()
    read, found = _read(document, known)
    if found is None:
        return _verdict([read], None)
    form, facts = _understand(found)
    if facts is None:
        return _verdict([read, form], None)
    asked = _Asked(document=found, facts=facts, key_of=key_of, now=now, contexts=known, budget=budget)
    checks = [_made(name, check, asked) for name, check in STEPS.items()]
    return _verdict([read, form, *checks, *_beside(found)], facts)


def _read(content: bytes, contexts: Contexts) -> tuple[Check, Document | None]:
    try:
        found = reading.read(content)
        reading.check_shape(found, contexts=contexts)
        reading.check_single_home(found)
    except CredentialError as reason:
        return _refused("document", reason), None
    return Check(name="document", state=State.HELD, code=Code.READABLE), found


def _understand(document: Document) -> tuple[Check, CredentialFacts | None]:
    try:
        facts = schema.facts_of(document)
    except CredentialError as reason:
        return _refused("schema", reason), None
    if facts.kind == schema.OTHER:
        return Check(name="schema", state=State.UNCHECKED, code=Code.UNKNOWN_KIND), facts
    return Check(name="schema", state=State.HELD, code=Code.WELL_FORMED), facts


def _subject(asked: _Asked) -> Check:
    if asked.facts.kind != schema.OTHER and not schema.is_subject_named(asked.document, asked.facts):
        raise BrokenError(Code.SUBJECT_NOT_NAMED)
    return Check(name="subject", state=State.HELD, code=Code.SUBJECT_NAMED)


def _proof(asked: _Asked) -> Check:
    """Any one of several; when none holds, a broken one says more than one that nobody could check."""
    listed = proofs.proofs_of(asked.document)
    if not listed:
        raise BrokenError(Code.NO_SEAL)
    if len(listed) > MOST_PROOFS:
        raise UncheckableError(Code.TOO_MANY_VALUES)
    reasons: list[CredentialError] = []
    for proof in listed:
        try:
            method = _check_one(asked, proof)
        except CredentialError as reason:
            reasons.append(reason)
        else:
            return Check(name="proof", state=State.HELD, code=Code.SEAL_HOLDS, facts={"method": method})
    raise next((reason for reason in reasons if isinstance(reason, BrokenError)), reasons[0])


def _check_one(asked: _Asked, proof: Document) -> str:
    """The verification method of a proof that holds."""
    if not proofs.is_supported(proof):
        raise UncheckableError(Code.SEAL_NOT_SUPPORTED, suite=str(proof.get("cryptosuite", proof.get("type")))[:80])
    if proof.get("proofPurpose") != proofs.PURPOSE:
        raise BrokenError(Code.WRONG_PURPOSE)
    method = proof.get("verificationMethod")
    if not isinstance(method, str):
        raise BrokenError(Code.SEAL_INCOMPLETE, where="verificationMethod")
    issuer = asked.facts.issuer_id
    is_issuers = method.partition("#")[0] == issuer
    if not is_issuers and issuer.startswith(TRACEABLE):
        raise BrokenError(Code.KEY_OF_ANOTHER, method=method[:200], issuer=issuer[:200])
    key = _key(asked, method)
    _check_time(asked, proof, key)
    _check_signature(asked, proof, key)
    if not is_issuers:
        raise UncheckableError(Code.ISSUER_NOT_TRACEABLE, issuer=issuer[:200])
    return method


def _key(asked: _Asked, method: str) -> VerificationKey:
    if method.startswith(DID_KEY):
        name, _, fragment = method.removeprefix(DID_KEY).partition("#")
        if fragment not in {"", name}:
            raise BrokenError(Code.KEY_UNUSABLE, method=method[:200])
        return did_key(name)
    key = asked.key_of(method)
    if key is None or key.id != method:
        raise UncheckableError(Code.KEY_UNKNOWN, method=method[:200])
    return key


def _check_time(asked: _Asked, proof: Document, key: VerificationKey) -> None:
    """Credentials count whole seconds; so do the bounds that they are held against."""
    created, expires = schema.moment_of(proof, "created"), schema.moment_of(proof, "expires")
    if expires is not None and expires <= asked.now:
        raise BrokenError(Code.SEAL_EXPIRED)
    if created is None:
        if key.retired is not None:
            raise UncheckableError(Code.SEAL_INCOMPLETE, where="created")
        return
    if created > asked.now + CLOCK_SKEW:
        raise BrokenError(Code.SEAL_FROM_THE_FUTURE)
    if key.created is not None and created < key.created.replace(microsecond=0):
        raise BrokenError(Code.KEY_NOT_YET, method=key.id[:200])
    if key.retired is not None and created >= key.retired:
        raise BrokenError(Code.KEY_RETIRED, method=key.id[:200])


def _check_signature(asked: _Asked, proof: Document, key: VerificationKey) -> None:
    try:
        proofs.check_signature(
            asked.document, proof, multikey=key.multikey, contexts=asked.contexts, budget=asked.budget
        )
    except ValueError:
        raise BrokenError(Code.KEY_UNUSABLE, method=key.id[:200]) from None


def _validity(asked: _Asked) -> Check:
    facts = asked.facts
    if facts.valid_from is not None and facts.valid_from > asked.now + CLOCK_SKEW:
        raise BrokenError(Code.NOT_YET_VALID, valid_from=facts.valid_from.isoformat())
    if facts.valid_until is not None and facts.valid_until <= asked.now:
        raise BrokenError(Code.EXPIRED, valid_until=facts.valid_until.isoformat())
    return Check(name="validity", state=State.HELD, code=Code.IN_FORCE)


def _status(asked: _Asked) -> Check:
    if asked.document.get("credentialStatus"):
        raise UncheckableError(Code.STATUS_NOT_CHECKED)
    return Check(name="status", state=State.HELD, code=Code.NO_STATUS)


STEPS: dict[str, Callable[[_Asked], Check]] = {
    "subject": _subject,
    "proof": _proof,
    "validity": _validity,
    "status": _status,
}
ORDER = ("document", "schema", *STEPS)


def _beside(document: Document) -> list[Check]:
    """What does not decide, and is said since it was not looked at."""
    checks = []
    if _mentions(document, {"endorsement", "endorsementJwt"}):
        checks.append(Check(name="endorsements", state=State.UNCHECKED, code=Code.ENDORSEMENTS_NOT_CHECKED))
    if document.get("credentialSchema"):
        checks.append(Check(name="declared_schema", state=State.UNCHECKED, code=Code.SCHEMA_NOT_CHECKED))
    return checks


def _mentions(document: Document, names: set[str]) -> bool:
    waiting: list[object] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if not names.isdisjoint(value):
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def _made(name: str, check: Callable[[_Asked], Check], asked: _Asked) -> Check:
    try:
        return check(asked)
    except CredentialError as reason:
        return _refused(name, reason)


def _refused(name: str, reason: CredentialError) -> Check:
    state = State.FAILED if isinstance(reason, BrokenError) else State.UNCHECKED
    return Check(name=name, state=state, code=reason.code, facts=reason.facts)


def _verdict(checks: list[Check], facts: CredentialFacts | None) -> Verdict:
    made = {check.name for check in checks}
    missed = [Check(name=name, state=State.UNCHECKED, code=Code.NOT_REACHED) for name in ORDER if name not in made]
    return Verdict(outcome=_outcome([*checks, *missed]), checks=(*checks, *missed), facts=facts)


def _outcome(checks: list[Check]) -> Outcome:
    if any(check.state == State.FAILED for check in checks):
        return Outcome.NO
    if all(check.state == State.HELD for check in checks if check.name in ORDER):
        return Outcome.YES
    return Outcome.UNKNOWN
