"""Many applications at once: a decision, or a letter, and what became of each."""

from __future__ import annotations

from django.db import models

from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Person
from luotsi.programmes.enums import ApplicationState, BatchOutcome
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.programmes import Programme


class Batch(Record):
    """One decision about many applications, or one letter to many applicants, carried out in the background.

    `decision` empty: a letter only. `subject` and `text` empty: the ordinary words of the decision.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="batches")
    decision = models.CharField(max_length=10, choices=ApplicationState.choices, blank=True)
    subject = TranslatedTextField(null=True, blank=True)
    text = TranslatedTextField(null=True, blank=True)
    is_necessary = models.BooleanField(default=False)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    job_ref = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.decision or 'letter'} {self.ref}"


class BatchRow(Record):
    """One of the applications. `fault`: why it could not be done, in the words of the one who started it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=8, choices=BatchOutcome.choices, default=BatchOutcome.WAITING)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="programmes_once_a_batch"),
        ]
        indexes = [models.Index(fields=["batch", "outcome"], name="programmes_rows_of_a_batch")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.outcome}"
