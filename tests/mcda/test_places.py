"""Places by one sort of doctored numbers are the places that comparing scores gives."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.mcda.places import Ties, places, share, shared
from decide.synthesis import rank_probabilities


def tied(ties: Ties) -> list[tuple[int, ...]]:
    """Every option that ties: its draw, itself, its place, and how many share it."""
    return sorted(zip(*(one.tolist() for one in ties), strict=True))


@given(st.integers(1, 8), st.integers(1, 400), st.integers(0, 2**31), st.sampled_from([1e-3, 1e-12, 1e-15, 2e-16]))
def test_scores_a_last_digit_apart_are_told_apart(draws: int, options: int, seed: int, gap: float) -> None:
    # a few far scores and a crowd whose neighbours differ in the last digits, where the doctored bits are
    rng = np.random.default_rng(seed)
    scores = 0.5 + gap * rng.integers(0, 2 * options, (draws, options))
    scores[:, 0], scores[:, -1] = rng.choice([-3.0, 0.0, 0.5, 1.0], 2)
    place, first, ties = places(scores, 0.0)
    above = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    level = (scores[:, None, :] == scores[:, :, None]).sum(axis=2)
    assert np.array_equal(place, above)
    assert (above[np.arange(draws), first] == 0).all()
    assert tied(ties) == [(*at, above[at], level[at]) for at in zip(*np.nonzero(level > 1), strict=True)]


def test_neighbours_within_the_tolerance_tie_and_share_the_first_place_they_fill() -> None:
    place, first, ties = places(np.array([[0.1, 0.9, 0.9 + 1e-13, 0.5], [4, 3, 2, 1]]), 1e-12)
    assert place.tolist() == [[3, 0, 0, 2], [0, 1, 2, 3]]
    assert first[0] in (1, 2)
    assert first[1] == 0
    assert tied(ties) == [(0, 1, 0, 2), (0, 2, 0, 2)]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**31), st.sampled_from([0.0, 1e-15, 1e-12, 0.01, 0.3]))
def test_ties_by_tolerance_are_runs_of_the_sorted_scores(draws: int, options: int, seed: int, tolerance: float) -> None:
    """Against one argsort and a walk from the highest: ratings that add up to one sum in several ways."""
    rng = np.random.default_rng(seed)
    scores = (rng.integers(1, 6, (draws, options, 3)) / 5.0) @ rng.choice([0.1, 0.2, 0.3, 0.7], 3)
    scores *= 1 + rng.choice([0.0, 1e-16, 1e-13, 1e-3]) * rng.integers(0, 3, scores.shape)
    place, first, ties = places(scores, tolerance)
    expected = []
    for d, row in enumerate(scores):
        order = np.argsort(-row, kind="stable")
        runs = [[int(order[0])]]
        for before, i in pairwise(order):
            if row[before] - row[i] > tolerance * max(abs(row[before]), abs(row[i])):
                runs.append([])
            runs[-1].append(int(i))
        assert first[d] in runs[0]
        at = 0
        for run in runs:
            assert (place[d, run] == at).all()
            expected += [(d, i, at, len(run)) for i in run if len(run) > 1]
            at += len(run)
    assert tied(ties) == sorted(expected)
    assert np.array_equal(ties.draw, np.sort(ties.draw))


@given(st.integers(1, 30), st.integers(1, 12), st.integers(0, 2**31))
def test_options_that_tie_share_the_places_they_fill(draws: int, options: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(0, 4, (draws, options)).astype(float)
    place, _, ties = places(scores, 0.0)
    taken, expected = np.zeros((options, options)), np.zeros((options, options))
    for i in range(options):
        taken[i] = np.bincount(place[:, i], minlength=options)
    share(shared(ties, taken), taken, taken)
    for row in scores:
        for i, own in enumerate(row):
            above, level = int((row > own).sum()), int((row == own).sum())
            expected[i, above : above + level] += 1 / level
    np.testing.assert_allclose(taken, expected, atol=1e-12)
    np.testing.assert_allclose(rank_probabilities(scores) * draws, expected, atol=1e-12)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_score_that_is_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(InputError, match="finite"):
        places(np.array([[1.0, bad], [1.0, 2.0]]), 1e-12)


@pytest.mark.parametrize("unit", [1e-320, 1e-305, 1e307])
def test_places_have_no_unit(unit: float) -> None:
    scores = np.array([[-9.0, 9.0, 5.0, 9.0], [5.0, 0.0, -5.0, 1.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found, plain = places(scores * unit, 1e-12), places(scores, 1e-12)
    assert found.place.tolist() == plain.place.tolist()
    assert tied(found.ties) == tied(plain.ties)
