"""Results as parts of a page: of each dimension, of what changed, of each question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.core.statistics.reliability import Outcome
from luotsi.core.texts import TranslatedText
from luotsi.surveys.messages.result_charts import statement_chart, statement_name
from luotsi.surveys.messages.results import (
    baseline_sentence,
    change_sentence,
    left_out_sentence,
    level_sentence,
    names_of,
    reliability_sentence,
    shift_sentences,
    signed,
    size_names,
    span_of,
    stayed_sentence,
)
from luotsi.web.environment import number
from luotsi.web.questions.wording import offered_in_words

if TYPE_CHECKING:
    from luotsi.core.statistics.comparison import Comparison
    from luotsi.core.statistics.values import Interval
    from luotsi.surveys.formats.counts import Counted
    from luotsi.surveys.formats.figures import DimensionFigures
    from luotsi.surveys.queries.results import WaveResults
    from luotsi.web.charts import StackedBar


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionTold:
    """One dimension in words, and its statements. `rows`: statement, answers, mean, spread, share agreeing."""

    key: str
    name: str
    description: str
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    chart: StackedBar | None
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed: of all, of the same people, and how those who left had answered. `rows` as `head` says."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    same_rows: tuple[tuple[str, ...], ...]
    followed: tuple[str, ...]
    has_same_people: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question outside the dimensions. `rows`: a choice and what is told of it."""

    text: str
    sentence: str
    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


def dimensions_told(results: WaveResults) -> list[DimensionTold]:
    """Each dimension in words, with its statements."""
    about = {each.key: each for each in results.form.dimensions}
    return [
        _dimension(results, key, name, str(TranslatedText(about[key].description)))
        for key, name in names_of(results).items()
    ]


def changed(results: WaveResults) -> Changed | None:
    """From the survey before; none when there is none."""
    changes, names = results.figures.changes, names_of(results)
    if not changes.by_dimension:
        return None
    of_all = [(names[key], change.of_all) for key, change in changes.by_dimension.items()]
    of_same = [(names[key], change.of_same_people) for key, change in changes.by_dimension.items()]
    left = [baseline_sentence(names[key], change) for key, change in changes.by_dimension.items()]
    followed = [stayed_sentence(changes.stayed)] if changes.stayed else []
    return Changed(
        head=(
            _("Dimension"),
            _("Answers"),
            _("Before"),
            _("Now"),
            pgettext("figure", "Change"),
            _("True change"),
            _("Effect"),
        ),
        rows=tuple(_compared(name, each) for name, each in of_all),
        same_rows=tuple(_compared(name, each) for name, each in of_same if each is not None),
        followed=(*followed, *filter(None, left)),
        has_same_people=any(each is not None for _name, each in of_same),
    )


def counted_questions(results: WaveResults) -> list[Question]:
    """The questions outside the dimensions."""
    return [_question(found) for found in results.figures.counted]


def _dimension(results: WaveResults, key: str, name: str, description: str) -> DimensionTold:
    found, changes = results.figures.dimensions[key], results.figures.changes
    sentences = [level_sentence(name, found.whole, found.scale)]
    if key in changes.by_dimension:
        sentences.append(change_sentence(name, changes.by_dimension[key]))
    if key in changes.shifts:
        sentences.extend(shift_sentences(name, changes.shifts[key]))
    if found.whole is not None:
        sentences.append(reliability_sentence(len(results.form.items_of(key)), found.reliability))
    if found.left_out:
        sentences.append(left_out_sentence(found.left_out))
    return DimensionTold(
        key=key,
        name=name,
        description=description,
        sentences=tuple(sentences),
        figures=tuple(_facts(found)),
        chart=statement_chart(found),
        rows=tuple(
            (
                statement_name(each.item.text, is_reversed=each.item.is_reversed),
                number(each.description.n),
                number(each.description.mean, 2),
                number(each.description.sd, 2),
                _percent(each.description.agreeing),
            )
            for each in found.statements
        ),
    )


def _facts(found: DimensionFigures) -> list[tuple[str, str]]:
    """The figures of a dimension, with their names."""
    if found.whole is None:
        return []
    told = [
        (_("Answers"), number(found.whole.n)),
        (_("Mean"), number(found.whole.mean, 2)),
        (_("The true mean"), _interval(found.whole.interval)),
        (_("Spread (standard deviation)"), number(found.whole.sd, 2)),
        (_("Share agreeing"), _percent(found.whole.agreeing)),
    ]
    if found.reliability is not None:
        omega = number(found.reliability.omega.coefficient, 2)
        if found.reliability.omega.outcome == Outcome.AT_BOUND:
            omega = _("%(omega)s, to be read with care") % {"omega": omega}
        told += [
            (_("Alpha (Cronbach)"), number(found.reliability.alpha.coefficient, 2)),
            (_("Omega (McDonald)"), omega),
        ]
    return told


def _compared(name: str, found: Comparison | None) -> tuple[str, ...]:
    if found is None:
        return (name, _("too few"), *[number(None)] * 5)
    size = size_names().get(found.size) if found.size else None
    answers = number(found.n_second) if found.is_paired else f"{number(found.n_first)} → {number(found.n_second)}"
    return (
        name,
        answers,
        number(found.mean_first, 1),
        number(found.mean_second, 1),
        signed(found.difference),
        span_of(found) or number(None),
        f"{number(found.effect, 2)} ({size})" if size else number(None),
    )


def _question(found: Counted) -> Question:
    text, offered = str(TranslatedText(found.item.text)), offered_in_words(found.item)
    if not found.is_shown:
        return Question(text=text, sentence=_("Too few answered to show this."), head=("", ""), rows=())
    values = {"count": number(found.answered)}
    sentence = _("Answers: %(count)s.") % values
    if found.description is not None:
        sentence = _("Answers: %(count)s. Mean: %(mean)s. Spread: %(spread)s.") % (
            values | {"mean": number(found.description.mean, 1), "spread": number(found.description.sd, 1)}
        )
    if found.ranks:
        ranked = sorted(found.ranks.items(), key=lambda each: each[1])
        rows = tuple((offered[key], number(rank, 1)) for key, rank in ranked)
        return Question(text=text, sentence=sentence, head=(_("Choice"), _("Mean place")), rows=rows)
    points = (
        {str(point.value): str(TranslatedText(point.text)) for point in found.item.scale.points}
        if found.item.scale
        else {}
    )
    rows = tuple(
        ((offered | points)[key], _("fewer than five, or nearly all") if count is None else number(count))
        for key, count in found.counts.items()
    )
    return Question(text=text, sentence=sentence, head=(_("Choice"), _("How many")), rows=rows)


def _percent(share: float | None) -> str:
    return number(None) if share is None else _("%(percent)s %%") % {"percent": number(100 * share, 0)}


def _interval(interval: Interval | None) -> str:
    if interval is None:
        return number(None)
    return f"{number(interval.low, 2)}–{number(interval.high, 2)}"
