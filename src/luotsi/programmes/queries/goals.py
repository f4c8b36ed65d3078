"""Reads: main goals of partners, and findings of programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from luotsi.competence.models import Competence
from luotsi.core.queries import one
from luotsi.people.models import Membership
from luotsi.programmes.models.partners import Finding, MainGoal
from luotsi.programmes.queries.programmes import programmes_for
from luotsi.programmes.rules import GOAL_SETTERS
from luotsi.surveys.queries.workshops import settled_conclusions_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.models.programmes import Programme
    from luotsi.surveys.models import Conclusion


def with_setters(goals: QuerySet[MainGoal]) -> QuerySet[MainGoal]:
    """With `is_own`: whether somebody of the partner itself set the goal, or a coordinator did on its behalf."""
    own = Membership.objects.filter(
        Q(organisation=OuterRef("partner__organisation")) | Q(organisation=OuterRef("partner__organisation__parent")),
        person=OuterRef("set_by"),
        role__in=GOAL_SETTERS,
    )
    is_own = Case(
        When(Exists(own) | Q(partner__sponsor=F("set_by")), then=Value(value=True)), default=Value(value=False)
    )
    return goals.annotate(is_own=is_own).select_related("set_by", "conclusion", "competence")


def goals_of(programme: Programme) -> QuerySet[MainGoal]:
    """Main goals that stand, by partner: what participants and all partners read."""
    found = MainGoal.objects.filter(partner__programme=programme, partner__left_on=None, removed_at=None)
    by_partner = found.select_related("partner__organisation")
    return with_setters(by_partner).order_by("-partner__is_host", "partner__organisation__sort_key", "pk")


def goal_of(partner: Partner, ref: UUID) -> MainGoal:
    return one(partner.main_goals.filter(removed_at=None).select_related("partner__programme__network"), ref)


def removed_goals_of(partner: Partner) -> QuerySet[MainGoal]:
    """What was aimed at once, the newest first."""
    return partner.main_goals.exclude(removed_at=None).select_related("set_by").order_by("-removed_at", "-pk")


def conclusions_to_take(partner: Partner) -> QuerySet[Conclusion]:
    """What HR days of this network ended in for the partner's organisation, and is no main goal here yet."""
    taken = partner.main_goals.filter(removed_at=None, conclusion__isnull=False).values("conclusion")
    settled = settled_conclusions_of(partner.organisation).filter(part__workshop__network=partner.programme.network_id)
    return settled.exclude(pk__in=taken)


def competences_to_name(partner: Partner) -> QuerySet[Competence]:
    """What a goal may be about: the competences of the areas that the partner emphasises."""
    areas = partner.areas.values("area")
    return Competence.objects.filter(area__in=areas).select_related("area__framework").order_by("area", "position")


def findings_of(programme: Programme) -> QuerySet[Finding]:
    return programme.findings.select_related("made_by", "decided_by").order_by("pk")


def finding_in(programme: Programme, ref: UUID) -> Finding:
    return one(findings_of(programme).select_related("programme__network"), ref)


def findings_for_model(person: Person, key: str) -> QuerySet[Finding]:
    """What programmes of the person's networks found about a model, for its next version."""
    programmes = programmes_for(person).filter(model_key=key).order_by().values("pk")
    found = Finding.objects.filter(Q(programme__in=programmes))
    return found.select_related("programme", "made_by", "decided_by").order_by("programme", "pk")
