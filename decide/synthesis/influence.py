"""What a figure rests on: the share of its pull that each study's comparisons have, each study's level, and assumption.

For a gain x with q = C x, the parts q'A'V⁻¹A q of every study and q'P q of the prior add up to x'C x, and with what the
held levels add, x'B Ĉ B'x, to the whole variance. Of a study without a reference arm the part that its level has,
(1'V⁻¹A q)² / 1'V⁻¹1, is told apart from that of its comparisons. All are nought or more and they add up to 1.

Source: Riley, Ensor, Jackson & Burke, Statistical Methods in Medical Research 27 (2018) 2885-2905.
"""

from typing import NamedTuple

import numpy as np

from decide.mcda.labelled import Array
from decide.synthesis.downdate import covariance_of
from decide.synthesis.grid import Block, Fit


class Shares(NamedTuple):
    """Shares of a figure's pull, summing to 1: of each study's comparisons (`within`) and level, of the prior on gains,
    and of the level that is taken as given (`assumed`).
    """

    within: dict[str, float]
    level: dict[str, float]
    prior: float
    assumed: float

    @property
    def assumption(self) -> float:
        """How much of the figure is assumption: prior and assumed level."""
        return self.prior + self.assumed

    def of(self, study: str) -> float:
        """All that one study has."""
        return self.within.get(study, 0.0) + self.level.get(study, 0.0)


def shares_of(fit: Fit, block: Block, x: Array, on_held: Array, unmeasured: float) -> Shares:
    """Shares of the gain x (gains,) that adds `on_held` (held,) and prior variance `unmeasured` (times s²)."""
    q = block.covariance @ x
    slope = x @ block.pull + on_held
    assumed = np.einsum("ki,ij,kj->k", slope, fit.held.covariance, slope)
    extra = unmeasured * block.scale**2
    whole = q @ x + assumed + extra
    weight = np.divide(block.weight, whole, out=np.zeros_like(whole), where=whole > 0)
    by_prior = (q**2 / (block.prior * block.scale[:, None] ** 2)).sum(axis=1) + extra
    within, level = {}, {}
    for i, (trial, rows) in enumerate(zip(block.system.trials, block.system.places, strict=True)):
        if not trial.y.size:
            continue
        u = q @ block.system.x[rows, : block.system.gains].T
        inverse = np.linalg.inv(covariance_of(fit, block, i))
        pulled = (inverse @ u[..., None])[..., 0]
        both = (u * pulled).sum(axis=1)
        own = np.zeros_like(both)
        if not trial.free:
            own = pulled.sum(axis=1) ** 2 / inverse.sum(axis=(1, 2))
        within[trial.name] = max(0.0, float(weight @ (both - own)))
        level[trial.name] = float(weight @ own)
    return Shares(within, level, float(weight @ by_prior), float(weight @ assumed))
