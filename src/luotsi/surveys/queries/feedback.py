"""Reads: what a network's people have answered by name, all its circles together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.core.questions.values import Kind
from luotsi.core.texts import TranslatedText
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.surveys.enums import Answering, Moment
from luotsi.surveys.messages.answers import offered_in_words
from luotsi.surveys.models import Instrument
from luotsi.surveys.queries.results import pooled_answers
from luotsi.surveys.rules import SMALLEST_GROUP, may_read_results
from luotsi.web.charts import Bar, BarChart, Measure
from luotsi.web.environment import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item
    from luotsi.people.models import Network, Person


POOLED = Q(waves__moment=Moment.NONE, waves__answering=Answering.NAMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many chose this."""

    label: str
    count: int


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
        scales = [item for item in self.items if item.mean is not None]
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


def network_for(person: Person, ref: UUID) -> Network:
    """A network whose results the person reads."""
    return one(networks_for(person, Role.COORDINATOR), ref)


def feedback_for(person: Person, network: Network) -> list[InstrumentResult]:
    """What was answered in a network by name, by instrument and version. Three queries. Raises NotThereError.

    There is deliberately no result of a single circle or wave: the difference of two results would be a group that may
    be smaller than the smallest that is shown. For the same reason answers come in by fives: what came since yesterday
    is nobody, or five people or more.
    """
    if not may_read_results(person, network):
        raise NotThereError
    instruments = (
        Instrument.objects.filter(POOLED, waves__circle__network=network)
        .annotate(asked=Count("waves__responses"))
        .order_by("key", "-version")
    )
    answers = pooled_answers(network)
    return [_result(instrument, answers[instrument.pk]) for instrument in instruments]


def _result(instrument: Instrument, answers: Sequence[Mapping[str, Answer]]) -> InstrumentResult:
    is_shown = len(answers) >= SMALLEST_GROUP
    items = [
        _item_result(item, _by_fives([given[item.key] for given in answers if item.key in given]))
        for item in (instrument.questions.items if is_shown else ())
    ]
    return InstrumentResult(
        name=str(instrument.name),
        version=instrument.version,
        asked=instrument.asked,  # type: ignore[attr-defined]  # annotated by results_for
        answered=len(answers),
        items=tuple(items),
    )


def _by_fives(given: list[Answer]) -> list[Answer]:
    """The first answers, as many as make whole groups of five."""
    return given[: len(given) // SMALLEST_GROUP * SMALLEST_GROUP]


def _item_result(item: Item, given: list[Answer]) -> ItemResult:
    question, is_shown = str(TranslatedText(item.text)), len(given) >= SMALLEST_GROUP
    if not is_shown:
        return ItemResult(question=question, kind=item.kind, answered=len(given), is_shown=False)
    numbers = [answer for answer in given if isinstance(answer, int)]
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
    if item.kind in {Kind.CHOICE, Kind.AVAILABILITY}:
        return tuple(Share(label=label, count=counts[key]) for key, label in offered_in_words(item).items())
    return ()


def _conclusion(rated: list[ItemResult]) -> str:
    """The chart in a sentence."""
    best, worst = max(rated, key=_mean), min(rated, key=_mean)
    if _mean(best) == _mean(worst):
        return _("The mean is %(mean)s of %(highest)s.") % {"mean": number(best.mean, 1), "highest": best.ends[1]}
    words = {"best": best.question, "high": number(best.mean, 1), "worst": worst.question, "low": number(worst.mean, 1)}
    return _("Highest: “%(best)s” (%(high)s). Lowest: “%(worst)s” (%(low)s).") % words


def _mean(item: ItemResult) -> float:
    return item.mean or 0.0
