"""Reads: applications, for coordinators and for whoever applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from luotsi.core.models import AuditEntry
from luotsi.core.queries import one
from luotsi.core.words.keys import search_key
from luotsi.people.enums import Role
from luotsi.people.models import Organisation, Person
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import PARTS_OF, UNDECIDED, ApplicationState, BatchOutcome, PartRole
from luotsi.programmes.models.applications import Application, Interview, LetterTemplate
from luotsi.programmes.models.batches import Batch
from luotsi.programmes.queries.programmes import round_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Network
    from luotsi.programmes.models.programmes import Programme, Round

HELD, NOT_HELD = "held", "not_held"
MOST_IN_HISTORY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which applications to show. Empty: all. `waiting`: undecided for at least so many days; `name`: a part of it."""

    state: str = ""
    role: str = ""
    name: str = ""
    organisation: str = ""
    waiting: str = ""
    interview: str = ""


def applications_of(programme: Programme, wanted: Wanted | None = None) -> QuerySet[Application]:
    """Applications to all rounds, narrowed by what is wanted."""
    found = Application.objects.filter(round__programme=programme).exclude(state=ApplicationState.DRAFT)
    return _narrowed(found, wanted or Wanted()).select_related("person", "organisation")


def _narrowed(found: QuerySet[Application], wanted: Wanted) -> QuerySet[Application]:
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.organisation:
        found = found.filter(organisation__ref=wanted.organisation)
    if wanted.waiting:
        longest = timezone.localdate() - timedelta(days=int(wanted.waiting))
        found = found.filter(state__in=UNDECIDED, submitted_on__lte=longest)
    if wanted.interview:
        held = Exists(Interview.objects.filter(application=OuterRef("pk")))
        found = found.filter(held) if wanted.interview == HELD else found.filter(~held)
    if wanted.name.strip():
        found = found.filter(person__search_key__contains=search_key(wanted.name))
    return found


def with_programme(found: QuerySet[Application]) -> QuerySet[Application]:
    """With all that a letter or a decision needs."""
    return found.select_related("person", "organisation", "round__programme__network", "round__programme__circle")


def application_in(programme: Programme, ref: UUID) -> Application:
    return one(with_programme(applications_of(programme)), ref)


def applications_by(person: Person) -> QuerySet[Application]:
    """The person's own, the newest first."""
    return with_programme(Application.objects.filter(person=person)).order_by("-submitted_on", "-pk")


def application_by(person: Person, ref: UUID) -> Application:
    return one(applications_by(person), ref)


def organisations_applied_from(programme: Programme) -> QuerySet[Organisation]:
    """Where those who applied come from."""
    return Organisation.objects.filter(applications__round__programme=programme).distinct().order_by("name")


def interviews_of(application: Application) -> QuerySet[Interview]:
    """The newest first."""
    return application.interviews.select_related("held_by", "application").order_by("-held_on", "-pk")


def interviews_about(person: Person) -> QuerySet[Interview]:
    found = Interview.objects.filter(application__person=person).select_related("application__round__programme")
    return found.order_by("pk")


def interviews_held_by(person: Person) -> QuerySet[Interview]:
    return Interview.objects.filter(held_by=person).select_related("application__round__programme").order_by("pk")


def interview_in(application: Application, ref: UUID) -> Interview:
    return one(Interview.objects.filter(application=application).select_related("held_by"), ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """What happened to an application. `by`: empty when nobody did it by hand."""

    at: datetime
    verb: str
    by: str


def history_of(application: Application) -> list[HistoryEntry]:
    """What the log knows of it, the newest first. Two queries."""
    entries = list(
        AuditEntry.objects.filter(subject_ref=application.ref, verb__startswith="programmes.").order_by("-at", "-pk")[
            :MOST_IN_HISTORY
        ]
    )
    refs = {entry.actor_ref for entry in entries if entry.actor_ref}
    names = {person.ref: str(person) for person in Person.objects.filter(ref__in=refs)}
    return [
        HistoryEntry(at=entry.at, verb=entry.verb, by=names.get(entry.actor_ref, "") if entry.actor_ref else "")
        for entry in entries
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many may take part in a role, how many do and wait. `most` None: as many as are accepted."""

    role: PartRole
    most: int | None
    taken: int
    waiting: int
    next: Application | None

    @property
    def free(self) -> int | None:
        return None if self.most is None else max(self.most - self.taken, 0)


def rooms_of(programme: Programme) -> list[Room]:
    """Of each role: the room in the newest round, and who has waited longest. A person decides whether it is theirs."""
    round_ = round_of(programme)
    return [_room(programme, round_, role) for role in PartRole] if round_ else []


def _room(programme: Programme, round_: Round, role: PartRole) -> Room:
    most, taken = {
        PartRole.MENTOR: (round_.mentors_most, round_.mentors_taken),
        PartRole.MENTEE: (round_.mentees_most, round_.mentees_taken),
    }[role]
    roles = [each for each, parts in PARTS_OF.items() if role in parts]
    waiting = waiting_of(programme).filter(role__in=roles)
    return Room(role=role, most=most, taken=taken, waiting=waiting.count(), next=waiting.first())


def waiting_of(programme: Programme) -> QuerySet[Application]:
    """Who waits for a decision or for a place, the longest first; on the same day the waiting list comes first."""
    found = applications_of(programme).filter(state__in=UNDECIDED)
    return found.order_by("submitted_on", "-state", "pk")


def templates_of(network: Network) -> QuerySet[LetterTemplate]:
    return LetterTemplate.objects.filter(network=network, removed_at=None).select_related("network").order_by("name")


def templates_for(person: Person) -> QuerySet[LetterTemplate]:
    """Of all networks that the person coordinates."""
    networks = networks_for(person, Role.COORDINATOR)
    found = LetterTemplate.objects.filter(network__in=networks, removed_at=None)
    return found.select_related("network").order_by("network__name", "name", "pk")


def template_for(person: Person, ref: UUID) -> LetterTemplate:
    return one(templates_for(person), ref)


def batch_in(programme: Programme, ref: UUID) -> Batch:
    return one(Batch.objects.filter(programme=programme).select_related("programme__network", "started_by"), ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCounts:
    """How far it is."""

    waiting: int
    done: int
    refused: int

    @property
    def handled(self) -> int:
        return self.done + self.refused

    @property
    def all(self) -> int:
        return self.waiting + self.handled


def counts_in(batch: Batch) -> BatchCounts:
    rows = batch.rows.aggregate(
        **{each.value: Count("pk", filter=Q(outcome=each)) for each in BatchOutcome},
    )
    return BatchCounts(**rows)


def batches_of(programme: Programme) -> QuerySet[Batch]:
    """The newest first, with how many rows each has."""
    found = Batch.objects.filter(programme=programme).annotate(count=Count("rows"))
    return found.select_related("started_by").order_by("-pk")


def chosen_in(programme: Programme, refs: Iterable[str]) -> QuerySet[Application]:
    """Applications by their refs: those of other programmes are not there."""
    return applications_of(programme).filter(ref__in=list(refs))
