"""Whatever carries names is read by them: rows in another order are the same input, other names are refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest

from decide import economics, mcda, plans
from decide.errors import InputError
from decide.synthesis import Gains, arms, contrasts, network, rank_probabilities, sucra

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
