"""The place of every option in every draw, ties shared."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError

Array = NDArray[np.float64]
Places = NDArray[np.unsignedinteger[Any]]
Sizes = Callable[[NDArray[np.intp], NDArray[np.intp]], Array]
"""What was added up for the scores of some draws and options."""

_LEAST = 1e-300  # differences that can be divided by
_CELLS = 1 << 16  # counts that are moved together
_ONE = 2.0**52  # steps between 1 and 2 in a float64


class Ties(NamedTuple):
    """One entry for each option that shares its place with others: its `draw`, `option` and `place`, and how many are
    `sharing` it; by draw and place."""

    draw: NDArray[np.intp]
    option: NDArray[np.intp]
    place: NDArray[np.intp]
    sharing: NDArray[np.intp]


class Placing(NamedTuple):
    """`place` (draws, options) from 0 for the highest; equal options share the first of the places they fill.

    `first` (draws,) is an option in the first place.
    """

    place: Places
    first: NDArray[np.intp]
    ties: Ties


def place_type(options: int) -> "np.dtype[np.unsignedinteger[Any]]":
    """The smallest whole number that holds a place among so many options."""
    return np.dtype("u1" if options <= 2**8 else "u2" if options <= 2**16 else "u4")


def places(
    scores: Array,
    tolerance: float,
    many: NDArray[np.intp] | None = None,
    sizes: Sizes | None = None,
    most: float = 0.0,
) -> Placing:
    """The places that scores (draws, options) give; neighbours tie whose difference is within `tolerance`, a share of
    the larger of their sizes.

    `many` (options,) is for how many options each stands that are the same in every draw; each alone when left out.
    `sizes` tells what was added up for a score, `most` at most; a score has its own size when left out.

    Each score is turned into a number from 1 to 1.5 whose last bits are overwritten by the option's own number, so that
    one sort of the bare numbers tells the order: half the time of an argsort. Only of neighbours that come too close to
    be told apart like this are the scores themselves compared.

    Raises
    ------
    InputError : a score that is not finite.
    """
    draws, options = scores.shape
    low, high = float(scores.min()), float(scores.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise InputError("a score is not a finite number")
    if not _LEAST <= high - low < math.inf and high > low:  # what counts is their ratio
        by = -2 if high > 1 else 600
        scaled = None if sizes is None else lambda draw, option: np.ldexp(sizes(draw, option), by)
        return places(np.ldexp(scores, by), tolerance, many, scaled, math.ldexp(most, by))
    total = options if many is None else int(many.sum())
    place: Places = np.zeros((draws, options), dtype=place_type(total))
    if high == low:
        draw, option = np.indices((draws if options > 1 else 0, options)).reshape(2, -1)
        ties = Ties(draw, option, np.zeros_like(draw), np.full_like(draw, total))
        return Placing(place, np.zeros(draws, dtype=np.intp), ties)
    mask = (1 << (options - 1).bit_length()) - 1
    key = high - scores
    key *= 0.5 / (high - low)
    key += 1.0
    code = key.view(np.int64)
    own, before = _numbered(draws, options)
    code &= ~mask
    code |= own
    code.sort(axis=1)
    most = max(abs(low), abs(high), most)
    too_close = min(2.0**60, 0.5 * tolerance * most / (high - low) * _ONE + 2 * mask + 8)
    close = _close(code, int(too_close))
    code &= mask
    first = code[:, 0].copy()
    code += before
    ties = Ties(*np.empty((4, 0), dtype=np.intp))
    if close.size:
        ties = _ties(scores, code, close, tolerance, many, sizes, most)
    ranked = place.reshape(-1)
    ranked[code.reshape(-1)] = (own if many is None else _before(code, many)).astype(place.dtype).reshape(-1)
    if close.size:
        first = code[:, 0] % options
        ranked[ties.draw * options + ties.option] = ties.place
    return Placing(place, first, ties)


@lru_cache(maxsize=4)
def _numbered(draws: int, options: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The number of each cell's option, and the cells of the draws before it; whole, as rows are often short."""
    before, own = np.indices((draws, options))
    before *= options
    for one in (own, before):
        one.flags.writeable = False
    return own, before


def _close(code: NDArray[np.int64], limit: int) -> NDArray[np.intp]:
    """Which neighbours (draws, options − 1) of sorted rows are less than `limit` apart."""
    options = code.shape[1]
    flat = code.reshape(-1)
    gap = flat[1:] - flat[:-1]
    gap[options - 1 :: options] = limit  # from one draw to the next
    at = np.flatnonzero(gap < limit)
    between: NDArray[np.intp] = at - at // options
    return between


def _before(order: NDArray[np.intp], many: NDArray[np.intp]) -> NDArray[np.intp]:
    """How many options come before each cell of `order` (draws, options) in its draw, where they stand for `many`."""
    each = many[order - order.min(axis=1, keepdims=True)]
    counted: NDArray[np.intp] = each.cumsum(axis=1) - each
    return counted


