"""SMAA-2: how sure an order is, when values and weights are draws.

Draws are worked through in pieces, and what is counted goes straight into the result, so that memory beside input and
result stays the same however many draws or options there are.

Long because the confidence factors are a second such count, whose pieces and ties are the first one's.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import flag
from decide.mcda.labelled import Array, Names, matched, names_from, number, row_names, table, told
from decide.mcda.places import Placing, place_type, places, share, shared
from decide.mcda.problems import finite, misfit, weights_as_given
from decide.mcda.rounding import ROUNDING
from decide.mcda.twins import Twins, chunks, stands_for, twins_of
from decide.mcda.weights import normalised
from decide.mcda.wins import as_shares, count_wins

_CELLS = 40_000  # scores of draws by options that stay in the processor's own memory
_WEIGHTS = 500_000  # numbers in the weights of draws worked through at once
_TABLE = 32_000_000  # bytes of places held at once
_DRAWS = 500_000  # draws counted at once
_SHARED = 1 << 18  # entries of shared places counted at once
_PIECE = 1 << 18  # scores under others' central weights held at once, in single precision
_LEAST = 32  # draws scored together at least, so that there is something to do at once
_SINGLE = 2.0**-23  # what one operation in single precision may be off, and more


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
    options, criteria : what they are called, where what was put in had names.
    """

    rank_acceptability: Array
    expected_rank: Array
    central_weights: Array
    confidence_factors: Array
    pairwise: Array
    draws: int
    options: Names | None = None
    criteria: Names | None = None

    @property
    def p_best(self) -> Array:
        """The share of draws in which each option (options,) is first."""
        return self.rank_acceptability[:, 0]

    def records(self) -> list[dict[str, Any]]:
        """One flat row an option, as pandas.DataFrame and polars.DataFrame take them."""
        options = self.options or tuple(str(i + 1) for i in range(len(self.expected_rank)))
        criteria = self.criteria or tuple(str(j + 1) for j in range(self.central_weights.shape[1]))
        return [
            {
                "option": option,
                "p_best": float(self.p_best[i]),
                "expected_rank": float(self.expected_rank[i]),
                "confidence_factor": float(self.confidence_factors[i]),
                **{f"rank {k + 1}": share for k, share in enumerate(self.rank_acceptability[i].tolist())},
                **{f"central {name}": w for name, w in zip(criteria, self.central_weights[i].tolist(), strict=True)},
            }
            for i, option in enumerate(options)
        ]


