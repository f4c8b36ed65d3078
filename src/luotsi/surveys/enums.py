"""Choices of surveys, and the moves between states."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Answering(models.TextChoices):
    """`anonymous`: no row of the database joins what is answered to who has answered."""

    NAMED = "named", pgettext_lazy("survey", "with the name")
    ANONYMOUS = "anonymous", pgettext_lazy("survey", "anonymous")


class Moment(models.TextChoices):
    """Where in a programme a wave stands. `then`: asked at the end, of how it was at the start (the then-test)."""

    NONE = "", pgettext_lazy("survey", "no set moment")
    START = "start", pgettext_lazy("survey", "at the start")
    END = "end", pgettext_lazy("survey", "at the end")
    THEN = "then", pgettext_lazy("survey", "at the end, looking back at the start")


class Purpose(models.TextChoices):
    """What an instrument is for. The values are those of core.questions."""

    CULTURE = "culture", pgettext_lazy("survey", "learning culture")
    FEEDBACK = "feedback", pgettext_lazy("survey", "feedback")
    PULSE = "pulse", pgettext_lazy("survey", "pulse")
    EVALUATION = "evaluation", pgettext_lazy("survey", "evaluation")
    FUNCTIONS = "functions", pgettext_lazy("survey", "what mentoring gives")
    COMMITMENT = "commitment", pgettext_lazy("survey", "meaningfulness and commitment")
    COMPETENCE = "competence", pgettext_lazy("survey", "competence")
    OTHER = "other", pgettext_lazy("survey", "something else")


class ResponseState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("survey", "waiting for your answers")
    ANSWERED = "answered", pgettext_lazy("survey", "answered")
    CLOSED = "closed", pgettext_lazy("survey", "closed without answers")


MOVES: dict[ResponseState, frozenset[ResponseState]] = {
    ResponseState.ASKED: frozenset({ResponseState.ANSWERED, ResponseState.CLOSED}),
    ResponseState.ANSWERED: frozenset(),
    ResponseState.CLOSED: frozenset(),
}


class WorkshopState(models.TextChoices):
    """`running` goes through the steps; `done`: the conclusions stand."""

    PLANNED = "planned", pgettext_lazy("workshop", "planned")
    RUNNING = "running", pgettext_lazy("workshop", "going on")
    DONE = "done", pgettext_lazy("workshop", "done")
    CANCELLED = "cancelled", pgettext_lazy("workshop", "cancelled")


WORKSHOP_MOVES: dict[WorkshopState, frozenset[WorkshopState]] = {
    WorkshopState.PLANNED: frozenset({WorkshopState.RUNNING, WorkshopState.CANCELLED}),
    WorkshopState.RUNNING: frozenset({WorkshopState.DONE, WorkshopState.CANCELLED}),
    WorkshopState.DONE: frozenset({WorkshopState.RUNNING}),
    WorkshopState.CANCELLED: frozenset(),
}


class Step(models.IntegerChoices):
    """The five steps of an HR day."""

    STANDS_OUT = 1, pgettext_lazy("workshop", "What stands out")
    MEANS = 2, pgettext_lazy("workshop", "What it means")
    WANTED = 3, pgettext_lazy("workshop", "What we want")
    GOALS = 4, pgettext_lazy("workshop", "Main goals")
    CARRIERS = 5, pgettext_lazy("workshop", "Who carries them")


class ShareLevel(models.TextChoices):
    """What of its results an organisation shows to the others of a workshop."""

    NOTHING = "nothing", pgettext_lazy("workshop", "nothing")
    WHOLE = "whole", pgettext_lazy("workshop", "the means of the whole organisation")
    UNITS = "units", pgettext_lazy("workshop", "the means of its units, too")
