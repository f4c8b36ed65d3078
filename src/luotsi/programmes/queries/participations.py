"""Reads: who takes part and could be paired now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Sum, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.core.words.keys import search_key
from luotsi.programmes.enums import AttendanceState, DataMoment, ParticipationState, PartRole, ProgrammeState
from luotsi.programmes.models.activities import Attendance
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.queries.programmes import programmes_for
from luotsi.programmes.queries.training import comes_first, trained
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.programmes import Programme
    from luotsi.web.components import Waiting


GIVEN = {DataMoment.START: "start_data_given_on", DataMoment.END: "end_data_given_on"}
LAST_DAYS = timedelta(days=14)  # of a programme, in which the data of the end is asked for


def people_of(programme: Programme, *, state: str = "", role: str = "", wanted: str = "") -> QuerySet[Participation]:
    """Who takes or took part, narrowed by state, role and a part of the name."""
    found = Participation.objects.filter(programme=programme)
    if state:
        found = found.filter(state=state)
    if role:
        found = found.filter(role=role)
    if wanted.strip():
        found = found.filter(person__search_key__contains=search_key(wanted))
    return found.select_related("person", "programme__network", "application__organisation")


def part_in(programme: Programme, ref: UUID) -> Participation:
    found = people_of(programme).select_related(
        "person", "application__round", "programme__network", "programme__circle"
    )
    return one(found, ref)


def parts_by(person: Person) -> QuerySet[Participation]:
    """The person's own parts, the newest first."""
    found = Participation.objects.filter(person=person).order_by("-pk")
    return found.select_related("person", "application__round", "programme__network", "programme__circle")


def part_by(person: Person, ref: UUID) -> Participation:
    return one(parts_by(person), ref)


def part_for(person: Person, ref: UUID) -> Participation:
    """The person's own, or one in a programme that the person coordinates."""
    found = Participation.objects.filter(Q(person=person) | Q(programme__in=programmes_for(person)))
    return one(found.select_related("person", "application__round", "programme__network", "programme__circle"), ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStanding:
    """How a part stands, for who looks at it. `minutes`: in meetings and in activities together."""

    part: Participation
    is_trained: bool
    minutes: int

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


def standings_of(programme: Programme, parts: Sequence[Participation]) -> list[PartStanding]:
    """With training and hours. The same number of queries, however many there are."""
    keys = [part.pk for part in parts]
    done = set(trained(Participation.objects.filter(pk__in=keys), programme).values_list("pk", flat=True))
    attended = Attendance.objects.filter(
        activity__programme=programme,
        state=AttendanceState.ATTENDED,
        person__in=[part.person_id for part in parts],
    )
    minutes = dict(attended.values_list("person").annotate(sum=Sum("activity__minutes", default=0)))
    return [
        PartStanding(
            part=part,
            is_trained=part.pk in done,
            minutes=part.minutes_mentored + minutes.get(part.person_id, 0),
        )
        for part in parts
    ]


DATA_KIND = "programmes.data"


def waiting_for(person: Person) -> list[QuerySet[Participation, Any]]:
    """Parts whose data of the start, or of the end, the funder waits for. One query for several tables."""
    today = timezone.localdate()
    here = [ParticipationState.ACTIVE, ParticipationState.PAUSED, ParticipationState.COMPLETED]
    funded = Participation.objects.filter(person=person, state__in=here, programme__state=ProgrammeState.OPEN).exclude(
        programme__project_code="", programme__project_link=""
    )
    started = Q(start_data_given_on=None, programme__starts_on__lte=today)
    ends = Q(end_data_given_on=None, programme__ends_on__lte=today + LAST_DAYS)
    nothing = Value("", TextField())
    row = (Value(DATA_KIND, TextField()), "ref", Cast("programme__name", TextField()), nothing, nothing)
    return [funded.filter(started | ends).values_list(*row, "programme__ends_on")]


def thing_of(row: Waiting) -> NextThing:
    """What a row of `waiting_for` comes to."""
    return NextThing(
        title=_("Give your data to the funder: %(programme)s") % {"programme": TranslatedText(json.loads(row.name))},
        text=_("You give it in the funder's own service, and tick here that it is done."),
        by_when=None,
        address=reverse("programmes:my_part", args=[row.ref]),
        label=_("Open the page"),
        weight=32,
    )


def part_with(programme: Programme, person_ref: UUID, role: PartRole) -> Participation | None:
    """Somebody's part in a role."""
    return Participation.objects.filter(programme=programme, person__ref=person_ref, role=role).first()


def missing_data_of(programme: Programme, moment: DataMoment) -> QuerySet[Participation]:
    """Who has not said to have given the data to the funder."""
    here = [ParticipationState.ACTIVE, ParticipationState.PAUSED, ParticipationState.COMPLETED]
    found = Participation.objects.filter(programme=programme, state__in=here, person__erased_at=None)
    found = found.filter(**{GIVEN[moment]: None}).select_related("person", "programme__network")
    return found.order_by("person__sort_key", "pk")


def parts_of(application: Application) -> QuerySet[Participation]:
    """What came of an accepted application: a part for each role."""
    found = Participation.objects.filter(application=application).order_by("pk")
    return found.select_related("application__round", "person", "programme__network", "programme__circle")


def free_participations_of(programme: Programme) -> QuerySet[Participation]:
    """Who takes part now and has a free place; with the required training, where the model wants it first."""
    kept = ("person", "application__organisation__parent", "programme__network")
    return _free_in(programme).select_related(*kept).order_by("pk")


def _free_in(programme: Programme) -> QuerySet[Participation]:
    free = Participation.objects.free().filter(programme=programme, person__erased_at=None)
    return trained(free, programme) if comes_first(programme) else free


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeCounts:
    """Who could be paired now."""

    mentees: int
    mentors: int
    places_free: int


def free_counts_of(programme: Programme) -> FreeCounts:
    mentors = Q(role=PartRole.MENTOR)
    return FreeCounts(
        **_free_in(programme).aggregate(
            mentees=Count("pk", filter=Q(role=PartRole.MENTEE)),
            mentors=Count("pk", filter=mentors),
            places_free=Sum(F("places") - F("places_taken"), filter=mentors, default=0),
        )
    )
