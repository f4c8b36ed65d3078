"""Assessments for stories: plans, tasks, and what somebody has said."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from luotsi.competence.enums import AssessedBy, Moment
from luotsi.competence.models import (
    Assessment,
    AssessmentPlan,
    AssessmentTask,
    Competence,
    GrowthShare,
    PlannedCompetence,
)
from luotsi.people.enums import CircleKind, CircleRole
from luotsi.people.models import Circle, Network, Person
from tests.factories.competence import AreaFactory, CompetenceFactory
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, join


class PlanFactory(factory.django.DjangoModelFactory[AssessmentPlan]):
    class Meta:
        model = AssessmentPlan

    circle = factory.SubFactory(CircleFactory, kind=CircleKind.GROUP, network=factory.SubFactory(NetworkFactory))
    name = factory.Sequence("Plan {}".format)


class TaskFactory(factory.django.DjangoModelFactory[AssessmentTask]):
    """Of oneself, unless it is said otherwise."""

    class Meta:
        model = AssessmentTask

    plan = factory.SubFactory(PlanFactory)
    person = factory.SubFactory(PersonFactory)
    assessor = factory.SelfAttribute("person")
    assessed_by = AssessedBy.SELF
    moment = Moment.START
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class ShareFactory(factory.django.DjangoModelFactory[GrowthShare]):
    class Meta:
        model = GrowthShare

    person = factory.SubFactory(PersonFactory)


def plan_with(*competences: Competence, **values: Any) -> AssessmentPlan:
    """A plan with these competences; with two of one area when none are given."""
    plan = PlanFactory.create(**values)
    area = None if competences else AreaFactory.create()
    chosen = competences or tuple(CompetenceFactory.create(area=area) for _ in range(2))
    for position, competence in enumerate(chosen):
        PlannedCompetence.objects.create(plan=plan, competence=competence, position=position)
    return plan


def planned(plan: AssessmentPlan) -> list[Competence]:
    return [each.competence for each in plan.planned.select_related("competence__area__framework").order_by("position")]


def group_of(*people: Person, network: Network | None = None, mentor: Person | None = None, name: str = "") -> Circle:
    """A group that these people are members of, and who mentors it."""
    values = {"network": network} if network else {"network": NetworkFactory.create()}
    circle = CircleFactory.create(kind=CircleKind.GROUP, name=name, **values)
    for person in people:
        join(circle, person, CircleRole.MEMBER)
    if mentor:
        join(circle, mentor, CircleRole.MENTOR)
    return circle


def said(person: Person, competence: Competence, level: int, on: date, **values: Any) -> Assessment:
    """What somebody said of the person on a day: the person, unless it is said otherwise."""
    row = {"assessor": person, "assessed_by": AssessedBy.SELF, "moment": Moment.OTHER} | values
    return Assessment.objects.create(
        person=person, competence=competence, lineage=competence.lineage, level=level, on=on, **row
    )
