"""How sure the best buy is: net benefit, acceptability, expected loss and the value of knowing, from draws.

One draw is one way the world may be: a cost and an effect for every strategy. At threshold λ (what a unit of effect is
worth, in units of cost) a strategy's net monetary benefit is λ·effect − cost, and the best buy of a draw is the one
with the highest.

Sources: Fenwick, Claxton & Sculpher, Health Econ 2001 (CEAC and CEAF); Eckermann, Briggs & Willan, Med Decis Making
2008, and Alarid-Escudero et al., Value Health 2019 (expected loss); Claxton, J Health Econ 1999 (EVPI). Names as in
dampack and BCEA.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.information import parameter_groups, regressions, worth_knowing
from decide.mcda.labelled import (
    Array,
    Names,
    alike,
    as_frame,
    framed,
    is_frame,
    names_from,
    numbers,
    row_labels,
    told,
    two,
    two_tables,
    vector,
)
from decide.mcda.problems import finite
from decide.mcda.rounding import ROUNDING, level

Index = NDArray[np.int64]

_CELLS = 1 << 17
"""Numbers held at once for one threshold: a megabyte, which stays in the processor's cache."""


class Ceaf(NamedTuple):
    """The acceptability frontier, by threshold: the strategy that is best on average, and how often it is best.

    `name` is what the strategies in `strategy` are called, where cost and effect had names; `threshold` (thresholds,)
    what was asked.
    """

    strategy: Index
    probability: Array
    net_benefit: Array
    name: Names | None = None
    threshold: Array | None = None

    def records(self) -> list[dict[str, Any]]:
        """One flat row a threshold, as pandas.DataFrame and polars.DataFrame take them."""
        called = [str(i + 1) for i in self.strategy.tolist()] if self.name is None else self.name
        worth = [None] * len(called) if self.threshold is None else self.threshold.tolist()
        each = zip(worth, called, self.probability.tolist(), self.net_benefit.tolist(), strict=True)
        return [dict(zip(("threshold", "strategy", "probability", "net_benefit"), row, strict=True)) for row in each]


def nmb(cost: ArrayLike, effect: ArrayLike, threshold: ArrayLike) -> Array:
    """Net monetary benefit, λ·effect − cost, in units of cost.

    Parameters
    ----------
    cost, effect : finite numbers of one shape (…). Frames and series are brought to one order by their names.
    threshold : one number of zero or more, or several (thresholds,).

    Returns
    -------
    array : (…) for one threshold, a series or a frame where cost is one; (thresholds, …) for several, a frame with a
        column a strategy where cost is a series or a frame of one column, and else an array.

    Raises
    ------
    InputError : shapes or names that differ, numbers that are not finite, a threshold below zero.

    Source: Stinnett & Mullahy, Med Decis Making 1998.
    """
    return _net_benefit(cost, effect, threshold, lambda c, e, worth: worth * e - c)


net_benefit = nmb


def nhb(cost: ArrayLike, effect: ArrayLike, threshold: ArrayLike) -> Array:
    """Net benefit in units of effect, effect − cost/λ; as `nmb`, but thresholds must be above zero."""
    if (numbers("threshold", threshold) == 0).any():
        raise InputError("net benefit in units of effect needs a threshold above zero")
    return _net_benefit(cost, effect, threshold, lambda c, e, worth: e - c / worth)


def _net_benefit(
    cost: Any, effect: Any, threshold: ArrayLike, formula: Callable[[Array, Array, Array], Array]
) -> Array:
    tables = any(vector("cost and effect", given)[0].ndim > 1 for given in (cost, effect))
    c, e, names = (two_tables if tables else two)(("cost", "effect"), cost, effect)
    if c.shape != e.shape:
        raise InputError(f"cost and effect must have one shape, not {c.shape} and {e.shape}")
    finite("cost", c)
    finite("effect", e)
    worth = _finite("threshold", threshold)
    if worth.ndim > 1 or (worth < 0).any():
        raise InputError("thresholds must be zero or more, in one row")
    with np.errstate(over="ignore"):
        benefit = formula(c, e, worth.reshape(worth.shape + (1,) * c.ndim))
    if not np.isfinite(benefit).all():
        raise InputError("the threshold, cost or effect is too large to be told", "give them in larger units")
    result: Array = alike(cost, benefit) if not worth.ndim else benefit
    if benefit.ndim == 2 and c.ndim == 1:
        result = framed(as_frame(cost), benefit, worth.tolist(), names, "threshold")
    return result


