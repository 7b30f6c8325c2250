"""Net benefit, acceptability, expected loss and the value of knowing: plain loops, closed forms, and laws."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from decide import mcda
from decide.economics import ceac, ceaf, evpi, evppi, expected_loss, frontier, net_benefit, nhb, nmb, uncertainty
from decide.errors import InputError

# Five ways the world may be, in which B is worth 1 more on average and is the better one in 3 of 5: the illustration of
# the Encyclopedia of Medical Decision Making (2009), "Expected value of perfect information". The rows
# here are made to fit its words.
A = [9, 12, 14, 11, 14]
B = [12, 10, 17, 10, 16]
FIVE = (np.zeros((5, 2)), np.array([A, B], dtype=float).T)


def test_five_realisations() -> None:
    cost, effect = FIVE
    assert ceac(cost, effect, 1).tolist() == [[0.4, 0.6]]
    best = ceaf(cost, effect, 1)
    assert (best.strategy.tolist(), best.probability.tolist(), best.net_benefit.tolist()) == ([1], [0.6], [13.0])
    # known for certain, 12, 12, 17, 11 and 16 would be had: 13.6, and 0.6 more than 13
    assert evpi(cost, effect, 1) == pytest.approx([0.6])
    assert expected_loss(cost, effect, 1)[0] == pytest.approx([1.6, 0.6])


problems = st.tuples(st.integers(1, 60), st.integers(1, 6), st.integers(1, 5), st.integers(0, 2**31), st.booleans())


def draws(size: tuple[int, int, int, int, bool]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    count, strategies, steps, seed, coarse = size
    rng = np.random.default_rng(seed)
    if coarse:  # many ties
        cost, effect = rng.integers(0, 3, (2, count, strategies)).astype(float)
        return cost, effect, rng.integers(0, 3, steps).astype(float)
    return rng.gamma(2, 500, (count, strategies)), rng.normal(1, 1, (count, strategies)), rng.uniform(0, 3000, steps)


@given(problems, st.sampled_from([1, 7, 1 << 17]))
def test_as_loops_over_thresholds_and_draws_say(size: tuple[int, int, int, int, bool], cells: int) -> None:
    cost, effect, thresholds = draws(size)
    n, strategies = cost.shape
    share, loss = np.zeros((2, thresholds.size, strategies))
    for t, worth in enumerate(thresholds):
        for i in range(n):
            benefit = [worth * effect[i, s] - cost[i, s] for s in range(strategies)]
            winners = [s for s in range(strategies) if benefit[s] == max(benefit)]
            for s in winners:
                share[t, s] += 1 / len(winners) / n
            for s in range(strategies):
                loss[t, s] += (max(benefit) - benefit[s]) / n
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uncertainty, "_CELLS", cells)
        np.testing.assert_allclose(ceac(cost, effect, thresholds), share, atol=1e-12)
        np.testing.assert_allclose(expected_loss(cost, effect, thresholds), loss, rtol=1e-9, atol=1e-9)


@given(problems)
def test_laws(size: tuple[int, int, int, int, bool]) -> None:
    cost, effect, thresholds = draws(size)
    shares, loss, known = (f(cost, effect, thresholds) for f in (ceac, expected_loss, evpi))
    best = ceaf(cost, effect, thresholds)
    rows = np.arange(thresholds.size)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert (loss >= 0).all()
    np.testing.assert_array_equal(known, loss.min(axis=1))
    np.testing.assert_array_equal(best.probability, shares[rows, best.strategy])
    # what is best on average loses least, and what knowing adds is what is lost
    np.testing.assert_allclose(loss[rows, best.strategy], known, atol=1e-9)
    benefit = nmb(cost, effect, thresholds)
    np.testing.assert_allclose(benefit.max(axis=2).mean(axis=1) - best.net_benefit, known, atol=1e-9)
    # on average the best is on the frontier of the averages, or as good as one that is
    on = frontier(cost.mean(axis=0), effect.mean(axis=0))
    averages = nmb(cost.mean(axis=0), effect.mean(axis=0), thresholds)
    np.testing.assert_allclose(averages[:, on].max(axis=1), averages.max(axis=1), atol=1e-9)


def test_normal_draws_come_to_the_closed_forms() -> None:
    """Incremental net benefit N(μ, σ²): P = Φ(μ/σ), EVPI = σ·φ(μ/σ) − |μ|·Φ(−|μ|/σ) (Raiffa & Schlaifer 1961)."""
    # quantiles in place of draws: the averages are then sums close to the integral
    z = norm.ppf((np.arange(400_000) + 0.5) / 400_000)
    for mu, sigma in ((300.0, 1000.0), (-250.0, 400.0), (0.0, 10.0)):
        cost = np.zeros((z.size, 2))
        effect = np.column_stack([np.zeros(z.size), mu + sigma * z])
        closed = sigma * norm.pdf(mu / sigma) - abs(mu) * norm.cdf(-abs(mu) / sigma)
        assert ceac(cost, effect, 1)[0, 1] == pytest.approx(norm.cdf(mu / sigma), abs=5e-6)
        assert evpi(cost, effect, 1)[0] == pytest.approx(closed, rel=1e-4)


def test_net_benefit_in_money_and_in_effect() -> None:
    assert nmb([100, 300], [2, 3], 150).tolist() == [200, 150]
    assert nmb([100, 300], [2, 3], [0, 150]).tolist() == [[-100, -300], [200, 150]]
    assert nhb([100, 300], [2, 3], [150]).ravel() == pytest.approx([4 / 3, 1])
    assert net_benefit is nmb
    assert float(nmb(1, 2, 3)) == 5


def test_ties_are_shared_though_rounding_parts_them() -> None:
    # 0.3 and 0.1 + 0.2 are one number but for rounding
    assert ceac([[0.0, 0.0, 1.0]], [[0.3, 0.1 + 0.2, 0.0]], 1).tolist() == [[0.5, 0.5, 0.0]]


def test_memory_stays_small() -> None:
    import tracemalloc

    rng = np.random.default_rng(0)
    cost, effect = rng.random((2, 20_000, 20))
    thresholds = np.linspace(0, 2, 200)
    tracemalloc.start()
    ceac(cost, effect, thresholds)
    expected_loss(cost, effect, thresholds)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # all at once would be 640 MB
    assert peak < 20e6


@pytest.mark.parametrize(
    ("cost", "effect", "thresholds", "words"),
    [
        ([1, 2], [1, 2], 1, "draws by strategies"),
        (np.zeros((0, 2)), np.zeros((0, 2)), 1, "draws by strategies"),
        ([[1, 2]], [[1, 2, 3]], 1, "draws by strategies"),
        ([[1, np.nan]], [[1, 2]], 1, "cost holds something that is not a finite number"),
        ([[1, 2]], [[1, np.inf]], 1, "effect holds something"),
        ([[1, 2]], [[1, 2]], -1, "zero or more"),
        ([[1, 2]], [[1, 2]], [], "one at least"),
        ([[1, 2]], [[1, 2]], math.inf, "threshold holds something"),
    ],
)
def test_bad_input_is_refused_in_words(cost: object, effect: object, thresholds: object, words: str) -> None:
    for f in (ceac, ceaf, expected_loss, evpi):
        with pytest.raises(InputError, match=words):
            f(cost, effect, thresholds)  # type: ignore[arg-type]


def test_net_benefit_refuses_too() -> None:
    with pytest.raises(InputError, match="one shape"):
        nmb([1], [1, 2], 1)
    with pytest.raises(InputError, match="above zero"):
        nhb([1], [1], 0)


# --- knowing some parameters ------------------------------------------------------------------------------------------


def unit_loss(mean: float, sd: float) -> float:
    """E[max(0, X)] for a normal X."""
    return float(mean * norm.cdf(mean / sd) + sd * norm.pdf(mean / sd))


def test_the_case_in_vois_vignette() -> None:
    """p1 ~ N(1, 1), p2 ~ N(0, 2), net benefit k·p1 − p2 against nothing: the vignette of the R package voi, which holds
    its estimates against the closed forms, as is done here."""
    rng = np.random.default_rng(1)
    p1, p2 = rng.normal(1, 1, 100_000), rng.normal(0, 2, 100_000)
    nothing = np.zeros_like(p1)
    cost, effect = np.column_stack([nothing, p2]), np.column_stack([nothing, p1])
    k = np.array([1.0, 2.0, 3.0])
    parameters = pd.DataFrame({"p1": p1, "p2": p2})
    alone = evppi(cost, effect, k, parameters)
    assert alone.columns.tolist() == ["p1", "p2"]
    assert alone.index.tolist() == [1, 2, 3]
    both = evppi(cost, effect, k, parameters, together=[["p1", "p2"], ["p2"]])
    assert both.columns.tolist() == ["p1 + p2", "p2"]
    for t, value in enumerate(k):
        assert alone["p1"].iloc[t] == pytest.approx(unit_loss(value, value) - value, abs=0.01)
        assert alone["p2"].iloc[t] == pytest.approx(unit_loss(value, 2) - value, abs=0.01)
        assert both["p1 + p2"].iloc[t] == pytest.approx(unit_loss(value, np.hypot(value, 2)) - value, abs=0.02)
    np.testing.assert_allclose(both["p1 + p2"], evpi(cost, effect, k), rtol=1e-6)
    np.testing.assert_array_equal(both["p2"], alone["p2"])


MEANS = [1000, 0.1, 5.2, 400, 0.7, 0.3, 3.0, 0.25, -0.1, 0.5, 1500, 0.08, 6.1, 0.8, 0.3, 3.0, 0.2, -0.1, 0.5]
SPREADS = [1, 0.02, 1, 200, 0.1, 0.1, 0.5, 0.1, 0.02, 0.2, 1, 0.02, 1, 0.1, 0.05, 1, 0.05, 0.02, 0.2]


def nineteen(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The two treatments of Brennan, Kharroubi, O'Hagan & Chilcott, Med Decis Making 2007, all 19 inputs apart."""
    t = np.random.default_rng(seed).normal(MEANS, SPREADS, (count, 19))
    return t, *outcomes(t.T)


