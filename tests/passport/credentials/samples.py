"""One issuer, one badge, and the moment at which everything is looked at."""

import json
from datetime import UTC, datetime
from uuid import UUID

from luotsi.passport.credentials import keys, proofs
from luotsi.passport.credentials.badges import Achievement, Alignment, Badge, Evidence, Issuer
from luotsi.passport.credentials.keys import VerificationKey
from luotsi.passport.credentials.verifying import verify

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SIGNED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SEED = bytes(range(32))
DID = "did:web:luotsi.example.org:issuers:kokkola"
METHOD = f"{DID}#key-1"
KEY = VerificationKey(id=METHOD, multikey=keys.public_multikey(SEED), created=datetime(2026, 1, 1, tzinfo=UTC))

BADGE = Badge(
    ref=UUID("7a1f6a52-5d2c-4b8e-9a55-0d7f1f3f7a01"),
    issuer=Issuer(did=DID, name="Keski-Pohjanmaan koulutusyhtymä", url="https://kpedu.example.org/"),
    subject=UUID("0b9d0f6e-2f3a-4c51-8f3e-6f1b6a4d2c02"),
    achievement=Achievement(
        ref=UUID("f3c6d1c4-61a7-4a57-9b7f-54e3f6a0b003"),
        name="Työssä oppimisen ohjaaja",
        description="Ohjaa ja arvioi oppijaa työpaikalla.",
        criteria='- suunnittelee ohjauksen\n- antaa "rakentavaa" palautetta',
        language="fi",
        credits_available=2.5,
        alignments=(
            Alignment(
                target_name="Työpaikkaohjaajana toimiminen",
                target_url="https://eperusteet.example.org/tutkinnonosat/3390513",
                target_code="3390513",
                target_framework="Tutkinnon perusteet",
            ),
        ),
        tags=("ohjaus", "arviointi"),
    ),
    awarded=datetime(2026, 11, 19, 8, 0, tzinfo=UTC),
    valid_from=datetime(2026, 11, 19, 8, 0, tzinfo=UTC),
    valid_until=datetime(2031, 11, 19, 8, 0, tzinfo=UTC),
    evidence=(Evidence(name="Ohjauspäiväkirja", narrative="Kahdeksan tapaamista."), Evidence(name="Palautteet")),
)


def signed(document=None, *, created=SIGNED_AT, method=METHOD, seed=SEED):
    return proofs.sign(document or BADGE.document(), seed=seed, verification_method=method, created=created)


def key_of(method):
    return KEY if method == METHOD else None


def judged(document, *, key_of=key_of, now=NOW):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return verify(content, key_of=key_of, now=now)


def said(verdict):
    """Every check as `name: state code`, in order."""
    return [f"{check.name}: {check.state} {check.code}" for check in verdict.checks]


ALL_HELD = [
    "document: held readable",
    "schema: held well_formed",
    "subject: held subject_named",
    "proof: held seal_holds",
    "validity: held in_force",
    "status: held no_status",
]
