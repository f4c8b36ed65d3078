"""Insight's own tables: figures as they were taken on a day, and questions about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luotsi.core.enums import Language
from luotsi.core.models import Record
from luotsi.people.models import Network, Person


class Snapshot(Record):
    """The figures of a network as somebody took them: what was reported stays what it was."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="snapshots")
    on = models.DateField()
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="snapshots")
    figures = models.JSONField(default=dict)  # indicator key → number

    def __str__(self) -> str:
        return f"{self.network} {self.on}"


class FigureQuestion(Record):
    """A reader asks about a figure; a coordinator answers. Both are read by readers and coordinators of the network."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="figure_questions")
    indicator = models.CharField(max_length=40)
    text = models.TextField(max_length=1000)
    language = models.CharField(max_length=2, choices=Language.choices)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="figure_questions")
    answer = models.TextField(max_length=2000, blank=True)
    answer_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="figure_answers")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="insight_answer_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["network", "-created_at"], name="insight_questions_newest")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.ref}"
