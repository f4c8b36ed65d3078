"""Writes: an import on its way. It is read and waits for a decision; then it is brought in or put away.

What is kept meanwhile is the reading, not the file: no name of an official or an author comes along. It goes when the
decision is made, or when nobody has made one for a month.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import IMPORT_MOVES, ImportState, SourceKind
from luotsi.competence.formats.keeping import kept
from luotsi.competence.models import FrameworkImport
from luotsi.competence.queries.imports import reading_of
from luotsi.competence.queries.prospects import prospect_of
from luotsi.competence.rules import may_import
from luotsi.competence.services.fetching import FetchError, fetch, number_in
from luotsi.competence.services.imports import OVERTAKEN, bring_in
from luotsi.competence.services.readers import read_framework
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.core.files import content_of, forget_file, keep_file

if TYPE_CHECKING:
    from luotsi.competence.formats.values import FrameworkReading
    from luotsi.competence.models import Framework
    from luotsi.core.jobs import Lease
    from luotsi.people.models import Network, Person

FORGOTTEN_AFTER = timedelta(days=30)
WORKER_READS = frozenset({SourceKind.ESCO})  # takes longer than a page may
WORKER_WRITES = 8_000  # competences and criteria: more of them are written by the worker
LONGEST_FAULT = 300


def stage(
    content: bytes, *, by: Person, kind: SourceKind, name: str = "", network: Network | None = None
) -> FrameworkImport:
    """Read a file and keep what was understood until somebody decides. Refused: nothing is kept."""
    _check(by)
    if kind in WORKER_READS:
        return _stage_for_worker(content, by=by, kind=kind, name=name)
    reading = read_framework(content, kind=kind, name=name)
    with transaction.atomic():
        found = FrameworkImport(source_kind=kind, state=ImportState.FETCHING, person=by, network=network).insert()
        return _keep(found, reading, name)


@transaction.atomic
def _stage_for_worker(content: bytes, *, by: Person, kind: SourceKind, name: str) -> FrameworkImport:
    file = keep_file(name or kind, content)
    found = FrameworkImport(source_kind=kind, state=ImportState.FETCHING, person=by, file=file).insert()
    jobs.enqueue("competence.read_import", ref=found.ref)
    return found


@transaction.atomic
def ask_for(written: str, *, by: Person) -> FrameworkImport:
    """Have the worker fetch what a number or an address names."""
    _check(by)
    if not settings.EPERUSTEET_ADDRESS:
        raise RefusedError(_("Fetching is not switched on here. The operator sets the address of ePerusteet."))
    number = number_in(written)
    found = FrameworkImport(
        source_kind=SourceKind.EPERUSTEET, origin_number=number, state=ImportState.FETCHING, person=by
    ).insert()
    jobs.enqueue("competence.fetch_import", ref=found.ref)
    return found


def fetch_waiting(found: FrameworkImport, *, is_last: bool) -> None:
    """Fetch and read what was asked for. A passing fault is raised, to be tried again, unless this is the last try."""
    if found.state != ImportState.FETCHING:
        return
    with translation.override(found.person.language):
        try:
            reading = read_framework(fetch(found.origin_number), kind=SourceKind(found.source_kind))
        except FetchError as error:
            if error.is_passing and not is_last:
                raise
            _refuse(found, str(error.text))
        except RefusedError as refused:
            _refuse(found, str(refused.text))
        else:
            _ready(found, reading)


def read_waiting(found: FrameworkImport) -> None:
    """Read a file that was kept for the worker, and keep what was understood instead."""
    if found.state != ImportState.FETCHING or found.file is None:
        return
    with translation.override(found.person.language):
        try:
            reading = read_framework(content_of(found.file), kind=SourceKind(found.source_kind), name=found.file.name)
        except RefusedError as refused:
            _refuse(found, str(refused.text))
        else:
            _ready(found, reading)


def apply_import(found: FrameworkImport, *, by: Person, seen: str) -> FrameworkImport:
    """Bring in what was read, as it was `seen` (the prospect's mark). Much of it is written by the worker.

    Refused when somebody has decided already, or when something else has come in since it was looked at.
    """
    _check(by)
    with transaction.atomic():
        locked = _locked(found)
        _check_move(locked, ImportState.APPLIED)
        reading = reading_of(locked)
        if prospect_of(reading, network=locked.network).mark != seen:
            raise RefusedError(OVERTAKEN)
        if reading.counts.competences + reading.counts.criteria > WORKER_WRITES:
            jobs.enqueue("competence.apply_import", ref=locked.ref)
            return _move(locked, ImportState.FETCHING)
        return _applied(locked, reading)


def apply_waiting(found: FrameworkImport, lease: Lease) -> None:
    """Write what was decided on and is too much for a page. If it was overtaken, it waits for a decision again."""
    if found.state != ImportState.FETCHING or found.file is None:
        return
    reading = reading_of(found)
    lease.report(1, 2)
    with translation.override(found.person.language):
        try:
            with transaction.atomic():
                locked = _locked(found)
                if locked.state == ImportState.FETCHING:
                    _applied(locked, reading)
        except RefusedError as refused:
            _move(found, ImportState.READY, fault=str(refused.text)[:LONGEST_FAULT])
    lease.report(2, 2)


@transaction.atomic
def put_away(found: FrameworkImport, *, by: Person) -> FrameworkImport:
    """Decide against it. What was kept of it goes."""
    _check(by)
    locked = _locked(found)
    _check_move(locked, ImportState.PUT_AWAY)
    audit.record(by=by, verb="competence.import_put_away", subject=locked)
    return _end(locked, ImportState.PUT_AWAY)


def put_forgotten_away() -> int:
    """Put away what nobody has decided on for a month. Returns how many."""
    waiting = FrameworkImport.objects.filter(
        state__in=[ImportState.READY, ImportState.FETCHING], created_at__lt=timezone.now() - FORGOTTEN_AFTER
    )
    count = 0
    for found in waiting:
        with transaction.atomic():
            _end(_locked(found), ImportState.PUT_AWAY)
        count += 1
    return count


def _check(by: Person) -> None:
    if not may_import(by):
        raise RefusedError(_("Only a coordinator brings frameworks in."))


def _check_move(found: FrameworkImport, state: ImportState) -> None:
    is_waiting = found.state == ImportState.READY or state == ImportState.PUT_AWAY
    if not is_waiting or state not in IMPORT_MOVES[ImportState(found.state)]:
        raise RefusedError(_("This has been decided on already."))


def _locked(found: FrameworkImport) -> FrameworkImport:
    return (
        FrameworkImport.objects.select_for_update(of=("self",))
        .select_related("person", "network", "file")
        .get(pk=found.pk)
    )


def _move(found: FrameworkImport, state: ImportState, *, fault: str = "") -> FrameworkImport:
    return found.amend(state=state, fault=fault)


def _ready(found: FrameworkImport, reading: FrameworkReading) -> None:
    with transaction.atomic():
        locked = _locked(found)
        if locked.state == ImportState.FETCHING:
            _keep(locked, reading, locked.file.name if locked.file else locked.origin_number)


def _refuse(found: FrameworkImport, fault: str) -> None:
    with transaction.atomic():
        locked = _locked(found)
        if locked.state == ImportState.FETCHING:
            _end(locked, ImportState.REFUSED, fault=fault[:LONGEST_FAULT])


def _keep(found: FrameworkImport, reading: FrameworkReading, name: str) -> FrameworkImport:
    raw = found.file
    found.amend(file=keep_file(name or reading.framework.origin_id, kept(reading)), state=ImportState.READY)
    if raw is not None:
        forget_file(raw)
    return found


def _applied(found: FrameworkImport, reading: FrameworkReading) -> FrameworkImport:
    report = bring_in(reading, by=found.person, network=found.network)
    if not report.is_new:
        raise RefusedError(_("Nothing would change: this very version, or a newer one, is here already."))
    return _end(found, ImportState.APPLIED, framework=report.framework)


def _end(
    found: FrameworkImport, state: ImportState, *, fault: str = "", framework: Framework | None = None
) -> FrameworkImport:
    file = found.file
    found.amend(state=state, fault=fault, framework=framework, file=None)
    if file is not None:
        forget_file(file)
    return found
