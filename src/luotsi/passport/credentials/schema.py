"""What a credential must look like before it means anything, and what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from luotsi.passport.credentials import moments
from luotsi.passport.credentials.contexts import CREDENTIALS_V2
from luotsi.passport.credentials.verdicts import BrokenError, Code, CredentialFacts

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.passport.credentials.reading import Document

T = TypeVar("T")

ACHIEVEMENT = "achievement"
ENDORSEMENT = "endorsement"
OTHER = "other"
KINDS = {
    "AchievementCredential": ACHIEVEMENT,
    "OpenBadgeCredential": ACHIEVEMENT,
    "EndorsementCredential": ENDORSEMENT,
}
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")


def facts_of(document: Document) -> CredentialFacts:
    """Check the parts that carry the meaning, and read them. Raises BrokenError(missing or wrong_value)."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [CREDENTIALS_V2]:
        raise BrokenError(Code.WRONG_VALUE, where="@context")
    types = _types(document, "VerifiableCredential", where="type")
    kind = next((KINDS[name] for name in types if name in KINDS), OTHER)
    issuer, subject = _issuer(document), _subject(document, kind)
    achievement = _achievement(subject) if kind == ACHIEVEMENT else {}
    return CredentialFacts(
        id=_address(document, "id", where="id"),
        kind=kind,
        issuer_id=_present(_address(issuer, "id", where="issuer.id"), where="issuer.id"),
        issuer_name=_text(issuer, "name", where="issuer.name"),
        subject_id=_address(subject, "id", where="credentialSubject.id"),
        achievement_id=_address(achievement, "id", where="credentialSubject.achievement.id"),
        achievement_name=_text(achievement, "name", where="credentialSubject.achievement.name"),
        language=_text(achievement, "inLanguage", where="credentialSubject.achievement.inLanguage"),
        awarded=_moment(document, "awardedDate"),
        valid_from=_valid_from(document, kind),
        valid_until=_moment(document, "validUntil"),
    )


def is_subject_named(document: Document, facts: CredentialFacts) -> bool:
    """Whether it says whom it is about: by an address or, for an achievement, by an identifier."""
    named = facts.kind == ACHIEVEMENT and bool(document["credentialSubject"].get("identifier"))
    return facts.subject_id is not None or named


def moment_of(document: Document, name: str) -> datetime | None:
    """Raises BrokenError(wrong_value) for what is there and is no moment."""
    return _moment(document, name)


def _issuer(document: Document) -> Document:
    issuer = _present(document.get("issuer"), where="issuer")
    if isinstance(issuer, str):
        return {"id": issuer}
    return _object(issuer, where="issuer")


def _subject(document: Document, kind: str) -> Document:
    subject = _present(document.get("credentialSubject"), where="credentialSubject")
    if kind == OTHER and isinstance(subject, list):
        return {}
    found = _object(subject, where="credentialSubject")
    if kind == ACHIEVEMENT:
        _types(found, "AchievementSubject", where="credentialSubject.type")
    return found


def _achievement(subject: Document) -> Document:
    where = "credentialSubject.achievement"
    achievement = _object(_present(subject.get("achievement"), where=where), where=where)
    _types(achievement, "Achievement", where=f"{where}.type")
    _present(_address(achievement, "id", where=f"{where}.id"), where=f"{where}.id")
    for name in ("name", "description"):
        _present(_text(achievement, name, where=f"{where}.{name}"), where=f"{where}.{name}")
    _object(_present(achievement.get("criteria"), where=f"{where}.criteria"), where=f"{where}.criteria")
    return achievement


def _valid_from(document: Document, kind: str) -> datetime | None:
    """Open Badges ask for it; the data model beneath does not."""
    found = _moment(document, "validFrom")
    if kind != OTHER:
        _present(found, where="validFrom")
    return found


def _types(holder: Document, wanted: str, *, where: str) -> list[str]:
    found = _present(holder.get("type"), where=where)
    listed = found if isinstance(found, list) else [found]
    if wanted not in listed or not all(isinstance(name, str) for name in listed):
        raise BrokenError(Code.WRONG_VALUE, where=where)
    return listed


def _present(value: T | None, *, where: str) -> T:
    if value is None:
        raise BrokenError(Code.MISSING, where=where)
    return value


def _object(value: object, *, where: str) -> Document:
    if not isinstance(value, dict):
        raise BrokenError(Code.WRONG_VALUE, where=where)
    return value


def _address(holder: Document, name: str, *, where: str) -> str | None:
    value = holder.get(name)
    if value is not None and not (isinstance(value, str) and ADDRESS.fullmatch(value)):
        raise BrokenError(Code.WRONG_VALUE, where=where)
    return value


def _text(holder: Document, name: str, *, where: str) -> str | None:
    """Plain, or the first of several languages."""
    value = holder.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    if value is not None and not isinstance(value, str):
        raise BrokenError(Code.WRONG_VALUE, where=where)
    return value


def _moment(holder: Document, name: str) -> datetime | None:
    value = holder.get(name)
    if value is None:
        return None
    try:
        return moments.read(value)
    except ValueError:
        raise BrokenError(Code.WRONG_VALUE, where=name) from None
