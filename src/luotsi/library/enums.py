"""Choices of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(models.TextChoices):
    """When in mentoring a tool is of use."""

    BEGINNING = "beginning", _("At the beginning")
    WORKING = "working", _("Along the way")
    CLOSING = "closing", _("At the end")


class TakesPart(models.TextChoices):
    """Who sits at the table when a tool is used."""

    MENTOR = "mentor", pgettext_lazy("tool", "mentors")
    MENTEE = "mentee", pgettext_lazy("tool", "mentees")
    HR = "hr", pgettext_lazy("tool", "HR")
    MANAGEMENT = "management", pgettext_lazy("tool", "management")