def ceac(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Array:
    """Cost-effectiveness acceptability curves: how often each strategy is the best buy.

    Parameters
    ----------
    cost, effect : (draws, strategies), finite. Frames are brought to one order by their columns (and index).
    thresholds : (thresholds,), or one number; zero or more.

    Returns
    -------
    (thresholds, strategies) : shares of the draws, each row adding up to 1; a draw in which several tie (to within
        rounding) is shared equally between them. From a frame of costs a frame, its columns the strategies.

    Raises
    ------
    InputError : shapes or names that differ, nothing in them, numbers that are not finite, a threshold below zero.
    """
    c, e, worth, names = _draws(cost, effect, thresholds)
    shares: Array = framed(cost, _ceac(c, e, worth), worth.tolist(), names, "threshold")
    return shares


def _ceac(c: Array, e: Array, worth: Array) -> Array:
    won = np.zeros((worth.size, c.shape[1]))
    for t, benefit, effects, costs in _benefits(c, e, worth):
        top = benefit.max(axis=0)
        size = worth[t] * np.maximum(effects.max(axis=0), -effects.min(axis=0))
        best = benefit >= top - 2 * ROUNDING * (size + np.maximum(costs.max(axis=0), -costs.min(axis=0)))
        sharing = np.count_nonzero(best, axis=0)
        near = sharing > 1
        if near.any():  # each strategy may be off by what it adds up itself, and by no other's size
            best[:, near] = _level_with_best(benefit[:, near], worth[t] * effects[:, near], costs[:, near])
            sharing = np.count_nonzero(best, axis=0)
        won[t] += (best / sharing).sum(axis=1) if sharing.max() > 1 else np.count_nonzero(best, axis=1)
    result: Array = won / c.shape[0]
    return result


def _level_with_best(benefit: Array, worth: Array, cost: Array) -> NDArray[np.bool_]:
    """Whether each benefit, worth − cost (strategies, …), is the highest but for its and the highest's rounding."""
    size, lead = np.abs(worth) + np.abs(cost), benefit.argmax(axis=0)[None]
    most = np.maximum(size, np.take_along_axis(size, lead, axis=0))
    return level(benefit, np.take_along_axis(benefit, lead, axis=0), most)


def ceaf(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Ceaf:
    """Acceptability frontier: at each threshold the strategy with the highest expected net benefit, and its share.

    Parameters and errors are those of `ceac`; of several that are equally good on average (to within rounding) the
    first is taken.
    """
    c, e, worth, names = _draws(cost, effect, thresholds)
    expected = np.multiply.outer(worth, e.mean(axis=0)) - c.mean(axis=0)
    sizes = np.multiply.outer(np.abs(e).mean(axis=0), worth), np.abs(c).mean(axis=0)[:, None]
    best = _level_with_best(expected.T, *sizes).argmax(axis=0)
    rows = np.arange(worth.size)
    chosen = None if told(names) is None or names is None else tuple(names[i] for i in best.tolist())
    return Ceaf(best, _ceac(c, e, worth)[rows, best], expected[rows, best], chosen, worth)


def expected_loss(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Array:
    """What choosing each strategy now forgoes on average, against the best buy of each draw, in units of cost.

    Parameters and errors are those of `ceac`; the result is (thresholds, strategies), zero or more.
    """
    c, e, worth, names = _draws(cost, effect, thresholds)
    result: Array = framed(cost, _loss(c, e, worth), worth.tolist(), names, "threshold")
    return result


def _loss(c: Array, e: Array, worth: Array) -> Array:
    lost = np.zeros((worth.size, c.shape[1]))
    for t, benefit, *_ in _benefits(c, e, worth):
        lost[t] += (benefit.max(axis=0) - benefit).sum(axis=1)
    result: Array = lost / c.shape[0]
    return result


def evpi(cost: ArrayLike, effect: ArrayLike, thresholds: ArrayLike) -> Array:
    """Expected value of perfect information, (thresholds,), in units of cost: the loss that the best choice still has.

    Parameters and errors are those of `ceac`. From a frame of costs a series, or a frame of polars, by threshold.
    """
    c, e, worth, _ = _draws(cost, effect, thresholds)
    result = framed(cost, _loss(c, e, worth).min(axis=1)[:, None], worth.tolist(), ("evpi",), "threshold")
    found: Array = result["evpi"] if hasattr(result, "index") else result if is_frame(cost) else result[:, 0]
    return found


def evppi(
    cost: ArrayLike,
    effect: ArrayLike,
    thresholds: ArrayLike,
    parameters: ArrayLike,
    *,
    together: Sequence[Sequence[Hashable]] | None = None,
) -> Array:
    """Expected value of partial perfect information, in units of cost: what knowing some parameters would gain.

    E over the parameters of max E[net benefit | parameters], less max E[net benefit], at each threshold; the inner mean
    is a regression (`decide.mcda.evppi` tells which), made once for costs and effects and good for every threshold.

    Parameters
    ----------
    cost, effect, thresholds : as in `ceac`.
    parameters : (draws, parameters), what was drawn to get cost and effect; or a frame.
    together : groups of parameters, by number or by the frame's names, to be known jointly; each alone when left out.

    Returns
    -------
    (thresholds, parameters) or (thresholds, groups) : between 0 and `evpi`; from a frame of parameters a frame.

    Raises
    ------
    InputError : as `ceac` does, draws that do not fit, a parameter that is not there.

    Source: Strong, Oakley & Brennan, Medical Decision Making 34 (2014) 311-326.
    """
    c, e, worth, _ = _draws(cost, effect, thresholds)
    parameters = as_frame(parameters)
    x, groups, names = parameter_groups(parameters, together, len(c), row_labels(cost, effect))
    ceiling = _loss(c, e, worth).min(axis=1)
    result = np.zeros((worth.size, len(groups)))
    for g, group in enumerate(groups):
        fits = regressions(x[:, group], np.hstack([e, c]))
        for t, value in enumerate(worth.tolist()):
            known = worth_knowing([(_benefit(fit, value), size) for fit, size in fits], value * e - c)
            result[t, g] = min(ceiling[t], max(0.0, known))
    gained: Array = framed(parameters, result, worth.tolist(), names, "threshold")
    return gained


def _benefit(fitted: Array, worth: float) -> Array:
    effects, costs = np.split(fitted, 2, axis=1)
    return worth * effects - costs


def _benefits(c: Array, e: Array, worth: Array) -> Iterator[tuple[int, Array, Array, Array]]:
    """Net benefit, effect and cost (strategies, some draws) of each threshold; the first array is used again."""
    size = max(1, _CELLS // c.shape[1])
    for start in range(0, c.shape[0], size):
        effects = np.ascontiguousarray(e[start : start + size].T)
        costs = np.ascontiguousarray(c[start : start + size].T)
        benefit = np.empty_like(effects)
        for t, value in enumerate(worth):
            np.multiply(effects, value, out=benefit)
            benefit -= costs
            yield t, benefit, effects, costs


def _draws(cost: Any, effect: Any, thresholds: ArrayLike) -> tuple[Array, Array, Array, Names | None]:
    c, e, names = two_tables(("cost", "effect"), cost, effect)
    if c.ndim != 2 or c.shape != e.shape or not c.size:
        raise InputError(
            f"cost and effect must each be draws by strategies, not {c.shape} and {e.shape}",
            names_from(cost) or names_from(effect) or "one draw and one strategy at least",
        )
    finite("cost", c, names)
    finite("effect", e, names)
    worth = np.atleast_1d(_finite("threshold", thresholds))
    if worth.ndim != 1 or not worth.size or (worth < 0).any():
        raise InputError("thresholds must be zero or more, in one row", "one at least")
    with np.errstate(over="ignore"):
        largest = worth.max() * np.abs(e).max() * len(c) + np.abs(c).max() * len(c)
    if not np.isfinite(largest):
        raise InputError("the thresholds, cost or effect are too large to be told", "give them in larger units")
    return c, e, worth, names


def _finite(what: str, given: Any) -> Array:
    array = numbers(what, given)
    finite(what, array)
    return array
