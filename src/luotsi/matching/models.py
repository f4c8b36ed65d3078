"""Tables of matching: runs, frozen with their problem and result, and the proposals that came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from luotsi.core.models import Record
from luotsi.matching.enums import Answer, ProposalState, RunState
from luotsi.people.models import Person
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Round

if TYPE_CHECKING:
    from typing import Self


class MatchRun(Record):
    """One time of working out the pairs. Problem and result are kept as the very bytes.

    In the problem people are refs and nothing else. `trouble` says why nothing could be worked out. When somebody in
    the run is forgotten, the bytes go, and the run cannot be worked out again; what it found in numbers stays.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="match_runs")
    number = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    job_ref = models.UUIDField(null=True, blank=True)
    problem = models.BinaryField(default=bytes, blank=True)
    input_hash = models.CharField(max_length=64)
    result = models.BinaryField(default=bytes, blank=True)
    trouble = models.JSONField(default=dict, blank=True)  # code, refs of persons, rule or field
    mentees = models.PositiveIntegerField(default=0)
    mentors = models.PositiveIntegerField(default=0)
    places = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)  # of the scores, each 0 to 10,000
    bound = models.PositiveBigIntegerField(default=0)  # nothing can be worth more; and the run is worth just as much
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="matching_one_run_a_number")]

    def __str__(self) -> str:
        return f"{self.round}, {self.number}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, person: Person) -> Self:
        return self.filter(Q(mentor__person=person) | Q(mentee__person=person))


class Proposal(Record):
    """Two people who would suit each other. Planned, it is seen by coordinators only; asked, by the two as well.

    `reasons` are those of the solver's Reason, by criterion: points, of how many, and facts.
    """

    run = models.ForeignKey(MatchRun, models.PROTECT, related_name="proposals")
    mentor = models.ForeignKey(Participation, models.PROTECT, related_name="proposals_as_mentor")
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="proposals_as_mentee")
    score = models.PositiveIntegerField()
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PLANNED)
    mentor_said = models.CharField(max_length=3, choices=Answer.choices, default=Answer.NOT_YET, blank=True)
    mentee_said = models.CharField(max_length=3, choices=Answer.choices, default=Answer.NOT_YET, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee"], name="matching_one_proposal_a_mentee"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="matching_mentor_is_not_mentee"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(mentor_said="yes", mentee_said="yes"),
                name="matching_accepted_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(answer_by__isnull=False), name="matching_asked_until_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(state="asked"), name="matching_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.mentee.person} with {self.mentor.person}"
