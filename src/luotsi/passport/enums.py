"""Choices of the passport, and the moves of marks and claims."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkState(models.TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    RETIRED = "retired", _("retired")


MARK_MOVES: dict[MarkState, frozenset[MarkState]] = {
    MarkState.DRAFT: frozenset({MarkState.OPEN}),
    MarkState.OPEN: frozenset({MarkState.RETIRED}),
    MarkState.RETIRED: frozenset(),
}


class Theme(models.TextChoices):
    """What a mark is about. Its shape on the map follows from it."""

    GUIDING = "guiding", _("guiding others")
    WORKING_LIFE = "working_life", _("working life")
    ENTREPRENEURSHIP = "entrepreneurship", _("entrepreneurship")
    TEAMWORK = "teamwork", _("working together")


class ExtentUnit(models.TextChoices):
    COMPETENCE_POINTS = "competence_points", _("competence points")
    CREDITS = "credits", _("credits")


class ClaimState(models.TextChoices):
    PLANNED = "planned", _("planned")
    COLLECTING = "collecting", _("collecting evidence")
    SUBMITTED = "submitted", _("being assessed")
    RETURNED = "returned", _("returned to be completed")
    AWARDED = "awarded", _("awarded")
    WITHDRAWN = "withdrawn", _("withdrawn")


CLAIM_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.PLANNED: frozenset({ClaimState.COLLECTING, ClaimState.WITHDRAWN}),
    ClaimState.COLLECTING: frozenset({ClaimState.SUBMITTED, ClaimState.WITHDRAWN}),
    ClaimState.SUBMITTED: frozenset({ClaimState.RETURNED, ClaimState.AWARDED, ClaimState.WITHDRAWN}),
    ClaimState.RETURNED: frozenset({ClaimState.COLLECTING, ClaimState.SUBMITTED, ClaimState.WITHDRAWN}),
    ClaimState.AWARDED: frozenset(),
    ClaimState.WITHDRAWN: frozenset({ClaimState.PLANNED}),
}


class EvidenceKind(models.TextChoices):
    TEXT = "text", _("own words")
    FACT = "fact", _("something that happened")


class Outcome(models.TextChoices):
    AWARDED = "awarded", _("awarded")
    RETURNED = "returned", _("returned to be completed")
