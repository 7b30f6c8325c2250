"""At the ends of floats every function answers, or refuses in one line, without a warning."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest

from decide import economics, mcda
from decide.errors import InputError

BIG = 1e308
VALUES: list[Any] = [
    [[1, 2], [3, 1]],
    [[BIG, -BIG], [1, 2]],
    [[BIG, BIG], [BIG / 2, BIG]],
    [[5e-324, 0], [1e-310, 1]],
    [[-BIG, BIG], [BIG, -BIG]],
]
WEIGHTS = [[BIG, BIG], [0.5, 0.5], [1e-320, 1e-320], [BIG, 1e-300], [1, 0]]
CALLS: dict[str, Callable[[Any, Any], Any]] = {
    **{name: method.score for name, method in mcda.METHODS.items()},
    "topsis none": lambda v, w: mcda.topsis(v, w, normalise="none"),
    "weighted_sum": mcda.weighted_sum,
    **{
        f"weighted_sum {how}": lambda v, w, how=how: mcda.weighted_sum(v, w, [1, 1], normalise=how)
        for how in ("sum", "max")
    },
    "weight_stability": mcda.weight_stability,
    "break_even": lambda v, w: mcda.break_even(v, w, 0, 0, [0, 1], [0, 1]),
    "break_even far": lambda v, w: mcda.break_even(v, w, 0, 0, [-BIG, BIG], [-BIG, BIG]),
    "tornado": lambda v, w: mcda.tornado(v, v, v, w),
    "smaa": mcda.smaa,
    "smaa of draws": lambda v, w: mcda.smaa([v, v], [w, [1, 2]]),
    "smaa tolerance": lambda v, w: mcda.smaa([v, v], w, tolerance=BIG),
    "ranks": lambda v, _: mcda.ranks(v[0]),
    "kendall_tau": lambda v, _: mcda.kendall_tau(*v),
    "evpi": lambda v, _: mcda.evpi(v),
    "evppi": lambda v, _: mcda.evppi(v, v),
    "nmb": lambda v, _: economics.nmb(v, v, BIG),
    "nhb": lambda v, _: economics.nhb(v, v, 1e-5),
    "ceac": lambda v, _: economics.ceac(v, v, [1, BIG]),
    "icers": lambda v, _: economics.icers(*v),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_input_however_large_or_small_makes_a_warning_or_another_error(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for values in VALUES:
            for weights in WEIGHTS:
                try:
                    found = CALLS[name](values, weights)
                except InputError as error:
                    assert "\n" not in str(error)  # noqa: PT017
                    continue
                if isinstance(found, np.ndarray) and name != "weight_stability":
                    assert np.isfinite(found).all()


def test_large_numbers_have_the_ranges_and_crossings_of_small_ones() -> None:
    assert mcda.break_even([[1, 2], [3, 1]], [BIG, BIG], 0, 0, [0, 3], [0, 3]) == mcda.break_even(
        [[1, 2], [3, 1]], [1, 1], 0, 0, [0, 3], [0, 3]
    )
    found = mcda.weight_stability([[BIG, -BIG], [1, 2]], [0.5, 0.5], 1)
    assert found.tolist() == [[0, 0.5], [0.5, 1]]


def test_criteria_are_names_and_not_weights() -> None:
    table = {"benefit": [0.9, 0.4], "cost": [0.2, 0.8]}
    for given in (table, pd.DataFrame(table), polars.DataFrame(table)):
        drawn = np.asarray(mcda.weights_for(given, 20, 1, order=["cost", "benefit"]))
        assert np.array_equal(drawn, mcda.weights_for(["benefit", "cost"], 20, 1, order=["cost", "benefit"]))
    points = {"benefit": 3.0, "cost": 1.0}
    for weights in (pd.Series(points), pd.Series(points).astype(int), polars.Series([3.0, 1.0]), np.array([3.0, 1.0])):
        with pytest.raises(InputError, match=r"names, not weights.*profile"):
            mcda.weights_for(weights, 20, 1)
    assert mcda.weights_for(pd.Series(["benefit", "cost"]), 20, 1).shape == (20, 2)


def test_a_lone_column_of_text_is_told_to_be_taken_for_names() -> None:
    kinds, scores = pd.DataFrame({"kind": list("abcd")}), np.ones((4, 2))
    calls: list[Callable[[], Any]] = [
        lambda: mcda.evppi(scores, kinds),
        lambda: economics.evppi(scores, scores, [1], kinds),
        lambda: mcda.evpi(kinds),
        lambda: economics.ceac(kinds, kinds, [1]),
        lambda: mcda.topsis(kinds, [1]),
        lambda: mcda.smaa(kinds, [1]),
    ]
    for call in calls:
        with pytest.raises(InputError, match="column 'kind' holds text, and so names the rows"):
            call()


def test_what_is_no_whole_number_is_shown_in_part() -> None:
    with pytest.raises(InputError) as told:
        mcda.weights_for(3, "9" * 5000, 1)  # type: ignore[arg-type]
    assert len(str(told.value)) < 200
