"""Value functions: performance in, worth from 0 to 1 out, by fixed anchors joined with straight lines."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError


def piecewise(performance: ArrayLike, at: Sequence[float], value: Sequence[float]) -> NDArray[np.float64]:
    """Worth of each performance (any shape): linear between anchors (`at` rising), the end value beyond them.

    Raises
    ------
    InputError : a performance is NaN, or the anchors do not rise.

    Source: Belton & Stewart, Multiple Criteria Decision Analysis (2002), ch. 5.
    """
    x = np.asarray(performance, dtype=np.float64)
    if np.isnan(x).any():
        raise InputError("a performance is not a number")
    if len(at) != len(value) or len(at) < 2 or any(a >= b for a, b in pairwise(at)):
        raise InputError("anchors must rise, and there must be two at least")
    return np.interp(x, at, value)
