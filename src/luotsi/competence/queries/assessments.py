"""Reads: who is asked to assess whom, what is to be filled in, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Prefetch, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.competence.enums import AssessedBy, Moment, TaskState
from luotsi.competence.formats.entries import CANNOT_SAY, Entry, entry_from
from luotsi.competence.models import (
    Area,
    Assessment,
    AssessmentTask,
    Competence,
    Criterion,
    Framework,
    PlannedCompetence,
)
from luotsi.competence.queries.levels import general_criteria_of, levels_of
from luotsi.competence.rules import CLOSED_AFTER
from luotsi.core.queries import one
from luotsi.people.models import CircleMember, Membership, Network
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.competence.queries.levels import Level
    from luotsi.people.models import Person
    from luotsi.web.components import Waiting

A_PAGE = 5  # competences on one page of a sheet: what a phone shows without getting lost
MOST_DIGITS = 3  # of the number of a page
KIND = "assessments"
WEIGHT = 35  # after what concerns the two of a pair, before surveys


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A competence as it is assessed: its levels, and what has been filled in so far."""

    competence: Competence
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    entry: Entry

    @property
    def said(self) -> str:
        """The level chosen, in words."""
        return _said(self.levels, self.entry.level)

    @property
    def said_then(self) -> str:
        return _said(self.levels, self.entry.then)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One page of a sheet, counted from 1."""

    number: int
    pages: int
    asked: tuple[Asked, ...]

    @property
    def is_last(self) -> bool:
        return self.number == self.pages


def _said(levels: Iterable[Level], typed: str) -> str:
    if typed == CANNOT_SAY:
        return _("cannot say")
    return next((level.label for level in levels if str(level.number) == typed), "")


def with_criteria(competences: QuerySet[Competence]) -> QuerySet[Competence]:
    """With what the levels are made of: two queries more, however many there are."""
    criteria = Prefetch("criteria", Criterion.objects.order_by("position"))
    return competences.select_related("area__framework").prefetch_related(criteria)


def tasks_of(person: Person) -> QuerySet[AssessmentTask]:
    """What the person was asked to assess, the newest first."""
    mine = AssessmentTask.objects.filter(assessor=person)
    return mine.select_related("plan__circle__network", "person", "assessor").order_by("-pk")


def task_for(person: Person, ref: UUID) -> AssessmentTask:
    """A task for the one who fills it in."""
    return one(tasks_of(person), ref)


def waiting_tasks_of(person: Person) -> QuerySet[AssessmentTask]:
    """What can still be filled in, the most pressing first."""
    first_day = timezone.localdate() - CLOSED_AFTER
    waiting = tasks_of(person).filter(state=TaskState.ASKED, plan__ended_at=None, answer_by__gte=first_day)
    return waiting.order_by("answer_by", "pk")


def task_to_close_for(person: Person, ref: UUID) -> AssessmentTask:
    """One that the person was asked, or that is about the person."""
    found = AssessmentTask.objects.filter(Q(assessor=person) | Q(person=person))
    return one(found.select_related("plan__circle__network", "person", "assessor"), ref)


def waiting_about(person: Person) -> QuerySet[AssessmentTask]:
    """Who else has been asked to assess the person, and has not done it yet."""
    waiting = AssessmentTask.objects.filter(person=person, state=TaskState.ASKED, plan__ended_at=None)
    return waiting.exclude(assessor=person).select_related("plan", "assessor").order_by("answer_by", "pk")


def done_for_others_by(person: Person) -> QuerySet[AssessmentTask]:
    """Assessments of others that the person has sent, the newest first."""
    return tasks_of(person).filter(state=TaskState.DONE).exclude(person=person).order_by("-done_at", "-pk")


def asks_then(task: AssessmentTask) -> bool:
    """Whether the sheet also asks where the start was: of oneself, at the end."""
    return task.assessed_by == AssessedBy.SELF and task.moment == Moment.END


def asked_in(task: AssessmentTask) -> list[Asked]:
    """Everything on the task's sheet, with its draft. Two queries."""
    competences = Competence.objects.filter(planned__plan=task.plan_id).order_by("planned__position")
    draft = {ref: entry_from(kept) for ref, kept in task.draft.items() if isinstance(kept, dict)}
    return [_asked(competence, draft.get(str(competence.ref), Entry())) for competence in with_criteria(competences)]


