from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from luotsi.passport.credentials import keys, multibase, proofs
from luotsi.passport.credentials.budget import Budget
from luotsi.passport.credentials.contexts import pinned
from luotsi.passport.credentials.keys import VerificationKey
from luotsi.passport.credentials.verdicts import CredentialFacts
from tests.passport.credentials.samples import (
    ALL_HELD,
    BADGE,
    DID,
    KEY,
    METHOD,
    NOW,
    SEED,
    SIGNED_AT,
    judged,
    key_of,
    said,
    signed,
)


def proof_check(document, **asked):
    """Outcome, code and facts of the proof."""
    verdict = judged(document, **asked)
    check = verdict.check("proof")
    return verdict.outcome.value, check.code.value, dict(check.facts)


def test_untouched_badge_holds():
    verdict = judged(signed())

    assert verdict.outcome == "yes"
    assert said(verdict) == ALL_HELD
    assert verdict.check("proof").facts == {"method": METHOD}


def test_file_that_we_hand_out_holds():
    assert judged(proofs.as_bytes(signed())).outcome == "yes"


def test_verdict_tells_what_the_badge_says():
    assert judged(signed()).facts == CredentialFacts(
        id="urn:uuid:7a1f6a52-5d2c-4b8e-9a55-0d7f1f3f7a01",
        kind="achievement",
        issuer_id=DID,
        issuer_name="Keski-Pohjanmaan koulutusyhtymä",
        subject_id="urn:uuid:0b9d0f6e-2f3a-4c51-8f3e-6f1b6a4d2c02",
        achievement_id="urn:uuid:f3c6d1c4-61a7-4a57-9b7f-54e3f6a0b003",
        achievement_name="Työssä oppimisen ohjaaja",
        language="fi",
        awarded=datetime(2026, 11, 19, 8, tzinfo=UTC),
        valid_from=datetime(2026, 11, 19, 8, tzinfo=UTC),
        valid_until=datetime(2031, 11, 19, 8, tzinfo=UTC),
    )


def test_changed_badge_is_a_no():
    document = signed()
    document["credentialSubject"]["achievement"]["name"] = "Mestari"

    assert proof_check(document) == ("no", "seal_broken", {})


def test_added_property_without_a_meaning_is_a_no():
    document = signed()
    document["credentialSubject"]["achievement"]["grade"] = "5"

    assert proof_check(document) == ("no", "not_sealed", {"name": "grade"})


def test_added_property_of_the_proof_is_a_no():
    document = signed()
    document["proof"]["note"] = "trust me"

    assert proof_check(document) == ("no", "not_sealed", {"name": "note"})


def test_unknown_key_is_neither_yes_nor_no():
    assert proof_check(signed(), key_of=lambda _: None) == ("unknown", "key_unknown", {"method": METHOD})


def test_key_under_another_name_is_not_taken():
    stranger = replace(KEY, id=f"{DID}#key-2")

    assert proof_check(signed(), key_of=lambda _: stranger) == ("unknown", "key_unknown", {"method": METHOD})


def test_other_key_of_the_issuer_is_a_no():
    other = replace(KEY, multikey=keys.public_multikey(bytes(32)))

    assert proof_check(signed(), key_of=lambda _: other) == ("no", "seal_broken", {})


def test_unusable_key_is_a_no():
    unusable = replace(KEY, multikey="zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76")

    assert proof_check(signed(), key_of=lambda _: unusable) == ("no", "key_unusable", {"method": METHOD})


@pytest.mark.parametrize(
    "method",
    [
        "did:web:evil.example#key-1",
        f"{DID}:unit#key-1",
        f"{DID[:-1]}#key-1",
        f"{DID}x#key-1",
        keys.did_key(keys.public_multikey(bytes(32))).id,
    ],
)
def test_key_of_somebody_else_is_a_no(method):
    document = signed(method=method, seed=bytes(32))
    known = VerificationKey(id=method, multikey=keys.public_multikey(bytes(32)))

    found = proof_check(document, key_of=lambda _: known)

    assert found == ("no", "key_of_another", {"method": method, "issuer": DID})


