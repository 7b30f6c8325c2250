"""Ranges, break-evens and tornados hold when the number is moved and the options are ranked again."""

import math
import warnings
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decide import economics, mcda
from decide.errors import InputError
from decide.mcda import break_even, evpi, evppi, piecewise, tornado, weight_stability

problems = st.tuples(st.integers(2, 12), st.integers(2, 7), st.integers(0, 2**31))


def problem(size: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    return rng.random((options, criteria)), rng.dirichlet(np.ones(criteria))


def moved(weights: np.ndarray, criterion: int, share: float) -> np.ndarray:
    rest = np.delete(weights, criterion).sum()
    result = weights * (1 - share) / rest
    result[criterion] = share
    return result


@given(problems, st.floats(0, 1))
def test_the_winner_leads_at_a_share_exactly_where_its_range_says(size: tuple[int, int, int], share: float) -> None:
    values, weights = problem(size)
    scores = values @ weights
    for winner in (None, size[2] % size[0]):
        lead = int(scores.argmax()) if winner is None else winner
        for j, (low, high) in enumerate(weight_stability(values, weights, winner)):
            now = values @ moved(weights, j, share)
            first = now[lead] >= now.max() - 1e-12
            assert first == (low - 1e-9 <= share <= high + 1e-9) or abs(share - low) < 1e-9 or abs(share - high) < 1e-9
            if winner is None:
                assert low - 1e-12 <= weights[j] <= high + 1e-12
            for bound in (low, high):
                if 0 < bound < 1:
                    level = np.sort(values @ moved(weights, j, bound))
                    assert level[-1] == pytest.approx(level[-2], abs=1e-9)


def test_an_option_that_never_leads_has_no_range_and_a_lone_one_all_of_it() -> None:
    assert np.isnan(weight_stability([[1, 1], [0, 0]], [1, 1], winner=1)).all()
    assert weight_stability([[0.2, 0.4]], [1, 1]).tolist() == [[0, 1], [0, 1]]
    # the others all zero: they share what is left in equal parts
    assert weight_stability([[1, 0, 0], [0, 1, 0]], [1, 0, 0])[0].tolist() == pytest.approx([1 / 3, 1])


@given(problems, st.booleans(), st.booleans(), st.data())
def test_past_its_break_even_an_option_leads_and_short_of_it_it_does_not(
    size: tuple[int, int, int], falls: bool, level: bool, data: st.DataObject
) -> None:
    values, weights = problem(size)
    option, j = data.draw(st.integers(0, size[0] - 1)), data.draw(st.integers(0, size[1] - 1))
    assume(weights[j] > 1e-3)
    at, worth = [0.0, 200.0, 1000.0, 4000.0], [1.0, 0.8, 0.8 if level else 0.5, 0.0]
    if not falls:
        worth = worth[::-1]
    found = break_even(values, weights, option, j, at, worth)

    def lead(performance: float) -> float:
        changed = values.copy()
        changed[option, j] = piecewise(performance, at, worth)
        scores = changed @ weights
        return float(scores[option] - np.delete(scores, option).max())

    if found.performance is None:
        assert found.leads in ("always", "never")
        for x in (-1.0, 0.0, 500.0, 4000.0, 9000.0):
            assert (lead(x) > 0) == (found.leads == "always")
        return
    assert lead(found.performance) == pytest.approx(0, abs=1e-9)
    better, worse = (-1.0, 1.0) if falls else (1.0, -1.0)
    assert found.leads == ("below" if falls else "above")
    assert lead(found.performance + worse * 0.01) < 0
    assert lead(found.performance + better * 0.01) >= -1e-9
    assert lead(found.performance + better * 5000) >= -1e-9


def test_a_break_even_in_round_numbers() -> None:
    # 0.5·0.6 + 0.5·v(price) = 0.5·0.9 + 0.5·0.5 at v = 0.8
    found = break_even([[0.6, 0.0], [0.9, 0.5]], [0.5, 0.5], 0, 1, [0, 1000], [1, 0])
    assert found.performance == pytest.approx(200)
    assert found.needed == pytest.approx(0.8)
    assert found.leads == "below"


def test_a_criterion_of_no_weight_has_no_break_even() -> None:
    assert break_even([[1, 0], [0, 1]], [1, 0], 0, 1, [0, 1], [0, 1]).leads == "always"
    assert break_even([[1, 0], [0, 1]], [1, 0], 1, 1, [0, 1], [0, 1]).leads == "never"


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (([[1, 0]], [1, 1], 0, 0, [0, 1], [0, 1]), "another option"),
        (([[1, 0], [0, 1]], [1, 1], 2, 0, [0, 1], [0, 1]), "option must be from 0 to 1"),
        (([[1, 0], [0, 1]], [1, 1], 0, 2, [0, 1], [0, 1]), "criterion must be from 0 to 1"),
        (([[1, 0], [0, 1]], [1, 1], 0, 0, [0, 1, 2], [0, 1, 0]), "rise or fall"),
        (([[1, 0], [0, 1]], [1, 1], 0, 0, [1, 0], [0, 1]), "anchors"),
        (([[1, 0], [0, 1]], [1, 1], 0, 0, [0, 1], [0, 1, 1]), "anchors|length"),
    ],
)
def test_a_break_even_refuses_bad_input_in_words(given_: tuple[object, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        break_even(*given_)  # type: ignore[arg-type]


@given(problems)
def test_a_tornado_is_what_moving_each_cell_and_scoring_again_gives(size: tuple[int, int, int]) -> None:
    typical, weights = problem(size)
    rng = np.random.default_rng(size[2] + 1)
    low, high = typical - rng.random(typical.shape) / 3, typical + rng.random(typical.shape) / 3
    if size[0] > 3:
        typical[2] = typical[1]
    result = tornado(low, typical, high, weights)
    scores = typical @ weights
    winner = int(scores.argmax())
    assert result.winner == winner
    assert result.margin == pytest.approx(scores[winner] - np.delete(scores, winner).max(), abs=1e-12)
    for end, own, margin in ((low, result.score_low, result.margin_low), (high, result.score_high, result.margin_high)):
        for i, j in np.ndindex(typical.shape):
            changed = typical.copy()
            changed[i, j] = end[i, j]
            now = changed @ weights
            assert own[i, j] == pytest.approx(now[i], abs=1e-12)
            assert margin[i, j] == pytest.approx(now[winner] - np.delete(now, winner).max(), abs=1e-12)
    widths = [result.swing[i, j] for i, j in result.order]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) == typical.size


def test_a_tornado_refuses_bad_input_in_words() -> None:
    with pytest.raises(InputError, match="two options"):
        tornado([[1]], [[1]], [[1]], [1])
    with pytest.raises(InputError, match="one shape"):
        tornado([[1], [1]], [[1], [1], [1]], [[1], [1]], [1])


def unit_loss(mean: float, sd: float) -> float:
    """E[max(0, X)] for a normal X."""
    z = NormalDist()
    return mean * z.cdf(mean / sd) + sd * z.pdf(mean / sd)


def test_information_is_worth_what_the_normal_closed_form_says() -> None:
    # option 1 against a fixed option 0: the difference is normal, and linear in both parameters
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200_000, 3))
    scores = np.stack([np.zeros(len(x)), -0.2 + 0.6 * x[:, 0] + 0.3 * x[:, 1]], axis=1)
    assert evpi(scores) == pytest.approx(unit_loss(-0.2, float(np.hypot(0.6, 0.3))), abs=3e-3)
    worth = evppi(scores, x)
    assert worth == pytest.approx([unit_loss(-0.2, 0.6), unit_loss(-0.2, 0.3), 0.0], abs=3e-3)


