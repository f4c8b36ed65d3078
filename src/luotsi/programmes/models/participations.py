"""Who takes part, and the ledger of the places that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from luotsi.core.models import Record
from luotsi.people.models import Person
from luotsi.programmes.enums import LeavingReason, ParticipationState, PartRole
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.programmes import Programme

if TYPE_CHECKING:
    from typing import Self


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def free(self) -> Self:
        """Those who take part now and have a place that nobody has booked."""
        return self.filter(state=ParticipationState.ACTIVE, places_taken__lt=F("places"))


class Participation(Record):
    """An accepted application: the person's part in the programme, and the ledger of the places that it gives."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="participations")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=6, choices=PartRole.choices)
    places = models.PositiveSmallIntegerField(default=1)
    places_taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ParticipationState.choices, default=ParticipationState.ACTIVE)

    paused_until = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=20, choices=LeavingReason.choices, blank=True)
    minutes_mentored = models.PositiveIntegerField(default=0)  # in meetings, as mentoring tells
    # When the participant said to have given the data of the start and of the end in the funder's own service.
    start_data_given_on = models.DateField(null=True, blank=True)
    end_data_given_on = models.DateField(null=True, blank=True)
    data_reminded_on = models.DateField(null=True, blank=True)

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
