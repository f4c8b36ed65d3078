"""Reads of HR days: who leads them, who takes part, and what came out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.models import Network, Organisation
from luotsi.people.queries import memberships_of, networks_for, staff_of
from luotsi.surveys.enums import Step, WorkshopState
from luotsi.surveys.models import Conclusion, Wave, Workshop, WorkshopNote, WorkshopPart
from luotsi.surveys.rules import STEERING
from luotsi.web.components import NextThing
from luotsi.web.environment import day

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.web.components import Waiting

WEIGHT = 30  # a day that many have agreed on comes before surveys
COMING = (WorkshopState.PLANNED, WorkshopState.RUNNING)
PART_KIND, LED_KIND = "workshops.part", "workshops.led"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStanding:
    """How far an organisation is, in counts alone: what its coordinator may know."""

    part: WorkshopPart
    has_results: bool
    goals: int
    carried: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """HR days of somebody: those that are led, and the own organisations' parts in others."""

    led: list[Workshop]
    parts: list[WorkshopPart]
    may_plan: bool


def lists_for(person: Person) -> Lists:
    """Raises NotThereError for who neither leads HR days nor works for an organisation's people."""
    mine = memberships_of(person)
    may_plan = mine.filter(role=Role.COORDINATOR, network__isnull=False).exists()
    if not may_plan and not mine.filter(role__in=STEERING, organisation__isnull=False).exists():
        raise NotThereError
    newest = ("-held_on", "-pk")
    return Lists(
        led=list(led_by(person).annotate(organisations=Count("parts")).order_by(*newest)),
        parts=list(parts_for(person).order_by("-workshop__held_on", "-pk")),
        may_plan=may_plan,
    )


def led_by(person: Person) -> QuerySet[Workshop]:
    """HR days of the networks that the person coordinates."""
    return Workshop.objects.filter(network__in=networks_for(person, Role.COORDINATOR)).select_related("network")


def workshop_for(person: Person, ref: UUID) -> Workshop:
    """An HR day for those who lead it."""
    return one(led_by(person), ref)


def parts_for(person: Person) -> QuerySet[WorkshopPart]:
    """The parts of the organisations that the person works for as HR, management or administrator."""
    mine = memberships_of(person).filter(role__in=STEERING, organisation__isnull=False).values("organisation")
    return WorkshopPart.objects.filter(organisation__in=mine).select_related(
        "workshop__network", "organisation", "wave__instrument"
    )


def part_for(person: Person, ref: UUID) -> WorkshopPart:
    return one(parts_for(person), ref)


def note_for(person: Person, ref: UUID) -> WorkshopNote:
    """A note of one's own organisation."""
    notes = WorkshopNote.objects.filter(part__in=parts_for(person).order_by().values("pk"), removed_at=None)
    return one(notes.select_related("part__workshop", "part__organisation", "part__wave__instrument"), ref)


def goal_for(person: Person, ref: UUID) -> Conclusion:
    """A main goal of one's own organisation."""
    goals = Conclusion.objects.filter(part__in=parts_for(person).order_by().values("pk"), removed_at=None)
    return one(goals.select_related("part__workshop", "part__organisation", "part__wave__instrument", "carrier"), ref)


def networks_to_plan_in(person: Person) -> QuerySet[Network]:
    return networks_for(person, Role.COORDINATOR)


def organisations_to_invite(network: Network) -> QuerySet[Organisation]:
    """Organisations of the network, by name."""
    parts = network.parts.current().values("organisation")
    return Organisation.objects.filter(pk__in=parts).order_by("sort_key", "pk")


def still_to_invite(workshop: Workshop) -> QuerySet[Organisation]:
    return organisations_to_invite(workshop.network).exclude(pk__in=workshop.parts.values("organisation"))


def standings_of(workshop: Workshop) -> list[PartStanding]:
    """Each organisation and how far it is, by name. One query."""
    goals = Q(conclusions__removed_at=None)
    has_carrier = Q(conclusions__carrier__isnull=False) | (
        ~Q(conclusions__carried_by="") & Q(conclusions__carried_by__isnull=False)
    )
    parts = (
        workshop.parts.select_related("organisation", "wave__instrument")
        .annotate(
            goals=Count("conclusions", filter=goals & Q(conclusions__isnull=False)),
            carried=Count("conclusions", filter=goals & has_carrier),
        )
        .order_by("organisation__sort_key", "pk")
    )
    return [
        PartStanding(part=part, has_results=part.wave_id is not None, goals=part.goals, carried=part.carried)
        for part in parts
    ]


def others_in(part: WorkshopPart) -> list[WorkshopPart]:
    """The other organisations of the same HR day, by name."""
    others = part.workshop.parts.exclude(pk=part.pk).select_related("organisation", "wave__instrument")
    return list(others.order_by("organisation__sort_key", "pk"))


def waves_to_look_at(part: WorkshopPart) -> list[Wave]:
    """Closed surveys of the organisation, the newest first."""
    closed = Wave.objects.filter(organisation=part.organisation, closed_at__isnull=False)
    return list(closed.select_related("instrument").order_by("-closed_at", "-pk"))


def own_notes(part: WorkshopPart, step: Step) -> list[WorkshopNote]:
    """What the organisation noted in a step, in the order of writing."""
    notes = WorkshopNote.objects.filter(part=part, step=step, removed_at=None)
    return list(notes.select_related("person").order_by("pk"))


