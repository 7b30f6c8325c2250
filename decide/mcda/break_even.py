"""The performance at which an option draws level with the best of the others."""

import math
from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.labelled import place_of, row_names
from decide.mcda.problems import problem
from decide.mcda.rounding import ROUNDING, difference, in_reach, settled
from decide.mcda.values import anchors


@dataclass(frozen=True)
class BreakEven:
    """`performance` at which the option's score equals the best other score, None if it never crosses it.

    `leads` says on which side of it the option leads: "below" or "above" (at the performance itself it is level);
    "always" or "never" without one. `needed` is the value on the criterion that draws level, inside 0 to 1 or not;
    NaN where the criterion has no weight.
    """

    performance: float | None
    leads: Literal["below", "above", "always", "never"]
    needed: float


def break_even(
    values: ArrayLike,
    weights: ArrayLike,
    option: Hashable,
    criterion: Hashable,
    at: Sequence[float],
    value: Sequence[float],
) -> BreakEven:
    """The exact performance of one option on one criterion at which it draws level with the best other option.

    Parameters
    ----------
    values : (options, criteria), two options at least; the option's own value on the criterion does not matter.
    weights : (criteria,), zero or more, not all zero.
    option, criterion : which row and column moves, by its place or, where a frame or the weights name them, by name;
        all else stays.
    at, value : the anchors of the criterion's value function, `at` rising, joined with straight lines and level beyond
        the ends; `value` must not both rise and fall.

    Where the value function is level at the crossing, the performance is the last on the level stretch before the
    option falls behind.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero, anchors that do not
        rise, values that turn.
    """
    v, w, _, criteria = problem(values, weights)
    row, column = (
        place_of("option", option, row_names(values), len(v)),
        place_of("criterion", criterion, criteria, w.size),
    )
    if len(v) < 2:
        raise InputError("a break-even needs another option to draw level with")
    x, worth = anchors(at, value)
    steps = np.diff(worth)
    if (steps > 0).any() and (steps < 0).any():
        raise InputError("a value function must rise or fall throughout to have one break-even")
    w = in_reach(w, axis=0)
    rest = np.where(np.arange(w.size) == column, 0.0, w)
    rivals, sizes = np.delete(v, row, axis=0), np.abs(v)
    with np.errstate(over="ignore", invalid="ignore"):
        added = np.delete(sizes, row, axis=0) @ w
        best = int(settled(rivals @ w, added).argmax())
        size = max(float(sizes[row] @ rest), float(added[best]))
        ahead = float(difference(rivals[best] @ w, v[row] @ rest, size))
        needed = float(ahead / w[column]) if w[column] else math.nan
    if not (math.isfinite(ahead) and math.isfinite(size)) or math.isinf(needed):
        raise InputError("the scores are too large to be told", "give the values or the weights in larger units")
    if w[column]:
        with np.errstate(over="ignore"):
            near = np.abs(worth - needed) <= ROUNDING * size / w[column]
        needed = float(worth[near][0]) if near.any() else needed
    if w[column] == 0 or not steps.any():
        reached = ahead < 0 if w[column] == 0 else worth[0] > needed
        return BreakEven(None, "always" if reached else "never", float("nan"))
    if needed > worth.max():
        return BreakEven(None, "never", needed)
    if needed < worth.min():
        return BreakEven(None, "always", needed)
    falls = bool((steps < 0).any())
    if not falls:
        x, worth = -x[::-1], worth[::-1]
    # worth falls along x; the last place where it is still `needed`
    i = int(np.flatnonzero(worth >= needed)[-1])
    level = x[i]
    if i + 1 < x.size:
        level = x[i] + (worth[i] - needed) / (worth[i] - worth[i + 1]) * (x[i + 1] - x[i])
    return BreakEven(float(level if falls else -level), "below" if falls else "above", needed)
