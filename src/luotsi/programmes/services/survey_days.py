"""Writes: the surveys of an action plan, opened on their day for those whom they are for. Done by a daily job."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import structlog
from django.db import transaction
from django.utils import timezone

from luotsi.core import audit
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ActivityState, ProgrammeState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.activities import people_for
from luotsi.surveys.enums import Answering, Moment
from luotsi.surveys.models import Instrument, Wave
from luotsi.surveys.services.opening import WavePlan, start_wave

if TYPE_CHECKING:
    from datetime import date

log = structlog.get_logger("luotsi.programmes")
A_WEEK: Final = timedelta(days=6)  # with the last day itself
DAYS_TO_ANSWER: Final = timedelta(days=14)  # where a survey has a day, and no deadline
EARLIER: Final = {Moment.END: Moment.START, Moment.THEN: Moment.END}


def open_due_surveys() -> int:
    """Open each survey of a plan once, on its day or in the week that ends with its last one. Returns how many.

    What cannot be opened is left, and stands in the plan as late: nobody to ask, no such questions, no survey to
    follow. An activity is done once its survey has been opened.
    """
    return sum(_opened(activity) for activity in _due())


def _due() -> list[Activity]:
    today = timezone.localdate()
    begins = datetime.combine(today, time.min, tzinfo=UTC)  # `starts_local` is kept as if it were UTC
    found = Activity.objects.filter(
        kind=ActivityKind.SURVEY, state=ActivityState.PLANNED, programme__state=ProgrammeState.OPEN
    ).exclude(instrument="")
    today_or_before = found.filter(
        starts_local__gte=begins - DAYS_TO_ANSWER, starts_local__lt=begins + timedelta(days=1)
    )
    this_week = found.filter(due_on__gte=today, due_on__lte=today + A_WEEK)
    return [*today_or_before.order_by("pk"), *this_week.order_by("pk")]


def _opened(activity: Activity) -> bool:
    try:
        return _open(activity)
    except RefusedError as refused:
        log.warning("a survey of a plan was not opened", activity=str(activity.ref), why=type(refused).__name__)
        return False


@transaction.atomic
def _open(activity: Activity) -> bool:
    """One survey, in a transaction of its own. False when it is open already, or cannot be asked."""
    locked = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("programme__circle__network")
        .get(pk=activity.pk)
    )
    instrument = _instrument_of(locked)
    if locked.state != ActivityState.PLANNED or instrument is None:
        return False
    moment = Moment(locked.moment or "")
    named = moment != Moment.NONE or instrument.questions.answering == Answering.NAMED.value
    plan = WavePlan(
        instrument=instrument,
        answering=Answering.NAMED if named else Answering.ANONYMOUS,
        closes_on=_last_day(locked),
        circle=locked.programme.circle,
        name=str(locked.name)[:100],
        follows=_before(locked, instrument, moment),
        moment=moment,
        among=frozenset(people_for(locked).values_list("pk", flat=True)),
    )
    wave = start_wave(plan, by=SYSTEM)
    locked.amend(state=ActivityState.DONE)
    audit.record(by=SYSTEM, verb="programmes.survey_opened", subject=locked, wave=str(wave.ref))
    return True


def _instrument_of(activity: Activity) -> Instrument | None:
    """The questions in use under the key: the network's own before everybody's."""
    named = Instrument.objects.filter(key=activity.instrument, retired_at=None)
    own = named.filter(network=activity.programme.network_id).first()
    return own or named.filter(network=None).first()


def _before(activity: Activity, instrument: Instrument, moment: Moment) -> Wave | None:
    """The closed survey of the moment before, put to the same people."""
    if moment not in EARLIER:
        return None
    earlier = Wave.objects.filter(
        instrument__key=instrument.key,
        instrument__network=instrument.network_id,
        circle=activity.programme.circle_id,
        moment=EARLIER[moment],
        closed_at__isnull=False,
    )
    return earlier.order_by("-pk").first()


def _last_day(activity: Activity) -> date:
    if activity.starts_local is not None:
        return max(activity.starts_local.date() + DAYS_TO_ANSWER, timezone.localdate())
    return activity.due_on or timezone.localdate()
