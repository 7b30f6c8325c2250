"""Whatever holds numbers is read by what it holds: never by its labels, by chance, or by the place of what is named."""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide import economics, mcda, plans
from decide.errors import InputError
from decide.mcda.labelled import listed
from decide.synthesis import arms, contrasts, league_table

RNG = np.random.default_rng(0)
TABLE = pd.DataFrame({"benefit": [30.0, 20.0, 25.0], "cost": [1500.0, 300.0, 700.0]})
WEIGHTS, DIRECTIONS = {"cost": 0.2, "benefit": 0.8}, {"cost": -1, "benefit": 1}
DRAWS = pd.DataFrame(RNG.uniform(1, 9, (100, 3)))
Pair = namedtuple("Pair", "cost benefit")


# --- tables inside a mapping ------------------------------------------------------------------------------------------

OF_TABLES: dict[str, Callable[[Any], object]] = {
    "smaa": lambda it: mcda.smaa(it, np.full((100, 3), 1.0)),
    "weighted_sum": lambda it: mcda.weighted_sum(it, [1, 1]),
    "topsis": lambda it: mcda.topsis(it, [1, 1]),
    "weights": lambda it: mcda.topsis(np.ones((3, 2)), it),
    "directions": lambda it: mcda.topsis(np.ones((3, 2)), [1, 1], it),
    "ranks": mcda.ranks,
    "tornado": lambda it: mcda.tornado(it, it, it, [1, 1]),
    "weights_for": lambda it: mcda.weights_for(it, 3, 0),
    "kendall_tau": lambda it: mcda.kendall_tau(it, it),
    "evpi": mcda.evpi,
    "evppi": lambda it: mcda.evppi(np.ones((100, 2)), it),
    "ceac": lambda it: economics.ceac(it, it, [1.0]),
    "icers": lambda it: economics.icers(it, it),
    "icers names": lambda it: economics.icers([1, 2], [1, 2], it),
    "nmb": lambda it: economics.nmb(it, it, 1),
    "problem": lambda it: plans.problem(it, [0.1, 0.2], ["a", "b"]),
    "benefit": lambda it: plans.problem([1, 2], it, ["a", "b"]),
    "group": lambda it: plans.problem([1, 2], [0.1, 0.2], it),
    "league_table": lambda it: league_table(it, np.eye(2)),
    "arms": lambda it: arms(it, ["a", "b"], [1, 2], [1, 1]),
}


@pytest.mark.parametrize("library", [pd.DataFrame, polars.DataFrame, pyarrow.Table.from_pandas])
@pytest.mark.parametrize("name", OF_TABLES)
def test_tables_inside_a_mapping_are_never_read_as_their_labels(name: str, library: Any) -> None:
    good, bad = (DRAWS.set_axis(list("abc"), axis=1) + k for k in (5, 0))
    if library is polars.DataFrame:
        good, bad = good.to_dict("list"), bad.to_dict("list")
    with pytest.raises(InputError):
        OF_TABLES[name]({"good": library(good), "bad": library(bad)})


