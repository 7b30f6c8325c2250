"""How far two orders agree."""

import math

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.labelled import number, two
from decide.mcda.weighted_sum import ranks


def kendall_tau(a: ArrayLike, b: ArrayLike, tolerance: float | None = None) -> float:
    """Kendall's τ-b between two score vectors (options,): 1 the same order, −1 the reverse, ties allowed for.

    Scores within `tolerance` of their neighbour tie, as in `ranks`; left out, those that only rounding parts. NaN where
    one of them holds a single number throughout: there is no order to agree with. Two series are brought to one order
    by their names.

    Raises
    ------
    InputError : vectors of different lengths or names, or numbers that are not finite.

    Source: Kendall, Biometrika 33 (1945) 239-251.
    """
    x, y, _ = two(("the first scores", "the second scores"), a, b)
    if x.ndim != 1 or x.shape != y.shape or not x.size:
        raise InputError("two orders must hold as many scores as each other, one at least")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError("scores must be finite numbers")
    if tolerance is None or number("tolerance", tolerance, 0):
        x, y = (-ranks(s, tolerance).astype(np.float64) for s in (x, y))
    agreement, left, right = 0, 0, 0
    for i in range(x.size - 1):
        dx, dy = np.sign(x[i + 1 :] - x[i]), np.sign(y[i + 1 :] - y[i])
        agreement += int(dx @ dy)
        left += int(np.count_nonzero(dx))
        right += int(np.count_nonzero(dy))
    if not (left and right):
        return float("nan")
    return max(-1.0, min(1.0, agreement / math.sqrt(left * right)))
