"""The weighted product."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.problems import Array, problems


def weighted_product(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalise: Literal["sum", "none"] = "sum",
) -> Array:
    """Scores (options,) or (draws, options): each criterion to the power of its weight, multiplied. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), every number above zero.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; used as given.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    normalise : "sum" (x / Σx; lower-is-better: (1/x) / Σ(1/x)) or "none" (lower-is-better to the power of −weight). The
        order is the same under both; only the size of the scores differs.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite or not above zero, weights negative or all zero.

    Source: Bridgman (1922); Miller & Starr, Executive Decisions and Operations Research (1969).
    """
    x, w, d = problems(matrix, weights, directions)
    if (x <= 0).any():
        raise InputError("a weighted product needs numbers above zero")
    y = np.where(d < 0, 1.0 / x, x)
    if normalise == "sum":
        y = y / y.sum(axis=-2, keepdims=True)
    elif normalise != "none":
        raise InputError(f"unknown normalisation {normalise!r}", "sum or none")
    scores: Array = np.exp((np.log(y) * w).sum(axis=-1))
    return scores
