"""What people do in an activity: signing up and being there, answering an interim assignment."""

from __future__ import annotations

from django.db import models

from luotsi.core.models import Record, StoredFile
from luotsi.people.models import Person
from luotsi.programmes.enums import AnswerState, AttendanceState
from luotsi.programmes.models.plans import Activity


class Attendance(Record):
    """A person at an activity, from signing up to having been there."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=10, choices=AttendanceState.choices)
    noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who was there or not
    noted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="programmes_once_an_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.state}"


class AssignmentAnswer(Record):
    """What somebody answers to an interim assignment. The person and those who train read it."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignment_answers")
    text = models.TextField(max_length=20_000, blank=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="programmes_one_answer_an_assignment"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.state}"


class AssignmentFile(Record):
    answer = models.ForeignKey(AssignmentAnswer, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


class AssignmentComment(Record):
    """A word between the one who answers and the trainer."""

    answer = models.ForeignKey(AssignmentAnswer, models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignment_comments")
    text = models.TextField(max_length=5000)

    def __str__(self) -> str:
        return self.text[:60]
