"""What performances are worth: each criterion by its fixed anchors, and those that count only with a gain by the gain.

With v(g) the worth of a gain and V⁺ = E[max(v(G), 0)], V⁻ = E[max(−v(G), 0)], the cell of benefit is V⁺ − V⁻, and that
of a criterion that is worth something only with a gain (how sure it is, how soon, for how long) V⁺·v − V⁻: certainty
that something does little is no merit. Over draws of G the same holds with max(v(g), 0) and max(−v(g), 0), so that a
score is the mean of its draws.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.catalog.models import Criterion
from decide.criteria.benefit import part_anchors
from decide.mcda import expected_worth, piecewise
from decide.mcda.expected import Worth
from decide.synthesis.posterior import Margins

Array = NDArray[np.float64]


def worth(criterion: Criterion, performances: ArrayLike, currency: str) -> Array:
    """What performances (any shape) are worth, by the criterion's anchors in a currency."""
    anchors = criterion.anchors_in(currency)
    return piecewise(performances, [a.at for a in anchors], [a.value for a in anchors])


def expected(criterion: Criterion, gains: Margins, parts: Sequence[float], full: float) -> Worth:
    """Both sides of what uncertain gains (options) are worth, `parts` being how much of a course each is (options)."""
    at, value = (np.array(column) for column in zip(*((a.at, a.value) for a in criterion.anchors), strict=True))
    means = gains.means / full
    sds = gains.sds / full
    gain, loss = np.empty(means.shape[1]), np.empty(means.shape[1])
    for part in {*parts}:
        mine = np.equal(parts, part)
        found = expected_worth(means[:, mine].T, sds[:, mine].T, *part_anchors(at, value, part), gains.weights)
        gain[mine], loss[mine] = found
    return Worth(gain, loss)


def sides(criterion: Criterion, gains: ArrayLike) -> Worth:
    """Both sides of what certain gains (any shape, shares of the scale) are worth; below the first anchor the first
    slope goes on.
    """
    a, b = criterion.anchors[:2]
    g = np.asarray(gains, dtype=np.float64)
    below = np.minimum(g - a.at, 0.0) * (b.value - a.value) / (b.at - a.at)
    value = worth(criterion, g, "") + below
    return Worth(np.maximum(value, 0.0), np.maximum(-value, 0.0))


def combined(criteria: Sequence[Criterion], own: Array, found: Worth) -> Array:
    """The value matrix (…, options, criteria): each criterion's `own` worth, with gains (…, options) taken in."""
    return np.stack([with_gains(one, own[..., j], found) for j, one in enumerate(criteria)], axis=-1)


def with_gains(criterion: Criterion, own: Array, found: Worth) -> Array:
    """One criterion's values (…, options): its `own` worth, with gains taken in."""
    if criterion.measure == "benefit":
        return found.gain - found.loss
    return found.gain * own - found.loss if criterion.with_gain else own
