"""Writes: programmes and their rounds."""

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
from luotsi.programmes.enums import PROGRAMME_MOVES, ROUND_MOVES, ProgrammeState, RoundState
from luotsi.programmes.events import ProgrammeOpened
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.descriptions import model_in, shipped_text
from luotsi.programmes.rules import may_run, may_run_programmes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.people.models import Network


@transaction.atomic
def draft_programme(
    network: Network, *, model_key: str, name: Mapping[str, str], starts_on: date, by: Actor
) -> Programme:
    """A programme from a shipped model, seen by coordinators only. Its last day follows from the weeks of the model."""
    if not may_run_programmes(by, network):
        raise RefusedError(_("Only a coordinator of the network opens programmes in it."))
    description = shipped_text(model_key)
    model = model_in(description)
    circle = open_circle(CircleKind.PROGRAMME, by=by, name=str(TranslatedText(name)), network=network)
    programme = Programme(
        network=network,
        name=TranslatedText({language: text.strip() for language, text in name.items() if text.strip()}),
        model_key=model_key,
        description=description,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=model.weeks, days=-1),
        circle=circle,
    ).insert()
    audit.record(by=by, verb="programmes.drafted", subject=programme, model=model_key)
    return programme


@transaction.atomic
def publish_programme(programme: Programme, *, by: Actor) -> Round:
    """Show the programme to everybody and begin to recruit. Announces ProgrammeOpened."""
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network opens programmes in it."))
    _move(programme, ProgrammeState.OPEN)
    first = Round(programme=programme, number=1).insert()
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


@transaction.atomic
def move_round(round_: Round, to: RoundState, *, by: Actor) -> None:
    """Take the round to its next state; nothing happens when it is there. Refused unless the programme is open."""
    if not may_run(by, round_.programme):
        raise RefusedError(_("Only a coordinator of the network does this."))
    if round_.programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
    if round_.state == to:
        return
    if to not in ROUND_MOVES[RoundState(round_.state)]:
        raise RefusedError(_("This round of the programme has gone on already."))
    round_.amend(state=to)
    audit.record(by=by, verb="programmes.round_moved", subject=round_, state=to)


def _move(programme: Programme, to: ProgrammeState) -> None:
    if to not in PROGRAMME_MOVES[ProgrammeState(programme.state)]:
        raise RefusedError(_("The programme is in a state in which this cannot be done. Look at it again."))
    programme.amend(state=to)