def pages_of(asked: list[Asked], wanted: str | None) -> SheetPage:
    """The wanted page; without one, that on which the first competence stands that was left empty."""
    pages = max(1, -(-len(asked) // A_PAGE))
    if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) <= MOST_DIGITS:
        number = min(max(1, int(wanted)), pages)
    else:
        first = next((place for place, each in enumerate(asked) if not each.entry.level), len(asked) - 1)
        number = first // A_PAGE + 1
    return SheetPage(number=number, pages=pages, asked=tuple(asked[(number - 1) * A_PAGE : number * A_PAGE]))


def said_in(task: AssessmentTask) -> list[Assessment]:
    """What was sent with the task, in the order of its competences. Four queries."""
    places = dict(PlannedCompetence.objects.filter(plan=task.plan_id).values_list("competence", "position"))
    said = Assessment.objects.filter(task=task).select_related("competence__area").prefetch_related("evidence")
    criteria = Prefetch("competence__criteria", Criterion.objects.order_by("position"))
    return sorted(said.prefetch_related(criteria), key=lambda each: (places.get(each.competence_id, 0), each.pk))


def with_levels(found: QuerySet[Assessment]) -> list[tuple[Assessment, str]]:
    """Assessments in time order with their levels in words. Three queries."""
    criteria = Prefetch("competence__criteria", Criterion.objects.order_by("position"))
    rows = found.select_related("competence", "assessor").prefetch_related("evidence", criteria).order_by("on", "pk")
    return [(row, level_said(row)) for row in rows]


def level_said(assessment: Assessment) -> str:
    """The level in words, as the competence names it."""
    return _said(levels_of(assessment.competence), str(assessment.level))


def networks_around(person: Person) -> QuerySet[Network]:
    """Networks that the person belongs to: by a role in them or their organisations, or by a circle."""
    roles = Membership.objects.current().filter(person=person)
    circles = CircleMember.objects.current().filter(person=person).values("circle__network")
    in_organisations = Q(parts__organisation__in=roles.filter(organisation__isnull=False).values("organisation"))
    return Network.objects.filter(
        Q(pk__in=roles.filter(network__isnull=False).values("network")) | Q(pk__in=circles) | in_organisations
    ).distinct()


def frameworks_open_to(person: Person) -> QuerySet[Framework]:
    """Current frameworks that anybody may assess the self in: everybody's, and those of the person's networks."""
    own = Q(network=None) | Q(network__in=networks_around(person).values("pk"))
    return Framework.objects.filter(own, retired_at=None).order_by("-created_at", "-pk")


def areas_open_to(person: Person) -> QuerySet[Area]:
    """Areas in which something is assessed."""
    open_ones = Area.objects.filter(framework__in=frameworks_open_to(person).values("pk"))
    return open_ones.filter(competences__isnull=False).distinct().select_related("framework")


def area_open_to(person: Person, ref: UUID) -> Area:
    return one(areas_open_to(person), ref)


def asked_in_area(area: Area, person: Person) -> list[Asked]:
    """All that is assessed in an area, with what the person said of the self today. Three queries."""
    today = _said_today(person, Assessment.objects.filter(competence__area=area))
    competences = with_criteria(Competence.objects.filter(area=area).order_by("position"))
    return [_asked(each, today.get(each.pk, Entry())) for each in competences]


def _said_today(person: Person, assessments: QuerySet[Assessment]) -> Mapping[int, Entry]:
    mine = assessments.filter(person=person, assessor=person, moment=Moment.OTHER, on=timezone.localdate())
    return {each.competence_id: entry_of(each) for each in mine.prefetch_related("evidence").order_by("pk")}


def entry_of(assessment: Assessment) -> Entry:
    """An assessment as a form has it."""
    links = (f"{each.address} {each.label}".strip() for each in assessment.evidence.all())
    return Entry(level=str(assessment.level), words=assessment.words, links="\n".join(links))


def _asked(competence: Competence, entry: Entry) -> Asked:
    return Asked(
        competence=competence, levels=levels_of(competence), criteria=general_criteria_of(competence), entry=entry
    )


def waiting_for(person: Person) -> list[QuerySet[Any, Any]]:
    """What the person is asked to assess, as rows to be asked for together with others (web.components).

    `also` is the name of the one who is assessed, empty for oneself; `mark` is a plus when it has been begun.
    """
    name = Concat("person__given_name", Value(" "), "person__family_name", output_field=TextField())
    also = Case(When(assessed_by=AssessedBy.SELF, then=Value("")), default=name, output_field=TextField())
    begun = Case(When(draft={}, then=Value("")), default=Value("+"), output_field=TextField())
    tasks = waiting_tasks_of(person).order_by()
    return [tasks.values_list(Value(KIND, TextField()), "ref", "plan__name", also, begun, "answer_by")]


def thing_of(row: Waiting) -> NextThing:
    """What a row of `waiting_for` comes to."""
    values = {"name": row.also, "plan": row.name}
    title = _("Assess %(name)s: %(plan)s") if row.also else _("Assess yourself: %(plan)s")
    new = _("It takes a few minutes and saves itself as you go.")
    return NextThing(
        title=title % values,
        text=_("You have begun. It goes on where you stopped.") if row.mark else new,
        by_when=row.until,
        address=reverse("competence:task", args=[row.ref]),
        label=_("Go on") if row.mark else _("Begin"),
        weight=WEIGHT,
    )
