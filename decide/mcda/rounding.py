"""When two numbers are one: where they differ in the last digits only, as sums that should be equal do."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROUNDING = 16 * float(np.finfo(np.float64).eps)
"""The share of the larger of two numbers within which they count as equal: 3.6e-15, some sixteen last digits."""


_AT_ONCE = 1 << 20  # numbers looked at together


def level(a: Any, b: Any) -> NDArray[np.bool_]:
    """Whether numbers (of shapes that broadcast) are equal but for rounding; 0.1 + 0.2 is 0.3."""
    with np.errstate(over="ignore", invalid="ignore"):
        same: NDArray[np.bool_] = np.abs(a - b) <= ROUNDING * np.maximum(np.abs(a), np.abs(b))
    return same


def noise(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far apart scores (..., options) of one order may come out and be equal: `ROUNDING` of the largest of them.

    Scores are sums: what rounding left of those that are small has the size of what was added up.
    """
    largest: NDArray[np.float64] = np.abs(scores).max(axis=-1, initial=0.0)
    return ROUNDING * largest


def highest(scores: NDArray[np.float64]) -> int:
    """The first of those scores (options,) that are the highest but for rounding."""
    return int(np.argmax(scores >= scores.max() - noise(scores)))


def difference(a: Any, b: Any, size: Any) -> NDArray[np.float64]:
    """a − b, and nought where that is only what rounding leaves of numbers of this size."""
    gap = np.asarray(a - b, dtype=np.float64)
    result: NDArray[np.float64] = np.where(np.abs(gap) <= ROUNDING * size, 0.0, gap)
    return result


def without_noise(x: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """The same numbers with those about nought that are only rounding put to nought; 0.1 + 0.2 − 0.3 beside 5 is 0.

    These are what lies within `ROUNDING` of a line's largest number about nought, where some of that is nought or it
    lies on both sides: there sums stand that should be nought. What is small beside the rest and of one sign stays, and
    so does a line that holds nothing larger: no unit is too fine.
    """
    together = len(x) if axis % x.ndim == 0 else max(1, _AT_ONCE * len(x) // max(1, x.size))
    result = x
    for at in range(0, len(x), max(1, together)):
        some = x[at : at + together]
        low, high = some.min(axis=axis, keepdims=True), some.max(axis=axis, keepdims=True)
        if not ((low <= 0) & (high >= 0)).any():
            continue
        near = np.abs(some) <= ROUNDING * np.maximum(-low, high)
        small = near & (some != 0)
        if not small.any():
            continue
        both = [side.any(axis=axis, keepdims=True, where=near) for side in (some <= 0, some >= 0)]
        small &= both[0] & both[1]
        if small.any():
            result = x.copy() if result is x else result
            result[at : at + together][small] = 0.0
    return result


def in_reach(x: NDArray[np.float64], axis: int | tuple[int, int]) -> NDArray[np.float64]:
    """Each line along `axis` times the power of two that brings its largest number to between ½ and 1; along two axes
    each table.

    For what depends on ratios alone: no digit changes, and neither squares nor sums leave the range of floats.
    """
    reach = np.maximum(x.max(axis=axis, keepdims=True), -x.min(axis=axis, keepdims=True))
    _, exponent = np.frexp(reach)
    if not (np.abs(exponent) > 400).any():
        return x
    result: NDArray[np.float64] = np.ldexp(x, -exponent)
    return result
