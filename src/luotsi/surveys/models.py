"""Tables of surveys: what is asked, of whom and until when, and what was answered. Answers are kept with the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Circle, Person
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.formats.items import Item, read_items


class Instrument(Record):
    """Questions that belong together, in one version. A version is never changed: answers keep their meaning."""

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    name = TranslatedTextField()
    items = models.JSONField()  # see formats.items

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="surveys_one_instrument_a_version")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def questions(self) -> tuple[Item, ...]:
        return read_items(self.items)


class Wave(Record):
    """An instrument put to a circle until a day. Coordinators of the circle's network read what comes of it."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="waves")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="waves")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField()  # the last day to answer
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "circle"], condition=Q(closed_at=None), name="surveys_one_open_wave_a_circle"
            ),
        ]
        indexes = [models.Index(fields=["closes_on"], condition=Q(closed_at=None), name="surveys_wave_open")]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.circle}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.closes_on >= timezone.localdate()


class Response(Record):
    """One person asked in one wave, and the answers, by the question's key."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="survey_responses")
    state = models.CharField(max_length=10, choices=ResponseState.choices, default=ResponseState.ASKED)
    answers = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="surveys_asked_once_a_wave"),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) | (~Q(state="answered") & Q(answered_at=None)),
                name="surveys_answered_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.state}"
