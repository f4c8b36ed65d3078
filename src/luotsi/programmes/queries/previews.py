"""Reads: what would move if the days of a programme were shifted. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.programmes.enums import ActivityState
from luotsi.programmes.formats.calendar import Span, moved, working_day_from
from luotsi.programmes.formats.plan_days import working_day_until
from luotsi.programmes.queries.plans import activities_of, day_of, phases_of

if TYPE_CHECKING:
    from datetime import date

    from luotsi.core.texts import TranslatedText
    from luotsi.programmes.models.plans import Activity, Phase
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A phase (its first day) or an activity on another day."""

    name: TranslatedText
    before: date
    after: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPreview:
    """What services.plans.shift would do."""

    phases: tuple[Moved, ...]
    activities: tuple[Moved, ...]
    ends_on: date


def preview_of(programme: Programme, from_phase: Phase, days: int) -> ShiftPreview:
    """Raises ValueError when nothing would be left of the phase before."""
    phases = list(phases_of(programme))
    place = [phase.pk for phase in phases].index(from_phase.pk)
    spans = moved([Span(phase.starts_on, phase.ends_on) for phase in phases], place, days)
    later = activities_of(programme).filter(phase__in=phases[place:], state=ActivityState.PLANNED)
    return ShiftPreview(
        phases=tuple(
            Moved(name=phase.name, before=phase.starts_on, after=span.starts_on)
            for phase, span in zip(phases[place:], spans[place:], strict=True)
        ),
        activities=tuple(
            Moved(name=activity.name, before=day, after=_day_after(activity, day, days))
            for activity in later
            if (day := day_of(activity)) is not None
        ),
        ends_on=spans[-1].ends_on,
    )


def _day_after(activity: Activity, day: date, days: int) -> date:
    there = day + timedelta(days=days)
    if activity.due_on:
        return working_day_until(there)
    return working_day_from(there, skips_july=activity.programme.skips_july)
