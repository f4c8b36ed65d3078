"""Reads: figures computed from what happened, never typed in by hand; for readers and coordinators of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, Sum, TextField, Value
from django.db.models.functions import Cast, TruncDate, TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core.queries import one
from luotsi.insight.enums import DEFINITIONS, Indicator
from luotsi.insight.models import FigureQuestion, Snapshot
from luotsi.mentoring.enums import How, RelationshipState
from luotsi.mentoring.models import Relationship, Session
from luotsi.passport.enums import ClaimState
from luotsi.passport.models import Claim
from luotsi.people.enums import Role
from luotsi.people.queries import network_for as people_network_for
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import ApplicationState, PartRole
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.participations import Participation
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from luotsi.people.models import Network, Person
    from luotsi.web.components import Waiting

MINUTES = 60
KIND = "insight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One indicator's value on a day, with what it counts."""

    indicator: Indicator
    value: float
    label: str | Promise
    definition: str | Promise


def network_for(person: Person, ref: UUID) -> Network:
    """A network whose figures the person reads or answers for. Raises NotThereError."""
    return people_network_for(person, ref, Role.READER, Role.COORDINATOR)


def figures_of(network: Network, on: date) -> list[Figure]:
    """All indicators as they stood at the end of a day. Seven queries, however much has happened."""
    values = _values(network, on)
    return [Figure(indicator=key, value=values[key], label=key.label, definition=DEFINITIONS[key]) for key in Indicator]


def _values(network: Network, on: date) -> dict[Indicator, float]:
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    parts = Participation.objects.filter(programme__network=network, created_at__lt=end).aggregate(
        mentors=Count("person", Q(role=PartRole.MENTOR), distinct=True),
        mentees=Count("person", Q(role=PartRole.MENTEE), distinct=True),
    )
    pairs = Relationship.objects.filter(programme__network=network, created_at__lt=end).aggregate(
        began=Count("pk"),
        completed=Count("pk", Q(state=RelationshipState.COMPLETED, ended_at__lt=end)),
        ended_early=Count("pk", Q(state=RelationshipState.ENDED_EARLY, ended_at__lt=end)),
    )
    held = sessions_held(network).filter(held_on__lte=on).aggregate(number=Count("pk"), minutes=Sum("minutes"))
    claims = Claim.objects.filter(mark__network=network).aggregate(
        submitted=Count("pk", Q(submitted_at__lt=end)),
        awarded=Count("pk", Q(state=ClaimState.AWARDED, decided_at__lt=end)),
    )
    applications = Application.objects.filter(round__programme__network=network, submitted_on__lte=on)
    return {
        Indicator.APPLICATIONS: applications.exclude(state=ApplicationState.DRAFT).count(),
        Indicator.MENTORS: parts["mentors"],
        Indicator.MENTEES: parts["mentees"],
        Indicator.PAIRS: pairs["began"],
        Indicator.SESSIONS: held["number"],
        Indicator.HOURS: round((held["minutes"] or 0) / MINUTES, 1),
        Indicator.COMPLETED: pairs["completed"],
        Indicator.ENDED_EARLY: pairs["ended_early"],
        Indicator.CLAIMS: claims["submitted"],
        Indicator.MARKS: claims["awarded"],
    }


def sessions_held(network: Network) -> QuerySet[Session]:
    return Session.objects.filter(relationship__programme__network=network).exclude(how=How.NOT_HELD)


def sessions_by_month(network: Network) -> list[tuple[date, int]]:
    """Meetings held in each month, the first month first."""
    months = sessions_held(network).annotate(month=TruncMonth("held_on")).values("month").annotate(number=Count("pk"))
    return [(row["month"], row["number"]) for row in months.order_by("month")]


def snapshots_of(network: Network) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(network=network).select_related("taken_by").order_by("-on", "-pk")


def snapshot_of(network: Network, ref: UUID) -> Snapshot:
    return one(snapshots_of(network), ref)


def questions_of(network: Network) -> QuerySet[FigureQuestion]:
    questions = FigureQuestion.objects.filter(network=network)
    return questions.select_related("asked_by", "answered_by").order_by("-created_at", "-pk")


def question_of(network: Network, ref: UUID) -> FigureQuestion:
    return one(questions_of(network), ref)


def waiting_for(person: Person) -> list[QuerySet[Any, Any]]:
    """Questions for coordinators, as rows to be asked for together with others. `also` is the ref of the network."""
    networks = networks_for(person, Role.COORDINATOR)
    waiting = FigureQuestion.objects.filter(network__in=networks, answered_at=None).order_by()
    network, nothing = Cast("network__ref", TextField()), Value("", TextField())
    return [waiting.values_list(Value(KIND, TextField()), "ref", "text", network, nothing, TruncDate("created_at"))]


def thing_of(row: Waiting) -> NextThing:
    """What a row of `waiting_for` comes to."""
    return NextThing(
        title=_("Answer a question about a figure"),
        text=row.name[:200],
        by_when=row.until + timedelta(days=7),
        address=reverse("insight:answer", args=[UUID(row.also), row.ref]),
        label=_("Answer"),
        weight=40,
    )
