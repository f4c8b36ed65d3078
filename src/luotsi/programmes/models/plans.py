"""The action plan that the partners share: phases and activities, comments, changes, approvals."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from luotsi.core.models import Record, StoredFile
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Organisation, Person
from luotsi.programmes.enums import ActivityState, ChangeKind
from luotsi.programmes.formats.values import ActivityKind, Stage
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.programmes import Programme


class Phase(Record):
    """A part of a programme's time. Both days belong to it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    key = models.CharField(max_length=60)
    name = TranslatedTextField()
    aim = TranslatedTextField(null=True, blank=True)
    stage = models.CharField(max_length=12, choices=[(stage.value, stage.value) for stage in Stage], blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="programmes_one_phase_a_key"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programmes_phase_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Activity(Record):
    """Something in a phase, at a time (`starts_local`) or until a day (`due_on`). `partner`: an own one of a partner.

    `starts_local` is as the clock on the wall shows it in `time_zone`, kept as if it were UTC. Both times empty: the
    day is not settled yet.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="activities")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="activities")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="activities")
    responsible = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=60)  # of the model; of an added one, its own
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in ActivityKind])
    name = TranslatedTextField()
    text = TranslatedTextField(null=True, blank=True)
    starts_local = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Helsinki")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    for_whom = models.JSONField(default=list, blank=True)  # formats.values.Audience
    is_required = models.BooleanField(default=False)
    takes_sign_up = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)  # the ledger of those signed up
    materials = models.JSONField(default=list, blank=True)  # keys of library tools
    instrument = models.CharField(max_length=60, blank=True)  # key of a survey's instrument
    moment = models.CharField(max_length=5, blank=True)  # of that survey: start, end, then
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)  # how often calendars were told anew
    check_in_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in the QR code at the door
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "partner", "key"], name="programmes_activity_a_partner_key"),
            models.UniqueConstraint(
                fields=["programme", "key"], condition=Q(partner=None), name="programmes_one_shared_activity_a_key"
            ),
            models.CheckConstraint(
                condition=Q(starts_local=None) | Q(due_on=None), name="programmes_activity_has_a_time_or_a_deadline"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="programmes_activity_within_capacity"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "due_on"], name="programmes_activity_due"),
            models.Index(fields=["programme", "starts_local"], name="programmes_activity_at"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ActivityFile(Record):
    """Material that was handed in for an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


class PlanComment(Record):
    """A word on the plan, or on one activity of it, that coordinators and all partners read."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_comments")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="plan_comments")
    text = models.TextField(max_length=2000)

    def __str__(self) -> str:
        return self.text[:60]


class PlanChange(Record):
    """What changed in a plan that somebody had approved. `partner`: whom it concerns; none: all of them."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_changes")
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, blank=True, related_name="plan_changes")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    before = models.JSONField(default=dict, blank=True)  # the columns that changed, as text
    after = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["programme", "id"], name="programmes_changes_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.kind} {self.activity_id}"


class PlanApproval(Record):
    """A partner's yes to the plan as it stood: by whom, under which name, and up to which change."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="plan_approvals")
    name = models.CharField(max_length=200)  # as it was then
    newest_change = models.PositiveBigIntegerField(default=0)  # pk of the newest PlanChange that it knew

    class Meta:
        indexes = [models.Index(fields=["partner", "-id"], name="programmes_newest_approval")]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.newest_change}"
