"""What a posterior would be without one study, from the posterior itself.

With K = V − A C A' and r = y − A θ̂ of the study's rows: θ̂₋ = θ̂ − C A'K⁻¹r, C₋ = C + C A'K⁻¹A C; and each
component's weight is divided by N(y; A θ̂₋, V + A C₋ A'), which is what the study told of the spreads. The level step
is worked out again without the study; the scale stays. The same components are kept, so that nothing else moves.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from decide.mcda.labelled import Array
from decide.synthesis.covariances import Covariances
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
            gone = _gone(fit, one, place, held, outliers)
            found = _removed(one, gone)
            ratio = (ratio + gone.ratio)[gone.kept]
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


class _Gone(NamedTuple):
    """A study's part in each component: its rows `a` (n, p), `inverse` K⁻¹ (K, n, n), what is left of its figures with
    the held at nought (K, n) and how that falls with them (K, n, q), what its leaving does to the logarithm of the
    weights (K,), the components that stay apart without it, and the other studies.
    """

    a: Array
    inverse: Array
    left: Array
    slopes: Array
    ratio: Array
    kept: Index
    others: list[int]


def _gone(fit: Fit, block: Block, place: int, held: Held, outliers: Outliers | None) -> _Gone:
    p, rows = block.system.gains, block.system.places[place]
    x, y = block.system.x[rows], block.system.y[rows]
    a = x[:, :p]
    v = covariance_of(fit, block, place)
    k = v - block.covariances.among(a)
    inverse: Array = np.asarray(np.linalg.inv(k), dtype=np.float64)
    left = y - block.at_nought @ a.T
    slopes = x[:, p:] + a @ block.pull
    r = left - slopes @ held.mean
    ratio = 0.5 * np.einsum("ki,kij,kj->k", r, inverse, r)
    ratio += np.linalg.slogdet(v)[1] - 0.5 * np.linalg.slogdet(k)[1]
    others = [i for i in range(len(block.system.trials)) if i != place]
    kept: Index = np.arange(len(block.weight))
    if place in block.looked_at and outliers is not None:
        # two components that differ in this study alone are one once it is gone
        ratio = ratio - np.log(np.where(block.apart[:, place], outliers.chance, 1 - outliers.chance))
        same = np.column_stack([block.node, block.scale, block.apart[:, others]])
        kept = np.sort(np.unique(same, axis=0, return_index=True)[1])
    return _Gone(a, inverse, left, slopes, ratio, kept, others)


def _removed(block: Block, gone: _Gone) -> Block:
    kept, others, slopes = gone.kept, gone.others, gone.slopes
    ca = block.covariances.times(gone.a).transpose(0, 2, 1)
    gain = ca @ gone.inverse
    back = slopes.transpose(0, 2, 1) @ gone.inverse
    return Block(
        block.system.only(others),
        block.prior,
        block.node[kept],
        block.scale[kept],
        block.apart[kept][:, others],
        block.weight[kept],
        (block.at_nought - (gain @ gone.left[..., None])[..., 0])[kept],
        (block.pull + gain @ slopes)[kept],
        Covariances.plain((block.covariances.whole() + gain @ ca.transpose(0, 2, 1))[kept]),
        (block.slope - (back @ gone.left[..., None])[..., 0])[kept],
        (block.curve - back @ slopes)[kept],
        tuple(others.index(i) for i in block.looked_at if i in others),
        block.place,
    )


class Watched(NamedTuple):
    """Gains of one block that are watched while studies leave: `x` (n, gains), what they add of the held (n, held),
    prior variance beside it (n,) as shares of s², and X C (components, n, gains), which every study needs.
    """

    block: int
    x: Array
    on_held: Array
    unmeasured: Array
    xc: Array


def glimpse(
    fit: Fit, watched: Watched, block: int, place: int, held: Held, outliers: Outliers | None
) -> tuple[Array, Array]:
    """Means and standard deviations (n,) of what is watched without the study at `place` of `block`."""
    own = fit.blocks[watched.block]
    gone = _gone(fit, fit.blocks[block], place, held, outliers)
    ratios = [_of_held(one, fit.held, held) for one in fit.blocks]
    ratios[block] = (ratios[block] + gone.ratio)[gone.kept]
    stay = [
        replace(one, node=one.node[gone.kept], weight=one.weight[gone.kept]) if i == block else one
        for i, one in enumerate(fit.blocks)
    ]
    weight = reweighted(fit.weight, stay, ratios)[1][watched.block].weight
    mean, slope = own.at_nought @ watched.x.T, watched.x @ own.pull + watched.on_held
    variance = (watched.xc * watched.x).sum(axis=2) + own.scale[:, None] ** 2 * watched.unmeasured
    if watched.block == block:
        ca = watched.xc @ gone.a.T
        gain = ca @ gone.inverse
        mean = mean - (gain @ gone.left[..., None])[..., 0]
        slope = slope + gain @ gone.slopes
        variance = variance + (gain * ca).sum(axis=2)
        mean, slope, variance = mean[gone.kept], slope[gone.kept], variance[gone.kept]
    mean = mean + slope @ held.mean
    variance = variance + ((slope @ held.covariance) * slope).sum(axis=2)
    whole = weight @ mean
    return whole, np.sqrt(np.clip(weight @ (variance + (mean - whole) ** 2), 0.0, None))
