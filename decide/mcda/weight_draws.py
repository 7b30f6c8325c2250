"""Draws of weights: how much is known of them, from fixed numbers to nothing at all."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import generator, listed, number, whole
from decide.mcda.weights import normalised

Array = NDArray[np.float64]

_NONE = 1e-6  # slack below which draws cannot be told from the profile


def weights_for(
    criteria: int,
    draws: int,
    rng: "np.random.Generator | int",
    *,
    profile: ArrayLike | None = None,
    slack: float = 0.0,
    order: Sequence[int] | None = None,
) -> Array:
    """Draws of weights (draws, criteria), each set summing to 1.

    Parameters
    ----------
    criteria, draws : how many of each, one at least.
    rng : where the draws come from, a generator or a seed; the same state gives the same draws.
    profile : (criteria,) weights to draw around. With no `slack` every draw is the profile itself.
    slack : 0 to below 1. Around a profile a criterion of share p has the standard deviation slack · √(p(1 − p)): a
        Dirichlet distribution with that mean and concentration 1/slack² − 1. A criterion of no weight keeps none.
    order : criteria by number, the most important first: uniform over all weights that fall in this order. Those it
        does not name come below the last it names, in no order among themselves.

    With neither profile nor order the draws are uniform over all weights that sum to 1.

    Raises
    ------
    InputError : both a profile and an order, a profile that does not fit, an order that names a criterion twice or one
        that is not there, slack outside 0 to 1.

    Source: Lahdelma & Salminen (2001); Tervonen & Lahdelma, European Journal of Operational Research 178 (2007)
    500-513.
    """
    criteria, draws = whole("the number of criteria", criteria, 1), whole("the number of draws", draws, 1)
    rng = generator(rng)
    if profile is not None and order is not None:
        raise InputError("weights are drawn around a profile or by an order, not both")
    if profile is not None:
        return _around(profile, slack, criteria, draws, rng)
    uniform = _shares(rng.standard_exponential((draws, criteria)))
    if order is None:
        return uniform
    named = _order(order, criteria)
    descending = np.sort(uniform, axis=1)[:, ::-1]
    others = np.setdiff1d(np.arange(criteria), named)
    result = np.empty_like(uniform)
    result[:, named] = descending[:, : named.size]
    result[:, others] = rng.permuted(descending[:, named.size :], axis=1)
    return result


def rank_order_centroid(order: Sequence[int], criteria: int | None = None) -> Array:
    """Weights (criteria,) summing to 1 from an importance order: the mean of all weights that fall in it.

    Parameters
    ----------
    order : criteria by number, the most important first.
    criteria : how many there are, if more than the order names; the others share what is left below the last equally.

    Raises
    ------
    InputError : an order that names a criterion twice or one that is not there.

    Source: Barron & Barrett, Management Science 42 (1996) 1515-1523.
    """
    count = len(listed("an importance order", order)) if criteria is None else whole("the criteria", criteria, 1)
    named = _order(order, count)
    centroid = np.cumsum(1.0 / np.arange(count, 0, -1))[::-1] / count
    result = np.empty(count)
    result[named] = centroid[: named.size]
    others = np.setdiff1d(np.arange(count), named)
    if others.size:
        result[others] = centroid[named.size :].mean()
    return result


def _around(profile: ArrayLike, slack: float, criteria: int, draws: int, rng: "np.random.Generator") -> Array:
    share = normalised(profile)
    if share.shape != (criteria,):
        raise InputError(f"{criteria} criteria need as many weights in a profile")
    slack = number("slack", slack, 0, 1 - 1e-9)
    held = share > 0
    result = np.zeros((draws, criteria))
    if slack < _NONE or np.count_nonzero(held) == 1:
        result[:] = share
    else:
        result[:, held] = rng.dirichlet(share[held] * (1.0 / slack**2 - 1.0), draws)
    return result


def _shares(drawn: Array) -> Array:
    shares: Array = drawn / drawn.sum(axis=1, keepdims=True)
    return shares


def _order(order: Sequence[int], criteria: int) -> NDArray[np.intp]:
    items = listed("an importance order", order)
    if not items:
        raise InputError("an importance order must name one criterion at least")
    try:
        named = np.array([whole("a criterion", item, below=criteria) for item in items], dtype=np.intp)
    except InputError as error:
        raise InputError(f"an importance order names criteria by number, 0 to {criteria - 1}", str(error)) from None
    if np.unique(named).size != named.size:
        raise InputError("an importance order names a criterion twice")
    return named
