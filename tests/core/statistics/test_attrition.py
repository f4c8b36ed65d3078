from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.statistics.attrition import Rate, attrition, rate
from luotsi.core.statistics.comparison import compare_groups
from tests.core.statistics.samples import is_calm, sure


def test_who_answered_is_counted_and_those_who_left_are_compared():
    first = [True] * 12 + [False] * 3
    second = [True] * 6 + [False] * 6 + [True, False, False]
    baseline = [4, 5, 4, 5, 4, 5, 2, 1, 2, 1, 2, nan, nan, nan, nan]

    found = attrition(first, second, baseline=baseline)

    assert found.asked == 15
    assert (found.first.count, found.second.count, found.both.count, found.stayed.count) == (12, 7, 6, 6)
    assert (found.first.of, found.stayed.of) == (15, 12)
    assert (found.first.share, found.stayed.share) == (0.8, 0.5)
    assert found.baseline == compare_groups([2, 1, 2, 1, 2], [4, 5, 4, 5, 4, 5])


def test_fewer_than_five_who_left_are_not_described():
    first, second, baseline = [True] * 10, [True] * 6 + [False] * 4, np.arange(10)

    assert attrition(first, second, baseline=baseline).baseline is None
    assert sure(attrition(first, second, baseline=baseline, smallest=4).baseline).n_first == 4
    assert attrition(first, second).baseline is None


def test_rates_of_nobody_are_none():
    nobody = Rate(count=0, of=0, share=None, interval=None)

    found = attrition([], [])

    assert (found.asked, found.first, found.second, found.both, found.stayed) == (0, *[nobody] * 4)


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="one yes or no for each"):
        attrition([True], [True, False])
    with pytest.raises(ValueError, match="2 scores for 1 people"):
        attrition([True], [True], baseline=[1, 2])
    with pytest.raises(ValueError, match="is not a share"):
        rate(2, 1)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from([1.0, 3.0, 4.0, nan])), max_size=20))
def test_any_waves_are_counted_calmly(people):
    first, second, baseline = ([person[place] for person in people] for place in range(3))

    found = attrition(first, second, baseline=baseline)

    assert is_calm(found)
    assert found.both.count <= min(found.first.count, found.second.count)
    assert found.stayed.of == found.first.count
    assert found.baseline is None or min(found.baseline.n_first, found.baseline.n_second) >= 5
