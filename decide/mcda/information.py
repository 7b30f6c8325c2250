"""What it would be worth to know: the expected value of perfect information, in the units of the scores."""

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.labelled import Array

_STRETCHES = 8  # straight pieces of the regression, and draws a piece needs
_DRAWS_A_STRETCH = 50


def evpi(scores: ArrayLike) -> float:
    """E[max score] − max E[score] over scores (draws, options): what choosing with full knowledge would gain.

    Raises
    ------
    InputError : scores that are not draws by options, or not finite.

    Source: Raiffa & Schlaifer, Applied Statistical Decision Theory (1961).
    """
    s = _scores(scores)
    return max(0.0, float(s.max(axis=1).mean() - s.mean(axis=0).max()))


def evppi(scores: ArrayLike, parameters: ArrayLike) -> Array:
    """What knowing each parameter (parameters,) alone would gain, from scores (draws, options) and (draws, parameters).

    E over the parameter of max E[score | parameter], less max E[score]. The inner mean is the regression of each score
    on the parameter, a line of up to eight straight pieces that bend at the parameter's quantiles (one piece for every
    50 draws), fitted by least squares: no second round of draws is needed, and a score that is linear in the parameter
    comes out exactly. Parameters should be independent of one another, or each takes credit for what it says of the
    others. Noise makes it a little too high, the less the more draws there are: below some 1,000 only large values
    mean anything. It is kept between 0 and `evpi(scores)`.

    Raises
    ------
    InputError : shapes that do not fit, or numbers that are not finite.

    Source: Strong, Oakley & Brennan, Medical Decision Making 34 (2014) 311-326 (regression for the inner mean; there
    with smoother curves).
    """
    s = _scores(scores)
    x = np.asarray(parameters, dtype=np.float64)
    if x.ndim != 2 or len(x) != len(s):
        raise InputError("parameters must be draws by parameters, as many draws as there are scores")
    if not np.isfinite(x).all():
        raise InputError("a parameter is not a finite number")
    ceiling, now = evpi(s), float(s.mean(axis=0).max())
    pieces = min(_STRETCHES, max(1, len(s) // _DRAWS_A_STRETCH))
    levels = np.linspace(0.0, 1.0, pieces + 1)
    result = np.zeros(x.shape[1])
    for j, column in enumerate(x.T):
        knots = np.unique(np.quantile(column, levels))
        if knots.size > 1:
            known = float(_fitted(column, knots, s).max(axis=1).mean())
            result[j] = min(ceiling, max(0.0, known - now))
    return result


def _scores(scores: ArrayLike) -> Array:
    s = np.asarray(scores, dtype=np.float64)
    if s.ndim != 2 or not s.size:
        raise InputError("scores must be draws by options, one of each at least")
    if not np.isfinite(s).all():
        raise InputError("a score is not a finite number")
    return s


def _fitted(x: Array, knots: Array, scores: Array) -> Array:
    """The least-squares line of straight pieces between `knots`, at each draw (draws, options)."""
    tents = np.stack([np.interp(x, knots, tent) for tent in np.eye(knots.size)], axis=1)
    # the mean is fitted apart, so that it is kept to the last digit
    mean = scores.mean(axis=0)
    slopes = np.linalg.lstsq(tents.T @ tents, tents.T @ (scores - mean), rcond=1e-12)[0]
    fitted: Array = tents @ slopes + mean
    return fitted
