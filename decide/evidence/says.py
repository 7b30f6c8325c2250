"""What one concern's synthesis says, in the form in which it is kept: all that answers ask of it but joint draws."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from decide.evidence.index import Effect
from decide.mcda.labelled import Array
from decide.synthesis.consistency import Inconsistency
from decide.synthesis.grid import Kept
from decide.synthesis.influence import Shares
from decide.synthesis.posterior import Joint, Posterior


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
    """What is said of one kind: of every effect that has a figure its gain, as components of `weights` (components,) and
    `means` (components, effects) with the lower half of their covariances, and its ranges (effects, 7: what is shown,
    the mean, the wider range, a new trial's); of every one that something was given the shares of its pull (effects,
    2 trials + 2: comparisons, levels, prior, assumed level); what people come to with a dummy, and left alone.
    """

    effects: tuple[Effect, ...]
    weights: Array
    means: Array
    halves: Array
    ranges: Array
    given: tuple[Effect, ...]
    pulls: Array
    nothing: Posterior
    left_alone: Posterior | None
    level_known: bool

    @cached_property
    def gains(self) -> Joint:
        """Gains together."""
        n = len(self.effects)
        whole = np.empty((len(self.weights), n, n))
        rows, columns = np.tril_indices(n)
        whole[:, rows, columns] = self.halves
        whole[:, columns, rows] = self.halves
        return Joint(self.weights, self.means, whole)

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
        return {
            effect: Shares(
                {name: share for name, share in zip(trials, row[:n], strict=True) if share == share},
                {name: share for name, share in zip(trials, row[n : 2 * n], strict=True) if share == share},
                row[-2],
                row[-1],
            )
            for effect, row in zip(self.given, self.pulls.tolist(), strict=True)
        }


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
