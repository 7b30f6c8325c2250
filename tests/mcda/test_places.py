"""Places by one sort of doctored numbers are the places that comparing scores gives."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.mcda.places import places


@given(st.integers(1, 8), st.integers(1, 400), st.integers(0, 2**31), st.sampled_from([1e-3, 1e-12, 1e-15, 2e-16]))
def test_scores_a_last_digit_apart_are_told_apart(draws: int, options: int, seed: int, gap: float) -> None:
    # a few far scores and a crowd whose neighbours differ in the last digits, where the doctored bits are
    rng = np.random.default_rng(seed)
    scores = 0.5 + gap * rng.integers(0, 2 * options, (draws, options))
    scores[:, 0], scores[:, -1] = rng.choice([-3.0, 0.0, 0.5, 1.0], 2)
    place, first, tied, sharing = places(scores, 0.0)
    above = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    level = (scores[:, None, :] == scores[:, :, None]).sum(axis=2)
    assert np.array_equal(place, above)
    assert (above[np.arange(draws), first] == 0).all()
    assert tied.tolist() == np.flatnonzero((level > 1).any(axis=1)).tolist()
    assert np.array_equal(sharing, level[tied])


def test_neighbours_within_the_tolerance_tie_and_share_the_first_place_they_fill() -> None:
    place, first, tied, sharing = places(np.array([[0.1, 0.9, 0.9 + 1e-13, 0.5], [4, 3, 2, 1]]), 1e-12)
    assert place.tolist() == [[3, 0, 0, 2], [0, 1, 2, 3]]
    assert first[0] in (1, 2)
    assert first[1] == 0
    assert tied.tolist() == [0]
    assert sharing.tolist() == [[1, 2, 2, 1]]


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
    assert found.sharing.tolist() == plain.sharing.tolist()
