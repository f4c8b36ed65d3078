"""Reads: the action plan, what is late in it, and how each partner stands to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from luotsi.core.queries import one
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.formats.plan_changes import Change, StandingState, come_to, state_of
from luotsi.programmes.models.plans import Activity, Phase, PlanApproval, PlanChange, PlanComment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.models.programmes import Programme


def phases_of(programme: Programme) -> QuerySet[Phase]:
    return programme.phases.order_by("position", "pk")


def phase_in(programme: Programme, ref: UUID) -> Phase:
    return one(phases_of(programme), ref)


def activities_of(programme: Programme) -> QuerySet[Activity]:
    """All of the plan, by phase; cancelled ones too, as they were."""
    found = programme.activities.select_related("phase", "partner__organisation", "responsible", "programme__network")
    return found.order_by("phase__position", "pk")


def activity_in(programme: Programme, ref: UUID) -> Activity:
    """An activity of this programme, as all who see its plan see it."""
    return one(activities_of(programme), ref)


def comments_of(programme: Programme, activity: Activity | None = None) -> QuerySet[PlanComment]:
    """What was said on the plan as a whole, or on one activity, the oldest first."""
    return programme.plan_comments.filter(activity=activity).select_related("person").order_by("pk")


def day_of(activity: Activity) -> date | None:
    """The day on which it is, or until which it is to be done."""
    return activity.starts_local.date() if activity.starts_local is not None else activity.due_on


def is_late(activity: Activity, today: date) -> bool:
    """Planned still, though its day has passed."""
    day = day_of(activity)
    return activity.state == ActivityState.PLANNED and day is not None and day < today


def late_activities() -> QuerySet[Activity]:
    """Of every programme: planned still, though their day has passed."""
    today = timezone.localdate()
    midnight = datetime.combine(today, time.min, tzinfo=UTC)  # `starts_local` is kept as if it were UTC
    return Activity.objects.filter(
        Q(starts_local__lt=midnight) | Q(due_on__lt=today), state=ActivityState.PLANNED
    ).select_related("programme", "partner__organisation", "responsible")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """What changed of one thing of a plan, in the end. `activity`: which; none: a phase, that `change.about` names."""

    change: Change
    activity: Activity | None
    newest: int  # pk of the newest row that it is made of


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a partner stands to the plan: its newest approval, and what changed for it since."""

    partner: Partner
    state: StandingState
    approval: PlanApproval | None
    differences: tuple[PlanDifference, ...] = ()

    @property
    def is_approved(self) -> bool:
        return self.state is StandingState.APPROVED


def newest_change_of(programme: Programme) -> int:
    """What somebody who sees the plan now has seen; 0 when nothing has changed yet."""
    return programme.plan_changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def standing_of(partner: Partner) -> Standing:
    """Two queries, however much changed."""
    approval = partner.approvals.select_related("person").order_by("-pk").first()
    if approval is None:
        return Standing(partner=partner, state=StandingState.NOT_APPROVED, approval=None)
    since = PlanChange.objects.filter(programme=partner.programme_id, pk__gt=approval.newest_change)
    concerning = since.filter(Q(partner=None) | Q(partner=partner))
    return _standing(partner, approval, concerning.select_related("activity").order_by("pk"))


def standings_of(programme: Programme, partners: Iterable[Partner]) -> list[Standing]:
    """Of each partner, in their order: two queries, however many there are."""
    partners = list(partners)
    newest: dict[int, PlanApproval] = {}
    for approval in PlanApproval.objects.filter(partner__in=partners).select_related("person").order_by("pk"):
        newest[approval.partner_id] = approval
    oldest = min((approval.newest_change for approval in newest.values()), default=0)
    changes = list(programme.plan_changes.filter(pk__gt=oldest).select_related("activity").order_by("pk"))
    return [_standing_among(partner, newest.get(partner.pk), changes) for partner in partners]


def _standing_among(partner: Partner, approval: PlanApproval | None, changes: list[PlanChange]) -> Standing:
    if approval is None:
        return Standing(partner=partner, state=StandingState.NOT_APPROVED, approval=None)
    mine = [row for row in changes if row.pk > approval.newest_change and row.partner_id in {None, partner.pk}]
    return _standing(partner, approval, mine)


def _standing(partner: Partner, approval: PlanApproval, rows: Iterable[PlanChange]) -> Standing:
    differences = differences_in(rows)
    state = state_of(approval.newest_change, [each.change for each in differences])
    return Standing(partner=partner, state=state, approval=approval, differences=tuple(differences))


def differences_in(rows: Iterable[PlanChange]) -> list[PlanDifference]:
    """What rows of changes come to: one difference a thing; what was undone is none."""
    activities: dict[int, Activity] = {}
    newest: dict[object, int] = defaultdict(int)
    changes = []
    for row in rows:
        if row.activity is not None:
            activities[row.activity.pk] = row.activity
        about = row.activity_id if row.activity_id is not None else str(row.after.get("phase_key", ""))
        newest[about] = row.pk
        changes.append(Change(about=about, kind=row.kind, before=row.before, after=row.after))
    return [
        PlanDifference(
            change=net,
            activity=activities.get(net.about) if isinstance(net.about, int) else None,
            newest=newest[net.about],
        )
        for net in come_to(changes)
    ]


def history_of(activity: Activity) -> QuerySet[PlanChange]:
    """What was changed of an activity, the newest first."""
    return activity.changes.select_related("made_by", "activity").order_by("-pk")