def test_did_key_issuer_needs_no_asking():
    multikey = keys.public_multikey(SEED)
    issued = replace(BADGE, issuer=replace(BADGE.issuer, did=f"did:key:{multikey}"))
    asked: list[str] = []

    verdict = judged(signed(issued.document(), method=f"did:key:{multikey}#{multikey}"), key_of=asked.append)

    assert said(verdict) == ALL_HELD
    assert asked == []


def test_did_key_with_the_name_of_another_key_is_a_no():
    multikey, other = keys.public_multikey(SEED), keys.public_multikey(bytes(32))
    issued = replace(BADGE, issuer=replace(BADGE.issuer, did=f"did:key:{multikey}"))

    found = proof_check(signed(issued.document(), method=f"did:key:{multikey}#{other}"))

    assert found == ("no", "key_unusable", {"method": f"did:key:{multikey}#{other}"})


def test_issuer_that_nobody_can_look_up_is_unknown():
    issuer = "urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164"
    issued = replace(BADGE, issuer=replace(BADGE.issuer, did=issuer))
    document = signed(issued.document(), method=keys.did_key(keys.public_multikey(SEED)).id)

    assert proof_check(document) == ("unknown", "issuer_not_traceable", {"issuer": issuer})
    document["name"] = "changed"
    assert proof_check(document) == ("no", "seal_broken", {})


@pytest.mark.parametrize(
    ("created", "retired", "outcome", "code"),
    [
        (SIGNED_AT, None, "yes", "seal_holds"),
        (SIGNED_AT + timedelta(microseconds=700), None, "yes", "seal_holds"),
        (SIGNED_AT + timedelta(seconds=1), None, "no", "key_not_yet"),
        (None, SIGNED_AT + timedelta(seconds=1), "yes", "seal_holds"),
        (None, SIGNED_AT, "no", "key_retired"),
        (None, SIGNED_AT - timedelta(days=1), "no", "key_retired"),
    ],
)
def test_key_counts_in_its_own_time_only(created, retired, outcome, code):
    key = replace(KEY, created=created, retired=retired)

    assert proof_check(signed(), key_of=lambda _: key)[:2] == (outcome, code)


def test_seal_without_a_time_does_not_outlive_its_key():
    terms = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    content = proofs.sealed_content(BADGE.document(), terms, contexts=pinned(), budget=Budget())
    value = multibase.encode(keys.signature(content, seed=SEED))
    document = {**BADGE.document(), "proof": {**terms, "proofValue": value}}
    retired = replace(KEY, retired=NOW)

    assert proof_check(document) == ("yes", "seal_holds", {"method": METHOD})
    assert proof_check(document, key_of=lambda _: retired) == ("unknown", "seal_incomplete", {"where": "created"})


def test_seal_from_the_future_is_a_no():
    assert proof_check(signed(created=NOW + timedelta(minutes=4)))[:2] == ("yes", "seal_holds")
    assert proof_check(signed(created=NOW + timedelta(minutes=6)))[:2] == ("no", "seal_from_the_future")


@pytest.mark.parametrize(
    ("change", "outcome", "code"),
    [
        ({"proofPurpose": "authentication"}, "no", "wrong_purpose"),
        ({"verificationMethod": {"id": METHOD}}, "no", "seal_incomplete"),
        ({"proofValue": "z"}, "no", "seal_incomplete"),
        ({"proofValue": 5}, "no", "seal_incomplete"),
        ({"proofValue": "u" + "A" * 86}, "no", "seal_incomplete"),
        ({"created": "yesterday"}, "no", "wrong_value"),
        ({"expires": "2026-01-01T00:00:00Z"}, "no", "seal_expired"),
        ({"cryptosuite": "eddsa-jcs-2022"}, "unknown", "seal_not_supported"),
        ({"type": "Ed25519Signature2020"}, "unknown", "seal_not_supported"),
        ({"previousProof": "urn:a"}, "no", "seal_incomplete"),
    ],
)
def test_changed_seal_is_named(change, outcome, code):
    document = signed()
    document["proof"].update(change)

    assert proof_check(document)[:2] == (outcome, code)


