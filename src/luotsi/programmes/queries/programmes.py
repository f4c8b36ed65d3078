"""Reads: programmes, for coordinators and for everybody; how many came how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Sum

from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import ApplicationState, PartRole, ProgrammeState, RoundState
from luotsi.programmes.formats.calendar import spans_of
from luotsi.programmes.formats.values import Stage
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person


def programmes_for(person: Person) -> QuerySet[Programme]:
    """Programmes of the networks that the person coordinates."""
    networks = networks_for(person, Role.COORDINATOR)
    return Programme.objects.filter(network__in=networks).select_related("network", "circle")


def programme_for(person: Person, ref: UUID) -> Programme:
    return one(programmes_for(person), ref)


def open_programmes() -> QuerySet[Programme]:
    """What everybody may know of: open programmes, the next to start first."""
    recruiting = Round.objects.filter(programme=OuterRef("pk"), state=RoundState.RECRUITING)
    return (
        Programme.objects.filter(state=ProgrammeState.OPEN)
        .annotate(is_recruiting=Exists(recruiting))
        .select_related("network")
        .order_by("starts_on", "pk")
    )


def open_programme(ref: UUID) -> Programme:
    return one(open_programmes(), ref)


def round_of(programme: Programme) -> Round | None:
    """The newest round; none while the programme is a draft."""
    return programme.rounds.select_related("programme__network", "programme__circle").order_by("-number").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPhase:
    """A phase on the programme's own days; the last day is the phase's own too."""

    key: str
    name: TranslatedText
    text: TranslatedText
    starts_on: date
    ends_on: date
    stage: Stage = Stage.RUNNING


def plan_of(programme: Programme) -> list[PlannedPhase]:
    """The phases in their order. Of a programme that has none of its own: those of its model, one after the other."""
    return [
        PlannedPhase(
            key=phase.key,
            name=phase.name,
            text=phase.aim or TranslatedText(),
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
            stage=Stage(phase.stage or Stage.RUNNING),
        )
        for phase in programme.phases.order_by("position")
    ] or _plan_of_model(programme)


def _plan_of_model(programme: Programme) -> list[PlannedPhase]:
    phases = model_in(programme.description).phases
    spans = spans_of(programme.starts_on, [phase.weeks for phase in phases])
    return [
        PlannedPhase(
            key=phase.key,
            name=TranslatedText(phase.name),
            text=TranslatedText(phase.aim),
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            stage=phase.stage,
        )
        for phase, span in zip(phases, spans, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """How many came how far. Applications by state; who takes part, as what; whose place is booked.

    Somebody who is mentor and mentee is one of the people, and one of either.
    """

    applications: Mapping[str, int]
    people: int
    people_with_pair: int
    mentors: int
    mentees: int
    mentees_with_pair: int
    all_places: int
    places_booked: int

    @property
    def applied(self) -> int:
        return sum(self.applications.values()) - self.applications.get(ApplicationState.DRAFT, 0)

    @property
    def undecided(self) -> int:
        return self.applications.get(ApplicationState.SUBMITTED, 0)


def funnel_of(programme: Programme) -> Funnel:
    """Two queries, however many people there are."""
    rows = Application.objects.filter(round__programme=programme).values_list("state").annotate(count=Count("pk"))
    mentors, mentees = Q(role=PartRole.MENTOR), Q(role=PartRole.MENTEE)
    sums = Participation.objects.filter(programme=programme).aggregate(
        people=Count("person", distinct=True),
        people_with_pair=Count("person", distinct=True, filter=Q(places_taken__gt=0)),
        mentors=Count("pk", filter=mentors),
        mentees=Count("pk", filter=mentees),
        mentees_with_pair=Count("pk", filter=mentees & Q(places_taken__gt=0)),
        all_places=Sum("places", filter=mentors, default=0),
        places_booked=Sum("places_taken", filter=mentors, default=0),
    )
    return Funnel(applications=dict(rows), **sums)
