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


class ApplicationRole(models.TextChoices):
    """What somebody applies for. One who may be both has two parts, once accepted."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")
    BOTH = "both", _("mentor and mentee")


PARTS_OF: dict[ApplicationRole, tuple[PartRole, ...]] = {
    ApplicationRole.MENTOR: (PartRole.MENTOR,),
    ApplicationRole.MENTEE: (PartRole.MENTEE,),
    ApplicationRole.BOTH: (PartRole.MENTOR, PartRole.MENTEE),
}


class CameBy(models.TextChoices):
    """How an application came."""

    FORM = "form", _("the form of the call")
    LIST = "list", _("a list")
    COORDINATOR = "coordinator", _("a coordinator")
    POOL = "pool", _("the pool of mentors")


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
    COLUMNS = "columns", pgettext_lazy("import", "waits to hear what its columns mean")
    READY = "ready", pgettext_lazy("import", "ready to be taken")
    APPLYING = "applying", pgettext_lazy("import", "being taken")
    APPLIED = "applied", pgettext_lazy("import", "taken")
    REFUSED = "refused", pgettext_lazy("import", "could not be read")


IMPORT_MOVES: dict[ImportState, frozenset[ImportState]] = {
    ImportState.READING: frozenset({ImportState.READY, ImportState.COLUMNS, ImportState.REFUSED}),
    ImportState.COLUMNS: frozenset({ImportState.READING, ImportState.REFUSED}),
    ImportState.READY: frozenset({ImportState.APPLYING, ImportState.READING}),  # read again, with other columns
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


class LeavingReason(models.TextChoices):
    """Why somebody stopped, as he or she says. No reason lays blame on anybody."""

    TIME = "time", pgettext_lazy("leaving", "There is no time for it now")
    LIFE = "life", pgettext_lazy("leaving", "Life has changed")
    NEW_JOB_OR_STUDIES = "new_job_or_studies", pgettext_lazy("leaving", "A new job or studies")
    GOAL_REACHED = "goal_reached", pgettext_lazy("leaving", "The goal was reached earlier")
    NO_PAIR = "no_pair", pgettext_lazy("leaving", "No suitable pair was found")
    NOT_WHAT_WAS_HOPED = "not_hoped", pgettext_lazy("leaving", "It was not what was hoped for")
    OTHER = "other", pgettext_lazy("leaving", "Something else")
    NOT_SAID = "not_said", pgettext_lazy("leaving", "No reason was given")


class SetUpStep(models.TextChoices):
    """The steps from a model to a public call, in their order."""

    MODEL = "model", pgettext_lazy("set-up", "Model")
    SCOPE = "scope", pgettext_lazy("set-up", "Scope and partners")
    DATES = "dates", pgettext_lazy("set-up", "Dates")
    PLAN = "plan", pgettext_lazy("set-up", "Plan")
    QUESTIONS = "questions", pgettext_lazy("set-up", "Questions")
    MATCHING = "matching", pgettext_lazy("set-up", "Pairs")
    CHECK = "check", pgettext_lazy("set-up", "Check")
    DONE = "done", pgettext_lazy("set-up", "Done")


class OutputKind(models.TextChoices):
    """What a development task of a partner brings forth."""

    OPERATING_MODEL = "operating_model", _("operating model")
    WAY_OF_WORKING = "way_of_working", _("way of working")
    MATERIAL = "material", _("material")
    OTHER = "other", pgettext_lazy("output", "other")


class ActivityState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "planned")
    DONE = "done", pgettext_lazy("activity", "done")
    CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")


ACTIVITY_MOVES: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.PLANNED: frozenset({ActivityState.DONE, ActivityState.CANCELLED}),
    ActivityState.DONE: frozenset({ActivityState.PLANNED}),  # marked too early
    ActivityState.CANCELLED: frozenset(),
}


class AttendanceState(models.TextChoices):
    SIGNED_UP = "signed_up", pgettext_lazy("attendance", "signed up")
    QUEUING = "queuing", pgettext_lazy("attendance", "in the queue")
    SIGNED_OFF = "signed_off", pgettext_lazy("attendance", "cannot come")
    ATTENDED = "attended", pgettext_lazy("attendance", "was there")
    ABSENT = "absent", pgettext_lazy("attendance", "was not there")


class AnswerState(models.TextChoices):
    """An answer to an interim assignment."""

    DRAFT = "draft", pgettext_lazy("assignment", "draft")
    HANDED_IN = "handed_in", pgettext_lazy("assignment", "handed in")
    RETURNED = "returned", pgettext_lazy("assignment", "returned, to go on with")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "accepted")


ANSWER_MOVES: dict[AnswerState, frozenset[AnswerState]] = {
    AnswerState.DRAFT: frozenset({AnswerState.HANDED_IN}),
    AnswerState.HANDED_IN: frozenset({AnswerState.RETURNED, AnswerState.ACCEPTED}),
    AnswerState.RETURNED: frozenset({AnswerState.HANDED_IN}),
    AnswerState.ACCEPTED: frozenset(),
}


class ChangeKind(models.TextChoices):
    """What happened to a plan."""

    ADDED = "added", pgettext_lazy("plan", "added")
    CHANGED = "changed", pgettext_lazy("plan", "changed")
    MOVED = "moved", pgettext_lazy("plan", "moved to another day")
    CANCELLED = "cancelled", pgettext_lazy("plan", "cancelled")


class FindingState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("finding", "to be decided on")
    ACCEPTED = "accepted", pgettext_lazy("finding", "goes into the model's next version")
    REFUSED = "refused", pgettext_lazy("finding", "does not change the model")


class EnquiryState(models.TextChoices):
    NEW = "new", pgettext_lazy("enquiry", "new")
    ANSWERED = "answered", pgettext_lazy("enquiry", "answered")


class Recommendation(models.TextChoices):
    """What the one who interviewed would do."""

    ACCEPT = "accept", pgettext_lazy("interview", "Accept")
    WAIT = "wait", pgettext_lazy("interview", "Put on the waiting list")
    DECLINE = "decline", pgettext_lazy("interview", "Do not accept")
    OPEN = "open", pgettext_lazy("interview", "Cannot say yet")


class BatchOutcome(models.TextChoices):
    """What became of one application of many that were decided on, or written about, at once."""

    WAITING = "waiting", pgettext_lazy("batch", "waiting")
    DONE = "done", pgettext_lazy("batch", "done")
    REFUSED = "refused", pgettext_lazy("batch", "could not be done")


class DataMoment(models.TextChoices):
    """When a funder wants to know of participants."""

    START = "start", pgettext_lazy("funder", "at the start")
    END = "end", pgettext_lazy("funder", "at the end")
