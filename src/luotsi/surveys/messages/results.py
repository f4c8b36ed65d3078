"""Results in words: a whole sentence for each dimension, each change and everything that is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from luotsi.core.statistics.comparison import Direction, Size
from luotsi.core.texts import TranslatedText
from luotsi.web.environment import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.core.questions.values import Scale
    from luotsi.core.statistics.comparison import Comparison
    from luotsi.core.statistics.description import Description
    from luotsi.core.statistics.response_shift import ResponseShift
    from luotsi.core.statistics.values import Interval
    from luotsi.surveys.formats.changes import Change, Stayed
    from luotsi.surveys.formats.figures import Reliability
    from luotsi.surveys.queries.results import Taking, WaveResults

WELL_ENOUGH = 0.7  # of a coefficient of reliability, for speaking of groups
LOOSELY = 0.5


def names_of(results: WaveResults) -> dict[str, str]:
    """The dimensions that have figures, by key, in their order."""
    scored = results.figures.dimensions
    return {
        dimension.key: str(TranslatedText(dimension.name))
        for dimension in results.form.dimensions
        if dimension.key in scored
    }


def size_names() -> dict[Size, str]:
    return {
        Size.NEGLIGIBLE: pgettext("effect", "hardly any"),
        Size.SMALL: pgettext("effect", "small"),
        Size.MEDIUM: pgettext("effect", "medium"),
        Size.LARGE: pgettext("effect", "large"),
    }


def headline(results: WaveResults) -> str:
    """What stands out, in a sentence or two."""
    means = {
        key: found.whole.mean
        for key, found in results.figures.dimensions.items()
        if found.whole is not None and found.whole.mean is not None
    }
    if not means:
        return ""
    names = names_of(results)
    best, worst = max(means, key=lambda key: means[key]), min(means, key=lambda key: means[key])
    values = {
        "best": names[best],
        "high": number(means[best], 1),
        "worst": names[worst],
        "low": number(means[worst], 1),
    }
    if len(means) == 1:
        told = _("“%(best)s” is at %(high)s.") % values
    else:
        told = _("Strongest: “%(best)s” (%(high)s). Weakest: “%(worst)s” (%(low)s).") % values
    return f"{told} {moves(results)}".strip()


def moves(results: WaveResults) -> str:
    """Which dimensions rose and fell."""
    names = names_of(results)
    moved = {
        key: compared.direction
        for key, change in results.figures.changes.by_dimension.items()
        if (compared := compared_of(change)) is not None
    }
    if not moved:
        return ""
    rose = [names[key] for key in names if moved.get(key) == Direction.ROSE]
    fell = [names[key] for key in names if moved.get(key) == Direction.FELL]
    parts = []
    if rose:
        parts.append(_("Rose: %(names)s.") % {"names": ", ".join(rose)})
    if fell:
        parts.append(_("Fell: %(names)s.") % {"names": ", ".join(fell)})
    return " ".join(parts) or _("Nothing has clearly changed since the survey before.")


def compared_of(change: Change) -> Comparison | None:
    """The comparison to speak of: that of the same people where it may be shown."""
    found = change.of_same_people or change.of_all
    return found if found is not None and found.difference is not None else None


def level_sentence(name: str, whole: Description | None, scale: Scale) -> str:
    """Where a dimension stands."""
    if whole is None or whole.mean is None:
        return _("%(name)s: too few answered to show it.") % {"name": name}
    values = {"name": name, "mean": number(whole.mean, 1), "highest": number(scale.highest), "count": number(whole.n)}
    if whole.interval is None:
        return (
            ngettext(
                "%(name)s is at %(mean)s of %(highest)s, by %(count)s answer; all gave the same one.",
                "%(name)s is at %(mean)s of %(highest)s, by %(count)s answers; all gave the same one.",
                whole.n,
            )
            % values
        )
    low, high = _within(whole.interval, scale)
    return ngettext(
        "%(name)s is at %(mean)s of %(highest)s; with %(count)s answer the true mean very likely lies between"
        " %(low)s and %(high)s.",
        "%(name)s is at %(mean)s of %(highest)s; with %(count)s answers the true mean very likely lies between"
        " %(low)s and %(high)s.",
        whole.n,
    ) % (values | {"low": number(low, 1), "high": number(high, 1)})


def change_sentence(name: str, change: Change) -> str:
    """From the survey before to this one."""
    compared = compared_of(change)
    if compared is None:
        return _("%(name)s: too few answered to show a change.") % {"name": name}
    values = _values(name, compared)
    if compared.interval is None:
        return _("%(name)s was at %(before)s and is at %(now)s. The answers do not tell how sure that is.") % values
    told = {
        (Direction.ROSE, False): _rose,
        (Direction.FELL, False): _fell,
        (Direction.ROSE, True): _rose_in_same,
        (Direction.FELL, True): _fell_in_same,
    }.get((compared.direction, compared.is_paired), _unclear)
    return told(compared.n_second) % values


def _rose(count: int) -> str:
    return ngettext(
        "%(name)s rose from %(before)s to %(now)s; with %(count)s answer the true change very likely lies between"
        " %(low)s and %(high)s.",
        "%(name)s rose from %(before)s to %(now)s; with %(count)s answers the true change very likely lies between"
        " %(low)s and %(high)s.",
        count,
    )


def _fell(count: int) -> str:
    return ngettext(
        "%(name)s fell from %(before)s to %(now)s; with %(count)s answer the true change very likely lies between"
        " %(low)s and %(high)s.",
        "%(name)s fell from %(before)s to %(now)s; with %(count)s answers the true change very likely lies between"
        " %(low)s and %(high)s.",
        count,
    )


def _rose_in_same(count: int) -> str:
    return ngettext(
        "%(name)s rose from %(before)s to %(now)s; with the same %(count)s person both times the true change very"
        " likely lies between %(low)s and %(high)s.",
        "%(name)s rose from %(before)s to %(now)s; with the same %(count)s people both times the true change very"
        " likely lies between %(low)s and %(high)s.",
        count,
    )


def _fell_in_same(count: int) -> str:
    return ngettext(
        "%(name)s fell from %(before)s to %(now)s; with the same %(count)s person both times the true change very"
        " likely lies between %(low)s and %(high)s.",
        "%(name)s fell from %(before)s to %(now)s; with the same %(count)s people both times the true change very"
        " likely lies between %(low)s and %(high)s.",
        count,
    )


def _unclear(count: int) -> str:
    return ngettext(
        "%(name)s was at %(before)s and is at %(now)s. With %(count)s answer nobody can tell whether it changed: the"
        " true change very likely lies between %(low)s and %(high)s.",
        "%(name)s was at %(before)s and is at %(now)s. With %(count)s answers nobody can tell whether it changed: the"
        " true change very likely lies between %(low)s and %(high)s.",
        count,
    )


def shift_sentences(name: str, shift: ResponseShift) -> Iterator[str]:
    """The then-test: how the measure moved, what was gained by one measure, and what start and end alone would say."""
    values = {"name": name, "count": number(shift.n)}
    moved, gained, plain = shift.shift, shift.true_change, shift.conventional_change
    measure = {
        Direction.FELL: _("%(name)s: looking back, people put their start lower than they did then, by %(size)s."),
        Direction.ROSE: _("%(name)s: looking back, people put their start higher than they did then, by %(size)s."),
        Direction.UNCLEAR: _("%(name)s: looking back, people see their start about as they did then (by %(size)s)."),
    }
    yield measure[moved.direction] % (values | {"size": number(abs(moved.difference or 0.0), 1)})
    growth = {
        Direction.ROSE: _("By the measure that they have now they grew by %(size)s%(span)s."),
        Direction.FELL: _("By the measure that they have now they went down by %(size)s%(span)s."),
        Direction.UNCLEAR: _("By the measure that they have now it is not clear whether they grew (%(size)s%(span)s)."),
    }
    yield growth[gained.direction] % {"size": number(abs(gained.difference or 0.0), 1), "span": _span(gained)}
    yield ngettext(
        "Start and end alone would say %(plain)s, from the same %(count)s person.",
        "Start and end alone would say %(plain)s, from the same %(count)s people.",
        shift.n,
    ) % (values | {"plain": signed(plain.difference)})


def reliability_sentence(count: int, reliability: Reliability | None) -> str:
    """Whether the statements of a dimension may be read as one."""
    if reliability is None:
        return _("Whether the statements hang together is not shown: it would give away the answers of a few.")
    alpha = reliability.alpha.coefficient
    if alpha is None:
        return _("Whether the statements hang together cannot be told from these answers.")
    values = {"count": number(count), "alpha": number(alpha, 2)}
    if alpha >= WELL_ENOUGH:
        told = ngettext(
            "The %(count)s statement measures one thing well enough (alpha %(alpha)s).",
            "The %(count)s statements measure the same thing well enough (alpha %(alpha)s).",
            count,
        )
    elif alpha >= LOOSELY:
        told = ngettext(
            "The %(count)s statement hangs together only loosely (alpha %(alpha)s). Read it by itself, too.",
            "The %(count)s statements hang together only loosely (alpha %(alpha)s). Read them one by one, too.",
            count,
        )
    elif alpha >= 0:
        told = ngettext(
            "The %(count)s statement does not hang together (alpha %(alpha)s). Read it by itself.",
            "The %(count)s statements do not hang together (alpha %(alpha)s). Read them one by one.",
            count,
        )
    else:
        told = ngettext(
            "The %(count)s statement pulls apart (alpha %(alpha)s). Read it by itself.",
            "The %(count)s statements pull in different directions (alpha %(alpha)s). Read them one by one: one may"
            " have been understood the other way round.",
            count,
        )
    return told % values


def taking_sentence(taking: Taking) -> str:
    """How many answered, and that nothing is known of the rest."""
    values = {"answered": number(taking.answered)}
    if taking.asked is None:
        return (
            ngettext(
                "%(answered)s person answered. How many could have is not known.",
                "%(answered)s people answered. How many could have is not known.",
                taking.answered,
            )
            % values
        )
    share = 100 * taking.answered / taking.asked if taking.asked else 0.0
    values |= {"asked": number(taking.asked), "percent": number(share, 0)}
    if taking.answered >= taking.asked:
        return _("All %(asked)s answered.") % values
    return _("%(answered)s of %(asked)s answered (%(percent)s %%). What the others think is not known.") % values


def stayed_sentence(stayed: Stayed) -> str:
    """How many of those before are known among those now."""
    values = {"before": number(stayed.before), "now": number(stayed.now), "both": number(stayed.both.count)}
    return _("%(before)s answered before and %(now)s now. %(both)s are known to be the same people.") % values


def baseline_sentence(name: str, change: Change) -> str:
    """Whether those not known among the later ones had answered like the others; empty where it is not shown."""
    compared = change.baseline
    if compared is None or compared.mean_first is None:
        return ""
    values = {"name": name, "left": number(compared.mean_first, 1), "stayed": number(compared.mean_second, 1)}
    told = {
        Direction.ROSE: _(
            "%(name)s: those who could not be followed had answered lower (%(left)s) than the others (%(stayed)s)."
        ),
        Direction.FELL: _(
            "%(name)s: those who could not be followed had answered higher (%(left)s) than the others (%(stayed)s)."
        ),
        Direction.UNCLEAR: _(
            "%(name)s: those who could not be followed had answered much like the others (%(left)s and %(stayed)s)."
        ),
    }
    return told[compared.direction] % values


def left_out_sentence(count: int) -> str:
    return ngettext(
        "%(count)s person who skipped a statement is left out, so that nobody can work out that one's answers.",
        "%(count)s people who skipped a statement are left out, so that nobody can work out their answers.",
        count,
    ) % {"count": number(count)}


def hidden_units_sentence(count: int) -> str:
    return ngettext(
        "%(count)s unit is not shown by itself: fewer than five answered there, or the answers of fewer than five could"
        " be worked out from the others. Its answers count in the whole.",
        "%(count)s units are not shown by themselves: fewer than five answered there, or the answers of fewer than five"
        " could be worked out from the others. Their answers count in the whole.",
        count,
    ) % {"count": number(count)}


def signed(value: float | None) -> str:
    """A difference with its sign."""
    text = number(value, 1)
    return f"+{text}" if value is not None and value >= 0.05 else text  # noqa: PLR2004 -- what rounds to 0.0 has none


def span_of(compared: Comparison) -> str:
    """The interval of a difference, or nothing."""
    if compared.interval is None:
        return ""
    low, high = _ends(compared)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _span(compared: Comparison) -> str:
    """The interval of a difference, in the middle of a sentence."""
    if compared.interval is None:
        return ""
    low, high = _ends(compared)
    return _("; the true change very likely lies between %(low)s and %(high)s") % {"low": low, "high": high}


def _values(name: str, compared: Comparison) -> dict[str, str]:
    low, high = _ends(compared)
    return {
        "name": name,
        "before": number(compared.mean_first, 1),
        "now": number(compared.mean_second, 1),
        "count": number(compared.n_second),
        "low": low,
        "high": high,
    }


def _ends(compared: Comparison) -> tuple[str, str]:
    """The ends of the interval; two decimals where one would show zero for a change that is clear."""
    if compared.interval is None:
        return "", ""
    ends = (compared.interval.low, compared.interval.high)
    is_clear = compared.direction != Direction.UNCLEAR
    decimals = 2 if is_clear and any(abs(end) < 0.05 for end in ends) else 1  # noqa: PLR2004 -- rounds to 0.0
    return number(ends[0], decimals), number(ends[1], decimals)


def _within(interval: Interval, scale: Scale) -> tuple[float, float]:
    return max(interval.low, scale.lowest), min(interval.high, scale.highest)
