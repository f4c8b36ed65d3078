"""Who asks for a part in a round, and what he or she tells."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luotsi.core.models import Record
from luotsi.people.models import Organisation, Person
from luotsi.programmes.enums import ApplicationState, PartRole
from luotsi.programmes.models.programmes import Round


class Application(Record):
    """A person asks for a part in a round. `answers` are read and written as formats.applicants.Answers."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    role = models.CharField(max_length=6, choices=PartRole.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="applications")
    answers = models.JSONField(default=dict, blank=True)
    submitted_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="programmes_one_application_a_round"),
        ]
        indexes = [models.Index(fields=["round", "state"], name="programmes_by_state")]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"
