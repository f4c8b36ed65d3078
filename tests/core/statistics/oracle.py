"""Recomputes figures.py with pingouin 0.7 and statsmodels 0.15, which the project does not depend on.

In an environment of its own, from the root of the project:

    pip install pingouin==0.7.* statsmodels==0.15.*
    python -m tests.core.statistics.oracle
"""

from __future__ import annotations

import sys
from importlib import import_module

import numpy as np

from tests.core.statistics.samples import ANSWERS, FIVE_TESTS, RATINGS, SLEEP_FIRST, SLEEP_SECOND, TEXTUAL, answers_with


def complete_answers():
    """ANSWERS of those who answered everything, the third item turned."""
    table = np.array([row for row in ANSWERS if not np.isnan(row).any()])
    table[:, 2] = 6 - table[:, 2]
    return table


def computed() -> dict[str, float]:
    """Limits of alpha are rounded to three decimals by pingouin."""
    return {**_reliability(), **_comparison(), **_shares()}


def _reliability() -> dict[str, float]:
    pingouin, pandas, factor = import_module("pingouin"), import_module("pandas"), import_module("statsmodels.api")
    found: dict[str, float] = {}
    for name, table in {
        "answers": complete_answers(),
        "ratings": np.array(RATINGS, dtype=float),
        "textual": answers_with(TEXTUAL, 301),
    }.items():
        alpha, limits = pingouin.cronbach_alpha(data=pandas.DataFrame(table))
        found |= {f"alpha {name}": alpha, f"alpha {name} low": limits[0], f"alpha {name} high": limits[1]}
        found[f"omega {name}"] = _omega(factor, np.corrcoef(table.T), table.std(axis=0, ddof=1))
    found["omega five tests"] = _omega(factor, FIVE_TESTS, np.ones(5))
    return found


def _omega(factor, correlations, sds):
    """McDonald's formula from loadings by principal axes, iterated to the end: they too leave the least squares."""
    loadings = factor.Factor(corr=correlations, n_factor=1, method="pa").fit(maxiter=100_000, tol=1e-15).loadings[:, 0]
    common = (loadings @ sds) ** 2
    return common / (common + sds**2 @ (1 - loadings**2))


def _comparison() -> dict[str, float]:
    pingouin, weights = import_module("pingouin"), import_module("statsmodels.stats.weightstats")
    first, second = np.array(SLEEP_FIRST), np.array(SLEEP_SECOND)
    groups = weights.CompareMeans(weights.DescrStatsW(second), weights.DescrStatsW(first))
    pairs = weights.DescrStatsW(second - first)
    found: dict[str, float] = dict(
        zip(["welch low", "welch high"], groups.tconfint_diff(usevar="unequal"), strict=True)
    )
    found |= dict(zip(["paired low", "paired high"], pairs.tconfint_mean(), strict=True))
    found["d groups"] = pingouin.compute_effsize(second, first, eftype="cohen")
    found["d pairs"] = pingouin.compute_effsize(second, first, paired=True, eftype="cohen")
    return found


def _shares() -> dict[str, float]:
    shares = import_module("statsmodels.stats.proportion")
    found: dict[str, float] = {}
    for count, of in ((7, 12), (0, 9), (240, 310)):
        low, high = shares.proportion_confint(count, of, method="wilson")
        found |= {f"wilson {count}/{of} low": low, f"wilson {count}/{of} high": high}
    return found


if __name__ == "__main__":
    for title, figure in computed().items():
        sys.stdout.write(f'    "{title}": {float(figure):.10g},\n')
