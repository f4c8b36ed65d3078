"""Writes: what somebody says about a competence. A sheet saves itself; what is sent is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import TASK_MOVES, AssessedBy, Moment, TaskState
from luotsi.competence.formats.entries import (
    CANNOT_SAY,
    LONGEST_LINKS,
    LONGEST_WORDS,
    Entry,
    LinksError,
    entry_from,
    read_links,
)
from luotsi.competence.models import LOWEST_LEVEL, Assessment, AssessmentEvidence, AssessmentTask, Competence
from luotsi.competence.queries.assessments import areas_open_to, asks_then, entry_of
from luotsi.competence.queries.levels import top_of
from luotsi.competence.rules import may_close, may_fill_in
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from luotsi.competence.formats.entries import Link
    from luotsi.core.actors import Actor

ALREADY_CHECKED = {"task", "person", "assessor", "competence"}  # rows that were just read


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An assessment on its way in, with the links that come with it."""

    row: Assessment
    links: tuple[Link, ...]


@transaction.atomic
def keep_draft(task: AssessmentTask, entries: Mapping[UUID, Entry], *, by: Actor) -> None:
    """Keep what has been filled in so far, as typed; what is not among `entries` stays as it was."""
    locked = _open_task(task, by)
    planned = set(Competence.objects.filter(planned__plan=locked.plan_id).values_list("ref", flat=True))
    draft = dict(locked.draft)
    for ref, entry in entries.items():
        if ref not in planned:
            raise RefusedError(_("This competence is not on the sheet. Load the page again."))
        _check_length(entry)
        draft.pop(str(ref), None)
        if not entry.is_empty:
            draft[str(ref)] = entry.kept()
    if draft != locked.draft:
        locked.amend(draft=draft)
    task.draft = locked.draft


@transaction.atomic
def send(task: AssessmentTask, *, by: Actor, on: date | None = None) -> None:
    """Write all that was filled in, at once and for good. Sent again, nothing happens.

    `on`: the day on which it was said, when that is not today.
    """
    if not may_fill_in(by, task):
        raise RefusedError(_("Only the one who was asked fills this in."))
    if AssessmentTask.objects.filter(pk=task.pk, state=TaskState.DONE).exists():
        return
    locked = _open_task(task, by)
    said = _said_with(locked, on or timezone.localdate())
    if not said:
        raise RefusedError(_("Choose a level for at least one competence. Then send your assessment."))
    _write(said)
    _move(locked, TaskState.DONE, draft={}, done_at=timezone.now())
    audit.record(by=by, verb="competence.assessed", subject=locked, competences=len(said), moment=locked.moment)
    task.refresh_from_db(fields=["state", "draft", "done_at"])


@transaction.atomic
def close_task(task: AssessmentTask, *, by: Actor) -> None:
    """End it undone: the one who was asked says no, or the person does not want it. Its draft is thrown away."""
    if not may_close(by, task):
        raise RefusedError(_("Only the two whom it concerns can say no to an assessment."))
    locked = AssessmentTask.objects.select_for_update().get(pk=task.pk)
    if locked.state == TaskState.CLOSED:
        return
    if locked.state == TaskState.DONE:
        raise RefusedError(_("The assessment has been made already. It stays in the series."))
    close_undone(locked, by=by)


def close_undone(task: AssessmentTask, *, by: Actor) -> None:
    """For the services of this module, inside their transaction: they have asked their rules."""
    _move(task, TaskState.CLOSED, draft={})
    audit.record(by=by, verb="competence.task_closed", subject=task)


@transaction.atomic
def assess_oneself(person: Person, entries: Mapping[UUID, Entry], *, by: Actor, on: date | None = None) -> int:
    """Say where one is, without having been asked: each competence is written on its own. Returns how many were.

    What is the same as the newest of the same day is not written again, so that a page sent twice counts once.
    """
    if by.actor_ref != person.ref:
        raise RefusedError(_("Nobody but you assesses you in your name."))
    Person.objects.select_for_update().get(pk=person.pk)  # one page at a time, so that none is written twice
    day = on or timezone.localdate()
    found = Competence.objects.filter(ref__in=entries, area__in=areas_open_to(person).values("pk"))
    competences = {competence.ref: competence for competence in found}
    if set(entries) - set(competences):
        raise RefusedError(_("There is a newer version of these competences. Load the page again."))
    earlier = _newest_on(person, day, competences.values())
    said = [
        _said(Assessment(person=person, assessor=person, assessed_by=AssessedBy.SELF, moment=Moment.OTHER, on=day),
              competences[ref], entry)
        for ref, entry in entries.items()
        if not _is_nothing(entry, competences[ref]) and not _is_same(entry, earlier.get(competences[ref].pk))
    ]  # fmt: skip
    _write(said)
    if said:
        audit.record(by=by, verb="competence.assessed_oneself", subject=person, competences=len(said))
    return len(said)


