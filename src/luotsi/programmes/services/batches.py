"""Writes: one decision about many applications, or one letter to many applicants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import ApplicationState, BatchOutcome, ProgrammeState
from luotsi.programmes.messages import letters
from luotsi.programmes.messages.own_words import OwnWords
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.batches import Batch, BatchRow
from luotsi.programmes.rules import may_run
from luotsi.programmes.services.applications import DECISIONS, decide
from luotsi.programmes.services.letters import check_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be done with each. No `decision`: a letter only. No `words`: the ordinary ones of the decision."""

    decision: ApplicationState | None = None
    words: OwnWords | None = None
    is_necessary: bool = False


@transaction.atomic
def ask_for_many(programme: Programme, applications: Iterable[Application], asked: Asked, *, by: Person) -> Batch:
    """Keep which applications it is about, and have it done in the background. Nobody is told anything yet."""
    _check(programme, asked, by)
    chosen = [application.pk for application in applications]
    if not chosen:
        raise RefusedError(_("Choose at least one application."))
    batch = Batch(
        programme=programme,
        decision=asked.decision or "",
        subject=asked.words.subject if asked.words else None,
        text=asked.words.text if asked.words else None,
        is_necessary=asked.is_necessary,
        started_by=by,
    ).insert()
    rows = [BatchRow(batch=batch, application_id=key) for key in chosen]
    BatchRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    job = jobs.enqueue("programmes.carry_out_batch", batch_ref=batch.ref)
    batch.amend(job_ref=job.ref)
    audit.record(by=by, verb="programmes.many_asked", subject=batch, count=len(chosen), decision=batch.decision)
    return batch


def _check(programme: Programme, asked: Asked, by: Person) -> None:
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network decides about applications."))
    if asked.decision is None and asked.words is None:
        raise RefusedError(_("Choose a decision, or write a letter."))
    if asked.decision is not None and asked.decision not in DECISIONS:
        raise RefusedError(_("Accept the application, put it on the waiting list, or decline it."))
    if asked.decision is not None and programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
    if asked.words is not None:
        check_words(asked.words)


def carry_out_batch(batch: Batch, *, report: Callable[[int, int], None]) -> None:
    """Handle each in a short transaction of its own, which also notes that it was. Done again, it goes on."""
    total = batch.rows.count()
    while row := batch.rows.filter(outcome=BatchOutcome.WAITING).order_by("pk").first():
        _handle(batch, row)
        report(batch.rows.exclude(outcome=BatchOutcome.WAITING).count(), total)
    _finish(batch)


@transaction.atomic
def _handle(batch: Batch, row: BatchRow) -> None:
    locked = BatchRow.objects.select_for_update().get(pk=row.pk)
    if locked.outcome != BatchOutcome.WAITING:
        return
    people = ("person", "organisation", "round__programme__network", "round__programme__circle")
    application = Application.objects.select_related(*people).get(pk=row.application_id)
    try:
        with transaction.atomic():
            _act(batch, application)
    except RefusedError as refused:
        with translation.override(batch.started_by.language):
            locked.amend(outcome=BatchOutcome.REFUSED, fault=str(refused.text)[:300])
    else:
        locked.amend(outcome=BatchOutcome.DONE)


def _act(batch: Batch, application: Application) -> None:
    words = OwnWords(subject=batch.subject, text=batch.text) if batch.subject and batch.text else None
    if batch.decision:
        decide(application, ApplicationState(batch.decision), by=batch.started_by, words=words)
    elif words is not None:
        letter = words, batch.is_necessary
        if not may_run(batch.started_by, batch.programme):
            raise RefusedError(_("Only a coordinator of the network writes to applicants."))
        tell(
            lambda: letters.to_applicant(application, letter[0], is_necessary=letter[1]),
            to=recipient_of(application.person),
            by=batch.started_by,
        )


@transaction.atomic
def _finish(batch: Batch) -> None:
    """Once: the one who asked for it is told."""
    if not Batch.objects.filter(pk=batch.pk, ended_at=None).update(ended_at=timezone.now()):
        return
    batch.refresh_from_db(fields=["ended_at"])
    done = batch.rows.filter(outcome=BatchOutcome.DONE).count()
    refused = batch.rows.filter(outcome=BatchOutcome.REFUSED).count()
    audit.record(by=batch.started_by, verb="programmes.many_done", subject=batch, done=done, refused=refused)
    tell(lambda: letters.many_handled(batch, done, refused), to=recipient_of(batch.started_by), by=batch.started_by)


def batch_of(ref: UUID) -> Batch:
    """The batch that a job works on."""
    return Batch.objects.select_related("programme__network", "started_by").get(ref=ref)
