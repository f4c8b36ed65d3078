"""Writes: lists of applicants, staged first, then taken in short transactions. Every row keeps what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.core.files import content_of, forget_file, keep_file
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.refusals import TableRefusedError
from luotsi.people.queries import recipient_of
from luotsi.people.services.accounts import add_person
from luotsi.programmes.enums import IMPORT_MOVES, TO_APPLY, ImportState, ProgrammeState, RowOutcome
from luotsi.programmes.formats.applicants import Remark, RowFault, applicant_from_json, columns
from luotsi.programmes.messages import letters
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRow, ImportRun
from luotsi.programmes.queries.lists import counts_of, organisations_by_key
from luotsi.programmes.rules import may_run
from luotsi.programmes.services.applications import change_application, submit_application
from luotsi.programmes.services.staging import LIMITS, Staging, candidacy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from luotsi.core.tables.reading import TableReading
    from luotsi.people.models import Organisation, Person
    from luotsi.programmes.formats.applicants import Applicant
    from luotsi.programmes.models.programmes import Round

ROWS_AT_ONCE = 25  # a transaction of these is far under a second
ROWS_STAGED_AT_ONCE = 500
NOT_OPEN = _("Open the programme first: a draft takes no applications.")
KEPT_FOR = timedelta(days=30)  # what was typed in rows that were not taken


@transaction.atomic
def stage_import(round_: Round, *, name: str, content: bytes, by: Person) -> ImportRun:
    """Keep the file and have it read in the background. Nobody is taken from it yet."""
    if not may_run(by, round_.programme):
        raise RefusedError(_("Only a coordinator of the network takes in lists."))
    if round_.programme.state != ProgrammeState.OPEN:
        raise RefusedError(NOT_OPEN)
    file = keep_file(name, content)
    run = ImportRun(round=round_, file=file, file_name=file.name, started_by=by).insert()
    job = jobs.enqueue("programmes.read_import", run_ref=run.ref)
    run.amend(job_ref=job.ref)
    audit.record(by=by, verb="programmes.list_staged", subject=run)
    return run


def read_import(run: ImportRun, *, report: Callable[[int, int], None]) -> None:
    """Read the file of a staged list into rows with their outcome, or refuse it as a whole; then forget the file.

    Done again after a fault, it begins anew. Tells the one who staged it.
    """
    if run.state != ImportState.READING or run.file is None:
        return
    try:
        table = read_table(content_of(run.file), run.file_name, columns(), LIMITS)
    except TableRefusedError as refused:
        _refuse(run, refused.code.value, refused.facts)
        return
    if table.missing_columns:
        _refuse(run, RowFault.MISSING_COLUMNS, {"columns": list(table.missing_columns)})
        return
    run.rows.all().delete()
    rows = Staging(run).rows_of(table)
    for start in range(0, len(rows), ROWS_STAGED_AT_ONCE):
        ImportRow.objects.bulk_create(rows[start : start + ROWS_STAGED_AT_ONCE])
        report(min(start + ROWS_STAGED_AT_ONCE, len(rows)), len(rows))
    _finish_reading(run, table)


@transaction.atomic
def _finish_reading(run: ImportRun, table: TableReading) -> None:
    _move(run, ImportState.READY, unknown_columns=[heading.text for heading in table.unknown_headers if heading.text])
    _forget_content(run)
    audit.record(by=run.started_by, verb="programmes.list_read", subject=run, **counts_of(run))
    counts = counts_of(run)
    tell(lambda: letters.list_read(run, counts), to=recipient_of(run.started_by), by=run.started_by)


@transaction.atomic
def _refuse(run: ImportRun, code: str, facts: Mapping[str, object]) -> None:
    _move(run, ImportState.REFUSED, fault={"code": code, "facts": dict(facts)})
    _forget_content(run)
    audit.record(by=run.started_by, verb="programmes.list_refused", subject=run, code=code)
    tell(lambda: letters.list_refused(run), to=recipient_of(run.started_by), by=run.started_by)


@transaction.atomic
def apply_import(run: ImportRun, *, by: Person) -> None:
    """Have the good rows taken in the background."""
    if not may_run(by, run.round.programme):
        raise RefusedError(_("Only a coordinator of the network takes in lists."))
    if not run.rows.filter(outcome__in=TO_APPLY).exists():
        raise RefusedError(_("There is no row in this list that could be taken."))
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    _move(locked, ImportState.APPLYING, started_by=by)
    job = jobs.enqueue("programmes.apply_import", run_ref=run.ref)
    run.state, run.job_ref = locked.state, job.ref
    run.amend(job_ref=job.ref)
    audit.record(by=by, verb="programmes.list_applied", subject=run)


def carry_out_import(run: ImportRun, *, report: Callable[[int, int], None]) -> None:
    """Take the good rows, some in each transaction. Done again after a fault, it goes on where it stopped.

    Nobody is taken twice: a row is done in the transaction that takes it, and one person has one application a round.
    """
    if run.state != ImportState.APPLYING:
        return
    total = run.rows.filter(outcome__in=[*TO_APPLY, RowOutcome.TAKEN]).count()
    organisations = organisations_by_key(run.round.programme.network)
    while _take_some(run, organisations, by=run.started_by):
        report(run.rows.filter(is_done=True).count(), total)
    _finish_applying(run)


@transaction.atomic
def _take_some(run: ImportRun, organisations: dict[str, Organisation], *, by: Person) -> bool:
    """Take the next rows. Returns whether there were any."""
    waiting = run.rows.select_for_update().filter(outcome__in=TO_APPLY, is_done=False).order_by("number")
    rows = list(waiting[:ROWS_AT_ONCE])
    for row in rows:
        applicant = applicant_from_json(row.kept)
        try:
            with transaction.atomic():
                row.application, row.outcome = _take(run, applicant, organisations, by=by)
        except RefusedError:
            row.outcome, row.faults = RowOutcome.REFUSED, [*row.faults, Remark(code=RowFault.DECIDED).to_json()]
        except ValidationError:
            row.outcome, row.faults = RowOutcome.REFUSED, [*row.faults, Remark(code=RowFault.NOT_TAKEN).to_json()]
        row.kept, row.is_done = {}, True
        row.email_key = "" if row.application else row.email_key
        row.save(update_fields=["application", "outcome", "faults", "kept", "is_done", "email_key"])
    return bool(rows)


def _take(
    run: ImportRun, applicant: Applicant, organisations: dict[str, Organisation], *, by: Person
) -> tuple[Application, RowOutcome]:
    """The person's application to the round: a new one, or the one there is with what the row says now."""
    person = add_person(
        by=by,
        email=applicant.email,
        given_name=applicant.given_name,
        family_name=applicant.family_name,
        language=next((code for code in applicant.answers.languages if code in {"fi", "sv", "en"}), "fi"),
        region=applicant.answers.region,
        is_minor=applicant.answers.is_minor,
    )
    candidacy = candidacy_of(applicant, organisations)
    found = Application.objects.filter(round=run.round, person=person).first()
    if found is None:
        return submit_application(run.round, candidacy, person=person, by=by), RowOutcome.TAKEN
    found.round = run.round
    change_application(found, replace(candidacy, submitted_on=applicant.submitted_on or found.submitted_on), by=by)
    return found, RowOutcome.CHANGED


