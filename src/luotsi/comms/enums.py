"""Choices of comms, and the moves of a delivery."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")


class DeliveryState(models.TextChoices):
    """What is known about one delivery. `uncertain`: it was handed over and no answer came; a person must find out."""

    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused by the mail server")
    UNCERTAIN = "uncertain", _("may have been sent")
    HELD = "held", _("not sent: not wanted by e-mail")


MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.WAITING: frozenset(
        # sent: the late answer to an attempt that the operator had given up
        {DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.HELD}
    ),
    DeliveryState.SENDING: frozenset(
        {DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.WAITING, DeliveryState.UNCERTAIN}
    ),
    DeliveryState.UNCERTAIN: frozenset({DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.WAITING}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.REFUSED: frozenset(),
    DeliveryState.HELD: frozenset(),
}


class Fate(StrEnum):
    """What the operator found out about an uncertain delivery."""

    ARRIVED = "arrived"
    SEND_AGAIN = "send_again"


class Group(models.TextChoices):
    """What messages are about: the first part of their kind. Words for people; of the modules comms knows nothing."""

    PEOPLE = "people", _("My account and roles")
    COMPETENCE = "competence", _("Competence")
    SURVEYS = "surveys", _("Surveys")
    LIBRARY = "library", _("Library")
    PROGRAMMES = "programmes", _("Programmes and applications")
    MATCHING = "matching", _("Finding a mentor or a mentee")
    MENTORING = "mentoring", _("Mentoring")
    PASSPORT = "passport", _("Working-life passport")
    INSIGHT = "insight", _("Figures and reports")
    JOURNEY = "journey", _("Reminders and work that was done for me")


class EmailChoice(models.TextChoices):
    """Whether messages of a group also come by e-mail. They always wait in the interface."""

    AT_ONCE = "at_once", _("At once by e-mail too")
    NEVER = "never", _("Only here, not by e-mail")
