"""Names and masks inside a mapping or a list count as they do outside; pandas' own alignment is what says how."""

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide import economics, mcda, plans
from decide.errors import InputError
from decide.synthesis import contrasts, forest_plot, league_table, p_scores

ROWS, COLUMNS = list("wxyz"), list("abc")
WEIGHTS = {"a": 0.5, "b": 0.3, "c": 0.2}
MATRIX: dict[str, Callable[[Any], Any]] = {
    "weighted_sum": lambda m: mcda.weighted_sum(m, WEIGHTS),
    **{name: lambda m, f=method.score: f(m, WEIGHTS) for name, method in mcda.METHODS.items()},
    "smaa": lambda m: mcda.smaa(m, [[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]).pairwise,
}


def shuffled(seed: int, labels: list[Any]) -> list[Any]:
    found: list[Any] = np.random.default_rng(seed).permutation(np.array(labels, dtype=object)).tolist()
    return found


def whole(seed: int) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(seed).uniform(1, 9, (4, 3)), index=ROWS, columns=COLUMNS)


def as_columns(frame: pd.DataFrame, seed: int) -> dict[Any, pd.Series]:
    """A series a column, each in an order of its own."""
    return {name: frame[name].loc[shuffled(seed + i, list(frame.index))] for i, name in enumerate(frame)}


def as_rows(frame: pd.DataFrame, seed: int) -> list[pd.Series]:
    """A series a row, each in an order of its own."""
    return [frame.loc[name, shuffled(seed + i, list(frame.columns))] for i, name in enumerate(frame.index)]


@given(st.integers(0, 2**31), st.sampled_from(sorted(MATRIX)), st.booleans())
def test_series_in_a_mapping_are_columns_that_pandas_brings_to_one_order(seed: int, name: str, nested: bool) -> None:
    columns = as_columns(whole(seed), seed)
    aligned = pd.DataFrame(columns).loc[list(columns["a"].index)]
    given_ = {key: column.to_dict() for key, column in columns.items()} if nested else columns
    np.testing.assert_allclose(MATRIX[name](given_), MATRIX[name](aligned), rtol=1e-12, atol=1e-12)


@given(st.integers(0, 2**31), st.sampled_from(sorted(MATRIX)), st.booleans())
def test_series_in_a_list_are_rows_that_pandas_brings_to_one_order(seed: int, name: str, nested: bool) -> None:
    rows = as_rows(whole(seed), seed)
    aligned = pd.DataFrame(rows)
    given_ = [row.to_dict() for row in rows] if nested else rows
    np.testing.assert_allclose(MATRIX[name](given_), MATRIX[name](aligned), rtol=1e-12, atol=1e-12)


@given(st.integers(0, 2**31), st.booleans())
def test_frames_in_a_list_are_draws_of_one_order(seed: int, polar: bool) -> None:
    drawn = [whole(seed + k) for k in range(3)]
    turned = [one.loc[shuffled(seed + k, ROWS), shuffled(seed + 7 * k, COLUMNS)] for k, one in enumerate(drawn)]
    order = turned[0].index
    oracle = np.array([one.loc[order, COLUMNS].to_numpy() for one in drawn])
    given_ = [polars.DataFrame({"option": list(one.index), **one}) for one in turned] if polar else turned
    found = mcda.smaa(given_, WEIGHTS)
    np.testing.assert_allclose(found.rank_acceptability, mcda.smaa(oracle, [0.5, 0.3, 0.2]).rank_acceptability)
    assert found.options == tuple(order)
    np.testing.assert_allclose(mcda.topsis(given_, WEIGHTS), mcda.topsis(oracle, [0.5, 0.3, 0.2]), rtol=1e-12)


