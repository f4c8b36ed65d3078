from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from luotsi.core.statistics.intervals import noncentrality_interval, share_interval
from tests.core.statistics.samples import sure


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_newcombes(count, of, low, high):
    interval = sure(share_interval(count, of))

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_a_share_of_nobody_has_no_interval():
    assert share_interval(0, 0) is None


@pytest.mark.parametrize(("count", "of"), [(3, 2), (-1, 2), (0, -1)])
def test_what_is_no_share_is_refused(count, of):
    with pytest.raises(ValueError, match="is not a share"):
        share_interval(count, of)


@given(st.integers(1, 500), st.data())
def test_a_share_lies_in_its_interval_and_mirrors(of, draw):
    count = draw.draw(st.integers(0, of))

    interval, mirrored = sure(share_interval(count, of)), sure(share_interval(of - count, of))

    assert 0 <= interval.low <= count / of <= interval.high <= 1
    assert isclose(interval.low, 1 - mirrored.high, abs_tol=1e-12)


def test_noncentrality_is_that_of_kelley():
    # MBESS (Kelley 2007, Journal of Statistical Software 20:8): conf.limits.nct(ncp = 2.83, df = 126).
    interval = sure(noncentrality_interval(2.83, 126, 0.95))

    assert interval.low == pytest.approx(0.8337502600, abs=1e-7)
    assert interval.high == pytest.approx(4.8153591405, abs=1e-6)


@pytest.mark.parametrize("t", [-400, -40, -3, -0.2, 0, 0.7, 5, 60, 299, 301, 900])
@pytest.mark.parametrize("freedom", [1, 2, 9, 200])
def test_noncentrality_leaves_half_of_the_rest_on_either_side(t, freedom):
    interval = sure(noncentrality_interval(t, freedom, 0.9))

    assert stats.nct.cdf(t, freedom, interval.low) == pytest.approx(0.95, abs=5e-5)
    assert stats.nct.cdf(t, freedom, interval.high) == pytest.approx(0.05, abs=5e-5)


@given(st.floats(0, 1e12), st.integers(1, 5000))
def test_noncentrality_mirrors_or_is_none(t, freedom):
    right, left = noncentrality_interval(t, freedom, 0.95), noncentrality_interval(-t, freedom, 0.95)

    assert (right is None) == (left is None)
    if right and left:
        assert np.isfinite([right.low, right.high]).all()
        assert (left.low, left.high) == pytest.approx((-right.high, -right.low))
