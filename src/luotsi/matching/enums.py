"""States of match runs and proposals, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("match run", "being worked out")
    DONE = "done", pgettext_lazy("match run", "ready to be published")
    REFUSED = "refused", pgettext_lazy("match run", "could not be worked out")
    PUBLISHED = "published", pgettext_lazy("match run", "published")


RUN_MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.WAITING: frozenset({RunState.DONE, RunState.REFUSED}),
    RunState.DONE: frozenset({RunState.PUBLISHED, RunState.REFUSED}),  # refused later: somebody in it is forgotten
    RunState.REFUSED: frozenset(),
    RunState.PUBLISHED: frozenset(),
}


class ProposalState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("proposal", "planned")
    ASKED = "asked", pgettext_lazy("proposal", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "both said yes")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")
    EXPIRED = "expired", pgettext_lazy("proposal", "not answered in time")


PROPOSAL_MOVES: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PLANNED: frozenset({ProposalState.ASKED}),
    ProposalState.ASKED: frozenset({ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.EXPIRED}),
    ProposalState.ACCEPTED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.EXPIRED: frozenset(),
}


class Answer(models.TextChoices):
    """What one of the two has said."""

    NOT_YET = "", _("no answer yet")
    YES = "yes", _("yes")
    NO = "no", _("no")
