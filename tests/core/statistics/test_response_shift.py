from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.statistics.comparison import Direction, compare_pairs
from luotsi.core.statistics.response_shift import response_shift
from tests.core.statistics.samples import is_calm, sure

ANSWER = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan])


def test_growth_hidden_by_a_higher_bar_comes_out():
    pre, then, post = [4, 4, 3, 5, 4, 3], [2, 3, 2, 3, 2, 1], [4, 5, 3, 4, 4, 3]

    found = response_shift(pre, then, post)

    assert found.n == 6
    assert found.shift.difference == pytest.approx(-10 / 6)
    assert found.true_change.difference == pytest.approx(10 / 6)
    assert found.conventional_change.difference == pytest.approx(0)
    assert [part.direction for part in (found.shift, found.true_change, found.conventional_change)] == [
        Direction.FELL,
        Direction.ROSE,
        Direction.UNCLEAR,
    ]
    assert found.true_change == compare_pairs(then, post)


def test_only_those_with_all_three_are_compared():
    found = response_shift([1, 2, nan, 4], [1, nan, 3, 3], [2, 3, 4, 5])

    assert found.n == 2
    assert (found.conventional_change.mean_first, found.conventional_change.mean_second) == (2.5, 3.5)


def test_nobody_has_no_shift():
    found = response_shift([], [], [])

    assert found.n == 0
    assert found.shift.difference is None


def test_three_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        response_shift([1, 2], [1, 2], [1])


@given(st.lists(st.tuples(ANSWER, ANSWER, ANSWER), max_size=10))
def test_the_conventional_change_is_shift_and_true_change(answers):
    found = response_shift(*([answer[place] for answer in answers] for place in range(3)))

    assert is_calm(found)
    if found.n:
        total = sure(found.shift.difference) + sure(found.true_change.difference)
        assert found.conventional_change.difference == pytest.approx(total)
    assert found.shift.n_first == found.true_change.n_first == found.conventional_change.n_first == found.n