def test_a_parameter_that_bends_the_score_is_seen() -> None:
    # the second option gains only where the parameter passes 0.7: E[max(0, 3(x − 0.7)₊ − 0.1)], less the current best
    rng = np.random.default_rng(1)
    x = rng.random((200_000, 1))
    gain = 3 * np.maximum(0, x[:, 0] - 0.7) - 0.1
    scores = np.stack([np.zeros(len(x)), gain + rng.normal(0, 0.5, len(x))], axis=1)
    assert evppi(scores, x)[0] == pytest.approx(np.maximum(0, gain).mean() - max(0, gain.mean()), rel=0.05)


@given(problems, st.integers(1, 400))
def test_no_fact_is_worth_more_than_all_and_none_less_than_nothing(size: tuple[int, int, int], draws: int) -> None:
    rng = np.random.default_rng(size[2])
    x = rng.random((draws, size[1]))
    scores = x @ rng.normal(size=(size[1], size[0]))
    worth = evppi(scores, x)
    assert (worth >= 0).all()
    assert (worth <= evpi(scores)).all()


def test_what_does_not_vary_is_worth_nothing() -> None:
    rng = np.random.default_rng(0)
    assert evppi(rng.random((1000, 3)), np.ones((1000, 2))).tolist() == [0, 0]
    assert evpi(np.tile([1.0, 2.0], (10, 1))) == 0
    assert evpi([[0, 1], [1, 0]]) == 0.5


