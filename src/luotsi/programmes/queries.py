"""Reads: what somebody may see of programmes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.models import Job
from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.core.words.keys import email_key, search_key
from luotsi.people.enums import Role
from luotsi.people.models import Organisation
from luotsi.people.queries import addresses_of, networks_for
from luotsi.programmes.enums import (
    TO_APPLY,
    ApplicationState,
    ImportState,
    PartRole,
    ProgrammeState,
    RoundState,
    RowOutcome,
)
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.shipped import shipped_models as shipped_keys
from luotsi.programmes.formats.shipped import shipped_source
from luotsi.programmes.models import Application, ImportRow, ImportRun, Participation, Programme, Round
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Network, Person
    from luotsi.programmes.formats.values import ModelDescription


# Models


@lru_cache(maxsize=64)
def model_in(description: str) -> ModelDescription:
    """The model that a programme keeps. Raises ModelError when it is none: then somebody wrote into the table."""
    return read_model(description)


def shipped_text(key: str) -> str:
    """The description of a model that comes with the product. Raises KeyError for an unknown one."""
    return shipped_source(key)


def shipped_models() -> list[ModelDescription]:
    return [model_in(shipped_text(key)) for key in shipped_keys()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What people see of a model."""

    name: TranslatedText
    summary: TranslatedText
    weeks: int


def card_of(programme: Programme) -> ModelCard:
    model = model_in(programme.description)
    return ModelCard(name=TranslatedText(model.name), summary=TranslatedText(model.summary), weeks=model.weeks)


# Programmes


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
    """A phase of the model on the programme's own days; the last day is the phase's own too."""

    key: str
    name: TranslatedText
    text: TranslatedText
    starts_on: date
    ends_on: date


def plan_of(programme: Programme) -> list[PlannedPhase]:
    """The model's phases one after the other, from the day on which the programme starts."""
    plan, day = [], programme.starts_on
    for phase in model_in(programme.description).phases:
        next_day = day + timedelta(weeks=phase.weeks)
        plan.append(
            PlannedPhase(
                key=phase.key,
                name=TranslatedText(phase.name),
                text=TranslatedText(phase.aim),
                starts_on=day,
                ends_on=next_day - timedelta(days=1),
            )
        )
        day = next_day
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """How many came how far. Applications by state; who takes part; booked places of mentees are pairs."""

    applications: Mapping[str, int]
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

    @property
    def accepted(self) -> int:
        return self.mentors + self.mentees


def funnel_of(programme: Programme) -> Funnel:
    """Two queries, however many people there are."""
    rows = Application.objects.filter(round__programme=programme).values_list("state").annotate(count=Count("pk"))
    mentors, mentees = Q(role=PartRole.MENTOR), Q(role=PartRole.MENTEE)
    sums = Participation.objects.filter(programme=programme).aggregate(
        mentors=Count("pk", filter=mentors),
        mentees=Count("pk", filter=mentees),
        mentees_with_pair=Count("pk", filter=mentees & Q(places_taken__gt=0)),
        all_places=Sum("places", filter=mentors, default=0),
        places_booked=Sum("places_taken", filter=mentors, default=0),
    )
    return Funnel(applications=dict(rows), **sums)


# Applications


def applications_of(
    programme: Programme, *, state: str = "", role: str = "", wanted: str = ""
) -> QuerySet[Application]:
    """Applications to all rounds, narrowed by state, role and a part of the name."""
    found = Application.objects.filter(round__programme=programme).exclude(state=ApplicationState.DRAFT)
    if state:
        found = found.filter(state=state)
    if role:
        found = found.filter(role=role)
    if wanted.strip():
        found = found.filter(person__search_key__contains=search_key(wanted))
    return found.select_related("person", "organisation")


def application_in(programme: Programme, ref: UUID) -> Application:
    found = applications_of(programme).select_related("round__programme__network", "round__programme__circle")
    return one(found.select_related("person", "organisation", "round__programme__network"), ref)


def applications_by(person: Person) -> QuerySet[Application]:
    """The person's own, the newest first."""
    return (
        Application.objects.filter(person=person)
        .select_related("person", "organisation", "round__programme__network", "round__programme__circle")
        .order_by("-submitted_on", "-pk")
    )


def application_by(person: Person, ref: UUID) -> Application:
    return one(applications_by(person), ref)


