"""1EdTech's own Open Badges 3.0 files: which hold, which must not, and which we cannot judge yet."""

from datetime import UTC, datetime

import pytest

from luotsi.passport.credentials import keys
from luotsi.passport.credentials.keys import VerificationKey
from luotsi.passport.credentials.verifying import verify
from tests.passport.credentials.vectors import VECTORS, needs_vectors

pytestmark = needs_vectors

FOLDER = VECTORS / "1edtech-public-validator/inspector-vc/src/test/resources/ob30"
NOW = datetime(2026, 11, 21, tzinfo=UTC)

HOLD = {
    "endorsement-valid.json",
    "simple-context-alias.json",
    "simple-context-version.json",
    "simple-did-web-method.json",
    "simple-multiple-proofs.json",
    "simple.1ob",
    "simple.json",
}
# file: the check that does not hold, and why
REFUSED = {
    "simple-err-context.json": ("schema", "wrong_value"),
    "simple-err-credential-subject-achievement-result-description-type.json": ("proof", "not_sealed"),
    "simple-err-credential-subject-identifier-type.json": ("proof", "not_sealed"),
    "simple-err-credential-subject-profile-type.json": ("proof", "not_sealed"),
    "simple-err-credential-subject-result-type.json": ("proof", "not_sealed"),
    "simple-err-credential-subject-type.json": ("schema", "wrong_value"),
    "simple-err-evidence-type.json": ("proof", "not_sealed"),
    "simple-err-expired.json": ("validity", "expired"),
    "simple-err-issued.json": ("schema", "missing"),
    "simple-err-issuer-otheridentifier-type.json": ("proof", "not_sealed"),
    "simple-err-issuer-parentorg-type.json": ("proof", "not_sealed"),
    "simple-err-issuer-type.json": ("proof", "not_sealed"),
    "simple-err-issuer.json": ("schema", "missing"),
    "simple-err-proof-method-no-scheme.json": ("proof", "key_of_another"),
    "simple-err-proof-method-unknown-did-method.json": ("proof", "key_of_another"),
    "simple-err-proof-method-unknown-scheme.json": ("proof", "key_of_another"),
    "simple-err-proof-value.json": ("proof", "seal_broken"),
    "simple-err-type.json": ("proof", "not_sealed"),
}
LEFT_OPEN = {
    # the seal holds; the status cannot be looked up yet
    "bit-string-list/credential-status-revoked-blank-nodes.json": ("status", "status_not_checked"),
    "bit-string-list/credential-status-revoked.json": ("status", "status_not_checked"),
    "complete.json": ("status", "status_not_checked"),
    # the seal holds; a did:key signs for an issuer that nobody can look up
    "simple-did-key-method.json": ("proof", "issuer_not_traceable"),
    # the seal holds; a list is no badge
    "bit-string-list/testlist": ("schema", "unknown_kind"),
    "simple-err-proof-method.json": ("proof", "key_unknown"),
    "sd/derivedcredential.json": ("proof", "seal_not_supported"),
    # Verifiable Credentials 1.1
    "complete_v1.json": ("document", "old_version"),
    "credential-status-revoked.json": ("document", "old_version"),
    "endorsement-err-schema-status-refresh.json": ("document", "old_version"),
    "simple-eddsa-2022.json": ("document", "old_version"),
    "simple-noproof.json": ("document", "old_version"),
    "simple_v1.json": ("document", "old_version"),
    # pictures and tokens
    "simple-json.png": ("document", "not_text"),
    "simple-jwt.png": ("document", "not_text"),
    "simple-jwt_v1.png": ("document", "not_text"),
    "simple-json.svg": ("document", "not_json"),
    "simple-jwt.svg": ("document", "not_json"),
    "simple-jwt_v1.svg": ("document", "not_json"),
    "simple.jwt": ("document", "not_json"),
    "velocity.jwt": ("document", "not_json"),
}


def key_named_by_itself(method):
    """These files name the key in the method; what is no key is not published either."""
    multikey = method.rpartition("#")[2]
    try:
        keys.is_signature(b"", of=b"", by=multikey)
    except ValueError:
        return None
    return VerificationKey(id=method, multikey=multikey)


def verdict_on(name):
    return verify((FOLDER / name).read_bytes(), key_of=key_named_by_itself, now=NOW)


def decisive(verdict, state):
    return {(check.name, check.code.value) for check in verdict.checks if check.state == state}


def test_every_file_is_listed():
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}

    assert found == HOLD | REFUSED.keys() | LEFT_OPEN.keys()


@pytest.mark.parametrize("name", sorted(HOLD))
def test_good_file_holds(name):
    assert verdict_on(name).outcome == "yes"


@pytest.mark.parametrize(("name", "reason"), sorted(REFUSED.items()))
def test_bad_file_is_refused(name, reason):
    verdict = verdict_on(name)

    assert verdict.outcome == "no"
    assert decisive(verdict, "failed") == {reason}


@pytest.mark.parametrize(("name", "reason"), sorted(LEFT_OPEN.items()))
def test_file_beyond_us_is_left_open(name, reason):
    verdict = verdict_on(name)

    assert verdict.outcome == "unknown"
    assert reason in decisive(verdict, "unchecked")
    assert decisive(verdict, "failed") == set()
