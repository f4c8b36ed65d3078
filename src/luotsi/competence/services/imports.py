"""Writes: bringing frameworks in. A new version stands beside the old one; the same again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import SourceKind
from luotsi.competence.formats.scales import in_order
from luotsi.competence.queries.prospects import Standing, prospect_of, scales_in, waiting_for
from luotsi.competence.queries.versions import earlier_lineages, lineages_of
from luotsi.competence.rules import may_import
from luotsi.competence.services.readers import read_framework
from luotsi.competence.services.writing import add_criteria, write_framework
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.competence.formats.values import FrameworkReading, GenericScale
    from luotsi.competence.models import Framework
    from luotsi.competence.queries.prospects import Prospect
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network


OVERTAKEN = _("Another version came in at the same moment. Look at what this one would change now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do. `framework` is the version that the file holds; None: not here yet."""

    reading: FrameworkReading
    prospect: Prospect
    framework: Framework | None

    @property
    def is_new(self) -> bool:
        return not self.prospect.changes_nothing

    @property
    def replaces(self) -> Framework | None:
        return self.prospect.current if self.is_new and self.prospect.retires else None


def plan_import(
    content: bytes, *, source: str = "", kind: SourceKind = SourceKind.EPERUSTEET, name: str = ""
) -> ImportReport:
    """What importing this file would do."""
    reading = read_framework(content, kind=kind, name=name)
    prospect = prospect_of(reading, source=source)
    return ImportReport(reading=reading, prospect=prospect, framework=prospect.known)


def import_framework(
    content: bytes, *, by: Actor, source: str = "", kind: SourceKind = SourceKind.EPERUSTEET, name: str = ""
) -> ImportReport:
    """Bring a framework in: all of it or nothing. An older version is retired; what was assessed with it keeps it."""
    if not may_import(by):
        raise RefusedError(_("Only a coordinator brings frameworks in."))
    reading = read_framework(content, kind=kind, name=name)
    return bring_in(reading, by=by, source=source)


def bring_in(reading: FrameworkReading, *, by: Actor, source: str = "", network: Network | None = None) -> ImportReport:
    """Write a reading as rows, in one transaction. What is here already, or in a newer version, changes nothing."""
    if not may_import(by):
        raise RefusedError(_("Only a coordinator brings frameworks in."))
    try:
        with transaction.atomic():
            return _bring_in(reading, by=by, source=source, network=network)
    except (IntegrityError, ValidationError) as error:
        if isinstance(error, ValidationError) and NON_FIELD_ERRORS not in error.message_dict:
            raise
        raise RefusedError(OVERTAKEN) from error


def _bring_in(reading: FrameworkReading, *, by: Actor, source: str, network: Network | None) -> ImportReport:
    prospect = prospect_of(reading, source=source, network=network)
    if prospect.changes_nothing:
        return ImportReport(reading=reading, prospect=prospect, framework=prospect.known)
    if prospect.current is not None and prospect.retires:
        prospect.current.amend(retired_at=timezone.now())
        jobs.enqueue("competence.index_words", ref=prospect.current.ref)
    if prospect.standing is Standing.BACK and prospect.known is not None:
        framework = prospect.known.amend(retired_at=None, modified_at=reading.framework.modified)
    else:
        framework = write_framework(prospect, _lineages(prospect), network)
    jobs.enqueue("competence.index_words", ref=framework.ref)  # its dictionaries take seconds to load
    filled = sum(_fill(scale) for scale in scales_in(reading.framework))
    counts = reading.counts
    audit.record(
        by=by,
        verb="competence.framework_imported",
        subject=framework,
        areas=counts.areas,
        criteria=counts.criteria,
        filled=filled,
    )
    return ImportReport(reading=reading, prospect=prospect, framework=framework)


def _lineages(prospect: Prospect) -> dict[str, UUID]:
    """The line of each competence that goes one on: that of the one it is paired with, or one that ended earlier."""
    current = lineages_of(prospect.current) if prospect.current else {}
    going_on = {
        pairing.new.origin_id: current[pairing.old.origin_id]
        for pairing in prospect.comparison.pairings
        if pairing.old and pairing.new
    }
    taken = set(current.values())
    again = {
        origin: lineage
        for origin, lineage in earlier_lineages(prospect.source, prospect.origin).items()
        if lineage not in taken
    }
    return again | going_on


def _fill(scale: GenericScale) -> int:
    """Give the scale's criteria to the competences that wait for them, after their own. Returns how many got them."""
    waiting = list(waiting_for(scale).prefetch_related("criteria"))
    for competence in waiting:
        if scale.scale:
            competence.amend(scale=scale.scale)
    placed = [
        (competence, criterion)
        for competence in waiting
        for criterion in in_order(scale.criteria, start=competence.criteria.count())
    ]
    add_criteria(placed)
    return len(waiting)
