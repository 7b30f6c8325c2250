"""Weights from people: points, and comparisons with the best and the worst criterion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from decide.errors import InputError
from decide.mcda import best_worst, swing_weights


def by_linear_programme(a: list[float], c: list[float], best: int, worst: int) -> float:
    """Rezaei's ξ by scipy's HiGHS."""
    n = len(a)
    rows = []
    for j in range(n):
        for one, other, times in ((best, j, a[j]), (j, worst, c[j])):
            if one == other:
                continue
            row = np.zeros(n + 1)
            row[one] += 1
            row[other] -= times
            for sign in (1, -1):
                line = sign * row
                line[n] = -1
                rows.append(line)
    solved = linprog(
        np.append(np.zeros(n), 1),
        A_ub=np.array(rows),
        b_ub=np.zeros(len(rows)),
        A_eq=[np.append(np.ones(n), 0)],
        b_eq=[1],
    )
    return float(solved.fun)


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[list[float], list[float], int, int]:
    n = draw(st.integers(2, 9))
    best, worst = draw(st.permutations(range(n)))[:2]
    grade = st.one_of(st.integers(1, 9).map(float), st.floats(1, 9))
    a, c = draw(st.lists(grade, min_size=n, max_size=n)), draw(st.lists(grade, min_size=n, max_size=n))
    a[best], c[worst], c[best] = 1.0, 1.0, a[worst]
    return a, c, best, worst


@given(comparisons())
def test_best_worst_weights_are_the_linear_programmes_optimum(
    case: tuple[list[float], list[float], int, int],
) -> None:
    a, c, best, worst = case
    found = best_worst(a, c, best, worst)
    w = found.weights
    assert w.sum() == pytest.approx(1)
    assert (w >= 0).all()
    gaps = [abs(w[best] - a[j] * w[j]) for j in range(len(a)) if j != best]
    gaps += [abs(w[j] - c[j] * w[worst]) for j in range(len(a)) if j != worst]
    assert found.deviation == pytest.approx(max(gaps), abs=1e-9)
    assert found.deviation == pytest.approx(by_linear_programme(a, c, best, worst), abs=1e-8)


@given(st.lists(st.floats(1, 3), min_size=2, max_size=8))
def test_comparisons_that_agree_give_back_the_weights_they_came_from(weights: list[float]) -> None:
    w = np.array(weights) / sum(weights)
    best, worst = int(w.argmax()), int(w.argmin())
    if best == worst:
        return
    a, c = w[best] / w, w / w[worst]
    a[worst] = c[best]
    found = best_worst(np.maximum(a, 1), np.maximum(c, 1), best, worst)
    np.testing.assert_allclose(found.weights, w, atol=1e-9)
    assert found.deviation == pytest.approx(0, abs=1e-9)
    if a[worst] > 1.001:
        assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_five_comparisons_worked_out() -> None:
    found = best_worst([2, 1, 4, 3, 8], [4, 8, 4, 2, 1], best=1, worst=4)
    # a_BC·a_CW against a_BW: 2·4, 4·4, 3·2 against 8, over 8² − 8
    assert found.consistency_ratio == pytest.approx(8 / 56)
    assert found.least_consistent == 2
    assert found.weights.argsort().tolist()[-1] == 1
    assert found.weights.argmin() == 4
    assert found.deviation == pytest.approx(by_linear_programme([2, 1, 4, 3, 8], [4, 8, 4, 2, 1], 1, 4), abs=1e-9)


def test_points_become_shares() -> None:
    assert swing_weights([100, 50, 0, 50]).tolist() == [0.5, 0.25, 0, 0.25]
    for points in ([0, 0], [-1, 2], [[1, 2]], 3, [np.nan, 1], []):
        with pytest.raises(InputError):
            swing_weights(points)


@pytest.mark.parametrize(
    ("a", "c", "best", "worst", "words"),
    [
        ([1, 2], [2, 1, 1], 0, 1, "one number per criterion"),
        ([1], [1], 0, 0, "two criteria"),
        ([1, 2], [2, 1], 0, 0, "two of the criteria"),
        ([1, 2], [2, 1], 0, 5, "worst must be from 0 to 1"),
        ([1, 12], [12, 1], 0, 1, "1 .* to 9"),
        ([1, np.nan], [2, 1], 0, 1, "1 .* to 9"),
        ([2, 2], [2, 1], 0, 1, "must be 1"),
        ([1, 2], [3, 1], 0, 1, "same number"),
    ],
)
def test_comparisons_that_cannot_be_are_refused_in_words(
    a: list[float], c: list[float], best: int, worst: int, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        best_worst(a, c, best, worst)
