from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.matching.solver.assignment import ALONE, _lowest_prices, assign


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(0, 5)), draw(st.integers(1, 4))
    worth = st.sampled_from([0, 0, 1, 2, 3]) | st.integers(0, 1000)  # many ties
    values = draw(st.lists(st.lists(worth, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    capacities = draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns))
    return np.array(values, dtype=np.int64).reshape(rows, columns), np.array(capacities, dtype=np.int64)


def best_of_all(values, capacities):
    """The greatest sum, and of the ways to it the one with the earliest columns; none at all is the latest."""
    rows, columns = values.shape

    def fits(choice):
        return all(choice.count(column) <= capacities[column] for column in range(columns)) and all(
            column == columns or values[row, column] > 0 for row, column in enumerate(choice)
        )

    def worth(choice):
        return sum(int(values[row, column]) for row, column in enumerate(choice) if column < columns)

    best = min(filter(fits, product(range(columns + 1), repeat=rows)), key=lambda choice: (-worth(choice), choice))
    return worth(best), [ALONE if column == columns else column for column in best]


@given(tables())
def test_assign_finds_the_greatest_sum_and_of_equals_the_earliest(table):
    values, capacities = table

    columns = assign(values, capacities).columns

    assert columns.tolist() == best_of_all(values, capacities)[1]


@given(tables())
def test_assign_prices_each_column_at_what_one_more_seat_would_gain(table):
    values, capacities = table
    now, _ = best_of_all(values, capacities)

    prices = assign(values, capacities).prices

    gains = []
    for column in range(len(capacities)):
        more = capacities.copy()
        more[column] += 1
        gains.append(best_of_all(values, more)[0] - now)
    assert prices.tolist() == gains


def test_lowest_prices_do_not_exist_when_a_change_would_gain():
    values = np.array([[1, 9], [9, 1]], dtype=np.int64)

    with pytest.raises(ArithmeticError):
        _lowest_prices(values, np.array([0, 1], dtype=np.int64))


def test_assign_gives_a_thousand_equal_rows_their_columns_in_order():
    values = np.full((1000, 400), 7, dtype=np.int64)

    assignment = assign(values, np.full(400, 2, dtype=np.int64))

    assert assignment.columns.tolist() == [row // 2 for row in range(800)] + [ALONE] * 200
    assert assignment.prices.tolist() == [7] * 400
