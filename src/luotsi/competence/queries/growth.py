"""Reads: how somebody's competence has grown, for the person and for those to whom the person shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.competence.enums import AssessedBy, Moment
from luotsi.competence.formats.series import Spoken, change_of, looked_back, values_of
from luotsi.competence.models import Assessment, Competence, Criterion
from luotsi.competence.queries.assessments import level_said, with_criteria
from luotsi.competence.queries.levels import levels_of, top_of
from luotsi.competence.queries.sentences import headline, told
from luotsi.competence.queries.shares import shown_share_for, within
from luotsi.web.charts import MOST_SERIES, LineChart, Point, Series
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import QueryDict

    from luotsi.competence.formats.series import Change
    from luotsi.competence.models import Area, AssessmentEvidence, GrowthShare
    from luotsi.people.models import Person
    from luotsi.web.paging import Page

A_PAGE = 8  # competences with their charts on one page
FEWEST_DAYS = 2  # of a line worth drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidThen:
    """One assessment as it is read in the history."""

    on: date
    who: str
    moment: str
    level: str
    words: str
    evidence: tuple[AssessmentEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One competence over time, through all versions that count on the same scale."""

    competence: Competence
    sentence: str
    chart: LineChart | None
    said: tuple[SaidThen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLines:
    area: Area
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A page of lines by area, and what changed in all of them."""

    headline: str
    areas: tuple[AreaLines, ...]
    page: Page[Competence]

    @property
    def is_empty(self) -> bool:
        return not self.areas


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a growth is read. `name`: of the person, empty when the person reads. Others see own words only, if any."""

    name: str = ""
    with_words: bool = True

    @property
    def is_own(self) -> bool:
        return not self.name


OWN = Reading()


def own_growth(person: Person, parameters: QueryDict) -> Growth:
    """All that anybody said of the person, for the person. Eight queries, however much it is."""
    return _growth(Assessment.objects.filter(person=person), OWN, parameters)


def growth_for(viewer: Person, ref: UUID, parameters: QueryDict) -> tuple[GrowthShare, Growth]:
    """What a share shows to the viewer. There is no other way to somebody else's growth. Raises NotThereError."""
    share = shown_share_for(viewer, ref)
    return share, growth_through(share, parameters)


def growth_through(share: GrowthShare, parameters: QueryDict) -> Growth:
    """Exactly what is seen through a share, which need not have been given yet: the person looks at it first."""
    found = Assessment.objects.filter(person=share.person)
    if share.area is not None:
        found = found.filter(within(share.area))
    return _growth(found, Reading(name=str(share.person), with_words=share.with_words), parameters)


def _growth(found: QuerySet[Assessment], reading: Reading, parameters: QueryDict) -> Growth:
    spoken, newest = _spoken_in(found)
    shown = with_criteria(Competence.objects.filter(pk__in=newest.values()))
    page = page_of(shown, parameters, by=("-area__framework_id", "area__position", "position", "pk"), size=A_PAGE)
    rows = _rows_of(found, page.rows)
    lines = [
        _line(competence, spoken[_key(competence)], rows.get(_key(competence), []), reading) for competence in page.rows
    ]
    by_area = groupby(lines, key=lambda line: line.competence.area)
    return Growth(
        headline=headline(_own_changes(spoken, newest), reading.name),
        areas=tuple(AreaLines(area=area, lines=tuple(group)) for area, group in by_area),
        page=page,
    )


def _key(competence: Competence) -> tuple[UUID, str]:
    return competence.lineage, competence.scale


def _spoken_in(
    found: QuerySet[Assessment],
) -> tuple[dict[tuple[UUID, str], list[Spoken]], dict[tuple[UUID, str], int]]:
    """What was said in time order, and the newest version of the competence, by lineage and scale. One query."""
    columns = ("pk", "lineage", "competence__scale", "competence", "on", "assessed_by", "assessor", "moment", "level")
    spoken: dict[tuple[UUID, str], list[Spoken]] = defaultdict(list)
    newest: dict[tuple[UUID, str], int] = {}
    for pk, lineage, scale, key, on, kind, who, moment, level in found.order_by("on", "pk").values_list(*columns):
        somebody = who or -pk  # those who are forgotten are still different people
        spoken[lineage, scale].append(Spoken(on=on, kind=kind, who=somebody, moment=moment, level=level))
        newest[lineage, scale] = max(key, newest.get((lineage, scale), key))
    return spoken, newest


def _own_changes(
    spoken: dict[tuple[UUID, str], list[Spoken]], newest: dict[tuple[UUID, str], int]
) -> list[tuple[str, Change]]:
    """The person's own changes with the names of the competences. One query."""
    names = dict(Competence.objects.filter(pk__in=newest.values()).values_list("pk", "name"))
    changes = ((names[newest[key]], change_of(said, AssessedBy.SELF)) for key, said in spoken.items())
    return [(str(name), change) for name, change in changes if change is not None]


def _rows_of(
    found: QuerySet[Assessment], competences: Sequence[Competence]
) -> dict[tuple[UUID, str], list[Assessment]]:
    """All assessments of these, in time order, each with the version that it was made with. Three queries."""
    criteria = Prefetch("competence__criteria", Criterion.objects.order_by("position"))
    wanted = found.filter(lineage__in=[competence.lineage for competence in competences])
    rows: dict[tuple[UUID, str], list[Assessment]] = defaultdict(list)
    for row in wanted.select_related("assessor", "competence").prefetch_related("evidence", criteria).order_by(
        "on", "pk"
    ):  # fmt: skip
        rows[row.lineage, row.competence.scale].append(row)
    return rows


def _line(competence: Competence, spoken: list[Spoken], rows: Iterable[Assessment], reading: Reading) -> Line:
    changes = {kind.value: change for kind in AssessedBy if (change := change_of(spoken, kind)) is not None}
    sentence = told(
        changes,
        looked_back(spoken),
        levels=levels_of(competence),
        scale=competence.scale,
        name=reading.name,
    )
    return Line(
        competence=competence,
        sentence=sentence,
        chart=_chart(competence, spoken, sentence, reading),
        said=tuple(_said(row, reading) for row in rows if reading.is_own or _may_be_read(row, reading)),
    )


def _may_be_read(row: Assessment, reading: Reading) -> bool:
    """Others read the person's own words at most: what a mentor or a peer wrote was written to the person."""
    return reading.with_words and row.assessed_by == AssessedBy.SELF and bool(row.words or row.evidence.all())


def _said(row: Assessment, reading: Reading) -> SaidThen:
    return SaidThen(
        on=row.on,
        who=_who(row, reading),
        moment=str(Moment(row.moment).label),
        level=level_said(row),
        words=row.words,
        evidence=tuple(row.evidence.all()),
    )


def _who(row: Assessment, reading: Reading) -> str:
    """The person sees who it was; others see in which relation to the person."""
    if row.assessed_by == AssessedBy.SELF:
        return reading.name or pgettext("assessed by", "you")
    kind = AssessedBy(row.assessed_by).label
    return f"{row.assessor} ({kind})" if reading.is_own and row.assessor else str(kind)


def _chart(competence: Competence, spoken: list[Spoken], sentence: str, reading: Reading) -> LineChart | None:
    """The person's own line, the start as it is seen now, and others: four at most. None for a single day."""
    labels = _labels(reading)
    own = [_series(labels[AssessedBy.SELF], spoken, AssessedBy.SELF), *_looking_back(spoken)]
    of_others = [_series(labels[kind], spoken, kind) for kind in AssessedBy if kind != AssessedBy.SELF]
    longest = sorted(of_others, key=lambda line: -len(line.points))
    lines = tuple(line for line in (*own, *longest) if line.points)[:MOST_SERIES]
    if len({point.on for line in lines for point in line.points}) < FEWEST_DAYS:
        return None
    return LineChart(conclusion=sentence, series=lines, floor=0, ceiling=top_of(competence.scale))


def _labels(reading: Reading) -> dict[str, str]:
    return {
        AssessedBy.SELF: reading.name or pgettext("chart", "You"),
        AssessedBy.MENTOR: pgettext("chart", "Mentor"),
        AssessedBy.WORKPLACE: pgettext("chart", "Workplace"),
        AssessedBy.PEER: pgettext("chart", "Peers"),
        AssessedBy.ASSESSOR: pgettext("chart", "Assessor"),
    }


def _series(label: str, spoken: list[Spoken], kind: str) -> Series:
    return Series(label=label, points=tuple(Point(on=value.on, value=value.level) for value in values_of(spoken, kind)))


def _looking_back(spoken: list[Spoken]) -> list[Series]:
    """From where the start is seen at the end to where the end is seen."""
    found = looked_back(spoken)
    if found is None or found.said_then is None or found.now is None:
        return []
    start = Point(on=found.said_then.on, value=float(found.level))
    return [Series(label=_("Looking back"), points=(start, Point(on=found.now.on, value=found.now.level)))]
