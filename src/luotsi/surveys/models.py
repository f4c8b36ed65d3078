"""Tables of surveys: what is asked, of whom and until when, and what was answered.

Two kinds of answering never meet. Named answers (Response) are kept with the person. Anonymous ones are rows without a
person, a time, an order or a public ref (AnonymousAnswer); who has answered stands apart, as a tick without a time
(Invitee); between the two there is only an Urn, whose content is shuffled at every touch. See docs/anonymity.md.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from luotsi.core.models import Record
from luotsi.core.questions.reading import read_form
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Circle, Network, Organisation, Person
from luotsi.surveys.enums import Answering, Moment, Purpose, ResponseState, ShareLevel, Step, WorkshopState

if TYPE_CHECKING:
    from luotsi.core.questions.values import Form


class Instrument(Record):
    """Questions that belong together, in one version. A version is never changed: answers keep their meaning."""

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    name = TranslatedTextField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.OTHER)
    form = models.JSONField()  # see core.questions
    digest = models.CharField(max_length=64, blank=True)  # of the form, so that the same again is the same version
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="instruments")
    # Whose own it is; none: everybody's. An own one's key is its own within the network.
    retired_at = models.DateTimeField(null=True, blank=True)  # when a newer version took its place

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], condition=Q(network=None), name="surveys_one_instrument_a_version"
            ),
            models.UniqueConstraint(
                fields=["network", "key", "version"],
                condition=Q(network__isnull=False),
                name="surveys_one_own_instrument_a_version",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @cached_property
    def questions(self) -> Form:
        """The form, read. Asks no database."""
        return read_form(self.form)


class Wave(Record):
    """An instrument put to a circle, or to an organisation and its units, until a day."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="waves")
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="waves")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="waves")
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="waves")
    answering = models.CharField(max_length=10, choices=Answering.choices, default=Answering.NAMED)
    name = models.CharField(max_length=100, blank=True)  # "Baseline 2026", for those who read the results
    moment = models.CharField(max_length=5, choices=Moment.choices, default=Moment.NONE, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    link_key = models.UUIDField(null=True, blank=True, unique=True)  # in the address that anybody may answer at
    code_salt = models.CharField(max_length=64, blank=True)  # of the respondents' own codes; the same in what follows
    opened_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField()  # the last day to answer
    reminded_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)  # sent so far
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "circle"],
                condition=Q(closed_at=None, circle__isnull=False),
                name="surveys_one_open_wave_a_circle",
            ),
            models.UniqueConstraint(
                fields=["instrument", "organisation"],
                condition=Q(closed_at=None, organisation__isnull=False),
                name="surveys_one_open_wave_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(circle__isnull=False, organisation=None) | Q(circle=None, organisation__isnull=False),
                name="surveys_wave_of_one_target",
            ),
            models.CheckConstraint(
                condition=Q(link_key=None) | Q(answering=Answering.ANONYMOUS), name="surveys_link_is_anonymous"
            ),
        ]
        indexes = [models.Index(fields=["closes_on"], condition=Q(closed_at=None), name="surveys_wave_open")]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.organisation or self.circle}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.closes_on >= timezone.localdate()

    @property
    def is_anonymous(self) -> bool:
        return self.answering == Answering.ANONYMOUS

    @property
    def looks_back(self) -> bool:
        """Whether people say how it was at the start, not how it is now."""
        return self.moment == Moment.THEN


class Response(Record):
    """One person asked in one named wave, and the answers, by the question's key. `draft` saves itself."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="survey_responses")
    state = models.CharField(max_length=10, choices=ResponseState.choices, default=ResponseState.ASKED)
    draft = models.JSONField(default=dict, blank=True)  # as typed, while not sent; read by the person alone
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

    @property
    def path(self) -> str:
        """Where the person answers."""
        return f"/my/surveys/{self.ref}/"


class Invitee(models.Model):
    """One person asked in one anonymous wave, and whether an answer came. No Record: no time, ever."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="invitees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="survey_invitations")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "person"], name="surveys_invited_once_a_wave")]

    def __str__(self) -> str:
        return f"invited to {self.wave_id}"

    @property
    def path(self) -> str:
        """Where the person answers."""
        return f"/my/surveys/anonymous/{self.ref}/"


class Urn(models.Model):
    """Answers of one unit in one wave that wait to be written: one row, its content shuffled at every touch.

    So that there is no order of arrival anywhere. It is emptied into AnonymousAnswer in batches of five, and at the
    closing of the wave, when it goes. The content is encrypted, always of the same size give or take 64 KiB: whoever
    has the database alone sees neither the answers that wait nor which one came last.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="urns")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sealed = models.BinaryField(default=b"")  # see services.urns

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "unit"], name="surveys_one_urn_a_unit"),
            models.UniqueConstraint(fields=["wave"], condition=Q(unit=None), name="surveys_one_urn_without_a_unit"),
        ]

    def __str__(self) -> str:
        return f"urn of {self.wave_id}"


class AnonymousAnswer(models.Model):
    """What one respondent answered: a random key, and no person, no time, no order. Own words stand apart."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="anonymous_answers")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=64, blank=True)  # digest of the respondent's own code, if one was given
    answers = models.JSONField()

    def __str__(self) -> str:
        return "an anonymous answer"


class AnonymousWords(models.Model):
    """Own words to one question, apart from the same respondent's other answers and from the unit."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="anonymous_words")
    item = models.CharField(max_length=60)
    words = models.TextField()

    def __str__(self) -> str:
        return "anonymous words"


class Workshop(Record):
    """An HR day: HR people of several organisations go through five steps, from results to main goals."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="workshops")
    name = models.CharField(max_length=200)
    held_on = models.DateField()
    state = models.CharField(max_length=10, choices=WorkshopState.choices, default=WorkshopState.PLANNED)
    step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.STANDS_OUT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=5), name="surveys_workshop_has_five_steps")
        ]

    def __str__(self) -> str:
        return self.name


class WorkshopPart(Record):
    """An organisation in a workshop: the wave it looks at, and what of it the others see."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="workshop_parts")
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="workshop_parts")
    shares = models.CharField(max_length=10, choices=ShareLevel.choices, default=ShareLevel.NOTHING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "organisation"], name="surveys_once_in_a_workshop")]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.workshop}"


class WorkshopNote(Record):
    """What somebody writes in a step. Read by the own organisation's part, and by all when `is_shared`."""

    part = models.ForeignKey(WorkshopPart, models.CASCADE, related_name="notes")
    step = models.PositiveSmallIntegerField(choices=Step.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="workshop_notes")
    dimension = models.CharField(max_length=60, blank=True)  # the key of what it speaks of, if anything
    text = models.TextField(max_length=1000)
    is_shared = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"note in {self.part_id}"


class Conclusion(Record):
    """What a workshop ends in: a main goal of an organisation, why, and who carries it. Programmes take it over."""

    part = models.ForeignKey(WorkshopPart, models.PROTECT, related_name="conclusions")
    title = models.CharField(max_length=200)
    why = models.TextField(max_length=1000)
    dimension = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=200, blank=True)  # how it will be seen that the goal was reached
    carrier = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="conclusions_carried")
    carried_by = models.CharField(max_length=200, blank=True)  # a role or a group, when it is no single person
    by_when = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    is_settled = models.BooleanField(default=False)  # the workshop is done and the goal stands
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_settled=False) | ~Q(carrier=None) | ~Q(carried_by=""), name="surveys_goal_has_a_carrier"
            ),
        ]

    def __str__(self) -> str:
        return self.title
