"""Draws of weights: how much is known of them, from fixed numbers to nothing at all."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.given import name
from decide.mcda.labelled import (
    Names,
    generator,
    is_columns,
    is_frame,
    listed,
    matched,
    number,
    place_of,
    row_labels,
    table,
    told,
    whole,
)
from decide.mcda.problems import weights_as_given
from decide.mcda.weights import normalised

Array = NDArray[np.float64]

_MOST = 1 << 31  # numbers in one result: 16 GB
_NONE = 1e-6  # slack below which draws cannot be told from the profile


def weights_for(
    criteria: int | Sequence[Hashable],
    draws: int,
    rng: "np.random.Generator | int",
    *,
    profile: ArrayLike | None = None,
    slack: float = 0.0,
    order: Sequence[Hashable] | None = None,
) -> Array:
    """Draws of weights (draws, criteria), each set summing to 1.

    Parameters
    ----------
    criteria : how many, or their names; or the table (options, criteria) with them as columns, a frame or a mapping.
    draws : how many, one at least.
    rng : where the draws come from, a generator or a seed; the same state gives the same draws.
    profile : (criteria,) weights to draw around. With no `slack` every draw is the profile itself.
    slack : 0 to below 1. Around a profile a criterion of share p has the standard deviation slack · √(p(1 − p)): a
        Dirichlet distribution with that mean and concentration 1/slack² − 1. A criterion of no weight keeps none.
    order : criteria by name where they have names, or else by number from 0, the most important first: uniform over all
        weights that fall in this order. Those it does not name come below the last it names, in no order among
        themselves.

    With neither profile nor order the draws are uniform over all weights that sum to 1. A profile with names is brought
    to the order of the criteria's. From a frame the draws come as one, its columns the criteria.

    Raises
    ------
    InputError : both a profile and an order, a profile that does not fit, an order that names a criterion twice or one
        that is not there, slack outside 0 to 1.

    Source: Lahdelma & Salminen (2001); Tervonen & Lahdelma, European Journal of Operational Research 178 (2007)
    500-513.
    """
    count, names = _criteria(criteria)
    draws = whole("draws", draws, 1)
    if draws > _MOST // count:
        raise InputError(f"draws of {count} criteria are {_MOST // count:,} at most")
    rng = generator(rng)
    if profile is not None and order is not None:
        raise InputError("weights are drawn around a profile or by an order, not both")
    if profile is not None:
        drawn = _around(profile, slack, count, names, draws, rng)
    else:
        drawn = _ordered(order, count, names, draws, rng)
    if not is_frame(criteria):
        return drawn
    kind: Any = type(criteria)
    found: Array = getattr(kind, "from_pydict", kind)({one: drawn[:, j] for j, one in enumerate(names or ())})
    return found


def _criteria(given: Any) -> tuple[int, Names | None]:
    """How many criteria there are, and what they are called."""
    if is_frame(given) or is_columns(given):
        columns = table("criteria", given).columns or ()
        return whole("the number of criteria", len(columns), 1), columns
    if isinstance(given, np.ndarray) and given.ndim == 2:
        return whole("the number of criteria", given.shape[1], 1), None
    if isinstance(given, Iterable):
        names = tuple(name("a criterion", one) for one in listed("criteria", given))
        amounts = told(row_labels(given)) is not None and any(isinstance(one, int | np.integer) for one in names)
        if amounts or any(isinstance(one, float | np.floating) for one in names):
            raise InputError("criteria must be names, not weights", "weights to draw around are the profile")
        if len(set(names)) < len(names):
            raise InputError("two criteria have one name")
        return whole("the number of criteria", len(names), 1), names
    return whole("criteria", given, 1, _MOST + 1), None


def _ordered(
    order: Sequence[Hashable] | None, criteria: int, names: Names | None, draws: int, rng: "np.random.Generator"
) -> Array:
    uniform = _shares(rng.standard_exponential((draws, criteria)))
    if order is None:
        return uniform
    named = _order(order, criteria, names)
    descending = np.sort(uniform, axis=1)[:, ::-1]
    others = np.setdiff1d(np.arange(criteria), named)
    result = np.empty_like(uniform)
    result[:, named] = descending[:, : named.size]
    result[:, others] = rng.permuted(descending[:, named.size :], axis=1)
    return result


def rank_order_centroid(order: Sequence[Hashable], criteria: int | Sequence[Hashable] | None = None) -> Array:
    """Weights (criteria,) summing to 1 from an importance order: the mean of all weights that fall in it.

    Parameters
    ----------
    order : criteria by number from 0 or by name, the most important first.
    criteria : how many there are, or their names, if more than the order names; the others share what is left below the
        last equally. Left out, names stand in the order itself.

    Raises
    ------
    InputError : an order that names a criterion twice or one that is not there.

    Source: Barron & Barrett, Management Science 42 (1996) 1515-1523.
    """
    order = listed("order", order)
    if criteria is None:
        criteria = tuple(order) if any(isinstance(one, str) for one in order) else max(len(order), 1)
    count, names = _criteria(criteria)
    named = _order(order, count, names)
    centroid = np.cumsum(1.0 / np.arange(count, 0, -1))[::-1] / count
    result = np.empty(count)
    result[named] = centroid[: named.size]
    others = np.setdiff1d(np.arange(count), named)
    if others.size:
        result[others] = centroid[named.size :].mean()
    return result


def _around(
    profile: ArrayLike, slack: float, criteria: int, names: Names | None, draws: int, rng: "np.random.Generator"
) -> Array:
    given, own = weights_as_given(profile)
    if given.shape != (criteria,):
        raise InputError(f"{criteria} criteria need as many weights in a profile")
    share = normalised(matched("profile", given, own, "the criteria", names))
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


def _order(order: Sequence[Hashable], criteria: int, names: Names | None = None) -> NDArray[np.intp]:
    items = listed("order", order)
    if not items:
        raise InputError("an importance order must name one criterion at least")
    try:
        named = np.array([place_of("criterion", item, names, criteria) for item in items], dtype=np.intp)
    except InputError as error:
        by = f"by number, 0 to {criteria - 1}" if told(names) is None else "by name"
        raise InputError(f"an importance order names criteria {by}", str(error)) from None
    if np.unique(named).size != named.size:
        raise InputError("an importance order names a criterion twice")
    return named
