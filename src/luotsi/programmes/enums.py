"""States of programmes and of what is in them, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("programme", "draft")
    OPEN = "open", pgettext_lazy("programme", "open")
    CLOSED = "closed", pgettext_lazy("programme", "closed")
    CANCELLED = "cancelled", pgettext_lazy("programme", "cancelled")


PROGRAMME_MOVES: dict[ProgrammeState, frozenset[ProgrammeState]] = {
    ProgrammeState.DRAFT: frozenset({ProgrammeState.OPEN, ProgrammeState.CANCELLED}),
    ProgrammeState.OPEN: frozenset({ProgrammeState.CLOSED, ProgrammeState.CANCELLED}),
    ProgrammeState.CLOSED: frozenset(),
    ProgrammeState.CANCELLED: frozenset(),
}


class RoundState(models.TextChoices):
    RECRUITING = "recruiting", pgettext_lazy("round", "recruiting")
    MATCHING = "matching", pgettext_lazy("round", "forming pairs")
    RUNNING = "running", pgettext_lazy("round", "running")
    EVALUATING = "evaluating", pgettext_lazy("round", "evaluating")


ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.RECRUITING: frozenset({RoundState.MATCHING}),
    RoundState.MATCHING: frozenset({RoundState.RECRUITING, RoundState.RUNNING}),
    RoundState.RUNNING: frozenset({RoundState.MATCHING, RoundState.EVALUATING}),
    RoundState.EVALUATING: frozenset(),
}


class PartRole(models.TextChoices):
    """What somebody does in a programme. The values are those of people's CircleRole."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class ApplicationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "waiting for a decision")
    ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
    WAITLISTED = "waitlisted", pgettext_lazy("application", "on the waiting list")
    DECLINED = "declined", pgettext_lazy("application", "not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")


UNDECIDED = frozenset({ApplicationState.SUBMITTED, ApplicationState.WAITLISTED})

APPLICATION_MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
    ApplicationState.SUBMITTED: frozenset(
        {
            ApplicationState.ACCEPTED,
            ApplicationState.WAITLISTED,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.WAITLISTED: frozenset(
        {ApplicationState.ACCEPTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.ACCEPTED: frozenset({ApplicationState.WITHDRAWN}),
    ApplicationState.DECLINED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}


class ParticipationState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("participation", "active")
    PAUSED = "paused", pgettext_lazy("participation", "paused")
    COMPLETED = "completed", pgettext_lazy("participation", "completed")
    LEFT = "left", pgettext_lazy("participation", "left")


PARTICIPATION_MOVES: dict[ParticipationState, frozenset[ParticipationState]] = {
    ParticipationState.ACTIVE: frozenset(
        {ParticipationState.PAUSED, ParticipationState.COMPLETED, ParticipationState.LEFT}
    ),
    ParticipationState.PAUSED: frozenset({ParticipationState.ACTIVE, ParticipationState.LEFT}),
    ParticipationState.COMPLETED: frozenset(),
    ParticipationState.LEFT: frozenset(),
}


class ImportState(models.TextChoices):
    READING = "reading", pgettext_lazy("import", "being read")
    READY = "ready", pgettext_lazy("import", "ready to be taken")
    APPLYING = "applying", pgettext_lazy("import", "being taken")
    APPLIED = "applied", pgettext_lazy("import", "taken")
    REFUSED = "refused", pgettext_lazy("import", "could not be read")


IMPORT_MOVES: dict[ImportState, frozenset[ImportState]] = {
    ImportState.READING: frozenset({ImportState.READY, ImportState.REFUSED}),
    ImportState.READY: frozenset({ImportState.APPLYING}),
    ImportState.APPLYING: frozenset({ImportState.APPLIED}),
    ImportState.APPLIED: frozenset(),
    ImportState.REFUSED: frozenset(),
}


class RowOutcome(models.TextChoices):
    """What becomes of one row of a list. `new` becomes `taken`."""

    NEW = "new", pgettext_lazy("row", "new")
    TAKEN = "taken", pgettext_lazy("row", "taken")
    CHANGED = "changed", pgettext_lazy("row", "changes an application")
    SAME = "same", pgettext_lazy("row", "already here")
    DUPLICATE = "duplicate", pgettext_lazy("row", "twice in the list")
    REFUSED = "refused", pgettext_lazy("row", "not taken")


TO_APPLY = frozenset({RowOutcome.NEW, RowOutcome.CHANGED})
