"""Tables of competence: frameworks as their sources word them. A new version stands beside the old one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField


class Framework(Record):
    """A qualification, a unit, a set of badges or an own framework, as one version of its source says."""

    origin = models.CharField(max_length=100)  # the source's own identifier
    code = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=30)
    name = TranslatedTextField()
    source = models.CharField(max_length=60)
    modified_at = models.DateTimeField(null=True, blank=True)  # as the source says
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
    """A unit of a qualification, or whatever a framework is divided into."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="areas")
    origin = models.CharField(max_length=100)
    code = models.CharField(max_length=60, blank=True)
    name = TranslatedTextField()
    extent = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)  # competence points or credits
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "position"], name="competence_area_in_its_place")]

    def __str__(self) -> str:
        return str(self.name)


class Competence(Record):
    """One thing that can be assessed."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="competences")
    origin = models.CharField(max_length=100)
    code = models.CharField(max_length=60, blank=True)
    name = TranslatedTextField()
    group = TranslatedTextField(null=True, blank=True)  # the heading that it stands under, if there is one
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "position"], name="competence_in_its_place")]

    def __str__(self) -> str:
        return str(self.name)


class Criterion(Record):
    """A statement against which the competence is assessed, at a level if the source has levels."""

    competence = models.ForeignKey(Competence, models.PROTECT, related_name="criteria")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    text = TranslatedTextField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competence", "position"], name="competence_criterion_in_its_place")
        ]

    def __str__(self) -> str:
        return str(self.text)
