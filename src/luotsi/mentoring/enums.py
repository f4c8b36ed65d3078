"""Choices of mentoring, and the moves of a relationship."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RelationshipState(models.TextChoices):
    AGREEING = "agreeing", pgettext_lazy("relationship", "agreement under way")
    ACTIVE = "active", pgettext_lazy("relationship", "under way")
    CLOSING = "closing", pgettext_lazy("relationship", "coming to an end")
    COMPLETED = "completed", pgettext_lazy("relationship", "completed")
    ENDED_EARLY = "ended_early", pgettext_lazy("relationship", "ended early")


OVER = frozenset({RelationshipState.COMPLETED, RelationshipState.ENDED_EARLY})
MEETING = frozenset({RelationshipState.ACTIVE, RelationshipState.CLOSING})

MOVES: dict[RelationshipState, frozenset[RelationshipState]] = {
    RelationshipState.AGREEING: frozenset({RelationshipState.ACTIVE, RelationshipState.ENDED_EARLY}),
    RelationshipState.ACTIVE: frozenset({RelationshipState.CLOSING, RelationshipState.ENDED_EARLY}),
    RelationshipState.CLOSING: frozenset(
        {RelationshipState.COMPLETED, RelationshipState.ACTIVE, RelationshipState.ENDED_EARLY}
    ),
    RelationshipState.COMPLETED: frozenset(),
    RelationshipState.ENDED_EARLY: frozenset(),
}


class How(models.TextChoices):
    """How a meeting came about."""

    AS_AGREED = "as_agreed", _("We met as agreed")
    OTHERWISE = "otherwise", _("We met, but otherwise than agreed")
    NOT_HELD = "not_held", _("We did not meet")


class Ending(models.TextChoices):
    """Why the two bring mentoring to its end. Nobody's fault in any of them."""

    GOALS_REACHED = "goals_reached", _("We reached what we aimed at")
    TIME_IS_UP = "time_is_up", _("The time that we agreed on is over")
    GOING_ON = "going_on", _("We go on by ourselves, without the programme")


class EarlyEnding(models.TextChoices):
    """Why mentoring ends before its time. Nobody's fault in any of them."""

    NO_TIME = "no_time", _("There is not enough time for this now")
    CHANGED_PLANS = "changed_plans", _("Plans or life have changed")
    OTHER_NEEDS = "other_needs", _("Help of another kind suits better")
    NO_CONTACT = "no_contact", _("We have not been able to meet")
    OTHER = "other", _("Another reason")
