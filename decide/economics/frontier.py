"""The cost-effectiveness frontier: strong and extended dominance, and the incremental ratios of what is left.

Sorted by cost, an option is *strongly dominated* (D) when one that costs no more does at least as well, and *extendedly
dominated* (ED) when a mix of a cheaper and a dearer option would cost no more and do better: its ratio to the option
before it is above the next one's. What remains (ND) is the lower convex hull of the options in the cost-effect plane,
and each ratio along it is the price of one more unit of effect. Options exactly on a line between two others stay.
Numbers that differ in their last digits only count as equal: 0.3 and 0.1 + 0.2 are one effect, not a ratio of 10¹⁸.

Source: Drummond et al., Methods for the Economic Evaluation of Health Care Programmes, 4th ed. (2015), ch. 4; statuses
and order of rows as `calculate_icers` of dampack (Alarid-Escudero et al.) has them; hull by monotone chain (Andrew,
Information Processing Letters 1979), so that n options take O(n log n).
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import Array, Names, called, renamed, row_labels, spelt, told, two
from decide.mcda.rounding import ROUNDING, in_reach, settled

Index = NDArray[np.int64]
Status = Literal["ND", "ED", "D"]

_NEAR = 1e-9  # ratios further apart than this are two, however noisy


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
    cost, effect : (strategies,) finite numbers, of any sign; two series, or mappings, are brought to one order by their
        names.
    names : (strategies,), all different; without them strategies are called as cost and effect call them, or else by
        their place, from "1". Beside these, the same names in another order change nothing, and new ones rename in the
        order they stand.

    Returns
    -------
    tuple of Icer : the frontier first (ND), then ED, then D; within each by cost, and by effect from the highest where
        costs are equal. Of several with one cost and one effect the first put in stays, the others are D. As rows with
        names they are what pandas.DataFrame and polars.DataFrame take.

    Raises
    ------
    InputError : no strategies, shapes or names that differ, a number that is not finite, a name used twice.
    """
    c, e, known = _pair(cost, effect)
    if names is None:
        label = spelt("strategy", range(1, c.size + 1) if known is None else known)
    else:
        label = renamed("strategy", names, "cost", row_labels(cost, effect))
    if len(label) != c.size:
        raise InputError(f"{c.size} strategies need as many names, not {len(label)}")
    if len(set(label)) != len(label):
        twice = Counter(label).most_common(1)[0][0]
        raise InputError(f"two strategies are called {twice!r:.60}", "every strategy needs a name of its own")
    order, kept, hull = _hull(c, e)

    costs, effects = c.tolist(), e.tolist()
    on: list[int] = order[hull].tolist()
    rows = [Icer(label[on[0]], costs[on[0]], effects[on[0]], None, None, None, "ND", (), on[0])]
    for before, i in pairwise(on):
        inc_cost, inc_effect = costs[i] - costs[before], effects[i] - effects[before]
        # on a straight line rounding alone would let it fall
        icer = max(inc_cost / inc_effect, rows[-1].icer or 0.0)
        if icer == math.inf:
            raise InputError(f"the ratio of {label[i]} is too large to be told", "give cost in larger units")
        rows.append(Icer(label[i], costs[i], effects[i], inc_cost, inc_effect, icer, "ND", (), i))

    extended = np.setdiff1d(kept, hull, assume_unique=True)
    right = np.searchsorted(hull, extended)
    for at, place in zip(extended.tolist(), right.tolist(), strict=True):
        i = int(order[at])
        by = (label[on[place - 1]], label[on[place]])
        rows.append(Icer(label[i], costs[i], effects[i], None, None, None, "ED", by, i))

    strong = np.setdiff1d(np.arange(c.size), kept, assume_unique=True)
    # the last one kept before it costs no more, and has the highest effect of all that cost no more
    better = order[kept[np.searchsorted(kept, strong) - 1]]
    for i, j in zip(order[strong].tolist(), better.tolist(), strict=True):
        rows.append(Icer(label[i], costs[i], effects[i], None, None, None, "D", (label[j],), i))
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
    c, e, _ = _pair(cost, effect)
    order, _, hull = _hull(c, e)
    return order[hull]


def _pair(cost: ArrayLike, effect: ArrayLike) -> tuple[Array, Array, Names | None]:
    c, e, names = two(("cost", "effect"), cost, effect)
    if c.ndim != 1 or c.shape != e.shape or not c.size:
        raise InputError(
            f"cost and effect must each hold one number a strategy, not {c.shape} and {e.shape}",
            "give one strategy at least",
        )
    names = told(names)
    for what, array in (("cost", c), ("effect", e)):
        bad = np.flatnonzero(~np.isfinite(array))
        if bad.size:
            which = called("strategy", names, int(bad[0]))
            raise InputError(f"the {what} of {which} is {array[bad[0]]}", "it must be a finite number")
        if float(array.max()) - float(array.min()) == math.inf:
            raise InputError(f"differences of {what} are too large to be told", "give it in larger units")
    return c, e, names


def _hull(c: Array, e: Array) -> tuple[Index, Index, Index]:
    """Order by cost then effect; which places in it are not strongly dominated; which of those are on the hull."""
    c, e = (settled(in_reach(one, axis=0)) for one in (c, e))
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
            last = stack[-1]
            slope = (y[i] - y[last]) / (x[i] - x[last])
            if len(stack) == 1 or slopes[-1] <= slope:
                break
            noise = sum(_noise(a[j], a[k]) for a in (x, y) for j, k in ((stack[-2], last), (last, i)))
            if slopes[-1] <= slope * (1.0 + min(noise, _NEAR)):
                slope = slopes[-1]
                break
            stack.pop()
            slopes.pop()
        stack.append(i)
        slopes.append(slope)
    return order, kept, kept[np.array(stack, dtype=np.int64)]


def _noise(low: float, high: float) -> float:
    """The share of a difference that may be rounding."""
    return ROUNDING * max(abs(low), abs(high)) / (high - low)
