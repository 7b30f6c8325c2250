"""What one concern's synthesis says, in the form in which it is kept: all that answers ask of it but joint draws."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.evidence.index import Effect
from decide.lazily import dataclass
from decide.mcda.labelled import Array
from decide.synthesis.consistency import Inconsistency
from decide.synthesis.grid import Kept
from decide.synthesis.influence import Shares
from decide.synthesis.posterior import Joint, Margins, Posterior

Halves = NDArray[np.float32]


class Expected(NamedTuple):
    """What is expected of a whole course: the mean gain and the central interval that is shown; the wider one of the
    gain (`sure`) and of a `new` trial that certainty is judged by; whether it has a figure.
    """

    low: float
    mean: float
    high: float
    sure: tuple[float, float]
    new: tuple[float, float]
    studied: bool


@dataclass(frozen=True, eq=False)
class OfKind:
    """What is said of one kind: of every effect that has a figure (and of each as a product that has a price) its gain,
    as components of `weights` (components,), `means` and `sds` (components, effects) with the `halves` of their
    covariances, and its `ranges`; of every one that something was given the shares of its `pulls`; what people come to
    with a dummy, and left alone; `lent` are the effects of which no study mostly of this kind tells.
    """

    effects: tuple[Effect, ...]
    weights: Array
    means: Array
    sds: Array
    halves: Halves
    ranges: Array
    given: tuple[Effect, ...]
    pulls: Array
    nothing: Posterior
    left_alone: Posterior | None
    level_known: bool
    lent: tuple[Effect, ...]

    @cached_property
    def gains(self) -> Joint:
        """Gains together."""
        n = len(self.effects)
        whole = np.empty((len(self.weights), n, n))
        rows, columns = np.tril_indices(n)
        whole[:, rows, columns] = self.halves
        whole[:, columns, rows] = self.halves
        return Joint(self.weights, self.means, whole)

    @property
    def margins(self) -> Margins:
        """Gains, each by itself."""
        return Margins(self.weights, self.means, self.sds)

    @cached_property
    def expected(self) -> dict[Effect, Expected]:
        """Gains with their ranges."""
        rows = zip(self.effects, self.ranges.tolist(), strict=True)
        return {
            effect: Expected(low, mean, high, (a, b), (c, d), True) for effect, (low, mean, high, a, b, c, d) in rows
        }

    def shares(self, trials: tuple[str, ...]) -> dict[Effect, Shares]:
        """Shares of the pull, by trial."""
        n = len(trials)

        def told(row: list[float]) -> dict[str, float]:
            return {name: share for name, share in zip(trials, row, strict=True) if not math.isnan(share)}

        return {
            effect: Shares(told(row[:n]), told(row[n:-2]), row[-2], row[-1])
            for effect, row in zip(self.given, self.pulls.tolist(), strict=True)
        }


def rounded(gains: Joint) -> Joint:
    """Gains with their covariances to seven digits, as they are kept: draws need no more."""
    return replace(gains, covariances=gains.covariances.astype(np.float32).astype(np.float64))


def halves_of(gains: Joint) -> Halves:
    """The lower half of each component's covariances (components, n (n + 1) / 2), to seven digits."""
    rows, columns = np.tril_indices(gains.means.shape[1])
    found: Halves = gains.covariances[:, rows, columns].astype(np.float32)
    return found


def table_of(expected: Sequence[Expected]) -> Array:
    """Ranges as a table (effects, 7): what is shown with the mean, the wider one, a new trial's."""
    rows = [(one.low, one.mean, one.high, *one.sure, *one.new) for one in expected]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 7)


def pulls_of(shares: Sequence[Shares], trials: Sequence[str]) -> Array:
    """Shares as a table (effects, 2 trials + 2): comparisons and levels of each trial (NaN: none), prior, assumed
    level.
    """
    rows = [
        [one.get(trial, math.nan) for one in (share.within, share.level) for trial in trials]
        + [share.prior, share.assumed]
        for share in shares
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 2 * len(trials) + 2)


@dataclass(frozen=True, eq=False)
class Says:
    """What the synthesis of a concern says: its trials, which of them may stand apart, whether comparisons agree (for
    each group of kinds), what holds of each kind, and what its network was fitted with.
    """

    trials: tuple[str, ...]
    outliers: dict[str, float]
    inconsistency: tuple[Inconsistency, ...]
    kinds: dict[str, OfKind]
    fit: Kept
