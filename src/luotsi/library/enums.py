"""Choices of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """When in mentoring a tool is of use."""

    BEGINNING = "beginning", _("At the beginning")
    WORKING = "working", _("Along the way")
    CLOSING = "closing", _("At the end")
