"""The normal distribution: against the standard library's error function, and what holds of it."""

import math

import numpy as np
import pytest

from decide.mcda.normal import cdf, density, excess, phi

Z = np.concatenate([np.linspace(-12, 12, 4801), [-1e300, -60.0, -38.0, 38.0, 60.0, 1e300]])


def exact(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def test_chances_are_those_of_the_error_function() -> None:
    by_hand = np.array([exact(z) for z in Z.tolist()])
    np.testing.assert_array_equal(phi(Z), by_hand)
    np.testing.assert_allclose(cdf(Z, 1.0), by_hand, rtol=0, atol=4e-16)
    np.testing.assert_allclose(cdf(3 * Z[:-6], 3.0), by_hand[:-6], rtol=0, atol=4e-16)
    assert (cdf(Z, 1.0) >= 0).all()
    assert (cdf(Z, 1.0) <= 1).all()


def test_a_sure_thing_is_below_or_above_and_at_its_place_half() -> None:
    assert cdf(np.array([-1.0, 0.0, 1.0]), 0.0).tolist() == [0.0, 0.5, 1.0]
    assert excess(np.array([-2.0, 3.0]), 0.0).tolist() == [0.0, 3.0]
    assert density(np.array([-1.0, 0.0]), 0.0).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (-3.0, 1.0), (2.0, 0.5), (-0.3, 4.0)])
def test_the_mean_above_nought_is_the_integral_of_its_density(mean: float, sd: float) -> None:
    x = np.linspace(0, mean + 12 * sd, 200_001)
    heights = x * density(x - mean, sd)
    area = (x[1] - x[0]) * float((heights[1:] + heights[:-1]).sum() / 2)
    assert float(excess(mean, sd)) == pytest.approx(area, abs=1e-8)
