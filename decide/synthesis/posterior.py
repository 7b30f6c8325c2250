"""What is asked of a posterior: means, ranges and chances of weighted sums of Gaussians."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist

import numpy as np

from decide.errors import InputError
from decide.mcda.labelled import Array, generator, listed, number, numbers, whole
from decide.mcda.normal import cdf, density, excess
from decide.mcda.values import anchors

_SURE = 1e-10  # of a variance, what is left of it by rounding where all else tells it


@dataclass(frozen=True, eq=False)
class Posterior:
    """One quantity: Gaussians of `means` and `sds` (components,) that count by `weights` (components,), summing to
    1.
    """

    weights: Array
    means: Array
    sds: Array

    @property
    def mean(self) -> float:
        """Its mean."""
        return float(self.weights @ self.means)

    @property
    def variance(self) -> float:
        """Its variance."""
        return float(self.weights @ (self.sds**2 + self.means**2) - self.mean**2)

    @property
    def sd(self) -> float:
        """Its standard deviation."""
        return math.sqrt(max(self.variance, 0.0))

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.mean:.2f} ± {self.sd:.2f} ({low:.2f} to {high:.2f})"

    def below(self, x: float) -> float:
        """The chance that it is below x."""
        return float(self.weights @ cdf(number("x", x) - self.means, self.sds))

    def above(self, x: float) -> float:
        """The chance that it is above x."""
        return float(self.weights @ cdf(self.means - number("x", x), self.sds))

    def quantile(self, p: float) -> float:
        """The value that it is below with chance p.

        Raises
        ------
        InputError : p is not between 0 and 1.
        """
        p = number("a chance", p, 1e-12, 1 - 1e-12)
        return float(quantiles(self.weights, self.means[:, None], self.sds[:, None], p)[0])

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The central interval of probability `level`."""
        level = number("a level", level, 0, 1 - 1e-12)
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def spline(self, at: Sequence[float], value: Sequence[float]) -> float:
        """E[f], f running straight from value to value at the anchors `at` (ascending), its first slope carried on to
        the left, and flat to the right of the last.

        E[f] = f_0 + b_1 (m − a_0) − Σ (b_i − b_{i+1}) s G((m − a_i) / s), with G(z) = zΦ(z) + φ(z).
        """
        a, f = anchors(at, value)
        slopes = np.append(np.diff(f) / np.diff(a), 0.0)
        bends = slopes[:-1] - slopes[1:]
        held = excess(self.means[:, None] - a[1:], self.sds[:, None])
        return float(self.weights @ (f[0] + slopes[0] * (self.means - a[0]) - held @ bends))


def quantiles(weights: Array, means: Array, sds: Array, p: float) -> Array:
    """The values (n,) below which mixtures are with chance p; `weights` (components,), the rest (components, n).

    Newton's steps from the normal of the same mean and variance; the value lies between those of the components, and
    where a step would leave what is left of that, it is halved instead.
    """
    z = NormalDist().inv_cdf(p)
    each = means + z * sds
    low, high = each.min(axis=0), each.max(axis=0)
    mean = weights @ means
    sd = np.sqrt(weights @ (sds**2 + (means - mean) ** 2))
    at: Array = np.clip(mean + z * sd, low, high)
    for _ in range(200):
        off = at - means
        over = weights @ cdf(off, sds) - p
        slope = weights @ density(off, sds)
        low, high = np.where(over < 0, at, low), np.where(over < 0, high, at)
        step = np.divide(over, slope, out=np.full_like(at, np.inf), where=slope * (high - low) > np.abs(over))
        new = at - step
        new = np.where((new >= low) & (new <= high), new, (low + high) / 2)
        moved, at = np.abs(new - at), new
        if (moved <= 1e-10 * np.maximum(1.0, np.abs(at))).all():
            break
    return at


