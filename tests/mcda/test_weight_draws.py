"""Draws of weights have the mean and the spread that is said of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.mcda import rank_order_centroid, weights_for


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


profiles = st.lists(st.floats(0, 50), min_size=1, max_size=8).filter(lambda w: sum(w) > 0.1)


@given(profiles, st.floats(0, 0.9), st.integers(1, 5))
def test_every_set_sums_to_one_and_none_is_negative(profile: list[float], slack: float, draws: int) -> None:
    count = len(profile)
    for drawn in (
        weights_for(count, draws, rng()),
        weights_for(count, draws, rng(), order=list(range(count))[::-1]),
        weights_for(count, draws, rng(), profile=profile, slack=slack),
    ):
        assert drawn.shape == (draws, count)
        assert (drawn >= 0).all()
        np.testing.assert_allclose(drawn.sum(axis=1), 1)


def test_slack_is_the_standard_deviation_as_a_share_of_the_largest_it_could_be() -> None:
    share = np.array([0.5, 0.3, 0.2, 0.0])
    drawn = weights_for(4, 200_000, rng(), profile=share * 7, slack=0.25)
    np.testing.assert_allclose(drawn.mean(axis=0), share, atol=2e-3)
    np.testing.assert_allclose(drawn.std(axis=0), 0.25 * np.sqrt(share * (1 - share)), rtol=0.01)
    assert (drawn[:, 3] == 0).all()


def test_without_slack_every_draw_is_the_profile() -> None:
    assert weights_for(2, 3, rng(), profile=[3, 1]).tolist() == [[0.75, 0.25]] * 3


def test_open_weights_are_uniform_on_the_simplex() -> None:
    drawn = weights_for(3, 200_000, rng())
    np.testing.assert_allclose(drawn.mean(axis=0), 1 / 3, atol=2e-3)
    # Dirichlet(1, 1, 1): the share of the corner w₁ > ½ is ¼
    assert (drawn[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=5e-3)


@given(st.permutations(range(5)), st.integers(1, 5))
def test_ordered_weights_fall_in_their_order_also_when_it_names_only_some(order: list[int], named: int) -> None:
    drawn = weights_for(5, 50, rng(), order=order[:named])
    falling = drawn[:, order[:named]]
    assert (np.diff(falling, axis=1) <= 0).all()
    rest = drawn[:, order[named:]]
    assert (rest <= falling[:, -1:]).all()


@pytest.mark.parametrize("order", [[2, 0, 1, 3], [2, 0], [3]])
def test_the_rank_order_centroid_is_the_mean_of_ordered_weights(order: list[int]) -> None:
    drawn = weights_for(4, 200_000, rng(), order=order)
    np.testing.assert_allclose(drawn.mean(axis=0), rank_order_centroid(order, 4), atol=2e-3)


def test_the_rank_order_centroid_of_three_is_as_published() -> None:
    assert rank_order_centroid([1, 0, 2]).tolist() == pytest.approx([5 / 18, 11 / 18, 2 / 18])


def test_the_same_seed_gives_the_same_draws() -> None:
    assert np.array_equal(weights_for(4, 9, rng(7), order=[1]), weights_for(4, 9, rng(7), order=[1]))
    assert not np.array_equal(weights_for(4, 9, rng(7)), weights_for(4, 9, rng(8)))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"profile": [1, 1], "order": [0, 1]}, "not both"),
        ({"profile": [1, 1, 1]}, "as many weights"),
        ({"profile": [0, 0]}, "all zero"),
        ({"profile": [1, 1], "slack": 1.0}, "slack"),
        ({"profile": [1, 1], "slack": float("nan")}, "slack"),
        ({"order": [0, 0]}, "twice"),
        ({"order": [2]}, "by number"),
        ({"order": [-1]}, "by number"),
        ({"order": []}, "at least"),
        ({"draws": 0}, "at least"),
    ],
)
def test_bad_input_is_refused_in_words(asked: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        weights_for(2, **{"draws": 5, "rng": rng(), **asked})  # type: ignore[arg-type]
