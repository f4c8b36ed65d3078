from math import nan

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import stats

from luotsi.core.statistics.reliability import Alpha, Omega, Outcome, cronbach_alpha, mcdonald_omega
from luotsi.core.statistics.scores import turned
from tests.core.statistics.samples import (
    ANSWERS,
    FIVE_TESTS,
    RATINGS,
    TEXTUAL,
    answers_with,
    is_calm,
    is_near,
    parallel,
    sure,
)

LIKERT = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0])
TABLES = arrays(float, array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=8), elements=LIKERT | st.just(nan))
FULL_TABLES = arrays(float, st.tuples(st.integers(4, 9), st.integers(3, 6)), elements=st.integers(1, 5).map(float))


def test_alpha_of_ratings_is_the_consistency_of_shrout_and_fleiss():
    # Shrout & Fleiss 1979, table 4: ICC(3,4) = .91, which is alpha; F = 11.03 with 5 and 15 degrees of freedom
    # (table 3), and so the limits of their formula for ICC(3,k).
    alpha = cronbach_alpha(RATINGS)

    assert round(sure(alpha.coefficient), 2) == 0.91
    assert 1 / (1 - sure(alpha.coefficient)) == pytest.approx(11.03, abs=0.005)
    assert sure(alpha.interval).low == pytest.approx(1 - stats.f.ppf(0.975, 5, 15) / 11.027, abs=1e-4)
    assert sure(alpha.interval).high == pytest.approx(1 - 1 / (11.027 * stats.f.ppf(0.975, 15, 5)), abs=1e-4)
    assert (alpha.n, alpha.items) == (6, 4)


def test_alpha_of_the_mini_haq_is_that_of_bland_and_altman():
    # Bland & Altman 1997, BMJ 314:572: ten items, item variances sum to 11.16, variance of the sum 77.44, alpha 0.95.
    covariance = (77.44 - 11.16) / 90
    answers = answers_with(np.full((10, 10), covariance) + (1.116 - covariance) * np.eye(10), 249)

    alpha = cronbach_alpha(answers)

    assert round(sure(alpha.coefficient), 2) == 0.95
    assert alpha.coefficient == pytest.approx(10 / 9 * (1 - 11.16 / 77.44))


def test_alpha_and_omega_of_text_comprehension():
    # Holzinger & Swineford 1939; alpha 0.8827069 is what psych::alpha prints. With three items one factor fits exactly:
    # λ₁² = s₁₂s₁₃/s₂₃.
    answers = answers_with(TEXTUAL, 301, means=3)

    alpha, omega = cronbach_alpha(answers), mcdonald_omega(answers)

    assert alpha.coefficient == pytest.approx(0.8827069, abs=5e-8)
    one, two, three = TEXTUAL[0, 1], TEXTUAL[0, 2], TEXTUAL[1, 2]
    loadings = np.sqrt([one * two / three, one * three / two, two * three / one])
    own = np.diag(TEXTUAL) - loadings**2
    assert omega.coefficient == pytest.approx(loadings.sum() ** 2 / (loadings.sum() ** 2 + own.sum()))
    assert omega.loadings == pytest.approx(tuple(loadings / np.sqrt(np.diag(TEXTUAL))))
    assert omega.outcome is Outcome.ESTIMATED


def test_omega_of_five_tests():
    # Loadings by statsmodels 0.15 (iterated principal axes), see oracle.py; omega by McDonald's formula from them.
    loadings = np.array([0.70445025, 0.67933947, 0.59280884, 0.56239083, 0.39884039])

    omega = mcdonald_omega(answers_with(FIVE_TESTS, 100))

    assert omega.loadings == pytest.approx(tuple(loadings), abs=1e-8)
    assert omega.coefficient == pytest.approx(loadings.sum() ** 2 / (loadings.sum() ** 2 + 5 - (loadings**2).sum()))


@given(st.integers(3, 8), st.floats(0.05, 0.95))
def test_parallel_items_obey_spearman_and_brown(items, correlation):
    answers = answers_with(parallel(items, correlation), 40)
    expected = items * correlation / (1 + (items - 1) * correlation)

    assert cronbach_alpha(answers).coefficient == pytest.approx(expected)
    assert mcdonald_omega(answers).coefficient == pytest.approx(expected)