def free_participations_of(programme: Programme) -> QuerySet[Participation]:
    """Who takes part now and has a free place."""
    return (
        Participation.objects.free()
        .filter(programme=programme, person__erased_at=None)
        .select_related("person", "application__organisation__parent", "programme__network")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeCounts:
    """Who could be paired now."""

    mentees: int
    mentors: int
    places_free: int


def free_counts_of(programme: Programme) -> FreeCounts:
    free = Participation.objects.free().filter(programme=programme, person__erased_at=None)
    mentors = Q(role=PartRole.MENTOR)
    return FreeCounts(
        **free.aggregate(
            mentees=Count("pk", filter=Q(role=PartRole.MENTEE)),
            mentors=Count("pk", filter=mentors),
            places_free=Sum(F("places") - F("places_taken"), filter=mentors, default=0),
        )
    )


# Imported lists


def imports_of(programme: Programme) -> QuerySet[ImportRun]:
    found = ImportRun.objects.filter(round__programme=programme)
    return found.select_related("round__programme__network", "started_by").order_by("-pk")


def import_in(programme: Programme, ref: UUID) -> ImportRun:
    return one(imports_of(programme), ref)


def counts_of(run: ImportRun) -> Counter[str]:
    """Rows by outcome."""
    return Counter(dict(run.rows.values_list("outcome").annotate(count=Count("pk")).order_by()))


def rows_of(run: ImportRun, *outcomes: RowOutcome) -> QuerySet[ImportRow]:
    rows = run.rows.filter(outcome__in=outcomes) if outcomes else run.rows.all()
    return rows.order_by("number")


def rows_about(person: Person) -> QuerySet[ImportRow]:
    """Rows of lists that still hold what was typed about the person, found by address."""
    keys = [email_key(address) for address in addresses_of(person)]
    return ImportRow.objects.filter(email_key__in=keys).exclude(kept={}).select_related("run").order_by("pk")


def rows_with_remarks(run: ImportRun) -> QuerySet[ImportRow]:
    return run.rows.exclude(faults=[]).order_by("number")


def job_of(run: ImportRun) -> Job | None:
    """The work on the list that was asked for last."""
    return Job.objects.filter(ref=run.job_ref).first() if run.job_ref else None


def organisations_by_key(network: Network) -> dict[str, Organisation]:
    """The network's organisations and their units by the key of their name; a name that two have is nobody's."""
    found = Organisation.objects.filter(Q(networks=network) | Q(parent__networks=network)).distinct()
    rows = list(found)
    counted = Counter(row.search_key for row in rows)
    return {row.search_key: row for row in rows if counted[row.search_key] == 1}


# What is next


def next_things_for(person: Person) -> list[NextThing]:
    """What waits for a coordinator: two queries."""
    return [*_lists_to_take(person), *_programmes_to_go_on_with(person)]


def _lists_to_take(person: Person) -> list[NextThing]:
    ready = ImportRun.objects.filter(round__programme__in=programmes_for(person), state=ImportState.READY)
    good = Count("rows", filter=Q(rows__outcome__in=TO_APPLY))
    found = ready.annotate(good=good).filter(good__gt=0).select_related("round__programme").order_by("pk")
    return [
        NextThing(
            title=_("Take the list %(file)s") % {"file": run.file_name},
            text=ngettext(
                "%(count)s row is ready to come into %(programme)s.",
                "%(count)s rows are ready to come into %(programme)s.",
                run.good,
            )
            % {"count": run.good, "programme": run.round.programme.name},
            by_when=None,
            address=reverse("programmes:import", args=[run.round.programme.ref, run.ref]),
            label=_("Look at the list"),
            weight=20,
        )
        for run in found[:5]
    ]


def _programmes_to_go_on_with(person: Person) -> list[NextThing]:
    waiting = Count("rounds__applications", filter=Q(rounds__applications__state=ApplicationState.SUBMITTED))
    found = programmes_for(person).annotate(waiting=waiting).order_by("starts_on", "pk")
    drafts = Q(state=ProgrammeState.DRAFT)
    undecided = Q(state=ProgrammeState.OPEN, waiting__gt=0)
    return [_go_on_with(programme, programme.waiting) for programme in found.filter(drafts | undecided)[:5]]


def _go_on_with(programme: Programme, waiting: int) -> NextThing:
    home = reverse("programmes:programme", args=[programme.ref])
    if programme.state == ProgrammeState.DRAFT:
        return NextThing(
            title=_("Open %(programme)s") % {"programme": programme.name},
            text=_("The programme is a draft. Nobody else sees it yet."),
            by_when=programme.starts_on if programme.starts_on > timezone.localdate() else None,
            address=home,
            label=_("Look at the programme"),
            weight=40,
        )
    return NextThing(
        title=ngettext("Decide on %(count)s application", "Decide on %(count)s applications", waiting)
        % {"count": waiting},
        text=_("They wait in %(programme)s.") % {"programme": programme.name},
        by_when=None,
        address=reverse("programmes:applications", args=[programme.ref]) + "?state=submitted",
        label=_("Look at the applications"),
        weight=25,
    )
