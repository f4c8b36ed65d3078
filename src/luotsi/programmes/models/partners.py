"""Who carries a programme together: partners with their own emphasis, the people there, main goals, findings."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luotsi.competence.models import Area, Competence
from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Organisation, Person
from luotsi.programmes.enums import FindingState, OutputKind
from luotsi.programmes.models.programmes import Programme
from luotsi.surveys.models import Conclusion


class Partner(Record):
    """An organisation in a programme. Its emphasis: competence areas, a development task with outputs, or both."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partners")
    is_host = models.BooleanField(default=False)
    task = TranslatedTextField(null=True, blank=True)  # the development task
    mentors_wanted = models.PositiveIntegerField(null=True, blank=True)  # its quota
    mentees_wanted = models.PositiveIntegerField(null=True, blank=True)
    sponsor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="sponsored_partners")
    # in its management, who stands behind the programme
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="programmes_partner_once"),
            models.UniqueConstraint(fields=["programme"], condition=models.Q(is_host=True), name="programmes_one_host"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.programme}"


class PartnerArea(Record):
    """A competence area that a partner emphasises."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "area"], name="programmes_area_once_a_partner")]

    def __str__(self) -> str:
        return str(self.area)


class PartnerOutput(Record):
    """What a partner's development task brings forth, for a sector or topic to take over."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="outputs")
    kind = models.CharField(max_length=20, choices=OutputKind.choices)
    name = models.CharField(max_length=200)
    link = models.URLField(max_length=300, blank=True)
    ready_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PartnerContact(Record):
    """Who speaks for a partner in this programme, sees its plan and approves it."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="partner_contacts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "person"], name="programmes_contact_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.partner}"


class MainGoal(Record):
    """What an organisation's management or HR wants of the programme, and the strategy that stands behind it."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="main_goals")
    title = models.CharField(max_length=200)
    strategy = models.TextField(max_length=1000, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="main_goals_set")
    set_on = models.DateField(default=timezone.localdate)
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, null=True, blank=True, related_name="main_goals")
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "conclusion"],
                condition=models.Q(removed_at=None, conclusion__isnull=False),
                name="programmes_conclusion_once_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(Record):
    """What the evaluation of a programme found, and whether the model's next version changes for it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="findings")
    text = models.TextField(max_length=2000)
    change = models.TextField(max_length=2000, blank=True)  # what it would change in the model
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.PROPOSED)
    grounds = models.TextField(max_length=1000, blank=True)  # of the decision
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:60]
