"""What an uncertain gain is worth: the mean of a value function over normal distributions, in closed form.

The function is piecewise linear. Beyond its last anchor it stays as it is; before the first it goes on with its first
slope, so that a concave function stays concave and doubt is never paid for (Jensen).

Source: Belton & Stewart, Multiple Criteria Decision Analysis (2002), ch. 5, for value functions; the mean of a hinge
max(G − a, 0) of a normal G is s·(zΦ(z) + φ(z)) with z = (m − a)/s (Clark, Operations Research 9 (1961) 145-162).
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import alike, axes, beside, is_frame, like, matched, number
from decide.mcda.normal import excess
from decide.mcda.values import anchors

Array = NDArray[np.float64]


class Worth(NamedTuple):
    """`gain` E[max(v(G), 0)] and `loss` E[max(−v(G), 0)]; their difference is E[v(G)]."""

    gain: Array
    loss: Array


def expected_value(
    mean: ArrayLike,
    sd: ArrayLike,
    at: Sequence[float] | Array,
    value: Sequence[float] | Array,
    weights: ArrayLike | None = None,
) -> Array:
    """E[v(G)] for G ~ N(mean, sd²) (any shape, sd of zero allowed), v through the anchors (`at` rising).

    With `weights` (last axis, adding up to 1) G is a mixture: the last axis holds its components and is summed over.
    Series and frames go by their names, and the outcome comes as one.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, a negative sd, anchors that do not rise,
        weights that do not add up to 1.
    """
    places, worth = anchors(at, value)
    slopes = np.diff(worth) / np.diff(places)
    m, s, given = beside(("the mean", "the sd"), mean, sd)
    return _mixed(_mean(m, s, places, float(worth[0]), float(slopes[0]), slopes), weights, given, -np.inf)


def expected_worth(
    mean: ArrayLike,
    sd: ArrayLike,
    at: Sequence[float] | Array,
    value: Sequence[float] | Array,
    weights: ArrayLike | None = None,
) -> Worth:
    """The two sides of E[v(G)] apart: what is gained, and what is lost.

    v must rise through nought at nought, with an anchor there: (0, 0). Shapes, mixtures and errors are those of
    `expected_value`.
    """
    places, worth = anchors(at, value)
    origin = int(np.searchsorted(places, 0.0))
    if not (0 < origin < places.size - 1 and places[origin] == worth[origin] == 0.0 and (np.diff(worth) >= 0).all()):
        raise InputError("gains and losses are told apart at an anchor (0, 0), with anchors on both sides that rise")
    slopes = np.diff(worth) / np.diff(places)
    m, s, given = beside(("the mean", "the sd"), mean, sd)
    gain = _mean(m, s, places[origin:], 0.0, 0.0, slopes[origin:])
    loss = -_mean(m, s, places[: origin + 1], float(worth[0]), float(slopes[0]), slopes[:origin])
    return Worth(*(_mixed(side, weights, given, 0.0) for side in (gain, loss)))


def moved(
    at: Sequence[float] | Array, value: Sequence[float] | Array, back: Callable[[Array], Array], most: float
) -> tuple[Array, Array]:
    """The anchors of v(f(g)) for a rising f that comes to `most` at most: `back` is its inverse.

    Each anchor moves to where f brings it, and each piece gets one more in its middle, for the moved function bends.

    Raises
    ------
    InputError : anchors that do not rise, before or after; `back` that is no function.
    """
    places, worth = anchors(at, value)
    if not callable(back):
        raise InputError(f"back must be a function, not {back!r:.60}")
    finer = np.unique(np.minimum(np.concatenate([places, (places[:-1] + places[1:]) / 2]), number("most", most)))
    return anchors(back(finer), np.interp(finer, places, worth))


def _mean(mean: Array, sd: Array, places: Array, first: float, before: float, slopes: Array) -> Array:
    """E of the function that is `first` at the first place, has slope `before` before it, `slopes` after, 0 at last."""
    m, s = np.broadcast_arrays(mean, sd)
    if not (np.isfinite(m).all() and np.isfinite(s).all() and (s >= 0).all()):
        raise InputError("means and standard deviations must be finite, and no standard deviation below zero")
    bends = np.diff(np.concatenate([[before], slopes, [0.0]]))
    held = excess(m[..., None] - places[bends != 0], s[..., None]) @ bends[bends != 0]
    return np.asarray(first + before * (m - places[0]) + held, dtype=np.float64)


def _mixed(values: Array, weights: ArrayLike | None, given: Any, least: float) -> Array:
    """Values (…, components), or their means by weight, not below `least`, under the names of `given`."""
    found: Array
    if weights is None:
        found = alike(given, np.maximum(values, least))
        return found
    w, _, own = axes("weights", weights)
    w = matched("weights", w, own, "the components", axes("means", given).columns)
    if not (np.isfinite(w) & (w >= 0) & (w <= 2)).all() or not np.allclose(w.sum(axis=-1), 1.0, atol=1e-9):
        raise InputError("weights of a mixture must be zero or more and add up to 1")
    if w.shape[-1:] != values.shape[-1:] or not w.ndim:
        raise InputError("a mixture has one weight for each component on the last axis")
    found = np.maximum((values * w).sum(axis=-1), least)
    if is_frame(given):
        found = like(given, found, "worth")
    return found
