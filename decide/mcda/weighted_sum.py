"""The weighted sum, and the ranks that scores give."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError

Normalise = Literal["sum", "max", "minmax", "vector", "none"]
Array = NDArray[np.float64]


def weighted_sum(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalise: Normalise = "sum",
) -> Array:
    """Scores (options,) of a matrix (options, criteria): each criterion times its weight, added up.

    Parameters
    ----------
    matrix : finite numbers. Without `directions` it holds values already (higher is better, one unit), and scores are
        the plain sum of value times weight, as multi-attribute value theory has it.
    weights : (criteria,), zero or more, not all zero; used as given.
    directions : (criteria,) of +1 (higher is better) and −1; the matrix then holds raw performances, and each column is
        brought to one unit by `normalise` before it is weighted.
    normalise : "sum" (x / Σx; lower-is-better: (1/x) / Σ(1/x)), "max" (x / max; 1 − x / max), "minmax", "vector"
        (x / ‖x‖; 1 − x / ‖x‖) or "none".

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero.

    Source: Fishburn (1967); Keeney & Raiffa (1976) for the values form.
    """
    x, w = problem(matrix, weights)
    if directions is None:
        return x @ w
    return _normalised(x, signs(directions, w.size), normalise) @ w


def problem(matrix: ArrayLike, weights: ArrayLike) -> tuple[Array, Array]:
    """The matrix (options, criteria) and weights (criteria,) as arrays, checked."""
    x = np.asarray(matrix, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if x.ndim != 2 or not x.size:
        raise InputError("the matrix must be options by criteria, and hold at least one of each")
    if w.shape != (x.shape[1],):
        raise InputError(f"{x.shape[1]} criteria need as many weights, not {w.size}")
    # a sum is finite only if every term is; looking closer is needed only when it is not
    if not np.isfinite(x.sum()) and not np.isfinite(x).all():
        raise InputError("the matrix holds something that is not a finite number")
    if not np.isfinite(w).all() or (w < 0).any():
        raise InputError("weights must be numbers of zero or more")
    if not w.any():
        raise InputError("weights are all zero", "at least one criterion must count")
    return x, w


def signs(directions: ArrayLike, count: int) -> Array:
    """Directions as an array of +1 and −1."""
    d = np.asarray(directions, dtype=np.float64)
    if d.shape != (count,) or not np.isin(d, (-1.0, 1.0)).all():
        raise InputError("directions must be +1 or -1, one per criterion")
    return d


def _normalised(x: Array, direction: Array, how: Normalise) -> Array:
    lower = direction < 0
    with np.errstate(divide="ignore", invalid="ignore"):
        match how:
            case "none":
                if lower.any():
                    raise InputError("a criterion where lower is better needs a normalisation")
                return x
            case "sum":
                y = np.where(lower, 1.0 / x, x)
                y = y / y.sum(axis=0)
            case "max":
                y = x / x.max(axis=0)
                y = np.where(lower, 1.0 - y, y)
            case "minmax":
                low, high = x.min(axis=0), x.max(axis=0)
                y = np.where(lower, high - x, x - low) / (high - low)
            case "vector":
                y = x / np.sqrt((x * x).sum(axis=0))
                y = np.where(lower, 1.0 - y, y)
            case _:
                raise InputError(f"unknown normalisation {how!r}", "sum, max, minmax, vector or none")
    if not np.isfinite(y).all():
        raise InputError(f"a column cannot be normalised by {how!r}", "it holds zeros, or the same number throughout")
    result: Array = y
    return result


def ranks(scores: ArrayLike, tolerance: float = 0.0) -> NDArray[np.int64]:
    """Ranks (options,) from 1 for the highest score; scores within `tolerance` of their neighbour tie (1, 2, 2, 4)."""
    s = np.asarray(scores, dtype=np.float64)
    if s.ndim != 1 or not np.isfinite(s).all():
        raise InputError("scores must be finite numbers, one per option")
    order = np.argsort(-s, kind="stable")
    ordered = s[order]
    new = np.concatenate(([True], ordered[:-1] - ordered[1:] > tolerance)) if s.size else np.array([], dtype=bool)
    places = np.maximum.accumulate(np.where(new, np.arange(1, s.size + 1), 0))
    result = np.empty(s.size, dtype=np.int64)
    result[order] = places
    return result
