"""The weighted product."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from decide.mcda.given import choice
from decide.mcda.labelled import Array, like
from decide.mcda.problems import checked, in_range
from decide.mcda.rounding import settled
from decide.mcda.weights import normalised

Normalise = Literal["sum", "none"]


def weighted_product(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalise: Normalise = "sum",
) -> Array:
    """Scores (options,) or (draws, options): each criterion to the power of its weight, multiplied. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), every number above zero; or a frame of them.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; brought to a sum of 1, so that a product of
        many small numbers does not vanish: only the size of the scores depends on it, not their order.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    normalise : "sum" (x / Σx; lower-is-better: (1/x) / Σ(1/x)) or "none" (lower-is-better to the power of −weight). The
        order is the same under both; only the size of the scores differs.

    From a frame the scores come as one, with the options' names.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite or not above zero, weights negative or all
        zero.

    Source: Bridgman (1922); Miller & Starr, Executive Decisions and Operations Research (1969).
    """
    choice("normalise", normalise, Normalise)
    asked = checked(matrix, weights, directions)
    x, d = asked.matrix, asked.directions
    low, high = x.min(axis=-2, keepdims=True), x.max(axis=-2, keepdims=True)
    asked.refuse(low[..., 0, :] <= 0, "a weighted product needs numbers above zero")
    d = np.ones(x.shape[-1]) if d is None else d
    logs = np.log(x) * d
    share = normalised(asked.weights)[..., None, :]
    size = 1.0 + (np.abs(logs) * share).sum(axis=-1)
    if normalise == "sum":
        # each over the best of its column, so that the sum neither vanishes nor overflows
        total = (x / high if (d > 0).all() else np.where(d > 0, x / high, low / x)).sum(axis=-2, keepdims=True)
        logs -= np.where(d > 0, np.log(high), -np.log(low)) + np.log(total)
    with np.errstate(over="ignore"):
        scores = np.exp(settled((logs * share).sum(axis=-1), size))
    result: Array = like(matrix, in_range(scores), "score")
    return result
