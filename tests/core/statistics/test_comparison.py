from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from luotsi.core.statistics.comparison import (
    Comparison,
    Direction,
    Size,
    compare_groups,
    compare_pairs,
    size_of,
)
from tests.core.statistics.samples import SLEEP_FIRST, SLEEP_SECOND, answers_with, is_calm, is_near, sure

LIKERT = st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan]), max_size=9)
PAIRS = st.lists(st.tuples(*[st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan])] * 2), max_size=9)
ANY = st.lists(st.floats(-1e9, 1e9) | st.just(nan) | st.just(1e-200), max_size=6)


def test_students_patients_paired():
    # R: t.test(extra ~ group, data = sleep, paired = TRUE)
    compared = compare_pairs(SLEEP_FIRST, SLEEP_SECOND)

    assert (compared.n_first, compared.n_second, compared.is_paired) == (10, 10, True)
    assert (compared.mean_first, compared.mean_second) == pytest.approx((0.75, 2.33))
    assert compared.difference == pytest.approx(1.58)
    assert sure(compared.interval).low == pytest.approx(0.7001142)
    assert sure(compared.interval).high == pytest.approx(2.4598858)
    assert (compared.direction, compared.size) == (Direction.ROSE, Size.MEDIUM)


def test_students_patients_as_if_they_were_strangers():
    # R: t.test(extra ~ group, data = sleep), Welch; d = 0.8321811 as in effsize and pingouin
    compared = compare_groups(SLEEP_FIRST, SLEEP_SECOND)

    assert sure(compared.interval).low == pytest.approx(-0.2054832, abs=1e-7)
    assert sure(compared.interval).high == pytest.approx(3.3654832, abs=1e-7)
    assert compared.effect == pytest.approx(0.8321811 * 0.95765, abs=1e-5)
    assert compared.direction is Direction.UNCLEAR


def test_groups_of_borenstein():
    # Borenstein, Hedges, Higgins & Rothstein 2009, Introduction to meta-analysis, chapter 4, independent groups:
    # means 103 and 100, sd 5.5 and 4.5, fifty each: d = 0.5970, J = 0.9923, g = 0.5924.
    first, second = answers_with([[4.5**2]], 50, 100)[:, 0], answers_with([[5.5**2]], 50, 103)[:, 0]

    compared = compare_groups(first, second)

    assert compared.effect == pytest.approx(0.5924, abs=0.0001)
    assert sure(compared.effect_interval).holds(0.5970)
    assert compared.size is Size.MEDIUM


def test_pairs_of_borenstein():
    # The same, chapter 4, matched groups: difference 3, sd of the differences 5.5, correlation 0.7, fifty pairs:
    # standard deviation within 7.1005, d = 0.4225, J = 0.9846 (49 degrees of freedom), g = 0.4160.
    variance = 5.5**2 / (2 * 0.3)
    pairs = answers_with([[variance, 0.7 * variance], [0.7 * variance, variance]], 50, [100, 103])

    compared = compare_pairs(pairs[:, 0], pairs[:, 1])

    assert sqrt(variance) == pytest.approx(7.1005, abs=0.0001)
    assert compared.effect == pytest.approx(0.4160, abs=0.0001)
    assert compared.size is Size.SMALL


def test_limits_of_the_effect_are_those_under_which_the_t_is_at_the_edge():
    groups, pairs = compare_groups(SLEEP_FIRST, SLEEP_SECOND), compare_pairs(SLEEP_FIRST, SLEEP_SECOND)

    t = stats.ttest_ind(SLEEP_SECOND, SLEEP_FIRST).statistic
    scale = sqrt(2 / 10)
    assert stats.nct.cdf(t, 18, sure(groups.effect_interval).low / scale) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(t, 18, sure(groups.effect_interval).high / scale) == pytest.approx(0.025, abs=1e-6)

    t = stats.ttest_rel(SLEEP_SECOND, SLEEP_FIRST).statistic
    cov = np.cov(SLEEP_FIRST, SLEEP_SECOND)
    scale = sqrt(2 * (cov.trace() - 2 * cov[0, 1]) / (10 * cov.trace()))  # Algina & Keselman 2003
    assert stats.nct.cdf(t, 9, sure(pairs.effect_interval).low / scale) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(t, 9, sure(pairs.effect_interval).high / scale) == pytest.approx(0.025, abs=1e-6)


def test_pairs_with_an_answer_missing_are_left_out_of_both_means():
    compared = compare_pairs([1, 2, nan, 4], [2, nan, 5, 6])

    assert (compared.n_first, compared.n_second) == (2, 2)
    assert (compared.mean_first, compared.mean_second, compared.difference) == (2.5, 4.0, 1.5)


def test_pairs_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        compare_pairs([1, 2], [1])


@pytest.mark.parametrize("compare", [compare_groups, compare_pairs])
def test_nobody_has_no_difference(compare):
    nothing = dict.fromkeys(["mean_first", "mean_second", "difference", "interval", "effect", "effect_interval"], None)

    for first, second in (([], []), ([nan], [nan])):
        compared = compare(first, second)
        assert compared == Comparison(is_paired=compare is compare_pairs, n_first=0, n_second=0, **nothing)
        assert (compared.direction, compared.size) == (Direction.UNCLEAR, None)


@pytest.mark.parametrize("compare", [compare_groups, compare_pairs])
def test_one_person_has_a_difference_and_nothing_more(compare):
    compared = compare([2], [5])

    assert compared.difference == 3
    assert (compared.interval, compared.effect, compared.effect_interval) == (None, None, None)
    assert compared.direction is Direction.UNCLEAR


