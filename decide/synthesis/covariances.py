"""Covariances of many components that share most of themselves: kept in parts, for together they are large.

Component k has C_k = R_j − L_k M_k: R_j is that of all components at one node and scale, and the low-rank part what the
few studies that are looked at take off. Questions are about a few unknowns, so C_k itself is hardly ever wanted.
"""

import numpy as np

from decide.lazily import dataclass
from decide.mcda.labelled import Array
from decide.synthesis.system import Index


@dataclass(frozen=True, eq=False)
class Covariances:
    """`shared` (pairs, p, p), the `pair` of each component (K,), `left` (K, p, r) and `right` (K, r, p)."""

    shared: Array
    pair: Index
    left: Array
    right: Array

    @staticmethod
    def plain(each: Array) -> "Covariances":
        """Those of components that share nothing, (K, p, p)."""
        count, p, _ = each.shape
        return Covariances(each, np.arange(count), np.empty((count, p, 0)), np.empty((count, 0, p)))

    def times(self, x: Array) -> Array:
        """X C (K, n, p) for X (n, p)."""
        found: Array = (x @ self.shared)[self.pair] - (x @ self.left) @ self.right
        return found

    def among(self, x: Array) -> Array:
        """X C X' (K, n, n) for X (n, p)."""
        found: Array = (x @ self.shared @ x.T)[self.pair] - (x @ self.left) @ (self.right @ x.T)
        return found

    def each(self, x: Array) -> Array:
        """The diagonal of X C X' (K, n) for X (n, p)."""
        alone = ((x @ self.shared) * x).sum(axis=2)[self.pair]
        found: Array = alone - ((x @ self.left) * (self.right @ x.T).transpose(0, 2, 1)).sum(axis=2)
        return found

    def on(self, y: Array) -> Array:
        """C Y (K, p, m) for Y (K, p, m)."""
        found = np.empty_like(y)
        # the components of a pair stand together, and a copy of its part for each would be the work
        ends = np.flatnonzero(np.diff(self.pair, append=-1)) + 1
        for start, end in zip(np.append(0, ends[:-1]), ends, strict=True):
            found[start:end] = self.shared[self.pair[start]] @ y[start:end]
        result: Array = found - self.left @ (self.right @ y)
        return result

    def whole(self) -> Array:
        """C (K, p, p)."""
        found: Array = self.shared[self.pair] - self.left @ self.right
        return found
