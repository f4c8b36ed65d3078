"""Bases of all tables, and the kernel's own: audit log, outbox of facts, jobs and schedule, files, text versions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.core.enums import JobState

if TYPE_CHECKING:
    from typing import Self


class Record(models.Model):
    """A row with a public id that says nothing. `insert` and `amend` are its only doors, and only services use them."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def insert(self) -> Self:
        """Validate and write a new row. Raises ValidationError; writes one row."""
        self.full_clean()
        self.save(force_insert=True)
        return self

    def amend(self, **values: Any) -> Self:  # noqa: ANN401 -- any column's value
        """Set these columns, validate, and write them alone (no lost updates of the others)."""
        for name, value in values.items():
            setattr(self, name, value)
        unchanged = {field.name for field in self._meta.fields} - set(values)
        self.full_clean(exclude=unchanged)
        self.save(update_fields=[*values, "changed_at"])
        return self


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what is written once."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **_values: object) -> int:
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError


class AuditEntry(models.Model):
    """Who did what to what, when. Holds refs, not foreign keys: it outlives its subjects.

    The readable facts stand apart (AuditFacts) with the salt of `digest`: they can be erased while the entry, and
    later the chain over the entries, stays as it was. The database itself refuses an UPDATE (a trigger).
    """

    at = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=10)
    actor_ref = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_ref = models.UUIDField()
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_ref", "at"], name="core_audit_subject"),
            models.Index(fields=["actor_ref", "at"], name="core_audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_ref}"


class AuditFacts(models.Model):
    """The facts of an entry in clear: refs, states, counts, dates; no free text of persons."""

    entry = models.OneToOneField(AuditEntry, models.CASCADE, related_name="facts")
    salt = models.CharField(max_length=32)
    facts = models.TextField()  # canonical JSON, the bytes that were hashed

    def __str__(self) -> str:
        return str(self.entry)


class Event(models.Model):
    """The outbox: a fact that a module announced inside its transaction."""

    kind = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)  # ids only
    at = models.DateTimeField(default=timezone.now)
    dispatched_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(dispatched_at=None), name="core_event_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class EventHandled(models.Model):
    """One handler has taken one event: written in the same transaction as what the handler did."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="handled")
    handler = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="core_event_handled_once")]

    def __str__(self) -> str:
        return f"{self.handler} took {self.event_id}"


class Job(Record):
    """Work that takes time. It commits with the data that asked for it, and is found again after any crash."""

    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)  # refs and small values
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    run_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=60, blank=True)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)  # the kind of error and where, never its text
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_at"], condition=Q(state="waiting"), name="core_job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="core_job_running"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.ref}"

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}


class Schedule(models.Model):
    """When a job that comes back by the clock is due next."""

    name = models.CharField(max_length=100, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.next_at:%Y-%m-%d %H:%M}"


class StoredFile(Record):
    """A file kept for its owner, served only by the owner's view."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.name} ({self.size} bytes)"


class TextVersion(Record):
    """A text that people agree to, as it was then: immutable, known by its digest."""

    kind = models.CharField(max_length=60)
    body = models.BinaryField()  # canonical JSON of a TranslatedText, the bytes that were hashed
    digest = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"
