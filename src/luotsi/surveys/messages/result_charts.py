"""Results as charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.core.texts import TranslatedText
from luotsi.surveys.messages.results import headline, hidden_units_sentence, moves, names_of
from luotsi.web.charts import Bar, BarChart, HeatCell, HeatMap, HeatRow, Measure, StackedBar, StackedRow
from luotsi.web.environment import number, short_day

if TYPE_CHECKING:
    from luotsi.core.questions.values import Scale
    from luotsi.core.statistics.description import Description
    from luotsi.surveys.formats.figures import DimensionFigures
    from luotsi.surveys.models import Wave
    from luotsi.surveys.queries.results import WaveResults


def wave_name(wave: Wave) -> str:
    """As those who read the results call it: its name, or the day on which it was closed."""
    return wave.name or short_day(wave.closed_at or wave.closes_on)


def unit_name(results: WaveResults, unit: str) -> str:
    return results.units.get(unit) or _("Without a unit")


def dimension_charts(results: WaveResults) -> list[BarChart]:
    """Bars with intervals, waves side by side from the earliest; a chart for each scale."""
    told = list(reversed(results.told))
    names = names_of(results)
    return [
        BarChart(
            conclusion=(moves(results) or headline(results)) if place == 0 else _("Asked on another scale"),
            subject=_("Dimension"),
            series=tuple(wave_name(each.wave) for each in told),
            bars=tuple(
                Bar(
                    label=names[key],
                    measures=tuple(_measure(each.figures.dimensions[key].whole) for each in told),
                    note=_("too few") if results.figures.dimensions[key].whole is None else "",
                )
                for key in keys
            ),
            floor=scale.lowest,
            ceiling=scale.highest,
            floor_label=str(TranslatedText(scale.points[0].text)),
            ceiling_label=str(TranslatedText(scale.points[-1].text)),
            interval=_("The true mean is very likely in here"),
            decimals=1,
        )
        for place, (scale, keys) in enumerate(_by_scale(results))
    ]


def unit_maps(results: WaveResults) -> list[HeatMap]:
    """Units × dimensions; none when no unit is shown."""
    if not results.figures.shown_units:
        return []
    names = names_of(results)
    return [
        HeatMap(
            conclusion=_unit_conclusion(results, keys),
            subject=_("Unit"),
            columns=tuple(names[key] for key in keys),
            rows=(
                HeatRow(
                    label=_("The whole"), cells=tuple(_square(results.figures.dimensions[key].whole) for key in keys)
                ),
                *(
                    HeatRow(
                        label=unit_name(results, unit),
                        cells=tuple(_square(results.figures.dimensions[key].units.get(unit)) for key in keys),
                    )
                    for unit in results.units
                    if unit in results.figures.shown_units
                ),
            ),
            floor=scale.lowest,
            ceiling=scale.highest,
        )
        for scale, keys in _by_scale(results)
    ]


def hidden_units(results: WaveResults) -> str:
    """How many units are not shown by themselves, and why; empty when all are."""
    hidden = max((found.hidden_units for found in results.figures.dimensions.values()), default=0)
    return hidden_units_sentence(hidden) if hidden else ""


def statement_chart(figures: DimensionFigures) -> StackedBar | None:
    """How many of a hundred agree with each statement; none when statements are not shown or the scale knows none."""
    told = [(each, each.description.agreeing) for each in figures.statements]
    shares = [(each.item, agreeing, each.disagreeing) for each, agreeing in told if agreeing is not None]
    if not shares:
        return None
    item, most, _below = max(shares, key=lambda each: (not each[0].is_reversed, each[1]))
    return StackedBar(
        conclusion=_("Most agree with this: “%(statement)s” (%(percent)s %%).")
        % {"statement": TranslatedText(item.text), "percent": number(100 * most, 0)},
        subject=_("Statement"),
        parts=(pgettext("share", "Agree"), pgettext("share", "In between"), pgettext("share", "Disagree")),
        rows=tuple(
            StackedRow(
                label=statement_name(item.text, is_reversed=item.is_reversed),
                amounts=(100 * agree, max(0.0, 100 * (1 - agree - (below or 0.0))), 100 * (below or 0.0)),
            )
            for item, agree, below in shares
        ),
        decimals=0,
    )


def statement_name(text: dict[str, str], *, is_reversed: bool) -> str:
    """The statement; of a reversed one, that it is turned."""
    name = str(TranslatedText(text))
    return _("%(statement)s (turned round)") % {"statement": name} if is_reversed else name


def _by_scale(results: WaveResults) -> list[tuple[Scale, list[str]]]:
    """The dimensions of each scale's ends, in their order."""
    found: dict[tuple[int, int], tuple[Scale, list[str]]] = {}
    for key in names_of(results):
        scale = results.figures.dimensions[key].scale
        found.setdefault((scale.lowest, scale.highest), (scale, []))[1].append(key)
    return list(found.values())


def _unit_conclusion(results: WaveResults, keys: list[str]) -> str:
    """Where the units are farthest apart."""
    names = names_of(results)
    spread = {
        key: (means, max(means.values()) - min(means.values()))
        for key in keys
        if len(means := {unit: found.mean or 0.0 for unit, found in results.figures.dimensions[key].units.items()}) > 1
    }
    if not spread:
        return _("The means of the units")
    key = max(spread, key=lambda one: spread[one][1])
    means = spread[key][0]
    high, low = max(means, key=lambda unit: means[unit]), min(means, key=lambda unit: means[unit])
    return _("Units differ most in “%(dimension)s”: %(high)s is at %(most)s, %(low)s at %(least)s.") % {
        "dimension": names[key],
        "high": unit_name(results, high),
        "most": number(means[high], 1),
        "low": unit_name(results, low),
        "least": number(means[low], 1),
    }


def _measure(found: Description | None) -> Measure:
    if found is None or found.mean is None:
        return Measure(value=None)
    interval = found.interval
    return Measure(value=found.mean, low=interval.low if interval else None, high=interval.high if interval else None)


def _square(found: Description | None) -> HeatCell:
    return HeatCell(value=None if found is None else found.mean, note=_("not shown"))