def test_two_parallel_items_obey_spearman_and_brown_but_have_no_omega():
    answers = answers_with(parallel(2, 0.6), 40)

    assert cronbach_alpha(answers).coefficient == pytest.approx(0.75)
    assert mcdonald_omega(answers) == Omega(coefficient=None, outcome=Outcome.TOO_FEW_ITEMS, loadings=(), n=40, items=2)


def test_only_those_who_answered_everything_count():
    complete = [row for row in ANSWERS if not np.isnan(row).any()]

    assert cronbach_alpha(ANSWERS) == cronbach_alpha(complete)
    assert mcdonald_omega(ANSWERS) == mcdonald_omega(complete)
    assert cronbach_alpha(ANSWERS).n == 11


def test_an_item_that_was_not_turned_shows():
    negative = cronbach_alpha([[5, 1], [4, 2], [1, 4], [2, 5], [3, 3]])
    omega = mcdonald_omega(ANSWERS)

    assert sure(negative.coefficient) < 0
    assert sure(negative.interval).low < sure(negative.coefficient) < sure(negative.interval).high
    assert omega.loadings[2] < 0 < min(omega.loadings[place] for place in (0, 1, 3, 4))
    assert sure(cronbach_alpha(ANSWERS).coefficient) < 0.5
    assert sure(cronbach_alpha(turned(ANSWERS, reverse={2}, low=1, high=5)).coefficient) > 0.9


@pytest.mark.parametrize(
    ("answers", "n", "items"),
    [
        ([], 0, 0),
        (np.empty((0, 4)), 0, 4),
        ([[1, 2, 3]], 1, 3),
        ([[nan, 2], [1, nan]], 0, 2),
        ([[1], [2], [3]], 3, 1),
        (np.empty((5, 0)), 5, 0),
        ([[3, 3, 3], [3, 3, 3], [3, 3, 3]], 3, 3),
        ([[1, 5], [2, 4], [3, 3]], 3, 2),  # each the other's mirror: the sum is the same for all
    ],
)
def test_alpha_is_none_where_there_is_none(answers, n, items):
    assert cronbach_alpha(answers) == Alpha(coefficient=None, interval=None, n=n, items=items)


def test_items_without_any_error_have_alpha_one_and_no_interval():
    alpha = cronbach_alpha([[1, 1, 1], [2, 2, 2], [5, 5, 5]])

    assert alpha.coefficient == pytest.approx(1)
    assert alpha.interval is None


def test_two_respondents_have_an_alpha_that_says_next_to_nothing():
    alpha = cronbach_alpha([[1, 2], [2, 5]])

    assert alpha.coefficient == pytest.approx(0.75)
    assert sure(alpha.interval).low < -100


def test_an_item_all_answer_alike_counts_for_alpha_and_not_for_omega():
    answers = answers_with(parallel(3, 0.5), 30)
    with_constant = np.column_stack([answers[:, 0], np.full(30, 4.0), answers[:, 1:]])

    assert cronbach_alpha(with_constant).coefficient == pytest.approx(4 / 3 * (1 - 3 / 6))
    omega = mcdonald_omega(with_constant)
    assert omega.coefficient == pytest.approx(mcdonald_omega(answers).coefficient)
    assert omega.loadings[1] == 0.0
    assert mcdonald_omega(with_constant[:, :3]).outcome is Outcome.TOO_FEW_ITEMS


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([], Outcome.TOO_FEW_RESPONDENTS),
        ([[1, 2, 3], [2, 3, 5]], Outcome.TOO_FEW_RESPONDENTS),
        ([[1, 2], [2, 3], [4, 1]], Outcome.TOO_FEW_ITEMS),
        ([[3, 3, 3]] * 9, Outcome.TOO_FEW_ITEMS),
        (np.eye(3), Outcome.NO_COMMON_FACTOR),  # every correlation is −0.5
        (answers_with(np.eye(4), 30), Outcome.NO_COMMON_FACTOR),
        # only two of the items correlate: many pairs of loadings give that correlation
        (answers_with([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]], 30), Outcome.NOT_IDENTIFIED),
    ],
)
def test_omega_says_why_there_is_none(answers, outcome):
    omega = mcdonald_omega(answers)

    assert omega.coefficient is None
    assert omega.outcome is outcome
    assert is_calm(omega)


def test_a_heywood_case_stops_at_the_bound_and_says_so():
    # 0.8 · 0.8 / 0.6 = 1.07: the first item would need more than its whole variance in common.
    omega = mcdonald_omega(answers_with([[1, 0.8, 0.8], [0.8, 1, 0.6], [0.8, 0.6, 1]], 50))

    assert omega.outcome is Outcome.AT_BOUND
    assert omega.loadings[0] == 1.0
    assert 0.85 < sure(omega.coefficient) < 0.95