@pytest.mark.parametrize(
    ("scores", "parameters", "words"),
    [
        ([1, 2], [[1], [2]], "draws by options"),
        ([[1, np.nan]], [[1]], "scores holds"),
        ([[1, 2]], [[1], [2]], "as many draws"),
        ([[1, 2]], [[np.nan]], "parameters holds"),
    ],
)
def test_information_refuses_bad_input_in_words(scores: object, parameters: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        evppi(scores, parameters)


def test_what_swings_often_is_found_where_it_is_put_in_itself() -> None:
    """The limit that docs/researchers.md tells: its figures, with fewer draws."""
    rng = np.random.default_rng(3)
    a, b, noise = rng.normal(size=(3, 20_000))
    swing = a * np.sin(4 * b)
    scores = np.column_stack([np.zeros(20_000), swing + noise])
    truth = float(np.maximum(swing, 0).mean())
    both = [[0, 1]]
    assert evppi(scores, np.column_stack([a, b]), together=both)[0] < 0.1 * truth
    found = evppi(scores, np.column_stack([a, np.sin(4 * b)]), together=both)[0]
    assert found == pytest.approx(truth, rel=0.05)


def worth(x: np.ndarray, mean: np.ndarray, seed: int = 0) -> float:
    """What knowing x is worth, of two options that differ by this mean and noise."""
    noise = np.random.default_rng((seed, 1)).normal(size=mean.size)
    return float(evppi(np.column_stack([np.zeros(mean.size), mean + noise]), x[:, None])[0])


def known(mean: np.ndarray) -> float:
    """The same where the mean is known for every x."""
    return float(np.maximum(mean, 0).mean() - max(0.0, mean.mean()))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 0.86, 0.9, 0.95, 0.99])
def test_a_value_that_most_draws_hold_has_its_own_level(share: float) -> None:
    rng = np.random.default_rng(0)
    x = np.where(rng.random(20_000) < share, 0.0, rng.exponential(1000, 20_000))
    mean = np.where(x > 0, 0.9 / (1 - share), -1.0)
    assert worth(x, mean) == pytest.approx(known(mean), rel=0.03, abs=0.002)
    # two such values, and the rest of them continuous
    x = np.where(rng.random(20_000) < 0.5, np.where(x > 0, 7.0, 0.0), x)
    mean = np.select([x == 0, x == 7], [-1.0, 2.0], 0.5)
    assert worth(x, mean) == pytest.approx(known(mean), rel=0.03, abs=0.002)


def test_nought_in_nine_draws_of_ten_hides_nothing() -> None:
    """Against the exact value, and against the mean of each of twenty groups."""
    rng = np.random.default_rng(0)
    x = np.where(rng.random(100_000) < 0.9, 0.0, rng.exponential(1000, 100_000))
    mean = np.where(x > 0, 8.0, -1.0)
    group = np.where(x == 0, 0, 1 + np.digitize(x, np.quantile(x[x > 0], np.linspace(0.05, 0.95, 19))))
    assert worth(x, mean) == pytest.approx(known(mean), rel=0.01)
    assert worth(x, mean) == pytest.approx(worth(group.astype(float), mean), rel=0.01)
    both = np.column_stack([x, rng.normal(size=x.size)])
    scores = np.column_stack([np.zeros(x.size), mean + 0.3 * both[:, 1] + rng.normal(size=x.size)])
    assert evppi(scores, both, together=[[0, 1]])[0] == pytest.approx(known(mean + 0.3 * both[:, 1]), rel=0.02)


@pytest.mark.parametrize("less", [3.0, 4.5, 6.0])
def test_a_skewed_parameter_is_worth_what_its_logarithm_is(less: float) -> None:
    z = np.random.default_rng(0).normal(size=50_000)
    exact = 3 * math.exp(-((less / 3) ** 2) / 2) / math.sqrt(2 * math.pi) - less * 0.5 * math.erfc(less / 3 / 2**0.5)
    for x in (z, np.exp(3 * z), -np.exp(-3 * z)):
        assert worth(x, 3 * z - less) == pytest.approx(exact, rel=0.06)
        assert worth(x, 3 * z - less) == pytest.approx(known(3 * z - less), rel=0.02, abs=0.002)


