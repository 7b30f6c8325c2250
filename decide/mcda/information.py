"""What it would be worth to know: the expected value of perfect information, in the units of the scores."""

import math
from collections.abc import Hashable, Iterator, Sequence, Set
from itertools import chain, combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import (
    Array,
    Names,
    as_frame,
    by_column,
    listed,
    matched,
    names_from,
    place_of,
    row_labels,
    table,
    told,
)
from decide.mcda.normal import phi
from decide.mcda.problems import finite
from decide.mcda.rounding import in_reach

_MOST = float(np.finfo(np.float64).max) / 4  # what the sum of all draws may come to
_STRETCHES = 8  # straight pieces of the regression, and draws a piece needs
_DRAWS_A_STRETCH = 50
_MOST_CELLS = 64  # values that parameters may take together for each to have its own mean
_DRAWS_A_TERM = 10  # draws that each term of a regression with interactions needs


def evpi(scores: ArrayLike) -> float:
    """E[max score] − max E[score] over scores (draws, options): what choosing with full knowledge would gain.

    Raises
    ------
    InputError : scores that are not draws by options, or not finite.

    Source: Raiffa & Schlaifer, Applied Statistical Decision Theory (1961).
    """
    s = _scores(scores)
    return max(0.0, float(s.max(axis=1).mean() - s.mean(axis=0).max()))


def evppi(scores: ArrayLike, parameters: ArrayLike, *, together: Sequence[Sequence[Hashable]] | None = None) -> Array:
    """What knowing some parameters would gain, from scores (draws, options) and parameters (draws, parameters).

    E over the parameters of max E[score | parameters], less max E[score]: (parameters,) for each alone, or (groups,)
    for each of the groups in `together`, parameters by number or by a frame's names. It is kept between 0 and
    `evpi(scores)`; from a frame of parameters it comes as one, by their names.

    Where the parameters take few values (64 together, and 50 draws for each), as categories do that are coded as
    numbers, the inner mean is the mean of each. Else it is a regression of the scores on the parameters, so that no
    second round of draws is needed: for each a line of up to eight straight pieces that bend at its quantiles (a piece
    for every 50 draws) and a level for each value that more draws hold than a piece would (nought, perhaps), added up.
    It is made once of the parameters as they are and once of their ranks, so that it hardly matters whether a parameter
    is given itself or as its logarithm. For several known together, products of two and of three are tried as well. For
    each option the fit with the lowest generalised cross-validation is taken, of how far it is ahead of the option that
    is best on average. What is linear in each parameter, by itself and in products of up to three, comes out exactly;
    what swings often is missed: of a sine over a parameter's range, four full waves, a quarter is found
    (docs/researchers.md has what was measured, and what to do). A category that is known together with a parameter of
    many values should be a column of 0 and 1 for each of its values: coded as one number it is an amount, and what it
    turns round is missed. Parameters should be independent of those outside their group, or they take credit for what
    they say of them. Noise makes it a little too high, the less the more draws there are: below some 1,000 only large
    values mean anything.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, a parameter that is not there.

    Source: Strong, Oakley & Brennan, Medical Decision Making 34 (2014) 311-326 (regression for the inner mean; there
    with smoother curves).
    """
    s = _scores(scores)
    parameters = as_frame(parameters)
    x, groups, names = parameter_groups(parameters, together, len(s), row_labels(scores))
    gains = [worth_knowing(regressions(x[:, group], s), s) for group in groups]
    result = np.clip(np.array(gains), 0.0, evpi(s))
    gained: Array = by_column(parameters, result, names, "evppi", "parameter")
    return gained


def parameter_groups(
    parameters: Any, together: Sequence[Sequence[Hashable]] | None, draws: int, rows: Names | None = None
) -> tuple[Array, list[list[int]], Names]:
    """Parameters as an array (draws, parameters), the columns of each group, and what the groups are called.

    `rows` are what the draws are called: parameters that name theirs are brought to that order.
    """
    x, own, columns = table("parameters", parameters)
    x = matched("parameters", x.T, own, "the draws", rows).T
    if x.ndim != 2 or len(x) != draws or not x.size:
        said = "parameters must be draws by parameters, as many draws as there are scores"
        raise InputError(said, names_from(parameters))
    finite("parameters", x, columns)
    known = told(columns)
    names: Names = tuple(range(x.shape[1])) if known is None else known
    if together is None:
        return x, [[j] for j in range(x.shape[1])], names
    groups = []
    for given in listed("together", together):
        members = listed("a group of parameters", given, ordered=False)
        if not members:
            raise InputError("a group of parameters must name one at least")
        group = [place_of("parameter", member, known, x.shape[1]) for member in members]
        groups.append(sorted(group) if isinstance(given, Set) else group)
    return x, groups, tuple(" + ".join(str(names[j]) for j in group) for group in groups)


def regressions(x: Array, outcomes: Array) -> list[tuple[Array, int]]:
    """Fits of outcomes (draws, outcomes) on parameters x (draws, parameters), each with its number of terms.

    None where no parameter varies: there is nothing to know.
    """
    # in a unit in which products and sums of whatever is told stay within the range of floats
    _, power = np.frexp(np.abs(outcomes).max(axis=0))
    return [(np.ldexp(fit, power), terms) for fit, terms in _regressions(x, np.ldexp(outcomes, -power))]


