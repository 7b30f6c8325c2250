"""When two numbers are one: where they differ in the last digits only, as sums that should be equal do."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROUNDING = 16 * float(np.finfo(np.float64).eps)
"""The share of the larger of two numbers within which they count as equal: 3.6e-15, some sixteen last digits."""


def level(a: Any, b: Any) -> NDArray[np.bool_]:
    """Whether numbers (of shapes that broadcast) are equal but for rounding; 0.1 + 0.2 is 0.3."""
    with np.errstate(over="ignore", invalid="ignore"):
        same: NDArray[np.bool_] = np.abs(a - b) <= ROUNDING * np.maximum(np.abs(a), np.abs(b))
    return same


def without_noise(x: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """The same numbers with those about nought that are only rounding put to nought; 0.1 + 0.2 − 0.3 is 0.

    Only of a line along `axis` that holds nought or crosses it, where a sum that should be nought may stand: there what
    lies within `ROUNDING` of it, or within that share of the line's largest number if that is less than one. A line
    that holds nought and nothing above `ROUNDING` is nought throughout: real differences that small need a finer unit.
    """
    low, high = x.min(axis=axis, keepdims=True), x.max(axis=axis, keepdims=True)
    reach = np.maximum(-low, high)
    limit = ROUNDING * np.where(reach > ROUNDING, np.minimum(reach, 1.0), 1.0)
    limit = np.where((low <= 0) & (high >= 0), limit, 0.0)
    if not limit.any():
        return x
    result: NDArray[np.float64] = np.where(np.abs(x) <= limit, 0.0, x)
    return result


def in_reach(x: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Each line along `axis` times the power of two that brings its largest number to between ½ and 1.

    For what depends on ratios alone: no digit changes, and neither squares nor sums leave the range of floats.
    """
    reach = np.maximum(x.max(axis=axis, keepdims=True), -x.min(axis=axis, keepdims=True))
    _, exponent = np.frexp(reach)
    if not (np.abs(exponent) > 400).any():
        return x
    result: NDArray[np.float64] = np.ldexp(x, -exponent)
    return result
