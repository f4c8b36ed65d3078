from math import inf, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from luotsi.core.statistics.description import Description, describe, describe_items
from luotsi.core.statistics.values import Interval
from tests.core.statistics.samples import SLEEP_FIRST, SLEEP_SECOND, is_calm, is_near, sure

LIKERT = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan])


def test_the_mean_of_students_patients_has_students_interval():
    gained = np.subtract(SLEEP_SECOND, SLEEP_FIRST)

    described = describe(gained)

    assert described.mean == pytest.approx(1.58)
    assert described.sd == pytest.approx(1.229995)  # Student 1908 gives 1.17 with divisor n
    assert sure(described.sd) * sqrt(9 / 10) == pytest.approx(1.17, abs=0.005)
    assert sure(described.interval).low == pytest.approx(0.7001142)  # as R's t.test prints it
    assert sure(described.interval).high == pytest.approx(2.4598858)


def test_missing_answers_are_counted_and_left_out():
    answers: Any = [4, nan, 2, 5, None]

    described = describe(answers, agree_from=4)

    assert (described.n, described.missing) == (3, 2)
    assert described.mean == pytest.approx(11 / 3)
    assert described.agreeing == pytest.approx(2 / 3)


def test_nobody_one_and_two():
    assert describe([]) == Description(n=0, missing=0, mean=None, sd=None, interval=None, agreeing=None)
    assert describe([nan, nan], agree_from=4) == Description(
        n=0, missing=2, mean=None, sd=None, interval=None, agreeing=None
    )
    assert describe([3], agree_from=4) == Description(n=1, missing=0, mean=3, sd=None, interval=None, agreeing=0)
    two = describe([3, 5])
    assert two.sd == pytest.approx(sqrt(2))
    assert sure(two.interval).low == pytest.approx(4 - 12.7062047)


def test_everybody_agreeing_tells_nothing_of_uncertainty():
    described = describe([7 / 3] * 11, agree_from=2)

    assert described.sd == 0.0
    assert described.interval is None
    assert described.agreeing == 1.0


def test_an_interval_knows_what_it_holds():
    interval = Interval(low=-1.0, high=2.0, level=0.95)

    assert [interval.holds(value) for value in (-1.1, -1.0, 0.0, 2.0, 2.1)] == [False, True, True, True, False]


@pytest.mark.parametrize("values", [[1, inf], [-inf], [2e9], [[1, 2]], 3])
def test_what_is_no_column_of_answers_is_refused(values):
    with pytest.raises(ValueError, match=r"infinite|one number for each"):
        describe(values)


@pytest.mark.parametrize("level", [0, 1, 95, nan])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match="level of confidence"):
        describe([1, 2, 3], level=level)


def test_items_are_described_each_by_itself():
    answers = [[1, 2, nan], [3, nan, nan], [5, 4, nan]]

    items = describe_items(answers, agree_from=3)

    assert items == tuple(describe([row[place] for row in answers], agree_from=3) for place in range(3))
    assert [item.agreeing for item in items] == [2 / 3, 0.5, None]
    assert describe_items([]) == ()
    assert [item.n for item in describe_items(np.empty((0, 2)))] == [0, 0]


@given(arrays(float, array_shapes(min_dims=1, max_dims=1, min_side=0, max_side=12), elements=LIKERT))
def test_any_answers_are_described_calmly_and_in_any_order(values):
    described = describe(values, agree_from=4)

    assert is_calm(described)
    assert described.n + described.missing == len(values)
    backwards = describe(values[::-1], agree_from=4)
    assert is_near(backwards.mean, described.mean, 1e-12)
    assert is_near(backwards.sd, described.sd, 1e-12)
    assert described.interval is None or sure(described.interval).holds(sure(described.mean))


@given(
    arrays(
        float,
        array_shapes(min_dims=1, max_dims=1, min_side=0, max_side=6),
        elements=st.floats(-1e9, 1e9) | st.just(nan) | st.sampled_from([1e-200, 5e-324]),
    )
)
def test_numbers_of_any_size_are_described_calmly(values):
    assert is_calm(describe(values))


def test_the_interval_covers_as_often_as_it_says():
    draws = np.random.default_rng(1).normal(3, 1, size=(7, 4000))

    covered = np.mean([sure(described.interval).holds(3) for described in describe_items(draws)])

    assert covered == pytest.approx(0.95, abs=0.011)  # three standard errors
