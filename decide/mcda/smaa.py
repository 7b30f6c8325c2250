"""SMAA-2: how sure an order is, when values and weights are draws."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.places import Places, Placing, place_type, places
from decide.mcda.weights import normalised

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

_CELLS = 40_000  # scores of draws by options that stay in the processor's own memory
_BLOCK = 16_000_000  # places held at once
_DRAWS = 500_000  # draws counted at once
_FEW = 256  # draws below which pairs are counted draw by draw


@dataclass(frozen=True, eq=False)
class Smaa:
    """What the draws say of the order. Options and criteria stand in the order they were given.

    rank_acceptability : (options, ranks), the share of draws in which an option takes a rank; k options that tie fill k
        ranks, a kth of each. Rows and columns sum to 1.
    expected_rank : (options,), from 1.
    central_weights : (options, criteria), the mean of the weights with which an option is first; NaN where it never is.
    confidence_factors : (options,), the share of draws in which an option is first when its central weights are used;
        NaN where it has none, or they were not asked for.
    pairwise : (options, options), the share of draws in which the row beats the column, a tie counting half, so that
        each pair sums to 1 and the diagonal is ½.
    draws : how many draws were used.
    """

    rank_acceptability: Array
    expected_rank: Array
    central_weights: Array
    confidence_factors: Array
    pairwise: Array
    draws: int

    @property
    def p_best(self) -> Array:
        """The share of draws in which each option (options,) is first."""
        return self.rank_acceptability[:, 0]


def smaa(values: ArrayLike, weights: ArrayLike, *, confidence: bool = True, tolerance: float = 1e-12) -> Smaa:
    """Rank acceptability, central weights, confidence factors and pairwise winning of options under a weighted sum.

    Parameters
    ----------
    values : (draws, options, criteria), or (options, criteria) when only the weights are draws. Higher is better, one
        unit for all: value functions have been applied.
    weights : (draws, criteria), or (criteria,) when only the values are draws; each set is brought to a sum of 1.
    confidence : whether to find the confidence factors, which take as long as all the rest; NaN if not.
    tolerance : scores of one draw that differ by no more than this share of its largest are equal.

    Raises
    ------
    InputError : shapes that do not fit, a value that is not finite, weights negative or all zero.

    Nothing is drawn here: the same input gives the same output. Beyond its input it needs some 50 MB.
    Source: Lahdelma & Salminen, Operations Research 49 (2001) 444-454; pairwise winning: Leskinen et al. (2006).
    """
    v, w = _draws(values, weights)
    draws, options = max(v.shape[0], w.shape[0]), v.shape[1]
    taken = np.zeros((options, options), dtype=np.int64)
    shared: Array = np.zeros((options, options))
    wins = np.zeros((options, options), dtype=np.int64)
    central = np.zeros((options, v.shape[2]))
    first = np.zeros(options)
    step = max(1, _CELLS // options)
    block = max(step, min(_DRAWS, _BLOCK // options) // step * step)
    for start in range(0, draws, block):
        stop = min(draws, start + block)
        table = np.empty((options, stop - start), dtype=place_type(options))
        ties = False
        for chunk in _chunks(start, stop, step):
            ww = w[chunk] if len(w) > 1 else w
            placing = places(_scores(v[chunk] if len(v) > 1 else v, ww), tolerance)
            table[:, chunk.start - start : chunk.stop - start] = placing.place.T
            draw, option, share = _leaders(placing)
            first += np.bincount(option, share, options)
            leading = share[:, None] * (ww[draw] if len(w) > 1 else w)
            for j, column in enumerate(leading.T):
                central[:, j] += np.bincount(option, column, options)
            if placing.tied.size:
                ties = True
                _share(placing, taken, shared)
        for i in range(options):
            taken[i] += np.bincount(table[i], minlength=options)
        wins += _wins(table, ties)
    acceptability = (taken + shared) / draws
    beaten = (wins - wins.T + draws) / (2 * draws)
    central_weights = central / np.where(first > 0, first, np.nan)[:, None]
    factors = np.full(options, np.nan)
    if confidence:
        factors = _confidence(v, w, central_weights, first / draws, tolerance)
    return Smaa(
        rank_acceptability=acceptability,
        expected_rank=acceptability @ np.arange(1.0, options + 1),
        central_weights=central_weights,
        confidence_factors=factors,
        pairwise=beaten,
        draws=draws,
    )


def _draws(values: ArrayLike, weights: ArrayLike) -> tuple[Array, Array]:
    """Values (draws or 1, options, criteria) and weights (draws or 1, criteria) that fit, the weights summing to 1."""
    v = np.asarray(values, dtype=np.float64)
    if v.ndim not in (2, 3) or not v.size:
        raise InputError("values must be (draws by) options by criteria, and hold at least one of each")
    w = normalised(weights)
    if w.shape[-1] != v.shape[-1]:
        raise InputError(f"{v.shape[-1]} criteria need as many weights, not {w.shape[-1]}")
    if v.ndim == 3 and w.ndim == 2 and len(v) != len(w):
        raise InputError(f"{len(v)} draws of values do not fit {len(w)} draws of weights")
    if not len(w):
        raise InputError("there must be one draw of weights at least")
    return v if v.ndim == 3 else v[None], np.atleast_2d(w)


def _chunks(start: int, stop: int, step: int) -> Iterator[slice]:
    for at in range(start, stop, step):
        yield slice(at, min(stop, at + step))


def _scores(values: Array, weights: Array) -> Array:
    """Weighted sums (draws, options) of values (draws or 1, ...) and weights (draws or 1, ...)."""
    if not np.isfinite(values.sum()):
        raise InputError("values hold something that is not a finite number")
    scores: Array
    if len(values) == 1:
        scores = weights @ values[0].T
    elif len(weights) == 1:
        scores = values @ weights[0]
    else:
        scores = np.matmul(values, weights[:, :, None])[:, :, 0]
    return scores


def _leaders(placing: Placing) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """Who is first: draw, option and its share of the first place, from several options where they tie."""
    option = placing.place.argmin(axis=1)
    draw = np.arange(option.size)
    share = np.ones(option.size)
    if placing.tied.size:
        share[placing.tied] = 0.0
        row, also = np.nonzero(placing.place[placing.tied] == 0)
        option, draw = np.append(option, also), np.append(draw, placing.tied[row])
        share = np.append(share, 1.0 / placing.sharing[row, also])
    return draw, option, share


def _share(placing: Placing, taken: Counts, shared: Array) -> None:
    """Move options that tie from the one place they were given to an equal part of every place they fill."""
    options = len(taken)
    place = placing.place[placing.tied].astype(np.intp)
    cell = place + np.arange(options) * options
    for size in np.unique(placing.sharing[placing.sharing > 1]):
        found = np.bincount(cell[placing.sharing == size], minlength=options * options).reshape(options, options)
        taken -= found
        running = np.cumsum(found, axis=1)
        running[:, size:] -= running[:, :-size].copy()
        shared += running / size


def _wins(table: Places, ties: bool) -> Counts:
    """In how many draws the row's place comes before the column's, from places (options, draws)."""
    options, draws = table.shape
    wins = np.zeros((options, options), dtype=np.int64)
    if draws <= _FEW:
        for place in table.T:
            wins += place[:, None] < place
        return wins
    before = np.empty(draws, dtype=bool)
    for i in range(options):
        for j in range(i + 1, options):
            np.less(table[i], table[j], out=before)
            wins[i, j] = np.count_nonzero(before)
            if ties:
                np.less(table[j], table[i], out=before)
                wins[j, i] = np.count_nonzero(before)
            else:
                wins[j, i] = draws - wins[i, j]
    return wins


def _confidence(values: Array, weights: Array, central: Array, first: Array, tolerance: float) -> Array:
    """The share of draws of values in which each option is first under its own central weights."""
    result = np.full(len(central), np.nan)
    able = np.flatnonzero(first)
    own = central[able]
    if len(weights) == 1:
        result[able] = first[able]
    elif len(values) == 1:
        result[able] = _first_share(own @ values[0].T, able, tolerance)
    elif (own == own[0]).all():
        result[able] = _firsts_under_one(values, own[0], tolerance)[able] / len(values)
    else:
        result[able] = _firsts_under_own(values, own, able, tolerance) / len(values)
    return result


def _first_share(scores: Array, option: NDArray[np.intp], tolerance: float) -> Array:
    """What share of the first place one `option` (rows,) has in each row of scores (rows, options)."""
    placing = places(scores, tolerance)
    rows = np.arange(len(scores))
    share = np.ones(len(scores))
    share[placing.tied] = 1.0 / placing.sharing[np.arange(placing.tied.size), option[placing.tied]]
    result: Array = np.where(placing.place[rows, option] == 0, share, 0.0)
    return result


def _firsts_under_one(values: Array, weights: Array, tolerance: float) -> Array:
    """In how many draws each option (options,) is first, the weights being the same for all."""
    options = values.shape[1]
    total = np.zeros(options)
    for chunk in _chunks(0, len(values), max(1, _CELLS // options)):
        _, option, share = _leaders(places(values[chunk] @ weights, tolerance))
        total += np.bincount(option, share, options)
    return total


def _firsts_under_own(values: Array, weights: Array, able: NDArray[np.intp], tolerance: float) -> Array:
    """In how many draws each option of `able` is first, each under its own row of weights (able, criteria).

    Rival by rival, the best that any other option reaches under each set of weights; who is beyond it is first. What
    comes too close is placed again exactly.
    """
    options, criteria = values.shape[1:]
    step = max(1, _CELLS // options)
    total = np.zeros(able.size)
    columns = np.ascontiguousarray(weights.T)
    whose = {int(option): k for k, option in enumerate(able)}
    space = np.empty((3, min(step, len(values)), able.size))
    for chunk in _chunks(0, len(values), step):
        v = values[chunk]
        rival, best, own = space[:, : len(v)]
        best.fill(-np.inf)
        for option in range(options):
            np.matmul(v[:, option], columns, out=rival)
            if option in whose:
                k = whose[option]
                own[:, k] = rival[:, k]
                rival[:, k] = -np.inf
            np.maximum(best, rival, out=best)
        lead = own - best
        limit = tolerance * np.abs(own)
        total += (lead > limit).sum(axis=0)
        close = np.abs(lead) <= limit
        if not close.any():
            continue
        draw, row = np.nonzero(close)
        for part in _chunks(0, draw.size, max(1, 2_000_000 // (options * criteria))):
            scores = np.matmul(v[draw[part]], weights[row[part]][:, :, None])[:, :, 0]
            total += np.bincount(row[part], _first_share(scores, able[row[part]], tolerance), able.size)
    return total