def outcomes(t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Costs and effects, multilinear in the inputs, so that a known input replaces its mean in expectations."""
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, b1, b2, b3, b5, b6, b7, b8, b9, b10 = t
    cost = np.stack([a1 + a2 * a3 * a4, b1 + b2 * b3 * a4], axis=-1)
    effect = np.stack([a5 * a6 * a7 + a8 * a9 * a10, b5 * b6 * b7 + b8 * b9 * b10], axis=-1)
    return cost, effect


@pytest.mark.parametrize(
    "group", [[4, 13], [4, 5, 13, 14], [6, 15], [4, 5, 6, 13, 14, 15], [3], [1, 2, 3], [0, 10], [7, 8, 9]]
)
def test_groups_of_the_nineteen_inputs_are_worth_what_exact_inner_means_say(group: list[int]) -> None:
    parameters, cost, effect = nineteen(40_000, seed=0)
    found = evppi(cost, effect, 10_000, parameters, together=[group])[0, 0]
    # all other inputs at their means: with inputs apart this is the exact inner expectation
    known = np.tile(np.array(MEANS, dtype=float), (500_000, 1)).T
    known[group] = (
        np.random.default_rng(1).normal(np.take(MEANS, group), np.take(SPREADS, group), (500_000, len(group))).T
    )
    c, e = outcomes(known)
    benefit = 10_000 * e - c
    exact = benefit.max(axis=1).mean() - benefit.mean(axis=0).max()
    assert found == pytest.approx(exact, abs=15)


def test_knowing_is_worth_the_same_in_scores_as_in_money() -> None:
    parameters, cost, effect = nineteen(3_000, seed=2)
    money = evppi(cost, effect, [0, 10_000], parameters)
    for t, worth in enumerate((0, 10_000)):
        np.testing.assert_allclose(money[t], mcda.evppi(worth * effect - cost, parameters), rtol=1e-6, atol=1e-6)


@given(st.integers(0, 2**31), st.integers(20, 400))
def test_more_is_never_worth_less_than_nothing_nor_more_than_all(seed: int, draws_: int) -> None:
    rng = np.random.default_rng(seed)
    parameters = rng.normal(size=(draws_, 3))
    cost, effect = rng.normal(size=(draws_, 3)) + parameters, parameters @ rng.normal(size=(3, 3))
    groups = [[0], [0, 1], [2, 1, 0]]
    found = evppi(cost, effect, [0, 1, 5], parameters, together=groups)
    assert (found >= 0).all()
    assert (found <= evpi(cost, effect, [0, 1, 5])[:, None]).all()
    np.testing.assert_array_equal(evppi(cost, effect, [0, 1, 5], parameters)[:, 0], found[:, 0])
    constant = np.column_stack([parameters, np.ones(draws_)])
    assert evppi(cost, effect, 1, constant)[0, 3] == 0


@pytest.mark.parametrize(
    ("parameters", "together", "words"),
    [
        ([[1.0]], None, "as many draws"),
        ([[1.0], [np.nan]], None, "not a finite number"),
        ([[1.0], [2.0]], [[1]], "from 0 to 0"),
        ([[1.0], [2.0]], [["a"]], "whole number"),
        ([[1.0], [2.0]], ["a"], "must be a list"),
        ([[1.0], [2.0]], [[]], "one at least"),
        ({"a": [1.0, 2.0]}, [["b"]], "no parameter 'b'"),
    ],
)
def test_parameters_that_will_not_do_are_refused_in_words(parameters: object, together: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        evppi([[1, 2], [1, 2]], [[1, 2], [2, 1]], 1, parameters, together=together)  # type: ignore[arg-type]


# --- names ------------------------------------------------------------------------------------------------------------


def test_frames_of_draws_go_by_their_columns_and_come_back_as_frames() -> None:
    rng = np.random.default_rng(0)
    cost = pd.DataFrame(rng.random((50, 3)), columns=list("abc"))
    effect = pd.DataFrame(rng.random((50, 3)), columns=list("abc"))
    for f in (ceac, expected_loss):
        plain = f(cost.to_numpy(), effect.to_numpy(), [0, 1])
        found = f(cost, effect[["c", "a", "b"]].sample(frac=1, random_state=0), [0, 1])
        assert (found.columns.tolist(), found.index.tolist(), found.index.name) == (list("abc"), [0, 1], "threshold")
        np.testing.assert_array_equal(found, plain)
        theirs = f(polars.from_pandas(cost), polars.from_pandas(effect), [0, 1])
        assert theirs.columns == ["threshold", "a", "b", "c"]
        np.testing.assert_array_equal(theirs.drop("threshold"), plain)
    assert ceaf(cost, effect, [0, 1]).name == tuple(
        "abc"[i] for i in ceaf(cost.to_numpy(), effect.to_numpy(), [0, 1]).strategy
    )
    assert nmb(cost.mean(), effect.mean()[::-1], 2).index.tolist() == list("abc")
    np.testing.assert_allclose(nmb(cost, effect[["b", "a", "c"]], 2), 2 * effect - cost)
    for other in (effect.rename(columns={"a": "x"}), effect.iloc[1:], effect.set_axis(range(1, 51))):
        with pytest.raises(InputError, match="different names"):
            ceac(cost, other, 1)


def test_of_strategies_equal_on_average_but_for_rounding_the_first_is_taken() -> None:
    effect = np.array([[0.3, 0.1 + 0.2], [0.3, 0.1 + 0.2]])
    assert ceaf(np.zeros((2, 2)), effect, 1).strategy.tolist() == [0]


def test_one_enormous_draw_says_nothing_of_the_others() -> None:
    rng = np.random.default_rng(3)
    cost, effect = rng.normal(0, 1, (1000, 2)), rng.normal(0, 1, (1000, 2))
    plain = ceac(cost[1:], effect[1:], [1.0])[0]
    cost[0] = [1e18, 1e17]
    with_it = ceac(cost, effect, [1.0])[0]
    assert with_it == pytest.approx((plain * 999 + [0, 1]) / 1000)


def test_one_enormous_strategy_says_nothing_of_the_others() -> None:
    cost = np.tile([1e18, 200.0, 100.0], (5, 1))
    assert ceac(cost, np.ones((5, 3)), [1.0])[0].tolist() == [0.0, 0.0, 1.0]
    frontier = ceaf(cost, np.ones((5, 3)), [1.0])
    assert (frontier.strategy.tolist(), frontier.probability.tolist()) == ([2], [1.0])


COSTS, EFFECTS = {"a": [100.0, 300.0], "b": [10.0, 40.0]}, {"a": [2.0, 3.0], "b": [1.0, 0.5]}


@pytest.mark.parametrize("call", [nmb, nhb])
@pytest.mark.parametrize("library", [pd, polars])
def test_net_benefit_in_either_unit_takes_frames_and_series(library: Any, call: Callable[..., Any]) -> None:
    plain = call(np.array([*COSTS.values()]).T, np.array([*EFFECTS.values()]).T, 50)
    wide = call(library.DataFrame(COSTS), library.DataFrame(EFFECTS), 50)
    assert list(wide.columns) == ["a", "b"]
    assert np.array_equal(wide.to_numpy(), plain)
    one = call(library.DataFrame({"cost": COSTS["a"]}), library.DataFrame({"effect": EFFECTS["a"]}), 50)
    assert (list(one.columns), one["cost"].to_list()) == (["cost"], plain[:, 0].tolist())
    series = call(library.Series(COSTS["a"]), library.Series(EFFECTS["a"]), 50)
    assert type(series) is library.Series
    assert series.to_list() == plain[:, 0].tolist()
    named = {"name": ["x", "y"]}
    rows = call(library.DataFrame({**named, "cost": COSTS["a"]}), library.DataFrame({**named, "effect": [2, 3]}), 50)
    assert rows["cost"].to_list() == plain[:, 0].tolist()


@pytest.mark.parametrize("call", [nmb, nhb])
def test_strategies_keep_their_names_at_several_thresholds(call: Callable[..., Any]) -> None:
    cost, effect = pd.Series({"a": 100.0, "b": 300.0}), pd.Series({"b": 3.0, "a": 2.0})
    found = call(cost, effect, [50, 150])
    assert (list(found.columns), list(found.index)) == (["a", "b"], [50.0, 150.0])
    assert found.to_numpy().tolist() == call([100.0, 300.0], [2.0, 3.0], [50, 150]).tolist()
    table = call(cost.to_frame("cost"), effect.to_frame("effect"), [50, 150])
    assert table.to_numpy().tolist() == found.to_numpy().tolist()
    assert list(table.columns) == ["a", "b"]


@pytest.mark.filterwarnings("error")
def test_a_threshold_too_small_for_floats_is_refused() -> None:
    with pytest.raises(InputError, match="too large to be told"):
        nhb([1.0], [1.0], 1e-320)
    assert nhb([0.0], [1.0], 1e-320).tolist() == [1.0]
