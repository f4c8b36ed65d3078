"""Who asks for a part in a round, what he or she tells, and what those who decide note about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.core.enums import Language
from luotsi.core.models import Record, TextVersion
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Consent, Network, Organisation, Person
from luotsi.programmes.enums import ApplicationRole, ApplicationState, CameBy, Recommendation
from luotsi.programmes.models.programmes import Round


class Application(Record):
    """A person asks for a part in a round.

    `answers` are read and written as formats.answers.Answers: what matching and lists know. `told`: all answers to the
    questions of the call by their key, as core.questions keeps them; empty where the application came by a list.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    role = models.CharField(max_length=6, choices=ApplicationRole.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="applications")
    answers = models.JSONField(default=dict, blank=True)
    told = models.JSONField(default=dict, blank=True)
    came_by = models.CharField(max_length=12, choices=CameBy.choices, default=CameBy.LIST)
    external_id = models.CharField(max_length=100, blank=True)  # of the list that it came by
    submitted_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    decided_at = models.DateTimeField(null=True, blank=True)
    terms = models.ForeignKey(TextVersion, models.PROTECT, null=True, blank=True, related_name="+")  # accepted with it
    cared_days = models.PositiveSmallIntegerField(default=0)  # of waiting, after which the person last heard from us

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="programmes_one_application_a_round"),
            models.UniqueConstraint(
                fields=["round", "external_id"], condition=~Q(external_id=""), name="programmes_one_external_id_a_round"
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="programmes_by_state")]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


class ApplicationDraft(Record):
    """An application on its way, of somebody who has no account yet or has. The link's secret is kept as a digest.

    Handed in, it waits until the address is confirmed; from then on it only knows the application that it became.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="drafts")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    role = models.CharField(max_length=6, choices=ApplicationRole.choices, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    told = models.JSONField(default=dict, blank=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    letters = models.PositiveSmallIntegerField(default=0)  # with the link, that went to the address
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the mailed link was opened
    terms = models.ForeignKey(TextVersion, models.PROTECT, null=True, blank=True, related_name="+")  # accepted with it
    handed_in_at = models.DateTimeField(null=True, blank=True)
    application = models.OneToOneField(Application, models.SET_NULL, null=True, blank=True, related_name="draft")

    def __str__(self) -> str:
        return f"draft of round {self.round_id}"


class GuardianAsk(Record):
    """A guardian is asked to consent to a minor's part. He or she has a link and no account."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="guardian")
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    reminded_on = models.DateField(null=True, blank=True)
    said_no_at = models.DateTimeField(null=True, blank=True)
    consent = models.OneToOneField(Consent, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"guardian of application {self.application_id}"


class Interview(Record):
    """A talk with an applicant. The coordinators of the network read the notes, and the applicant in the own data."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    held_on = models.DateField()
    held_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    notes = models.TextField(max_length=5000, blank=True)
    recommendation = models.CharField(max_length=8, choices=Recommendation.choices, default=Recommendation.OPEN)

    def __str__(self) -> str:
        return f"{self.application_id}, {self.held_on}"


class LetterTemplate(Record):
    """Words that coordinators of a network send to applicants again and again."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="letter_templates")
    name = models.CharField(max_length=100)
    subject = TranslatedTextField()
    text = TranslatedTextField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "name"], condition=Q(removed_at=None), name="programmes_one_template_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