def test_more_items_than_respondents_is_no_obstacle():
    drawn = np.random.default_rng(3)
    answers = drawn.normal(size=(6, 1)) + 0.5 * drawn.normal(size=(6, 12))

    omega = mcdonald_omega(answers)

    assert omega.outcome in (Outcome.ESTIMATED, Outcome.AT_BOUND)
    assert 0.8 < sure(omega.coefficient) < 1


@given(TABLES)
@example(np.array([[1.0, 5.0, 3.0], [5.0, 1.0, 3.0], [3.0, 3.0, 3.0]]))
def test_any_answers_have_calm_coefficients(answers):
    alpha, omega = cronbach_alpha(answers), mcdonald_omega(answers)

    assert is_calm(alpha)
    assert is_calm(omega)
    assert alpha.coefficient is None or alpha.coefficient <= 1 + 1e-12
    assert (omega.coefficient is not None) == (omega.outcome in (Outcome.ESTIMATED, Outcome.AT_BOUND))
    assert omega.coefficient is None or 0 <= omega.coefficient <= 1


@given(
    arrays(
        float,
        array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=5),
        elements=st.floats(-1e9, 1e9) | st.just(nan) | st.just(1e-200),
    )
)
def test_numbers_of_any_size_have_calm_coefficients(answers):
    assert is_calm(cronbach_alpha(answers))
    assert is_calm(mcdonald_omega(answers))


@given(FULL_TABLES, st.permutations(range(4)), st.floats(-50, 50))
def test_alpha_does_not_see_order_or_origin(answers, order, shift):
    alpha = cronbach_alpha(answers)

    moved = answers[:, ::-1] + np.linspace(-shift, shift, answers.shape[1])
    moved[:4] = moved[list(order)]

    within = 1e-7 * max(1, abs(alpha.coefficient or 0))
    assert is_near(cronbach_alpha(moved).coefficient, alpha.coefficient, within)
    assert is_near(cronbach_alpha(6 - answers).coefficient, alpha.coefficient, within)


@given(FULL_TABLES, st.randoms())
def test_the_order_of_respondents_changes_nothing(answers, random):
    order = list(range(len(answers)))
    random.shuffle(order)

    omega, shuffled = mcdonald_omega(answers), mcdonald_omega(answers[order])

    assert shuffled.outcome is omega.outcome
    assert is_near(shuffled.coefficient, omega.coefficient, 1e-6)


def test_the_order_of_respondents_changes_nothing_on_the_edge_of_identification():
    answers = [[3, 2, 3], [1, 3, 1], [3, 2, 2], [1, 1, 1]]  # the first item is at its bound but for rounding

    assert mcdonald_omega(answers) == mcdonald_omega([answers[place] for place in (2, 3, 1, 0)])


@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=8), st.lists(st.floats(0.1, 20), min_size=8, max_size=8))
def test_omega_finds_the_factor_that_was_put_in(loadings, sds):
    put_in, sds = np.array(loadings), np.array(sds[: len(loadings)])
    correlations = np.outer(put_in, put_in)
    np.fill_diagonal(correlations, 1)

    answers = answers_with(correlations * np.outer(sds, sds), 30)

    omega = mcdonald_omega(answers)

    common = float(put_in @ sds) ** 2
    assert omega.outcome is Outcome.ESTIMATED
    assert omega.loadings == pytest.approx(loadings, abs=1e-5)
    assert omega.coefficient == pytest.approx(common / (common + float(sds**2 @ (1 - put_in**2))), abs=1e-5)
    # Novick & Lewis 1967, Psychometrika 32, 1–13: alpha is a lower bound of the reliability of such a sum.
    assert sure(cronbach_alpha(answers).coefficient) <= sure(omega.coefficient) + 1e-9


def test_the_interval_of_feldt_covers_as_often_as_it_says():
    drawn, rounds = np.random.default_rng(2), 2000
    true = 5 * 0.4 / (1 + 4 * 0.4)

    answers = [
        drawn.multivariate_normal(np.zeros(5), parallel(5, 0.4), size=15, method="cholesky") for _ in range(rounds)
    ]
    covered = [sure(cronbach_alpha(table).interval).holds(true) for table in answers]

    assert np.mean(covered) == pytest.approx(0.95, abs=0.015)  # three standard errors
