"""Writes: programmes, from a draft to their end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit, events
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.people.enums import CircleKind
from luotsi.people.services.circles import close_circle, open_circle
from luotsi.programmes.enums import PROGRAMME_MOVES, ProgrammeState, SetUpStep
from luotsi.programmes.events import ProgrammeOpened
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.checks import blocking, obstacles_to
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.set_up import text_of_model
from luotsi.programmes.rules import may_run, may_run_programmes
from luotsi.programmes.services.plans import lay_out
from luotsi.programmes.services.rounds import Limits, open_round

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.people.models import Network
    from luotsi.programmes.models.programmes import Round


@transaction.atomic
def draft_programme(
    network: Network, *, model_key: str, name: Mapping[str, str], starts_on: date, by: Actor
) -> Programme:
    """A programme from a model, with its plan laid out, seen by coordinators only.

    Its last day follows from the weeks of the model. Raises KeyError for a model that the network is not offered.
    """
    if not may_run_programmes(by, network):
        raise RefusedError(_("Only a coordinator of the network opens programmes in it."))
    description = text_of_model(network, model_key)
    model = model_in(description)
    circle = open_circle(CircleKind.PROGRAMME, by=by, name=str(TranslatedText(name)), network=network)
    programme = Programme(
        network=network,
        name=TranslatedText({language: text.strip() for language, text in name.items() if text.strip()}),
        model_key=model_key,
        model_version=model.version,
        description=description,
        set_up=SetUpStep.SCOPE,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=model.weeks, days=-1),
        circle=circle,
    ).insert()
    lay_out(programme, by=by)
    audit.record(by=by, verb="programmes.drafted", subject=programme, model=model_key)
    return programme


@transaction.atomic
def publish_programme(programme: Programme, *, by: Actor) -> Round:
    """Show the programme to everybody and begin to recruit. Announces ProgrammeOpened.

    Refused with all that is missing (queries.checks). The first round takes its limits from the programme.
    """
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network opens programmes in it."))
    _refuse_move(programme, ProgrammeState.OPEN)
    if missing := blocking(obstacles_to(programme)):
        raise RefusedError(" ".join(obstacle.sentence for obstacle in missing))
    programme.amend(state=ProgrammeState.OPEN, set_up=SetUpStep.DONE)
    first = open_round(
        programme, Limits(mentors_most=programme.mentors_most, mentees_most=programme.mentees_most), by=by
    )
    audit.record(by=by, verb="programmes.opened", subject=programme)
    events.announce(ProgrammeOpened(programme=programme.ref, network=programme.network.ref))
    return first


@transaction.atomic
def open_programme(
    network: Network, *, model_key: str, name: Mapping[str, str], starts_on: date, by: Actor
) -> Programme:
    """Draft a programme and publish it at once."""
    programme = draft_programme(network, model_key=model_key, name=name, starts_on=starts_on, by=by)
    publish_programme(programme, by=by)
    return programme


@transaction.atomic
def cancel_programme(programme: Programme, *, by: Actor) -> None:
    """A programme that nobody takes part in will not be. It stays to be seen by its coordinators."""
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network cancels its programmes."))
    if Participation.objects.filter(programme=programme).exists():
        raise RefusedError(_("People take part in this programme already. Close it instead of cancelling it."))
    _move(programme, ProgrammeState.CANCELLED)
    close_circle(programme.circle, by=by)
    audit.record(by=by, verb="programmes.cancelled", subject=programme)


@transaction.atomic
def close_programme(programme: Programme, *, by: Actor) -> None:
    """The programme is over: no more applications and no more pairs. What people did in it stays theirs."""
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network closes its programmes."))
    _move(programme, ProgrammeState.CLOSED)
    close_circle(programme.circle, by=by)
    audit.record(by=by, verb="programmes.closed", subject=programme)


def _move(programme: Programme, to: ProgrammeState) -> None:
    _refuse_move(programme, to)
    programme.amend(state=to)


def _refuse_move(programme: Programme, to: ProgrammeState) -> None:
    if to not in PROGRAMME_MOVES[ProgrammeState(programme.state)]:
        raise RefusedError(_("The programme is in a state in which this cannot be done. Look at it again."))
