"""Which courses of a table are ranked, and in what order: one rule, for one question and for many at once.

Arrays have a row for each question (a lone question has one row) and a column for each course of the table.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
TIE = 1e-12
"""Scores closer than this are one score: they differ by the rounding of the sum alone."""


class Chosen(NamedTuple):
    """Of each thing the course that is ranked, and a smaller one that is ranked beside it (questions, courses)."""

    main: Mask
    part: Mask


class Placing(NamedTuple):
    """Courses in order (questions, courses + 1), the last number of all being doing nothing, and their ranks; only the
    first `many` of a question are in its ranking.
    """

    order: NDArray[np.intp]
    ranks: NDArray[np.intp]
    many: NDArray[np.intp]


def scored(columns: Sequence[Array], weights: Array) -> Array:
    """The weighted sums of values by criterion, (questions or 1, courses) each, under weights (questions, criteria).

    Added up criterion by criterion, so that no digit of a score hangs on how many are worked out together.
    """
    total: Array = columns[0] * weights[:, :1]
    for j, column in enumerate(columns[1:], 1):
        total = total + column * weights[:, j : j + 1]
    return total


def chosen(slices: Sequence[slice], scores: Array, fits: Mask) -> Chosen:
    """Of each thing the usual number of sessions, else the largest that fits; a smaller one beside it only where it is
    worth more. The courses of a thing stand together (`slices`), most sessions first.
    """
    if not slices:
        return Chosen(fits, fits)
    starts = [place.start for place in slices]
    of = np.repeat(np.arange(len(slices)), [place.stop - place.start for place in slices])
    at = np.arange(of.size)

    def first(which: Mask) -> Mask:
        found: Mask = which & (at == np.minimum.reduceat(np.where(which, at, of.size), starts, axis=1)[:, of])
        return found

    def best(which: Mask) -> Array:
        found: Array = np.maximum.reduceat(np.where(which, scores, -np.inf), starts, axis=1)
        return found

    main = first(fits)
    fewer = fits & ~main
    most = best(fewer)
    worth_more = (most > best(main) + TIE)[:, of]
    return Chosen(main, first(fewer & worth_more & (scores == most[:, of])))


def placed(equals: NDArray[np.intp], scores: Array, idle: Array, kept: Mask) -> Placing:
    """The order of the courses that are `kept`, doing nothing (its score `idle` by question) among them.

    Neighbours within `TIE` share a rank and stand as `equals` has them, doing nothing last of them: an option that is
    worth as much has something to show for it.
    """
    at = np.append(equals, equals.size)
    low = np.concatenate((-np.where(kept, scores, -np.inf)[:, equals], -idle[:, None]), axis=1)
    order = np.argsort(low, axis=1, kind="stable")
    low = np.take_along_axis(low, order, axis=1)
    with np.errstate(invalid="ignore"):
        gap = low[:, 1:] - low[:, :-1]
        new = np.concatenate((np.ones((len(low), 1), dtype=bool), ~(gap <= TIE)), axis=1)
    close = np.flatnonzero(((gap > 0) & ~new[:, 1:]).any(axis=1))
    if close.size:
        # equal but for rounding: within a rank the order is that of equals
        key = np.cumsum(new[close], axis=1) * at.size + order[close]
        order[close] = np.take_along_axis(order[close], np.argsort(key, axis=1), axis=1)
    ranks = np.maximum.accumulate(np.where(new, np.arange(1, at.size + 1), 0), axis=1)
    return Placing(at[order], ranks, kept.sum(axis=1) + 1)
