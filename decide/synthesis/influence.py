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


def shares_of(fit: Fit, block: Block, x: Array, on_held: Array, unmeasured: Array) -> list[Shares]:
    """Shares of gains x (asked, gains) of a block that add `on_held` (asked, held) and prior variances `unmeasured`
    (asked,), times s².
    """
    q = block.covariances.times(x)  # (components, asked, gains)
    slope = x @ block.pull + on_held
    assumed = np.einsum("kai,ij,kaj->ka", slope, fit.held.covariance, slope)
    extra = np.outer(block.scale**2, unmeasured)
    whole = np.einsum("kag,ag->ka", q, x) + assumed + extra
    weight = np.divide(block.weight[:, None], whole, out=np.zeros_like(whole), where=whole > 0)
    by_prior = (q**2 / (block.prior * block.scale[:, None] ** 2)[:, None]).sum(axis=2) + extra
    rows = q @ block.system.x[:, : block.system.gains].T
    within: list[dict[str, float]] = [{} for _ in x]
    level: list[dict[str, float]] = [{} for _ in x]
    for i, (trial, place) in enumerate(zip(block.system.trials, block.system.places, strict=True)):
        if not trial.y.size:
            continue
        u = rows[:, :, place]
        inverse = np.linalg.inv(covariance_of(fit, block, i))
        pulled = u @ inverse
        both = (u * pulled).sum(axis=2)
        own = np.zeros_like(both)
        if not trial.free:
            own = pulled.sum(axis=2) ** 2 / inverse.sum(axis=(1, 2))[:, None]
        for a, (whole_pull, level_pull) in enumerate(
            zip(*((weight * v).sum(axis=0) for v in (both, own)), strict=True)
        ):
            within[a][trial.name] = max(0.0, float(whole_pull - level_pull))
            level[a][trial.name] = float(level_pull)
    priors, levels = (weight * by_prior).sum(axis=0), (weight * assumed).sum(axis=0)
    return [Shares(within[a], level[a], float(priors[a]), float(levels[a])) for a in range(len(x))]
