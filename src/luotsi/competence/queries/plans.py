"""Reads: assessment plans for coordinators (that something was asked and done, never what), and who may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from luotsi.competence.enums import AssessedBy, Moment, TaskState
from luotsi.competence.models import Area, AssessmentPlan, AssessmentTask, Competence, PlannedCompetence
from luotsi.competence.rules import REMINDED_AT_MOST_EVERY
from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import CircleKind, CircleRole, Role
from luotsi.people.models import Circle, CircleMember, Membership, Person
from luotsi.people.queries import networks_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

LED = (CircleRole.MENTEE, CircleRole.MEMBER)  # roles of those whom a circle's mentors know


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be asked to assess a person, and as what."""

    person: Person
    assessed_by: AssessedBy

    @property
    def key(self) -> str:
        """How a form names the choice."""
        return f"{self.assessed_by}:{self.person.ref}"

    @property
    def label(self) -> str:
        return f"{self.person} ({self.assessed_by.label})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentStanding:
    """How a moment of a plan stands: how many were asked and have done it."""

    moment: Moment
    asked: int
    done: int


def plans_for(person: Person) -> QuerySet[AssessmentPlan]:
    """Plans of the networks that the person coordinates, the newest first."""
    found = AssessmentPlan.objects.filter(circle__network__in=networks_for(person, Role.COORDINATOR))
    return found.select_related("circle__network").order_by("-created_at", "-pk")


def plans_with_counts(person: Person) -> QuerySet[Any]:
    """With `asked` and `done`, how many tasks there are."""
    open_or_done = ~Q(tasks__state=TaskState.CLOSED)
    return plans_for(person).annotate(
        asked=Count("tasks", filter=open_or_done), done=Count("tasks", filter=Q(tasks__state=TaskState.DONE))
    )


def plan_for(person: Person, ref: UUID) -> AssessmentPlan:
    """A plan for a coordinator."""
    return one(plans_for(person), ref)


def own_plan_for(person: Person, ref: UUID) -> AssessmentPlan:
    """A plan in which the person is assessed, while it is open: to ask somebody oneself."""
    mine = AssessmentTask.objects.filter(plan=OuterRef("pk"), person=person).exclude(state=TaskState.CLOSED)
    return one(AssessmentPlan.objects.filter(Exists(mine), ended_at=None).select_related("circle__network"), ref)


def own_plans_of(person: Person) -> QuerySet[AssessmentPlan]:
    """Open plans in which the person is assessed."""
    mine = AssessmentTask.objects.filter(plan=OuterRef("pk"), person=person).exclude(state=TaskState.CLOSED)
    return AssessmentPlan.objects.filter(Exists(mine), ended_at=None).order_by("-pk")


def planned_in(plan: AssessmentPlan) -> QuerySet[PlannedCompetence]:
    return plan.planned.select_related("competence__area__framework").order_by("position")


def has_begun(plan: AssessmentPlan) -> bool:
    """Whether anybody has been asked: from then on the competences stay as they are."""
    return plan.tasks.exists()


def tasks_in(plan: AssessmentPlan) -> QuerySet[AssessmentTask]:
    """Who was asked about whom."""
    return plan.tasks.select_related("person", "assessor")


def standings_of(plan: AssessmentPlan) -> list[MomentStanding]:
    """By moment, in the order of time. One query."""
    rows = plan.tasks.exclude(state=TaskState.CLOSED).order_by().values("moment")
    counted = rows.annotate(asked=Count("pk"), done=Count("pk", filter=Q(state=TaskState.DONE)))
    found = {row["moment"]: row for row in counted}
    return [
        MomentStanding(moment=moment, asked=found[moment]["asked"], done=found[moment]["done"])
        for moment in Moment
        if moment in found
    ]


def may_remind_now(plan: AssessmentPlan) -> bool:
    """Whether the last reminder is long enough ago."""
    return plan.reminded_on is None or timezone.localdate() - plan.reminded_on >= REMINDED_AT_MOST_EVERY


def circles_to_plan_for(person: Person) -> list[Circle]:
    """Circles of the coordinator's networks that have members: programmes and groups first, then pairs."""
    members = CircleMember.objects.current().select_related("person").order_by("person__sort_key", "pk")
    circles = Circle.objects.filter(
        Exists(CircleMember.objects.current().filter(circle=OuterRef("pk"))),
        network__in=networks_for(person, Role.COORDINATOR),
    )
    pairs = Prefetch("members", members, to_attr="current_members")
    found = circles.prefetch_related(pairs).order_by("name", "pk")
    return sorted(found, key=lambda circle: (list(CircleKind).index(CircleKind(circle.kind)), circle.name))


def name_of_circle(circle: Circle) -> str:
    """A pair is known by its two, when they were fetched with it; every other circle by its name."""
    members = getattr(circle, "current_members", None)
    if circle.kind == CircleKind.PAIR and members is not None:
        return " – ".join(str(member.person) for member in members)
    return circle.name or circle.get_kind_display()


