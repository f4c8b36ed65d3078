"""A plan in words: its conclusion, its timeline, and what changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.formats.plan_changes import ADDED, CANCELLED, MOVED, Change
from luotsi.programmes.formats.values import ActivityKind, Audience
from luotsi.programmes.messages.model_words import word_for, words_for, yes_no
from luotsi.programmes.queries.plans import PlanDifference, day_of, is_late
from luotsi.web.environment import AT, clock, day, language
from luotsi.web.timelines import Lane, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.models.plans import Activity, Phase, PlanChange
    from luotsi.programmes.models.programmes import Programme

LABELS = {
    "name": gettext_noop("Name"),
    "text": gettext_noop("What is done"),
    "kind": gettext_noop("Kind"),
    "phase": gettext_noop("Phase"),
    "responsible": gettext_noop("Responsible"),
    "starts_local": gettext_noop("Time"),
    "minutes": gettext_noop("Minutes"),
    "due_on": gettext_noop("Last day"),
    "place": gettext_noop("Place"),
    "link": gettext_noop("Link"),
    "for_whom": gettext_noop("For whom"),
    "is_required": gettext_noop("Required"),
    "takes_sign_up": gettext_noop("Sign-up"),
    "capacity": gettext_noop("At most"),
    "starts_on": gettext_noop("First day"),
    "ends_on": gettext_noop("Last day"),
}
TELLING = ("starts_local", "due_on", "place")  # what is told of something added


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnInWords:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInWords:
    """What changed of one thing: what happened to it, and each column before and after."""

    title: str
    what: str
    kind: str  # of the tag: "", ok, warn, bad
    columns: tuple[ColumnInWords, ...]
    activity: Activity | None


def differences_in_words(differences: Iterable[PlanDifference], phases: Sequence[Phase]) -> list[DifferenceInWords]:
    names = {phase.key: phase.name for phase in phases}
    return [_difference(each, names) for each in differences]


def _difference(difference: PlanDifference, names: Mapping[str, TranslatedText]) -> DifferenceInWords:
    change, activity = difference.change, difference.activity
    what, kind = {
        ADDED: (_("added"), "accent"),
        CANCELLED: (_("cancelled"), "bad"),
        MOVED: (_("moved to another day"), "warn"),
    }.get(change.kind, (_("changed"), "warn"))
    title = str(activity.name) if activity is not None else _phase_title(names.get(str(change.about)))
    shown = [name for name in LABELS if name in {**change.before, **change.after}]
    if change.kind in {ADDED, CANCELLED}:
        shown = [name for name in TELLING if change.before.get(name) or change.after.get(name)]
    columns = tuple(
        ColumnInWords(
            label=_(LABELS[name]),
            before=value_in_words(name, change.before.get(name)),
            after=value_in_words(name, change.after.get(name)),
        )
        for name in shown
    )
    return DifferenceInWords(title=title, what=what, kind=kind, columns=columns, activity=activity)


def history_in_words(changes: Iterable[PlanChange]) -> list[tuple[PlanChange, DifferenceInWords]]:
    """What was changed of an activity, change by change."""
    return [
        (
            row,
            _difference(
                PlanDifference(
                    change=Change(about=row.pk, kind=row.kind, before=row.before, after=row.after),
                    activity=row.activity,
                    newest=row.pk,
                ),
                {},
            ),
        )
        for row in changes
    ]


def _phase_title(name: TranslatedText | None) -> str:
    return _("Phase: %(phase)s") % {"phase": str(name) if name else "–"}


def value_in_words(column: str, value: Any) -> str:  # noqa: ANN401 -- any column's value
    """A kept value as people read it; nothing is a dash."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return yes_no(is_yes=value)
    return READ.get(column, str)(value)


def _moment(kept: str) -> str:
    at = datetime.fromisoformat(kept)
    return f"{day(at.date())} {AT[language()]} {clock(at)}"


def _words(kept: dict[str, str]) -> str:
    return str(TranslatedText(kept))


def _day(kept: str) -> str:
    return day(date.fromisoformat(kept))


READ: dict[str, Callable[[Any], str]] = {
    "name": _words,
    "text": _words,
    "phase": _words,
    "due_on": _day,
    "starts_on": _day,
    "ends_on": _day,
    "starts_local": _moment,
    "kind": lambda kept: word_for(ActivityKind(kept)),
    "for_whom": lambda kept: words_for(Audience(each) for each in kept),
}
"""How what is kept of a column is read; as it stands, where nothing is said."""


def conclusion_of(programme: Programme, activities: Sequence[Activity], today: date) -> str:
    """How the plan goes, in one sentence."""
    alive = [activity for activity in activities if activity.state != ActivityState.CANCELLED]
    if not alive:
        return _("There is nothing in the plan yet.")
    late = [activity for activity in alive if is_late(activity, today)]
    if late:
        return ngettext(
            "%(count)s activity is late: %(name)s.", "%(count)s activities are late, the first one %(name)s.", len(late)
        ) % {"count": len(late), "name": min(late, key=_day_or_last).name}
    return _when_nothing_is_late(programme, alive, today)


def _when_nothing_is_late(programme: Programme, alive: Sequence[Activity], today: date) -> str:
    done = sum(activity.state == ActivityState.DONE for activity in alive)
    if done == len(alive):
        return _("All of the plan has been done.")
    if today < programme.starts_on:
        return _("The programme begins on %(day)s, and nothing is late.") % {"day": day(programme.starts_on)}
    return _("The plan is kept: %(done)s of %(all)s activities are done, and nothing is late.") % {
        "done": done,
        "all": len(alive),
    }


def _day_or_last(activity: Activity) -> date:
    return day_of(activity) or date.max


def timeline_of(
    programme: Programme, phases: Sequence[Phase], activities: Sequence[Activity], partners: Sequence[Partner]
) -> Timeline:
    """Phases as bars, activities as marks: in one lane what is shared, in a lane of its own what a partner does."""
    today = timezone.localdate()
    lanes = [Lane(label=str(phase.name), span=(phase.starts_on, phase.ends_on)) for phase in phases]
    lanes.append(_lane(_("Shared by all"), [each for each in activities if each.partner_id is None], today))
    for partner in partners:
        own = [each for each in activities if each.partner_id == partner.pk]
        if any(each.state != ActivityState.CANCELLED for each in own):
            lanes.append(_lane(partner.organisation.name, own, today))
    days = [found for each in activities if (found := day_of(each)) is not None]
    ends = [*(phase.ends_on for phase in phases), *days, programme.ends_on]
    starts = [*(phase.starts_on for phase in phases), *days, programme.starts_on]
    return Timeline(
        conclusion=conclusion_of(programme, activities, today),
        lanes=tuple(lanes),
        starts_on=min(starts),
        ends_on=max(ends),
        today=today,
    )


def _lane(label: str, activities: Iterable[Activity], today: date) -> Lane:
    done: list[date] = []
    ahead: list[date] = []
    late: list[date] = []
    for activity in activities:
        found = day_of(activity)
        if found is None or activity.state == ActivityState.CANCELLED:
            continue
        if activity.state == ActivityState.DONE:
            done.append(found)
        else:
            (late if is_late(activity, today) else ahead).append(found)
    return Lane(label=label, done=tuple(done), ahead=tuple(ahead), late=tuple(late))
