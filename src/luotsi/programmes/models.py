"""Tables of programmes: programmes and their rounds, applications, participations with their places, imported lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luotsi.core.models import Record, StoredFile
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Circle, Network, Organisation, Person
from luotsi.programmes.enums import (
    ApplicationState,
    ImportState,
    ParticipationState,
    PartRole,
    ProgrammeState,
    RoundState,
    RowOutcome,
)

if TYPE_CHECKING:
    from typing import Self


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


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def free(self) -> Self:
        """Those who take part now and have a place that nobody has booked."""
        return self.filter(state=ParticipationState.ACTIVE, places_taken__lt=F("places"))


class Participation(Record):
    """An accepted application: the person's part in the programme, and the ledger of the places that it gives."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="participation")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=6, choices=PartRole.choices)
    places = models.PositiveSmallIntegerField(default=1)
    places_taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ParticipationState.choices, default=ParticipationState.ACTIVE)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(places_taken__gte=0, places_taken__lte=F("places")), name="programmes_places_within_limits"
            ),
            models.UniqueConstraint(fields=["programme", "person", "role"], name="programmes_one_part_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"

    @property
    def places_free(self) -> int:
        return self.places - self.places_taken


class ImportRun(Record):
    """A list of applicants: first read into rows, then taken. `fault`: why it could not be read."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    job_ref = models.UUIDField(null=True, blank=True)
    unknown_columns = models.JSONField(default=list, blank=True)
    fault = models.JSONField(default=dict, blank=True)  # a code and what it is about

    class Meta:
        indexes = [models.Index(fields=["round", "-id"], name="programmes_imports_newest")]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of a list, its outcome, and why.

    `kept`: the Applicant of a row that is to be taken, the typed cells of a refused one; gone once of no more use.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the spreadsheet counts: the heading is row 1
    email_key = models.CharField(max_length=254, blank=True)
    kept = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)  # what is wrong, or only worth knowing: see formats.applicants
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)
    is_done = models.BooleanField(default=False)
    application = models.ForeignKey(Application, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="programmes_a_row_once")]
        indexes = [models.Index(fields=["email_key"], name="programmes_rows_of_an_address")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.run_id}"
