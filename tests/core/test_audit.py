"""The audit log: entry and facts apart, and neither can be changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from luotsi.core import audit
from luotsi.core.actors import SYSTEM, ActorKind, LinkBearer
from luotsi.core.models import AppendOnlyError, AuditEntry, AuditFacts, Job

if TYPE_CHECKING:
    from luotsi.core.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> Record:
    return Job.objects.create(name="lamp.light")


def test_entry_and_facts_stand_apart(subject: Record) -> None:
    entry = audit.record(by=SYSTEM, verb="lamp.lit", subject=subject, watts=40, colour="yellow")

    kept = AuditEntry.objects.values().get()
    assert kept == {
        "id": entry.pk, "at": entry.at, "actor_kind": ActorKind.SYSTEM, "actor_ref": None, "verb": "lamp.lit",
        "subject_kind": "core.job", "subject_ref": subject.ref, "digest": entry.digest,
    }  # fmt: skip
    assert json.loads(AuditFacts.objects.get(entry=entry).facts) == {"colour": "yellow", "watts": 40}


def test_actor_is_kept_by_ref(subject: Record) -> None:
    entry = audit.record(by=LinkBearer(actor_ref=subject.ref), verb="lamp.lit", subject=subject)

    assert (entry.actor_kind, entry.actor_ref) == (ActorKind.LINK, subject.ref)


def test_digest_can_be_computed_again_from_the_facts(subject: Record) -> None:
    entry = audit.record(by=SYSTEM, verb="lamp.lit", subject=subject, colour="keltäinen", is_on=True, watts=None)

    facts = AuditFacts.objects.get(entry=entry)
    assert audit.digest_of(facts.salt, facts.facts) == AuditEntry.objects.get().digest
    assert audit.digest_of(facts.salt, facts.facts.replace("ä", "a")) != entry.digest


def test_same_facts_have_another_digest_each_time(subject: Record) -> None:
    first, second = (audit.record(by=SYSTEM, verb="lamp.lit", subject=subject, watts=40) for _ in range(2))

    assert first.digest != second.digest  # the salt: nobody finds erased facts by trying


def test_facts_are_erased_while_the_entry_stays(subject: Record) -> None:
    entry = audit.record(by=SYSTEM, verb="lamp.lit", subject=subject, watts=40)
    before = AuditEntry.objects.values().get()

    AuditFacts.objects.filter(entry=entry).delete()

    assert AuditEntry.objects.values().get() == before
    assert AuditFacts.objects.count() == 0


def test_entry_goes_with_the_transaction(subject: Record) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(by=SYSTEM, verb="lamp.lit", subject=subject, watts=1 // 0)

    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="lamp.out"), lambda rows: rows.delete()])
def test_python_refuses_to_change_entries(subject: Record, change) -> None:
    audit.record(by=SYSTEM, verb="lamp.lit", subject=subject)

    with pytest.raises(AppendOnlyError):
        change(AuditEntry.objects.all())

    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["lamp.lit"]


def test_database_refuses_to_change_an_entry(subject: Record) -> None:
    entry = audit.record(by=SYSTEM, verb="lamp.lit", subject=subject)
    entry.verb = "lamp.out"

    with pytest.raises(IntegrityError, match="core_auditentry is append-only"), transaction.atomic():
        entry.save()

    assert AuditEntry.objects.get().verb == "lamp.lit"
