"""Programmes and their rounds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Circle, Network
from luotsi.programmes.enums import ProgrammeState, RoundState


class Programme(Record):
    """A model in use in a network. It keeps the description that it was opened with."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="programmes")
    name = TranslatedTextField()
    model_key = models.CharField(max_length=60)
    description = models.TextField()  # the model's YAML, as it was read
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    circle = models.OneToOneField(Circle, models.PROTECT, related_name="programme")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programmes_ends_after_start"),
        ]
        indexes = [models.Index(fields=["network", "-starts_on", "-id"], name="programmes_of_a_network")]

    def __str__(self) -> str:
        return str(self.name)


class Round(Record):
    """One time of recruiting, matching, running, evaluating within a programme."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.RECRUITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programmes_one_round_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"
