"""What no function can use is an InputError of one line, never another library's error nor a silent NaN."""

import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest

import decide
from decide import economics, mcda, plans
from decide.errors import InputError
from decide.synthesis import (
    ArmRow,
    Gains,
    LogNormal,
    Model,
    Study,
    contrasts,
    forest_plot,
    league_table,
    network,
)

MONEY: list[Any] = [
    pd.NA,
    pd.NaT,
    pd.Series([1, 2]),
    pd.DataFrame({"a": [1, 2]}),
    np.array([1, 2]),
    np.array(5.0),
    np.ma.masked,
    polars.Series([1, 2]),
    polars.DataFrame({"a": [1]}),
    [1],
    {1: 2},
    object(),
    True,
    1j,
    float("nan"),
]


@pytest.mark.parametrize("amount", MONEY, ids=lambda one: type(one).__name__)
def test_what_is_no_amount_of_money_is_told(amount: Any) -> None:
    calls: list[Callable[[], object]] = [
        lambda: decide.rank("acne scars", market="us", budget=amount),
        lambda: decide.plan("acne scars", market="us", budget=amount),
        lambda: decide.compare(["microneedling", "dermaroller"], "acne scars", market="us", budget=amount),
        lambda: decide.why("microneedling", "acne scars", market="us", budget=amount),
        lambda: decide.instead("microneedling", spend=amount, concern="acne scars", market="us"),
    ]
    for call in calls:
        with pytest.raises(InputError) as told:
            call()
        assert "\n" not in str(told.value)


ROWS = contrasts(["s", "t"], ["a", "a"], ["b", "b"], [1, 1.2], [0.1, 0.2])
TWO = pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}, index=["x", "y"])
MISSING = pd.Series([1, None], dtype="Int64")
CALLS: dict[str, Callable[[], object]] = {
    "a mixture of one number": lambda: mcda.expected_value([0, 1], [1, 1], [-1, 0, 1], [-1, 0, 1], weights=1.0),
    "bias": lambda: network(ROWS, "b", studies={"s": Study(bias=1e200)}),
    "window": lambda: network(ROWS, "b", studies={"s": Study(window=1e200)}),
    "stretch": lambda: network([ArmRow("s", "p", 0, 1, stretch=1e200), ArmRow("s", "q", 0, 1)], "p"),
    "large variance": lambda: network([ArmRow("s", "p", 0, 1e308), ArmRow("s", "q", 0, 1e308)], "p"),
    "small variance": lambda: network([ArmRow("s", "p", 0, 5e-324), ArmRow("s", "q", 0, 1e-320)], "p"),
    "criteria": lambda: mcda.weights_for(MISSING, 5, 1, order=["a", "b"]),
    "order": lambda: mcda.rank_order_centroid(MISSING),
    "criteria of an order": lambda: mcda.rank_order_centroid(["a", "b"], pd.Series(["a", None], dtype="string")),
    "order of names": lambda: mcda.weights_for(["a", "b"], 5, 1, order=["a", pd.NA]),
    "order with nulls": lambda: mcda.weights_for(2, 5, 1, order=polars.Series([0, None])),
    "order of records": lambda: mcda.weights_for(2, 5, 1, order=np.rec.array([(0, 1), (1, 2)])),
    "order in a frame": lambda: mcda.weights_for(2, 5, 1, order=polars.DataFrame({"a": [1, None]})),  # type: ignore[arg-type]
    "winner": lambda: mcda.weight_stability(TWO, [1, 1], winner=pd.NA),
    "winners": lambda: mcda.weight_stability(TWO, [1, 1], winner=np.array([1, 2])),  # type: ignore[arg-type]
    "group of parameters": lambda: mcda.evppi(np.eye(2), TWO, together=[["a", pd.NA]]),
    "strategy": lambda: economics.icers([1, 2], [1, 2], [pd.NA, "b"]),  # type: ignore[list-item]
    "strategy nan": lambda: economics.icers([1, 2], [1, 2], [float("nan"), "b"]),  # type: ignore[list-item]
    "strategy of a series": lambda: economics.icers(pd.Series([1, 2], ["a", None]), pd.Series([1, 2], ["a", None])),
    "row of a plot": lambda: forest_plot(["a", None], [1, 1], [1, 1], [1, 1]),
    "treatment": lambda: league_table([0, 1], np.eye(2), ["a", pd.NA]),
    "group of a plan": lambda: plans.problem([1, 2], [0.1, 0.2], [pd.NA, "b"]),
    "columns of lists": lambda: mcda.topsis({"a": [[1, 2], [3, 4]], "b": [[1, 2], [3, 4]]}, [1, 1]),
}


@pytest.mark.parametrize("name", CALLS)
def test_odd_input_is_told_in_one_line(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError) as told:
            CALLS[name]()
    assert "\n" not in str(told.value)


def test_what_can_be_used_is() -> None:
    exact = Model(gains=Gains(LogNormal(Decimal("1"), Decimal("0.5"))), heterogeneity=LogNormal(Decimal("0.2"), 0.5))  # type: ignore[arg-type]
    plain = Model(gains=Gains(LogNormal(1, 0.5)), heterogeneity=LogNormal(0.2, 0.5))
    assert network(ROWS, "b", model=exact).gain("a").mean == network(ROWS, "b", model=plain).gain("a").mean
    missing = plans.problem([1, 2, 3], [0.1, 0.2, 0.3], list("abc"), mechanism=[pd.NA, float("nan"), "m"])
    assert missing.kind.tolist() == [0, 1, 2]  # a kind that is missing is one of its own
    one = pd.DataFrame({"benefit": [1.0, 2.0]}, index=["x", "y"])
    weights = pd.DataFrame({"weight": [3.0]}, index=["benefit"])
    assert mcda.weighted_sum(one, weights).to_dict() == {"x": 3.0, "y": 6.0}
    assert mcda.smaa(one, weights).p_best.tolist() == [0, 1]
    with pytest.raises(InputError, match="different names"):
        mcda.weighted_sum(one, weights.set_axis(["cost"]))
