"""When two numbers are one: where they differ in the last digits only, as sums that should be equal do.

Two numbers are compared by their own size: of what somebody gives that is the number itself, of a sum all that was
added up for it. What else stands in a column, a row or a draw has no say, however large. Neighbours in their order that
are level are one, and so are their neighbours in turn: that keeps an order an order. A sum whose large terms cancel is
thus level with whatever stands within what they leave of rounding: no arithmetic tells more of it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROUNDING = 16 * float(np.finfo(np.float64).eps)
"""The share of the larger of two sizes within which numbers count as equal: 3.6e-15, some sixteen last digits."""


def level(a: Any, b: Any, size: Any = None) -> NDArray[np.bool_]:
    """Whether numbers (of shapes that broadcast) are equal but for rounding; 0.1 + 0.2 is 0.3.

    `size` is the larger of what was added up for each, where they are sums.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.maximum(np.abs(a), np.abs(b)) if size is None else size
        same: NDArray[np.bool_] = np.abs(a - b) <= ROUNDING * size
    return same


def difference(a: Any, b: Any, size: Any = None) -> NDArray[np.float64]:
    """a − b, and nought where they are `level`."""
    with np.errstate(over="ignore", invalid="ignore"):
        result: NDArray[np.float64] = np.where(level(a, b, size), 0.0, a - b)
    return result


def settled(values: NDArray[np.float64], sizes: Any = None) -> NDArray[np.float64]:
    """Numbers (..., options), those of a row that are one put to the one of them that adds up the least.

    `sizes` (of a shape that broadcasts) is what was added up for each; that of a given number is itself.
    """
    sizes = np.abs(values) if sizes is None else np.broadcast_to(sizes, values.shape)
    with np.errstate(over="ignore"):  # most often nothing comes near, which bare numbers tell sooner than their order
        gaps = np.diff(np.sort(values, axis=-1), axis=-1)
    if not ((gaps > 0) & (gaps <= ROUNDING * sizes.max(initial=0.0))).any():
        return values
    order = np.argsort(values, axis=-1, kind="stable")
    rising, size = np.take_along_axis(values, order, -1), np.take_along_axis(sizes, order, -1)
    joins = level(rising[..., 1:], rising[..., :-1], np.maximum(size[..., 1:], size[..., :-1]))
    run = np.cumsum(np.insert(~joins, 0, True, axis=-1).reshape(-1)) - 1
    least = np.lexsort((size.reshape(-1), run))
    first = np.flatnonzero(np.diff(run[least], prepend=-1))
    result = np.empty_like(values)
    np.put_along_axis(result, order, rising.reshape(-1)[least][first][run].reshape(values.shape), -1)
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
