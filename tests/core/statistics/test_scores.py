from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from luotsi.core.statistics.scores import dimension_scores, turned

TABLES = arrays(
    float,
    array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=7),
    elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan]),
)


def test_only_the_named_items_are_turned():
    answers = np.array([[1, 1, 5], [2, nan, 3]])

    result = turned(answers, reverse={1, 2}, low=1, high=5)

    np.testing.assert_array_equal(result, [[1, 5, 1], [2, nan, 3]])
    np.testing.assert_array_equal(answers, [[1, 1, 5], [2, nan, 3]])


@pytest.mark.parametrize(
    ("answers", "reverse", "low", "high", "why"),
    [
        ([[1, 6]], {0}, 1, 5, "outside the scale"),
        ([[0, 2]], {0}, 1, 5, "outside the scale"),
        ([[1, 2]], {2}, 1, 5, "not all among the 2 items"),
        ([[1, 2]], {-1}, 1, 5, "not all among the 2 items"),
        ([[1, 2]], {0}, 5, 1, "no scale"),
        ([1, 2], {0}, 1, 5, "a table of respondents and items"),
    ],
)
def test_answers_that_cannot_be_turned_are_refused(answers, reverse, low, high, why):
    with pytest.raises(ValueError, match=why):
        turned(answers, reverse=reverse, low=low, high=high)


@given(TABLES, st.data())
def test_turning_twice_changes_nothing(answers, draw):
    reverse = draw.draw(st.sets(st.integers(0, answers.shape[1] - 1))) if answers.shape[1] else set()

    once = turned(answers, reverse=reverse, low=1, high=5)

    np.testing.assert_array_equal(turned(once, reverse=reverse, low=1, high=5), answers)


def test_half_of_the_items_are_enough_for_a_score():
    answers: list[list[float]] = [[5, 4, nan, nan], [5, nan, nan, nan], [1, 2, 3, 4], [nan, nan, nan, nan]]

    np.testing.assert_array_equal(dimension_scores(answers), [4.5, nan, 2.5, nan])


def test_of_three_items_two_are_needed():
    np.testing.assert_array_equal(dimension_scores(np.array([[5, 4, nan], [5, nan, nan]])), [4.5, nan])


def test_no_items_give_no_scores():
    np.testing.assert_array_equal(dimension_scores(np.empty((2, 0))), [nan, nan])
    assert dimension_scores([]).shape == (0,)


@given(TABLES)
def test_scores_stay_within_the_scale(answers):
    scores = dimension_scores(answers)

    assert scores.shape == (len(answers),)
    assert np.all(np.isnan(scores) | ((scores >= 1) & (scores <= 5)))
