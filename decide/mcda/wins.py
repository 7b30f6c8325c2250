"""In how many draws each option stands before each other, counted from places."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from decide.mcda.places import Array, Places

_PAIRS = 1 << 18  # pairs of options compared at once


def count_wins(places_of: Places, ties: NDArray[np.bool_], wins: Array) -> None:
    """Add in how many draws the row's place comes before the column's, from places (options, draws).

    `ties` are the options that share a place in some draw. Of two options one of which never does, the one is before
    the other wherever it is not after it.
    """
    options, draws = places_of.shape
    if draws <= min(options * options // 4, 16_000):
        _by_draw(places_of, ties, wins)
        return
    before = np.empty(draws, dtype=bool)
    for i in range(options):
        for j in range(i + 1, options):
            np.less(places_of[i], places_of[j], out=before)
            won = np.count_nonzero(before)
            wins[i, j] += won
            if ties[i] and ties[j]:
                np.less(places_of[j], places_of[i], out=before)
                wins[j, i] += np.count_nonzero(before)
            else:
                wins[j, i] += draws - won


def _by_draw(places_of: Places, ties: NDArray[np.bool_], wins: Array) -> None:
    """As `count_wins`, for draws that are few beside the pairs: all pairs of some rows at once, draw by draw."""
    options, draws = places_of.shape
    rows = max(1, _PAIRS // options)
    for at in range(0, draws, 255):  # as many as a byte counts
        by_draw = np.ascontiguousarray(places_of[:, at : at + 255].T)
        for row in range(0, options, rows):
            block, beyond = slice(row, min(row + rows, options)), slice(row + rows, options)
            won = _won(np.less, by_draw[:, block], by_draw[:, row:])
            wins[block, row:] += won
            if ties[block].any() and ties[beyond].any():
                lost = _won(np.greater, by_draw[:, block], by_draw[:, beyond])
            else:
                lost = len(by_draw) - won[:, rows:]
            wins[beyond, block] += lost.T


def _won(compare: Any, some: Places, others: Places) -> NDArray[np.uint8]:
    """In how many draws, 255 at most, each of `some` compares like this with each of the others."""
    result = np.zeros((some.shape[1], others.shape[1]), dtype=np.uint8)
    before = np.empty(result.shape, dtype=bool)
    for own, every in zip(some, others, strict=True):
        compare(own[:, None], every, out=before)
        result += before.view(np.uint8)
    return result


def as_shares(wins: Array, draws: int) -> None:
    """Turn wins (options, options) into shares of the draws, a tie counting half; block by block, in place."""
    side = 1024
    for i in range(0, len(wins), side):
        for j in range(i, len(wins), side):
            upper, lower = wins[i : i + side, j : j + side], wins[j : j + side, i : i + side]
            lead = (upper - lower.T) / (2 * draws)
            upper[:] = 0.5 + lead
            lower[:] = 0.5 - lead.T
