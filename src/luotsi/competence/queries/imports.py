"""Reads: imports on their way, each for the one who brought it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import ImportState
from luotsi.competence.formats.keeping import NotKeptError, revived
from luotsi.competence.models import FrameworkImport
from luotsi.competence.rules import may_import
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.files import content_of
from luotsi.core.models import Job
from luotsi.core.queries import one

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.competence.formats.values import FrameworkReading
    from luotsi.people.models import Person

SHOWN_FOR = timedelta(days=7)  # what could not be read
JOBS = ("competence.fetch_import", "competence.read_import", "competence.apply_import")


def imports_for(person: Person) -> QuerySet[FrameworkImport]:
    """What a coordinator has brought. Raises NotThereError for those who bring nothing in."""
    if not may_import(person):
        raise NotThereError
    return (
        FrameworkImport.objects.filter(person=person)
        .select_related("file", "framework", "network", "person")
        .order_by("-created_at", "-pk")
    )


def open_imports_for(person: Person) -> QuerySet[FrameworkImport]:
    """Those that wait for a decision or are on their way, and what could not be read this week."""
    found = imports_for(person)
    waiting = found.filter(state__in=[ImportState.FETCHING, ImportState.READY])
    return waiting | found.filter(state=ImportState.REFUSED, created_at__gt=timezone.now() - SHOWN_FOR)


def import_for(person: Person, ref: UUID) -> FrameworkImport:
    return one(imports_for(person), ref)


def reading_of(found: FrameworkImport) -> FrameworkReading:
    """What was understood of the file. Refused when an older release has kept it in another form."""
    try:
        return revived(content_of(found.file)) if found.file else _nothing()
    except (NotKeptError, FileNotFoundError) as error:
        raise RefusedError(
            _("What was read is not here any more. Put this away and bring the file in again.")
        ) from error


def job_of(found: FrameworkImport) -> Job | None:
    """The work that goes on with it."""
    return Job.objects.filter(name__in=JOBS, arguments={"ref": {"ref": str(found.ref)}}).order_by("-pk").first()


def _nothing() -> FrameworkReading:
    raise NotKeptError
