"""PROMETHEE II: by how much each option outranks the others, less by how much they outrank it."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.given import choice
from decide.mcda.labelled import Array, Names, like, matched, vector
from decide.mcda.problems import checked, in_range
from decide.mcda.rounding import ROUNDING, in_reach, settled

Preference = Literal["usual", "ushape", "vshape", "level", "vshape_2"]

_CELLS = 1 << 20  # differences held at once, 8 MB


def promethee_ii(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    preference: Preference = "usual",
    p: ArrayLike | None = None,
    q: ArrayLike | None = None,
) -> Array:
    """Net outranking flow (options,) or (draws, options), −1 to 1 for weights that sum to 1. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), finite; or a frame.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; used as given.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    preference : how a difference d > 0 turns into preference: "usual" (any counts whole), "ushape" (whole above q),
        "vshape" (d / p up to p), "level" (half above q, whole above p), "vshape_2" (nothing up to q, then linear to p).
    p, q : (criteria,) thresholds in each criterion's unit, where the preference needs them; by name where they have
        names.

    Differences that are only rounding are none. From a frame the flows come as one, with the options' names. Beside
    input and flows it needs no more than 60 MB; a copy of the input more where a criterion has no weight.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, weights negative or all zero, thresholds
        missing or out of order.

    Net flow is a sum over criteria, so each criterion's own flow is found once and weighted after.
    Source: Brans & Vincke, Management Science 31 (1985) 647-656.
    """
    choice("preference", preference, Preference)
    asked = checked(matrix, weights, directions)
    x, w = asked.matrix, np.atleast_2d(asked.weights)
    sign = np.ones(x.shape[-1]) if asked.directions is None else asked.directions
    counts: NDArray[np.bool_] = np.count_nonzero(np.atleast_2d(asked.weights), axis=0) > 0
    upper, lower = _thresholds(preference, p, q, counts, asked.criteria)
    if preference == "usual":  # its differences have no unit, and so cannot leave the range of floats
        x = in_reach(x, axis=-2)
    draws = x[None] if x.ndim == 2 else x
    options = draws.shape[1]
    flows = np.zeros((max(len(draws), len(w)), options))
    together = max(1, _CELLS // options**2)
    rows = max(1, min(options, _CELLS // options))
    with np.errstate(over="ignore", invalid="ignore"):  # what leaves the range of floats is refused below
        for start in range(0, len(draws), together):
            chunk = slice(start, start + together)
            for j in range(sign.size):
                column = draws[chunk, :, j] * sign[j]
                own = np.zeros_like(column)
                for at in range(0, options, rows):
                    some = slice(at, at + rows)
                    gain = _preferred(column[:, some], column, preference, upper[j], lower[j])
                    own[:, some] += gain.sum(axis=2)
                    own -= gain.sum(axis=1)
                own /= max(1, options - 1)
                for part in range(0, len(w), rows) if len(draws) == 1 else ():  # one flow under many weights
                    flows[part : part + rows] += w[part : part + rows, j, None] * own
                if len(draws) > 1:
                    flows[chunk] += (w[chunk, j, None] if len(w) > 1 else w[0, j]) * own
        added = np.minimum(w.sum(axis=1, keepdims=True), np.finfo(np.float64).max)
    in_range(flows)
    for start in range(0, len(flows), rows):  # what a flow adds up comes to no more than the weights
        some = slice(start, start + rows)
        flows[some] = settled(flows[some], added[some] if len(w) > 1 else added)
    scores: Array = like(matrix, flows if x.ndim == 3 or asked.weights.ndim == 2 else flows[0], "score")
    return scores


def _thresholds(
    preference: str, p: ArrayLike | None, q: ArrayLike | None, counts: NDArray[np.bool_], criteria: Names | None
) -> tuple[Array, Array]:
    needs = {"usual": "", "ushape": "q", "vshape": "p", "level": "pq", "vshape_2": "pq"}[preference]
    found = []
    for name, given in (("p", p), ("q", q)):
        if name not in needs:
            found.append(np.zeros(counts.size))
            continue
        values, names = vector(name, np.nan if given is None else given)
        values = matched(name, values, names, "the matrix", criteria)
        if values.shape != counts.shape or not (np.isfinite(values) & (values >= 0))[counts].all():
            raise InputError(f"{preference} needs {name}, a number of zero or more for each criterion")
        found.append(values)
    if "p" in needs and (found[0] <= found[1])[counts].any():
        raise InputError("p must be above q, and above zero")
    return np.where(counts, found[0], 1.0), np.where(counts, found[1], 0.0)


def _preferred(own: Array, others: Array, preference: str, p: float, q: float) -> Array:
    """Preference of some options over all (draws, some, all)."""
    a, b = own[:, :, None], others[:, None, :]
    with np.errstate(over="ignore"):  # a difference beyond floats is preferred whole
        gap = a - b
    noise = ROUNDING * np.maximum(np.abs(a), np.abs(b))
    match preference:
        case "usual" | "ushape":
            result = (gap > q + noise).astype(np.float64)
        case "level":
            result = 0.5 * (gap > q + noise) + 0.5 * (gap > p + noise)
        case _:
            result = np.clip((gap - q) / (p - q), 0.0, 1.0)
    return result
