"""What a gain is worth, by sums that share no code with decide: a fine grid over the normal distribution."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np


class Sides(NamedTuple):
    """What is gained and what is lost, on the mean."""

    gain: float
    loss: float

    @property
    def both(self) -> float:
        return self.gain - self.loss


def in_part(part: float) -> Callable[[np.ndarray], np.ndarray]:
    """What a gain becomes in so much of a course: after each session the same share of what is left stays."""
    return lambda g: 1 - (1 - np.minimum(g, 1.0)) ** part


def worth_of(
    mean: float,
    sd: float,
    at: Sequence[float],
    value: Sequence[float],
    of: Callable[[np.ndarray], np.ndarray] = lambda g: g,
    count: int = 400_001,
) -> Sides:
    """Both sides of the worth of `of` a gain N(mean, sd²), as a share of the scale.

    Before the first anchor the first slope goes on, after the last its value stays.
    """
    z = np.linspace(-10, 10, count)
    g = of(mean + sd * z)
    slope = (value[1] - value[0]) / (at[1] - at[0])
    v = np.interp(g, at, value) + np.minimum(g - at[0], 0.0) * slope
    density = np.exp(-0.5 * z * z)
    density /= density.sum()
    return Sides(float(density @ np.maximum(v, 0)), float(density @ np.maximum(-v, 0)))
