import numpy as np
import pytest

from luotsi.core.statistics.one_factor import minimum_residuals
from tests.core.statistics.samples import FIVE_TESTS, parallel, sure


def test_spearmans_three_tests():
    # Mardia, Kent & Bibby 1979, Multivariate analysis, example 9.3.1: classics, French, English.
    factor = sure(minimum_residuals(np.array([[1, 0.83, 0.78], [0.83, 1, 0.67], [0.78, 0.67, 1]])))

    assert factor.loadings.round(3).tolist() == pytest.approx([0.983, 0.844, 0.793], abs=0.0011)
    assert (factor.is_at_bound, factor.is_identified, factor.has_converged) == (False, True, True)


def test_spearmans_five_tests_are_near_the_published_likelihood_solution():
    # SAS on Harman's table (maximum likelihood): communalities .495, .466, .344, .320, .159. The residuals are small,
    # so minimum residuals come out nearly the same.
    factor = sure(minimum_residuals(FIVE_TESTS))

    assert (factor.loadings**2).tolist() == pytest.approx([0.495, 0.466, 0.344, 0.320, 0.159], abs=0.01)


def test_the_sum_of_squares_is_smallest_there():
    factor = sure(minimum_residuals(FIVE_TESTS))

    def misfit(loadings):
        return ((FIVE_TESTS - np.outer(loadings, loadings))[np.triu_indices(5, 1)] ** 2).sum()

    nearby = factor.loadings + np.random.default_rng(5).normal(scale=0.01, size=(500, 5))
    assert min(misfit(loadings) for loadings in nearby) > misfit(factor.loadings)


def test_the_correlations_given_stay_as_they_were():
    given = parallel(4, 0.3)

    minimum_residuals(given)

    np.testing.assert_array_equal(given, parallel(4, 0.3))


def test_without_correlation_above_zero_there_is_no_factor():
    assert minimum_residuals(np.eye(4)) is None
    assert minimum_residuals(parallel(4, -0.2)) is None


def test_a_singular_matrix_has_a_factor():
    factor = sure(minimum_residuals(np.ones((5, 5))))

    assert factor.loadings.tolist() == [1.0] * 5
    assert factor.has_converged