def _ties(
    scores: Array,
    order: NDArray[np.intp],
    close: NDArray[np.intp],
    tolerance: float,
    many: NDArray[np.intp] | None,
    sizes: Sizes | None,
    most: float,
) -> Ties:
    """Who ties, of scores whose cells stand by draw from the highest in `order` (draws, options).

    Only neighbours that `close` counts (draws, options − 1) may be equal or, by a last digit, out of order. If equal
    throughout, each by its own size, order does not matter: sorted, they would be no further apart. Draws in which it
    may are sorted again.
    """
    options = scores.shape[1]
    draw = close // (options - 1)
    at = close + draw  # the cell of `order` in which the first of two neighbours stands
    cells, values = order.reshape(-1), scores.reshape(-1)

    def apart() -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_]]:
        """By how much neighbours differ, and whether by more than the tolerance: of their own, of what they add up."""
        one, other = cells[at], cells[at + 1]
        a, b = values[one], values[other]
        gap = a - b
        with np.errstate(over="ignore"):  # beyond floats all are within it
            far = by_own = np.abs(gap) > tolerance * np.maximum(np.abs(a), np.abs(b))
            if sizes is not None and far.any():
                unsure = np.flatnonzero(far & (np.abs(gap) <= tolerance * most))
                pair = (sizes(draw[unsure], each[unsure] - draw[unsure] * options) for each in (one, other))
                far = by_own.copy()
                far[unsure] = np.abs(gap[unsure]) > tolerance * np.maximum(*pair)
        return gap, by_own, far

    gap, by_own, far = apart()
    if by_own.any():
        turned = np.intersect1d(draw[gap < 0], draw[by_own])
        if turned.size:
            order[turned] = np.argsort(-scores[turned], axis=1, kind="stable") + turned[:, None] * options
            far = apart()[2]
        draw, at = draw[~far], at[~far]
    # a run of equal neighbours ends with its draw: the first two of the next draw stand two cells on
    begins = np.flatnonzero(np.append(True, at[1:] != at[:-1] + 1)[: at.size])
    size = np.append(begins[1:], at.size)[: begins.size] - begins + 1
    draw, at = draw[begins], at[begins]
    start, of = draw * options, np.repeat(np.arange(begins.size), size)
    members = cells[np.arange(of.size) + (at - np.cumsum(size) + size)[of]]
    option, place = members - start[of], at - start
    if many is not None and size.size:
        place = _before(order[draw], many)[np.arange(draw.size), place]
        size = np.add.reduceat(many[option], np.cumsum(size) - size)
    return Ties(draw[of], option, place[of], size[of])


def shared(ties: Ties, counts: Array) -> NDArray[np.intp]:
    """For each option that shares its place one number: how many share it, which row of `counts` it is, which place."""
    rows, ranks = counts.shape
    cell: NDArray[np.intp] = (ties.sharing * rows + ties.option) * ranks + ties.place
    return cell


def share(cell: NDArray[np.intp], taken: Array, parts: Array) -> None:
    """Of counts `taken` (options, places) move options that tie, by their numbers from `shared`, from the first of
    their places to `parts`, an equal part to each place they fill. Many draws at once take less time.

    A part is added where its places begin and taken off where they end, and all is summed along the places. Parts are
    rounded to a power of two in which such sums are exact, so that what no draw gives stays nought.
    """
    if cell.max(initial=0) < 4 * cell.size:
        many = np.bincount(cell)
        cell = np.flatnonzero(many)
        many = many[cell]
    else:
        cell, many = np.unique(cell, return_counts=True)
    options, ranks = taken.shape
    size, at = np.divmod(cell, taken.size)
    row, place = np.divmod(at, ranks)
    finest = 52 - int(many.sum()).bit_length()
    part = np.ldexp(np.rint(np.ldexp(many / size, finest)), -finest)
    together = max(1, _CELLS // ranks)
    order = np.argsort(row, kind="stable") if options > together else np.arange(row.size)
    bounds = np.searchsorted(row[order], np.arange(0, options + together, together))
    for start, first, last in zip(range(0, options, together), bounds, bounds[1:], strict=False):
        some = order[first:last]
        if some.size:
            rows = min(together, options - start)
            begin = (row[some] - start) * (ranks + 1) + place[some]
            cells = rows * (ranks + 1)
            steps = np.bincount(begin, part[some], cells) - np.bincount(begin + size[some], part[some], cells)
            parts[start : start + rows] += steps.reshape(rows, -1).cumsum(axis=1)[:, :ranks]
            taken[start : start + rows] -= np.bincount(begin, many[some], cells).reshape(rows, -1)[:, :ranks]
