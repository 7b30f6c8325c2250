"""The normal distribution on arrays, without scipy."""

import math
from typing import Any

import numpy as np

from decide.mcda.labelled import Array

_erfc: Any = np.frompyfunc(math.erfc, 1, 1)


def phi(z: Array) -> Array:
    """Φ(z), exact in both tails."""
    found: Array = 0.5 * np.asarray(_erfc(-np.asarray(z, dtype=float) / math.sqrt(2.0)), dtype=np.float64)
    return found


def cdf(x: Any, sd: Any) -> Array:
    """The chance that N(0, sd²) is below x; one half at x = 0 where sd is 0."""
    x, sd = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(sd, dtype=float))
    sure = np.where(x == 0, 0.0, np.copysign(np.inf, x))
    return phi(np.divide(x, sd, out=sure, where=sd > 0))


def density(x: Any, sd: Any) -> Array:
    """The density of N(0, sd²) at x; nought where sd is 0."""
    x, sd = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(sd, dtype=float))
    z = np.divide(x, sd, out=np.zeros_like(x), where=sd > 0)
    return np.divide(np.exp(-0.5 * z**2), sd * math.sqrt(2 * math.pi), out=np.zeros_like(x), where=sd > 0)


def excess(x: Any, sd: Any) -> Array:
    """E[max(N(x, sd²), 0)] = sd G(x / sd), G(z) = zΦ(z) + φ(z)."""
    x, sd = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(sd, dtype=float))
    z = np.divide(x, sd, out=np.zeros_like(x), where=sd > 0)
    soft = x * phi(z) + sd * np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    found: Array = np.where(sd > 0, soft, np.maximum(x, 0.0))
    return found
