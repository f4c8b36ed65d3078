"""What follows from what, where an organiser decides it."""

from __future__ import annotations

from django.db import models

from luotsi.core.models import Record
from luotsi.passport.models import Mark
from luotsi.programmes.models.programmes import Programme


class AwardRule(Record):
    """Who completes mentoring in this programme is offered a claim to this mark."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="award_rules")
    mark = models.ForeignKey(Mark, models.CASCADE, related_name="award_rules")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "mark"], name="journey_one_rule_a_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} leads to {self.mark}"
