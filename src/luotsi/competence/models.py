"""Tables of competence: frameworks as their sources word them, what people are assessed to know, and what is needed.

A new version of a framework stands beside the old one. What goes on from one to the next has the same `lineage`: a
series of assessments goes through versions, and each assessment keeps the words it was made with.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luotsi.competence.enums import AssessedBy, ImportState, Moment, NeedState, SourceKind, TaskState
from luotsi.core.models import Record, StoredFile
from luotsi.core.texts import TranslatedTextField
from luotsi.people.models import Circle, Network, Organisation, Person

LOWEST_LEVEL, HIGHEST_LEVEL = 0, 5  # 0: not yet, on every scale


class Framework(Record):
    """A qualification, a unit, a set of badges or an own framework, as one version of its source says."""

    origin = models.CharField(max_length=200)  # the source's own identifier
    code = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=30)
    name = TranslatedTextField()
    description = TranslatedTextField(null=True, blank=True)
    source = models.CharField(max_length=60)
    version = models.CharField(max_length=60, blank=True)  # as the source calls it
    modified_at = models.DateTimeField(null=True, blank=True)  # as the source says
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # Whose own framework it is; none: everybody's, as national criteria are. An own one's `origin` names its network.
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="frameworks")
    digest = models.CharField(
        max_length=64
    )  # SHA-256 of the content that was read, so that the same again changes nothing
    retired_at = models.DateTimeField(null=True, blank=True)  # when a newer version took its place

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "origin", "digest"], name="competence_one_framework_a_version"),
            models.UniqueConstraint(
                fields=["source", "origin"], condition=Q(retired_at=None), name="competence_one_current_framework"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Area(Record):
    """A unit of a qualification, a part of a unit, or whatever a framework is divided into."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="areas")
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    origin = models.CharField(max_length=200)
    code = models.CharField(max_length=60, blank=True)
    name = TranslatedTextField()
    description = TranslatedTextField(null=True, blank=True)
    extent = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)  # competence points or credits
    extent_max = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "position"], name="competence_area_in_its_place")]

    def __str__(self) -> str:
        return str(self.name)


class Requirement(Record):
    """What the holder of a unit can do, where the source words it apart from what is assessed."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="requirements")
    text = TranslatedTextField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "position"], name="competence_requirement_in_its_place")]

    def __str__(self) -> str:
        return str(self.text)


class Competence(Record):
    """One thing that can be assessed. `lineage` is the same in every version of a framework that has it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="competences")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    origin = models.CharField(max_length=200)
    code = models.CharField(max_length=60, blank=True)
    name = TranslatedTextField()
    group = TranslatedTextField(null=True, blank=True)  # the heading that it stands under, if there is one
    description = TranslatedTextField(null=True, blank=True)
    is_optional = models.BooleanField(default=False)
    scale = models.CharField(max_length=10, blank=True)  # formats.values.Scale; empty: five levels of our own
    general_scale = models.CharField(max_length=60, blank=True)  # the national scale that the source names
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "position"], name="competence_in_its_place")]

    def __str__(self) -> str:
        return str(self.name)


class Criterion(Record):
    """A statement against which the competence is assessed, at a level if the source has levels."""

    competence = models.ForeignKey(Competence, models.PROTECT, related_name="criteria")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    level_name = TranslatedTextField(null=True, blank=True)
    code = models.CharField(max_length=60, blank=True)
    text = TranslatedTextField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competence", "position"], name="competence_criterion_in_its_place")
        ]

    def __str__(self) -> str:
        return str(self.text)


class CompetenceWord(models.Model):
    """A word under which a current competence is found, in its basic form (core.words). Made anew, never edited."""

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "competence"], name="competence_found_once_by_a_word")]

    def __str__(self) -> str:
        return self.word


class FrameworkImport(Record):
    """A file on its way in: read, shown with all that it would add, change and retire, then applied or put away."""

    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    source_kind = models.CharField(max_length=20, choices=SourceKind.choices)
    origin_number = models.CharField(max_length=20, blank=True)  # what was asked for, when it was fetched
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.FETCHING)
    fault = models.CharField(max_length=300, blank=True)  # why nothing came, in the words of services
    person = models.ForeignKey(Person, models.PROTECT, related_name="framework_imports")  # who brought it
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="+")
    framework = models.ForeignKey(Framework, models.PROTECT, null=True, blank=True, related_name="imports")

    def __str__(self) -> str:
        return f"{self.source_kind} {self.state}"


