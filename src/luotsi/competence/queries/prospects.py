"""Reads: what bringing a framework in would add, change and end, without doing any of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from luotsi.competence.formats.comparison import compare
from luotsi.competence.formats.keeping import digest_of
from luotsi.competence.formats.scaling import lacks_levels, with_scales
from luotsi.competence.formats.values import FrameworkKind, GenericScale
from luotsi.competence.models import Competence, Framework
from luotsi.competence.queries.versions import as_values, general_scales

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.competence.formats.comparison import Comparison
    from luotsi.competence.formats.values import Framework as FrameworkValues
    from luotsi.competence.formats.values import FrameworkReading
    from luotsi.people.models import Network


class Standing(StrEnum):
    """What a framework that was read is beside those that are here."""

    NEW = "new"
    NEWER = "newer"  # takes the place of a version that is here
    SAME = "same"  # this very version is the current one
    OLDER = "older"  # a newer version is here already
    BACK = "back"  # a retired version, which its source has gone back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What would come of a reading.

    `current` is the version now in use, if there is one; `known` the row that holds this very version. `retires`:
    whether the current one gives its place up; a regulation that is replaced stays as long as it is valid. `fills`
    counts competences of other frameworks that get levels from this general scale.
    """

    framework: FrameworkValues
    source: str
    origin: str
    digest: str
    standing: Standing
    current: Framework | None
    known: Framework | None
    retires: bool
    comparison: Comparison
    fills: int

    @property
    def mark(self) -> str:
        """What a decision was made on: another one, and something else has come in meanwhile."""
        return f"{self.standing}:{self.current.ref if self.current else ''}:{self.fills}"

    @property
    def changes_nothing(self) -> bool:
        return self.standing in {Standing.SAME, Standing.OLDER}


def prospect_of(reading: FrameworkReading, *, source: str = "", network: Network | None = None) -> Prospect:
    """Look at a reading beside the rows. `source` instead of its own; `network`: whose framework it will be."""
    read = reading.framework
    source = source or read.source
    origin = f"{network.ref}:{read.origin_id}" if network else read.origin_id
    digest = digest_of(read)
    versions = Framework.objects.filter(source=source, origin=origin)
    known = versions.filter(digest=digest).first()
    current = versions.filter(retired_at=None).first() or _replaced(read, source, network)
    full = with_scales(read, general_scales())
    return Prospect(
        framework=full,
        source=source,
        origin=origin,
        digest=digest,
        standing=_standing(read, origin, current, known),
        current=current,
        known=known,
        retires=current is not None and (current.origin == origin or _is_over(current)),
        comparison=compare(as_values(current) if current else None, full),
        fills=sum(waiting_for(scale).count() for scale in scales_in(read)),
    )


def scales_in(framework: FrameworkValues) -> list[GenericScale]:
    """The general scales that a framework of that kind holds; none in any other."""
    if framework.kind is not FrameworkKind.SCALE:
        return []
    held = [one for area in framework.areas for one in area.competences if one.generic_scale and not lacks_levels(one)]
    return [
        GenericScale(origin_id=one.generic_scale, name=one.name, scale=one.scale, criteria=one.criteria) for one in held
    ]


def waiting_for(scale: GenericScale) -> QuerySet[Competence]:
    """Competences of current frameworks that name this general scale and have no criterion at any level."""
    return Competence.objects.filter(general_scale=scale.origin_id, area__framework__retired_at=None).exclude(
        criteria__level__isnull=False
    )


def _replaced(read: FrameworkValues, source: str, network: Network | None) -> Framework | None:
    """The regulation whose place this one takes, when it has another identifier."""
    if not read.replaces:
        return None
    return Framework.objects.filter(
        source=source, network=network, code__in=read.replaces, retired_at=None
    ).first()  # fmt: skip


def _is_over(framework: Framework) -> bool:
    return framework.valid_to is not None and framework.valid_to < timezone.localdate()


def _standing(read: FrameworkValues, origin: str, current: Framework | None, known: Framework | None) -> Standing:
    if known is not None and known.retired_at is None:
        return Standing.SAME
    if current is None or current.origin != origin:
        return Standing.NEWER if current else Standing.NEW if known is None else Standing.BACK
    if read.modified and current.modified_at:
        is_older = read.modified < current.modified_at or (known is not None and read.modified == current.modified_at)
        if is_older:
            return Standing.OLDER
    return Standing.NEWER if known is None else Standing.BACK