@given(st.integers(0, 2**31))
def test_a_table_of_one_column_inside_a_mapping_is_that_column(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cost, effect = (pd.DataFrame(rng.uniform(1, 9, (20, 2)), columns=["none", "drug"]) for _ in range(2))
    expected = economics.ceac(cost, effect, [1.0, 2.0]).to_numpy()
    for kind in (lambda one: one.to_frame("x"), lambda one: polars.DataFrame({"x": one.to_numpy()})):
        found = economics.ceac(*({name: kind(it[name]) for name in it} for it in (cost, effect)), [1.0, 2.0])
        np.testing.assert_array_equal(found, expected)
    both = {"cost": cost, "effect": effect[["drug", "none"]]}
    stacked = mcda.piecewise(both, [0, 10], [0, 1])  # number by number, columns by their names
    np.testing.assert_allclose(stacked, np.stack([cost, effect]) / 10)
    shuffled = {name: effect[[name]].sample(frac=1, random_state=seed) for name in reversed(effect.columns)}
    np.testing.assert_array_equal(economics.ceac(cost, shuffled, [1.0, 2.0]), expected)


def test_names_in_a_table_are_its_one_column() -> None:
    for library in (pd.DataFrame, polars.DataFrame, pyarrow.Table.from_pydict):
        rows = economics.icers([1.0, 2.0], [2.0, 5.0], library({"strategy": ["one", "two"]}))
        assert [row.strategy for row in rows] == ["one", "two"]
        found = contrasts(library({0: ["s"]}) if library is pd.DataFrame else ["s"], ["a"], ["b"], [1.0], [1.0])
        assert found[0].study == "s"


# --- an order is meant ------------------------------------------------------------------------------------------------

ORDERED: dict[str, Callable[[Any], object]] = {
    "criteria": lambda it: mcda.weights_for(it, 3, 0),
    "order": lambda it: mcda.weights_for(["a", "b", "c"], 3, 0, order=it),
    "rank_order_centroid": mcda.rank_order_centroid,
    "names": lambda it: economics.icers([1, 2, 3], [1, 2, 3], it),
    "group": lambda it: plans.problem([1, 2, 3], [0.1, 0.2, 0.3], it),
    "mechanism": lambda it: plans.problem([1, 2, 3], [0.1, 0.2, 0.3], ["x", "y", "z"], mechanism=it),
    "league": lambda it: league_table([1, 2, 3], np.eye(3), it),
    "study": lambda it: arms(it, ["a", "b", "c"], [1, 2, 3], [1, 1, 1]),
    "treatment": lambda it: contrasts(["x", "y", "z"], it, ["p", "p", "p"], [1, 2, 3], [1, 1, 1]),
}
NUMBERS: dict[str, Callable[[Any], object]] = {
    "at": lambda it: mcda.piecewise([1, 2], it, [0, 0.5, 1]),
    "value": lambda it: mcda.piecewise([1, 2], [0, 1, 2], it),
    "scores": mcda.ranks,
    "weights": lambda it: mcda.weighted_sum([[1, 2, 3]], it),
    "cost": lambda it: economics.icers(it, [1, 2, 3]),
    "thresholds": lambda it: economics.ceac([[1, 2]], [[1, 2]], it),
    "together": lambda it: mcda.evppi(np.ones((100, 2)), np.ones((100, 3)), together=it),
}


@pytest.mark.parametrize("kind", [set, frozenset, lambda it: dict.fromkeys(it).keys() & set(it)])
def test_what_has_no_order_is_refused_where_one_is_meant(kind: Callable[[Any], Any]) -> None:
    for name, call in {**ORDERED, **NUMBERS}.items():
        with pytest.raises(InputError) as told:
            call(kind(["a", "b", "c"] if name in ORDERED else [0, 1, 2]))
        assert "\n" not in str(told.value)


def test_what_keeps_its_order_is_a_list_and_what_needs_none_may_be_a_set() -> None:
    for names in (dict.fromkeys("abc").keys(), dict(enumerate("abc")).values(), iter("abc")):
        assert [row.strategy for row in economics.icers([1, 2, 3], [1, 2, 3], names)] == ["a", "b", "c"]
    assert sorted(listed("it", {1, 2}, ordered=False)) == [1, 2]
    made = plans.problem([1, 2, 3], [0.1, 0.2, 0.3], ["x", "y", "z"], include={"x"}, forbidden={("y", "z")})
    assert (made.include, made.forbidden) == ((0,), ((1, 2),))
    x = pd.DataFrame(RNG.normal(size=(200, 2)), columns=["a", "b"])
    scores = np.column_stack([np.zeros(200), x.sum(axis=1)])
    assert mcda.evppi(scores, x, together=[{"b", "a"}]).index.tolist() == ["a + b"]


# --- a column of numbers that somebody spoilt -------------------------------------------------------------------------


@pytest.mark.parametrize("library", [pd.DataFrame, polars.DataFrame, dict, pyarrow.Table.from_pydict])
@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (["30", "22", "-"], "30"),
        (["$1,500", "$20", ""], "$1,500"),
        (["n/a", "£20", "none"], "£20"),
        (["low", "5 %", "high"], "5 %"),
        (["-1.5", "x", "y"], "-1.5"),
        (["a", "b", "−3"], "−3"),
        (["(5)", "x", "y"], "(5)"),
        (["1 500", "x", "y"], "1 500"),
        ([".5", "x", "1e-3"], ".5"),
        (["", "", "€7"], "€7"),
        (["US$30", "US$22", "US$12"], "US$30"),
        (["30 USD", "22 USD", "unknown"], "30 USD"),
        (["30k", "n/a", "N.A."], "30k"),
        (["12 days", "3 days", "a day"], "12 days"),
        (["30±2", "22±1", "-"], "30±2"),
    ],
)
def test_a_first_column_of_spoilt_numbers_is_no_column_of_names(library: Any, column: list[str], cell: str) -> None:
    table = library({"cost": column, "b": [1.0, 2.0, 3.0], "c": [3.0, 1.0, 2.0]})
    for call in (mcda.weighted_sum, mcda.topsis, lambda it, w: mcda.smaa(it, [w])):
        with pytest.raises(InputError, match=r"column 'cost' of .* holds numbers written as text") as told:
            call(table, [1, 1])
        assert repr(cell) in str(told.value)


@pytest.mark.parametrize("column", [["n/a"] * 3, ["nan", "", "#N/A"], ["-", "?", "x"]])
def test_a_first_column_of_gaps_is_no_column_of_names(column: list[str]) -> None:
    with pytest.raises(InputError, match=r"column 'cost' of the matrix holds hardly more than gaps"):
        mcda.topsis({"cost": column, "b": [1.0, 2.0, 3.0], "c": [3.0, 1.0, 2.0]}, [1, 1])


