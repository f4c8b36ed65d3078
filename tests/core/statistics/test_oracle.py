"""Ours beside independent implementations; see oracle.py for how their figures are made again."""

from importlib import import_module

import pytest

from luotsi.core.statistics.comparison import compare_groups, compare_pairs
from luotsi.core.statistics.intervals import share_interval
from luotsi.core.statistics.reliability import cronbach_alpha, mcdonald_omega
from luotsi.core.statistics.scores import turned
from tests.core.statistics.figures import FIGURES
from tests.core.statistics.samples import (
    ANSWERS,
    FIVE_TESTS,
    RATINGS,
    SLEEP_FIRST,
    SLEEP_SECOND,
    TEXTUAL,
    answers_with,
    sure,
)

TABLES = {
    "answers": turned(ANSWERS, reverse={2}, low=1, high=5),
    "ratings": RATINGS,
    "textual": answers_with(TEXTUAL, 301),
    "five tests": answers_with(FIVE_TESTS, 60),
}


@pytest.mark.parametrize("name", ["answers", "ratings", "textual"])
def test_alpha_is_pingouins(name):
    alpha = cronbach_alpha(TABLES[name])

    assert alpha.coefficient == pytest.approx(FIGURES[f"alpha {name}"], abs=1e-9)
    assert round(sure(alpha.interval).low, 3) == FIGURES[f"alpha {name} low"]
    assert round(sure(alpha.interval).high, 3) == FIGURES[f"alpha {name} high"]


@pytest.mark.parametrize("name", TABLES)
def test_omega_is_that_of_statsmodels_loadings(name):
    assert mcdonald_omega(TABLES[name]).coefficient == pytest.approx(FIGURES[f"omega {name}"], abs=1e-8)


def test_intervals_of_differences_are_those_of_statsmodels():
    groups, pairs = compare_groups(SLEEP_FIRST, SLEEP_SECOND), compare_pairs(SLEEP_FIRST, SLEEP_SECOND)

    assert sure(groups.interval).low == pytest.approx(FIGURES["welch low"], abs=1e-9)
    assert sure(groups.interval).high == pytest.approx(FIGURES["welch high"], abs=1e-9)
    assert sure(pairs.interval).low == pytest.approx(FIGURES["paired low"], abs=1e-9)
    assert sure(pairs.interval).high == pytest.approx(FIGURES["paired high"], abs=1e-9)


def test_effects_are_pingouins_but_for_the_exact_correction():
    groups, pairs = compare_groups(SLEEP_FIRST, SLEEP_SECOND), compare_pairs(SLEEP_FIRST, SLEEP_SECOND)

    # Hedges 1981, table 1: c(18) = .9576, c(9) = .9139
    assert sure(groups.effect) / FIGURES["d groups"] == pytest.approx(0.9576, abs=0.0001)
    assert sure(pairs.effect) / FIGURES["d pairs"] == pytest.approx(0.9139, abs=0.0001)


@pytest.mark.parametrize(("count", "of"), [(7, 12), (0, 9), (240, 310)])
def test_intervals_of_shares_are_those_of_statsmodels(count, of):
    interval = sure(share_interval(count, of))

    assert interval.low == pytest.approx(FIGURES[f"wilson {count}/{of} low"], abs=1e-9)
    assert interval.high == pytest.approx(FIGURES[f"wilson {count}/{of} high"], abs=1e-9)


def test_the_figures_are_still_what_the_others_say():
    reason = "pingouin and statsmodels are not dependencies: see oracle.py for how to ask them"
    pytest.importorskip("pingouin", reason=reason)
    pytest.importorskip("statsmodels", reason=reason)

    computed = import_module("tests.core.statistics.oracle").computed()

    assert computed == pytest.approx(FIGURES, abs=1e-8)
