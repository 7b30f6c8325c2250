"""Where a formula's numbers would mislead: signs, sizes, rounding, and criteria that do not count."""

import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import PROMETHEE_II

from decide.errors import InputError
from decide.mcda import (
    METHODS,
    copras,
    evppi,
    kendall_tau,
    normalised,
    promethee_ii,
    ranks,
    smaa,
    topsis,
    tornado,
    vikor,
    weight_stability,
    weighted_product,
    weighted_sum,
)

HOW = ("sum", "max", "minmax", "vector")


def by(how: str) -> Callable[..., Any]:
    return lambda x, w, d: weighted_sum(x, w, d, normalise=how)  # type: ignore[arg-type]


# every way to score, oriented so that higher is better
WAYS: dict[str, Callable[..., Any]] = {
    **{f"weighted_sum {how}": by(how) for how in HOW},
    **{
        name: (lambda x, w, d, m=method: m.sign * np.asarray(m.score(x, w, d)))  # type: ignore[misc]
        for name, method in METHODS.items()
    },
    "topsis vector": lambda x, w, d: topsis(x, w, d, normalise="vector"),
    "weighted_product none": lambda x, w, d: weighted_product(x, w, d, normalise="none"),
}
sizes = st.tuples(st.integers(2, 8), st.integers(1, 5), st.integers(0, 2**31))


@pytest.mark.parametrize("how", ["sum", "max"])
@pytest.mark.parametrize(
    ("matrix", "weights", "directions", "which"),
    [([[-1, 100], [-5, 200]], [0.5, 0.5], [1, -1], 1), ([[10, 300], [-12, 200]], [0.9, 0.1], [1, -1], 1)],
)
def test_negative_numbers_would_turn_shares_upside_down_and_are_refused(
    how: str, matrix: Any, weights: Any, directions: Any, which: int
) -> None:
    with pytest.raises(InputError, match=f"zero or more; criterion {which} goes down to .*minmax"):
        weighted_sum(matrix, weights, directions, normalise=how)  # type: ignore[arg-type]
    first, second = weighted_sum(matrix, weights, directions, normalise="minmax")
    assert first > second


@given(sizes, st.sampled_from(sorted(WAYS)), st.booleans())
def test_no_way_to_score_puts_a_dominated_option_above_its_dominator(
    size: tuple[int, int, int], way: str, negative: bool
) -> None:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 10, (options, criteria)) if negative else rng.uniform(0.1, 9, (options, criteria))
    d = rng.choice([-1, 1], criteria)
    x[0] = np.where(d > 0, x.max(axis=0), x.min(axis=0))
    try:
        scores = WAYS[way](x, rng.dirichlet(np.ones(criteria)), d)
    except InputError:
        return
    assert ranks(scores, 1e-9)[0] == 1


@given(sizes, st.sampled_from(sorted(WAYS)), st.sampled_from(["zero", "level", "negative", "mixed"]))
def test_a_criterion_without_weight_cannot_matter_whatever_it_holds(
    size: tuple[int, int, int], way: str, kind: str
) -> None:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    x, w, d = rng.uniform(0.1, 9, (options, criteria)), rng.dirichlet(np.ones(criteria)), rng.choice([-1, 1], criteria)
    column = {"zero": 0.0, "level": 7.0, "negative": -rng.random(options), "mixed": rng.normal(size=options)}[kind]
    more = np.column_stack([x, np.broadcast_to(column, options)])
    for sign in (1, -1):
        found = WAYS[way](more, [*w, 0.0], [*d, sign])
        np.testing.assert_allclose(found, WAYS[way](x, w, d), rtol=1e-12, atol=1e-12)
    if way in METHODS:
        drawn = np.stack([more, more])
        weights = np.array([[*w, 0.0], [*w, 0.0]])
        found = METHODS[way].sign * METHODS[way].score(drawn, weights, [*d, 1])
        np.testing.assert_allclose(found[1], WAYS[way](x, w, d), rtol=1e-12, atol=1e-12)


def test_what_counts_in_one_draw_only_is_asked_for_in_that_draw_only() -> None:
    drawn = np.array([[[1.0, -2.0], [2.0, -1.0]], [[1.0, 2.0], [2.0, 1.0]]])
    found = weighted_product(drawn, [[1, 0], [1, 1]])
    np.testing.assert_allclose(found[0], weighted_product([[1.0], [2.0]], [1]))
    with pytest.raises(InputError, match="criterion 2"):
        weighted_product(drawn, [[1, 1], [1, 0]])


def test_the_share_of_a_criterion_without_weight_still_moves() -> None:
    # the second criterion has no weight now; from half of all weight on, the other option leads
    assert weight_stability([[1.0, 0.0], [0.0, 1.0]], [1, 0])[1].tolist() == [0, 0.5]


def test_points_in_place_of_shares_give_the_same_order_as_shares() -> None:
    rng = np.random.default_rng(0)
    x, points = rng.uniform(1, 9, (20, 8)), np.array([100, 90, 80, 60, 50, 40, 30, 20.0])
    for how in ("sum", "none"):
        scores = weighted_product(x, points, normalise=how)  # type: ignore[arg-type]
        assert len(set(scores)) == 20
        np.testing.assert_allclose(scores, weighted_product(x, points / points.sum(), normalise=how), rtol=1e-12)  # type: ignore[arg-type]
    # the order is that of logarithms, in which nothing can vanish
    assert ranks(weighted_product(x, points)).tolist() == ranks(np.log(x) @ points).tolist()


