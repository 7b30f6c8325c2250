"""Decision problems as arrays, one matrix or one per draw, checked once for every method."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.weighted_sum import signs

Array = NDArray[np.float64]


def problems(matrix: ArrayLike, weights: ArrayLike, directions: ArrayLike | None) -> tuple[Array, Array, Array]:
    """The matrix (..., options, criteria), weights (..., 1, criteria) and directions (criteria,), ready to broadcast.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero in a draw.
    """
    x = np.asarray(matrix, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if x.ndim not in (2, 3) or not x.size:
        raise InputError("the matrix must be (draws by) options by criteria, and hold at least one of each")
    if w.ndim not in (1, 2) or w.shape[-1] != x.shape[-1]:
        raise InputError(f"{x.shape[-1]} criteria need as many weights, in one set or in one set a draw")
    if x.ndim == 3 and w.ndim == 2 and len(x) != len(w):
        raise InputError(f"{len(x)} draws of the matrix do not fit {len(w)} draws of weights")
    if not np.isfinite(x.sum()) and not np.isfinite(x).all():
        raise InputError("the matrix holds something that is not a finite number")
    if not np.isfinite(w).all() or (w < 0).any():
        raise InputError("weights must be numbers of zero or more")
    if not w.any(axis=-1).all():
        raise InputError("weights are all zero", "at least one criterion must count")
    d = np.ones(x.shape[-1]) if directions is None else signs(directions, x.shape[-1])
    return x, w[..., None, :], d


def ratio(above: Array, below: Array, otherwise: float) -> Array:
    """`above / below`, and `otherwise` where `below` is zero: nothing tells the options apart there."""
    whole = np.broadcast_shapes(above.shape, below.shape)
    result: Array = np.divide(above, below, out=np.full(whole, otherwise), where=below != 0)
    return result
