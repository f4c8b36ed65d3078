"""Imported lists of applicants, row by row."""

from __future__ import annotations

from django.db import models

from luotsi.core.models import Record, StoredFile
from luotsi.people.models import Network, Person
from luotsi.programmes.enums import ImportState, RowOutcome
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.programmes import Round


class ImportRun(Record):
    """A list of applicants: first read into rows, then taken. `fault`: why it could not be read."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    job_ref = models.UUIDField(null=True, blank=True)
    unknown_columns = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # pairs of a heading and its column, in the file's order
    rows_total = models.PositiveIntegerField(default=0)
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
    before = models.JSONField(default=dict, blank=True)  # of a row that changes an application: what stands there now
    faults = models.JSONField(default=list, blank=True)  # what is wrong, or only worth knowing: see formats.applicants
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)
    is_done = models.BooleanField(default=False)
    application = models.ForeignKey(Application, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="programmes_a_row_once")]
        indexes = [models.Index(fields=["email_key"], name="programmes_rows_of_an_address")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.run_id}"


class ColumnMapping(Record):
    """What a coordinator said once of the columns of a kind of list: remembered for the next with the same headings."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="column_mappings")
    headings_digest = models.CharField(max_length=64)  # SHA-256 of the headings
    mapping = models.JSONField(default=dict)  # heading → column; an empty column: passed over

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "headings_digest"], name="programmes_one_mapping_a_list"),
        ]

    def __str__(self) -> str:
        return self.headings_digest[:8]
