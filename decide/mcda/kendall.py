"""How far two orders agree."""

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError


def kendall_tau(a: ArrayLike, b: ArrayLike) -> float:
    """Kendall's τ-b between two score vectors (options,): 1 the same order, −1 the reverse, ties allowed for.

    NaN where one of them holds a single number throughout: there is no order to agree with.

    Raises
    ------
    InputError : vectors of different lengths, or numbers that are not finite.

    Source: Kendall, Biometrika 33 (1945) 239-251.
    """
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or not x.size:
        raise InputError("two orders must hold as many scores as each other, one at least")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError("scores must be finite numbers")
    agreement, left, right = 0, 0, 0
    for i in range(x.size - 1):
        dx, dy = np.sign(x[i + 1 :] - x[i]), np.sign(y[i + 1 :] - y[i])
        agreement += int(dx @ dy)
        left += int(np.count_nonzero(dx))
        right += int(np.count_nonzero(dy))
    return agreement / float(np.sqrt(left) * np.sqrt(right)) if left and right else float("nan")
