"""What a network's people have answered, as its coordinators read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.questions.values import Kind
from luotsi.core.texts import TranslatedText
from luotsi.surveys.formats.counts import mean_places
from luotsi.surveys.rules import SMALLEST_GROUP
from luotsi.web.charts import Bar, BarChart, Measure
from luotsi.web.environment import number
from luotsi.web.questions.wording import offered_in_words

if TYPE_CHECKING:
    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item
    from luotsi.surveys.queries.feedback import Pooled


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many chose this; of a ranking, its mean place."""

    label: str
    count: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What many answered to one question. `mean`, `shares` and `texts` are empty when too few did."""

    question: str
    kind: str
    answered: int
    is_shown: bool
    mean: float | None = None
    ends: tuple[int, int] = (0, 0)  # of its scale
    shares: tuple[Share, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentResult:
    """What many answered to one instrument in one version. Below the smallest group there are no items at all."""

    name: str
    version: int
    asked: int
    answered: int
    items: tuple[ItemResult, ...]

    @property
    def is_shown(self) -> bool:
        return self.answered >= SMALLEST_GROUP

    @property
    def chart(self) -> BarChart | None:
        """The means of the scales, side by side; none when there is none to show."""
        scales = [item for item in self.items if item.mean is not None and item.ends != (0, 0)]
        rated = [item for item in scales if item.ends == scales[0].ends]
        if not rated:
            return None
        floor, ceiling = rated[0].ends
        return BarChart(
            conclusion=_conclusion(rated),
            subject=_("Question"),
            series=(_("Mean"),),
            bars=tuple(Bar(label=item.question, measures=(Measure(value=item.mean),)) for item in rated),
            floor=floor,
            ceiling=ceiling,
            decimals=1,
        )


def feedback_told(pooled: list[Pooled]) -> list[InstrumentResult]:
    """Each instrument's questions, with what was answered to them."""
    return [
        InstrumentResult(
            name=str(each.instrument.name),
            version=each.instrument.version,
            asked=each.asked,
            answered=each.answered,
            items=tuple(
                _item_result(item, each.answers[item.key])
                for item in (each.instrument.questions.items if each.answered >= SMALLEST_GROUP else ())
            ),
        )
        for each in pooled
    ]


def _item_result(item: Item, given: list[Answer]) -> ItemResult:
    question, is_shown = str(TranslatedText(item.text)), len(given) >= SMALLEST_GROUP
    if not is_shown:
        return ItemResult(question=question, kind=item.kind, answered=len(given), is_shown=False)
    numbers = [
        float(answer) for answer in given if item.kind in {Kind.SCALE, Kind.NUMBER} and not isinstance(answer, list)
    ]
    return ItemResult(
        question=question,
        kind=item.kind,
        answered=len(given),
        is_shown=True,
        mean=sum(numbers) / len(numbers) if numbers else None,
        ends=(item.scale.lowest, item.scale.highest) if item.scale else (0, 0),
        shares=_shares(item, given),
        texts=tuple(sorted(map(str, given), key=str.casefold)) if item.kind == Kind.TEXT else (),
    )


def _shares(item: Item, given: list[Answer]) -> tuple[Share, ...]:
    counts = Counter(part for answer in given for part in (answer if isinstance(answer, list) else [answer]))
    if item.scale is not None:
        return tuple(Share(label=str(value), count=counts[value]) for value in item.scale.values)
    if item.kind is Kind.RANKING:
        return _ranks(item, given)
    if item.kind in {Kind.CHOICE, Kind.AVAILABILITY}:
        return tuple(Share(label=label, count=counts[key]) for key, label in offered_in_words(item).items())
    return ()


def _ranks(item: Item, given: list[Answer]) -> tuple[Share, ...]:
    ranks = mean_places(item, given)
    names = offered_in_words(item)
    return tuple(
        Share(label=names[key], count=round(rank, 1)) for key, rank in sorted(ranks.items(), key=lambda one: one[1])
    )


def _conclusion(rated: list[ItemResult]) -> str:
    """The chart in a sentence."""
    best, worst = max(rated, key=_mean), min(rated, key=_mean)
    if _mean(best) == _mean(worst):
        return _("The mean is %(mean)s of %(highest)s.") % {"mean": number(best.mean, 1), "highest": best.ends[1]}
    words = {"best": best.question, "high": number(best.mean, 1), "worst": worst.question, "low": number(worst.mean, 1)}
    return _("Highest: “%(best)s” (%(high)s). Lowest: “%(worst)s” (%(low)s).") % words


def _mean(item: ItemResult) -> float:
    return item.mean or 0.0