def smaa(values: ArrayLike, weights: ArrayLike, *, confidence: bool = True, tolerance: float = ROUNDING) -> Smaa:
    """Rank acceptability, central weights, confidence factors and pairwise winning of options under a weighted sum.

    Parameters
    ----------
    values : (draws, options, criteria), or (options, criteria) when only the weights are draws, a frame perhaps. Higher
        is better, one unit for all: value functions have been applied.
    weights : (draws, criteria), or (criteria,) when only the values are draws; each set is brought to a sum of 1. By
        name where they and the values have names.
    confidence : whether to find the confidence factors, which take as long as all the rest; NaN if not.
    tolerance : neighbours of one draw that differ by no more than this share of what was added up for either are equal;
        when left out, what rounding leaves of sums.

    Raises
    ------
    InputError : shapes or names that do not fit, a value that is not finite, weights negative or all zero, a tolerance
        below zero.

    Nothing is drawn here: the same input gives the same output. Beyond its input (of float64) and its result, which
    holds two numbers for every pair of options and one for every option and criterion, it needs no more than 60 MB.
    docs/researchers.md tells how long it takes, and where ties make it slow.
    Source: Lahdelma & Salminen, Operations Research 49 (2001) 444-454; pairwise winning: Leskinen et al. (2006).
    """
    tolerance, confidence = number("a tolerance", tolerance, 0), flag("confidence", confidence)
    v, w, criteria = _draws(values, weights)
    draws, total = max(v.shape[0], w.shape[0]), v.shape[1]
    one, of = twins_of(v)
    lone = one.size == total
    twins = None if lone else Twins(one, np.bincount(of))
    options = one.size
    acceptability, wins = np.zeros((options, total)), np.zeros((options, options))
    taken = acceptability if lone else np.zeros_like(acceptability)
    central = np.zeros((options, v.shape[2]))
    first = np.zeros(options)
    kind = place_type(total)
    step = max(1, min(_CELLS // options, _WEIGHTS // v.shape[2]))
    block = max(step, min(_DRAWS, _TABLE // (options * kind.itemsize)) // step * step)
    for start in range(0, draws, block):
        stop = min(draws, start + block)
        places_of = np.empty((options, stop - start), dtype=kind)
        ties = np.zeros(options, dtype=bool)
        sharing: list[NDArray[np.intp]] = []
        for chunk in chunks(start, stop, step):
            ww = normalised(w[chunk] if len(w) > 1 else w)
            try:
                placing = _placed(v[chunk] if len(v) > 1 else v, ww, tolerance, twins)
            except InputError:
                finite("values", v, criteria)
                raise
            places_of[:, chunk.start - start : chunk.stop - start] = placing.place.T
            draw, option, part = _leaders(placing, twins)
            first += np.bincount(option, part, options)
            if len(w) > 1 and placing.ties.draw.size:
                ww = ww[draw]
            leading = part[:, None] * ww if placing.ties.draw.size or len(w) == 1 else ww
            for j, column in enumerate(leading.T):
                central[:, j] += np.bincount(option, column, options)
            if placing.ties.draw.size:
                ties[placing.ties.option] = True
                sharing.append(shared(placing.ties, taken))
            if sharing and (chunk.stop == stop or sum(map(len, sharing)) > _SHARED):
                share(np.concatenate(sharing), taken, acceptability)
                sharing.clear()
        for i in range(options):
            taken[i] += np.bincount(places_of[i], minlength=total)
        count_wins(places_of, ties, wins)
    del places_of
    as_shares(wins, draws)
    np.divide(central, first[:, None], out=central, where=first[:, None] > 0)
    central[first == 0] = np.nan
    factors = np.full(options, np.nan)
    if confidence:
        factors = _confidence(v, w, central, first / draws, tolerance, twins)
    if twins is not None:  # what is the same fills the places of all of it in equal parts, and has all else in common
        for i, each in enumerate(twins.many.tolist()):
            acceptability[i] += np.convolve(taken[i], np.full(each, 1.0 / each))[:total]
        factors = factors / twins.many
        acceptability, wins, central, factors = acceptability[of], wins[np.ix_(of, of)], central[of], factors[of]
    acceptability /= draws
    return Smaa(
        rank_acceptability=acceptability,
        expected_rank=acceptability @ np.arange(1.0, total + 1),
        central_weights=central,
        confidence_factors=factors,
        pairwise=wins,
        draws=draws,
        options=row_names(values),
        criteria=told(criteria),
    )


def first_shares(scores: Array, tolerance: float = ROUNDING) -> Array:
    """The share of draws in which each option is first (options,) by scores (options, draws): P(best) of `smaa`.

    Ties count as there; only draws whose first two are that close are placed.
    """
    most = scores.max(axis=0)
    near = scores >= most - 2 * tolerance * np.abs(most)
    tied = np.flatnonzero(near.sum(axis=0) > 1)
    if not tied.size:
        return np.asarray(near.sum(axis=1) / scores.shape[1])
    _, option, share = _leaders(places(np.ascontiguousarray(scores[:, tied].T), tolerance), None)
    near[:, tied] = False
    return np.asarray((near.sum(axis=1) + np.bincount(option, share, len(scores))) / scores.shape[1])


def _draws(values: Any, weights: Any) -> tuple[Array, Array, Names | None]:
    """Values (draws or 1, options, criteria) and weights (draws or 1, criteria) that fit, and the criteria's names."""
    v, _, criteria = table("values", values)
    w, names = weights_as_given(weights, v.shape[-1] if v.ndim else 0, criteria)
    criteria = names if criteria is None else criteria
    if v.ndim not in (2, 3) or not v.size:
        said = "values must be (draws by) options by criteria, and hold at least one of each"
        raise InputError(said, names_from(values))
    if w.ndim not in (1, 2) or w.shape[-1] != v.shape[-1]:
        raise misfit(v.shape[-1], w, values)
    if not len(w):
        raise InputError("there must be one draw of weights at least")
    w = matched("weights", w, names, "values", criteria)
    if v.ndim == 3 and w.ndim == 2 and len(v) != len(w):
        raise InputError(f"{len(v)} draws of values do not fit {len(w)} draws of weights")
    return v if v.ndim == 3 else v[None], np.atleast_2d(w), criteria


def _placed(values: Array, weights: Array, tolerance: float, twins: Twins | None) -> Placing:
    """Places by the scores of values (draws or 1, options, criteria) under weights (draws or 1, criteria).

    Of options that are the same only one has a place. A value that is not finite shows in a score that is not.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        scores = _scores(values, weights)
    if twins is not None:
        scores = scores.take(twins.one, 1)
    many = None if twins is None else twins.many
    least = float(values.min())
    if not least < 0:  # then a score is all that was added up for it
        return places(scores, tolerance, many)

    def sizes(draw: NDArray[np.intp], option: NDArray[np.intp]) -> Array:
        of = np.zeros_like(draw) if len(values) == 1 else draw
        return _sums(values, of, option, weights, np.zeros_like(draw) if len(weights) == 1 else draw, twins)[1]

    return places(scores, tolerance, many, sizes, max(-least, float(values.max())))


def _sums(
    values: Array,
    draw: NDArray[np.intp],
    option: NDArray[np.intp],
    weights: Array,
    own: NDArray[np.intp],
    twins: Twins | None,
) -> tuple[Array, Array]:
    """The scores of each `option` (pairs,) in each `draw` of values under its `own` weights, and what they add up."""
    at = option if twins is None else twins.one[option]
    scores, sizes = np.empty(at.size), np.empty(at.size)
    for some in chunks(0, at.size, max(1, _WEIGHTS // values.shape[2])):
        v, w = values[draw[some], at[some]], weights[own[some]]
        scores[some] = np.einsum("ij,ij->i", v, w)
        sizes[some] = np.einsum("ij,ij->i", np.abs(v), w) if v.min(initial=0.0) < 0 else scores[some]
    return scores, sizes


def _scores(values: Array, weights: Array) -> Array:
    """Weighted sums (draws, options) of values (draws or 1, ...) and weights (draws or 1, ...)."""
    scores: Array
    if len(values) == 1:
        scores = weights @ values[0].T
    elif len(weights) == 1:
        scores = values @ weights[0]
    else:
        scores = np.matmul(values, weights[:, :, None])[:, :, 0]
    return scores


def _leaders(placing: Placing, twins: Twins | None) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """Who is first: draw, option and its (and its twins') share of the first place, several options where they tie."""
    ties, option = placing.ties, placing.first
    draw, share = np.arange(option.size), np.ones(option.size)
    if ties.draw.size:
        lead = ties.place == 0
        alone = np.zeros(option.size, dtype=bool)
        alone[ties.draw], share[ties.draw] = True, 0.0
        alone[ties.draw[lead]] = False
        behind = np.flatnonzero(alone)  # draws in which others than the first tie
        drawn = np.append(behind, ties.draw[lead])
        order = np.argsort(drawn, kind="stable")
        option = np.append(option, np.append(option[behind], ties.option[lead])[order])
        draw = np.append(draw, drawn[order])
        parts = stands_for(twins, ties.option[lead]) / ties.sharing[lead]
        share = np.append(share, np.append(np.ones(behind.size), parts)[order])
    return draw, option, share


def _confidence(
    values: Array, weights: Array, central: Array, first: Array, tolerance: float, twins: Twins | None
) -> Array:
    """The share of draws of values in which each option is first under its own central weights."""
    result = np.full(len(central), np.nan)
    able = np.flatnonzero(first)
    if len(weights) == 1:
        result[able] = first[able]
    elif len(values) == 1:
        for some in chunks(0, able.size, max(1, min(_CELLS // len(central), _WEIGHTS // values.shape[2]))):
            result[able[some]] = _first_share(values, central[able[some]], able[some], tolerance, twins)
    elif all(np.array_equal(central[i], central[able[0]]) for i in able):
        result[able] = _firsts_under_one(values, central[able[0]], len(central), tolerance, twins)[able] / len(values)
    else:
        result[able] = _firsts_under_own(values, central, able, tolerance, twins) / len(values)
    return result


def _first_share(
    values: Array, weights: Array, option: NDArray[np.intp], tolerance: float, twins: Twins | None
) -> Array:
    """What share of the first place one `option` (rows,) has under each of these weights (rows, criteria)."""
    place, _, ties = _placed(values, weights, tolerance, twins)
    result: Array = (place[np.arange(len(weights)), option] == 0).astype(np.float64)
    own = (ties.place == 0) & (ties.option == option[ties.draw])
    result[ties.draw[own]] = stands_for(twins, ties.option[own]) / ties.sharing[own]
    return result


def _firsts_under_one(values: Array, weights: Array, options: int, tolerance: float, twins: Twins | None) -> Array:
    """In how many draws each option (options,) is first, the weights being the same for all."""
    total = np.zeros(options)
    for chunk in chunks(0, len(values), max(1, _CELLS // values.shape[1])):
        _, option, share = _leaders(_placed(values[chunk], weights[None], tolerance, twins), twins)
        total += np.bincount(option, share, options)
    return total


def _firsts_under_own(
    values: Array, central: Array, able: NDArray[np.intp], tolerance: float, twins: Twins | None = None
) -> Array:
    """In how many draws each option of `able` is first, each under its own row of `central` (options, criteria).

    Every option is scored under every set of weights in single precision, which takes half the time. That settles all
    draws but those in which the option and its best rival come closer than single precision can tell. Of these the
    rivals that come close are scored again, exactly. Values that single precision cannot hold, and options by criteria
    too many to be held once more, are scored in double precision at once.
    """
    options, criteria = len(central), values.shape[2]
    step = max(_LEAST, _PIECE // (options * able.size))
    step = max(1, min(step, _PIECE // options, 8 * _PIECE // values[0].size))
    sets = max(1, min(able.size, _PIECE // (options * step), _WEIGHTS // criteria))
    total = np.zeros(able.size)
    if values[0].size > 8 * _PIECE:
        for d in range(len(values)):
            for some in chunks(0, able.size, sets):
                total[some] += _first_share(values[d : d + 1], central[able[some]], able[some], tolerance, twins)
        return total
    space = np.empty((options, criteria, step), dtype=np.float32)
    scored = np.empty(options * sets * step, dtype=np.float32)
    doubtful: list[tuple[Any, ...]] = []
    held_back = 0

    def settle() -> None:
        """Count the draws that were held back."""
        nonlocal held_back
        if held_back:
            offsets = np.cumsum([0, *(one[0].size for one in doubtful[:-1])])
            pair = np.concatenate([one[2] + offset for one, offset in zip(doubtful, offsets, strict=True)])
            row, draw, _, rival = (np.concatenate(one) for one in zip(*doubtful, strict=True))
            share = _share_of_near(values, central, able[row], draw, tolerance, pair, rival, twins)
            np.add(total, np.bincount(row, share, able.size), out=total)
            doubtful.clear()
            held_back = 0

    for chunk in chunks(0, len(values), step):
        here = values[chunk]
        v: NDArray[Any] = space[:, :, : len(here)]
        with np.errstate(over="ignore", under="ignore"):
            single = here.astype(np.float32)
        # turning afterwards moves half the bytes
        np.copyto(v, (single if twins is None else single.take(twins.one, 1)).transpose(1, 2, 0))
        reach = float(max(v.max(), -v.min()))
        held = 1e-30 < reach < 1e30
        if not held:
            v = (here if twins is None else here[:, twins.one]).transpose(1, 2, 0)
            reach = float(np.abs(v).max())
        # weights sum to 1, so that no score is larger than the largest value; a tie may run through all options
        doubt = reach * (options * tolerance + (criteria + 4) * (_SINGLE if held else 2.0**-50))
        for some in chunks(0, able.size, sets):
            own_weights = central[able[some]].astype(v.dtype)
            shape = (options, len(own_weights), v.shape[2])
            scores = scored[: math.prod(shape)].reshape(shape) if held else np.empty(shape)
            np.matmul(own_weights, v, out=scores)
            at = (able[some], np.arange(shape[1]))
            own = scores[at]
            scores[at] = -np.inf
            with np.errstate(over="ignore"):
                lead = own - scores.max(axis=0)
            sure = lead > doubt
            total[some] += np.count_nonzero(sure, axis=1)
            unsure = np.flatnonzero((lead >= -doubt) ^ sure)
            if unsure.size:
                scores[at] = own
                close = scores.reshape(options, -1)[:, unsure]
                row, draw = np.divmod(unsure, shape[2])
                row += some.start
                near = close >= close[able[row], np.arange(unsure.size)] - doubt
                pair, rival = np.divmod(np.flatnonzero(near.T), options)
                doubtful.append((row, draw + chunk.start, pair, rival))
                held_back += pair.size
            if held_back >= _CELLS:
                settle()
    settle()
    return total


def _share_of_near(
    values: Array,
    central: Array,
    own: NDArray[np.intp],
    draw: NDArray[np.intp],
    tolerance: float,
    pair: NDArray[np.intp],
    option: NDArray[np.intp],
    twins: Twins | None,
) -> Array:
    """What share of the first place the options `own` (pairs,) have in these draws, each under its own weights.

    Only each `option` that stands beside its `pair`, in rising order, can have a part in it, and `own` is one of them;
    neighbours tie as in `places`.
    """
    scores, sizes = _sums(values, draw[pair], option, central, own[pair], twins)
    begins = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    behind = np.maximum.reduceat(scores, begins)[pair] - scores
    top = behind <= tolerance * np.minimum.reduceat(sizes, begins)[pair]
    # a tie runs on where someone is within the limit of its last, and so within two of its first
    further = ~top & (behind <= 2 * tolerance * np.maximum.reduceat(sizes, begins)[pair])
    if further.any():
        long = np.flatnonzero(np.isin(pair, pair[further]))
        long = long[np.lexsort((behind[long], pair[long]))]
        limit = tolerance * np.maximum(sizes[long][1:], sizes[long][:-1])
        breaks = np.append(True, (pair[long][1:] != pair[long][:-1]) | (np.diff(behind[long]) > limit))
        starts = np.append(True, pair[long][1:] != pair[long][:-1])
        run = np.cumsum(breaks)
        top[long] = run == run[starts][np.cumsum(starts) - 1]
    sharing = np.bincount(pair[top], stands_for(twins, option[top]), own.size)
    mine = np.flatnonzero(top & (option == own[pair]))
    result = np.zeros(own.size)
    result[pair[mine]] = stands_for(twins, option[mine]) / sharing[pair[mine]]
    return result
