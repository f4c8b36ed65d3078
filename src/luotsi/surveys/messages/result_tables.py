"""Results as one table for spreadsheets: exactly the figures of the page, a row each."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.core.texts import TranslatedText
from luotsi.surveys.messages.result_charts import statement_name, unit_name, wave_name
from luotsi.surveys.messages.results import names_of
from luotsi.web.questions.wording import offered_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.core.statistics.comparison import Comparison
    from luotsi.core.statistics.description import Description
    from luotsi.core.statistics.values import Interval
    from luotsi.core.tables.output import OutputValue
    from luotsi.surveys.formats.counts import Counted
    from luotsi.surveys.formats.figures import Reliability
    from luotsi.surveys.queries.results import Told, WaveResults

    Row = dict[str, OutputValue]

DIGITS = 4


def columns() -> dict[str, str]:
    return {
        "figure": _("Figure"),
        "wave": _("Survey"),
        "before": _("Compared with"),
        "dimension": _("Dimension"),
        "question": _("Statement or question"),
        "unit": _("Unit"),
        "choice": _("Choice"),
        "n": _("Answers"),
        "value": _("Mean or change"),
        "spread": _("Spread (standard deviation)"),
        "low": _("Interval from"),
        "high": _("Interval to"),
        "agreeing": _("Share agreeing"),
        "count": _("How many chose it"),
        "alpha": _("Alpha"),
        "omega": _("Omega"),
        "effect": _("Effect size"),
    }


def rows_of(results: WaveResults) -> Iterator[list[OutputValue]]:
    """The rows under the heads of `columns`; none while nothing is shown."""
    if not results.is_shown:
        return
    found = chain(
        chain.from_iterable(_levels(results, told) for told in results.told), _changes(results), _shifts(results)
    )
    keys = list(columns())
    for row in chain(found, chain.from_iterable(_counted(results, each) for each in results.figures.counted)):
        yield [row.get(key) for key in keys]


def _levels(results: WaveResults, told: Told) -> Iterator[Row]:
    names = names_of(results)
    for key, found in told.figures.dimensions.items():
        own: Row = {"wave": wave_name(told.wave), "dimension": names[key]}
        if found.whole is not None:
            whole: Row = {"figure": pgettext("figure", "level"), "unit": _("The whole")}
            yield own | whole | _described(found.whole) | _reliable(found.reliability)
        for unit, described in found.units.items():
            of_unit: Row = {"figure": pgettext("figure", "level of a unit"), "unit": unit_name(results, unit)}
            yield own | of_unit | _described(described) | _reliable(found.unit_reliability.get(unit))
        for each in found.statements:
            text = statement_name(each.item.text, is_reversed=each.item.is_reversed)
            of_statement: Row = {"figure": pgettext("figure", "statement"), "question": text, "unit": _("The whole")}
            yield own | of_statement | _described(each.description)


def _changes(results: WaveResults) -> Iterator[Row]:
    names, earlier = names_of(results), results.earlier
    if earlier is None:
        return
    for key, change in results.figures.changes.by_dimension.items():
        own: Row = {
            "wave": wave_name(results.wave),
            "before": wave_name(earlier.wave),
            "dimension": names[key],
            "unit": _("The whole"),
        }
        for figure, compared in (
            (pgettext("figure", "change"), change.of_all),
            (pgettext("figure", "change in the same people"), change.of_same_people),
            (pgettext("figure", "before: who could be followed, less who could not"), change.baseline),
        ):
            if compared is not None:
                yield own | {"figure": figure} | _compared(compared)
        for unit, compared in change.units.items():
            of_unit: Row = {"figure": pgettext("figure", "change of a unit"), "unit": unit_name(results, unit)}
            yield own | of_unit | _compared(compared)


def _shifts(results: WaveResults) -> Iterator[Row]:
    names = names_of(results)
    for key, shift in results.figures.changes.shifts.items():
        own: Row = {"wave": wave_name(results.wave), "dimension": names[key], "unit": _("The whole")}
        yield own | {"figure": pgettext("figure", "looking back less start")} | _compared(shift.shift)
        yield own | {"figure": pgettext("figure", "end less looking back")} | _compared(shift.true_change)
        yield own | {"figure": pgettext("figure", "end less start")} | _compared(shift.conventional_change)


def _counted(results: WaveResults, found: Counted) -> Iterator[Row]:
    own: Row = {
        "wave": wave_name(results.wave),
        "question": str(TranslatedText(found.item.text)),
        "unit": _("The whole"),
        "n": found.answered,
    }
    if found.description is not None:
        yield own | {"figure": pgettext("figure", "mean")} | _described(found.description)
    offered = offered_in_words(found.item)
    for key, count in found.counts.items():
        told: Row = {"figure": pgettext("figure", "choice"), "choice": offered.get(key, key), "count": count}
        yield own | told
    for key, rank in found.ranks.items():
        yield own | {"figure": pgettext("figure", "mean place"), "choice": offered[key], "value": _rounded(rank)}


def _described(found: Description) -> Row:
    return {
        "n": found.n,
        "value": _rounded(found.mean),
        "spread": _rounded(found.sd),
        "agreeing": _rounded(found.agreeing),
        **_ends(found.interval),
    }


def _compared(found: Comparison) -> Row:
    return {
        "n": found.n_second,
        "value": _rounded(found.difference),
        "effect": _rounded(found.effect),
        **_ends(found.interval),
    }


def _reliable(found: Reliability | None) -> Row:
    if found is None:
        return {}
    return {"alpha": _rounded(found.alpha.coefficient), "omega": _rounded(found.omega.coefficient)}


def _ends(interval: Interval | None) -> Row:
    return {} if interval is None else {"low": _rounded(interval.low), "high": _rounded(interval.high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