def _is_same(entry: Entry, earlier: Entry | None) -> bool:
    return earlier is not None and (entry.level, entry.words.strip(), _links_in(entry)) == (
        earlier.level,
        earlier.words,
        _links_in(earlier),
    )


def _newest_on(person: Person, day: date, competences: Iterable[Competence]) -> dict[int, Entry]:
    mine = Assessment.objects.filter(person=person, assessor=person, on=day, competence__in=list(competences))
    rows = mine.exclude(moment=Moment.THEN).prefetch_related("evidence").order_by("pk")
    return {row.competence_id: entry_of(row) for row in rows}


def _open_task(task: AssessmentTask, by: Actor) -> AssessmentTask:
    """The task, locked, while it can be filled in by this doer."""
    if not may_fill_in(by, task):
        raise RefusedError(_("Only the one who was asked fills this in."))
    locked = AssessmentTask.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    if locked.state == TaskState.DONE:
        raise RefusedError(_("You have sent this assessment already. It is kept as it is."))
    if locked.state != TaskState.ASKED or locked.plan.ended_at is not None:
        raise RefusedError(_("This assessment is closed. Nothing can be added any more."))
    return locked


def _check_length(entry: Entry) -> None:
    is_level_long = len(entry.level) > len(CANNOT_SAY) or len(entry.then) > len(CANNOT_SAY)
    if is_level_long or len(entry.words) > LONGEST_WORDS or len(entry.links) > LONGEST_LINKS:
        raise RefusedError(_("Write less: 2,000 characters at most about one competence."))


def _said_with(task: AssessmentTask, day: date) -> list[Said]:
    """Every row that the draft makes, in the order of the sheet."""
    found: list[Said] = []
    competences = Competence.objects.filter(planned__plan=task.plan_id).order_by("planned__position")
    for competence in competences:
        entry = entry_from(task.draft.get(str(competence.ref), {}))
        if not _is_nothing(entry, competence):
            found.append(_said(_row_of(task, Moment(task.moment), day), competence, entry))
        if asks_then(task) and entry.then not in {"", CANNOT_SAY}:
            looked_back = Entry(level=entry.then)
            found.append(_said(_row_of(task, Moment.THEN, day), competence, looked_back))
    return found


def _row_of(task: AssessmentTask, moment: Moment, day: date) -> Assessment:
    return Assessment(
        person_id=task.person_id,
        assessor_id=task.assessor_id,
        assessed_by=task.assessed_by,
        moment=moment,
        on=day,
        task=task,
    )


def _is_nothing(entry: Entry, competence: Competence) -> bool:
    """Whether there is no level to keep. Refused when words would be lost with it."""
    if entry.lacks_level:
        raise RefusedError(
            _("You wrote about “%(competence)s” but chose no level. Choose one, or remove what you wrote.")
            % {"competence": competence.name}
        )
    return not entry.is_chosen


def _said(row: Assessment, competence: Competence, entry: Entry) -> Said:
    if entry.level not in {str(level) for level in range(LOWEST_LEVEL, top_of(competence.scale) + 1)}:
        raise RefusedError(
            _("Choose one of the offered levels for “%(competence)s”.") % {"competence": competence.name}
        )
    row.competence, row.lineage = competence, competence.lineage
    row.level, row.words = int(entry.level), entry.words.strip()
    return Said(row=row, links=_links_in(entry, competence))


def _links_in(entry: Entry, competence: Competence | None = None) -> tuple[Link, ...]:
    try:
        return read_links(entry.links)
    except LinksError:
        raise RefusedError(
            _("Look at the links of “%(competence)s” again: one full address on a line, five at most.")
            % {"competence": competence.name if competence else ""}
        ) from None


def _write(said: list[Said]) -> None:
    """All rows, validated, in two statements."""
    for each in said:
        each.row.full_clean(validate_unique=False, validate_constraints=False, exclude=ALREADY_CHECKED)
    Assessment.objects.bulk_create([each.row for each in said])
    AssessmentEvidence.objects.bulk_create(
        AssessmentEvidence(assessment=each.row, address=link.address, label=link.label)
        for each in said
        for link in each.links
    )


def _move(task: AssessmentTask, to: TaskState, **values: Any) -> None:  # noqa: ANN401 -- columns of AssessmentTask
    if to not in TASK_MOVES[TaskState(task.state)]:
        raise RefusedError(_("This assessment is closed. Nothing can be added any more."))
    task.amend(state=to, **values)
