"""Writes: the action plan as a whole, laid out on the calendar and shifted along it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ActivityState, ChangeKind, ProgrammeState
from luotsi.programmes.formats.calendar import Span, moved, spans_of, working_day_from
from luotsi.programmes.formats.plan_days import at, day_in, deadline_in, hour_of, week_of, working_day_until
from luotsi.programmes.formats.values import SurveyMoment
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Activity, Phase
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.plans import activities_of
from luotsi.programmes.rules import may_run
from luotsi.programmes.services.activities import tell_calendars
from luotsi.programmes.services.changes import change_of, change_of_phase, note, seen_of, seen_of_phase

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Organisation
    from luotsi.programmes.formats.values import ActivityOutline
    from luotsi.programmes.formats.values import Phase as PhaseOutline
    from luotsi.programmes.models.programmes import Programme


@transaction.atomic
def lay_out(programme: Programme, *, by: Actor, skips_july: bool = False) -> None:
    """Make the phases and activities of the model, on working days from the programme's first day on.

    What is there already stays as it is, so it may be called again: only what is missing is made.
    """
    _refuse_unless_runs(programme, by)
    phases = {phase.key: phase for phase in programme.phases.all()}
    activities = set(programme.activities.filter(partner=None).values_list("key", flat=True))
    host = _host_of(programme)
    starts_on = programme.starts_on
    for position, outline in enumerate(model_in(programme.description).phases):
        span = spans_of(starts_on, [outline.weeks], skips_july=skips_july)[0]
        phase = phases.get(outline.key) or _phase(programme, outline, span, position)
        for activity in _activities(phase, outline, host, skips_july=skips_july):
            if activity.key not in activities:
                activity.insert()
        starts_on = phase.ends_on + timedelta(days=1)
    audit.record(by=by, verb="programmes.plan_laid_out", subject=programme)


def _phase(programme: Programme, outline: PhaseOutline, span: Span, position: int) -> Phase:
    return Phase(
        programme=programme,
        key=outline.key,
        name=TranslatedText(outline.name),
        aim=TranslatedText(outline.aim) if outline.aim else None,
        stage=outline.stage.value,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        position=position,
    ).insert()


def _activities(phase: Phase, outline: PhaseOutline, host: Organisation | None, *, skips_july: bool) -> list[Activity]:
    """The activities of a phase, not written yet. Those at a time share the days of their week."""
    timed: Counter[int] = Counter()
    found = []
    for each in outline.activities:
        week = week_of(phase.starts_on, each.week, skips_july=skips_july)
        activity = _activity(phase, each, host)
        if each.minutes is None:
            activity.due_on = deadline_in(week)
        else:
            activity.starts_local = at(day_in(week, timed[each.week]), hour_of(each.minutes))
            timed[each.week] += 1
        found.append(activity)
    return found


def _activity(phase: Phase, outline: ActivityOutline, host: Organisation | None) -> Activity:
    return Activity(
        programme=phase.programme,
        phase=phase,
        responsible=host,
        key=outline.key,
        kind=outline.kind.value,
        name=TranslatedText(outline.name),
        text=TranslatedText(outline.text) if outline.text else None,
        minutes=outline.minutes,
        for_whom=[audience.value for audience in outline.for_whom],
        is_required=outline.is_required,
        takes_sign_up=outline.takes_sign_up,
        capacity=outline.capacity,
        materials=list(outline.materials),
        instrument=outline.instrument,
        moment="" if outline.moment is SurveyMoment.NONE else outline.moment.value,
    )


@transaction.atomic
def shift(programme: Programme, *, days: int, from_phase: Phase, by: Actor) -> None:
    """Move a phase and those after it, with what is still planned in them; what was done stays where it was.

    The phase before it ends right before it, as it did. Activities come on working days again. The programme's first
    and last days follow its phases.
    """
    _refuse_unless_runs(programme, by)
    phases = list(programme.phases.order_by("position"))
    place = [phase.pk for phase in phases].index(from_phase.pk)
    try:
        spans = moved([Span(phase.starts_on, phase.ends_on) for phase in phases], place, days)
    except ValueError:
        raise RefusedError(_("Nothing would be left of the phase before it. Move it by fewer days.")) from None
    changes = []
    for phase, span in zip(phases, spans, strict=True):
        if (phase.starts_on, phase.ends_on) != span:
            before = seen_of_phase(phase)
            phase.amend(starts_on=span.starts_on, ends_on=span.ends_on)
            changes.append(change_of_phase(phase, before=before, by=by))
    planned = activities_of(programme).filter(phase__in=phases[place:], state=ActivityState.PLANNED)
    for activity in planned:
        before = seen_of(activity)
        _move(activity, timedelta(days=days))
        changes.append(change_of(activity, ChangeKind.MOVED, before=before, after=seen_of(activity), by=by))
        if programme.state == ProgrammeState.OPEN:
            tell_calendars(activity, by=by)
    if (first := spans[0].starts_on, last := spans[-1].ends_on) != (programme.starts_on, programme.ends_on):
        programme.amend(starts_on=first, ends_on=last)
    note(programme, changes)
    audit.record(by=by, verb="programmes.plan_shifted", subject=programme, days=days, phase=from_phase.key)


def _move(activity: Activity, step: timedelta) -> None:
    if activity.starts_local is not None:
        later = activity.starts_local + step
        day = working_day_from(later.date(), skips_july=activity.programme.skips_july)
        starts_local = at(day, later.time())
        activity.amend(starts_local=starts_local, sequence=activity.sequence + 1)
    elif activity.due_on is not None:
        activity.amend(due_on=working_day_until(activity.due_on + step))


def _host_of(programme: Programme) -> Organisation | None:
    host = Partner.objects.filter(programme=programme, is_host=True).select_related("organisation").first()
    return host.organisation if host else None


def _refuse_unless_runs(programme: Programme, by: Actor) -> None:
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network changes the plan of its programmes."))
