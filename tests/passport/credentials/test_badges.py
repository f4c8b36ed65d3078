from dataclasses import replace
from datetime import datetime

import pytest

from luotsi.passport.credentials.badges import Achievement, Badge, HashedEmail, Issuer
from tests.passport.credentials.samples import ALL_HELD, BADGE, judged, said, signed


def test_badge_is_an_open_badge():
    assert BADGE.document() == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:7a1f6a52-5d2c-4b8e-9a55-0d7f1f3f7a01",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": "Työssä oppimisen ohjaaja",
        "issuer": {
            "id": "did:web:luotsi.example.org:issuers:kokkola",
            "type": ["Profile"],
            "name": "Keski-Pohjanmaan koulutusyhtymä",
            "url": "https://kpedu.example.org/",
        },
        "awardedDate": "2026-11-19T08:00:00Z",
        "validFrom": "2026-11-19T08:00:00Z",
        "validUntil": "2031-11-19T08:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:0b9d0f6e-2f3a-4c51-8f3e-6f1b6a4d2c02",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:f3c6d1c4-61a7-4a57-9b7f-54e3f6a0b003",
                "type": ["Achievement"],
                "achievementType": "Competency",
                "name": "Työssä oppimisen ohjaaja",
                "description": "Ohjaa ja arvioi oppijaa työpaikalla.",
                "criteria": {"narrative": '- suunnittelee ohjauksen\n- antaa "rakentavaa" palautetta'},
                "inLanguage": "fi",
                "creditsAvailable": 2.5,
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": "Työpaikkaohjaajana toimiminen",
                        "targetUrl": "https://eperusteet.example.org/tutkinnonosat/3390513",
                        "targetCode": "3390513",
                        "targetFramework": "Tutkinnon perusteet",
                    }
                ],
                "tag": ["ohjaus", "arviointi"],
            },
        },
        "evidence": [
            {"type": ["Evidence"], "name": "Ohjauspäiväkirja", "narrative": "Kahdeksan tapaamista."},
            {"type": ["Evidence"], "name": "Palautteet"},
        ],
    }


def test_smallest_badge_verifies():
    smallest = Badge(
        ref=BADGE.ref,
        issuer=Issuer(did=BADGE.issuer.did, name="A"),
        subject=BADGE.subject,
        achievement=Achievement(ref=BADGE.achievement.ref, name="B", description="C", criteria="D", language="sv"),
        awarded=BADGE.awarded,
        valid_from=BADGE.valid_from,
    )

    verdict = judged(signed(smallest.document()))

    assert said(verdict) == ALL_HELD


def test_badge_may_name_its_holder_by_a_hashed_address():
    hashed = replace(BADGE, subject=None, email=HashedEmail(address="a@example.org", salt="pinch"))

    document = hashed.document()

    assert document["credentialSubject"]["identifier"] == [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$5a5e93398ab7e8063bc2ada2e80b255660abf5ce749b9117dc63d1da84981721",
            "identityType": "emailAddress",
            "salt": "pinch",
        }
    ]
    assert said(judged(signed(document))) == ALL_HELD


def test_badge_of_nobody_is_refused():
    with pytest.raises(ValueError, match="whose"):
        replace(BADGE, subject=None)


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="2026"):
        replace(BADGE, awarded=datetime(2026, 1, 1)).document()  # noqa: DTZ001 -- the fault that is tested


def test_moments_are_written_in_utc():
    helsinki = datetime.fromisoformat("2026-06-01T02:00:00.750+03:00")

    assert replace(BADGE, awarded=helsinki).document()["awardedDate"] == "2026-05-31T23:00:00Z"