@given(sizes, st.sampled_from(sorted(WAYS)), st.integers(-300, 300), st.integers(-300, 300))
def test_units_do_not_matter_however_large_or_small(
    size: tuple[int, int, int], way: str, unit: int, weight_unit: int
) -> None:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    x, w, d = rng.uniform(1, 9, (options, criteria)), rng.dirichlet(np.ones(criteria)), rng.choice([-1, 1], criteria)
    scale = 10.0 ** rng.choice([0, unit], criteria)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        before, after = WAYS[way](x, w, d), WAYS[way](x * scale, w, d)
        assert ranks(before, 1e-9).tolist() == ranks(after, 1e-9 * np.abs(after).max()).tolist()
        if "none" not in way:
            np.testing.assert_allclose(after, before, rtol=1e-8, atol=1e-9)
        if way in METHODS and way != "promethee_ii":
            np.testing.assert_allclose(WAYS[way](x, w * 10.0**weight_unit, d), before, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_ends_of_floats_are_answered_or_refused_without_a_warning(way: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x in ([[1e308, 1.0], [1.7e308, 2.0]], [[5e-324, 1.0], [1.0, 2.0]], [[-1e308, 1.0], [1.7e308, 2.0]]):
            for w in ([1, 1], [1e308, 1e308]):
                try:
                    assert np.isfinite(WAYS[way](x, w, [1, -1])).all()
                except InputError as error:
                    assert "goes down to" in str(error) or "too large" in str(error)  # noqa: PT017
        for bad in ([[np.inf, 1.0], [-np.inf, 1.0]], [[np.nan, 1.0], [np.inf, 1.0]]):
            with pytest.raises(InputError, match="finite"):
                WAYS[way](bad, [1, 1], [1, -1])


def test_weights_as_large_as_floats_go_still_have_shares() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert normalised([1e308] * 4).tolist() == [0.25] * 4
        assert normalised([[1e308, 1e308], [3, 1]]).tolist() == [[0.5, 0.5], [0.75, 0.25]]
        assert normalised([5e-324, 0]).tolist() == [1, 0]


NOISE = [[0.1 + 0.2, 1.0], [0.3, 2.0]]


@pytest.mark.parametrize("way", ["topsis", "vikor", "weighted_sum minmax", "promethee_ii"])
def test_a_difference_that_is_only_rounding_counts_for_nothing(way: str) -> None:
    # on the first criterion, nine tenths of all weight, the two are equal: the second decides alone
    scores = WAYS[way](NOISE, [0.9, 0.1], [1, 1])
    np.testing.assert_allclose(scores, WAYS[way]([[0.3, 1.0], [0.3, 2.0]], [0.9, 0.1], [1, 1]), atol=1e-12)
    assert scores[1] > scores[0]


def test_differences_of_rounding_are_none_to_promethees_thresholds_either() -> None:
    x = [[0.3], [0.1], [0.0]]  # 0.3 − 0.1 comes out below 0.2, and 0.1 + 0.2 − 0.1 above
    for q in (0.2, 0.3 - 0.1):
        at = promethee_ii(x, [1], preference="ushape", q=[q])
        assert at.tolist() == promethee_ii([[3.0], [1.0], [0.0]], [1], preference="ushape", q=[2.0]).tolist()


def test_agreement_can_be_told_to_overlook_rounding() -> None:
    assert kendall_tau([0.1 + 0.2, 0.3, 1], [1, 2, 3]) < kendall_tau([0.1 + 0.2, 0.3, 1], [2, 2, 3], 1e-12)
    assert kendall_tau([0.1 + 0.2, 0.3, 1], [2, 2, 3], 1e-12) == pytest.approx(1)


def test_a_column_that_tells_nothing_counts_for_nothing_in_minmax() -> None:
    assert weighted_sum([[1, 5], [2, 5]], [1, 1], [1, -1], normalise="minmax").tolist() == [0, 1]
    assert weighted_sum([[1, 5]], [1, 1], [1, -1], normalise="minmax").tolist() == [0]


def test_a_matrix_that_is_normalised_already_can_be_put_into_topsis() -> None:
    rng = np.random.default_rng(0)
    x, w, d = rng.uniform(1, 9, (6, 4)), rng.dirichlet(np.ones(4)), [1, -1, 1, 1]
    scaled = x / np.sqrt((x * x).sum(axis=0))
    np.testing.assert_allclose(topsis(scaled, w, d, normalise="none"), topsis(x, w, d, normalise="vector"), atol=1e-12)


@given(st.integers(2, 40), st.sampled_from(["usual", "ushape", "vshape", "level", "vshape_2"]), st.integers(0, 2**31))
def test_promethee_in_pieces_is_promethee_at_once(options: int, preference: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w = np.round(rng.uniform(0, 9, (3, options, 2)), 1), rng.dirichlet([1, 1])
    thresholds = {"ushape": {"q": [1, 1]}, "vshape": {"p": [3, 3]}}.get(preference, {"p": [3, 3], "q": [1, 1]})
    given_: dict[str, Any] = {} if preference == "usual" else thresholds
    whole = promethee_ii(x, w, [1, -1], preference=preference, **given_)  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("decide.mcda.promethee._CELLS", 17)
        pieces = promethee_ii(x, w, [1, -1], preference=preference, **given_)  # type: ignore[arg-type]
    np.testing.assert_allclose(pieces, whole, atol=1e-12)


def test_promethee_of_two_thousand_is_pymcdms_and_stays_small() -> None:
    x = np.random.default_rng(0).random((2000, 2))
    tracemalloc.start()
    found = promethee_ii(x, [0.4, 0.6], [1, -1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6  # all differences at once would be 2000² · 8 bytes several times over
    few = slice(0, 150)
    theirs = PROMETHEE_II("usual")(x[few], np.array([0.4, 0.6]), np.array([1, -1]), validation=False)
    np.testing.assert_allclose(promethee_ii(x[few], [0.4, 0.6], [1, -1]), theirs, atol=1e-12)
    assert found.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("draws", "options", "criteria"), [(30_000, 20, 8), (200_000, 2, 8), (2, 40, 30_000)])
def test_promethee_of_many_draws_needs_little_beside_what_goes_in_and_out(
    draws: int, options: int, criteria: int
) -> None:
    x, w = np.random.default_rng(0).random((draws, options, criteria)), np.ones(criteria)
    tracemalloc.start()
    found = promethee_ii(x, w)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - found.nbytes < 60e6
    assert found[1].tolist() == pytest.approx(promethee_ii(x[1], w).tolist())


def test_promethee_of_one_matrix_under_many_weights_is_that_of_each() -> None:
    rng = np.random.default_rng(0)
    x, w = rng.random((5, 3)), rng.random((4000, 3))
    found = promethee_ii(x, w)
    assert found.shape == (4000, 5)
    assert found[3999] == pytest.approx(promethee_ii(x, w[3999]))


def test_a_tornado_of_many_options_stays_small() -> None:
    x = np.random.default_rng(0).random((5000, 2))
    tracemalloc.start()
    tornado(x - 0.1, x, x + 0.1, [1, 1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5e6


def test_copras_and_vikor_with_one_method_each_keep_their_published_ends() -> None:
    assert copras([[1.0, 2.0], [2.0, 1.0]], [1, 1], [1, -1]).max() == 1
    assert sorted(vikor([[1.0, 2.0], [2.0, 3.0]], [1, 1]).tolist()) == [0, 1]


@pytest.mark.parametrize("name", [*METHODS, "smaa"])
def test_no_draw_of_weights_is_no_answer(name: str) -> None:
    with pytest.raises(InputError, match="one draw of weights at least"):
        (smaa if name == "smaa" else METHODS[name].score)([[1, 2], [2, 1]], np.empty((0, 2)))


def test_smaa_refuses_a_tolerance_below_zero() -> None:
    with pytest.raises(InputError, match="tolerance"):
        smaa([[1, 2]], [[1, 1]], tolerance=-1e-12)


def test_small_numbers_that_are_no_noise_keep_their_order() -> None:
    assert promethee_ii([[1.0], [2.0], [1e18]], [1.0]).tolist() == [-1.0, 0.0, 1.0]
    assert promethee_ii([[1e-20], [2e-20], [1.0]], [1.0]).tolist() == [-1.0, 0.0, 1.0]
    assert promethee_ii([[0.0], [1e-13], [2e-13]], [1.0]).tolist() == [-1.0, 0.0, 1.0]


def test_a_criterion_without_weight_needs_no_thresholds() -> None:
    flows = promethee_ii([[1, 5], [2, 5], [3, 5]], [1, 0], preference="vshape", p=[2, 0])
    assert flows.tolist() == promethee_ii([[1], [2], [3]], [1], preference="vshape", p=[2]).tolist()
    with pytest.raises(InputError, match="p must be above q"):
        promethee_ii([[1, 5], [2, 5], [3, 5]], [1, 1], preference="vshape", p=[2, 0])


def test_differences_beyond_floats_are_refused_or_told_without_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert promethee_ii([[-1e308], [1e308]], [1], preference="vshape", p=[1]).tolist() == [-1.0, 1.0]
        x = np.random.default_rng(0).normal(0, 1e200, (2000, 2))
        scores = np.column_stack([np.zeros(2000), x[:, 0] / 1e200 * x[:, 1] / 1e200])
        known = evppi(scores, x, together=[[0, 1]])[0]
        assert known == pytest.approx(evppi(scores, x / 1e200, together=[[0, 1]])[0])


def test_a_normalisation_needs_directions() -> None:
    with pytest.raises(InputError, match="directions"):
        weighted_sum([[1, 2], [2, 1]], [0.5, 0.5], normalise="minmax")
    assert weighted_sum([[1, 2], [2, 1]], [0.5, 0.5]).tolist() == [1.5, 1.5]
