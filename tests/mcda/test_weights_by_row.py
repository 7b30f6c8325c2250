"""Weights that stand one a row, as a table of criteria and weights has them, are one set and not draws of one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest

from decide import mcda

NAMES, POINTS = ["benefit", "cost"], [3.0, 1.0]
TABLES: dict[str, Any] = {
    "polars, names in a column": polars.DataFrame({"criterion": NAMES, "weight": POINTS}),
    "polars, no names": polars.DataFrame({"weight": POINTS}),
    "pandas, names in the index": pd.DataFrame({"weight": POINTS}, index=NAMES),
    "pandas, names in a column": pd.DataFrame({"criterion": NAMES, "weight": POINTS}),
    "pandas, no names": pd.DataFrame({"weight": POINTS}),
    "a mapping of columns": {"criterion": NAMES, "weight": POINTS},
    "a mapping of one column": {"weight": POINTS},
    "a series": pd.Series(POINTS, NAMES),
    "a mapping of names": dict(zip(NAMES, POINTS, strict=True)),
}


@pytest.mark.parametrize("call", [mcda.normalised, mcda.swing_weights])
@pytest.mark.parametrize("kind", TABLES)
def test_one_weight_a_row_is_one_set_that_sums_to_one(kind: str, call: Callable[[Any], Any]) -> None:
    found = call(TABLES[kind])
    numbers = found["weight"] if hasattr(found, "columns") else found
    assert list(numbers) == [0.75, 0.25]
    if kind.startswith("polars, names"):
        assert found["criterion"].to_list() == NAMES
    elif kind.startswith("pandas, names") or kind == "a series":
        assert list(found.index) == NAMES


def test_draws_of_weights_are_still_one_set_a_row() -> None:
    drawn = pd.DataFrame([[3.0, 1.0], [1.0, 1.0]], columns=NAMES)
    assert mcda.normalised(drawn).to_numpy().tolist() == [[0.75, 0.25], [0.5, 0.5]]
    assert mcda.normalised({"benefit": [3.0, 1.0], "cost": [1.0, 1.0]}).tolist() == [[0.75, 0.25], [0.5, 0.5]]
    assert mcda.normalised(np.array([[3.0], [1.0]])).tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize("kind", [kind for kind in TABLES if "no names" not in kind and "one column" not in kind])
def test_every_method_reads_them_by_their_names(kind: str) -> None:
    values = pd.DataFrame({"cost": [0.9, 0.2], "benefit": [0.1, 0.8]}, index=["laser", "cream"])
    plain = [1.0, 3.0]
    for method in (mcda.weighted_sum, mcda.topsis, mcda.vikor, mcda.promethee_ii, mcda.copras, mcda.weighted_product):
        assert method(values, TABLES[kind]).tolist() == pytest.approx(method(values, plain).tolist())
    found = mcda.smaa(values, TABLES[kind])
    assert found.expected_rank.tolist() == mcda.smaa(values, plain).expected_rank.tolist()


@pytest.mark.parametrize("kind", TABLES)
def test_draws_around_a_profile_read_it_alike(kind: str) -> None:
    drawn = mcda.weights_for(["benefit", "cost"], 3, 1, profile=TABLES[kind])
    assert drawn.tolist() == [[0.75, 0.25]] * 3
