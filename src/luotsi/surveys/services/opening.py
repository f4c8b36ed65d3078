"""Writes: an instrument put to a circle, or to an organisation and its units."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.surveys.enums import Answering, Moment, Purpose
from luotsi.surveys.models import Invitee, Response, Wave
from luotsi.surveys.queries.asked import members_to_ask, people_to_ask, units_below
from luotsi.surveys.rules import SMALLEST_GROUP, may_ask, may_ask_in
from luotsi.surveys.services.urns import prepare_urns

if TYPE_CHECKING:
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.people.models import Circle, Network, Organisation
    from luotsi.surveys.models import Instrument
    from luotsi.surveys.queries.asked import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePlan:
    """What is asked of whom: of a circle or of an organisation, never of both.

    `network`: whose coordinators run the wave of an organisation, if any do. `has_link`: whoever has the link answers,
    and nobody is asked by name. `moment`: only of a circle, by name; THEN follows an END that follows a START.
    `among`: only these people of the circle, by key.
    """

    instrument: Instrument
    answering: Answering
    closes_on: date
    circle: Circle | None = None
    organisation: Organisation | None = None
    network: Network | None = None
    name: str = ""
    follows: Wave | None = None
    has_link: bool = False
    moment: Moment = Moment.NONE
    among: frozenset[int] | None = None


@transaction.atomic
def start_wave(plan: WavePlan, *, by: Actor) -> Wave:
    """Open a wave and ask everybody whom it concerns, each once. They are told by a job."""
    _check_rights(plan, by)
    _check_instrument(plan)
    _check_order(plan)
    _check_moment(plan)
    asked = [] if plan.has_link else _people(plan)
    wave = Wave(
        instrument=plan.instrument,
        circle=plan.circle,
        organisation=plan.organisation,
        network=plan.network,
        answering=plan.answering,
        name=plan.name,
        moment=plan.moment,
        follows=plan.follows,
        closes_on=plan.closes_on,
        link_key=uuid.uuid4() if plan.has_link else None,
        code_salt=_salt(plan),
    ).insert()
    _ask(wave, asked, plan)
    audit.record(by=by, verb="surveys.wave_opened", subject=wave, closes_on=plan.closes_on.isoformat())
    audit.record(by=by, verb="surveys.asked", subject=wave, persons=len(asked))
    if asked:
        jobs.enqueue("surveys.tell_asked", wave=wave.ref)
    return wave


def _check_rights(plan: WavePlan, by: Actor) -> None:
    if plan.circle is not None and not may_ask(by, plan.circle):
        raise RefusedError(_("Only a coordinator of the network asks its people."))
    if plan.organisation is not None and not may_ask_in(by, plan.organisation):
        raise RefusedError(
            _("Only HR, management, administrators and the network's coordinators ask an organisation's people.")
        )


def _check_instrument(plan: WavePlan) -> None:
    own = plan.instrument.network
    if plan.instrument.retired_at is not None:
        raise RefusedError(_("There is a newer version of these questions. Choose that one."))
    if own is not None and not (
        (plan.circle is not None and plan.circle.network == own)
        or (plan.organisation is not None and own.parts.current().filter(organisation=plan.organisation).exists())
    ):
        raise RefusedError(_("These questions are another network's own."))
    if plan.answering == Answering.NAMED and plan.instrument.purpose == Purpose.CULTURE:
        raise RefusedError(_("A survey of learning culture is always anonymous."))
    if plan.answering == Answering.NAMED and plan.has_link:
        raise RefusedError(_("Only an anonymous survey can have an open link."))


def _check_order(plan: WavePlan) -> None:
    target = {"circle": plan.circle, "organisation": plan.organisation}
    if plan.closes_on < timezone.localdate():
        raise RefusedError(_("The last day to answer has passed already. Choose a later one."))
    if Wave.objects.filter(instrument=plan.instrument, closed_at=None, **target).exists():
        raise RefusedError(_("The same questions are being asked there already. Close that survey first."))
    earlier = plan.follows
    if earlier is None:
        return
    is_same = (earlier.instrument.key, earlier.instrument.network_id) == (
        plan.instrument.key,
        plan.instrument.network_id,
    )
    if not is_same or earlier.circle != plan.circle or earlier.organisation != plan.organisation:
        raise RefusedError(_("A survey follows an earlier one with the same questions, put to the same people."))
    if earlier.closed_at is None:
        raise RefusedError(_("The earlier survey is still open. Close it first."))


def _check_moment(plan: WavePlan) -> None:
    if plan.moment == Moment.NONE:
        return
    if plan.circle is None or plan.answering == Answering.ANONYMOUS:
        raise RefusedError(
            _(
                "Only a survey that the people of a programme or group answer with the name can have a moment. Choose"
                " “no set moment”, or choose such people and such answers."
            )
        )
    if plan.moment == Moment.THEN:
        _check_look_back(plan)


def _check_look_back(plan: WavePlan) -> None:
    """It is held against the end and the start, which must be there, asked with the very same questions."""
    end = plan.follows
    if end is None or end.moment != Moment.END:
        raise RefusedError(
            _("People look back after the survey of the end. Close that one and choose it as the earlier survey.")
        )
    start = end.follows
    if start is None or start.moment != Moment.START:
        raise RefusedError(
            _(
                "The survey of the end does not follow a survey of the start, so a look back cannot be compared with"
                " anything. Choose another earlier survey, or “no set moment”."
            )
        )
    if (start.instrument_id, end.instrument_id) != (plan.instrument.pk, plan.instrument.pk):
        raise RefusedError(
            _(
                "The questions have changed since the start, so a look back cannot be compared with it. Choose “no set"
                " moment”."
            )
        )


def _people(plan: WavePlan) -> list[Asked]:
    """Everybody whom it concerns. Refused when they are so few that nothing could ever be shown."""
    if plan.organisation is not None:
        asked = people_to_ask(plan.organisation)
    else:
        asked = members_to_ask(plan.circle) if plan.circle is not None else []
    if plan.among is not None:
        asked = [each for each in asked if each.person.pk in plan.among]
    is_shown_together = plan.organisation is not None or plan.answering == Answering.ANONYMOUS
    if is_shown_together and len(asked) < SMALLEST_GROUP:
        raise RefusedError(
            _("Only %(count)s people would be asked. Answers are shown from five people on, so ask five at least.")
            % {"count": len(asked)}
        )
    if not asked:
        raise RefusedError(_("There is nobody to ask there now."))
    return asked


def _salt(plan: WavePlan) -> str:
    """Of the respondents' own codes: the same through all waves that follow each other."""
    if plan.answering == Answering.NAMED:
        return ""
    return (plan.follows.code_salt if plan.follows else "") or secrets.token_hex(16)


def _ask(wave: Wave, asked: list[Asked], plan: WavePlan) -> None:
    if not wave.is_anonymous:
        for each in asked:
            Response(wave=wave, person=each.person).insert()
        return
    Invitee.objects.bulk_create([Invitee(wave=wave, person=each.person, unit=each.unit) for each in asked])
    units = {each.unit.pk: each.unit for each in asked if each.unit is not None}
    if plan.has_link and plan.organisation is not None:
        units = {unit.pk: unit for unit in units_below(plan.organisation).values()}
    prepare_urns(wave, units.values())
