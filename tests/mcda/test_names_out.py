"""What had names going in has them coming out: indices with their own names, levels and all, and records."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest

from decide import economics, mcda, plans
from decide.errors import InputError

LEVELS = pd.MultiIndex.from_tuples([("us", "laser"), ("us", "cream"), ("uk", "laser")], names=["market", "option"])
FRAME = pd.DataFrame({"a": [0.9, 0.1, 0.5], "b": [0.2, 0.8, 0.4]}, index=LEVELS)
COLUMN = FRAME["a"]
SAME_SHAPE: dict[str, Callable[[Any], Any]] = {
    "piecewise": lambda x: mcda.piecewise(x, [0, 1], [0, 1]),
    "normalised": mcda.normalised,
    "nmb": lambda x: economics.nmb(x, x, 2.0),
    "expected_value": lambda x: mcda.expected_value(x, x * 0 + 0.1, [0, 1], [0, 1]),
}


@pytest.mark.parametrize("name", SAME_SHAPE)
def test_an_index_keeps_its_names_and_levels(name: str) -> None:
    for given in (FRAME, FRAME.droplevel("market").rename_axis(columns="criterion"), COLUMN):
        found = SAME_SHAPE[name](given)
        pd.testing.assert_index_equal(found.index, given.index)
        if isinstance(given, pd.DataFrame):
            pd.testing.assert_index_equal(found.columns, given.columns)
    pd.testing.assert_index_equal(mcda.topsis(FRAME, [1, 1]).index, LEVELS)
    pd.testing.assert_index_equal(mcda.ranks(mcda.topsis(FRAME, [1, 1])).index, LEVELS)


@pytest.mark.parametrize("name", ["topsis", *SAME_SHAPE])
def test_the_column_that_names_the_rows_comes_back_by_its_name(name: str) -> None:
    table = pd.read_csv(io.StringIO("option,a,b\nlaser,0.9,0.2\ncream,0.1,0.8\n"))
    if name == "expected_value":
        table = table.set_index("option")
    call = SAME_SHAPE.get(name, lambda x: mcda.topsis(x, [1, 1]))
    assert call(table).reset_index()["option"].tolist() == ["laser", "cream"]


def test_rows_that_are_named_twice_are_refused_unless_by_left_over_numbers() -> None:
    table = pd.DataFrame({"option": ["laser", "cream", "peel"], "a": [1.0, 2.0, 3.0], "b": [2.0, 1.0, 3.0]})
    for own in (table.set_index(pd.Index(["x", "y", "z"])), table.set_index(pd.Index([7, 8, 9], name="id"))):
        with pytest.raises(InputError, match=r"two names: their index, and column 'option'"):
            mcda.topsis(own, [1, 1])
    assert mcda.topsis(table[table.a > 1], [1, 1]).index.tolist() == ["cream", "peel"]
    same = table.set_index(pd.Index(table["option"]))
    assert mcda.topsis(same, [1, 1]).index.tolist() == ["laser", "cream", "peel"]


def test_a_tornado_says_whose_cell_it_is() -> None:
    values = pd.DataFrame([[0.9, 0.1], [0.3, 0.8]], index=["laser", "cream"], columns=["benefit", "cost"])
    weights = {"cost": 0.2, "benefit": 0.8}
    found = mcda.tornado(values * 0.5, values, values * 1.1, weights)
    bare = mcda.tornado(values.to_numpy() * 0.5, values.to_numpy(), values.to_numpy() * 1.1, [0.8, 0.2])
    first, *_ = found.records()
    i, j = bare.order[0]
    assert (first["option"], first["criterion"]) == (values.index[i], values.columns[j])
    assert first["swing"] == bare.swing.max()
    assert first["score_low"] == values.iloc[i] @ [0.8, 0.2] - 0.5 * values.iloc[i, j] * [0.8, 0.2][j]
    assert found.options[found.winner] == "laser"  # type: ignore[index]
    assert bare.options is None
    assert {(row["option"], row["criterion"]) for row in bare.records()} == {(a, b) for a in "12" for b in "12"}


def test_the_frontier_of_acceptability_has_rows() -> None:
    cost = pd.DataFrame({"none": [0.0, 0.0], "drug": [1.0, 1.0]})
    effect = pd.DataFrame({"drug": [1.0, 1.0], "none": [0.0, 0.0]})
    expected = [
        {"threshold": 0.5, "strategy": "none", "probability": 1.0, "net_benefit": 0.0},
        {"threshold": 3.0, "strategy": "drug", "probability": 1.0, "net_benefit": 2.0},
    ]
    assert economics.ceaf(cost, effect, [0.5, 3]).records() == expected
    bare = economics.ceaf(cost.to_numpy(), effect[["none", "drug"]].to_numpy(), [0.5, 3])
    assert [row["strategy"] for row in polars.DataFrame(bare.records()).to_dicts()] == ["1", "2"]


def test_the_least_consistent_criterion_is_told_by_its_name() -> None:
    first = pd.Series({"a": 1.0, "b": 9.0, "d": 3.0, "c": 8.0})
    second = pd.Series({"c": 1.0, "b": 5.0, "d": 3.0, "a": 8.0})
    by_name = mcda.best_worst(first, second, best="a", worst="c")
    by_place = mcda.best_worst([1, 9, 3, 8], [8, 5, 3, 1], best=0, worst=3)
    assert (by_name.least_consistent, by_place.least_consistent) == ("b", 1)


def test_items_of_a_plan_go_by_name() -> None:
    cost = pd.Series({"x": 10.0, "y": 20.0})
    made = plans.problem(cost, [0.3, 0.4], ["g", "h"], requires={"y": ["g"]})
    assert made.names == ("x", "y")
    assert made.requires == plans.problem([10, 20], [0.3, 0.4], ["g", "h"], requires={1: ["g"]}).requires
    assert [made.names[i] for i in plans.solve(made, 30).items] == ["x", "y"]
    for wrong, words in (
        ({"cost": -cost}, "cost of item 'x' is -10"),
        ({"benefit": [0.1, 1.0]}, "benefit of item 'y' for concern 0 is 1"),
        ({"requires": {"z": ["g"]}}, "no item that requires another 'z'"),
    ):
        with pytest.raises(InputError, match=words):
            plans.problem(**{"cost": cost, "benefit": [0.3, 0.4], "group": ["g", "h"], **wrong})  # type: ignore[arg-type]
    assert np.isfinite(made.cost).all()
