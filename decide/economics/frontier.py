"""The cost-effectiveness frontier: strong and extended dominance, and the incremental ratios of what is left.

Sorted by cost, an option is *strongly dominated* (D) when one that costs no more does at least as well, and *extendedly
dominated* (ED) when a mix of a cheaper and a dearer option would cost no more and do better: its ratio to the option
before it is above the next one's. What remains (ND) is the lower convex hull of the options in the cost-effect plane,
and each ratio along it is the price of one more unit of effect. Options exactly on a line between two others stay.

Source: Drummond et al., Methods for the Economic Evaluation of Health Care Programmes, 4th ed. (2015), ch. 4; statuses
and order of rows as `calculate_icers` of dampack (Alarid-Escudero et al.) has them; hull by monotone chain (Andrew,
Information Processing Letters 1979), so that n options take O(n log n).
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Status = Literal["ND", "ED", "D"]


class Icer(NamedTuple):
    """One row of the incremental table.

    `inc_cost`, `inc_effect` and `icer` compare with the row above on the frontier; the first there has none, and
    neither has a dominated option. `by` names what dominates it: one strategy (D), or the two of the mix (ED). `place`
    is the strategy's place in what was put in, from 0.
    """

    strategy: str
    cost: float
    effect: float
    inc_cost: float | None
    inc_effect: float | None
    icer: float | None
    status: Status
    by: tuple[str, ...]
    place: int


def icers(cost: ArrayLike, effect: ArrayLike, names: Sequence[str] | None = None) -> tuple[Icer, ...]:
    """The incremental cost-effectiveness table.

    Parameters
    ----------
    cost, effect : (strategies,) finite numbers, of any sign.
    names : (strategies,), all different; without them strategies are called by their place, from "1".

    Returns
    -------
    tuple of Icer : the frontier first (ND), then ED, then D; within each by cost, and by effect from the highest where
        costs are equal. Of several with one cost and one effect the first put in stays, the others are D.

    Raises
    ------
    InputError : no strategies, shapes that differ, a number that is not finite, a name used twice.
    """
    c, e = _pair(cost, effect)
    called = [str(i + 1) for i in range(c.size)] if names is None else [str(name) for name in names]
    if len(called) != c.size:
        raise InputError(f"{c.size} strategies need as many names, not {len(called)}")
    if len(set(called)) != len(called):
        twice = Counter(called).most_common(1)[0][0]
        raise InputError(f"two strategies are called {twice!r}", "every strategy needs a name of its own")
    order, kept, hull = _hull(c, e)

    costs, effects = c.tolist(), e.tolist()
    on: list[int] = order[hull].tolist()
    rows = [Icer(called[on[0]], costs[on[0]], effects[on[0]], None, None, None, "ND", (), on[0])]
    for before, i in pairwise(on):
        inc_cost, inc_effect = costs[i] - costs[before], effects[i] - effects[before]
        rows.append(
            Icer(called[i], costs[i], effects[i], inc_cost, inc_effect, inc_cost / inc_effect, "ND", (), i),
        )

    extended = np.setdiff1d(kept, hull, assume_unique=True)
    right = np.searchsorted(hull, extended)
    for at, place in zip(extended.tolist(), right.tolist(), strict=True):
        i = int(order[at])
        by = (called[on[place - 1]], called[on[place]])
        rows.append(Icer(called[i], costs[i], effects[i], None, None, None, "ED", by, i))

    strong = np.setdiff1d(np.arange(c.size), kept, assume_unique=True)
    # the last one kept before it costs no more, and has the highest effect of all that cost no more
    better = order[kept[np.searchsorted(kept, strong) - 1]]
    for i, j in zip(order[strong].tolist(), better.tolist(), strict=True):
        rows.append(Icer(called[i], costs[i], effects[i], None, None, None, "D", (called[j],), i))
    return tuple(rows)


def frontier(cost: ArrayLike, effect: ArrayLike) -> Index:
    """Indices of the strategies on the frontier, from the cheapest to the dearest.

    Parameters
    ----------
    cost, effect : (strategies,) finite numbers.

    Raises
    ------
    InputError : no strategies, shapes that differ, a number that is not finite.
    """
    order, _, hull = _hull(*_pair(cost, effect))
    return order[hull]


def _pair(cost: ArrayLike, effect: ArrayLike) -> tuple[Array, Array]:
    c, e = np.asarray(cost, dtype=np.float64), np.asarray(effect, dtype=np.float64)
    if c.ndim != 1 or c.shape != e.shape or not c.size:
        raise InputError(
            f"cost and effect must each hold one number a strategy, not {c.shape} and {e.shape}",
            "give one strategy at least",
        )
    for what, array in (("cost", c), ("effect", e)):
        bad = np.flatnonzero(~np.isfinite(array))
        if bad.size:
            raise InputError(f"the {what} of strategy {bad[0] + 1} is {array[bad[0]]}", "it must be a finite number")
    return c, e


def _hull(c: Array, e: Array) -> tuple[Index, Index, Index]:
    """Order by cost then effect; which places in it are not strongly dominated; which of those are on the hull."""
    order = np.lexsort((-e, c))
    effects = e[order]
    best_before = np.concatenate(([-np.inf], np.maximum.accumulate(effects)[:-1]))
    kept = np.flatnonzero(effects > best_before)
    x: list[float] = effects[kept].tolist()
    y: list[float] = c[order][kept].tolist()
    stack: list[int] = []
    slopes: list[float] = []
    for i in range(len(x)):
        # ratios are compared as they are printed, so that they never fall along the frontier
        slope = 0.0
        while stack:
            slope = (y[i] - y[stack[-1]]) / (x[i] - x[stack[-1]])
            if len(stack) == 1 or slopes[-1] <= slope:
                break
            stack.pop()
            slopes.pop()
        stack.append(i)
        slopes.append(slope)
    return order, kept, kept[np.array(stack, dtype=np.int64)]
