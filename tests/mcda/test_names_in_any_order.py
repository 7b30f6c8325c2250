"""Whatever carries names is read by them: rows in another order are the same input, other names are refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest

from decide import economics, mcda, plans
from decide.errors import InputError
from decide.synthesis import Gains, arms, contrasts, forest_plot, league_table, network, rank_probabilities, sucra

DRAWS = np.random.default_rng(0).random((300, 2))
OPTIONS = ("laser", "needling", "cream")
VALUES = np.array([[0.9, 0.1], [0.3, 0.8], [0.5, 0.4]])


def frame(values: np.ndarray, columns: tuple[str, ...], rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=list(columns), index=list(rows))


NAMED = tuple(f"d{i}" for i in range(300))
COST = frame(np.zeros((300, 2)), ("none", "drug"), NAMED)
EFFECT = frame(np.column_stack([np.zeros(300), DRAWS[:, 0] - 0.5]), ("none", "drug"), NAMED)
PARAMETERS = frame(DRAWS, ("x", "y"), NAMED)


def series(*values: Any) -> pd.Series:
    return pd.Series(list(values), index=list(OPTIONS))


def plan(cost: Any, benefit: Any, group: Any, mechanism: Any) -> Any:
    made = plans.problem(cost, benefit, group, mechanism=mechanism)
    return made.group.tolist(), made.labels, made.kind.tolist()


CALLS: dict[str, tuple[Callable[..., Any], list[Any]]] = {
    "economics.evppi": (
        lambda c, e, p: economics.evppi(c, e, 1, p).to_numpy().round(9).tolist(),
        [COST, EFFECT, PARAMETERS],
    ),
    "mcda.evppi": (lambda s, p: mcda.evppi(s, p).round(9).tolist(), [EFFECT, PARAMETERS]),
    "icers": (
        lambda c, e, n: [(r.strategy, r.cost) for r in economics.icers(c, e, n)],
        [series(1500, 700, 300), series(30, 22, 12), series("L", "N", "C")],
    ),
    "tornado": (
        lambda low, typical, high: sorted(mcda.tornado(low, typical, high, [0.8, 0.2]).score_low.tolist()),
        [frame(VALUES * f, ("a", "b"), OPTIONS) for f in (0.9, 1.0, 1.05)],
    ),
    "plans": (plan, [series(1, 2, 3), frame(VALUES[:, :1], ("k",), OPTIONS), series(*"ggh"), series(*"mnn")]),
    "contrasts": (
        lambda *columns: [tuple(row[:5]) for row in contrasts(*columns)],
        [series(*"stu"), series(*"aba"), series(*"ccc"), series(1.0, 2.0, 3.0), series(0.1, 0.2, 0.3)],
    ),
    "arms": (
        lambda *columns: [tuple(row[:4]) for row in arms(*columns)],
        [series(*"ssu"), series(*"aba"), series(1.0, 2.0, 3.0), series(0.1, 0.2, 0.3)],
    ),
}
PLACES = [(name, place) for name, (_, given) in CALLS.items() for place in range(1, len(given))]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_rows_in_another_order_are_the_same_input(name: str, place: int) -> None:
    call, given = CALLS[name]
    turned = [one.iloc[::-1] if i == place else one for i, one in enumerate(given)]
    assert call(*turned) == call(*given)


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_rows_of_other_names_are_refused(name: str, place: int) -> None:
    call, given = CALLS[name]
    others = [f"other {i}" for i in range(len(given[place]))]
    with pytest.raises(InputError, match="different names"):
        call(*[one.set_axis(others) if i == place else one for i, one in enumerate(given)])


def test_ranks_keep_the_names_of_their_draws() -> None:
    draws = pd.DataFrame(DRAWS, columns=["laser", "cream"])
    shares = rank_probabilities(draws)
    assert list(shares.index) == ["laser", "cream"]
    np.testing.assert_array_equal(shares.to_numpy(), rank_probabilities(DRAWS))
    found = sucra(shares)
    assert list(found.index) == ["laser", "cream"]
    np.testing.assert_array_equal(found.to_numpy(), sucra(shares.to_numpy()))


def test_a_number_for_a_spread_and_text_for_a_number_are_refused() -> None:
    with pytest.raises(InputError, match="LogNormal"):
        Gains(0.5)  # type: ignore[arg-type]
    found = network(contrasts(["s", "t"], ["a", "a"], ["b", "b"], [1.0, 1.2], [0.1, 0.2]), "b")
    with pytest.raises(InputError, match="text where numbers are needed"):
        found.gain("a").above("x")  # type: ignore[arg-type]


def test_break_even_stability_and_orders_of_weights_go_by_name() -> None:
    values = frame(VALUES, ("benefit", "cost"), OPTIONS)
    weights = pd.Series({"cost": 0.2, "benefit": 0.8})
    by_place = mcda.break_even(VALUES, [0.8, 0.2], 2, 1, [0, 1], [0, 1])
    assert mcda.break_even(values, weights, "cream", "cost", [0, 1], [0, 1]) == by_place
    assert mcda.break_even(values[["cost", "benefit"]], weights, "cream", "cost", [0, 1], [0, 1]) == by_place
    stable = mcda.weight_stability(values, weights, "needling")
    assert (list(stable.index), list(stable.columns)) == (["benefit", "cost"], ["low", "high"])
    np.testing.assert_array_equal(stable, mcda.weight_stability(VALUES, [0.8, 0.2], 1))
    with pytest.raises(InputError, match=r"no option 'creme' \(there are laser, needling, cream\)"):
        mcda.break_even(values, weights, "creme", "cost", [0, 1], [0, 1])
    with pytest.raises(InputError, match="no winner 0"):
        mcda.weight_stability(values, weights, 0)

    by_name = mcda.weights_for(values, 50, 1, order=["cost", "benefit"])
    assert list(by_name.columns) == ["benefit", "cost"]
    np.testing.assert_array_equal(by_name, mcda.weights_for(2, 50, 1, order=[1, 0]))
    np.testing.assert_array_equal(by_name, mcda.weights_for(["benefit", "cost"], 50, 1, order=["cost", "benefit"]))
    np.testing.assert_array_equal(
        mcda.weights_for(values, 50, 1, profile=weights, slack=0.3),
        mcda.weights_for(2, 50, 1, profile=[0.8, 0.2], slack=0.3),
    )
    turned = mcda.smaa(values[["cost", "benefit"]], by_name)
    np.testing.assert_array_equal(turned.p_best, mcda.smaa(VALUES, by_name.to_numpy()).p_best)
    with pytest.raises(InputError, match="no criterion 'costs'"):
        mcda.weights_for(values, 50, 1, order=["costs"])
    with pytest.raises(InputError, match="different names"):
        mcda.weights_for(values, 50, 1, profile={"benefit": 1, "price": 2})


@pytest.mark.parametrize("library", [pd, polars])
def test_what_perfect_information_is_worth_comes_by_threshold_from_either_library(library: Any) -> None:
    cost, effect = (library.DataFrame({"none": np.zeros(300), "drug": column}) for column in (DRAWS[:, 1], DRAWS[:, 0]))
    found = economics.evpi(cost, effect, [1, 2])
    plain = economics.evpi(np.asarray(cost), np.asarray(effect), [1, 2])
    if library is pd:
        assert (found.name, found.index.name, list(found.index)) == ("evpi", "threshold", [1.0, 2.0])
        np.testing.assert_array_equal(found, plain)
    else:
        assert found.columns == ["threshold", "evpi"]
        np.testing.assert_array_equal(found["evpi"], plain)
    drawn = mcda.weights_for(cost, 4, 1)
    assert list(drawn.columns) == ["none", "drug"]
    assert mcda.smaa(cost, drawn).draws == 4


def test_what_is_missing_is_told_by_its_name() -> None:
    hole = frame(np.where(VALUES == 0.8, np.nan, VALUES), ("benefit", "cost"), OPTIONS)
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: mcda.smaa(hole, [0.5, 0.5]), "values holds .* in column 'cost'"),
        (lambda: mcda.weighted_sum(hole, [0.5, 0.5]), "the matrix holds .* in column 'cost'"),
        (lambda: mcda.piecewise(hole["cost"], [0, 1], [0, 1]), "the performance of 'needling' is not a number"),
        (lambda: economics.evppi(COST, EFFECT, 1, PARAMETERS.mask(PARAMETERS["y"] > 0.5)), "in column 'x'"),
        (lambda: economics.ceac(COST, EFFECT.assign(drug=np.nan), 1), "effect holds .* in column 'drug'"),
        (lambda: mcda.evpi(EFFECT.assign(drug=np.nan)), "scores holds .* in column 'drug'"),
        (lambda: contrasts(["s", "t"], ["a", "a"], ["b", "b"], [1.0, np.nan], [0.1, 0.2]), "difference of study 't'"),
    ]
    for call, words in calls:
        with pytest.raises(InputError, match=words):
            call()


def test_a_series_is_one_parameter() -> None:
    found = economics.evppi(COST, EFFECT, [1, 2], PARAMETERS["x"].iloc[::-1])
    assert list(found.columns) == ["x"]
    np.testing.assert_allclose(found["x"], economics.evppi(COST, EFFECT, [1, 2], PARAMETERS)["x"])


def test_an_order_agrees_with_itself_by_one_at_most() -> None:
    assert mcda.kendall_tau([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) == 1.0
    assert mcda.kendall_tau([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]) == -1.0


def test_heterogeneity_may_be_any_number() -> None:
    rows = contrasts(["s", "t"], ["a", "a"], ["b", "b"], [1.0, 1.2], [0.1, 0.2])
    assert network(rows, "b", heterogeneity=np.float32(0.5)).mean == pytest.approx(
        network(rows, "b", heterogeneity=0.5).mean
    )


def test_a_league_is_ordered_by_scores_of_its_treatments_names() -> None:
    league = league_table([0.0, 1.0, 3.0], np.eye(3) * 0.01, ["a", "b", "c"])
    scores = pd.Series({"c": 2.0, "b": 1.0, "a": 0.0})
    assert league.ordered(scores).names == league.ordered(dict(scores)).names == ("c", "b", "a")
    assert league.ordered([0, 1, 2]).names == ("c", "b", "a")
    with pytest.raises(InputError, match="different names"):
        league.ordered(pd.Series([2.0, 1.0, 0.0], index=list("xyz")))
    with pytest.raises(InputError, match="finite"):
        league.ordered([0, np.nan, 1])


def test_names_of_a_league_stand_beside_its_means() -> None:
    means, names = pd.Series({"a": 0.0, "b": 1.0}), pd.Series({"b": "B", "a": "A"})
    assert league_table(means, np.eye(2), names).names == ("A", "B")


def test_means_and_spreads_are_matched_and_their_worth_is_named() -> None:
    found = mcda.expected_value(pd.Series({"a": 0.1, "b": 0.9}), pd.Series({"b": 0.0, "a": 0.5}), [0, 1], [0, 1])
    assert list(found.index) == ["a", "b"]
    assert found["a"] == pytest.approx(float(mcda.expected_value(0.1, 0.5, [0, 1], [0, 1])))
    assert found["b"] == pytest.approx(0.9)
    table = frame(VALUES, ("x", "y"), OPTIONS)
    wide = frame(VALUES[::-1, ::-1], ("y", "x"), OPTIONS[::-1])
    both = mcda.expected_value(table, wide, [0, 1], [0, 1])
    assert both.to_numpy() == pytest.approx(mcda.expected_value(VALUES, VALUES, [0, 1], [0, 1]))
    assert list(both.columns) == ["x", "y"]
    mixed = mcda.expected_value(table, 0.1, [0, 1], [0, 1], pd.Series({"y": 0.75, "x": 0.25}))
    assert mixed.to_numpy() == pytest.approx(mcda.expected_value(VALUES, 0.1, [0, 1], [0, 1], [0.25, 0.75]))
    assert list(mixed.index) == list(OPTIONS)
    gained = mcda.expected_worth(
        pd.Series({"a": 0.1, "b": 0.9}), pd.Series({"b": 0.0, "a": 0.5}), [-1, 0, 1], [-1, 0, 1]
    )
    assert gained.gain["b"] == pytest.approx(0.9)
    with pytest.raises(InputError, match="different names"):
        mcda.expected_value(pd.Series({"a": 0.1}), pd.Series({"b": 0.5}), [0, 1], [0, 1])
    with pytest.raises(InputError, match="different sizes"):
        mcda.expected_value([0.1, 0.2], [0.1, 0.2, 0.3], [0, 1], [0, 1])


def test_anchors_are_matched_by_name() -> None:
    at, value = pd.Series({"worst": 0.0, "best": 10.0}), pd.Series({"best": 1.0, "worst": 0.0})
    assert mcda.piecewise(5, at, value) == mcda.piecewise(5, [0, 10], [0, 1])
    assert mcda.piecewise(2, at, value) == pytest.approx(0.2)
    turned = mcda.break_even(VALUES, [0.5, 0.5], 0, 0, at, value)
    assert turned == mcda.break_even(VALUES, [0.5, 0.5], 0, 0, [0, 10], [0, 1])


def test_tiers_take_columns_in_the_order_of_their_rows() -> None:
    better = np.array([[0.5, 0.9, 0.95], [0.1, 0.5, 0.6], [0.05, 0.4, 0.5]])
    named = frame(better, OPTIONS, OPTIONS)
    assert mcda.tiers(named[list(OPTIONS[::-1])]).to_dict() == dict(zip(OPTIONS, mcda.tiers(better), strict=True))


def test_a_forest_plot_takes_its_rows_by_name() -> None:
    e = pd.Series({"a": 1.0, "b": 5.0})
    plot = forest_plot(["A", "B"], e, (e - 1).iloc[::-1], (e + 1).iloc[::-1])
    assert [row["low"] for row in plot["data"]["values"]] == [0.0, 4.0]


def clash_draws(name: str) -> Any:
    return polars.DataFrame({name: DRAWS[:, 0], "y": DRAWS[:, 1]})


CLASHES: dict[str, Callable[[], Any]] = {
    "economics.evppi": lambda: economics.evppi(COST.to_numpy(), EFFECT.to_numpy(), [1, 2], clash_draws("threshold")),
    "ceac": lambda: economics.ceac(clash_draws("threshold"), clash_draws("threshold"), [1, 2]),
    "mcda.evppi": lambda: mcda.evppi(
        DRAWS,
        polars.DataFrame({"a + b": DRAWS[:, 0], "a": DRAWS[:, 1], "b": DRAWS[:, 1]}),
        together=[["a + b"], ["a", "b"]],
    ),
    "topsis": lambda: mcda.topsis(polars.DataFrame({"score": list("ab"), "x": [1, 2]}), [1]),
}


@pytest.mark.parametrize("name", CLASHES)
def test_a_name_that_a_result_needs_for_itself_is_refused_and_never_overwrites_a_column(name: str) -> None:
    with pytest.raises(InputError, match=r"two columns of the result would be called '(threshold|score|a \+ b)'"):
        CLASHES[name]()


def test_an_index_of_pandas_is_read_as_the_numbers_it_holds() -> None:
    assert mcda.ranks(pd.Index([3, 1, 2])).tolist() == [1, 3, 2]


@pytest.mark.parametrize("library", [pd.DataFrame, polars.DataFrame])
@pytest.mark.parametrize("column", [["1", "2"], ["1,000", " 2.5e3"]])
def test_numbers_written_as_text_are_not_taken_for_names(library: Any, column: list[str]) -> None:
    with pytest.raises(InputError, match="column 'cost' of the matrix holds numbers written as text"):
        mcda.topsis(library({"cost": column, "b": [1, 2], "c": [3, 4]}), [1, 1])


@pytest.mark.parametrize("call", [mcda.topsis, mcda.weighted_sum, mcda.smaa])
def test_a_wrong_number_of_weights_is_told_with_the_column_that_names_the_rows(call: Callable[..., Any]) -> None:
    table = pd.DataFrame({"cost": ["cheap", "dear"], "b": [1, 2], "c": [3, 4]})
    with pytest.raises(InputError, match=r"2 criteria need as many weights.*not 3.*column 'cost' holds text.*names"):
        call(table, [1, 1, 1])


@pytest.mark.parametrize("library", [pd.DataFrame, polars.DataFrame])
@pytest.mark.parametrize("call", [mcda.topsis, mcda.weighted_sum, mcda.smaa])
def test_weights_may_be_a_table_of_criteria_and_weights(call: Callable[..., Any], library: Any) -> None:
    values = frame(VALUES, ("x", "y"), OPTIONS)
    listed = library({"criterion": ["y", "x"], "weight": [3.0, 1.0]})

    def told(found: Any) -> list[float]:
        return getattr(found, "expected_rank", found).tolist()  # type: ignore[no-any-return]

    assert told(call(values, listed)) == told(call(values, {"x": 1.0, "y": 3.0}))


def test_weights_of_a_wrong_shape_are_told_by_their_shape() -> None:
    with pytest.raises(InputError, match=r"2 criteria need as many weights.*shape \(2, 2, 2\)"):
        mcda.topsis(VALUES, np.ones((2, 2, 2)))
    with pytest.raises(InputError, match=r"2 criteria need as many weights.*shape \(4, 2\)"):
        mcda.weighted_sum(VALUES, np.ones((4, 2)))


def test_the_best_and_the_worst_go_by_name() -> None:
    best, worst = pd.Series({"a": 1, "b": 2, "c": 8}), pd.Series({"c": 1, "a": 8, "b": 4})
    found = mcda.best_worst(best, worst, "a", "c")
    assert found.weights.to_dict() == dict(zip("abc", mcda.best_worst([1, 2, 8], [8, 4, 1], 0, 2).weights, strict=True))
    with pytest.raises(InputError, match="there is no best 'd'"):
        mcda.best_worst(best, worst, "d", "c")


def test_weights_of_an_order_may_be_asked_by_name() -> None:
    plain = mcda.rank_order_centroid([1, 0], 3)
    assert mcda.rank_order_centroid(["b", "a"], ["a", "b", "c"]).tolist() == plain.tolist()
    assert mcda.rank_order_centroid(["b", "a"]).tolist() == [0.75, 0.25]
    assert mcda.rank_order_centroid([1, 0]).tolist() == [0.25, 0.75]
