"""Value functions: performance in, worth from 0 to 1 out, by fixed anchors joined with straight lines."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import (
    Array,
    aligned,
    alike,
    axes,
    called,
    listed,
    numbers,
    row_labels,
    told,
    vector,
)


def piecewise(performance: ArrayLike, at: Sequence[float], value: Sequence[float]) -> NDArray[np.float64]:
    """Worth of each performance (any shape): linear between anchors (`at` rising), the end value beyond them.

    From a series or a frame it comes as one, with its names.

    Raises
    ------
    InputError : a performance or an anchor is not a number, or the anchors do not rise.

    Source: Belton & Stewart, Multiple Criteria Decision Analysis (2002), ch. 5.
    """
    x = axes("performance", performance).array
    if np.isnan(x).any():
        names = vector("performance", performance)[1] if x.ndim == 1 else None
        which = called("the performance of", names, int(np.isnan(x).argmax())) if told(names) else "a performance"
        raise InputError(f"{which} is not a number", "fill it, or leave it out")
    places, worth = anchors(at, value)
    result: NDArray[np.float64] = alike(performance, np.interp(x, places, worth))
    return result


def anchors(at: Sequence[float] | Array, value: Sequence[float] | Array) -> tuple[Array, Array]:
    """The anchors of a value function as arrays, checked: `at` rising, as many values, matched by names they have.

    Raises
    ------
    InputError : what does not fit, does not rise, or is not finite.
    """
    value = aligned("value", value, "at", row_labels(at))
    places, worth = numbers("at", listed("at", at)), numbers("value", listed("value", value))
    if places.shape != worth.shape or places.ndim != 1 or places.size < 2 or not (places[:-1] < places[1:]).all():
        raise InputError("anchors, at and value, must be equally many, two at least, and at must rise")
    if not (np.isfinite(places).all() and np.isfinite(worth).all()):
        raise InputError("anchors, at and value, must be finite numbers")
    if max(float(line.max()) - float(line.min()) for line in (places, worth)) == math.inf:
        raise InputError("anchors, at and value, are too far apart to be told", "give them in larger units")
    return places, worth