def _regressions(x: Array, outcomes: Array) -> list[tuple[Array, int]]:
    if cells := _cells(x):
        cell, size = cells
        means = np.stack([np.bincount(cell, one) / size for one in outcomes.T], axis=1)
        return [(means[cell], size.size)]
    fits: list[tuple[Array, int]] = []
    for scale in (x, np.stack([_by_rank(column) for column in x.T], axis=1)):
        basis = np.hstack([np.empty((len(x), 0)), *(piece for column in scale.T for piece in _pieces(column))])
        for more in chain([basis[:, :0]], _products(scale) if basis.size else ()):
            basis = np.hstack([basis, more])
            if basis.shape[1] * _DRAWS_A_TERM > (len(x) if fits else math.inf):
                break
            fits.append(_fitted(basis, outcomes))
    return fits if basis.size else []


def worth_knowing(fits: Sequence[tuple[Array, int]], actual: Array) -> float:
    """E[max score | parameters] − max E[score], by the fits that predict best (generalised cross-validation; Craven &
    Wahba 1979).

    What decides is how far each option is ahead of the one that is best on average, so that is what is predicted, and
    each option has the fit that predicts its own lead: what is noisy about one says nothing of the others.
    """
    best = int(actual.mean(axis=0).argmax())
    lead, least = _ahead(actual, best), np.full(actual.shape[1], np.inf)
    _, power = np.frexp(np.abs(lead).max(axis=0))  # in whose unit squares stay within the range of floats
    known = np.zeros_like(lead)
    for fit, terms in fits:
        told = _ahead(fit, best)
        missed = np.ldexp(lead - told, -power)
        free = max(1.0 - terms / len(actual), float(np.finfo(np.float64).eps))
        error = (missed * missed).sum(axis=0) / free**2
        known[:, error < least] = told[:, error < least]
        least = np.minimum(error, least)
    return float(known.max(axis=1).mean())


def _ahead(scores: Array, best: int) -> Array:
    result: Array = scores - scores[:, best, None]
    return result


def _scores(scores: ArrayLike) -> Array:
    s, _, columns = table("scores", scores)
    if s.ndim != 2 or not s.size:
        raise InputError("scores must be draws by options, one of each at least", names_from(scores))
    finite("scores", s, columns)
    if float(max(s.max(), -s.min())) > _MOST / len(s):
        raise InputError("the scores are too large to be told", "give them in larger units")
    return s


def _cells(x: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
    """The cell of each draw and how many draws each holds, where parameters take few values together."""
    most = min(_MOST_CELLS, len(x) // _DRAWS_A_STRETCH)
    if math.prod(np.unique(column).size for column in x.T) > most:
        return None
    _, cell, size = np.unique(x, axis=0, return_inverse=True, return_counts=True)
    return (cell.reshape(-1), size) if size.size > 1 else None


def _by_rank(column: Array) -> Array:
    """Where each number stands among all: what a normal variable is at that place, the middle one's for equal ones."""
    _, at, many = np.unique(column, return_inverse=True, return_counts=True)
    below = (np.cumsum(many) - 0.5 * many) / column.size
    grid = np.linspace(-6.0, 6.0, 4001)
    placed: Array = np.interp(below, phi(grid), grid)[at]
    return placed


def _pieces(column: Array) -> Iterator[Array]:
    """Terms (draws, terms) of a parameter that varies: a level for each value that many draws hold, and of the rest the
    tents of which every line is made that bends at its quantiles.
    """
    if (column == column[0]).all():
        return
    rest, held, often = np.ones(column.size, dtype=bool), column, column
    while held.size and often.size:
        pieces = min(_STRETCHES, max(1, held.size // _DRAWS_A_STRETCH))
        value, many = np.unique(held, return_counts=True)
        often = value[many > held.size / pieces]
        for one in often:
            yield (column == one)[:, None].astype(np.float64)
        rest &= ~np.isin(column, often)
        held = column[rest]
    if held.size:
        knots = np.unique(np.quantile(held, np.linspace(0.0, 1.0, pieces + 1)))
        yield np.stack([np.interp(column, knots, tent) for tent in np.eye(knots.size)], axis=1) * rest[:, None]


def _products(x: Array) -> Iterator[Array]:
    """Products of two parameters, on each side of their medians; then of three."""
    x = in_reach(x, axis=0)
    spread = x.std(axis=0)
    u = ((x - np.median(x, axis=0)) / np.where(spread > 0, spread, 1.0))[:, spread > 0]
    sides = (u, np.abs(u))
    count = u.shape[1]
    if count > 1:
        yield np.stack(
            [a[:, i] * b[:, j] for i, j in combinations(range(count), 2) for a in sides for b in sides], axis=1
        )
    if count > 2:
        yield np.stack([u[:, i] * u[:, j] * u[:, k] for i, j, k in combinations(range(count), 3)], axis=1)


def _fitted(basis: Array, outcomes: Array) -> tuple[Array, int]:
    """The least-squares fit at each draw (draws, outcomes), and its number of terms."""
    # the mean is fitted apart, so that it is kept to the last digit
    mean = outcomes.mean(axis=0)
    slopes, _, rank, _ = np.linalg.lstsq(basis.T @ basis, basis.T @ (outcomes - mean), rcond=1e-12)
    return basis @ slopes + mean, int(rank)
