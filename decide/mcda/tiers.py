"""Options too close to call, told as tiers over their order.

"Too close" is not transitive: a chain of close neighbours can end far apart. So the order is cut into contiguous tiers
that contradict as few pairs as possible: two options of one tier should be close, P(the first is better) below the
level; two of different tiers should not. Maximising Σ over same-tier pairs of (level − P) does that, exactly, by
dynamic programming.

Source: optimal partition of an ordered sequence, Jackson et al., IEEE Signal Processing Letters 12 (2005) 105-108.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.labelled import like, matched, number, table, told

CLOSE = 0.75
"""P(better) below which two options are too close to call: odds of three to one."""


def tiers(better: ArrayLike, level: float = CLOSE) -> NDArray[np.int64]:
    """The tier of each option (options,), 0 the first, for options in the order of their scores.

    Parameters
    ----------
    better : (options, options); [i, j] with i before j is P(i is better than j). The rest is not read. The order is
        that of the rows; the columns of a frame are brought to it.
    level : P(better) from which a pair can be told apart, from 0.5 to 1.

    Returns
    -------
    (options,) integers that never fall. Of equally good cuts the one with the fewest tiers, then the longest last tier.
    From a frame they come as one, with the options' names.

    Raises
    ------
    InputError : no square table, or a probability above the diagonal that is not from 0 to 1.
    """
    p, rows, columns = table("better", better)
    p = matched("columns", p, told(columns), "rows", told(rows))
    if p.ndim != 2 or p.shape[0] != p.shape[1]:
        raise InputError("chances of being better must be a square table")
    level = number("level", level, 0.5, 1)
    n = p.shape[0]
    pairs = np.triu(np.ones((n, n), dtype=bool), 1)
    if not ((p[pairs] >= 0) & (p[pairs] <= 1)).all():
        raise InputError("a chance of being better is not a number from 0 to 1")
    close = np.where(pairs, level - p, 0.0)
    # within[a, b]: the sum over pairs of the tier a..b
    within = np.cumsum(np.cumsum(close[::-1], axis=0)[::-1], axis=1)
    best, fewest, start = np.zeros(n + 1), np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    for b in range(1, n + 1):
        sums = best[:b] + within[:b, b - 1]
        tied = np.flatnonzero(sums >= sums.max() - 1e-9)
        first = tied[np.argmin(fewest[tied])]
        best[b], fewest[b], start[b] = sums[first], fewest[first] + 1, first
    result = np.zeros(n, dtype=np.int64)
    end, tier = n, int(fewest[n]) - 1
    while end:
        result[start[end] : end] = tier
        end, tier = int(start[end]), tier - 1
    found: NDArray[np.int64] = like(better, result, "tier")
    return found
