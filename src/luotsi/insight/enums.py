"""The indicators: what each counts, in words. How it is counted stands in queries, one function each."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Indicator(models.TextChoices):
    APPLICATIONS = "applications", _("Applications")
    MENTORS = "mentors", _("Mentors")
    MENTEES = "mentees", _("Mentees")
    PAIRS = "pairs", _("Pairs that began")
    SESSIONS = "sessions", _("Meetings held")
    HOURS = "hours", _("Hours of mentoring")
    COMPLETED = "completed", _("Pairs that came to their end together")
    ENDED_EARLY = "ended_early", _("Pairs that ended early")
    CLAIMS = "claims", _("Claims submitted")
    MARKS = "marks", _("Marks awarded")


DEFINITIONS: dict[Indicator, str | Promise] = {
    Indicator.APPLICATIONS: _("Applications handed in to the network's programmes, whatever was decided about them."),
    Indicator.MENTORS: _("Persons accepted as mentors, each counted once."),
    Indicator.MENTEES: _("Persons accepted as mentees, each counted once."),
    Indicator.PAIRS: _("Pairs in which both said yes."),
    Indicator.SESSIONS: _("Meetings that a pair has logged as held. What was said is never counted or read."),
    Indicator.HOURS: _("The length of those meetings, as the pairs logged it."),
    Indicator.COMPLETED: _("Pairs in which both confirmed the end."),
    Indicator.ENDED_EARLY: _("Pairs that stopped before, for whatever reason."),
    Indicator.CLAIMS: _("Claims to marks of the network that were handed to an assessor."),
    Indicator.MARKS: _("Claims that an assessor has awarded, each a signed credential."),
}
