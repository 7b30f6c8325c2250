"""The weighted sum, and the ranks that scores give."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.given import choice
from decide.mcda.labelled import Array, called, like, number, vector
from decide.mcda.problems import Checked, checked, finite, in_range, ratio, spread
from decide.mcda.rounding import difference, in_reach, level, settled

Normalise = Literal["sum", "max", "minmax", "vector", "none"]


def weighted_sum(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalise: Normalise | None = None,
) -> Array:
    """Scores (options,) of a matrix (options, criteria): each criterion times its weight, added up.

    Parameters
    ----------
    matrix : finite numbers, or a frame of them. Without `directions` it holds values already (higher is better, one
        unit), and scores are the plain sum of value times weight, as multi-attribute value theory has it.
    weights : (criteria,), zero or more, not all zero; used as given. By name where they have names.
    directions : (criteria,) of +1 (higher is better) and −1; the matrix then holds raw performances, and each column is
        brought to one unit by `normalise` before it is weighted.
    normalise : only beside directions. "sum" (x / Σx; lower-is-better: (1/x) / Σ(1/x); the default) or "max" (x / max;
        1 − x / max), for numbers of zero or more (above zero where "sum" inverts them); "minmax", in which a column of
        one number throughout counts for nothing; "vector" (x / ‖x‖; 1 − x / ‖x‖); or "none".

    Scores that only the rounding of what each adds up parts are one number. From a frame they come as one, with the
    options' names.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, weights negative or all zero, numbers
        that a normalisation would turn upside down.

    Source: Fishburn (1967); Keeney & Raiffa (1976) for the values form.
    """
    if normalise is not None:
        choice("normalise", normalise, Normalise)
        if directions is None and normalise != "none":
            raise InputError("a matrix without directions holds values, and is not normalised", "give directions")
    asked = checked(matrix, weights, directions, draws=False)
    values = sizes = asked.matrix
    if asked.directions is not None:
        values, sizes = _normalised(asked, asked.directions, normalise or "sum")
    elif values.min() < 0:
        sizes = np.abs(values)
    with np.errstate(over="ignore", invalid="ignore"):
        total = in_range(values @ asked.weights)
        size = total if sizes is values else sizes @ asked.weights
    scores: Array = like(matrix, settled(total, size), "score")
    return scores


def _normalised(asked: Checked, direction: Array, how: Normalise) -> tuple[Array, Array]:
    """Values of one unit, and the size of what each was worked out from."""
    lower = direction < 0
    x = asked.matrix
    if how == "none":
        if lower.any():
            raise InputError("a criterion where lower is better needs a normalisation")
        return x, np.abs(x)
    x = in_reach(x, axis=0)
    low, high, width = spread(x)
    if how == "minmax":
        worst = np.where(lower, high, low)
        above = np.where(lower, -1.0, 1.0) * difference(x, worst)
        return ratio(above, width, 0.0), ratio(np.abs(x) + np.abs(worst), width, 0.0)
    if how == "vector":
        size = np.sqrt((x * x).sum(axis=0))
    else:
        asked.refuse(low[0] < 0, f"normalising by {how!r} needs numbers of zero or more", "minmax takes any")
        size = high[0]
    if not size.all():
        nought = called("criterion", asked.criteria, int(np.flatnonzero(size == 0)[0]))
        raise InputError(f"{nought} cannot be normalised by {how!r}: it is zero throughout", "leave it out")
    if how == "sum":
        asked.refuse(
            lower & (low[0] == 0), "a cost cannot be normalised by 'sum' unless above zero", "minmax takes any"
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            y = np.where(lower, low / x, x)  # the least over each, which cannot overflow as one over each can
        shares: Array = y / y.sum(axis=0)
        return shares, shares
    parts: Array = x / size
    return np.where(lower, 1.0 - parts, parts), np.where(lower, 1.0, 0.0) + np.abs(parts)


def ranks(scores: ArrayLike, tolerance: float | None = None) -> NDArray[np.int64]:
    """Ranks (options,) from 1 for the highest score; scores within `tolerance` of their neighbour tie (1, 2, 2, 4).

    Left out, those tie that only rounding parts: 3.6e-15 of the larger of the two (`decide.mcda.rounding`). From a
    series of scores they come as one, with the options' names.

    Raises
    ------
    InputError : scores that are not one finite number an option, a tolerance below zero.
    """
    s, _ = vector("scores", scores)
    if s.ndim != 1:
        raise InputError("scores must be finite numbers, one per option")
    finite("scores", s)
    limit = None if tolerance is None else number("a tolerance", tolerance, 0)
    order = np.argsort(-s, kind="stable")
    above, below = s[order[:-1]], s[order[1:]]
    with np.errstate(over="ignore"):
        ties = level(above, below) if limit is None else above - below <= limit
    new = np.append(True, ~ties)[: s.size]
    places = np.maximum.accumulate(np.where(new, np.arange(1, s.size + 1), 0))
    result = np.empty(s.size, dtype=np.int64)
    result[order] = places
    ranked: NDArray[np.int64] = like(scores, result, "rank")
    return ranked
