"""Reads: imported lists and their rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from luotsi.core.models import Job
from luotsi.core.queries import one
from luotsi.core.words.keys import email_key
from luotsi.people.models import Organisation
from luotsi.people.queries import addresses_of
from luotsi.programmes.enums import ImportState
from luotsi.programmes.formats.list_columns import digest_of, sayable
from luotsi.programmes.models.lists import ColumnMapping, ImportRow, ImportRun

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Network, Person
    from luotsi.programmes.enums import RowOutcome
    from luotsi.programmes.models.programmes import Programme


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
    about = Q(email_key__in=keys) | Q(application__person=person)
    return ImportRow.objects.filter(about).exclude(kept={}).select_related("run").order_by("pk")


def rows_with_remarks(run: ImportRun) -> QuerySet[ImportRow]:
    """Rows that something is to be known about: remarks, or what they change."""
    return run.rows.exclude(faults=[], before={}).order_by("number")


def can_be_mapped(run: ImportRun) -> bool:
    """Whether it can still be said what the headings of the list mean."""
    return run.file_id is not None and run.state in {ImportState.COLUMNS, ImportState.READY} and bool(run.mapping)


def mapping_for(run: ImportRun, headings: Iterable[str]) -> dict[str, str]:
    """What a coordinator of the network said before of the same headings; nothing, if nobody did."""
    digest = digest_of(sayable(headings))
    found = ColumnMapping.objects.filter(network=run.round.programme.network, headings_digest=digest).first()
    return dict(found.mapping) if found else {}


def is_said(run: ImportRun) -> bool:
    """Whether the list is read as a coordinator said, and not by its headings alone."""
    return bool(run.mapping) and bool(mapping_for(run, dict(run.mapping)))


def job_of(run: ImportRun) -> Job | None:
    """The work on the list that was asked for last."""
    return Job.objects.filter(ref=run.job_ref).first() if run.job_ref else None


def organisations_by_key(network: Network) -> dict[str, Organisation]:
    """The network's organisations and their units by the key of their name; a name that two have is nobody's."""
    found = Organisation.objects.filter(Q(networks=network) | Q(parent__networks=network)).distinct()
    rows = list(found)
    counted = Counter(row.search_key for row in rows)
    return {row.search_key: row for row in rows if counted[row.search_key] == 1}