def test_two_pairs_have_an_interval_but_no_effect():
    compared = compare_pairs([1, 2], [2, 4])

    assert sure(compared.interval).low == pytest.approx(1.5 - 12.7062047 * 0.5)
    assert (compared.effect, compared.effect_interval) == (None, None)


@pytest.mark.parametrize("compare", [compare_groups, compare_pairs])
def test_constant_answers_have_a_difference_and_nothing_more(compare):
    compared = compare([2 / 3] * 9, [5 / 3] * 9)

    assert compared.difference == pytest.approx(1)
    assert (compared.interval, compared.effect, compared.effect_interval) == (None, None, None)


def test_everybody_rising_alike_has_an_effect_without_interval():
    compared = compare_pairs([0.1, 1.1, 2.3, 3.7], [1.1, 2.1, 3.3, 4.7])

    assert compared.interval is None
    assert sure(compared.effect) > 0
    assert compared.effect_interval is None
    assert compared.direction is Direction.UNCLEAR


def test_one_constant_group_beside_one_that_varies():
    compared = compare_groups([3, 3, 3, 3], [4, 5, 4, 5])

    sd = np.std([4, 5, 4, 5], ddof=1)
    assert sure(compared.interval).low == pytest.approx(1.5 - stats.t.ppf(0.975, 3) * sd / 2)
    assert compared.direction is Direction.ROSE


@pytest.mark.parametrize(
    ("effect", "size"),
    [
        (0, Size.NEGLIGIBLE),
        (0.19, Size.NEGLIGIBLE),
        (-0.2, Size.SMALL),
        (0.5, Size.MEDIUM),
        (-0.79, Size.MEDIUM),
        (0.8, Size.LARGE),
        (-3, Size.LARGE),
    ],
)
def test_sizes_are_cohens(effect, size):
    assert size_of(effect) is size


@given(ANY, ANY)
def test_numbers_of_any_size_are_compared_calmly(first, second):
    assert is_calm(compare_groups(first, second))
    shorter = min(len(first), len(second))
    assert is_calm(compare_pairs(first[:shorter], second[:shorter]))


@given(LIKERT, LIKERT)
def test_the_other_way_round_is_the_mirror_for_groups(first, second):
    _assert_mirrored(compare_groups(first, second), compare_groups(second, first))


@given(PAIRS)
def test_the_other_way_round_is_the_mirror_for_pairs(pairs):
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    _assert_mirrored(compare_pairs(first, second), compare_pairs(second, first))


@given(PAIRS, st.randoms())
def test_the_order_of_people_changes_nothing(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)

    _assert_alike(*(compare_pairs([a for a, _ in some], [b for _, b in some]) for some in (pairs, shuffled)))
    _assert_alike(*(compare_groups([a for a, _ in some], [b for _, b in some]) for some in (pairs, shuffled)))


@given(PAIRS, st.sampled_from([0.01, 0.5, 20]), st.sampled_from([-40, 0, 100]))
def test_the_effect_does_not_depend_on_the_scale(pairs, unit, origin):
    first, second = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])

    for compare in (compare_groups, compare_pairs):
        one, other = compare(first, second), compare(first * unit + origin, second * unit + origin)
        assert is_near(other.effect, one.effect, 1e-9)
        assert other.direction is one.direction


def test_the_intervals_cover_as_often_as_they_say():
    drawn, rounds = np.random.default_rng(4), 1500
    hits = np.zeros(4)
    for _ in range(rounds):
        first, second = drawn.normal(0, 1, 8), drawn.normal(0.5, 1, 12)
        groups = compare_groups(first, second)
        before = drawn.normal(0, 1, 10)
        after = 0.6 * before + 0.8 * drawn.normal(0, 1, 10) + 0.5
        pairs = compare_pairs(before, after)
        hits += [
            sure(groups.interval).holds(0.5),
            sure(groups.effect_interval).holds(0.5),
            sure(pairs.interval).holds(0.5),
            sure(pairs.effect_interval).holds(0.5),
        ]

    assert hits / rounds == pytest.approx([0.95] * 4, abs=0.02)


def test_the_correction_takes_out_the_bias():
    drawn, rounds = np.random.default_rng(6), 4000

    effects = [sure(compare_groups(drawn.normal(0, 1, 5), drawn.normal(0.8, 1, 5)).effect) for _ in range(rounds)]

    assert np.mean(effects) == pytest.approx(0.8, abs=3 * float(np.std(effects)) / sqrt(rounds))
    assert np.mean(effects) < 0.8 * 1.107 - 3 * np.std(effects) / sqrt(rounds)  # 1.107: what it would be uncorrected


def _assert_mirrored(one, other):
    for part in ("difference", "effect"):
        value, mirrored = getattr(one, part), getattr(other, part)
        assert (value is None) == (mirrored is None)
        assert value is None or value == pytest.approx(-mirrored, abs=1e-12)
    for part in ("interval", "effect_interval"):
        value, mirrored = getattr(one, part), getattr(other, part)
        assert (value is None) == (mirrored is None)
        assert value is None or (value.low, value.high) == pytest.approx((-mirrored.high, -mirrored.low), abs=1e-7)
    turned = {Direction.ROSE: Direction.FELL, Direction.FELL: Direction.ROSE, Direction.UNCLEAR: Direction.UNCLEAR}
    assert other.direction is turned[one.direction]


def _assert_alike(one, other):
    assert (one.n_first, one.n_second, one.direction) == (other.n_first, other.n_second, other.direction)
    assert is_near(one.difference, other.difference, 1e-12)
    assert is_near(one.effect, other.effect, 1e-9)