@dataclass(frozen=True, eq=False)
class Margins:
    """Several quantities, each by itself: `weights` (components,), `means` and `sds` (components, n); `h` (components,)
    is the spread between arms of one treatment, where gains are told.
    """

    weights: Array
    means: Array
    sds: Array
    h: Array | None = None

    @property
    def mean(self) -> Array:
        """Their means (n,)."""
        found: Array = self.weights @ self.means
        return found

    @property
    def predicted(self) -> "Margins":
        """The same of a new trial: its own departure 2h² is added.

        Raises
        ------
        InputError : what is told is no gain.
        """
        if self.h is None:
            raise InputError("nothing is told of new trials here", "ask a network for gains")
        return replace(self, sds=np.hypot(self.sds, math.sqrt(2.0) * self.h[:, None]))

    def intervals(self, level: float) -> Array:
        """The central intervals (2, n) of probability `level`.

        Raises
        ------
        InputError : a level that is no chance.
        """
        level = number("a level", level, 0, 1 - 1e-12)
        ends = ((1 - level) / 2, (1 + level) / 2)
        return np.array([quantiles(self.weights, self.means, self.sds, p) for p in ends])

    def of(self, i: int) -> Posterior:
        """One of them."""
        return Posterior(self.weights, self.means[:, i], self.sds[:, i])


@dataclass(frozen=True, eq=False)
class Joint:
    """Several quantities together: `weights` (components,), `means` (components, n), `covariances` (components, n,
    n); `h` (components,) is the spread between arms of one treatment, where gains are told.
    """

    weights: Array
    means: Array
    covariances: Array
    h: Array | None = None

    @property
    def sds(self) -> Array:
        """Standard deviations (components, n)."""
        found: Array = np.sqrt(np.clip(np.diagonal(self.covariances, axis1=1, axis2=2), 0.0, None))
        return found

    @property
    def margins(self) -> Margins:
        """Each by itself."""
        return Margins(self.weights, self.means, self.sds, self.h)

    def only(self, kept: Sequence[int]) -> "Joint":
        """Some of them, by place."""
        count = self.means.shape[1]
        at = np.array([whole("each of kept", one, below=count) for one in listed("kept", kept)], dtype=np.int64)
        return Joint(self.weights, self.means[:, at], self.covariances[:, at[:, None], at], self.h)

    @property
    def mean(self) -> Array:
        """Their means (n,)."""
        found: Array = self.weights @ self.means
        return found

    @property
    def covariance(self) -> Array:
        """Their covariance (n, n)."""
        off = self.means - self.mean
        within = np.tensordot(self.weights, self.covariances, 1)
        found: Array = within + (self.weights[:, None] * off).T @ off
        return found

    def of(self, combination: Sequence[float] | Array) -> Posterior:
        """A weighted sum (n,) of them."""
        x = numbers("combination", combination)
        if x.shape != self.means.shape[1:]:
            raise InputError(f"a combination needs {self.means.shape[1]} numbers, one for each quantity")
        variance = np.einsum("i,kij,j->k", x, self.covariances, x)
        return Posterior(self.weights, self.means @ x, np.sqrt(np.clip(variance, 0.0, None)))

    @cached_property
    def _roots(self) -> Array:
        """A root (components, n, n) of each covariance: Cholesky's, all at once, without a column for what is sure
        once those before it are known, as where two are one and the same.
        """
        given = self.covariances
        found = np.zeros_like(given)
        for j in range(given.shape[1]):
            rest = given[:, j:, j] - (found[:, j:, :j] @ found[:, j, :j, None])[:, :, 0]
            unsure = rest[:, 0] > _SURE * given[:, j, j]
            found[:, j:, j] = rest / np.sqrt(np.where(unsure, rest[:, 0], np.inf))[:, None]
        return found

    def better(self) -> Array:
        """The chance (n, n) that the row is above the column; one half where they cannot differ."""
        variance = np.diagonal(self.covariances, axis1=1, axis2=2)
        spread = variance[:, :, None] + variance[:, None, :] - 2 * self.covariances
        spread = np.where(spread > 1e-13 * (variance[:, :, None] + variance[:, None, :]), spread, 0.0)
        gap = self.means[:, :, None] - self.means[:, None, :]
        found: Array = np.tensordot(self.weights, cdf(gap, np.sqrt(spread)), 1)
        return found

    def draws(self, count: int, seed: "int | np.random.Generator" = 0) -> Array:
        """Joint draws (count, n).

        Raises
        ------
        InputError : a count or a seed that is no whole number of zero or more.
        """
        count, rng = whole("count", count, 0, 1 + (1 << 31) // max(1, self.means.shape[1])), generator(seed)
        which = np.sort(rng.choice(len(self.weights), count, p=self.weights / self.weights.sum()))
        normal = rng.standard_normal((count, self.means.shape[1]))
        found = np.empty_like(normal)
        for k in np.unique(which):
            mine = which == k
            found[mine] = self.means[k] + normal[mine] @ self._roots[k].T
        result: Array = found[rng.permutation(count)]
        return result
