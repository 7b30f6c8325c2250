"""Figures brought to the scale, and read off a posterior: against draws, and by hand."""

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.synthesis import Posterior, Share, mean_on_scale, nearest_half, share_on_scale
from decide.synthesis.posterior import Joint
from decide.synthesis.reading import clipped, in_hundred, shown

NORMAL = NormalDist()


def one(mean: float, sd: float) -> Posterior:
    return Posterior(np.ones(1), np.array([mean]), np.array([sd]))


MIXED = Posterior(np.array([0.2, 0.5, 0.3]), np.array([-10.0, 5.0, 30.0]), np.array([3.0, 8.0, 15.0]))


def drawn(found: Posterior, count: int = 400_000) -> np.ndarray:
    rng = np.random.default_rng(1)
    which = rng.choice(len(found.weights), count, p=found.weights)
    return rng.normal(found.means[which], found.sds[which])


# ------------------------------------------------------------------ onto the scale


def test_a_share_is_its_cut_and_so_many_spreads_between_people() -> None:
    # 84.13 % reach 50: the mean is one spread above it
    found = share_on_scale(Share(NORMAL.cdf(1.0), 100, 50.0, "half"), 25.0)
    assert found.mean == pytest.approx(75.0)
    r, phi = NORMAL.cdf(1.0), NORMAL.pdf(1.0)
    assert found.variance == pytest.approx(625 * r * (1 - r) / (100 * phi**2))
    assert found.cut == "half"
    middle = share_on_scale(Share(0.5, 40, 30.0, "any"), 25.0)
    assert (middle.mean, middle.variance) == (30.0, pytest.approx(625 * math.pi / 2 / 40))


def test_all_and_none_are_off_by_half_a_person() -> None:
    every, none = (share_on_scale(Share(r, 20, 50.0, "half"), 25.0) for r in (1.0, 0.0))
    assert every.mean == pytest.approx(50 + 25 * NORMAL.inv_cdf(1 - 0.5 / 20))
    assert none.mean == pytest.approx(100 - every.mean)
    assert share_on_scale(Share(1.0, 1, 50.0, "half"), 25.0).mean == 50.0  # of one person nothing is known


def test_the_delta_method_is_what_samples_do() -> None:
    rng = np.random.default_rng(0)
    people = rng.normal(42.0, 25.0, (20_000, 80))
    shares = (people >= 50.0).mean(axis=1)
    back = [share_on_scale(Share(float(r), 80, 50.0, "half"), 25.0) for r in shares[:4000]]
    assert np.mean([f.mean for f in back]) == pytest.approx(42.0, abs=0.3)
    assert np.var([f.mean for f in back]) == pytest.approx(np.mean([f.variance for f in back]), rel=0.08)


def test_a_share_is_never_surer_than_the_mean_of_the_same_people() -> None:
    for r in np.linspace(0.01, 0.99, 25):
        assert share_on_scale(Share(float(r), 50, 40.0, "half"), 25.0).variance >= 625 / 50


def test_a_mean_outside_the_scale_is_refused() -> None:
    assert mean_on_scale(30.0, 20.0, 50, -50, 100) == (30.0, 8.0, None)
    for value in (134.0, -51.0, math.nan, math.inf):
        with pytest.raises(InputError, match=r"outside the scale|a finite number"):
            mean_on_scale(value, 20.0, 50, -50, 100)
    for bad in (Share(1.2, 20, 50, "half"), Share(0.5, 0, 50, "half"), Share(math.nan, 9, 50, "half")):
        with pytest.raises(InputError):
            share_on_scale(bad, 25.0)


