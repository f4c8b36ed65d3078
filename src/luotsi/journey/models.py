"""What follows from what, where an organiser decides it; which letters have gone out by themselves."""

from __future__ import annotations

from django.db import models

from luotsi.core.models import Record
from luotsi.passport.models import Mark
from luotsi.people.models import Person
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


class NudgeSent(Record):
    """A letter of the model went out to somebody: `nudge` is its key, `day` the one of its days, `about_ref` the thing.

    It is written with the letter, so each goes out once, however often the work is done again.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="nudges_sent")
    person = models.ForeignKey(Person, models.CASCADE, related_name="nudges_sent")
    nudge = models.CharField(max_length=60)
    day = models.SmallIntegerField()
    about_ref = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "nudge", "day", "person", "about_ref"], name="journey_each_nudge_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nudge} {self.day}"
