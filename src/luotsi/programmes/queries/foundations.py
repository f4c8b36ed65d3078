"""Reads: what carries a programme: goals, action plan, coordinated support, follow-up, evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from luotsi.programmes.enums import ActivityState, FindingState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.models.partners import MainGoal, PartnerContact
from luotsi.programmes.queries.plans import standings_of

if TYPE_CHECKING:
    from luotsi.programmes.models.programmes import Programme

SUPPORT = (ActivityKind.TRAINING_SESSION, ActivityKind.PEER_SUPPORT, ActivityKind.MENTOR_HR_MEETING)
FOLLOW_UP = (ActivityKind.SURVEY, ActivityKind.MIDWAY)
EVALUATION = (ActivityKind.EVALUATION,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Activities of the plan: how many there are, and how many of them are behind."""

    planned: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundations:
    """What is known of each of the five. Of partners only those who have not left count."""

    partners: int
    with_goal: int
    with_contact: int
    approved: int
    activities: int
    support: Held
    follow_up: Held
    evaluation: Held
    findings: int
    findings_decided: int


def foundations_of(programme: Programme) -> Foundations:
    """Five queries, however many partners and activities there are."""
    goals = MainGoal.objects.filter(partner=OuterRef("pk"), removed_at=None)
    contacts = PartnerContact.objects.filter(partner=OuterRef("pk"))
    partners = list(
        programme.partners.filter(left_on=None).annotate(has_goal=Exists(goals), has_contact=Exists(contacts))
    )
    standings = standings_of(programme, partners) if partners else []
    counted = _activities(programme)
    findings = programme.findings.aggregate(
        all=Count("pk"), decided=Count("pk", filter=~Q(state=FindingState.PROPOSED))
    )
    return Foundations(
        partners=len(partners),
        with_goal=sum(partner.has_goal for partner in partners),
        with_contact=sum(partner.has_contact for partner in partners),
        approved=sum(standing.is_approved for standing in standings),
        activities=sum(counted.values()),
        support=_held(counted, SUPPORT),
        follow_up=_held(counted, FOLLOW_UP),
        evaluation=_held(counted, EVALUATION),
        findings=findings["all"],
        findings_decided=findings["decided"],
    )


def _activities(programme: Programme) -> dict[tuple[str, str], int]:
    """How many there are of each kind in each state, without what was cancelled."""
    rows = programme.activities.exclude(state=ActivityState.CANCELLED).order_by().values_list("kind", "state")
    return {(kind, state): count for kind, state, count in rows.annotate(count=Count("pk"))}


def _held(counted: dict[tuple[str, str], int], kinds: tuple[ActivityKind, ...]) -> Held:
    mine = {key: count for key, count in counted.items() if key[0] in kinds}
    return Held(
        planned=sum(mine.values()), done=sum(count for key, count in mine.items() if key[1] == ActivityState.DONE)
    )
