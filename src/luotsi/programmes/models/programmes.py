"""Models that networks have of their own, programmes, and their rounds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Circle, Network, Person
from luotsi.programmes.enums import ProgrammeState, RoundState, SetUpStep


class ProgrammeModel(Record):
    """One version of a network's own model. The models that ship are files (formats.shipped) and have no row."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="programme_models")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    name = TranslatedTextField()
    parent_key = models.CharField(max_length=60, blank=True)  # the model that it was derived from
    parent_version = models.PositiveIntegerField(null=True, blank=True)
    description = models.TextField()  # the YAML, as it was read
    digest = models.CharField(max_length=64)  # SHA-256 of the description
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)  # offered for new programmes no longer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key", "version"], name="programmes_one_model_a_version"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Programme(Record):
    """A model in use in a network. It keeps the description that it was opened with, and that may be changed here."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="programmes")
    name = TranslatedTextField()
    model_key = models.CharField(max_length=60)
    model_version = models.PositiveIntegerField(default=1)
    description = models.TextField()  # the model's YAML, with what differs in this programme
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    set_up = models.CharField(max_length=10, choices=SetUpStep.choices, default=SetUpStep.DONE)  # the step to go on at
    starts_on = models.DateField()
    ends_on = models.DateField()
    circle = models.OneToOneField(Circle, models.PROTECT, related_name="programme")
    # Scope. `for_whom`: in place of the model's own words. Empty lists: not narrowed.
    for_whom = TranslatedTextField(null=True, blank=True)
    regions = models.JSONField(default=list, blank=True)  # codes of maakunnat
    languages = models.JSONField(default=list, blank=True)  # fi, sv, en, or other ISO 639 codes
    apply_until = models.DateField(null=True, blank=True)  # the last day of the call; none: as long as it recruits
    skips_july = models.BooleanField(default=False)  # nothing of the plan falls on its weeks
    mentors_most = models.PositiveIntegerField(null=True, blank=True)  # of the first round, until it is opened
    mentees_most = models.PositiveIntegerField(null=True, blank=True)
    # The funded project that the programme is part of: its code and the address of the funder's own service.
    project_code = models.CharField(max_length=40, blank=True)
    project_link = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programmes_ends_after_start"),
        ]
        indexes = [models.Index(fields=["network", "-starts_on", "-id"], name="programmes_of_a_network")]

    def __str__(self) -> str:
        return str(self.name)


class Round(Record):
    """One time of recruiting, matching, running, evaluating within a programme, with its ledger of parts.

    `mentors_most` and `mentees_most`: how many may take part; none: as many as are accepted.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.RECRUITING)
    mentors_most = models.PositiveIntegerField(null=True, blank=True)
    mentors_taken = models.PositiveIntegerField(default=0)
    mentees_most = models.PositiveIntegerField(null=True, blank=True)
    mentees_taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programmes_one_round_a_number"),
            models.CheckConstraint(
                condition=(Q(mentors_most=None) | Q(mentors_taken__lte=F("mentors_most")))
                & (Q(mentees_most=None) | Q(mentees_taken__lte=F("mentees_most"))),
                name="programmes_round_within_its_limits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"
