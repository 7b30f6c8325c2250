"""What counts as equal: rounding has one measure everywhere, relative to what stands beside it, and no unit."""

import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.economics import ceac, frontier, icers
from decide.mcda import (
    METHODS,
    best_worst,
    break_even,
    kendall_tau,
    promethee_ii,
    ranks,
    smaa,
    topsis,
    tornado,
    vikor,
    weight_stability,
    weighted_sum,
)
from decide.mcda.rounding import settled
from decide.synthesis import league_table, p_scores, rank_probabilities
from tests.mcda.test_method_edges import WAYS

THIRD, DUST = 0.1 + 0.2, 0.1 + 0.2 - 0.3  # 0.3 and nought, but for rounding


def test_scores_that_only_rounding_parts_tie_for_everyone() -> None:
    assert ranks([THIRD, 0.3]).tolist() == [1, 1]
    assert ranks([THIRD, 0.3, DUST, 0.0]).tolist() == [1, 1, 3, 4]  # a number somebody gives is a number
    assert ranks(weighted_sum([[0.1, 0.2, -0.3], [0, 0, 0], [1, 0, 0]], [1, 1, 1])).tolist() == [2, 2, 1]
    assert ranks([THIRD, 0.3], 0.0).tolist() == [1, 2]
    assert kendall_tau([THIRD, 0.3, 1], [1, 1, 2]) == 1
    assert rank_probabilities([[THIRD, 0.3]]).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert smaa([[THIRD], [0.3]], [1.0]).p_best.tolist() == [0.5, 0.5]
    assert ceac([[0.0, 0.0]], [[THIRD, 0.3]], 1).tolist() == [[0.5, 0.5]]
    assert p_scores([THIRD, 0.3], np.zeros((2, 2))).tolist() == [0.5, 0.5]
    assert league_table([THIRD, 0.3], np.zeros((2, 2))).p.tolist() == [[1, 1], [1, 1]]


def test_a_lead_that_is_only_rounding_is_none() -> None:
    for values in ([[0.3, 0.5], [THIRD, 0.5]], [[THIRD, 0.5], [0.3, 0.5]]):
        for winner in (0, 1, None):
            assert weight_stability(values, [0.5, 0.5], winner).tolist() == [[0, 1], [0, 1]]
        moved = tornado(values, values, values, [0.5, 0.5])
        assert (moved.winner, moved.margin, moved.margin_low.tolist()) == (0, 0.0, [[0.0, 0.0], [0.0, 0.0]])
    for level in (THIRD, 0.3):
        assert break_even([[0.5, level], [0.5, 0.3]], [0, 1], 0, 0, [0, 1], [0, 1]).leads == "never"
        found = break_even([[0.0, 0.5], [level, 0.5]], [0.5, 0.5], 0, 0, [0, 1], [0, 0.3])
        assert (found.leads, found.performance) == ("above", 1.0)


def test_comparisons_that_only_rounding_parts_agree() -> None:
    assert best_worst([1, 2, 3.3], [3 * 1.1, 2, 1], 0, 2).weights.sum() == pytest.approx(1)


@given(st.integers(0, 2**31), st.booleans())
def test_exact_ties_of_a_weighted_sum_are_ties_of_its_ranks(seed: int, negative: bool) -> None:
    """Against fractions: tenths times twentieths, few enough to tie often."""
    rng = np.random.default_rng(seed)
    options, criteria = rng.integers(2, 7), rng.integers(2, 9)
    values = rng.integers(-10 if negative else 0, 11, (options, criteria))
    weights = rng.multinomial(20, np.ones(criteria) / criteria)
    exact = [
        sum((Fraction(int(v) * int(w), 200) for v, w in zip(row, weights, strict=True)), Fraction(0)) for row in values
    ]
    scores = weighted_sum(values / 10, weights / 20)
    assert ranks(scores).tolist() == [1 + sum(other > own for other in exact) for own in exact]
    shares = smaa(values / 10, weights / 20).rank_acceptability
    counted = [
        [sum(o > own for o in exact) <= k < sum(o >= own for o in exact) for k in range(options)] for own in exact
    ]
    np.testing.assert_array_equal(shares > 0, counted)
    assert kendall_tau(scores, [float(x) for x in exact]) == pytest.approx(1, nan_ok=True)


FEMTO = [[0.0, 3.0], [1e-15, 2.0], [3e-15, 2.5]]


@pytest.mark.parametrize("way", sorted(set(WAYS) - {"weighted_product", "weighted_product none"}))
def test_a_fine_unit_changes_no_score(way: str) -> None:
    def scored(scale: float) -> Any:
        return WAYS[way](np.array(FEMTO) * [scale, 1.0], [0.8, 0.2], [1, -1])

    plain = scored(1e15)
    for scale in (1.0, 1e-290, 1e290):
        np.testing.assert_allclose(scored(scale), plain, rtol=1e-9, err_msg=str(scale))


@given(
    st.tuples(st.integers(2, 6), st.integers(1, 4), st.integers(0, 2**31)),
    st.sampled_from([-300, -150, -15, 15, 150, 300]),
    st.sampled_from(sorted({*WAYS, "topsis none"} - {"weighted_product none"})),
)
def test_no_unit_is_too_fine_or_too_large_where_nought_stands_in_the_column(
    size: tuple[int, int, int], power: int, way: str
) -> None:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    x, w = rng.integers(1, 9, (options, criteria)).astype(float), rng.dirichlet(np.ones(criteria))
    d = rng.choice([-1, 1], criteria)
    if "product" not in way:  # nought, where a method takes it, and noise beside it
        for j in np.flatnonzero(d > 0):
            x[rng.integers(options), j] = rng.choice([0.0, DUST])
    scale = 10.0 ** (power if way == "topsis none" else rng.choice([0, power], criteria))
    score = WAYS.get(way, lambda x, w, d: topsis(x, w, d, normalise="none"))
    x[0] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(score(x * scale, w, d), score(x, w, d), rtol=1e-8, atol=1e-9)


