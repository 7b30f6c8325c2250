"""VIKOR: a compromise between the sum of regrets and the largest of them."""

from numpy.typing import ArrayLike

from decide.mcda.labelled import Array, like, number
from decide.mcda.problems import checked, ratio, spread
from decide.mcda.rounding import difference, in_reach, settled
from decide.mcda.weights import normalised


def vikor(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike | None = None, *, v: float = 0.5) -> Array:
    """The compromise measure Q (options,) or (draws, options), from 0 to 1. LOWER is better: rank by `-vikor(...)`.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), finite; or a frame.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; only their ratios matter.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    v : what the sum of regrets counts for against the largest regret, from 0 to 1.

    A criterion that is the same throughout holds no regret, and a measure that is the same throughout adds nothing;
    both to within rounding. From a frame the measures come as one, with the options' names.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, weights negative or all zero, v outside
        0 to 1.

    Source: Opricovic & Tzeng, European Journal of Operational Research 156 (2004) 445-455.
    """
    v = number("v", v, 0, 1)
    asked = checked(matrix, weights, directions)
    x = in_reach(asked.matrix, axis=-2)
    if asked.directions is not None:
        x = x * asked.directions
    _, best, width = spread(x)
    regret = normalised(asked.weights)[..., None, :] * ratio(difference(best, x), width, 0.0)
    q: Array = v * _over(regret.sum(axis=-1)) + (1 - v) * _over(regret.max(axis=-1))
    result: Array = like(matrix, q, "score")
    return result


def _over(measure: Array) -> Array:
    measure = settled(measure)
    low, _, width = spread(measure[..., None])
    return ratio(measure - low[..., 0], width[..., 0], 0.0)
