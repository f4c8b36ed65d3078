from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.passport.credentials import keys, multibase
from luotsi.passport.credentials.keys import VerificationKey

DID = "did:web:example.org"
# RFC 8032, 7.1, test 1
RFC_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
RFC_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
RFC_SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def test_new_seed_is_another_one_each_time():
    seeds = {keys.new_seed() for _ in range(3)}

    assert [len(seed) for seed in seeds] == [32, 32, 32]


def test_keys_agree_with_the_rfc():
    multikey = keys.public_multikey(RFC_SEED)

    assert multibase.decode(multikey) == b"\xed\x01" + RFC_PUBLIC
    assert multikey.startswith("z6Mk")
    assert keys.signature(b"", seed=RFC_SEED) == RFC_SIGNATURE
    assert keys.is_signature(RFC_SIGNATURE, of=b"", by=multikey)
    assert not keys.is_signature(RFC_SIGNATURE, of=b"other", by=multikey)


def test_seed_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        keys.public_multikey(b"short")


@pytest.mark.parametrize(
    "multikey", ["", "z", "z6Mk", "u7QH", "z0OIl", "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"]
)
def test_what_is_no_ed25519_multikey_is_refused(multikey):
    with pytest.raises(ValueError):  # noqa: PT011 -- the text differs, the kind is the contract
        keys.is_signature(bytes(64), of=b"", by=multikey)


@given(st.binary(max_size=80))
def test_multibase_comes_back(content):
    assert multibase.decode(multibase.encode(content)) == content


def test_did_document_keeps_retired_keys():
    old = VerificationKey(
        id=f"{DID}#key-1",
        multikey=keys.public_multikey(bytes(32)),
        created=datetime(2024, 1, 1, tzinfo=UTC),
        retired=datetime(2026, 1, 1, tzinfo=UTC),
    )
    current = VerificationKey(id=f"{DID}#key-2", multikey=keys.public_multikey(RFC_SEED))

    document = keys.did_document(DID, [current, old])

    assert document == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID,
        "verificationMethod": [
            {
                "id": f"{DID}#key-1",
                "type": "Multikey",
                "controller": DID,
                "publicKeyMultibase": old.multikey,
                "expires": "2026-01-01T00:00:00Z",
            },
            {
                "id": f"{DID}#key-2",
                "type": "Multikey",
                "controller": DID,
                "publicKeyMultibase": current.multikey,
            },
        ],
        "assertionMethod": [f"{DID}#key-1", f"{DID}#key-2"],
    }


def test_did_document_lists_own_keys_only():
    stranger = VerificationKey(id="did:web:example.org.evil.example#key-1", multikey="z")

    with pytest.raises(ValueError, match="evil"):
        keys.did_document(DID, [stranger])


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:example.org", "https://example.org/.well-known/did.json"),
        ("did:web:example.org%3A8443", "https://example.org:8443/.well-known/did.json"),
        ("did:web:example.org:issuers:7", "https://example.org/issuers/7/did.json"),
        ("did:web:localhost%3A8000:o:kpedu", "https://localhost:8000/o/kpedu/did.json"),
    ],
)
def test_did_web_has_its_address(did, address):
    assert keys.did_web_address(did) == address


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:web:",
        "did:key:z6Mk",
        "https://example.org",
        "did:web:example.org:",
        "did:web:example.org:..:admin",
        "did:web:example.org:a/b",
        "did:web:example.org:a?b",
        "did:web:user@example.org",
        "did:web:example.org%2Fpath",
        "did:web:example.org#key-1",
        "did:web:exämple.org",
        "did:web:example.org%3A",
    ],
)
def test_what_is_no_did_web_has_no_address(did):
    with pytest.raises(ValueError):  # noqa: PT011 -- the text is the did itself
        keys.did_web_address(did)
