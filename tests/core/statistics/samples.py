"""Published data, and answers made to order."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from math import isfinite, nan
from typing import TypeVar

import numpy as np

T = TypeVar("T")

# Student 1908, "The probable error of a mean": hours of sleep gained by the same ten patients on two drugs.
SLEEP_FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

# Shrout & Fleiss 1979, "Intraclass correlations", table 2: six targets rated by four judges.
RATINGS: list[list[float]] = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

# Harman 1976, "Modern factor analysis": Spearman's five tests.
FIVE_TESTS = np.array(
    [
        [1.0, 0.485, 0.400, 0.397, 0.295],
        [0.485, 1.0, 0.397, 0.397, 0.247],
        [0.400, 0.397, 1.0, 0.335, 0.275],
        [0.397, 0.397, 0.335, 1.0, 0.195],
        [0.295, 0.247, 0.275, 0.195, 1.0],
    ]
)

# Holzinger & Swineford 1939, 301 pupils, the three tests of text comprehension (x4 to x6 of lavaan's data set).
TEXTUAL = np.array(
    [
        [1.355166722885, 1.101411957512, 0.898500761763],
        [1.101411957512, 1.665318383167, 1.017905788923],
        [0.898500761763, 1.017905788923, 1.200346239286],
    ]
)

# Made for these tests: fourteen people, five items from 1 to 5, the third one negatively worded, some left out.
ANSWERS: list[list[float]] = [
    [4, 5, 2, 4, 3],
    [3, 3, 3, 2, 3],
    [5, 5, 1, 4, 5],
    [2, 1, 4, 2, nan],
    [4, 4, 2, 5, 4],
    [3, 2, 3, 3, 2],
    [1, 2, 5, 1, 2],
    [4, nan, 1, 4, 4],
    [5, 4, 2, 5, 3],
    [2, 3, 4, 2, 1],
    [3, 4, 3, 3, 4],
    [nan, nan, nan, 4, 3],
    [4, 3, 2, 3, 3],
    [2, 2, 4, 3, 2],
]


def answers_with(covariances, respondents, means=0.0):
    """Answers whose covariances and means are exactly these."""
    covariances = np.asarray(covariances, dtype=float)
    drawn = np.random.default_rng(7).normal(size=(respondents, len(covariances)))
    drawn -= drawn.mean(axis=0)
    whitened = np.linalg.solve(np.linalg.cholesky(np.atleast_2d(np.cov(drawn.T))), drawn.T)
    return (np.linalg.cholesky(covariances) @ whitened).T + means


def parallel(items, correlation):
    """The covariances of parallel items: variance 1, one and the same correlation."""
    return np.full((items, items), correlation) + (1 - correlation) * np.eye(items)


def sure(value: T | None) -> T:
    """The value, which is there."""
    assert value is not None
    return value


def is_near(one, other, within):
    """Both None, or both numbers that near to each other."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= within


def numbers_in(value):
    """All numbers anywhere in a value."""
    if is_dataclass(value):
        return [number for field in fields(value) for number in numbers_in(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [number for part in value for number in numbers_in(part)]
    return [value] if isinstance(value, (int, float)) else []


def is_calm(value):
    """Nothing is NaN or infinite anywhere in a value."""
    return all(isfinite(number) for number in numbers_in(value))