def people_to_assess_in(circle: Circle) -> list[Person]:
    """The circle's people, but for those who lead it: mentors are assessed only where there are no others."""
    members = list(CircleMember.objects.current().filter(circle=circle).exclude(role=CircleRole.COORDINATOR))
    led = {member.person_id for member in members if member.role in LED}
    wanted = led or {member.person_id for member in members}
    return list(Person.objects.present().filter(pk__in=wanted).order_by("sort_key", "pk"))


def mentors_of(people: Iterable[Person], circle: Circle) -> dict[int, list[Person]]:
    """The current mentors of each, by key, in pairs and groups of the circle's network. Two queries.

    A programme does not count: its mentors know their own mentees, not everybody in it.
    """
    led = CircleMember.objects.current().filter(person__in=list(people), role__in=LED)
    led = led.filter(Q(circle=circle) | Q(circle__network=circle.network_id))
    leading = CircleMember.objects.current().filter(role=CircleRole.MENTOR, circle__in=led.values("circle"))
    by_circle: dict[int, list[Person]] = {}
    for member in leading.exclude(circle__kind=CircleKind.PROGRAMME).select_related("person").order_by("pk"):
        if member.person.erased_at is None:
            by_circle.setdefault(member.circle_id, []).append(member.person)
    found: dict[int, list[Person]] = {}
    for person_id, circle_id in led.values_list("person", "circle"):
        for mentor in by_circle.get(circle_id, []):
            if mentor.pk != person_id and mentor not in found.setdefault(person_id, []):
                found[person_id].append(mentor)
    return found


def candidates_for(person: Person, plan: AssessmentPlan) -> list[Candidate]:
    """Who may be asked about the person by a coordinator: mentors, peers, the workplace, the network's assessors."""
    network = plan.circle.network_id
    return [
        *_as(AssessedBy.MENTOR, mentors_of([person], plan.circle).get(person.pk, [])),
        *_as(AssessedBy.PEER, _peers(person, plan.circle)),
        *_as(AssessedBy.WORKPLACE, _colleagues(person)),
        *_as(AssessedBy.ASSESSOR, _assessors(person, network)),
    ]


def own_candidates_for(person: Person, plan: AssessmentPlan) -> list[Candidate]:
    """Whom the person may ask: mentors, and people of the own pairs and groups."""
    return [
        *_as(AssessedBy.MENTOR, mentors_of([person], plan.circle).get(person.pk, [])),
        *_as(AssessedBy.PEER, _peers(person, plan.circle)),
    ]


def _as(assessed_by: AssessedBy, people: Iterable[Person]) -> list[Candidate]:
    return [Candidate(person=person, assessed_by=assessed_by) for person in people]


def _peers(person: Person, circle: Circle) -> QuerySet[Person]:
    """Those who are led in the same circle; of a programme, those of the same groups."""
    mine = CircleMember.objects.current().filter(person=person, role__in=LED)
    mine = mine.filter(circle=circle) if circle.kind != CircleKind.PROGRAMME else mine.filter(circle__parent=circle)
    theirs = CircleMember.objects.current().filter(circle__in=mine.values("circle"), role__in=LED)
    return _others(person).filter(pk__in=theirs.values("person"))


def _colleagues(person: Person) -> QuerySet[Person]:
    mine = Membership.objects.current().filter(person=person, organisation__isnull=False)
    theirs = Membership.objects.current().filter(organisation__in=mine.values("organisation"))
    return _others(person).filter(pk__in=theirs.values("person"))


def _assessors(person: Person, network: int | None) -> QuerySet[Person]:
    found = Membership.objects.current().filter(network=network, network__isnull=False, role=Role.ASSESSOR)
    return _others(person).filter(pk__in=found.values("person"))


def _others(person: Person) -> QuerySet[Person]:
    found: QuerySet[Person] = Person.objects.present().exclude(pk=person.pk).order_by("sort_key", "pk")
    return found


def areas_to_choose_from(plan: AssessmentPlan) -> QuerySet[Area]:
    """Areas of current frameworks, everybody's and the network's own, in which something is assessed."""
    own = Q(framework__network=None) | Q(framework__network=plan.circle.network_id)
    found = Area.objects.filter(own, framework__retired_at=None, competences__isnull=False).distinct()
    return found.select_related("framework").order_by("framework__pk", "position")


def competences_to_choose_from(area: Area) -> QuerySet[Competence]:
    return area.competences.order_by("position")


def moment_now(plan: AssessmentPlan, person: Person) -> Moment:
    """Of which time an assessment speaks that the person asks for: as the person's own newest task in the plan."""
    mine = plan.tasks.filter(person=person, assessed_by=AssessedBy.SELF).exclude(state=TaskState.CLOSED)
    newest = mine.order_by("-pk").first()
    return Moment(newest.moment) if newest else Moment.OTHER


def person_in(plan: AssessmentPlan, ref: UUID) -> Person:
    """Somebody of the plan's circle. Raises NotThereError."""
    found = next((person for person in people_to_assess_in(plan.circle) if person.ref == ref), None)
    if found is None:
        raise NotThereError
    return found


def planned_by_area(plan: AssessmentPlan) -> dict[int, int]:
    """How many competences of an area the plan has, by the area's key."""
    rows = plan.planned.order_by().values_list("competence__area").annotate(count=Count("pk"))
    return dict(rows)