@pytest.mark.parametrize("seal", [[], ["text"], "text", [[]]])
def test_what_is_no_seal_is_a_no(seal):
    assert judged({**signed(), "proof": seal}).outcome == "no"


def test_unsigned_badge_is_a_no():
    assert proof_check(BADGE.document()) == ("no", "no_seal", {})


def test_one_good_seal_of_several_is_enough():
    document = signed()
    unknown = {"type": "SomeProofType", "created": "2022-11-16T18:54:22Z"}
    broken = {**document["proof"], "created": "2026-11-20T09:30:01Z"}

    assert judged({**document, "proof": [unknown, broken, document["proof"]]}).outcome == "yes"
    assert proof_check({**document, "proof": [unknown, broken]})[:2] == ("no", "seal_broken")
    assert proof_check({**document, "proof": [unknown]})[:2] == ("unknown", "seal_not_supported")
    assert proof_check({**document, "proof": [unknown] * 11})[:2] == ("unknown", "too_many_values")


def test_validity_has_two_ends():
    document = signed()
    early, late = datetime(2026, 11, 20, tzinfo=UTC), datetime(2031, 11, 19, 8, tzinfo=UTC)
    future = replace(BADGE, valid_from=NOW + timedelta(days=1)).document()

    assert judged(document, now=late - timedelta(seconds=1)).outcome == "yes"
    assert said(judged(document, now=late)) == [*ALL_HELD[:4], "validity: failed expired", ALL_HELD[5]]
    assert said(judged(signed(future))) == [*ALL_HELD[:4], "validity: failed not_yet_valid", ALL_HELD[5]]
    assert judged(document, now=early).check("proof").code == "seal_from_the_future"


def test_status_that_was_not_checked_leaves_it_open():
    status = {"id": "urn:uuid:7a1f6a52-5d2c-4b8e-9a55-0d7f1f3f7a09", "type": "BitstringStatusListEntry"}

    verdict = judged(signed({**BADGE.document(), "credentialStatus": status}))

    assert verdict.outcome == "unknown"
    assert said(verdict) == [*ALL_HELD[:5], "status: unchecked status_not_checked"]


def test_endorsements_and_schemas_are_said_and_do_not_decide():
    document = BADGE.document()
    document["credentialSchema"] = {"id": "https://example.org/schema.json", "type": "JsonSchema"}
    document["issuer"]["endorsementJwt"] = ["eyJ"]

    verdict = judged(signed(document))

    assert verdict.outcome == "yes"
    assert said(verdict) == [
        *ALL_HELD,
        "endorsements: unchecked endorsements_not_checked",
        "declared_schema: unchecked schema_not_checked",
    ]


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (["@context"], "https://www.w3.org/ns/credentials/v2", "wrong_value", "@context"),
        (["type"], ["AchievementCredential"], "wrong_value", "type"),
        (["issuer"], None, "missing", "issuer"),
        (["issuer"], 5, "wrong_value", "issuer"),
        (["issuer", "id"], None, "missing", "issuer.id"),
        (["issuer", "id"], "kpedu", "wrong_value", "issuer.id"),
        (["issuer", "name"], 5, "wrong_value", "issuer.name"),
        (["id"], "badge 5", "wrong_value", "id"),
        (["validFrom"], None, "missing", "validFrom"),
        (["validFrom"], "2026-11-19", "wrong_value", "validFrom"),
        (["validUntil"], "2026-13-19T00:00:00Z", "wrong_value", "validUntil"),
        (["validUntil"], ["2026-11-19T00:00:00Z"], "wrong_value", "validUntil"),
        (["awardedDate"], "2026-11-19T00:00:00", "wrong_value", "awardedDate"),
        (["credentialSubject"], None, "missing", "credentialSubject"),
        (["credentialSubject"], [], "wrong_value", "credentialSubject"),
        (["credentialSubject", "type"], ["Profile"], "wrong_value", "credentialSubject.type"),
        (["credentialSubject", "achievement"], None, "missing", "credentialSubject.achievement"),
        (["credentialSubject", "achievement", "id"], None, "missing", "credentialSubject.achievement.id"),
        (["credentialSubject", "achievement", "name"], [], "wrong_value", "credentialSubject.achievement.name"),
        (
            ["credentialSubject", "achievement", "criteria"],
            "x",
            "wrong_value",
            "credentialSubject.achievement.criteria",
        ),
    ],
)
def test_part_that_is_missing_or_wrong_is_named(path, value, code, where):
    document = signed()
    holder = document
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    if value is None:
        del holder[path[-1]]

    verdict = judged(document)

    assert verdict.outcome == "no"
    assert verdict.facts is None
    assert said(verdict) == [
        "document: held readable",
        f"schema: failed {code}",
        *[f"{name}: unchecked not_reached" for name in ("subject", "proof", "validity", "status")],
    ]
    assert verdict.check("schema").facts == {"where": where}


