"""Writes: on which days a draft's phases and activities come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ActivityState, ChangeKind, SetUpStep
from luotsi.programmes.formats.calendar import after_days, days_between, working_day_from
from luotsi.programmes.queries.plans import day_of
from luotsi.programmes.services.changes import change_of, change_of_phase, note, seen_of, seen_of_phase
from luotsi.programmes.services.set_up import reach, refuse_unless_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from luotsi.core.actors import Actor
    from luotsi.programmes.models.plans import Activity, Phase, PlanChange
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """`starts`: the first day of a phase by its key, of those that are to begin on another day than they would."""

    starts: Mapping[str, date]
    skips_july: bool
    apply_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityChoice:
    """`day`: the day that was chosen; none: as it is."""

    is_on: bool
    day: date | None


@transaction.atomic
def set_dates(programme: Programme, dates: Dates, *, by: Actor) -> None:
    """Move phases. Those that were not moved keep their length in days, those of July not counted if it is skipped.

    Activities keep their day within their phase, and come on working days. Refused when a phase has no day left.
    """
    refuse_unless_draft(programme, by)
    phases = list(programme.phases.order_by("position"))
    before = [phase.starts_on for phase in phases] + [programme.ends_on + timedelta(days=1)]
    after = _starts(phases, before, dates, was_skipping=programme.skips_july)
    changes = [
        change
        for phase, following in zip(phases, pairwise(after), strict=True)
        for change in (*_move_activities(phase, following[0], dates, by), *_move_phase(phase, following, by))
    ]
    note(programme, changes)
    programme.amend(
        starts_on=after[0],
        ends_on=after[-1] - timedelta(days=1),
        skips_july=dates.skips_july,
        apply_until=dates.apply_until,
    )
    audit.record(by=by, verb="programmes.dates_set", subject=programme)
    reach(programme, SetUpStep.PLAN)


def _starts(phases: Sequence[Phase], before: Sequence[date], dates: Dates, *, was_skipping: bool) -> list[date]:
    """The first days of the phases, and the day after the last one."""
    after = [dates.starts.get(phases[0].key, before[0])]
    for place, (old, following) in enumerate(pairwise(before), start=1):
        length = days_between(old, following, skips_july=was_skipping)
        usual = after_days(after[-1], length, skips_july=dates.skips_july)
        after.append(dates.starts.get(phases[place].key, usual) if place < len(phases) else usual)
    return after


def _move_phase(phase: Phase, begin_and_next: tuple[date, date], by: Actor) -> list[PlanChange]:
    starts_on, following = begin_and_next
    if following <= starts_on:
        raise RefusedError(
            _("“%(phase)s” would have no day left. Let the one after it begin later.") % {"phase": phase.name}
        )
    before, ends_on = seen_of_phase(phase), following - timedelta(days=1)
    if (phase.starts_on, phase.ends_on) == (starts_on, ends_on):
        return []
    phase.amend(starts_on=starts_on, ends_on=ends_on)
    return [change_of_phase(phase, before=before, by=by)]


def _move_activities(phase: Phase, starts_on: date, dates: Dates, by: Actor) -> list[PlanChange]:
    """Put each activity as many days after the phase's first day as it was, on a working day."""
    was_skipping = phase.programme.skips_july
    if (phase.starts_on, was_skipping) == (starts_on, dates.skips_july):
        return []
    changes = []
    for activity in phase.activities.filter(state=ActivityState.PLANNED).select_related("phase", "responsible"):
        if (day := day_of(activity)) is not None:
            later = days_between(phase.starts_on, day, skips_july=was_skipping)
            there = after_days(starts_on, later, skips_july=dates.skips_july)
            changes += _put_on(activity, working_day_from(there, skips_july=dates.skips_july), by)
    return changes


def _put_on(activity: Activity, day: date, by: Actor) -> list[PlanChange]:
    before = seen_of(activity)
    if activity.starts_local is not None:
        activity.amend(starts_local=datetime.combine(day, activity.starts_local.timetz()))
    else:
        activity.amend(due_on=day)
    return [change_of(activity, ChangeKind.MOVED, before=before, after=seen_of(activity), by=by)]


@transaction.atomic
def set_activities(programme: Programme, choices: Mapping[UUID, ActivityChoice], *, by: Actor) -> int:
    """Switch activities on or off and put them on days. Returns how many came on a later day because nobody works."""
    refuse_unless_draft(programme, by)
    changes: list[PlanChange] = []
    moved = 0
    wanted = programme.activities.filter(ref__in=choices).exclude(state=ActivityState.DONE)
    for activity in wanted.select_related("phase", "responsible", "programme"):
        choice = choices[activity.ref]
        changes += _switch(activity, by, is_on=choice.is_on)
        if choice.is_on and choice.day is not None and choice.day != day_of(activity):
            day = working_day_from(choice.day, skips_july=programme.skips_july)
            changes += _put_on(activity, day, by)
            moved += day != choice.day
    note(programme, changes)
    audit.record(by=by, verb="programmes.plan_set", subject=programme)
    reach(programme, SetUpStep.QUESTIONS)
    return moved


def _switch(activity: Activity, by: Actor, *, is_on: bool) -> list[PlanChange]:
    """Off or on. Nobody who takes part has been told of a draft, so here it may come back."""
    state = ActivityState.PLANNED if is_on else ActivityState.CANCELLED
    if activity.state == state:
        return []
    activity.amend(state=state)
    if is_on:
        return [change_of(activity, ChangeKind.ADDED, before={}, after=seen_of(activity), by=by)]
    return [change_of(activity, ChangeKind.CANCELLED, before=seen_of(activity), after={}, by=by)]