def test_of_several_shares_the_one_nearest_one_half_over_all_arms() -> None:
    any_better = [Share(0.95, 50, 10, "any"), Share(0.60, 50, 10, "any")]  # 0.775
    half = [Share(0.70, 50, 50, "half"), Share(0.20, 50, 50, "half")]  # 0.45
    full = [Share(0.20, 50, 95, "full"), Share(0.00, 50, 95, "full")]  # 0.10
    assert nearest_half([any_better, half, full]) == 1
    assert nearest_half([full, any_better]) == 1
    # pooled by people: 0.9 of 10 and 0.4 of 190 is nearer one half than 0.6 and 0.3
    assert (
        nearest_half(
            [[Share(0.6, 10, 1, "x"), Share(0.3, 190, 1, "x")], [Share(0.9, 10, 1, "y"), Share(0.4, 190, 1, "y")]]
        )
        == 1
    )
    with pytest.raises(InputError):
        nearest_half([])


# ------------------------------------------------------------------ off a posterior


def test_a_mixture_is_read_as_its_draws_are() -> None:
    d = drawn(MIXED)
    assert MIXED.mean == pytest.approx(d.mean(), abs=0.1)
    assert MIXED.sd == pytest.approx(d.std(), abs=0.1)
    for p in (0.025, 0.3, 0.9):
        assert MIXED.quantile(p) == pytest.approx(np.quantile(d, p), abs=0.2)
        assert MIXED.below(MIXED.quantile(p)) == pytest.approx(p, abs=1e-9)
    assert MIXED.above(10.0) == pytest.approx((d > 10).mean(), abs=0.003)
    assert MIXED.above(3.0) + MIXED.below(3.0) == pytest.approx(1)
    low, high = MIXED.interval(0.8)
    assert (low, high) == (MIXED.quantile(0.1), MIXED.quantile(0.9))
    with pytest.raises(InputError):
        MIXED.quantile(0.0)


