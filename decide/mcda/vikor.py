"""VIKOR: a compromise between the sum of regrets and the largest of them."""

from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.problems import Array, problems, ratio


def vikor(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike | None = None, *, v: float = 0.5) -> Array:
    """The compromise measure Q (options,) or (draws, options), from 0 to 1. LOWER is better: rank by `-vikor(...)`.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), finite.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    v : what the sum of regrets counts for against the largest regret, from 0 to 1.

    A criterion that is the same throughout holds no regret, and a measure that is the same throughout adds nothing.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero, v outside 0 to 1.

    Source: Opricovic & Tzeng, European Journal of Operational Research 156 (2004) 445-455.
    """
    if not 0 <= v <= 1:
        raise InputError(f"v must lie between 0 and 1, not {v:g}")
    x, w, d = problems(matrix, weights, directions)
    y = x * d
    best, worst = y.max(axis=-2, keepdims=True), y.min(axis=-2, keepdims=True)
    regret = w * ratio(best - y, best - worst, 0.0)
    return v * _spread(regret.sum(axis=-1)) + (1 - v) * _spread(regret.max(axis=-1))


def _spread(measure: Array) -> Array:
    low = measure.min(axis=-1, keepdims=True)
    return ratio(measure - low, measure.max(axis=-1, keepdims=True) - low, 0.0)