@given(
    st.integers(0, 2**31),
    st.sampled_from(
        [np.exp, np.arctan, lambda x: x**3, lambda x: np.exp(4 * x), lambda x: 5 - 2 * x, lambda x: -1e9 * x]
    ),
    st.sampled_from([lambda x: x - 1, lambda x: np.abs(x) - 1, lambda x: np.tanh(3 * x), lambda x: np.exp(x) - 2]),
)
@settings(max_examples=30)
def test_what_keeps_the_order_of_a_parameter_hardly_changes_its_worth(seed: int, change: Any, score: Any) -> None:
    rng = np.random.default_rng(seed)
    x = np.where(rng.random(4000) < seed % 3 / 4, 0.0, rng.normal(size=4000))  # nought in none, or many, or half
    mean = score(x)
    assert worth(change(x), mean, seed) == pytest.approx(worth(x, mean, seed), abs=0.02 * (1 + known(mean)))


def test_what_categories_tell_is_the_mean_of_each() -> None:
    """Twelve unordered levels, and two signs that tell only together: by the mean of every cell, worked here."""
    rng = np.random.default_rng(0)
    level, effects = rng.integers(0, 12, 20_000), rng.normal(0, 1, 12)
    scores = np.column_stack([np.zeros(20_000), effects[level] + rng.normal(0, 1, 20_000)])
    means = np.array([scores[level == k].mean(axis=0) for k in range(12)])
    share = np.bincount(level) / level.size
    expected = share @ means.max(axis=1) - max(share @ means)
    assert mcda.evppi(scores, level[:, None].astype(float))[0] == pytest.approx(expected)
    signs = rng.choice([-1.0, 1.0], (20_000, 2))
    both = np.column_stack([np.zeros(20_000), signs.prod(axis=1)])
    assert mcda.evppi(both, signs, together=[[0, 1]])[0] == pytest.approx(0.5, abs=0.02)
    assert mcda.evppi(both, signs) == pytest.approx([0, 0], abs=0.02)


@pytest.mark.parametrize("noise", [1.0, 100.0, 1e4, 1e100, 1e200])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_option_that_never_wins_hides_nothing_of_the_others_however_noisy_it_is(noise: float, place: int) -> None:
    rng = np.random.default_rng(1)
    a, b, z = rng.normal(size=(3, 10_000))
    pair = np.column_stack([np.zeros(10_000), a * b + rng.normal(0, 0.5, 10_000)])
    skewed = np.column_stack([np.zeros(10_000), 3 * z - 4.5 + rng.normal(size=10_000)])
    hopeless = noise * (rng.normal(size=10_000) - 9)
    for scores, x in ((pair, np.column_stack([a, b])), (skewed, np.exp(3 * z)[:, None])):
        group = [list(range(x.shape[1]))]
        alone = evppi(scores, x, together=group)
        found = evppi(np.insert(scores, place, hopeless, axis=1), x, together=group)
        assert alone[0] > 0.08
        assert found == pytest.approx(alone, rel=1e-6)


@pytest.mark.parametrize("unit", [1e-300, 1e-170, 1e-153, 1e153, 1e200, 1e300])
def test_what_information_is_worth_goes_with_the_unit_of_the_scores(unit: float) -> None:
    rng = np.random.default_rng(1)
    x, common = rng.normal(size=(3000, 3)), 3 * rng.normal(size=(3000, 1))
    scores = np.column_stack([np.zeros(3000), x[:, 0] * x[:, 1] * x[:, 2], x[:, 0] - 0.5]) + rng.normal(size=(3000, 3))
    groups = [[0], [0, 1], [0, 1, 2]]
    plain = evppi(scores, x, together=groups)
    assert (plain > 0.05).all()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = evppi(scores * unit, x, together=groups)
        money = economics.evppi(-scores * unit, np.zeros_like(scores), [1.0], x, together=groups)
    assert found / unit == pytest.approx(plain, rel=1e-6)
    assert money[0] / unit == pytest.approx(plain, rel=1e-6)
    assert evppi(scores + common, x, together=groups) == pytest.approx(plain, rel=1e-3, abs=1e-3)
