"""How far each weight can move before another option leads."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import ArrayLike

from decide.mcda.labelled import Array, framed, place_of, row_names, told
from decide.mcda.problems import problem
from decide.mcda.rounding import difference, in_reach, settled


def weight_stability(values: ArrayLike, weights: ArrayLike, winner: Hashable | None = None) -> Array:
    """For each criterion the shares of the weight (criteria, 2), lowest and highest, at which the winner stays first.

    Parameters
    ----------
    values : (options, criteria), higher is better.
    weights : (criteria,), zero or more, not all zero.
    winner : the option that is to stay first, by its place or, where a frame names the options, by name; the one of the
        highest score when left out.

    Returns
    -------
    (criteria, 2) : from a frame a frame, a row for each criterion, its columns "low" and "high".

    The criterion's share of all weight moves from 0 to 1 while the other weights keep their ratios (equal parts, when
    they are all zero). Every score is a straight line in that share, so the bounds are exact; at a bound that is not 0
    or 1 another option has the same score. NaN where the option leads at no share.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero, no such option.

    Source: Belton & Stewart, Multiple Criteria Decision Analysis (2002), ch. 5.
    """
    v, w, _, criteria = problem(values, weights)
    # only ratios count: in reach, neither sums nor differences leave the range of floats
    v, w = in_reach(v, axis=(0, 1)), in_reach(w, axis=0)
    best = int(settled(v @ w, np.abs(v) @ w).argmax())
    lead = best if winner is None else place_of("winner", winner, row_names(values), len(v))
    result = np.empty((w.size, 2))
    own, rivals = v[lead], np.delete(v, lead, axis=0)
    sizes = np.maximum(np.abs(own), np.abs(rivals))
    for j in range(w.size):
        rest = w.copy()
        rest[j] = 0.0
        if not rest.any():
            rest[:] = 1.0
            rest[j] = 0.0
        rest = rest / (rest.sum() or 1.0)
        without = difference(own @ rest, rivals @ rest, sizes @ rest)
        result[j] = _interval(without, difference(own[j], rivals[:, j], sizes[:, j]))
    names = [str(j + 1) for j in range(w.size)] if told(criteria) is None else list(criteria or ())
    bounds: Array = framed(values, result, names, ("low", "high"), "criterion")
    return bounds


def _interval(at_none: Array, at_all: Array) -> tuple[float, float]:
    """Where every line from `at_none` (share 0) to `at_all` (share 1) is zero or more."""
    if ((at_none < 0) & (at_all < 0)).any():
        return float("nan"), float("nan")
    rising, falling = at_none < 0, at_all < 0
    low = float(np.max(at_none[rising] / (at_none - at_all)[rising], initial=0.0))
    high = float(np.min(at_none[falling] / (at_none - at_all)[falling], initial=1.0))
    return (low, high) if low <= high else (float("nan"), float("nan"))
