"""How sure the best buy is: net benefit, acceptability, expected loss and the value of knowing, from draws.

One draw is one way the world may be: a cost and an effect for every strategy. At threshold λ (what a unit of effect is
worth, in units of cost) a strategy's net monetary benefit is λ·effect − cost, and the best buy of a draw is the one
with the highest.

Sources: Fenwick, Claxton & Sculpher, Health Econ 2001 (CEAC and CEAF); Eckermann, Briggs & Willan, Med Decis Making
2008, and Alarid-Escudero et al., Value Health 2019 (expected loss); Claxton, J Health Econ 1999 (EVPI). Names as in
dampack and BCEA.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_CELLS = 1 << 17
"""Numbers held at once for one threshold: a megabyte, which stays in the processor's cache."""


class Ceaf(NamedTuple):
    """The acceptability frontier, by threshold: the strategy that is best on average, and how often it is best."""

    strategy: Index
    probability: Array
    net_benefit: Array


def nmb(cost: ArrayLike, effect: ArrayLike, threshold: ArrayLike) -> Array:
    """Net monetary benefit, λ·effect − cost, in units of cost.

    Parameters
    ----------
    cost, effect : finite numbers of one shape (…).
    threshold : one number of zero or more, or several (thresholds,).

    Returns
    -------
    array : (…) for one threshold, (thresholds, …) for several.

    Raises
    ------
    InputError : shapes that differ, numbers that are not finite, a threshold below zero.

    Source: Stinnett & Mullahy, Med Decis Making 1998.
    """
    c, e = _finite("cost", cost), _finite("effect", effect)
    if c.shape != e.shape:
        raise InputError(f"cost and effect must have one shape, not {c.shape} and {e.shape}")
    worth = _finite("threshold", threshold)
    if worth.ndim > 1 or (worth < 0).any():
        raise InputError("thresholds must be zero or more, in one row")
    result: Array = worth.reshape(worth.shape + (1,) * c.ndim) * e - c
    return result


net_benefit = nmb


def nhb(cost: ArrayLike, effect: ArrayLike, threshold: ArrayLike) -> Array:
    """Net benefit in units of effect, effect − cost/λ; as `nmb`, but thresholds must be above zero."""
    worth = _finite("threshold", threshold)
    if (worth == 0).any():
        raise InputError("net benefit in units of effect needs a threshold above zero")
    money = nmb(cost, effect, worth)
    result: Array = money / worth.reshape(worth.shape + (1,) * (money.ndim - worth.ndim))
    return result


def ceac(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Array:
    """Cost-effectiveness acceptability curves: how often each strategy is the best buy.

    Parameters
    ----------
    cost, effect : (draws, strategies), finite.
    thresholds : (thresholds,), or one number; zero or more.

    Returns
    -------
    (thresholds, strategies) : shares of the draws, each row adding up to 1; a draw in which several tie (to within
        rounding) is shared equally between them.

    Raises
    ------
    InputError : shapes that differ or are empty, numbers that are not finite, a threshold below zero.
    """
    c, e, worth = _draws(cost, effect, thresholds)
    won = np.zeros((worth.size, c.shape[1]))
    rounding = 4 * np.finfo(np.float64).eps * (worth * np.abs(e).max() + np.abs(c).max())
    for t, benefit in _benefits(c, e, worth):
        best = benefit >= benefit.max(axis=0) - rounding[t]
        sharing = np.count_nonzero(best, axis=0)
        won[t] += (best / sharing).sum(axis=1) if sharing.max() > 1 else np.count_nonzero(best, axis=1)
    result: Array = won / c.shape[0]
    return result


def ceaf(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Ceaf:
    """Acceptability frontier: at each threshold the strategy with the highest expected net benefit, and its share.

    Parameters and errors are those of `ceac`; of several that are equally good on average the first is taken.
    """
    c, e, worth = _draws(cost, effect, thresholds)
    expected = np.multiply.outer(worth, e.mean(axis=0)) - c.mean(axis=0)
    best = expected.argmax(axis=1)
    rows = np.arange(worth.size)
    return Ceaf(best, ceac(c, e, worth)[rows, best], expected[rows, best])


def expected_loss(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Array:
    """What choosing each strategy now forgoes on average, against the best buy of each draw, in units of cost.

    Parameters and errors are those of `ceac`; the result is (thresholds, strategies), zero or more.
    """
    c, e, worth = _draws(cost, effect, thresholds)
    lost = np.zeros((worth.size, c.shape[1]))
    for t, benefit in _benefits(c, e, worth):
        lost[t] += (benefit.max(axis=0) - benefit).sum(axis=1)
    result: Array = lost / c.shape[0]
    return result


def evpi(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Array:
    """Expected value of perfect information, (thresholds,), in units of cost: the loss that the best choice still has.

    Parameters and errors are those of `ceac`.
    """
    result: Array = expected_loss(cost, effect, thresholds).min(axis=1)
    return result


def _benefits(c: Array, e: Array, worth: Array) -> Iterator[tuple[int, Array]]:
    """Net benefit (strategies, some draws) of each threshold in turn; the array is used again for the next."""
    size = max(1, _CELLS // c.shape[1])
    for start in range(0, c.shape[0], size):
        effects = np.ascontiguousarray(e[start : start + size].T)
        costs = np.ascontiguousarray(c[start : start + size].T)
        benefit = np.empty_like(effects)
        for t, value in enumerate(worth):
            np.multiply(effects, value, out=benefit)
            benefit -= costs
            yield t, benefit


def _draws(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> tuple[Array, Array, Array]:
    c, e = _finite("cost", cost), _finite("effect", effect)
    if c.ndim != 2 or c.shape != e.shape or not c.size:
        raise InputError(
            f"cost and effect must each be draws by strategies, not {c.shape} and {e.shape}",
            "one draw and one strategy at least",
        )
    worth = np.atleast_1d(_finite("threshold", thresholds))
    if worth.ndim != 1 or not worth.size or (worth < 0).any():
        raise InputError("thresholds must be zero or more, in one row", "one at least")
    return c, e, worth


def _finite(what: str, numbers: ArrayLike) -> Array:
    array = np.asarray(numbers, dtype=np.float64)
    # a sum is finite only if every term is; looking closer is needed only when it is not
    if not np.isfinite(array.sum()) and not np.isfinite(array).all():
        raise InputError(f"{what} holds something that is not a finite number")
    return array
