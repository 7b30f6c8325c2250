"""The weighted sum against pymcdm and scikit-criteria, which nobody here wrote."""

import numpy as np
import pytest
import skcriteria
from hypothesis import given
from hypothesis import strategies as st
from pymcdm import normalizations
from pymcdm.methods import WSM
from skcriteria.agg.simple import WeightedSumModel

from decide.errors import InputError
from decide.mcda import ranks, weighted_sum

problems = st.tuples(st.integers(2, 30), st.integers(1, 9), st.integers(0, 2**31))


def problem(size: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    matrix = rng.uniform(0.1, 100, (options, criteria))
    weights = rng.dirichlet(np.ones(criteria))
    directions = rng.choice([-1, 1], criteria)
    return matrix, weights, directions


@given(problems)
def test_raw_performances_score_as_pymcdm_says(size: tuple[int, int, int]) -> None:
    matrix, weights, directions = problem(size)
    for how, normalise in (
        ("sum", normalizations.sum_normalization),
        ("minmax", normalizations.minmax_normalization),
        ("max", normalizations.max_normalization),
        ("vector", normalizations.vector_normalization),
    ):
        theirs = WSM(normalise)(matrix, weights, directions, validation=False)
        ours = weighted_sum(matrix, weights, directions, normalise=how)
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)


@given(problems)
def test_values_score_and_rank_as_scikit_criteria_says(size: tuple[int, int, int]) -> None:
    matrix, weights, _ = problem(size)
    data = skcriteria.mkdm(matrix, [max] * len(weights), weights=weights)
    theirs = WeightedSumModel().evaluate(data)
    ours = weighted_sum(matrix, weights)
    np.testing.assert_allclose(ours, theirs.e_.score, rtol=1e-9, atol=1e-9)
    assert ranks(ours).tolist() == theirs.rank_.tolist()


def test_equal_scores_share_a_rank() -> None:
    assert ranks([0.5, 0.9, 0.5, 0.1]).tolist() == [2, 1, 2, 4]


@pytest.mark.parametrize(
    ("matrix", "weights", "directions", "words"),
    [
        ([[1, np.nan]], [1, 1], None, "not a finite number"),
        ([[1, np.inf]], [1, 1], None, "not a finite number"),
        ([[1, 2]], [0, 0], None, "all zero"),
        ([[1, 2]], [-1, 2], None, "zero or more"),
        ([[1, 2]], [1, 2, 3], None, "as many weights"),
        ([1, 2], [1, 2], None, "options by criteria"),
        (np.empty((0, 2)), [1, 2], None, "at least one"),
        ([[1, 2]], [1, 2], [1, 0], "must be"),
        ([[0, 2], [1, 2]], [1, 2], [-1, 1], "cannot be normalised"),
    ],
)
def test_bad_input_is_refused_in_words(matrix: object, weights: object, directions: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        weighted_sum(matrix, weights, directions)
