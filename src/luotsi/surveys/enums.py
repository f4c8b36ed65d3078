"""Choices of surveys, and the moves of a response."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ResponseState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("survey", "waiting for your answers")
    ANSWERED = "answered", pgettext_lazy("survey", "answered")
    CLOSED = "closed", pgettext_lazy("survey", "closed without answers")


MOVES: dict[ResponseState, frozenset[ResponseState]] = {
    ResponseState.ASKED: frozenset({ResponseState.ANSWERED, ResponseState.CLOSED}),
    ResponseState.ANSWERED: frozenset(),
    ResponseState.CLOSED: frozenset(),
}
