"""Reads: which letters of its model a programme sends by itself, to whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from luotsi.core.texts import TranslatedText
from luotsi.journey.models import NudgeSent
from luotsi.journey.queries.happenings import Days, happenings_in
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from luotsi.journey.queries.happenings import Happening
    from luotsi.programmes.formats.values import Audience, Nudge

LATE = timedelta(days=3)  # a letter that the worker missed is still worth sending so many days after
AHEAD = timedelta(days=13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A letter to somebody. `day`: the one of the nudge's days that has come; `on`: when it goes out."""

    programme: Programme
    nudge: Nudge
    day: int
    on: date
    happening: Happening

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What makes it the same letter, in its programme."""
        return self.nudge.key, self.day, self.happening.person.pk, str(self.happening.about_ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What goes out on a day: one nudge, and to how many of whom."""

    on: date
    subject: TranslatedText
    audience: Audience
    count: int


def nudged_programmes() -> QuerySet[Programme]:
    return Programme.objects.filter(state=ProgrammeState.OPEN).select_related("network").order_by("pk")


def due_in(programme: Programme, today: date) -> list[Due]:
    """What is to be sent today and has not been sent: each letter once."""
    found = {due.key: due for due in _between(programme, Days(first=today - LATE, last=today))}
    sent = NudgeSent.objects.filter(programme=programme, nudge__in={key[0] for key in found})
    done = {(nudge, day, person, str(about)) for nudge, day, person, about in sent.values_list(*COLUMNS)}
    return [due for key, due in found.items() if key not in done]


COLUMNS = ("nudge", "day", "person_id", "about_ref")


def planned_in(programme: Programme, today: date) -> list[Planned]:
    """What goes out today and in the next two weeks, as things stand; who it concerns may change until then."""
    counts: dict[tuple[date, str, Audience], set[tuple[str, int, int, str]]] = {}
    subjects: dict[str, TranslatedText] = {}
    ahead = Days(first=today + timedelta(days=1), last=today + AHEAD)
    for due in [*due_in(programme, today), *_between(programme, ahead)]:
        place = max(due.on, today), due.nudge.key, due.happening.audience
        counts.setdefault(place, set()).add(due.key)
        subjects[due.nudge.key] = TranslatedText(due.nudge.subject)
    return [
        Planned(on=on, subject=subjects[nudge], audience=audience, count=len(keys))
        for (on, nudge, audience), keys in sorted(counts.items(), key=lambda found: found[0][:2])
    ]


def _between(programme: Programme, days: Days) -> Iterator[Due]:
    """All letters whose day is among these, sent or not."""
    for nudge in model_in(programme.description).nudges:
        for day in nudge.days:
            shift = timedelta(days=day)
            counted = Days(first=days.first - shift, last=days.last - shift)
            for happening in happenings_in(programme, nudge.event, counted):
                if happening.audience in nudge.to:
                    yield Due(programme=programme, nudge=nudge, day=day, on=happening.on + shift, happening=happening)
