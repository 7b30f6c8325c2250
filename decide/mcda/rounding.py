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
