"""Tiers against every way to cut an order."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.mcda import tiers


def worth(labels: list[int], better: np.ndarray, level: float) -> float:
    return sum(level - better[i, j] for j in range(len(labels)) for i in range(j) if labels[i] == labels[j])


def every_cut(n: int) -> list[list[int]]:
    return [list(np.cumsum([0, *cut])) for cut in product((0, 1), repeat=n - 1)]


tables = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.integers(0, 20), min_size=n * n, max_size=n * n).map(
        lambda x: np.array(x, dtype=float).reshape(n, n) / 20
    )
)


@given(tables, st.sampled_from([0.6, 0.75, 0.9]))
def test_no_other_cut_contradicts_fewer_pairs(better: np.ndarray, level: float) -> None:
    found = tiers(better, level).tolist()
    assert found[0] == 0
    assert all(step in (0, 1) for step in np.diff(found))
    sums = [(worth(cut, better, level), -cut[-1]) for cut in every_cut(len(found))]
    most = max(value for value, _ in sums)
    assert worth(found, better, level) == pytest.approx(most, abs=1e-9)
    assert -found[-1] == max(count for value, count in sums if value > most - 1e-9)


def test_a_chain_of_close_neighbours_is_cut_where_the_ends_are_apart() -> None:
    """0.73, 0.70, 0.70 between neighbours, 0.87 and more further off.

    By hand: {1} {2, 3, 4} has 0.05 + 0.05 + 0.01, {1, 2} {3, 4} 0.02 + 0.05, all in one −0.19.
    """
    better = np.array([[0, 0.73, 0.87, 0.95], [0, 0, 0.70, 0.74], [0, 0, 0, 0.70], [0, 0, 0, 0]])
    assert tiers(better).tolist() == [0, 1, 1, 1]


def test_nobody_and_one() -> None:
    assert tiers(np.zeros((0, 0))).tolist() == []
    assert tiers([[0.5]]).tolist() == [0]


@pytest.mark.parametrize(
    ("better", "level", "words"),
    [([[0.5, 0.6]], 0.75, "square"), ([[0, 1.2], [0, 0]], 0.75, "0 to 1"), ([[0, 0.6], [0, 0]], 0.2, "0.5 and 1")],
)
def test_what_cannot_be_is_refused(better: list[list[float]], level: float, words: str) -> None:
    with pytest.raises(InputError) as told:
        tiers(better, level)
    assert words in f"{told.value.message} {told.value.hint}"
