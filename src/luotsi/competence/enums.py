"""Choices of competence, and the moves between states."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SourceKind(models.TextChoices):
    """What a file is read as."""

    EPERUSTEET = "eperusteet", pgettext_lazy("framework", "national criteria (ePerusteet, JSON)")
    ESCO = "esco", pgettext_lazy("framework", "ESCO (the official CSV files)")
    SPREADSHEET = "spreadsheet", pgettext_lazy("framework", "a spreadsheet of our own")
    OWN = "own", pgettext_lazy("framework", "a framework that comes with the product")


class ImportState(models.TextChoices):
    FETCHING = "fetching", pgettext_lazy("framework", "being fetched")
    READY = "ready", pgettext_lazy("framework", "waiting for your decision")
    APPLIED = "applied", pgettext_lazy("framework", "brought in")
    REFUSED = "refused", pgettext_lazy("framework", "could not be read")
    PUT_AWAY = "put_away", pgettext_lazy("framework", "put away")


IMPORT_MOVES: dict[ImportState, frozenset[ImportState]] = {
    # Fetching is also what the worker does with a large one: reading it, and bringing it in when that is decided.
    ImportState.FETCHING: frozenset(
        {ImportState.READY, ImportState.REFUSED, ImportState.PUT_AWAY, ImportState.APPLIED}
    ),
    ImportState.READY: frozenset(
        {ImportState.APPLIED, ImportState.FETCHING, ImportState.REFUSED, ImportState.PUT_AWAY}
    ),
    ImportState.APPLIED: frozenset(),
    ImportState.REFUSED: frozenset(),
    ImportState.PUT_AWAY: frozenset(),
}


class AssessedBy(models.TextChoices):
    """In which relation to the person the one who assesses is."""

    SELF = "self", pgettext_lazy("assessed by", "the person")
    MENTOR = "mentor", pgettext_lazy("assessed by", "a mentor")
    WORKPLACE = "workplace", pgettext_lazy("assessed by", "somebody at the workplace")
    PEER = "peer", pgettext_lazy("assessed by", "a peer")
    ASSESSOR = "assessor", pgettext_lazy("assessed by", "an assessor")


class Moment(models.TextChoices):
    """Of which time an assessment speaks. `then`: made at the end, looking back at the start."""

    START = "start", pgettext_lazy("moment", "at the start")
    END = "end", pgettext_lazy("moment", "at the end")
    THEN = "then", pgettext_lazy("moment", "the start as seen at the end")
    OTHER = "other", pgettext_lazy("moment", "in between")


class TaskState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("assessment", "waiting")
    DONE = "done", pgettext_lazy("assessment", "done")
    CLOSED = "closed", pgettext_lazy("assessment", "closed undone")


TASK_MOVES: dict[TaskState, frozenset[TaskState]] = {
    TaskState.ASKED: frozenset({TaskState.DONE, TaskState.CLOSED}),
    TaskState.DONE: frozenset(),
    TaskState.CLOSED: frozenset(),
}


class NeedState(models.TextChoices):
    OPEN = "open", pgettext_lazy("need", "open")
    ANSWERED = "answered", pgettext_lazy("need", "answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("need", "withdrawn")


NEED_MOVES: dict[NeedState, frozenset[NeedState]] = {
    NeedState.OPEN: frozenset({NeedState.ANSWERED, NeedState.WITHDRAWN}),
    NeedState.ANSWERED: frozenset({NeedState.OPEN}),
    NeedState.WITHDRAWN: frozenset({NeedState.OPEN}),
}
