"""Writing the audit log: who did what to what. Facts are refs, states, counts and dates; never free text of persons."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING

from luotsi.core.models import AuditEntry, AuditFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.core.actors import Actor
    from luotsi.core.models import Record


def record(*, by: Actor, verb: str, subject: Record, **facts: str | int | bool | None) -> AuditEntry:
    """Write one entry and its facts, in the caller's transaction."""
    body = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    salt = secrets.token_hex(16)
    entry = AuditEntry.objects.create(
        actor_kind=by.actor_kind,
        actor_ref=by.actor_ref,
        verb=verb,
        subject_kind=subject._meta.label_lower,  # noqa: SLF001 -- Django's public name for it
        subject_ref=subject.ref,
        digest=digest_of(salt, body),
    )
    AuditFacts.objects.create(entry=entry, salt=salt, facts=body)
    return entry


def record_each(*, by: Actor, verb: str, subjects: Iterable[Record], **facts: str | int | bool | None) -> None:
    """As `record`, of many subjects of one kind with the same facts: two statements for some hundred of them."""
    body = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    salts, entries = [], []
    for subject in subjects:
        salts.append(secrets.token_hex(16))
        entry = AuditEntry(
            actor_kind=by.actor_kind,
            actor_ref=by.actor_ref,
            verb=verb,
            subject_kind=subject._meta.label_lower,  # noqa: SLF001 -- Django's public name for it
            subject_ref=subject.ref,
            digest=digest_of(salts[-1], body),
        )
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    kept = zip(entries, salts, strict=True)
    AuditFacts.objects.bulk_create([AuditFacts(entry=entry, salt=salt, facts=body) for entry, salt in kept])


def digest_of(salt: str, body: str) -> str:
    """SHA-256 over salt and canonical facts, as lower-case hex."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()
