"""What a posterior would be without one study, from the posterior itself.

With K = V − A C A' and r = y − A θ̂ of the study's rows: θ̂₋ = θ̂ − C A'K⁻¹r, C₋ = C + C A'K⁻¹A C; and each
component's weight is divided by N(y; A θ̂₋, V + A C₋ A'), which is what the study told of the spreads. The level step
is worked out again without the study; the scale stays. The same components are kept, so that nothing else moves.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from decide.mcda.labelled import Array
from decide.synthesis.grid import Block, Fit
from decide.synthesis.levels import Held
from decide.synthesis.model import Outliers
from decide.synthesis.system import Index


def without(fit: Fit, block: int, place: int, held: Held, outliers: Outliers | None) -> Fit:
    """The fit without the study at `place` of a block, holding `held` instead."""
    ratios: list[Array] = []
    blocks: list[Block] = []
    for i, one in enumerate(fit.blocks):
        ratio = _of_held(one, fit.held, held)
        found = one
        if i == block:
            found, told, kept = _removed(fit, one, place, held, outliers)
            ratio = (ratio + told)[kept]
        ratios.append(ratio)
        blocks.append(found)
    weight, blocks = reweighted(fit.weight, blocks, ratios)
    return replace(fit, blocks=tuple(blocks), weight=weight, held=held)


def reweighted(weight: Array, blocks: Sequence[Block], ratios: Sequence[Array]) -> tuple[Array, list[Block]]:
    """Nodes and components after every component's weight was multiplied by e^ratio."""
    count = len(weight)
    factors = []
    for one, ratio in zip(blocks, ratios, strict=True):
        top = float(ratio.max())
        held = np.bincount(one.node, one.weight, count)
        now = np.bincount(one.node, one.weight * np.exp(ratio - top), count)
        factors.append(np.divide(now, held, out=np.zeros(count), where=held > 0))
    new = weight * np.prod(factors, axis=0)
    new /= new.sum()
    found = []
    for i, (one, ratio) in enumerate(zip(blocks, ratios, strict=True)):
        others = np.prod([factor for j, factor in enumerate(factors) if j != i], axis=0) * np.ones(count)
        each = one.weight * np.exp(ratio - ratio.max()) * others[one.node]
        found.append(replace(one, weight=each / each.sum()))
    return new, found


def _of_held(block: Block, before: Held, after: Held) -> Array:
    """How the evidence (components,) changes with what is held."""
    a, b = before.mean, after.mean
    found: Array = block.slope @ (b - a) - 0.5 * (
        np.einsum("i,kij,j->k", b, block.curve, b) - np.einsum("i,kij,j->k", a, block.curve, a)
    )
    return found


def covariance_of(fit: Fit, block: Block, place: int) -> Array:
    """A study's covariance (components, n, n)."""
    trial = block.system.trials[place]
    v = trial.base + block.h2(fit.grid.h, fit.inflation)[:, place, None, None] * trial.spread
    if not trial.free:
        v = v + (trial.own + fit.grid.tau[block.node] ** 2)[:, None, None]
    found: Array = v
    return found


def _removed(fit: Fit, block: Block, place: int, held: Held, outliers: Outliers | None) -> tuple[Block, Array, Index]:
    p = block.system.gains
    rows = block.system.places[place]
    x, y = block.system.x[rows], block.system.y[rows]
    a, on_held = x[:, :p], x[:, p:]
    v = covariance_of(fit, block, place)
    ca = block.covariance @ a.T
    k = v - a @ ca
    inverse = np.linalg.inv(k)
    gain = ca @ inverse
    r0 = y - block.at_nought @ a.T
    slopes = on_held + a @ block.pull
    r = r0 - slopes @ held.mean
    told = -0.5 * np.einsum("ki,kij,kj->k", r, inverse, r)
    told -= np.linalg.slogdet(v)[1] - 0.5 * np.linalg.slogdet(k)[1]
    others = [i for i in range(len(block.system.trials)) if i != place]
    kept: Index = np.arange(len(block.weight))
    ratio = -told
    if place in block.looked_at and outliers is not None:
        # two components that differ in this study alone are one once it is gone
        ratio = ratio - np.log(np.where(block.apart[:, place], outliers.chance, 1 - outliers.chance))
        _, kept = np.unique(
            np.column_stack([block.node, block.scale, block.apart[:, others]]), axis=0, return_index=True
        )
        kept = np.sort(kept)
    found = Block(
        block.system.only(others),
        block.prior,
        block.node[kept],
        block.scale[kept],
        block.apart[kept][:, others],
        block.weight[kept],
        (block.at_nought - (gain @ r0[..., None])[..., 0])[kept],
        (block.pull + gain @ slopes)[kept],
        (block.covariance + gain @ ca.transpose(0, 2, 1))[kept],
        (block.slope - (slopes.transpose(0, 2, 1) @ inverse @ r0[..., None])[..., 0])[kept],
        (block.curve - slopes.transpose(0, 2, 1) @ inverse @ slopes)[kept],
        tuple(others.index(i) for i in block.looked_at if i != place),
        block.place,
    )
    return found, ratio, kept
