"""The mean of a value function over doubt, against quadrature by scipy and draws; laws of concave functions."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate
from scipy.stats import norm

from decide.errors import InputError
from decide.mcda import expected_value, expected_worth, moved

AT = [-0.5, -0.25, 0.0, 0.1, 0.25, 0.5, 0.75, 1.0]
V = [-1.2, -0.6, 0.0, 0.2, 0.45, 0.75, 0.9, 1.0]

means = st.floats(-0.9, 1.5)
spreads = st.floats(0.001, 1.0)


def v(g: np.ndarray) -> np.ndarray:
    """The same function by interpolation, its first slope carried on."""
    low = V[0] + (V[1] - V[0]) / (AT[1] - AT[0]) * (g - AT[0])
    return np.where(g < AT[0], low, np.interp(g, AT, V))


def by_quadrature(f: Callable[[np.ndarray], np.ndarray], mean: float, sd: float) -> float:
    cuts = [mean - 12 * sd, *[a for a in AT if abs(a - mean) < 12 * sd], mean + 12 * sd]
    total = 0.0
    for left, right in pairwise(cuts):
        total += integrate.quad(lambda g: float(f(np.array(g))) * norm.pdf(g, mean, sd), left, right, epsabs=1e-12)[0]
    return total


@settings(max_examples=40)
@given(means, spreads)
def test_the_mean_is_the_integral(mean: float, sd: float) -> None:
    assert expected_value(mean, sd, AT, V) == pytest.approx(by_quadrature(v, mean, sd), abs=1e-8)
    worth = expected_worth(mean, sd, AT, V)
    assert worth.gain == pytest.approx(by_quadrature(lambda g: np.maximum(v(g), 0), mean, sd), abs=1e-8)
    assert worth.loss == pytest.approx(by_quadrature(lambda g: np.maximum(-v(g), 0), mean, sd), abs=1e-8)


@given(means)
def test_without_doubt_it_is_the_function(mean: float) -> None:
    assert expected_value(mean, 0.0, AT, V) == pytest.approx(float(v(np.array(mean))), abs=1e-12)


@given(means, spreads, spreads)
def test_doubt_is_never_paid_for(mean: float, sd: float, more: float) -> None:
    sure, less = expected_value(mean, [sd, sd + more], AT, V)
    assert less <= sure + 1e-12


@given(means, means, spreads)
def test_more_is_never_worth_less(mean: float, other: float, sd: float) -> None:
    low, high = sorted((mean, other))
    a, b = expected_worth(low, sd, AT, V), expected_worth(high, sd, AT, V)
    assert a.gain <= b.gain + 1e-12
    assert a.loss >= b.loss - 1e-12


@given(means, spreads)
def test_gains_less_losses_are_the_whole(mean: float, sd: float) -> None:
    worth = expected_worth(mean, sd, AT, V)
    assert worth.gain - worth.loss == pytest.approx(expected_value(mean, sd, AT, V), abs=1e-12)


def test_a_mixture_is_the_weighted_sum_of_its_components() -> None:
    m, s, w = np.array([[0.1, 0.3], [0.0, -0.2]]), np.array([[0.1, 0.2], [0.3, 0.05]]), [0.25, 0.75]
    apart = expected_value(m, s, AT, V)
    np.testing.assert_allclose(expected_value(m, s, AT, V, w), apart @ w)
    np.testing.assert_allclose(expected_worth(m, s, AT, V, w).loss, expected_worth(m, s, AT, V).loss @ w)


@settings(max_examples=25)
@given(
    st.floats(-0.4, 0.95), st.floats(0.01, 0.4), st.sampled_from([1 / 6, 1 / 3, 0.5, 2 / 3, 0.8]), st.floats(0.4, 1.0)
)
def test_anchors_that_are_moved_are_those_of_what_an_outcome_becomes(
    mean: float, sd: float, part: float, most: float
) -> None:
    """Pieces of a bent function are drawn straight: within a hundredth, as the source of the rule says."""

    def of(g: np.ndarray) -> np.ndarray:
        return np.minimum(1 - (1 - np.minimum(g, 1.0)) ** part, most)

    at, value = moved(AT, V, lambda shares: 1 - (1 - shares) ** (1 / part), most)
    rng = np.random.default_rng(0).normal(mean, sd, 200_000)
    inside = rng[rng > -0.5]
    assert np.mean(np.interp(inside, at, value)) == pytest.approx(np.mean(v(of(inside))), abs=0.012)
    assert expected_worth(mean, sd, at, value).gain <= expected_worth(mean, sd, AT, V).gain + 1e-9


def test_what_becomes_itself_keeps_its_worth() -> None:
    at, value = moved(AT, V, lambda g: g, 1.0)
    np.testing.assert_allclose(np.interp(np.linspace(-1, 2, 50), at, value), np.interp(np.linspace(-1, 2, 50), AT, V))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: expected_value(np.nan, 1.0, AT, V), "finite"),
        (lambda: expected_value(0.0, -1.0, AT, V), "below zero"),
        (lambda: expected_value(0.0, 1.0, [0, 0], [0, 1]), "rise"),
        (lambda: expected_value([0.0, 1.0], 1.0, AT, V, [0.5, 0.6]), "add up to 1"),
        (lambda: expected_value([0.0, 1.0], 1.0, AT, V, [1.0]), "one weight"),
        (lambda: expected_worth(0.0, 1.0, [0, 1], [0, 1]), "both sides"),
        (lambda: expected_worth(0.0, 1.0, [-1, 0, 1], [-1, 0.1, 1]), "both sides"),
        (lambda: moved(AT, V, lambda g: -g, 1.0), "rise"),
    ],
)
def test_what_cannot_be_is_refused(call: object, words: str) -> None:
    with pytest.raises(InputError) as told:
        call()  # type: ignore[operator]
    assert words in f"{told.value.message} {told.value.hint}"
