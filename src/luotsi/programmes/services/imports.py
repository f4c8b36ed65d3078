"""Writes: lists of applicants, staged first, then taken in short transactions. Every row keeps what became of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.core.files import content_of, forget_file, keep_file
from luotsi.core.tables.reading import scan_table
from luotsi.core.tables.refusals import TableRefusedError
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import IMPORT_MOVES, TO_APPLY, ImportState, ProgrammeState, RowOutcome
from luotsi.programmes.formats.applicants import RowFault
from luotsi.programmes.formats.list_columns import columns_for, digest_of, sayable
from luotsi.programmes.messages import letters
from luotsi.programmes.models.lists import ColumnMapping, ImportRow, ImportRun
from luotsi.programmes.models.programmes import Round
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.lists import counts_of, is_said, mapping_for, organisations_by_key
from luotsi.programmes.rules import may_run
from luotsi.programmes.services.applications import OPEN_ROUNDS
from luotsi.programmes.services.staging import LIMITS, Staging
from luotsi.programmes.services.taking import Taking, note_done, refuse
from luotsi.programmes.services.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from luotsi.core.tables.columns import Column
    from luotsi.core.tables.reading import TableScan
    from luotsi.people.models import Person
    from luotsi.programmes.services.taking import Prepared

ROWS_STAGED_AT_ONCE = 500
ROWS_DROPPED_AT_ONCE = 5_000
TO_TAKE = Q(outcome__in=[*TO_APPLY, RowOutcome.TAKEN])
NOT_OPEN = _("Open the programme first: a draft takes no applications.")
SELF_ONLY = _("In this programme everybody applies in person, so no list is taken in. Invite people to apply instead.")
KEPT_FOR = timedelta(days=30)  # what was typed in rows that were not taken


@transaction.atomic
def stage_import(round_: Round, *, name: str, content: bytes, by: Person) -> ImportRun:
    """Keep the file and have it read in the background. Nobody is taken from it yet."""
    _check_may(round_, by)
    if round_.programme.state != ProgrammeState.OPEN:
        raise RefusedError(NOT_OPEN)
    file = keep_file(name, content)
    run = ImportRun(round=round_, file=file, file_name=file.name, started_by=by).insert()
    job = jobs.enqueue("programmes.read_import", run_ref=run.ref)
    run.amend(job_ref=job.ref)
    audit.record(by=by, verb="programmes.list_staged", subject=run)
    return run


def read_import(run: ImportRun, *, report: Callable[[int, int], None]) -> None:
    """Read the file of a staged list into rows with their outcome, or refuse it as a whole.

    What a coordinator said before of the same headings counts. Where a needed column is missing and a heading is not
    understood, it waits to hear what its columns mean. Done again after a fault, it begins anew. Tells the one who
    staged it.
    """
    if run.state != ImportState.READING or run.file is None:
        return
    _drop_rows(run)
    try:
        columns, scan = _scan(run, content_of(run.file))
        if scan.missing_columns:
            _ask_or_refuse(run, scan)
            return
        _stage_rows(run, columns, scan, report)
    except TableRefusedError as refused:
        _drop_rows(run)
        _refuse(run, refused.code.value, refused.facts)
        return
    _finish_reading(run, scan)


def _scan(run: ImportRun, content: bytes) -> tuple[Sequence[Column], TableScan]:
    """The table, with its columns understood as a coordinator said, if one did."""
    model = model_in(run.round.programme.description)
    columns = columns_for(model)
    scan = scan_table(content, run.file_name, columns, LIMITS)
    said = mapping_for(run, scan.headings)
    known = {column.key for column in columns} | {""}
    said = {heading: key for heading, key in said.items() if key in known}
    if not said:
        return columns, scan
    columns = columns_for(model, said)
    return columns, scan_table(content, run.file_name, columns, LIMITS)


def _stage_rows(run: ImportRun, columns: Sequence[Column], scan: TableScan, report: Callable[[int, int], None]) -> None:
    staging, turns, done = Staging(run, scan, columns), Turns(), 0
    while rows := list(islice(scan.rows, ROWS_STAGED_AT_ONCE)):
        staged = staging.rows_of(rows)
        with turns.writing():
            ImportRow.objects.bulk_create(staged)
        done += len(rows)
        report(done, 0)


def _drop_rows(run: ImportRun) -> None:
    turns = Turns()
    while numbers := list(run.rows.order_by("pk").values_list("pk", flat=True)[:ROWS_DROPPED_AT_ONCE]):
        with turns.writing():
            run.rows.filter(pk__lte=numbers[-1]).delete()


def _understood(scan: TableScan) -> list[tuple[str, str]]:
    """Each heading of which it can be said what it means, in order, and the column it is taken for; none: empty."""
    meant = {place: key for key, place in scan.places.items()}
    wanted = set(sayable(scan.headings))
    return [(heading, meant.get(place, "")) for place, heading in enumerate(scan.headings) if heading in wanted]


@transaction.atomic
def _ask_or_refuse(run: ImportRun, scan: TableScan) -> None:
    mapping, facts = _understood(scan), {"columns": list(scan.missing_columns)}
    if all(key for _heading, key in mapping):  # no heading could mean what is missing
        _refuse(run, RowFault.MISSING_COLUMNS, facts)
        return
    fault = {"code": RowFault.MISSING_COLUMNS, "facts": facts}
    _move(run, ImportState.COLUMNS, fault=fault, mapping=mapping, unknown_columns=_unknown(scan))
    audit.record(by=run.started_by, verb="programmes.list_waits", subject=run)
    tell(lambda: letters.list_waits(run), to=recipient_of(run.started_by), by=run.started_by)


def _unknown(scan: TableScan) -> list[str]:
    return [heading.text for heading in scan.unknown_headers if heading.text]


@transaction.atomic
def _finish_reading(run: ImportRun, scan: TableScan) -> None:
    """The file stays as long as somebody may say that a heading means something else."""
    counts, unknown = counts_of(run), _unknown(scan)
    total = sum(counts.values())
    _move(run, ImportState.READY, unknown_columns=unknown, mapping=_understood(scan), fault={}, rows_total=total)
    if not unknown and not is_said(run):
        _forget_content(run)
    audit.record(by=run.started_by, verb="programmes.list_read", subject=run, **counts)
    tell(lambda: letters.list_read(run, counts), to=recipient_of(run.started_by), by=run.started_by)


@transaction.atomic
def _refuse(run: ImportRun, code: str, facts: Mapping[str, object]) -> None:
    _move(run, ImportState.REFUSED, fault={"code": code, "facts": dict(facts)})
    _forget_content(run)
    audit.record(by=run.started_by, verb="programmes.list_refused", subject=run, code=code)
    tell(lambda: letters.list_refused(run), to=recipient_of(run.started_by), by=run.started_by)


@transaction.atomic
def map_columns(run: ImportRun, mapping: Mapping[str, str], *, by: Person) -> None:
    """Say what the headings of a list mean, and have it read again. It is remembered for lists with the same ones."""
    _check_may(run.round, by)
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.file_id is None or locked.state not in {ImportState.COLUMNS, ImportState.READY}:
        raise RefusedError(_("This list has gone on already. Look at it again."))
    known = {column.key for column in columns_for(model_in(run.round.programme.description))} | {""}
    chosen = [key for key in mapping.values() if key]
    if set(mapping) != set(dict(locked.mapping)) or not set(mapping.values()) <= known:
        raise RefusedError(_("This list has gone on already. Look at it again."))
    if len(chosen) != len(set(chosen)):
        raise RefusedError(_("Two headings cannot mean the same column. Pass one of them over."))
    _remember(run, mapping)
    job = jobs.enqueue("programmes.read_import", run_ref=run.ref)
    _move(locked, ImportState.READING, job_ref=job.ref, started_by=by)
    run.state, run.job_ref = locked.state, locked.job_ref
    audit.record(by=by, verb="programmes.list_columns_said", subject=run)


def _remember(run: ImportRun, mapping: Mapping[str, str]) -> None:
    network, digest = run.round.programme.network, digest_of(mapping)
    known = ColumnMapping.objects.select_for_update().filter(network=network, headings_digest=digest).first()
    if known:
        known.amend(mapping=dict(mapping))
    else:
        ColumnMapping(network=network, headings_digest=digest, mapping=dict(mapping)).insert()


@transaction.atomic
def apply_import(run: ImportRun, *, by: Person) -> None:
    """Have the good rows taken in the background."""
    _check_may(run.round, by)
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
    counts = Counter(dict(run.rows.values_list("is_done").annotate(count=Count("pk")).filter(TO_TAKE).order_by()))
    done, total = counts[True], counts.total()
    taking = Taking(run, organisations_by_key(run.round.programme.network), by=run.started_by)
    turns, last = Turns(), 0
    while rows := _next_rows(run, last, turns.rows):
        prepared = taking.prepare(rows)
        with turns.writing():
            done += _take_some(run, taking, rows, prepared)
        last = rows[-1].number
        report(done, total)
    _finish_applying(run)


def _next_rows(run: ImportRun, last: int, most: int) -> list[ImportRow]:
    waiting = run.rows.filter(number__gt=last, outcome__in=TO_APPLY, is_done=False)
    return list(waiting.order_by("number")[:most])


def _take_some(run: ImportRun, taking: Taking, rows: list[ImportRow], prepared: Prepared) -> int:
    """Take these rows but those that another worker has taken meanwhile. Returns how many were taken."""
    waiting = run.rows.select_for_update().filter(pk__in=[row.pk for row in rows], is_done=False)
    here = set(waiting.values_list("pk", flat=True))
    rows = [row for row in rows if row.pk in here]
    round_ = Round.objects.select_related("programme").get(pk=run.round_id)
    if round_.programme.state == ProgrammeState.OPEN and round_.state in OPEN_ROUNDS:
        taking.take(rows, prepared)
    else:
        for row in rows:
            refuse(row, RowFault.NO_LONGER_OPEN)
        note_done(rows)
    return len(rows)


@transaction.atomic
def _finish_applying(run: ImportRun) -> None:
    _move(run, ImportState.APPLIED)
    _forget_content(run)
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
    waiting = {ImportState.READY, ImportState.COLUMNS}
    for run in ImportRun.objects.filter(
        changed_at__lt=timezone.now() - KEPT_FOR, state__in=waiting, file__isnull=False
    ):
        _forget_content(run)
    return len(rows)


def clear_row(row: ImportRow) -> None:
    """Forget what was typed. The row's outcome and the codes of its faults stay."""
    row.kept, row.before, row.email_key = {}, {}, ""
    row.faults = [{**fault, "value": "", "facts": {}} for fault in row.faults]
    row.save(update_fields=["kept", "before", "email_key", "faults"])


def import_run(ref: UUID) -> ImportRun:
    """The list that a job works on."""
    return ImportRun.objects.select_related(
        "file", "started_by", "round__programme__network", "round__programme__circle"
    ).get(ref=ref)


def _check_may(round_: Round, by: Person) -> None:
    if not may_run(by, round_.programme):
        raise RefusedError(_("Only a coordinator of the network takes in lists."))
    if model_in(round_.programme.description).enrolment.self_only:
        raise RefusedError(SELF_ONLY)


def _forget_content(run: ImportRun) -> None:
    file, run.file = run.file, None
    run.amend(file=None)
    if file is not None:
        transaction.on_commit(lambda: forget_file(file))


def _move(run: ImportRun, to: ImportState, **values: object) -> None:
    if to not in IMPORT_MOVES[ImportState(run.state)]:
        raise RefusedError(_("This list has gone on already. Look at it again."))
    run.amend(state=to, **values)