class AssessmentPlan(Record):
    """Competences chosen for a circle, that its people are assessed in: at the start, at the end, and looking back."""

    circle = models.ForeignKey(Circle, models.PROTECT, related_name="assessment_plans")
    name = models.CharField(max_length=200)
    reminded_on = models.DateField(null=True, blank=True)  # when those who had not answered were last reminded
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PlannedCompetence(Record):
    plan = models.ForeignKey(AssessmentPlan, models.CASCADE, related_name="planned")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="planned")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "competence"], name="competence_planned_once"),
            models.UniqueConstraint(fields=["plan", "position"], name="competence_planned_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.competence_id}"


class AssessmentTask(Record):
    """One person is asked to assess one person (often the same) in a plan's competences, by a day. Saves itself.

    `draft` is what has been filled in so far: levels and words by the competence's ref; empty when it is done.
    """

    plan = models.ForeignKey(AssessmentPlan, models.PROTECT, related_name="tasks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assessment_tasks")  # who is assessed
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="tasks_as_assessor")
    assessed_by = models.CharField(max_length=10, choices=AssessedBy.choices)
    moment = models.CharField(max_length=10, choices=Moment.choices)
    answer_by = models.DateField()
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.ASKED)
    draft = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person", "assessor", "moment"],
                condition=~Q(state=TaskState.CLOSED),
                name="competence_one_task_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(assessed_by=AssessedBy.SELF, assessor=F("person"))
                | (~Q(assessed_by=AssessedBy.SELF) & ~Q(assessor=F("person"))),
                name="competence_self_is_self",
            ),
        ]
        indexes = [models.Index(fields=["assessor", "state"], name="competence_task_waiting")]

    def __str__(self) -> str:
        return f"{self.plan}: {self.assessed_by} {self.moment}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def by_time(self) -> AssessmentQuerySet:
        return self.order_by("on", "pk")


class Assessment(Record):
    """A person, a competence, a level, by somebody at a time, with words. A series: never changed, never overwritten.

    Read by the person, by who made it, and by those to whom the person shows the own growth; by nobody else.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="assessments")
    lineage = models.UUIDField(db_index=True)  # the competence's, so that a series needs no join
    level = models.PositiveSmallIntegerField()
    assessed_by = models.CharField(max_length=10, choices=AssessedBy.choices)
    assessor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="assessments_made")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    on = models.DateField(default=timezone.localdate)
    words = models.TextField(max_length=2000, blank=True)
    task = models.ForeignKey(AssessmentTask, models.PROTECT, null=True, blank=True, related_name="assessments")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=HIGHEST_LEVEL), name="competence_level_on_scale"),
            models.UniqueConstraint(
                fields=["task", "competence", "moment"], condition=Q(task__isnull=False), name="competence_once_a_task"
            ),
        ]
        indexes = [models.Index(fields=["person", "lineage", "on"], name="competence_series")]

    def __str__(self) -> str:
        return f"{self.competence_id}: {self.level} ({self.assessed_by}, {self.moment})"


class AssessmentEvidence(Record):
    """Where the one who assesses has seen it: a link, and what it is."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence")
    address = models.URLField(max_length=500)
    label = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.label or self.address


class GrowthShare(Record):
    """The person shows the own growth to one person or to a circle, in one area or in all, until taken back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="growth_shares")
    shown_to = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="growth_shown")
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, blank=True, related_name="growth_shown")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    with_words = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_to__isnull=True, circle__isnull=False)
                | Q(shown_to__isnull=False, circle__isnull=True),
                name="competence_shown_to_one_or_a_circle",
            ),
            models.CheckConstraint(condition=~Q(person=F("shown_to")), name="competence_not_shown_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} shows to {self.shown_to_id or self.circle_id}"


class SkillNeed(Record):
    """An employer says in its own words what its people should know, how many, when and where."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="skill_needs")
    network = models.ForeignKey(Network, models.PROTECT, related_name="skill_needs")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="skill_needs")  # who said it
    is_on_behalf = models.BooleanField(default=False)  # a coordinator wrote down what the organisation said
    words = models.TextField(max_length=1000)
    language = models.CharField(max_length=2)
    people = models.PositiveSmallIntegerField()  # how many are needed
    needed_from = models.DateField()
    needed_until = models.DateField(null=True, blank=True)
    region = models.CharField(max_length=2, blank=True)  # maakunta code
    place = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=NeedState.choices, default=NeedState.OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="competence_need_of_somebody"),
            models.CheckConstraint(
                condition=Q(needed_until=None) | Q(needed_until__gte=F("needed_from")),
                name="competence_need_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["network", "state"], name="competence_need_open")]

    def __str__(self) -> str:
        return self.words[:60]


class NeededCompetence(Record):
    need = models.ForeignKey(SkillNeed, models.CASCADE, related_name="needed")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="needed")
    lineage = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "lineage"], name="competence_needed_once")]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.competence_id}"
