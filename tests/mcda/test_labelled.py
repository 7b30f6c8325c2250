"""What has names is never read by position, and what came as a frame goes out as one."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide import mcda
from decide.errors import InputError
from decide.mcda.labelled import listed, numbers

SCORES: dict[str, Callable[..., Any]] = {
    "weighted_sum": mcda.weighted_sum,
    **{name: method.score for name, method in mcda.METHODS.items()},
}
BENEFIT, COST = [30.0, 20.0, 25.0], [1500.0, 300.0, 700.0]
NAMES = ["laser", "cream", "peel"]
FRAME = pd.DataFrame({"benefit": BENEFIT, "cost": COST}, index=NAMES)
ARRAY = np.array([BENEFIT, COST]).T
WEIGHTS, DIRECTIONS = {"benefit": 0.7, "cost": 0.3}, {"benefit": 1, "cost": -1}


def plain(score: Callable[..., Any]) -> np.ndarray:
    return np.asarray(score(ARRAY, [0.7, 0.3], [1, -1]))


@pytest.mark.parametrize("name", SCORES)
def test_a_frame_gives_a_series_with_its_index_whatever_the_order_of_weights_and_directions(name: str) -> None:
    score = SCORES[name]
    for weights in (WEIGHTS, pd.Series(WEIGHTS), pd.Series(WEIGHTS)[::-1], dict(reversed(WEIGHTS.items()))):
        found = score(FRAME, weights, pd.Series(DIRECTIONS)[::-1])
        assert isinstance(found, pd.Series)
        assert found.index.tolist() == NAMES
        np.testing.assert_array_equal(found, plain(score))
    np.testing.assert_array_equal(score(FRAME[["cost", "benefit"]], WEIGHTS, DIRECTIONS), plain(score))


@pytest.mark.parametrize("name", SCORES)
def test_a_first_column_of_text_names_the_options_in_either_library(name: str) -> None:
    score = SCORES[name]
    columns = {"option": NAMES, "cost": COST, "benefit": BENEFIT}
    pandas_scores = score(pd.DataFrame(columns), WEIGHTS, DIRECTIONS)
    assert pandas_scores.index.tolist() == NAMES
    found = score(polars.DataFrame(columns), WEIGHTS, DIRECTIONS)
    assert isinstance(found, polars.DataFrame)
    assert found.columns == ["option", "score"]
    assert found["option"].to_list() == NAMES
    np.testing.assert_allclose(found["score"], plain(score), rtol=1e-15)
    np.testing.assert_allclose(pandas_scores, plain(score), rtol=1e-15)
    bare = score(polars.DataFrame({"cost": COST, "benefit": BENEFIT}), WEIGHTS, DIRECTIONS)
    assert bare.columns == ["score"]


@pytest.mark.parametrize("name", SCORES)
@pytest.mark.parametrize(
    "weights",
    [{"benefit": 1, "price": 1}, pd.Series({"benefit": 1.0, "price": 1.0}), pd.Series([1.0, 1.0]), {"benefit": 1}],
)
def test_weights_of_other_names_are_refused(name: str, weights: Any) -> None:
    with pytest.raises(InputError, match=r"different names|as many weights"):
        SCORES[name](FRAME, weights, [1, -1])


def test_names_that_stand_twice_are_refused_unless_in_one_order() -> None:
    twice = pd.DataFrame([[1.0, 2.0, 3.0]], columns=["a", "a", "b"])
    with pytest.raises(InputError, match="twice"):
        mcda.weighted_sum(twice, pd.Series([1.0, 1.0, 1.0], index=["b", "a", "a"]))
    assert mcda.weighted_sum(twice, pd.Series([1.0, 1.0, 1.0], index=["a", "a", "b"])).tolist() == [6]


def test_a_message_names_the_criterion() -> None:
    with pytest.raises(InputError, match="criterion 'cost' goes down to -5"):
        mcda.weighted_product(FRAME.assign(cost=[1, -5, 2]), WEIGHTS)
    with pytest.raises(InputError, match="criterion 2 goes down to -5"):
        mcda.weighted_product([[1, 1], [1, -5]], [1, 1])
    with pytest.raises(InputError, match="criterion 2 goes down to -5"):
        mcda.weighted_product(pd.DataFrame([[1, 1], [1, -5]]), [1, 1])


def test_thresholds_of_promethee_go_by_name() -> None:
    p = pd.Series({"cost": 500.0, "benefit": 5.0})
    by_name = mcda.promethee_ii(FRAME, WEIGHTS, DIRECTIONS, preference="vshape", p=p)
    np.testing.assert_array_equal(
        by_name, mcda.promethee_ii(ARRAY, [0.7, 0.3], [1, -1], preference="vshape", p=[5, 500])
    )


def test_ranks_and_values_keep_the_index_and_agreement_goes_by_it() -> None:
    scores = mcda.weighted_sum(FRAME, WEIGHTS, DIRECTIONS)
    ranked = mcda.ranks(scores)
    assert ranked.to_dict() == dict(zip(NAMES, mcda.ranks(scores.to_numpy()).tolist(), strict=True))
    assert mcda.piecewise(FRAME["cost"], [0, 3000], [1, 0]).round(3).to_dict() == {
        "laser": 0.5,
        "cream": 0.9,
        "peel": 0.767,
    }
    assert mcda.ranks(polars.Series("score", [0.1, 0.9])).to_list() == [2, 1]
    assert mcda.kendall_tau(scores, scores[::-1]) == pytest.approx(1)
    assert mcda.normalised(pd.Series({"a": 3, "b": 1})).to_dict() == {"a": 0.75, "b": 0.25}
    sets = pd.DataFrame({"a": [3.0, 1.0], "b": [1.0, 1.0]}, index=["p", "q"])
    pd.testing.assert_frame_equal(mcda.normalised(sets), sets.div(sets.sum(axis=1), axis=0))
    pd.testing.assert_frame_equal(mcda.piecewise(sets, [0, 4], [0, 1]), sets / 4)


def test_what_a_method_gives_another_takes() -> None:
    for kind in (pd.DataFrame, polars.DataFrame):
        frame = kind({"option": NAMES, "benefit": BENEFIT, "cost": COST})
        scores = mcda.topsis(frame, WEIGHTS, DIRECTIONS)
        ranked = mcda.ranks(scores)
        assert type(ranked) is type(scores)
        assert mcda.kendall_tau(scores, mcda.topsis(frame[::-1], WEIGHTS, DIRECTIONS)) == pytest.approx(1)


def test_draws_of_weights_give_a_frame_of_draws_by_options() -> None:
    drawn = np.random.default_rng(0).dirichlet([1, 1], 4)
    found = mcda.topsis(FRAME, drawn, DIRECTIONS)
    assert (found.columns.tolist(), found.index.name, found.shape) == (NAMES, "draw", (4, 3))
    np.testing.assert_array_equal(found, mcda.topsis(ARRAY, drawn, [1, -1]))


def test_tables_of_an_elicitation_go_by_name() -> None:
    first = pd.Series({"a": 1.0, "b": 3.0, "c": 8.0})
    second = pd.Series({"c": 1.0, "b": 3.0, "a": 8.0})
    found = mcda.best_worst(first, second, best="a", worst="c")
    np.testing.assert_array_equal(found.weights, mcda.best_worst([1, 3, 8], [8, 3, 1], 0, 2).weights)


def test_a_mapping_of_columns_is_a_table() -> None:
    found = mcda.weighted_sum({"option": NAMES, "benefit": BENEFIT, "cost": COST}, WEIGHTS, DIRECTIONS)
    np.testing.assert_allclose(found, plain(mcda.weighted_sum), rtol=1e-15)
    with pytest.raises(InputError, match="equally long"):
        mcda.weighted_sum({"a": [1, 2], "b": [1]}, [1, 1])


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ([[1, 2], [3]], "differ in length"),
        ([["1", "2"]], "text where numbers"),
        ("12", "text where numbers"),
        ([[1, None], [2, "x"]], "text where numbers"),
        ([1, object()], "not a number"),
        ([1, pd.NA], "not a number"),
        ([1j], "complex128 where numbers"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "datetime64.* where numbers"),
        ({1, 2}, "not a number"),
        (np.ma.array([1.0, 2.0], mask=[False, True]), "masked"),
    ],
)
def test_what_holds_no_numbers_is_told(given_: Any, words: str) -> None:
    with pytest.raises(InputError, match=f"^it: .*{words}"):
        numbers("it", given_)


def test_what_holds_numbers_is_read_whatever_it_is() -> None:
    for given_ in ([1, 2], (1.0, 2.0), [Decimal(1), Fraction(2)], np.float32([1, 2]), np.ma.array([1, 2]), range(1, 3)):
        assert numbers("it", given_).tolist() == [1.0, 2.0]
    assert numbers("it", np.array([[True, False]])).tolist() == [[1, 0]]


def test_a_string_is_no_list_of_letters() -> None:
    for given_ in ("lasers", b"lasers", 3):
        with pytest.raises(InputError, match="must be a list"):
            listed("only", given_)
    for order in ("210", 3):
        with pytest.raises(InputError, match="must be a list"):
            mcda.rank_order_centroid(order)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 1.5, "x", None, True])
def test_a_seed_that_is_none_is_told(seed: Any) -> None:
    with pytest.raises(InputError, match="the seed must be"):
        mcda.weights_for(2, 3, seed)


def test_a_seed_will_do_for_a_generator() -> None:
    assert np.array_equal(mcda.weights_for(2, 3, 42), mcda.weights_for(2, 3, np.random.default_rng(42)))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mcda.weights_for(2, 2.5, 0), "draws must be a whole number"),
        (lambda: mcda.weights_for(2, "10", 0), "draws must be a whole number"),
        (lambda: mcda.weights_for(True, 10, 0), "criteria must be a whole number"),
        (lambda: mcda.weights_for(2, 3, 0, order=[0.7, 1.2]), "by number"),
        (lambda: mcda.weight_stability([[1, 2]], [1, 1], winner="a"), "winner must be a whole number"),
        (lambda: mcda.weight_stability([[1, 2]], [1, 1], winner=5), "winner must be from 0 to 0"),
        (lambda: mcda.break_even([[1, 2], [2, 1]], [1, 1], 0.5, 0, [0, 1], [0, 1]), "option must be a whole number"),
        (lambda: mcda.best_worst([1, 2], [2, 1], "a", 1), "best must be a whole number"),
        (lambda: mcda.piecewise(1, "01", [0, 1]), "at must be a list"),
        (lambda: mcda.piecewise(1, [0, 1], [0, np.nan]), "finite"),
        (lambda: mcda.piecewise(1, [np.nan, 1], [0, 1]), "must rise"),
        (lambda: mcda.piecewise(1, [0, np.inf], [0, 1]), "finite"),
        (lambda: mcda.ranks([1, 2], np.nan), "tolerance"),
        (lambda: mcda.ranks([1, 2], -1), "tolerance"),
        (lambda: mcda.smaa([[1, 2]], [[1, 1]], tolerance=np.nan), "tolerance"),
        (lambda: mcda.smaa([[1, 2]], [[1, 1]], tolerance="x"), "tolerance: text"),
        (lambda: mcda.vikor([[1, 2]], [1, 1], v="x"), "v: text"),
        (lambda: mcda.vikor([[1, 2]], [1, 1], v=None), "v must be between 0 and 1"),
        (lambda: mcda.weights_for(2, 3, 0, profile=[1, 1], slack="x"), "slack: text"),
        (lambda: mcda.weights_for(2, 3, 0, profile=[1, 1], slack=[0.1]), "slack must be"),
    ],
)
def test_what_is_no_number_of_things_is_told_in_words(call: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()


@given(st.permutations(["a", "b", "c", "d"]), st.integers(0, 2**31), st.sampled_from(sorted(SCORES)))
def test_the_order_of_named_columns_does_not_matter(order: list[str], seed: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.uniform(1, 9, (5, 4)), columns=list("abcd"), index=list("vwxyz"))
    weights, directions = dict(zip("abcd", rng.dirichlet(np.ones(4)), strict=True)), {"a": 1, "b": -1, "c": 1, "d": -1}
    one = SCORES[name](frame, weights, directions)
    other = SCORES[name](frame[order].loc[::-1], weights, directions)
    np.testing.assert_allclose(one, other.loc[list("vwxyz")], rtol=1e-12, atol=1e-12)
