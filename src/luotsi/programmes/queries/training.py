"""Reads: who has done the training that comes before being matched, and who lacks what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate

from luotsi.programmes.enums import ActivityState, AnswerState, AttendanceState, ParticipationState
from luotsi.programmes.formats.values import ActivityKind, Stage
from luotsi.programmes.models.activities import AssignmentAnswer, Attendance
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.plans import Activity, Phase
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.programmes.models.programmes import Programme

TRAINING: Final = (ActivityKind.TRAINING_SESSION.value, ActivityKind.INTERIM_ASSIGNMENT.value)


def comes_first(programme: Programme) -> bool:
    """Whether nobody is matched without the training, as the programme's model says."""
    return model_in(programme.description).matching.training_first


def required_training_of(programme: Programme) -> list[Activity]:
    """What must have been done before somebody is matched: required sessions and assignments, up to when pairs form.

    What comes in a later phase than the last one in which pairs are formed cannot be waited for; where no phase is for
    that, all of it counts. One query, or two.
    """
    found = programme.activities.filter(kind__in=TRAINING, is_required=True).exclude(state=ActivityState.CANCELLED)
    forming = Phase.objects.filter(programme=programme, stage=Stage.MATCHING.value).order_by("-position").first()
    if forming is not None:
        found = found.filter(phase__position__lte=forming.position)
    day = Coalesce(TruncDate("starts_local", tzinfo=UTC), "due_on")
    dated: QuerySet[Any, Any] = found.select_related("partner", "phase").annotate(day=day)
    return sorted(dated, key=lambda each: (each.phase.position, each.day or date.max, each.pk))


def trained(parts: QuerySet[Participation], programme: Programme) -> QuerySet[Participation]:
    """Those of the parts in the programme that lack nothing of the required training. No query of its own for each."""
    for activity in required_training_of(programme):
        parts = parts.filter(~_concerned(activity) | _has_done(activity))
    return parts


def training_done(participation: Participation) -> bool:
    """Whether the person was at every required session, and every required assignment was accepted."""
    mine = Participation.objects.filter(pk=participation.pk)
    return trained(mine, participation.programme).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Somebody who takes part, and what he or she has yet to do before being matched."""

    part: Participation
    activities: tuple[Activity, ...]


def lacking_in(programme: Programme) -> list[Lacking]:
    """Who takes part and lacks something of the required training, by name. One query for each required activity."""
    required = required_training_of(programme)
    found: dict[int, list[Activity]] = {}
    here = Participation.objects.filter(
        programme=programme, state=ParticipationState.ACTIVE, person__erased_at=None
    ).select_related("person", "application__organisation")
    parts = {part.pk: part for part in here.order_by("person__sort_key", "pk")}
    for activity in required:
        for key in here.filter(_concerned(activity)).exclude(_has_done(activity)).values_list("pk", flat=True):
            found.setdefault(key, []).append(activity)
    return [Lacking(part=part, activities=tuple(found[key])) for key, part in parts.items() if key in found]


def _concerned(activity: Activity) -> Q:
    """Parts whose role it is for, in the partner's organisations where it is a partner's own."""
    parts = Participation.objects.filter(programme=activity.programme_id, role__in=activity.for_whom)
    if activity.partner is not None:
        place = activity.partner.organisation_id
        parts = parts.filter(
            Q(application__organisation=place)
            | Q(application__organisation__parent=place)
            | Q(application__organisation__parent__parent=place)
        )
    return Q(pk__in=parts.values("pk"))


def _has_done(activity: Activity) -> Q:
    mine = {"activity": activity, "person": OuterRef("person")}
    if activity.kind == ActivityKind.INTERIM_ASSIGNMENT:
        return Q(Exists(AssignmentAnswer.objects.filter(state=AnswerState.ACCEPTED, **mine)))
    return Q(Exists(Attendance.objects.filter(state=AttendanceState.ATTENDED, **mine)))