def shared_notes(workshop: Workshop, step: Step, *, but: WorkshopPart | None = None) -> list[WorkshopNote]:
    """What organisations noted in a step for the others to read, by organisation. Who wrote it is not in it."""
    notes = WorkshopNote.objects.filter(part__workshop=workshop, step=step, is_shared=True, removed_at=None)
    if but is not None:
        notes = notes.exclude(part=but)
    found = notes.select_related("part__organisation", "part__wave__instrument").defer("person")
    return list(found.order_by("part__organisation__sort_key", "part", "pk"))


def goals_in(part: WorkshopPart) -> list[Conclusion]:
    """The main goals of the organisation, in its order."""
    goals = Conclusion.objects.filter(part=part, removed_at=None).select_related("carrier")
    return list(goals.order_by("position", "pk"))


def offers_for(part: WorkshopPart, goals: list[Conclusion]) -> list[WorkshopNote]:
    """Notes on what is wanted that no goal was made of yet."""
    taken = {goal.title for goal in goals}
    return [note for note in own_notes(part, Step.WANTED) if note.text.strip().splitlines()[0].strip() not in taken]


def people_who_can_carry(part: WorkshopPart) -> list[Person]:
    """Who has a role in the organisation or a unit of it now, by name, each once."""
    found = {row.person_id: row.person for row in staff_of(part.organisation).filter(person__erased_at=None)}
    return list(found.values())


def conclusions_for(person: Person) -> QuerySet[Conclusion]:
    """Main goals that stand and that the person may read: of the own organisation or network, or carried."""
    of_mine = memberships_of(person).filter(role__in=STEERING, organisation__isnull=False).values("organisation")
    readable = (
        Q(part__organisation__in=of_mine)
        | Q(part__workshop__network__in=networks_for(person, Role.COORDINATOR))
        | Q(carrier=person)
    )
    return _settled().filter(readable)


def settled_conclusions_of(organisation: Organisation) -> QuerySet[Conclusion]:
    """Main goals of an organisation that stand, those of the newest HR day first."""
    return _settled().filter(part__organisation=organisation)


def settled_in(workshop: Workshop) -> list[Conclusion]:
    """What came out of an HR day, by organisation."""
    return list(_settled().filter(part__workshop=workshop).order_by("part__organisation__sort_key", "position", "pk"))


def _settled() -> QuerySet[Conclusion]:
    found = Conclusion.objects.filter(is_settled=True, removed_at=None)
    found = found.select_related("part__organisation", "part__workshop__network", "part__wave__instrument", "carrier")
    return found.order_by("-part__workshop__held_on", "part", "position", "pk")


def waiting_for(person: Person) -> list[QuerySet[Any, Any]]:
    """HR days to prepare, to lead and to go on with, as rows to be asked for together with others (web.components).

    `also` is the state, `mark` the step, with a plus when the own part has its results.
    """
    parts = parts_for(person).filter(workshop__state__in=COMING).order_by()
    is_due = Q(state=WorkshopState.RUNNING) | Q(state=WorkshopState.PLANNED, held_on__lte=timezone.localdate())
    led = led_by(person).filter(is_due).order_by()
    has_results = Case(When(wave=None, then=Value("")), default=Value("+"), output_field=TextField())
    step = Concat(Cast("workshop__step", TextField()), has_results)
    return [
        parts.values_list(
            Value(PART_KIND, TextField()), "ref", "workshop__name", "workshop__state", step, "workshop__held_on"
        ),
        led.values_list(Value(LED_KIND, TextField()), "ref", "name", "state", Cast("step", TextField()), "held_on"),
    ]


def thing_of(row: Waiting) -> NextThing | None:
    """What a row of `waiting_for` comes to; None when there is nothing to do now."""
    return _thing_to_lead(row) if row.kind == LED_KIND else _thing_of_part(row)


def _thing_of_part(row: Waiting) -> NextThing | None:
    step = Step(int(row.mark.rstrip("+")))
    values = {"day": day(row.until), "name": row.name, "step": step.label}
    if not row.mark.endswith("+"):
        return NextThing(
            title=_("HR day on %(day)s: choose which results you look at") % values,
            text=_("%(name)s. You also say what the other organisations see. They see nothing before you do.") % values,
            by_when=row.until,
            address=reverse("surveys:part_results", args=[row.ref]),
            label=_("Choose the results"),
            weight=WEIGHT,
        )
    if row.also != WorkshopState.RUNNING:
        return None
    return NextThing(
        title=_("The HR day is going on: %(step)s") % values,
        text=row.name,
        by_when=row.until,
        address=reverse("surveys:part_step", args=[row.ref, step.value]),
        label=_("Open the step"),
        weight=WEIGHT,
    )


def _thing_to_lead(row: Waiting) -> NextThing:
    is_running = row.also == WorkshopState.RUNNING
    return NextThing(
        title=_("Lead the HR day: %(name)s") % {"name": row.name},
        text=_("Move the steps on, and finish when each organisation has a main goal that somebody carries.")
        if is_running
        else _("Start it when everybody is there."),
        by_when=row.until,
        address=reverse("surveys:workshop", args=[row.ref]),
        label=_("Open the HR day"),
        weight=WEIGHT,
    )