def test_names_with_figures_in_them_are_names_and_an_index_is_told() -> None:
    for names in (
        ["5-FU", "1540 nm", "PRP 3x"], ["Lewin2007", "Kim2007", "option 3"], ["none", "5-FU", "n/a"],
        ["10-20", "20-30", "2020-01-01"], ["A1", "B2", "-"], ["x", "", "½"],
    ):  # fmt: skip
        assert mcda.weighted_sum({"n": names, "b": [1.0, 2.0, 3.0]}, [1]).tolist() == [1, 2, 3]
    told = pd.DataFrame({"b": [1.0, 2.0]}, index=["30", "22"])
    assert mcda.weighted_sum(told, [1]).to_dict() == {"30": 1, "22": 2}


# --- pyarrow, and named tuples ----------------------------------------------------------------------------------------

METHODS = {"weighted_sum": mcda.weighted_sum, **{name: method.score for name, method in mcda.METHODS.items()}}


@pytest.mark.parametrize("kind", [lambda it: it, lambda it: it.to_batches()[0]])
@pytest.mark.parametrize("name", METHODS)
def test_a_table_of_pyarrow_is_read_by_its_names(name: str, kind: Any) -> None:
    plain = METHODS[name](TABLE, WEIGHTS, DIRECTIONS)
    for frame in (TABLE, TABLE[["cost", "benefit"]]):
        found = METHODS[name](kind(pyarrow.Table.from_pandas(frame)), WEIGHTS, DIRECTIONS)
        np.testing.assert_allclose(found["score"].to_numpy(), plain, rtol=1e-12)
    named = pyarrow.table({"option": ["x", "y", "z"], **{one: TABLE[one] for one in TABLE}})
    found = METHODS[name](named, WEIGHTS, DIRECTIONS)
    assert found["option"].to_pylist() == ["x", "y", "z"]
    with pytest.raises(InputError, match="different names"):
        METHODS[name](named, {"cost": 1, "gain": 1}, [1, 1])


def test_draws_in_tables_of_pyarrow_go_by_their_columns() -> None:
    cost, effect = (pd.DataFrame(RNG.uniform(1, 9, (50, 2)), columns=["a", "b"]) for _ in range(2))
    expected = economics.ceac(cost, effect, [1.0, 2.0])
    found = economics.ceac(pyarrow.table(dict(cost)), pyarrow.table({one: effect[one] for one in "ba"}), [1.0, 2.0])
    assert found.column_names == ["threshold", "a", "b"]
    np.testing.assert_array_equal(found["b"].to_numpy(), expected["b"])
    weights = mcda.weights_for(pyarrow.table(dict(cost)), 10, 0)
    assert weights.column_names == ["a", "b"]
    assert mcda.smaa(pyarrow.table(dict(cost)), weights).criteria == ("a", "b")
    known = mcda.evppi(pyarrow.table(dict(cost)), pyarrow.table(dict(effect)))
    assert known["parameter"].to_pylist() == ["a", "b"]
    assert economics.evpi(pyarrow.table(dict(cost)), pyarrow.table(dict(effect)), [1.0]).column_names[-1] == "evpi"


@pytest.mark.parametrize("kind", [pyarrow.array, lambda it: pyarrow.chunked_array([it])])
def test_arrays_of_pyarrow_are_their_values(kind: Any) -> None:
    assert economics.icers(kind([1.0, 2.0]), kind([2.0, 5.0]), kind(["x", "y"])) == economics.icers(
        [1, 2], [2, 5], ["x", "y"]
    )
    assert mcda.ranks(kind([0.1, 0.9])).tolist() == [2, 1]
    assert mcda.topsis([[1, 2], [3, 1]], kind([1.0, 2.0])).tolist() == mcda.topsis([[1, 2], [3, 1]], [1, 2]).tolist()
    assert mcda.weighted_sum({"a": kind([1, 4]), "b": kind([2, 3])}, {"b": 10, "a": 1}).tolist() == [21, 34]
    assert contrasts(kind(["s"]), kind(["a"]), kind(["b"]), kind([1.0]), kind([1.0])) == contrasts(
        ["s"], ["a"], ["b"], [1.0], [1.0]
    )
    with pytest.raises(InputError):
        economics.icers(kind([1, 4]), kind([1, None]))


@pytest.mark.parametrize("name", METHODS)
def test_a_named_tuple_goes_by_its_fields(name: str) -> None:
    plain = METHODS[name](TABLE, WEIGHTS, DIRECTIONS)
    found = METHODS[name](TABLE, Pair(cost=0.2, benefit=0.8), Pair(cost=-1, benefit=1))
    np.testing.assert_array_equal(found, plain)
    rows = list(TABLE.itertuples(index=False))
    np.testing.assert_allclose(METHODS[name](rows, WEIGHTS, DIRECTIONS), plain, rtol=1e-12)
    with pytest.raises(InputError, match="different names"):
        METHODS[name](TABLE, namedtuple("Other", "cost gain")(1, 2), DIRECTIONS)
    assert economics.icers(Pair(1, 2), {"benefit": 5, "cost": 3}) == economics.icers([1, 2], [3, 5], Pair._fields)