def test_badge_of_nobody_is_a_no():
    document = BADGE.document()
    del document["credentialSubject"]["id"]

    verdict = judged(signed(document))

    assert said(verdict) == [*ALL_HELD[:2], "subject: failed subject_not_named", *ALL_HELD[3:]]


def test_credential_of_another_kind_is_left_open():
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "credentialSubject": [{"id": "urn:a", "name": "A"}],
    }

    verdict = judged(signed(document))

    assert verdict.outcome == "unknown"
    assert said(verdict) == [ALL_HELD[0], "schema: unchecked unknown_kind", *ALL_HELD[2:]]


def test_words_in_several_languages_can_be_read():
    document = BADGE.document()
    document["credentialSubject"]["achievement"]["name"] = [
        {"@value": "Ohjaaja", "@language": "fi"},
        {"@value": "Handledare", "@language": "sv"},
    ]

    verdict = judged(signed(document))

    assert verdict.outcome == "yes"
    assert verdict.facts.achievement_name == "Ohjaaja"


def test_end_date_cannot_be_hidden_in_a_second_home():
    """The seal cannot tell where in the document a thing of the same id was described."""
    document = BADGE.document()
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    document["validUntil"] = "2026-11-20T00:00:00Z"
    document["refreshService"] = {"id": document["id"], "type": "1EdTechCredentialRefresh"}
    expired = signed(document)
    hidden = {**expired, "type": ["VerifiableCredential", "AchievementCredential", "1EdTechCredentialRefresh"]}
    hidden["refreshService"] = {
        "id": document["id"],
        "type": "VerifiableCredential",
        "validUntil": hidden.pop("validUntil"),
    }

    proofs.check_signature(hidden, hidden["proof"], multikey=KEY.multikey, contexts=pinned(), budget=Budget())
    assert said(judged(expired))[4] == "validity: failed expired"
    assert said(judged(hidden))[0] == "document: unchecked split"


def test_status_cannot_be_hidden_under_its_full_address():
    status = {"id": "urn:uuid:7a1f6a52-5d2c-4b8e-9a55-0d7f1f3f7a09", "type": "BitstringStatusListEntry"}
    document = signed({**BADGE.document(), "credentialStatus": status})
    document["https://www.w3.org/2018/credentials#credentialStatus"] = document.pop("credentialStatus")

    assert said(judged(document))[0] == "document: unchecked raw_syntax"


def test_document_with_a_proof_is_not_signed_again():
    with pytest.raises(ValueError, match="already"):
        signed(signed())


def test_key_is_asked_for_by_its_full_name():
    asked = []

    def remembering(method):
        asked.append(method)
        return key_of(method)

    judged(signed(), key_of=remembering)

    assert asked == [METHOD]
