"""Reads: results as they are looked at on an HR day. Figures come from `queries.results` alone, suppressed already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.statistics.comparison import Direction
from luotsi.core.texts import TranslatedText
from luotsi.surveys.enums import ShareLevel
from luotsi.surveys.queries import results
from luotsi.web.charts import MOST_SERIES, Bar, BarChart, Measure
from luotsi.web.environment import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from luotsi.core.statistics.comparison import Comparison
    from luotsi.core.statistics.description import Description
    from luotsi.surveys.formats.changes import Change
    from luotsi.surveys.models import Wave, WorkshopPart
    from luotsi.surveys.queries.results import WaveResults


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionSeen:
    """One dimension. `mean` is None when too few answered; `sentences` say it in words."""

    key: str
    name: str
    description: str
    mean: float | None
    sentences: tuple[str, ...]
    unit_means: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsSeen:
    """What somebody sees of an organisation's results. `units`: names by key, of those that may be shown."""

    organisation: str
    instrument: str
    wave: str
    closed_at: datetime | None
    answered: int
    ends: tuple[float, float]
    dimensions: tuple[DimensionSeen, ...]
    units: Mapping[str, str]

    @property
    def is_shown(self) -> bool:
        return any(dimension.mean is not None for dimension in self.dimensions)

    @property
    def unit_rows(self) -> list[tuple[str, list[float | None]]]:
        """Of each dimension the means of the units, in their order."""
        return [
            (dimension.name, [dimension.unit_means.get(unit) for unit in self.units]) for dimension in self.dimensions
        ]

    def mean_of(self, key: str) -> float | None:
        return next((dimension.mean for dimension in self.dimensions if dimension.key == key), None)


def own_results(part: WorkshopPart) -> ResultsSeen | None:
    """All that the organisation sees of its own results; None before it has chosen which."""
    return shown_of(part, part.wave, ShareLevel.UNITS)


def shown_by(part: WorkshopPart) -> ResultsSeen | None:
    """What the others of the HR day see of an organisation's results; None when it shows nothing."""
    return shown_of(part, part.wave, ShareLevel(part.shares))


def shown_of(part: WorkshopPart, wave: Wave | None, shares: ShareLevel) -> ResultsSeen | None:
    """What would be seen, if the organisation showed so much of this wave. The caller has asked for the right."""
    if wave is None or wave.closed_at is None or shares == ShareLevel.NOTHING:
        return None
    found = results.units_of(wave) if shares == ShareLevel.UNITS else results.whole_of(wave)
    return _seen(part.organisation.name, found)


def all_shown_by(parts: Sequence[WorkshopPart]) -> list[ResultsSeen]:
    """What these organisations show, without those that show nothing."""
    return [seen for part in parts if (seen := shown_by(part)) is not None]


def charts_of(own: ResultsSeen | None, others: Sequence[ResultsSeen]) -> list[BarChart]:
    """Means side by side: the own ones first, beside those of others that asked the same; four in a chart."""
    shown = [each for each in others if each.is_shown]
    if own is None or not own.is_shown:
        return [_chart(group) for group in _same(shown)]
    same = [each for each in shown if each.instrument == own.instrument]
    different = [each for each in shown if each.instrument != own.instrument]
    room = MOST_SERIES - 1
    beside = [_chart([own, *same[at : at + room]]) for at in range(0, max(len(same), 1), room)]
    return beside + [_chart(group) for group in _same(different)]


def _same(shown: Sequence[ResultsSeen]) -> Iterator[Sequence[ResultsSeen]]:
    """Groups that asked the same, four at most in each."""
    for instrument in dict.fromkeys(each.instrument for each in shown):
        group = [each for each in shown if each.instrument == instrument]
        yield from (group[at : at + MOST_SERIES] for at in range(0, len(group), MOST_SERIES))


def _chart(group: Sequence[ResultsSeen]) -> BarChart:
    first = group[0]
    return BarChart(
        conclusion=_conclusion(first),
        subject=_("Dimension"),
        series=tuple(each.organisation for each in group),
        bars=tuple(
            Bar(
                label=dimension.name,
                measures=tuple(Measure(value=each.mean_of(dimension.key)) for each in group),
                note=_side_by_side([each.mean_of(dimension.key) for each in group]),
            )
            for dimension in first.dimensions
        ),
        floor=first.ends[0],
        ceiling=first.ends[1],
        decimals=1,
    )


def _side_by_side(means: Sequence[float | None]) -> str:
    """The means of one row, where they are not one that is known. Not as from–to: they are of several organisations."""
    if len(means) == 1 and means[0] is not None:
        return ""
    return " · ".join(_("too few") if mean is None else number(mean, 1) for mean in means)


def _conclusion(seen: ResultsSeen) -> str:
    known = [(dimension.mean, dimension.name) for dimension in seen.dimensions if dimension.mean is not None]
    (high, best), (low, worst) = max(known, default=(0.0, "")), min(known, default=(0.0, ""))
    return _("%(organisation)s: highest “%(best)s” (%(high)s), lowest “%(worst)s” (%(low)s).") % {
        "organisation": seen.organisation,
        "best": best,
        "high": number(high, 1),
        "worst": worst,
        "low": number(low, 1),
    }


def _seen(organisation: str, found: WaveResults) -> ResultsSeen:
    figures = found.figures
    scales = [dimension.scale for dimension in figures.dimensions.values()]
    return ResultsSeen(
        organisation=organisation,
        instrument=f"{found.wave.instrument.key} {found.wave.instrument.version}",
        wave=found.wave.name or str(found.wave.instrument),
        closed_at=found.wave.closed_at,
        answered=figures.answered,
        ends=(scales[0].lowest, scales[0].highest) if scales else (0, 1),
        dimensions=tuple(
            DimensionSeen(
                key=dimension.key,
                name=str(TranslatedText(dimension.name)),
                description=str(TranslatedText(dimension.description)),
                mean=shown.whole.mean if shown.whole else None,
                sentences=tuple(
                    _sentences(shown.whole, shown.scale.highest, figures.changes.by_dimension.get(dimension.key))
                ),
                unit_means={unit: described.mean for unit, described in shown.units.items()},
            )
            for dimension in found.form.dimensions
            if (shown := figures.dimensions.get(dimension.key)) is not None
        ),
        units={key: name or _("without a unit") for key, name in found.units.items() if key in figures.shown_units},
    )


def _sentences(whole: Description | None, highest: int, change: Change | None) -> Iterator[str]:
    if whole is None or whole.mean is None:
        yield _("Too few answered to show this.")
        return
    yield _("The mean is %(mean)s of %(highest)s.") % {"mean": number(whole.mean, 1), "highest": highest}
    if whole.agreeing is not None:
        yield _("%(percent)s %% agree.") % {"percent": number(100 * whole.agreeing, 0)}
    compared = change and (change.of_same_people or change.of_all)
    if compared and compared.difference is not None:
        yield _change_in_words(compared)


def _change_in_words(compared: Comparison) -> str:
    values = {"much": number(abs(compared.difference or 0.0), 1)}
    if compared.direction == Direction.ROSE:
        return _("It has risen by %(much)s since the survey before.") % values
    if compared.direction == Direction.FELL:
        return _("It has fallen by %(much)s since the survey before.") % values
    return _("No clear change since the survey before.")
