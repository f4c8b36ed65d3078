"""Writes: taking the figures of a day, asking about a figure, answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.insight import messages
from luotsi.insight.models import FigureQuestion, Snapshot
from luotsi.insight.queries import figures_of
from luotsi.insight.rules import may_answer, may_read_figures
from luotsi.people.queries import recipient_of

if TYPE_CHECKING:
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.insight.enums import Indicator
    from luotsi.people.models import Network, Person


@transaction.atomic
def take_figures(network: Network, *, by: Person, on: date) -> Snapshot:
    """Keep the figures of a day, so that what was reported stays what it was. Not of a day to come."""
    if not may_read_figures(by, network):
        raise RefusedError(_("Only readers and coordinators of the network take its figures."))
    if on > timezone.localdate():
        raise RefusedError(_("That day has not been yet. Choose today or an earlier day."))
    figures = {figure.indicator.value: figure.value for figure in figures_of(network, on)}
    snapshot = Snapshot(network=network, on=on, taken_by=by, figures=figures).insert()
    audit.record(by=by, verb="insight.figures_taken", subject=snapshot, on=on.isoformat())
    return snapshot


@transaction.atomic
def ask_about_figure(network: Network, indicator: Indicator, text: str, *, by: Person) -> FigureQuestion:
    """Ask the network's coordinators about a figure."""
    if not may_read_figures(by, network):
        raise RefusedError(_("Only readers and coordinators of the network ask about its figures."))
    question = FigureQuestion(
        network=network,
        indicator=indicator,
        text=text.strip(),
        language=translation.get_language() or "fi",
        asked_by=by,
    ).insert()
    audit.record(by=by, verb="insight.asked", subject=question, indicator=indicator)
    return question


@transaction.atomic
def answer_question(question: FigureQuestion, text: str, *, by: Person) -> None:
    """Answer a question about a figure, once. Who asked is told."""
    if not may_answer(by, question.network):
        raise RefusedError(_("Only a coordinator of the network answers."))
    if question.answered_at is not None:
        raise RefusedError(_("This question has been answered already."))
    question.amend(
        answer=text.strip(),
        answer_language=translation.get_language() or "fi",
        answered_by=by,
        answered_at=timezone.now(),
    )
    audit.record(by=by, verb="insight.answered", subject=question)
    if question.asked_by is not None and question.asked_by.erased_at is None:
        tell(lambda: messages.answered(question), to=recipient_of(question.asked_by), by=by)


@transaction.atomic
def forget_person(person: Person, *, by: Actor) -> None:
    """Questions and figures stay; who asked, answered or took them is forgotten, and so is what the person wrote."""
    FigureQuestion.objects.filter(asked_by=person).update(asked_by=None, text="–")
    FigureQuestion.objects.filter(answered_by=person).update(answered_by=None, answer="–")
    Snapshot.objects.filter(taken_by=person).update(taken_by=None)
    audit.record(by=by, verb="insight.person_forgotten", subject=person)
