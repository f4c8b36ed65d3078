"""Tables of mentoring: relationships, what the two agree on, and that they met."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.core.enums import Language
from luotsi.core.models import Record, TextVersion
from luotsi.matching.models import Proposal
from luotsi.mentoring.enums import EarlyEnding, Ending, How, RelationshipState
from luotsi.people.models import Circle, Person
from luotsi.programmes.enums import PartRole
from luotsi.programmes.models.programmes import Programme

SHORTEST, LONGEST = 5, 480  # minutes of a meeting


class Relationship(Record):
    """A mentor and a mentee of a programme, from the proposal that both accepted to the end."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="relationships")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="relationship")
    circle = models.OneToOneField(Circle, models.PROTECT, related_name="relationship")
    state = models.CharField(max_length=12, choices=RelationshipState.choices, default=RelationshipState.AGREEING)
    agreed_at = models.DateTimeField(null=True, blank=True)  # when both had approved an agreement for the first time
    ending = models.CharField(max_length=20, choices=[*Ending.choices, *EarlyEnding.choices], blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["completed", "ended_early"], ended_at__isnull=False)
                | (~Q(state__in=["completed", "ended_early"]) & Q(ended_at=None)),
                name="mentoring_over_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["agreeing", "ended_early"]) | Q(agreed_at__isnull=False),
                name="mentoring_begins_with_an_agreement",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["agreeing", "active"], ending="")
                | (~Q(state__in=["agreeing", "active"]) & ~Q(ending="")),
                name="mentoring_ending_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="mentoring_by_state")]

    def __str__(self) -> str:
        return f"relationship {self.ref}"

    @property
    def mentor(self) -> Person:
        return self.person_in(PartRole.MENTOR)

    @property
    def mentee(self) -> Person:
        return self.person_in(PartRole.MENTEE)

    def person_in(self, role: PartRole) -> Person:
        return next(member.person for member in self.members.all() if member.role == role)

    def other_than(self, person: Person) -> Person:
        return next(member.person for member in self.members.all() if member.person_id != person.pk)


class RelationshipMember(Record):
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="relationship_memberships")
    role = models.CharField(max_length=6, choices=PartRole.choices)
    finished_at = models.DateTimeField(null=True, blank=True)  # when this one said that mentoring has come to its end

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "person"], name="mentoring_once_in_a_relationship"),
            models.UniqueConstraint(fields=["relationship", "role"], name="mentoring_one_person_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


class Agreement(Record):
    """One version of what the two agree on: the programme's text, and what they add in their own words."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    rhythm = models.TextField(max_length=500, blank=True)  # how often, where, and how to keep in touch
    themes = models.TextField(max_length=1000, blank=True)
    not_discussed = models.TextField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)  # of the own words
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)  # when the last of the two approved

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "number"], name="mentoring_one_agreement_a_number"),
        ]

    def __str__(self) -> str:
        return f"agreement {self.number} of {self.relationship_id}"

    @property
    def has_own_words(self) -> bool:
        return bool(self.rhythm or self.themes or self.not_discussed)


class AgreementApproval(Record):
    """A person has read this very version and approves it; `created_at` says when."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="agreement_approvals")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="mentoring_approved_once"),
        ]

    def __str__(self) -> str:
        return f"approval of {self.agreement_id}"


class Session(Record):
    """A meeting, logged afterwards. That it was held is a fact for the programme; the summary is for the two alone."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="sessions")
    held_on = models.DateField(default=timezone.localdate)
    minutes = models.PositiveSmallIntegerField(default=0)
    how = models.CharField(max_length=10, choices=How.choices, default=How.AS_AGREED)
    tool_key = models.CharField(max_length=60, blank=True)  # the theme, by the key of the library's tool
    summary = models.TextField(max_length=4000, blank=True)
    logged_by = models.ForeignKey(Person, models.PROTECT, related_name="sessions_logged")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="not_held", minutes=0)
                | (~Q(how="not_held") & Q(minutes__gte=SHORTEST, minutes__lte=LONGEST)),
                name="mentoring_meeting_has_its_minutes",
            ),
            models.UniqueConstraint(fields=["relationship", "held_on"], name="mentoring_one_meeting_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}"

    @property
    def was_held(self) -> bool:
        return self.how != How.NOT_HELD
