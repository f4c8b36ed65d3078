"""Writes: single entries of the action plan, and words on it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ACTIVITY_MOVES, ActivityState, ChangeKind
from luotsi.programmes.formats.plan_changes import DAYS
from luotsi.programmes.models.plans import Activity, PlanComment
from luotsi.programmes.rules import may_run, may_see_plan, may_speak_for
from luotsi.programmes.services.activities import give_places, tell_calendars
from luotsi.programmes.services.changes import change_of, note, seen_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.actors import Actor
    from luotsi.people.models import Organisation, Person
    from luotsi.programmes.formats.values import ActivityKind
    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.models.plans import Phase
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDetails:
    """What is written down of an activity. At a time (`starts_local`, as the clock shows it), or until a last day."""

    name: Mapping[str, str]
    kind: ActivityKind
    phase: Phase
    text: Mapping[str, str]
    starts_local: datetime | None = None
    minutes: int | None = None
    due_on: date | None = None
    place: str = ""
    link: str = ""
    for_whom: tuple[str, ...] = ()
    is_required: bool = False
    takes_sign_up: bool = False
    capacity: int | None = None
    responsible: Organisation | None = None


@transaction.atomic
def add_activity(
    programme: Programme, *, details: ActivityDetails, by: Actor, partner: Partner | None = None
) -> Activity:
    """Put something into the plan: for all, or as an own one of a partner. Partners concerned are asked again."""
    _refuse_others(programme, partner, by)
    activity = Activity(
        programme=programme, partner=partner, key=f"own-{uuid.uuid4().hex[:12]}", **_columns(programme, details)
    ).insert()
    note(programme, [change_of(activity, ChangeKind.ADDED, before={}, after=seen_of(activity), by=by)])
    audit.record(by=by, verb="programmes.activity_added", subject=activity)
    return activity


@transaction.atomic
def change_activity(activity: Activity, *, details: ActivityDetails, by: Actor) -> None:
    """Write an activity anew. Partners concerned are asked again, unless nothing that they see has changed."""
    locked = _to_change(activity, by)
    before = seen_of(locked)
    locked.amend(**_columns(locked.programme, details), sequence=locked.sequence + 1)
    change = change_of(locked, ChangeKind.CHANGED, before=before, after=seen_of(locked), by=by)
    if change.after and DAYS.issuperset(change.after):
        change.kind = ChangeKind.MOVED
    note(locked.programme, [change])
    if change.after:
        tell_calendars(locked, by=by)
        give_places(locked, by=by)
    audit.record(by=by, verb="programmes.activity_changed", subject=locked, fields=", ".join(sorted(change.after)))


@transaction.atomic
def cancel_activity(activity: Activity, *, by: Actor) -> None:
    """It will not be. The plan goes on showing that it was to be."""
    locked = _to_change(activity, by)
    before = seen_of(locked)
    _move(locked, ActivityState.CANCELLED)
    note(locked.programme, [change_of(locked, ChangeKind.CANCELLED, before=before, after={}, by=by)])
    tell_calendars(locked, by=by)
    audit.record(by=by, verb="programmes.activity_cancelled", subject=locked)


@transaction.atomic
def mark_done(activity: Activity, *, by: Actor, is_done: bool = True) -> None:
    """It has been held or done; or, marked too early, it is planned again. Whoever may change it may mark it."""
    locked = _locked(activity)
    _refuse_others(locked.programme, locked.partner, by)
    _move(locked, ActivityState.DONE if is_done else ActivityState.PLANNED)
    audit.record(by=by, verb="programmes.activity_done" if is_done else "programmes.activity_reopened", subject=locked)


@transaction.atomic
def comment_on_plan(programme: Programme, *, text: str, by: Person, activity: Activity | None = None) -> PlanComment:
    """Say something on the plan or on one activity; coordinators and all partners read it."""
    if not may_see_plan(by, programme):
        raise RefusedError(_("Only coordinators and the partners' people write on the plan."))
    if activity is not None and activity.programme_id != programme.pk:
        raise RefusedError(_("This activity belongs to another programme."))
    comment = PlanComment(programme=programme, activity=activity, person=by, text=text.strip()).insert()
    audit.record(by=by, verb="programmes.plan_commented", subject=comment)
    return comment


@transaction.atomic
def remove_comment(comment: PlanComment, *, by: Actor) -> None:
    """Take one's own words back."""
    if by.actor_ref != comment.person.ref:
        raise RefusedError(_("Only the one who wrote a comment removes it."))
    audit.record(by=by, verb="programmes.plan_comment_removed", subject=comment)
    comment.delete()


def _columns(programme: Programme, details: ActivityDetails) -> dict[str, Any]:
    """Columns as they are stored. Refuses what belongs to another programme."""
    if details.phase.programme_id != programme.pk:
        raise RefusedError(_("Choose a phase of this programme."))
    text = TranslatedText({language: text.strip() for language, text in details.text.items() if text.strip()})
    return {
        "name": TranslatedText({language: name.strip() for language, name in details.name.items() if name.strip()}),
        "kind": details.kind.value,
        "phase": details.phase,
        "text": text or None,
        "starts_local": details.starts_local.replace(tzinfo=UTC) if details.starts_local else None,
        "minutes": details.minutes,
        "due_on": details.due_on,
        "place": details.place.strip(),
        "link": details.link,
        "for_whom": sorted(details.for_whom),
        "is_required": details.is_required,
        "takes_sign_up": details.takes_sign_up,
        "capacity": details.capacity,
        "responsible": details.responsible,
    }


def _locked(activity: Activity) -> Activity:
    locked: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    return locked


def _to_change(activity: Activity, by: Actor) -> Activity:
    locked = _locked(activity)
    _refuse_others(locked.programme, locked.partner, by)
    if locked.state == ActivityState.CANCELLED:
        raise RefusedError(_("This was cancelled already. Add it anew if it is to be after all."))
    if locked.state == ActivityState.DONE:
        raise RefusedError(_("This was done already. Mark it as planned again before you change it."))
    return locked


def _refuse_others(programme: Programme, partner: Partner | None, by: Actor) -> None:
    if partner is None:
        if not may_run(by, programme):
            raise RefusedError(_("What all partners share is changed by a coordinator. Write a comment on it instead."))
    elif partner.programme_id != programme.pk or not may_speak_for(by, partner):
        raise RefusedError(_("Only the partner's own people and coordinators change what it does of its own."))


def _move(activity: Activity, to: ActivityState) -> None:
    if to not in ACTIVITY_MOVES[ActivityState(activity.state)]:
        raise RefusedError(_("The activity is in a state in which this cannot be done. Look at it again."))
    activity.amend(state=to)
