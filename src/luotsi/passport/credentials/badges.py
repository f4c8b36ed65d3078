"""An awarded mark as an Open Badge 3.0 on Verifiable Credentials 2.0.

The signed words are in one language, named in `inLanguage`. Open Badges define `name` and `description` as plain
strings; a badge with several languages in one of them would pass the seal and fail the checks of other verifiers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from luotsi.passport.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from luotsi.passport.credentials.moments import written

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class AchievementType(StrEnum):
    """The standard's words that fit marks and passports."""

    ACHIEVEMENT = "Achievement"
    BADGE = "Badge"
    COMPETENCY = "Competency"
    LEARNING_PROGRAM = "LearningProgram"
    MICRO_CREDENTIAL = "MicroCredential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    did: str
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A competence of a framework. `target_url` is an absolute address."""

    target_name: str
    target_url: str
    target_code: str | None = None
    target_framework: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    name: str
    narrative: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What was achieved. `language` (BCP 47) is that of every word in the badge; `credits_available` the extent."""

    ref: UUID
    name: str
    description: str
    criteria: str
    language: str
    kind: AchievementType = AchievementType.COMPETENCY
    credits_available: float | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedEmail:
    """Lets somebody who knows the address see that a badge is that person's, and tells it to nobody else."""

    address: str
    salt: str

    def identity(self) -> dict[str, Any]:
        digest = hashlib.sha256((self.address + self.salt).encode()).hexdigest()
        return {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${digest}",
            "identityType": "emailAddress",
            "salt": self.salt,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One award to one person, named by an opaque `subject`, a hashed address, or both.

    Raises ValueError when neither is given.
    """

    ref: UUID
    issuer: Issuer
    subject: UUID | None = None
    email: HashedEmail | None = None
    achievement: Achievement
    awarded: datetime
    valid_from: datetime
    valid_until: datetime | None = None
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.subject is None and self.email is None:
            raise ValueError("a badge says whose it is")

    def document(self) -> dict[str, Any]:
        """The unsigned credential, as plain JSON values. Raises ValueError for a moment without a zone."""
        return _present(
            {
                "@context": [CREDENTIALS_V2, OPEN_BADGES],
                "id": self.ref.urn,
                "type": ["VerifiableCredential", "AchievementCredential"],
                "name": self.achievement.name,
                "issuer": _issuer(self.issuer),
                "awardedDate": written(self.awarded),
                "validFrom": written(self.valid_from),
                "validUntil": self.valid_until and written(self.valid_until),
                "credentialSubject": _present(
                    {
                        "id": self.subject and self.subject.urn,
                        "type": ["AchievementSubject"],
                        "identifier": [self.email.identity()] if self.email else [],
                        "achievement": _achievement(self.achievement),
                    }
                ),
                "evidence": [_evidence(evidence) for evidence in self.evidence],
            }
        )


def _issuer(issuer: Issuer) -> dict[str, Any]:
    return _present({"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url})


def _achievement(achievement: Achievement) -> dict[str, Any]:
    return _present(
        {
            "id": achievement.ref.urn,
            "type": ["Achievement"],
            "achievementType": achievement.kind.value,
            "name": achievement.name,
            "description": achievement.description,
            "criteria": {"narrative": achievement.criteria},
            "inLanguage": achievement.language,
            "creditsAvailable": achievement.credits_available,
            "alignment": [_alignment(alignment) for alignment in achievement.alignments],
            "tag": list(achievement.tags),
        }
    )


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return _present(
        {
            "type": ["Alignment"],
            "targetName": alignment.target_name,
            "targetUrl": alignment.target_url,
            "targetCode": alignment.target_code,
            "targetFramework": alignment.target_framework,
        }
    )


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return _present({"type": ["Evidence"], "name": evidence.name, "narrative": evidence.narrative})


def _present(parts: dict[str, Any]) -> dict[str, Any]:
    """Without what was left open; a seal cannot cover an empty value."""
    return {name: value for name, value in parts.items() if value is not None and value != []}
