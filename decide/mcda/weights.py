"""Weights: what a swing from worst to best on each criterion counts for. Only their ratios matter."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import alike
from decide.mcda.problems import weights_as_given
from decide.mcda.rounding import in_reach


def normalised(weights: ArrayLike) -> NDArray[np.float64]:
    """The same weights (criteria,) or (draws, criteria), summing to 1 in each set.

    From a series or a frame they come as one, with its names. A table of one column holds a weight for each row.

    Raises
    ------
    InputError : a weight is negative or not a number, or all of a set are zero.
    """
    w, _ = weights_as_given(weights)
    if w.ndim not in (1, 2) or w.shape[-1] == 0:
        raise InputError("weights must be one number per criterion")
    with np.errstate(over="ignore"):
        total = w.sum(axis=-1, keepdims=True)
    bounded = bool(np.isfinite(total).all())
    if not w.min(initial=0.0) >= 0 or not (bounded or np.isfinite(w).all()):  # the least of numbers and a NaN is NaN
        raise InputError("weights must be numbers of zero or more")
    if not bounded:
        w = in_reach(w, axis=-1)
        total = w.sum(axis=-1, keepdims=True)
    if (total <= 0).any():
        raise InputError("weights are all zero", "at least one criterion must count")
    shares: NDArray[np.float64] = alike(weights, w / total)
    return shares


def changed(base: Mapping[str, float], changes: Mapping[str, float]) -> dict[str, float]:
    """A profile's weights with some replaced by name.

    Raises
    ------
    InputError : a name that is no criterion, or a weight that is no number of zero or more.
    """
    for name, value in changes.items():
        if name not in base:
            raise InputError(f"unknown criterion {name!r:.60}", f"criteria are {', '.join(base)}")
        if not np.isfinite(value) or value < 0:
            raise InputError(f"the weight of {name} must be a number of zero or more, not {value:g}")
    return {**base, **changes}
