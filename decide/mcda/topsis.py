"""TOPSIS: near the best of every column, far from the worst of every column."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from decide.mcda.given import choice
from decide.mcda.labelled import Array, like
from decide.mcda.problems import checked, ratio, spread
from decide.mcda.rounding import difference, in_reach
from decide.mcda.weights import normalised

Normalise = Literal["minmax", "vector", "none"]


def topsis(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalise: Normalise = "minmax",
) -> Array:
    """Closeness (options,) or (draws, options) to the ideal, from 0 to 1. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), finite; or a frame.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; only their ratios matter.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    normalise : "minmax", "vector" (x / ‖x‖, as Hwang & Yoon have it), or "none" for a matrix that is normalised
        already. A column of one number throughout (to within rounding) counts for nothing.

    Where the ideal and its opposite are the same point (one option, or equal ones) closeness is 0.5. From a frame the
    scores come as one, with the options' names.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, weights negative or all zero.

    Source: Hwang & Yoon, Multiple Attribute Decision Making (1981).
    """
    choice("normalise", normalise, Normalise)
    asked = checked(matrix, weights, directions)
    # without a normalisation columns keep their sizes to one another
    x = in_reach(asked.matrix, axis=-2 if normalise != "none" else (-2, -1))
    low, _, width = spread(x)
    if normalise == "minmax":
        size = width
    elif normalise == "vector":
        size = np.where(width > 0, np.sqrt((x * x).sum(axis=-2, keepdims=True)), 0.0)
    else:
        size = np.where(width > 0, 1.0, 0.0)
    y = ratio(difference(x, low), size, 0.0)
    if asked.directions is not None:
        y = y * asked.directions
    w = normalised(asked.weights)[..., None, :]
    to_ideal = _distance(y.max(axis=-2, keepdims=True) - y, w)
    to_opposite = _distance(y - y.min(axis=-2, keepdims=True), w)
    scores: Array = like(matrix, ratio(to_opposite, to_opposite + to_ideal, 0.5), "score")
    return scores


def _distance(gap: Array, weights: Array) -> Array:
    distance: Array = np.sqrt(((gap * weights) ** 2).sum(axis=-1))
    return distance