@given(st.integers(0, 2**31))
def test_draws_of_cost_and_effect_in_a_mapping_are_those_of_a_frame(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = [f"d{i}" for i in range(20)]
    cost, effect = (pd.DataFrame(rng.normal(0, 1, (20, 2)), index=names, columns=["none", "drug"]) for _ in range(2))
    effect = effect[["drug", "none"]]
    rows = [cost.iloc[0], *as_rows(cost, seed)[1:]]
    pairs = [
        (as_columns(cost, seed), as_columns(effect, seed + 9)),
        (cost, as_columns(effect, seed)),
        (rows, effect),
    ]
    for function in (economics.ceac, economics.evpi, economics.expected_loss):
        for c, e in pairs:
            np.testing.assert_allclose(function(c, e, [1, 2]), np.asarray(function(cost, effect, [1, 2])), atol=1e-12)
    np.testing.assert_allclose(mcda.evpi(rows), mcda.evpi(cost))
    parameters = pd.DataFrame({"x": effect["drug"], "y": cost["drug"]})
    by_name = mcda.evppi(cost, as_columns(parameters, seed))
    np.testing.assert_allclose(by_name, np.asarray(mcda.evppi(cost, parameters)))


def test_draws_of_weights_and_components_go_by_their_names() -> None:
    by_name = [pd.Series({"a": 1.0, "b": 3.0}), pd.Series({"b": 1.0, "a": 1.0})]
    assert mcda.normalised(by_name).tolist() == [[0.25, 0.75], [0.5, 0.5]]
    assert mcda.normalised({"a": [1, 1], "b": [3, 1]}).tolist() == [[0.25, 0.75], [0.5, 0.5]]
    values = pd.DataFrame({"b": [0.0, 1.0], "a": [1.0, 0.0]})
    assert mcda.smaa(values, by_name).p_best.tolist() == mcda.smaa([[1, 0], [0, 1]], [[1, 3], [1, 1]]).p_best.tolist()
    columns = {"a": pd.Series([1.0, 1.0], ["p", "q"]), "b": pd.Series([1.0, 3.0], ["q", "p"])}
    assert mcda.smaa(values, columns).p_best.tolist() == mcda.smaa(values, by_name).p_best.tolist()
    mean, sd = {"a": [1.0, 2.0], "b": [3.0, 4.0]}, {"b": [0.3, 0.4], "a": [0.1, 0.2]}
    found = mcda.expected_value(mean, sd, [0, 5], [0, 1])
    np.testing.assert_allclose(found, mcda.expected_value([[1, 3], [2, 4]], [[0.1, 0.3], [0.2, 0.4]], [0, 5], [0, 1]))


def test_what_stands_beside_goes_by_the_keys_of_a_mapping() -> None:
    cost = {"a": 10.0, "b": 20.0}
    rows = economics.icers(cost, {"b": 2.0, "a": 1.0}, {"b": "B", "a": "A"})
    assert [(row.strategy, row.cost, row.effect) for row in rows] == [("A", 10, 1), ("B", 20, 2)]
    made = plans.problem(cost, [pd.Series({"k": 0.1, "l": 0.2}), pd.Series({"l": 0.4, "k": 0.3})], {"b": "h", "a": "g"})
    assert made.benefit.tolist() == [[0.1, 0.2], [0.3, 0.4]]
    assert made.labels == ("g", "h")
    weighed = plans.problem(
        cost, {"k": {"b": 0.3, "a": 0.1}, "l": {"a": 0.2, "b": 0.4}}, ["g", "h"], importance={"l": 3, "k": 1}
    )
    assert weighed.benefit.tolist() == [[0.1, 0.2], [0.3, 0.4]]
    assert weighed.importance.tolist() == [0.25, 0.75]
    found = contrasts({1: "s", 2: "t"}, {2: "b", 1: "a"}, ["p", "p"], {2: 2.0, 1: 1.0}, [0.1, 0.2])
    assert [tuple(row[:5]) for row in found] == [("s", "a", "p", 1.0, 0.1), ("t", "b", "p", 2.0, 0.2)]
    covariance = {"b": {"b": 2.0, "a": 0.5}, "a": {"a": 1.0, "b": 0.5}}
    np.testing.assert_allclose(p_scores({"a": 0.0, "b": 1.0}, covariance), p_scores([0, 1], [[1, 0.5], [0.5, 2]]))


class Draw(NamedTuple):
    """A table by columns, as a named tuple has it."""

    a: Any
    b: Any
    c: Any


@given(st.integers(0, 2**31), st.sampled_from(sorted(MATRIX)), st.sampled_from(["mapping", "series", "tuple"]))
def test_a_mapping_is_a_table_by_columns_inside_a_list_too(seed: int, name: str, kind: str) -> None:
    drawn = [whole(seed + k) for k in range(2)]
    turned = [one.loc[shuffled(seed, ROWS), shuffled(seed + k, COLUMNS)] for k, one in enumerate(drawn)]
    given_: Any = {
        "mapping": [one.to_dict("list") for one in turned],
        "series": [as_columns(one, seed) for one in turned],
        "tuple": [Draw(*(one[c].tolist() for c in COLUMNS)) for one in turned],
    }[kind]
    if name == "weighted_sum":
        for one, frame in zip(given_, turned, strict=True):
            np.testing.assert_allclose(MATRIX[name](one), MATRIX[name](frame.loc[list(row_order(one, frame))]))
        return
    rows, columns = row_order(given_[0], turned[0]), COLUMNS if kind == "tuple" else list(turned[0])
    oracle = [one.loc[list(rows), columns] for one in turned]
    np.testing.assert_allclose(MATRIX[name](given_), MATRIX[name](oracle), rtol=1e-9, atol=1e-12)


def row_order(one: Any, frame: pd.DataFrame) -> Any:
    first = one[0] if isinstance(one, tuple) else next(iter(one.values()))
    return first.index if isinstance(first, pd.Series) else frame.index


def test_a_mapping_is_a_table_by_columns_wherever_it_goes() -> None:
    one = {"benefit": [0.9, 0.5, 0.1], "cost": [0.2, 0.9, 0.8], "downtime": [0.1, 0.7, 0.9]}
    frame = pd.DataFrame(one)
    np.testing.assert_array_equal(mcda.piecewise(one, [0, 1], [0, 1]), mcda.piecewise(frame, [0, 1], [0, 1]))
    mixed = {"cost": 0.1, "downtime": 0.1, "benefit": 0.8}
    found = mcda.expected_value(one, 0.1, [0, 1], [0, 1], mixed)
    np.testing.assert_allclose(found, mcda.expected_value(frame, 0.1, [0, 1], [0, 1], mixed))
    for importance in ({"benefit": 1, "cost": 1, "downtime": 4}, {"downtime": 4, "benefit": 1, "cost": 1}):
        made, as_frame = (plans.problem([1.0] * 3, b, ["g", "h", "i"], importance=importance) for b in (one, frame))
        np.testing.assert_array_equal(made.benefit, as_frame.benefit)
        np.testing.assert_array_equal(made.importance, as_frame.importance)
        assert plans.solve(made, 1.0).items == plans.solve(as_frame, 1.0).items
    with pytest.raises(InputError, match="different names"):
        plans.problem({"a": 1.0, "b": 2.0}, {"a": {"k": 0.1, "l": 0.2}, "b": {"k": 0.3, "l": 0.4}}, ["g", "h"])


SERIES = pd.Series([1.0, 2.0], ["x", "y"])


@pytest.mark.parametrize(
    "call",
    [
        lambda: mcda.topsis({"a": SERIES, "b": SERIES.rename({"y": "z"})}, [1, 1]),
        lambda: mcda.topsis([SERIES, SERIES.rename({"y": "z"})], [1, 1]),
        lambda: mcda.smaa([whole(1), whole(2).rename(columns={"a": "A"})], [1, 1, 1]),
        lambda: mcda.smaa([whole(1), whole(2).rename(index={"w": "W"})], [1, 1, 1]),
        lambda: economics.ceac({"a": SERIES, "b": SERIES.rename({"y": "z"})}, [[1, 2], [1, 2]], 1),
        lambda: mcda.weighted_sum({"a": SERIES, "b": {"x": 1, "z": 2}}, [1, 1]),
    ],
)
def test_other_names_inside_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(InputError, match="different names"):
        call()


MASKED, CLEAR = np.ma.array([1.0, 999.0], mask=[0, 1]), np.ma.array([2.0, 3.0], mask=[0, 0])


@pytest.mark.parametrize(
    "call",
    [
        lambda: mcda.topsis([MASKED, CLEAR, [1.5, 2.0]], [0.5, 0.5]),
        lambda: mcda.topsis({"a": MASKED, "b": CLEAR}, [0.5, 0.5]),
        lambda: mcda.topsis([[[1.0, 2.0], CLEAR], [CLEAR, MASKED]], [0.5, 0.5]),
        lambda: mcda.topsis([[1.0, np.ma.masked], [1.0, 2.0]], [0.5, 0.5]),
        lambda: mcda.weighted_sum([[1, 2], [3, 4]], {"a": 1.0, "b": np.ma.masked}),
        lambda: mcda.smaa([[1, 2], [3, 4]], {"a": MASKED, "b": CLEAR}),
        lambda: mcda.piecewise(1.0, np.ma.array([0.0, 1.0], mask=[0, 1]), [0, 1]),
        lambda: mcda.piecewise(1.0, [0, 1], MASKED),
        lambda: economics.icers(MASKED, [1, 2]),
        lambda: economics.icers([1.0, 2.0], [1, 2], np.ma.array(["a", "b"], mask=[0, 1])),
        lambda: plans.problem([1.0, 2.0], [0.1, 0.2], np.ma.array(["g", "h"], mask=[0, 1])),
        lambda: contrasts(["s", "t"], np.ma.array(["a", "b"], mask=[1, 0]), ["p", "p"], [1, 2], [1, 1]),
    ],
)
def test_what_is_masked_is_never_read(call: Callable[[], object]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match="masked"):
            call()
    assert mcda.weighted_sum([CLEAR, [1.5, 2.0]], [1, 1]).tolist() == [5.0, 3.5]


class Counted:
    """A name that counts how often names like it are looked up."""

    asked = 0

    def __init__(self, name: int) -> None:
        self.name = name

    def __hash__(self) -> int:
        Counted.asked += 1
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted) and self.name == other.name


