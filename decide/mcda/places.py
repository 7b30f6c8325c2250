"""The place of every option in every draw, ties shared."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError

Array = NDArray[np.float64]
Places = NDArray[np.unsignedinteger[Any]]

_LEAST = 1e-300  # differences that can be divided by
_ONE = 2.0**52  # steps between 1 and 2 in a float64


class Placing(NamedTuple):
    """`place` (draws, options) from 0 for the highest; equal options share the first of the places they fill.

    `first` (draws,) is an option in the first place. `tied` (draws with a tie,) are the draws that hold one, and
    `sharing` (draws with a tie, options) how many options share each place in them, 1 where none do.
    """

    place: Places
    first: NDArray[np.intp]
    tied: NDArray[np.intp]
    sharing: NDArray[np.intp]


def place_type(options: int) -> "np.dtype[np.unsignedinteger[Any]]":
    """The smallest whole number that holds a place among so many options."""
    return np.dtype("u1" if options <= 2**8 else "u2" if options <= 2**16 else "u4")


def places(scores: Array, tolerance: float) -> Placing:
    """The places that scores (draws, options) give; neighbours within `tolerance` of the draw's largest score tie.

    Each score is turned into a number from 1 to 1.5 whose last bits are overwritten by the option's own number, so that
    one sort of the bare numbers tells the order: half the time of an argsort. Draws with neighbours that come too
    close to be told apart like this are sorted again, exactly.

    Raises
    ------
    InputError : a score that is not finite.
    """
    draws, options = scores.shape
    low, high = float(scores.min()), float(scores.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise InputError("a score is not a finite number")
    if not _LEAST <= high - low < math.inf and high > low:  # what counts is their ratio
        return places(np.ldexp(scores, -2 if high > 1 else 600), tolerance)
    place: Places = np.zeros((draws, options), dtype=place_type(options))
    if high == low:
        tied = np.arange(draws if options > 1 else 0)
        return Placing(place, np.zeros(draws, dtype=np.intp), tied, np.full((tied.size, options), options))
    mask = (1 << (options - 1).bit_length()) - 1
    key = high - scores
    key *= 0.5 / (high - low)
    key += 1.0
    code = key.view(np.int64)
    code &= ~mask
    code |= np.arange(options)
    code.sort(axis=1)
    too_close = min(2.0**60, 0.5 * tolerance * max(abs(low), abs(high)) / (high - low) * _ONE + 2 * mask + 8)
    close = code[:, 1:] - code[:, :-1] < int(too_close)
    code &= mask
    first = code[:, 0].copy()
    code += np.arange(0, scores.size, options)[:, None]
    place.ravel()[code] = np.arange(options, dtype=place.dtype)
    doubtful = np.flatnonzero(close.any(axis=1)) if close.any() else np.empty(0, dtype=np.intp)
    if not doubtful.size:
        return Placing(place, first, doubtful, np.empty((0, options), dtype=np.intp))
    exact, sharing = _exact(scores[doubtful], tolerance)
    place[doubtful], first[doubtful] = exact, exact.argmin(axis=1)
    shared = (sharing > 1).any(axis=1)
    return Placing(place, first, doubtful[shared], sharing[shared])


def _exact(scores: Array, tolerance: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places and how many share each, by a stable sort and the gaps between neighbours."""
    draws, options = scores.shape
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    limit = tolerance * np.abs(scores).max(axis=1, keepdims=True)
    opens = np.ones((draws, options), dtype=bool)
    opens[:, 1:] = ordered[:, :-1] - ordered[:, 1:] > limit
    position = np.arange(options)
    first = np.maximum.accumulate(np.where(opens, position, 0), axis=1)
    closes = np.ones((draws, options), dtype=bool)
    closes[:, :-1] = opens[:, 1:]
    last = np.minimum.accumulate(np.where(closes, position, options)[:, ::-1], axis=1)[:, ::-1]
    place = np.empty((draws, options), dtype=np.intp)
    sharing = np.empty((draws, options), dtype=np.intp)
    np.put_along_axis(place, order, first, axis=1)
    np.put_along_axis(sharing, order, last - first + 1, axis=1)
    return place, sharing