@given(
    st.lists(
        st.tuples(st.floats(0.001, 1.0), st.floats(-80, 80), st.sampled_from([0.01, 0.5, 6.0, 40.0])),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([1e-6, 0.025, 0.1, 0.5, 0.9, 0.975]),
)
def test_a_quantile_has_its_chance_below_it_however_far_apart_the_parts_are(
    parts: list[tuple[float, float, float]], p: float
) -> None:
    weights, means, sds = (np.array(column) for column in zip(*parts, strict=True))
    found = Posterior(weights / weights.sum(), means, sds)
    low, high = (
        sum(w * NORMAL.cdf((found.quantile(p) + d - m) / s) for w, m, s in parts) / weights.sum() for d in (-1e-8, 1e-8)
    )
    assert low - 1e-12 <= p <= high + 1e-12


AT = (-0.5, -0.25, 0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
VALUE = (-1.2, -0.6, 0.0, 0.2, 0.45, 0.75, 0.9, 1.0)


def straight(x: np.ndarray) -> np.ndarray:
    return np.where(
        x < AT[0], VALUE[0] + (x - AT[0]) * (VALUE[1] - VALUE[0]) / (AT[1] - AT[0]), np.interp(x, AT, VALUE)
    )


@given(st.floats(-0.6, 1.3), st.floats(0.01, 0.5))
def test_the_expected_value_of_a_gain_is_the_integral(mean: float, sd: float) -> None:
    x = np.linspace(mean - 9 * sd, mean + 9 * sd, 20_001)
    weight = np.exp(-0.5 * ((x - mean) / sd) ** 2)
    expected = float(straight(x) @ weight / weight.sum())
    assert one(mean, sd).spline(AT, VALUE) == pytest.approx(expected, abs=2e-6)


def test_doubt_never_raises_the_value_of_a_gain() -> None:
    for mean in np.linspace(-0.6, 1.2, 19):
        values = [one(float(mean), sd).spline(AT, VALUE) for sd in (0.0, 0.05, 0.1, 0.3, 0.8)]
        assert all(a >= b - 1e-12 for a, b in pairwise(values))
        assert values[0] == pytest.approx(float(straight(np.array(mean))))


def test_several_quantities_are_drawn_as_they_vary() -> None:
    a = np.array([[4.0, 3.0], [3.0, 9.0]])
    both = Joint(np.array([0.4, 0.6]), np.array([[0.0, 1.0], [5.0, -3.0]]), np.array([a, 0.5 * a]))
    draws = both.draws(300_000, 3)
    np.testing.assert_allclose(draws.mean(axis=0), both.mean, atol=0.03)
    np.testing.assert_allclose(np.cov(draws.T), both.covariance, atol=0.1)
    better = both.better()
    assert better[0, 1] == pytest.approx((draws[:, 0] > draws[:, 1]).mean(), abs=0.004)
    np.testing.assert_allclose(better + better.T, 1.0)
    assert better[0, 0] == 0.5
    assert both.of([1.0, -1.0]).above(0.0) == pytest.approx(better[0, 1])


@given(st.floats(-80, 150), st.floats(0.01, 60))
def test_what_is_shown_stays_on_the_scale_and_its_sums_agree(mean: float, sd: float) -> None:
    found = shown(one(mean, sd), one(10.0, 5.0), -50, 100)
    assert -50 <= found.level <= 100
    assert found.gain == found.level - found.nothing
    x = np.linspace(mean - 9 * sd, mean + 9 * sd, 4001)
    weight = np.exp(-0.5 * ((x - mean) / sd) ** 2)
    assert found.level == pytest.approx(float(np.clip(x, -50, 100) @ weight / weight.sum()), abs=0.02)


def test_a_level_inside_the_scale_is_shown_as_it_is() -> None:
    assert clipped(one(20.0, 0.0), -50, 100) == 20
    assert clipped(one(134.0, 0.0), -50, 100) == 100
    with pytest.raises(InputError):
        clipped(one(20.0, 1.0), 100, -50)


def test_x_in_a_hundred_by_hand() -> None:
    # μ 4 ± 3, gain 27 ± 8, cut 25, σ 25: 59 of 100 (43 to 74) against 20
    found = in_hundred(one(4, 3), one(27, 8), 25.0, 25.0, level=0.95)
    spread = math.hypot(25, 3)
    assert found.with_it == pytest.approx(100 * NORMAL.cdf((31 - 25) / spread))
    assert found.without == pytest.approx(100 * NORMAL.cdf((4 - 25) / spread))
    assert [round(x) for x in (found.with_it, found.without)] == [59, 20]
    assert found.low < found.with_it < found.high


def test_doubt_alone_helps_nobody_and_nothing_is_sure() -> None:
    assert in_hundred(one(4, 3), one(0, 30), 25, 25).with_it == in_hundred(one(4, 3), one(0, 1), 25, 25).without
    far = in_hundred(one(4, 3), one(500, 1), 25, 25)
    assert (far.with_it, far.high) == (99, 99)
    assert in_hundred(one(-300, 3), one(0, 1), 25, 25).without == 1
    with pytest.raises(InputError):
        in_hundred(one(4, 3), one(0, 1), 25, 0)


@given(st.integers(1, 8), st.integers(0, 5), st.integers(0, 2**32 - 1))
def test_the_root_of_a_covariance_gives_it_back_whatever_moves_together(free: int, told: int, seed: int) -> None:
    """Also where some quantities are sums or copies of others, or sure."""
    rng = np.random.default_rng(seed)
    mixing = np.vstack([np.eye(free), rng.integers(-1, 2, (told, free))])[rng.permutation(free + told)]
    loads = mixing @ rng.standard_normal((3, free, free))
    covariances = loads @ loads.transpose(0, 2, 1)
    root = Joint(np.full(3, 1 / 3), np.zeros((3, free + told)), covariances)._roots
    sds = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    off = np.abs(root @ root.transpose(0, 2, 1) - covariances)
    assert (off <= 1e-4 * sds[:, :, None] * sds[:, None, :] + 1e-12).all()
    assert (np.triu(root[0], 1) == 0).all()