def test_each_name_is_looked_up_a_few_times_however_many_there_are() -> None:
    names = [Counted(i) for i in range(300)]
    cost, effect = ({name: float(name.name) for name in some} for some in (names, names[::-1]))
    Counted.asked = 0
    economics.nmb(cost, effect, 1.0)
    assert Counted.asked < 20 * len(names)


def test_names_in_another_order_than_the_numbers_mislabel_nothing() -> None:
    mean, low, high = (pd.Series({"b": b, "a": b - 1}) for b in (2.0, 1.0, 3.0))
    rows = forest_plot(["a", "b"], mean, low, high)["data"]["values"]
    assert [(row["name"], row["estimate"]) for row in rows] == [("a", 1.0), ("b", 2.0)]
    covariance = np.eye(2)
    for names in (["a", "b"], ["b", "a"], None):
        league = league_table(mean, covariance, names)
        assert league.estimate[league.names.index("b"), league.names.index("a")] == 1.0
        found = economics.icers(mean, {"a": 5.0, "b": 7.0}, names)
        assert {row.strategy: (row.cost, row.place) for row in found} == {"a": (1.0, 1), "b": (2.0, 0)}
    assert league_table(mean, covariance, ["B", "A"]).names == ("B", "A")
    assert league_table(mean, covariance, ["b", "A"]).names == ("b", "A")
    assert league_table(mean, covariance, {"a": "b", "b": "a"}).names == ("a", "b")
    assert league_table([2.0, 1.0], covariance, ["a", "b"]).names == ("a", "b")
    assert league_table(pd.Series([2.0, 1.0]), covariance, ["1", "0"]).names == ("1", "0")  # nobody named these
    for names in (["a", "c"], ["A", "b"]):
        for call in (
            lambda names: league_table(mean, covariance, names),
            lambda names: economics.icers(mean, [1.0, 2.0], names),
            lambda names: forest_plot(names, mean, low, high),
        ):
            with pytest.raises(InputError, match="different names"):
                call(names)
