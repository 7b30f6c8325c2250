"""TOPSIS: near the best of every column, far from the worst of every column."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.problems import Array, problems, ratio


def topsis(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalise: Literal["minmax", "vector"] = "minmax",
) -> Array:
    """Closeness (options,) or (draws, options) to the ideal, from 0 to 1. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), finite.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    normalise : "minmax" or "vector" (x / ‖x‖, as Hwang & Yoon have it). A column of one number throughout counts for
        nothing.

    Where the ideal and its opposite are the same point (one option, or equal ones) closeness is 0.5.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero.

    Source: Hwang & Yoon, Multiple Attribute Decision Making (1981).
    """
    x, w, d = problems(matrix, weights, directions)
    if normalise == "minmax":
        below = np.ptp(x, axis=-2, keepdims=True)
    elif normalise == "vector":
        below = np.sqrt((x * x).sum(axis=-2, keepdims=True))
    else:
        raise InputError(f"unknown normalisation {normalise!r}", "minmax or vector")
    y = ratio(x * d, below, 0.0)
    to_ideal = _distance(y.max(axis=-2, keepdims=True) - y, w)
    to_opposite = _distance(y - y.min(axis=-2, keepdims=True), w)
    return ratio(to_opposite, to_opposite + to_ideal, 0.5)


def _distance(gap: Array, weights: Array) -> Array:
    distance: Array = np.sqrt(((gap * weights) ** 2).sum(axis=-1))
    return distance
