"""Net benefit, acceptability, expected loss and the value of knowing: plain loops, closed forms, and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from decide.economics import ceac, ceaf, evpi, expected_loss, frontier, net_benefit, nhb, nmb, uncertainty
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
