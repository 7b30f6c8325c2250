"""How sure an order is: against a plain reading of the definitions, a published case, and exact geometry."""

import sys
import tracemalloc
from itertools import pairwise

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.mcda import smaa, weights_for
from decide.mcda.rounding import ROUNDING


def by_definition(values: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """SMAA-2 word for word, in loops. Scores are rounded so that equal means equal."""
    draws, options, criteria = values.shape
    acceptability = np.zeros((options, options))
    pairwise = np.zeros((options, options))
    central, confidence = np.zeros((options, criteria)), np.full(options, np.nan)

    def scored(d: int, w: np.ndarray) -> list[float]:
        return [round(sum(float(values[d, i, j]) * float(w[j]) for j in range(criteria)), 11) for i in range(options)]

    for d in range(draws):
        s = scored(d, weights[d])
        for i in range(options):
            above, level = sum(x > s[i] for x in s), sum(x == s[i] for x in s)
            for rank in range(above, above + level):
                acceptability[i, rank] += 1 / level
            if above == 0:
                central[i] += weights[d] / level
            for k in range(options):
                pairwise[i, k] += 1.0 if s[i] > s[k] else 0.5 if s[i] == s[k] else 0.0
    for i in range(options):
        first = acceptability[i, 0]
        central[i] = central[i] / first if first else np.nan
        if first:
            total = 0.0
            for d in range(draws):
                s = scored(d, central[i])
                total += s[i] == max(s) and 1 / sum(x == s[i] for x in s)
            confidence[i] = total / draws
    return {
        "rank_acceptability": acceptability / draws,
        "expected_rank": acceptability / draws @ np.arange(1, options + 1),
        "central_weights": central,
        "confidence_factors": confidence,
        "pairwise": pairwise / draws,
    }


def agree(result: object, expected: dict[str, np.ndarray]) -> None:
    for name, theirs in expected.items():
        np.testing.assert_allclose(getattr(result, name), theirs, rtol=1e-9, atol=1e-9, err_msg=name)


@st.composite
def cases(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Values that are often equal, and weights on a coarse grid, so that ties of every kind happen."""
    draws, options, criteria = draw(st.integers(1, 12)), draw(st.integers(1, 6)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    levels = draw(st.sampled_from([1, 2, 4, 1000]))
    values = rng.integers(0, levels + 1, (draws, options, criteria)) / levels
    if draw(st.booleans()):
        values[:, -1] = values[:, 0]
    points = rng.integers(0, draw(st.sampled_from([1, 3, 1000])) + 1, (draws, criteria)) + 0.0
    points[:, 0] += points.sum(axis=1) == 0
    return values, points / points.sum(axis=1, keepdims=True)


@given(cases())
def test_every_measure_is_what_its_definition_says(case: tuple[np.ndarray, np.ndarray]) -> None:
    agree(smaa(*case), by_definition(*case))


@given(cases())
def test_fixed_weights_and_fixed_values_are_draws_that_never_change(case: tuple[np.ndarray, np.ndarray]) -> None:
    values, weights = case
    agree(smaa(values, weights[0]), by_definition(values, np.broadcast_to(weights[0], weights.shape)))
    agree(smaa(values[0], weights), by_definition(np.broadcast_to(values[0], values.shape), weights))
    agree(smaa(values[0], weights[0]), by_definition(values[:1], weights[:1]))


@given(cases(), st.integers(1, 9))
def test_the_size_of_the_pieces_it_works_in_changes_nothing(case: tuple[np.ndarray, np.ndarray], size: int) -> None:
    module = sys.modules["decide.mcda.smaa"]  # the package hides the module behind the function
    whole = smaa(*case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CELLS", size)
        patch.setattr("decide.mcda.wins._PAIRS", 3 * size)
        for name in ("_TABLE", "_PIECE", "_LEAST"):
            patch.setattr(module, name, 3 * size)
        pieces = smaa(*case)
    agree(pieces, {name: getattr(whole, name) for name in ("rank_acceptability", "pairwise", "confidence_factors")})
    np.testing.assert_allclose(pieces.central_weights, whole.central_weights, rtol=1e-12)


@given(cases())
def test_shares_add_up(case: tuple[np.ndarray, np.ndarray]) -> None:
    result = smaa(*case)
    options = len(result.p_best)
    np.testing.assert_allclose(result.rank_acceptability.sum(axis=0), 1, atol=1e-12)
    np.testing.assert_allclose(result.rank_acceptability.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(result.pairwise + result.pairwise.T, 1, atol=1e-12)
    # an option's expected rank is one more than the rivals expected to beat it
    np.testing.assert_allclose(result.expected_rank, options + 0.5 - result.pairwise.sum(axis=1), atol=1e-9)
    assert ((result.rank_acceptability >= 0) & (result.rank_acceptability <= 1)).all()


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_options_does_not_matter(case: tuple[np.ndarray, np.ndarray], random: object) -> None:
    values, weights = case
    order = list(range(values.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = smaa(values, weights), smaa(values[:, order], weights)
    for name in ("rank_acceptability", "expected_rank", "central_weights", "confidence_factors"):
        np.testing.assert_allclose(getattr(other, name), getattr(one, name)[order], atol=1e-12)
    np.testing.assert_allclose(other.pairwise, one.pairwise[np.ix_(order, order)], atol=1e-12)


def test_many_draws_of_many_options_agree_with_a_plain_sort() -> None:
    rng = np.random.default_rng(5)
    values, weights = rng.random((3000, 300, 5)), rng.dirichlet(np.ones(5), 3000)
    result = smaa(values, weights)
    scores = np.einsum("dij,dj->di", values, weights)
    places = np.argsort(np.argsort(-scores, axis=1), axis=1)
    for i in (0, 17, 299):
        np.testing.assert_allclose(result.rank_acceptability[i], np.bincount(places[:, i], minlength=300) / 3000)
        np.testing.assert_allclose(np.delete(result.pairwise[i], i), np.delete((places[:, [i]] < places).mean(0), i))
        under_own = values @ result.central_weights[i]
        assert result.confidence_factors[i] == pytest.approx((under_own.argmax(axis=1) == i).mean(), abs=1e-12)


def test_the_published_benefit_risk_case_of_four_antidepressants() -> None:
    """Tervonen et al., Statistics in Medicine 30 (2011) 1419-1428; figures as JSMAA's own tests hold them."""
    rng = np.random.default_rng(1)
    draws = 100_000
    # fluoxetine, paroxetine, sertraline, venlafaxine: log odds ratio of response, then adverse events in percent
    logs = [(0.0, 0.0), (0.086, 0.056), (0.095, 0.044), (0.113, 0.048)]
    harms = [
        [(11.7, 2.5), (9.2, 1.86), (15.4, 2.65), (5.5, 2.32)],
        [(7.2, 1.45), (10.6, 1.58), (7.5, 1.48), (15.7, 4.44)],
        [(16.6, 3.27), (21.2, 5.15), (20.2, 3.78), (12.8, 2.45)],
        [(13.7, 1.89), (14.3, 2.93), (15.0, 3.21), (11.2, 3.98)],
        [(18.6, 1.79), (18.3, 3.7), (19.5, 2.6), (31.0, 1.68)],
    ]
    values = np.empty((draws, 4, 6))
    low = min(np.exp(m - 1.96 * s) for m, s in logs)
    high = max(np.exp(m + 1.96 * s) for m, s in logs)
    for i, (mean, sd) in enumerate(logs):
        values[:, i, 0] = (np.exp(rng.normal(mean, sd, draws)) - low) / (high - low)
    for j, harm in enumerate(harms, 1):
        low, high = min(m - 1.96 * s for m, s in harm), max(m + 1.96 * s for m, s in harm)
        for i, (mean, sd) in enumerate(harm):
            values[:, i, j] = (high - rng.normal(mean, sd, draws)) / (high - low)
    result = smaa(values, weights_for(6, draws, rng))
    ranks = [[0.20, 0.28, 0.30, 0.22], [0.25, 0.29, 0.27, 0.19], [0.17, 0.25, 0.29, 0.30], [0.39, 0.18, 0.15, 0.29]]
    central = [
        [0.08, 0.14, 0.23, 0.18, 0.16, 0.22],
        [0.18, 0.17, 0.15, 0.13, 0.15, 0.22],
        [0.21, 0.10, 0.22, 0.13, 0.15, 0.20],
        [0.18, 0.21, 0.12, 0.21, 0.19, 0.09],
    ]
    np.testing.assert_allclose(result.rank_acceptability, ranks, atol=0.02)
    np.testing.assert_allclose(result.central_weights, central, atol=0.02)
    np.testing.assert_allclose(result.confidence_factors, [0.48, 0.44, 0.34, 0.74], atol=0.03)


def test_the_r_packages_own_cases_of_an_option_that_is_never_first() -> None:
    """tests/nacw.R of the R package smaa: no central weights without a first place, and one draw is enough."""
    values = np.zeros((10_000, 2, 3))
    values[:, 0] = 1.0
    weights = np.full((10_000, 3), 1 / 3)
    never = smaa(values, weights)
    np.testing.assert_allclose(never.central_weights[0], 1 / 3)
    assert np.isnan(never.central_weights[1]).all()
    assert np.isnan(never.confidence_factors[1])
    values[0] = [[0, 0, 0], [1, 1, 1]]
    once = smaa(values, weights)
    np.testing.assert_allclose(once.central_weights, 1 / 3)
    assert once.p_best.tolist() == [0.9999, 0.0001]
    assert once.confidence_factors.tolist() == [0.9999, 0.0001]


def test_fully_open_weights_over_fixed_values_give_the_volumes_of_geometry() -> None:
    # with two criteria the first option leads where w₁ > 0.6, the second where w₁ < 0.3, the third between
    values = np.array([[1.0, 0.0], [0.0, 1.0 - 0.1 / 0.7], [0.8, 0.3]])
    middle = (values[0, 1] - values[2, 1]) / ((values[0, 1] - values[2, 1]) - (values[0, 0] - values[2, 0]))
    lower = (values[1, 1] - values[2, 1]) / ((values[1, 1] - values[2, 1]) - (values[1, 0] - values[2, 0]))
    first = (np.arange(200_000) + 0.5) / 200_000
    result = smaa(values, np.stack([first, 1 - first], axis=1))
    assert result.p_best == pytest.approx([1 - middle, lower, middle - lower], abs=1e-5)
    assert result.central_weights[:, 0] == pytest.approx([(1 + middle) / 2, lower / 2, (middle + lower) / 2], abs=1e-5)
    assert result.confidence_factors.tolist() == [1, 1, 1]


def test_a_thousand_equal_options_share_every_rank() -> None:
    rng = np.random.default_rng(0)
    one = np.broadcast_to(rng.random((300, 1, 3)), (300, 1000, 3))
    result = smaa(one, rng.dirichlet(np.ones(3), 300))
    np.testing.assert_allclose(result.rank_acceptability, 1 / 1000, rtol=1e-9)
    np.testing.assert_allclose(result.confidence_factors, 1 / 1000, rtol=1e-9)
    assert (result.pairwise == 0.5).all()
    np.testing.assert_allclose(result.expected_rank, 500.5)


def test_equal_options_tie_in_every_one_of_many_draws() -> None:
    rng = np.random.default_rng(0)
    values, weights = rng.random((20_000, 13, 7)), rng.dirichlet(np.ones(7), 20_000)
    values[:, 11] = values[:, 2]
    result = smaa(values, weights)
    assert result.pairwise[2, 11] == 0.5
    assert result.p_best[2] == result.p_best[11]
    assert result.confidence_factors[2] == pytest.approx(result.confidence_factors[11], abs=1e-12)


@given(cases(), st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_options_given_several_times_are_worked_out_as_any_others(
    case: tuple[np.ndarray, np.ndarray], which: list[int]
) -> None:
    values, weights = case
    values = values[:, [i % values.shape[1] for i in which]]
    agree(smaa(values, weights), by_definition(values, weights))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("decide.mcda.twins._FEW", 0)  # no twins are looked for
        agree(smaa(values, weights), by_definition(values, weights))


def test_options_that_part_late_are_two() -> None:
    rng = np.random.default_rng(0)
    values, weights = rng.random((100, 4, 3)), rng.dirichlet(np.ones(3), 100)
    values[:, 3] = values[:, 0]
    values[:, 2] = values[:, 1]
    values[99, 2] += 0.5
    agree(smaa(values, weights), by_definition(values, weights))


@given(st.integers(0, 2**31), st.sampled_from([1e-12, 1e-7, 0.01, 0.1, 2.0]), st.sampled_from([1.0, 1e-40]))
def test_confidence_under_any_tolerance_is_that_of_runs_of_neighbours(
    seed: int, tolerance: float, scale: float
) -> None:
    rng = np.random.default_rng(seed)
    values, weights = rng.normal(size=(40, 6, 2)), rng.dirichlet([1, 1], 40)
    values[:, 1] = values[:, 0] * (1 + tolerance * rng.normal(size=(40, 1)))
    found = smaa(values * scale, weights, tolerance=tolerance)
    for i in np.flatnonzero(found.p_best):
        total = 0.0
        for draw in values:
            scores, sizes = draw @ found.central_weights[i], np.abs(draw) @ found.central_weights[i]
            order = np.argsort(-scores)
            apart = -np.diff(scores[order]) > tolerance * np.maximum(sizes[order][1:], sizes[order][:-1])
            run = order[: int(apart.argmax()) + 1] if apart.any() else order
            total += (i in run) / run.size
        assert found.confidence_factors[i] == pytest.approx(total / 40, abs=1e-12)


def runs(values: np.ndarray, weights: np.ndarray) -> list[list[int]]:
    """Options (options, criteria) by score from the highest, those together that tie by what each adds up."""
    scores, sizes = values @ weights, np.abs(values) @ weights
    order = np.argsort(-scores, kind="stable").tolist()
    found = [order[:1]]
    for before, i in pairwise(order):
        if scores[before] - scores[i] > ROUNDING * max(sizes[before], sizes[i]):
            found.append([])
        found[-1].append(i)
    return found


@given(st.integers(0, 2**31), st.sampled_from(["tenths", "normal", "any size"]), st.booleans(), st.booleans())
def test_scores_of_either_sign_and_any_size_tie_by_what_each_adds_up(
    seed: int, kind: str, drawn: bool, far: bool
) -> None:
    rng = np.random.default_rng(seed)
    draws, options, criteria = rng.integers(1, 20), rng.integers(1, 8), rng.integers(1, 5)
    values = rng.integers(-3, 4, (draws if drawn else 1, options, criteria)) / 10
    values = rng.normal(size=values.shape) if kind == "normal" else values
    if kind == "any size":  # each option of its own; what cancels would be noise as large as others are
        values = (np.abs(values) + 0.1) * rng.choice([-1e18, -1.0, 1e-20, 1.0, 1e18], (options, 1))
    if far:
        values[:, 0] = rng.choice([-1e20, 1e20])
    weights = rng.multinomial(20, np.ones(criteria) / criteria, draws) / 20
    found = smaa(values if drawn else values[0], weights)
    each = np.broadcast_to(values, (draws, options, criteria))
    taken = np.zeros((options, options))
    for d in range(draws):
        at = 0
        for run in runs(each[d], weights[d]):
            taken[run, at : at + len(run)] += 1 / len(run) / draws
            at += len(run)
    np.testing.assert_allclose(found.rank_acceptability, taken, atol=1e-12)
    for i in np.flatnonzero(found.p_best):
        leads = [runs(one, found.central_weights[i])[0] for one in each]
        share = sum((i in lead) / len(lead) for lead in leads) / draws
        assert found.confidence_factors[i] == pytest.approx(share, abs=1e-12)


def test_one_option_is_always_first() -> None:
    result = smaa(np.random.default_rng(0).random((50, 1, 2)), np.random.default_rng(1).random((50, 2)))
    assert result.p_best.tolist() == result.confidence_factors.tolist() == result.expected_rank.tolist() == [1.0]


def test_the_same_input_gives_the_same_bits_and_scaling_weights_changes_nothing() -> None:
    rng = np.random.default_rng(2)
    values, weights = rng.random((5000, 20, 4)), rng.random((5000, 4))
    one, again, scaled = smaa(values, weights), smaa(values, weights), smaa(values, weights * 8)
    for name in ("rank_acceptability", "central_weights", "confidence_factors", "pairwise"):
        assert np.array_equal(getattr(one, name), getattr(again, name))
        assert np.array_equal(getattr(one, name), getattr(scaled, name))


def test_confidence_factors_can_be_left_out() -> None:
    rng = np.random.default_rng(2)
    values, weights = rng.random((50, 5, 3)), rng.random((50, 3))
    without = smaa(values, weights, confidence=False)
    assert np.isnan(without.confidence_factors).all()
    assert np.array_equal(without.pairwise, smaa(values, weights).pairwise)


@pytest.mark.parametrize(
    ("draws", "options", "criteria", "drawn"),
    [
        (40_000, 40, 8, "both"),
        (1_500_000, 3, 2, "weights"),  # the weights alone are 24 MB
        (150, 2500, 3, "both"),  # the result is two times 50 MB
        (150, 2500, 3, "weights"),
        (20, 2500, 3, "equal"),
        (20_000, 2, 300, "weights"),  # the weights alone are 48 MB
        (60_000, 300, 2, "weights"),  # the most places that are held at once
        (2, 1500, 4000, "both"),  # one draw of values is 48 MB
        (3000, 40, 300, "twice"),
        (2, 900, 5000, "twice"),
        (3, 40, 50_000, "both"),
        (400, 1000, 2, "yes or no"),
        (32, 3000, 2, "yes or no"),  # nearly all tie in every draw
    ],
)
def test_memory_beside_input_and_result_stays_as_small_as_it_says(
    draws: int, options: int, criteria: int, drawn: str
) -> None:
    rng = np.random.default_rng(0)
    values, weights = rng.random((draws if drawn == "both" else 1, options, criteria)), rng.random((draws, criteria))
    if drawn == "twice":
        values = rng.random((draws, options, criteria))
        values[:, options // 2 :] = values[:, : options // 2]
    if drawn == "yes or no":
        values = rng.integers(0, 2, (draws, options, criteria)).astype(float)
    values = np.ones((draws, options, criteria)) if drawn == "equal" else values if len(values) > 1 else values[0]
    tracemalloc.start()
    result = smaa(values, weights)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    parts = (result.rank_acceptability, result.pairwise, result.central_weights)
    assert peak - sum(part.nbytes for part in parts) < 60e6


@pytest.mark.parametrize("scale", [1.0, 1e-200, 1e200, 1e-40])
def test_leads_that_single_precision_cannot_tell_are_told(scale: float) -> None:
    # pairs of options a millionth of a millionth apart, and one far from all
    rng = np.random.default_rng(0)
    values = rng.random((500, 6, 3))
    values[:, 3:] = values[:, :3] + rng.choice([-1e-9, 0, 1e-9], (500, 3, 1))
    values[::50] *= 1e6
    weights = rng.dirichlet(np.ones(3), 500)
    result = smaa(values * scale, weights)
    for i in range(6):
        scores = values @ result.central_weights[i]
        level = scores >= scores.max(axis=1, keepdims=True) * (1 - 1e-12)
        expected = (level[:, i] / level.sum(axis=1)).mean()
        assert result.confidence_factors[i] == pytest.approx(expected, abs=1e-12)


def test_scores_that_single_precision_turns_round_are_placed_exactly() -> None:
    module = sys.modules["decide.mcda.smaa"]
    rng = np.random.default_rng(0)
    values, weights = rng.random((2000, 3, 4)), rng.dirichlet(np.ones(4), 3)
    # under its own weights each option is a hair's breadth from the next, by numbers that have nothing in common
    for k in range(3):
        other = (k + 1) % 3
        gap = (values[:, k] - values[:, other]) @ weights[k]
        near = rng.random(2000) < 0.4
        values[near, k, 0] -= (gap[near] - rng.choice([-1e-9, 1e-9], near.sum())) / weights[k, 0]
    found = module._firsts_under_own(values, weights, np.arange(3), 1e-12)
    exact = [int(((values @ weights[k]).argmax(axis=1) == k).sum()) for k in range(3)]
    assert found.tolist() == exact


def test_few_draws_of_many_options_and_many_draws_of_few_are_counted_alike() -> None:
    rng = np.random.default_rng(1)
    values, weights = rng.integers(0, 4, (700, 60, 2)) / 4, rng.dirichlet([1, 1], 700)
    weights[:300] = [0.5, 0.5]
    scores = np.round(np.einsum("dij,dj->di", values, weights), 12)
    beats = (scores[:, :, None] > scores[:, None]).mean(axis=0) + 0.5 * (scores[:, :, None] == scores[:, None]).mean(0)
    for count in (700, 1400):
        found = smaa(np.tile(values, (count // 700, 1, 1)), np.tile(weights, (count // 700, 1)))
        np.testing.assert_allclose(found.pairwise, beats, atol=1e-12)


def test_frames_give_their_names_and_take_weights_by_them() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.dirichlet([1, 1, 1], 200)
    frame = pd.DataFrame(rng.random((4, 3)), index=list("wxyz"), columns=list("abc"))
    plain = smaa(frame.to_numpy(), drawn)
    named = smaa(frame, pd.DataFrame(drawn, columns=list("abc"))[["c", "a", "b"]])
    assert (named.options, named.criteria) == (("w", "x", "y", "z"), ("a", "b", "c"))
    assert (plain.options, plain.criteria) == (None, None)
    agree(named, {name: getattr(plain, name) for name in ("rank_acceptability", "pairwise", "central_weights")})
    table = pd.DataFrame(named.records()).set_index("option")
    assert table.index.tolist() == list("wxyz")
    np.testing.assert_array_equal(table["p_best"], plain.p_best)
    np.testing.assert_array_equal(table[[f"rank {k}" for k in range(1, 5)]], plain.rank_acceptability)
    np.testing.assert_array_equal(table[[f"central {name}" for name in "abc"]], plain.central_weights)
    with pytest.raises(InputError, match="different names"):
        smaa(frame, pd.DataFrame(drawn, columns=list("abx")))


def test_polars_frames_give_their_names_too() -> None:
    rng = np.random.default_rng(0)
    drawn = polars.DataFrame(rng.dirichlet([1, 1], 50), schema=["b", "a"])
    found = smaa(polars.DataFrame({"option": ["x", "y"], "a": [1.0, 0.0], "b": [0.0, 1.0]}), drawn)
    assert (found.options, found.criteria) == (("x", "y"), ("a", "b"))
    assert found.p_best[0] == (drawn["a"] > drawn["b"]).mean()
    assert polars.DataFrame(found.records())["option"].to_list() == ["x", "y"]


@pytest.mark.parametrize(
    ("values", "weights", "words"),
    [
        ([[1, np.nan]], [1, 1], "not a finite number"),
        ([[1, np.nan]], [1, 0], "not a finite number"),
        ([[1, np.inf]], [1, 1], "not a finite number"),
        (np.full((2, 3, 2), np.nan), [[1, 1], [1, 1]], "not a finite number"),
        ([[1, 2]], [0, 0], "all zero"),
        ([[1, 2]], [[1, 1], [0, 0]], "all zero"),
        ([[1, 2]], [-1, 2], "zero or more"),
        ([[1, 2]], [np.nan, 2], "zero or more"),
        ([[1, 2]], [1, 2, 3], "as many weights"),
        (np.ones((2, 3, 2)), np.ones((3, 2)), "do not fit"),
        ([1, 2], [1, 2], "options by criteria"),
        (np.empty((0, 3, 2)), [1, 2], "at least one"),
        ([[1, 2]], np.empty((0, 2)), "one draw"),
    ],
)
def test_bad_input_is_refused_in_words(values: object, weights: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        smaa(values, weights)
