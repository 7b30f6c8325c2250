"""PROMETHEE II: by how much each option outranks the others, less by how much they outrank it."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.problems import Array, problems

Preference = Literal["usual", "ushape", "vshape", "level", "vshape_2"]

_CELLS = 4_000_000  # differences held at once


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
    matrix : (options, criteria) or (draws, options, criteria), finite.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; used as given.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1.
    preference : how a difference d > 0 turns into preference: "usual" (any counts whole), "ushape" (whole above q),
        "vshape" (d / p up to p), "level" (half above q, whole above p), "vshape_2" (nothing up to q, then linear to p).
    p, q : (criteria,) thresholds in each criterion's unit, where the preference needs them.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero, thresholds missing
        or out of order.

    Net flow is a sum over criteria, so each criterion's own flow is found once and weighted after.
    Source: Brans & Vincke, Management Science 31 (1985) 647-656.
    """
    x, w, d = problems(matrix, weights, directions)
    upper, lower = _thresholds(preference, p, q, d.size)
    draws = x[None] if x.ndim == 2 else x
    flows = np.empty_like(draws)
    options = draws.shape[1]
    step = max(1, _CELLS // options**2)
    for start in range(0, len(draws), step):
        for j in range(d.size):
            column = draws[start : start + step, :, j] * d[j]
            gap = column[:, :, None] - column[:, None, :]
            gain = _preferred(gap, preference, upper[j], lower[j])
            flows[start : start + step, :, j] = gain.sum(axis=2) - gain.sum(axis=1)
    flows /= max(1, options - 1)
    scores: Array = ((flows[0] if x.ndim == 2 else flows) * w).sum(axis=-1)
    return scores


def _thresholds(preference: str, p: ArrayLike | None, q: ArrayLike | None, count: int) -> tuple[Array, Array]:
    needs = {"usual": "", "ushape": "q", "vshape": "p", "level": "pq", "vshape_2": "pq"}.get(preference)
    if needs is None:
        raise InputError(f"unknown preference {preference!r}", "usual, ushape, vshape, level or vshape_2")
    found = []
    for name, given in (("p", p), ("q", q)):
        if name not in needs:
            found.append(np.zeros(count))
            continue
        values = np.asarray(np.nan if given is None else given, dtype=np.float64)
        if values.shape != (count,) or not np.isfinite(values).all() or (values < 0).any():
            raise InputError(f"{preference} needs {name}, a number of zero or more for each criterion")
        found.append(values)
    if "p" in needs and (found[0] <= found[1]).any():
        raise InputError("p must be above q, and above zero")
    return found[0], found[1]


def _preferred(gap: Array, preference: str, p: float, q: float) -> Array:
    match preference:
        case "usual" | "ushape":
            result = (gap > q).astype(np.float64)
        case "level":
            result = 0.5 * (gap > q) + 0.5 * (gap > p)
        case _:
            result = np.clip((gap - q) / (p - q), 0.0, 1.0)
    return result
