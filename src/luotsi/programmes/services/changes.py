"""Writes: that a plan changed, and asking again those who had approved it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from luotsi.comms.services import tell
from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.people.models import Person
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import ChangeKind
from luotsi.programmes.formats.plan_changes import StandingState
from luotsi.programmes.messages.plan_letters import asked_again
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import PlanChange
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.plans import newest_change_of, standing_of, standings_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.core.actors import Actor
    from luotsi.programmes.models.plans import Activity, Phase

COLLECTED = timedelta(minutes=10)  # changes made one after the other come in one letter


def seen_of(activity: Activity) -> dict[str, Any]:
    """What people see of an activity, as it is kept with a change."""
    return {
        "name": dict(activity.name),
        "text": dict(activity.text or {}),
        "kind": activity.kind,
        "phase": dict(activity.phase.name),
        "responsible": activity.responsible.name if activity.responsible else "",
        "starts_local": activity.starts_local.strftime("%Y-%m-%dT%H:%M") if activity.starts_local else "",
        "minutes": activity.minutes,
        "due_on": activity.due_on.isoformat() if activity.due_on else "",
        "place": activity.place,
        "link": activity.link,
        "for_whom": sorted(activity.for_whom),
        "is_required": activity.is_required,
        "takes_sign_up": activity.takes_sign_up,
        "capacity": activity.capacity,
    }


def seen_of_phase(phase: Phase) -> dict[str, Any]:
    days = {"starts_on": phase.starts_on.isoformat(), "ends_on": phase.ends_on.isoformat()}
    return {"phase_key": phase.key, **days}


def change_of(
    activity: Activity, kind: ChangeKind, *, before: dict[str, Any], after: dict[str, Any], by: Actor
) -> PlanChange:
    """The columns of an activity that changed, not written yet."""
    columns = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return PlanChange(
        programme=activity.programme,
        partner=activity.partner,
        activity=activity,
        kind=kind,
        before={name: before[name] for name in columns if name in before},
        after={name: after[name] for name in columns if name in after},
        made_by=by if isinstance(by, Person) else None,
    )


def change_of_phase(phase: Phase, *, before: dict[str, Any], by: Actor) -> PlanChange:
    """That a phase has other days, not written yet. It concerns all partners."""
    return PlanChange(
        programme=phase.programme,
        kind=ChangeKind.MOVED,
        before=before,
        after=seen_of_phase(phase),
        made_by=by if isinstance(by, Person) else None,
    )


def note(programme: Programme, changes: list[PlanChange]) -> None:
    """Keep what changed, leaving out what did not. Partners who had approved it as it was are asked again, soon.

    The programme is locked, so that changes are numbered in the order in which others see them.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    changes = [change for change in changes if change.before != change.after]
    partners = Partner.objects.filter(programme=programme, left_on=None)
    approved = [standing.partner for standing in standings_of(programme, partners) if standing.is_approved]
    for change in changes:
        change.insert()
    _know_what_was_undone(programme, partners)
    for partner in approved:
        if any(change.partner_id in {None, partner.pk} for change in changes):
            jobs.enqueue("programmes.ask_again", run_at=timezone.now() + COLLECTED, partner_ref=partner.ref)


def _know_what_was_undone(programme: Programme, partners: QuerySet[Partner]) -> None:
    """For whom all changes since the yes have been undone, that yes is one to the plan as it stands now."""
    newest = newest_change_of(programme)
    for standing in standings_of(programme, partners):
        if standing.is_approved and standing.approval is not None and standing.approval.newest_change < newest:
            standing.approval.amend(newest_change=newest)


def ask_again(partner_ref: UUID) -> int:
    """Tell a partner's contacts, or those who steer it, that the plan changed; nobody, if that was undone meanwhile."""
    partner = Partner.objects.select_related("programme", "organisation").filter(ref=partner_ref, left_on=None).first()
    if partner is None or (standing := standing_of(partner)).state is not StandingState.ASKED_AGAIN:
        return 0
    people = [contact.person for contact in partner.contacts.select_related("person").order_by("pk")]
    if standing.approval is not None and standing.approval.person not in people:
        people.append(standing.approval.person)
    present = [person for person in people if person.erased_at is None]
    for person in present:
        tell(lambda: asked_again(standing), to=recipient_of(person), by=SYSTEM)
    return len(present)