def test_a_number_is_one_with_another_by_what_they_add_up_and_by_nothing_beside_them() -> None:
    def put(values: list[float], sizes: list[float] | None = None) -> list[float]:
        found: list[float] = settled(np.array(values), None if sizes is None else np.array(sizes)).tolist()
        return found

    # given numbers stay, whatever stands beside them
    for line in ([0.0, DUST, 5.0], [0.0, 1e-15, 3e-15], [1.0, 1.5, -1e18], [1e-20, 2e-20, 1.0, 0.0], [7.0], []):
        assert put(line) == line
    assert put([THIRD, 0.3, 1e20]) == [0.3, 0.3, 1e20]
    # of sums the one that adds up the least is the surest
    assert put([DUST, 0.0, 1e-10], [0.6, 0.0, 1e-10]) == [0.0, 0.0, 1e-10]
    # each row by itself, and neighbours of neighbours are one
    step = 1 + 3e-15
    assert put([[1.0, step * step, step], [1.0, 2.0, 3.0]]) == [[1.0, 1.0, 1.0], [1.0, 2.0, 3.0]]  # type: ignore[list-item]


HUGE = st.sampled_from([-1e300, -1e20, -1e15, 1e12, 1e15, 1e20, 1e300])


def beside(values: Any, far: float) -> Any:
    """The same options and one more that is far from all."""
    return np.vstack([values, np.full((1, values.shape[1]), far)])


@given(st.tuples(st.integers(2, 6), st.integers(1, 4), st.integers(0, 2**31)), HUGE, st.integers(-9, 0))
def test_one_enormous_option_says_nothing_of_the_others(size: tuple[int, int, int], far: float, least: int) -> None:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    values, w = (
        rng.integers(least, 10, (options, criteria)) / 10,
        rng.multinomial(20, np.ones(criteria) / criteria) / 20,
    )
    w[0] += 0.05
    n, more = options, beside(values, far)
    scores = weighted_sum(values, w)
    others = weighted_sum(more, w)[:n]
    assert others.tolist() == scores.tolist()
    above = 1 if far > 0 else 0
    assert (ranks([*scores, far])[:n] - above).tolist() == ranks(scores).tolist()
    orders = np.array([scores, rng.permutation(scores)])
    by_pairs = [[np.sign(a - b) for a in row for b in row] for row in np.hstack([orders, [[far], [far]]])]
    either = [sum(abs(sign) for sign in row) for row in by_pairs]
    expected = np.dot(*by_pairs) / np.sqrt(np.prod(either))
    assert kendall_tau([*orders[0], far], [*orders[1], far]) == pytest.approx(expected)
    np.testing.assert_allclose(
        smaa(more, w).rank_acceptability[:n, above : n + above], smaa(values, w).rank_acceptability, atol=1e-12
    )
    draws = rng.dirichlet(np.ones(criteria), 30)
    drawn, alone = smaa(np.repeat(more[None], 30, 0), draws), smaa(np.repeat(values[None], 30, 0), draws)
    np.testing.assert_allclose(drawn.rank_acceptability[:n, above : n + above], alone.rank_acceptability, atol=1e-12)
    if far < 0:
        np.testing.assert_allclose(drawn.confidence_factors[:n], alone.confidence_factors, atol=1e-12)
        moved, near = tornado(more, more, more, w), tornado(values, values, values, w)
        assert (moved.winner, moved.margin) == (near.winner, near.margin)
        assert moved.margin_low[:n].tolist() == near.margin_low.tolist()
        np.testing.assert_allclose(weight_stability(more, w), weight_stability(values, w), rtol=1e-12)
        one, other = (break_even(v, w, 0, 0, [0, 1], [0, 1]) for v in (more, values))
        assert one == other


@pytest.mark.parametrize("method", [topsis, vikor, promethee_ii])
def test_an_enormous_cell_beside_nought_ties_no_others(method: Any) -> None:
    for column in ([0.0, 1.0, 2.0, 1e13], [0.0, 1e-3, 2e-3, 1e10]):
        scores = np.asarray(method([[x, 0.0] for x in column], [1, 0]))
        assert len(set(scores.tolist())) == 4


@pytest.mark.parametrize("scale", [1e-300, 1e-16, 1.0, 1e16, 1e300])
def test_real_gains_are_none_the_less_for_their_unit(scale: float) -> None:
    rows = icers([0, 100, 350], np.array([0, 1, 3]) * scale)
    assert all(row.status == "ND" for row in rows)
    for cost_scale in (1e-300, 1.0, 1e300):
        cost = np.array([0.0, 100, 110, 250]) * cost_scale
        assert frontier(cost, np.array([0.0, 1, 3, 3.1]) * scale).tolist() == [0, 2, 3]


def test_each_draw_has_a_measure_of_its_own() -> None:
    one, other = [[0.0, 3.0], [1e-15, 2.0], [3e-15, 2.5]], [[0.3, 3.0], [THIRD, 2.0], [5.0, 2.5]]
    for method in (topsis, vikor, promethee_ii):
        both = method(np.array([one, other]), [0.8, 0.2], [1, -1])
        assert both[0].tolist() == method(one, [0.8, 0.2], [1, -1]).tolist()
        assert both[1].tolist() == method([[0.3, 3.0], [0.3, 2.0], [5.0, 2.5]], [0.8, 0.2], [1, -1]).tolist()
    assert set(METHODS) <= set(WAYS)
