"""From a scale to words that people know: a level that stays on the scale, and x in 100."""

from typing import NamedTuple

import numpy as np

from decide.errors import InputError
from decide.mcda.labelled import number
from decide.mcda.normal import excess, phi
from decide.synthesis.posterior import Posterior


class Shown(NamedTuple):
    """What is shown of an expected result: with the treatment, with none, and the gain, which is their difference."""

    level: float
    nothing: float
    gain: float


class InHundred(NamedTuple):
    """Of 100 people how many reach a cut: with the treatment (with its range), and without."""

    with_it: float
    low: float
    high: float
    without: float


def clipped(found: Posterior, low: float, high: float) -> float:
    """E[clip(X, low, high)].

    Raises
    ------
    InputError : `low` is not below `high`.
    """
    low, high = number("low", low), number("high", high)
    if not low < high:
        raise InputError(f"a scale runs from low to high, not from {low:g} to {high:g}")
    each = low + excess(found.means - low, found.sds) - excess(found.means - high, found.sds)
    return float(found.weights @ each)


def shown(both: Posterior, nothing: Posterior, low: float, high: float) -> Shown:
    """Level, nothing and gain on a scale from `low` to `high`, so that the sums agree as they are shown."""
    a, b = clipped(both, low, high), clipped(nothing, low, high)
    return Shown(a, b, a - b)


def in_hundred(nothing: Posterior, gain: Posterior, cut: float, sigma: float, level: float = 0.8) -> InHundred:
    """Of 100 people how many see a change of `cut` or more, σ being the spread between people.

    With and without have one denominator, √(σ² + s_μ²): were the gain's own doubt in it, doubt alone would help people.
    The range is that of the gain at the same level. Never below 1 nor above 99.

    Raises
    ------
    InputError : a spread that is not above zero.
    """
    sigma = number("the spread between people", sigma, 1e-9)
    cut = number("cut", cut)
    spread = float(np.hypot(sigma, nothing.sd))

    def people(gained: float) -> float:
        return float(np.clip(100 * phi(np.array((nothing.mean + gained - cut) / spread)), 1, 99))

    low, high = gain.interval(level)
    return InHundred(people(gain.mean), people(low), people(high), people(0.0))