@transaction.atomic
def _finish_applying(run: ImportRun) -> None:
    _move(run, ImportState.APPLIED)
    audit.record(by=run.started_by, verb="programmes.list_taken", subject=run, **counts_of(run))
    counts = counts_of(run)
    tell(lambda: letters.list_taken(run, counts), to=recipient_of(run.started_by), by=run.started_by)


@transaction.atomic
def clear_old_rows() -> int:
    """Forget what was typed in rows that were not taken, a month after. Returns how many rows were cleared."""
    old = ImportRow.objects.filter(run__changed_at__lt=timezone.now() - KEPT_FOR).exclude(kept={}, email_key="")
    rows = list(old[:1000])
    for row in rows:
        clear_row(row)
    return len(rows)


def clear_row(row: ImportRow) -> None:
    """Forget what was typed. The row's outcome and the codes of its faults stay."""
    row.kept, row.email_key = {}, ""
    row.faults = [{**fault, "value": "", "facts": {}} for fault in row.faults]
    row.save(update_fields=["kept", "email_key", "faults"])


def import_run(ref: UUID) -> ImportRun:
    """The list that a job works on."""
    return ImportRun.objects.select_related(
        "file", "started_by", "round__programme__network", "round__programme__circle"
    ).get(ref=ref)


def _forget_content(run: ImportRun) -> None:
    file, run.file = run.file, None
    run.amend(file=None)
    if file is not None:
        transaction.on_commit(lambda: forget_file(file))


def _move(run: ImportRun, to: ImportState, **values: object) -> None:
    if to not in IMPORT_MOVES[ImportState(run.state)]:
        raise RefusedError(_("This list has gone on already. Look at it again."))
    run.amend(state=to, **values)
