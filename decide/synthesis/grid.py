"""The posterior of gains over a grid of spreads: a finite mixture of Gaussians, each in closed form.

Given τ (between levels), h (between arms), s (the prior of gains) and S (which studies stand apart) everything is
Gaussian. Groups of kinds that no row joins are blocks that are independent given τ and h, each with an s and an S of
its own: a node (τ, h) weighs its prior times the product over blocks of the sum over s and S of their evidence. Of the
information A'V⁻¹A is worked out once a node (τ, h). Components that weigh less than one in a thousand are dropped.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError
from decide.mcda.labelled import Array
from decide.synthesis.levels import KNOWN, STEP, Axis, Held, Nodes, axis, nodes
from decide.synthesis.names import Arm, Key, Names
from decide.synthesis.outliers import candidates, log_evidence, subsets
from decide.synthesis.system import Index, System, arm_terms, matrix, system
from decide.synthesis.trials import Trial

LEAST = 1e-3
"""Components that weigh less are dropped."""
EDGE = 0.05
"""The weight at an end of the grid above which it is widened."""
FARTHEST = 5
"""Steps from the middle beyond which the grid is not widened."""
CLOSER = 0.8
"""Prior standard deviations below which a spread's posterior has its nodes set closer."""


@dataclass(frozen=True, eq=False)
class Block:
    """One block: its equations, and K components over p gains and q held unknowns.

    `node` (K,) is the place of τ and h, `scale` (K,) is s, `apart` (K, studies) who stands apart, `weight` (K,).
    `at_nought` (K, p) is the mean were the held unknowns nought, `pull` (K, p, q) how these move it, `covariance` (K,
    p, p). `slope` (K, q) and `curve` (K, q, q) are the evidence as a function of the held: slope'λ − λ'curve λ/2.
    """

    system: System
    prior: Array
    node: Index
    scale: Array
    apart: NDArray[np.bool_]
    weight: Array
    at_nought: Array
    pull: Array
    covariance: Array
    slope: Array
    curve: Array
    looked_at: tuple[int, ...]
    place: dict[Key, int] = field(repr=False)

    def h2(self, h: Array, inflation: float) -> Array:
        """h² (K, studies) of each component."""
        return h[self.node, None] ** 2 * np.where(self.apart, inflation, 1.0)

    def means(self, held: Held) -> Array:
        """Means of the gains (K, p) with the held at their means."""
        found: Array = self.at_nought + self.pull @ held.mean
        return found


@dataclass(frozen=True, eq=False)
class Fit:
    """A network's posterior: blocks, the grid with its weights (nodes,), and what is held."""

    blocks: tuple[Block, ...]
    grid: Nodes
    weight: Array
    held: Held
    inflation: float
    log_evidence: float


class _Rough(NamedTuple):
    """A block before its components are chosen: what every node, s and S weighs."""

    system: System
    prior: Array
    place: dict[Key, int]
    looked_at: tuple[int, ...]
    gram: Array
    log_weight: Array
    scales: Array


def fit(trials: Sequence[Trial], by_block: Sequence[Sequence[int]], names: Names, held: Held) -> Fit:
    """The posterior over the grid.

    Five nodes a spread stand about its prior median. Where the data know a spread better than its prior, they are set
    closer, about what the data say; and a grid is widened until less than 5 % of its weight is at either end.
    """
    levels, gains, outliers = names.model.levels, names.model.gains, names.model.outliers
    assert gains is not None
    uses_tau = any(not trial.free for trial in trials)
    axes = [axis(levels.between if levels and uses_tau else None), axis(names.model.heterogeneity)]
    equations = [equations_of([trials[i] for i in members], names, held.keys) for members in by_block]
    looked_at: list[tuple[int, ...]] = []
    for found in equations:
        prior = np.array([names.prior(key) for key in found.keys[: found.gains]])
        middle = nodes(names.model, KNOWN, KNOWN)
        chosen = candidates(found, prior, middle, held.mean, gains.spread.median, outliers) if outliers else ()
        looked_at.append(chosen)
    axes += [axis(gains.spread) for _ in equations]
    while True:
        grid = nodes(names.model, axes[0], axes[1])
        rough = [
            _weigh(found, names, held, grid, one, chosen)
            for found, one, chosen in zip(equations, axes[2:], looked_at, strict=True)
        ]
        sums = [_log_sum(one.log_weight.reshape(len(grid.tau), -1)) for one in rough]
        log_node = grid.log_prior + np.sum(sums, axis=0)
        weight = np.exp(log_node - log_node.max())
        weight /= weight.sum()
        by_node = weight.reshape(len(axes[0].z), len(axes[1].z))
        by_scale = [
            weight @ np.exp(one.log_weight - total[:, None, None]).sum(axis=2)
            for one, total in zip(rough, sums, strict=True)
        ]
        better = [
            _better(*pair) for pair in zip(axes, [by_node.sum(axis=1), by_node.sum(axis=0), *by_scale], strict=True)
        ]
        if better == axes:
            break
        axes = better
    inflation = outliers.inflation if outliers else 1.0
    blocks = tuple(_components(one, weight, total, grid, inflation) for one, total in zip(rough, sums, strict=True))
    evidence = float(_log_sum(log_node[None])[0] - _log_sum(grid.log_prior[None])[0])
    return Fit(blocks, grid, weight, held, inflation, evidence)


def _better(one: Axis, weight: Array) -> Axis:
    """An axis that suits the weights of its nodes; the same one, if it does."""
    if one.step == 0:
        return one
    if weight[-1] > EDGE and one.high < FARTHEST:
        return one._replace(high=one.high + 1)
    if weight[0] > EDGE and one.low > -FARTHEST:
        return one._replace(low=one.low - 1)
    top = int(weight.argmax())
    if one.step < STEP or not 0 < top < len(weight) - 1:
        return one
    # the parabola through the logarithms of the best node and its neighbours
    before, here, after = np.log(np.maximum(weight[top - 1 : top + 2], 1e-300))
    bend = 2 * here - before - after
    sd = one.step / math.sqrt(bend) if bend > 0 else math.inf
    if sd >= CLOSER:
        return one
    return Axis(float(one.z[top]) + one.step * (after - before) / (2 * bend), STEP * sd)


def equations_of(trials: Sequence[Trial], names: Names, held: Sequence[Key]) -> System:
    """The equations of one block's studies."""
    terms = [arm_terms(trial, names) for trial in trials]
    gains = sorted({key for one in terms for arm in one for key in arm} - set(held))
    place = {key: i for i, key in enumerate((*gains, *held))}
    return system(
        trials, tuple(place), len(gains), [t.signs @ matrix(a, place) for t, a in zip(trials, terms, strict=True)]
    )


def _log_sum(log: Array) -> Array:
    top = log.max(axis=1, keepdims=True)
    found: Array = (top + np.log(np.exp(log - top).sum(axis=1, keepdims=True)))[:, 0]
    return found


def _weigh(
    equations: System,
    names: Names,
    held: Held,
    grid: Nodes,
    scales: Axis,
    looked_at: tuple[int, ...],
) -> _Rough:
    gains, outliers = names.model.gains, names.model.outliers
    assert gains is not None
    prior = np.array([names.prior(key) for key in equations.keys[: equations.gains]])
    s = np.array([gains.spread.at(z) for z in scales.z.tolist()])
    kept = [i for i in range(len(equations.trials)) if i not in looked_at]
    rest = equations.only(kept)
    gram, log_det = rest.gram(grid.tau**2, grid.h**2)
    apart = equations.only(looked_at) if looked_at else None
    log = log_evidence(gram, log_det, prior, held.mean, s, grid, apart, outliers)
    log += -0.5 * scales.z[None, :, None] ** 2 * (scales.step > 0)
    place = {key: i for i, key in enumerate(equations.keys)}
    return _Rough(equations, prior, place, looked_at, gram, log, s)


def _components(rough: _Rough, weight: Array, total: Array, grid: Nodes, inflation: float) -> Block:
    joint = np.exp(rough.log_weight - total[:, None, None]) * weight[:, None, None]
    at = np.nonzero(joint >= LEAST)
    if not at[0].size:
        at = np.unravel_index([int(joint.argmax())], joint.shape)
    node, s, which = at
    w = joint[at] / joint[at].sum()
    gram = rough.gram[node]
    apart = np.zeros((len(node), len(rough.system.trials)), dtype=np.bool_)
    if rough.looked_at:
        sets = subsets(len(rough.looked_at))[which]
        apart[:, list(rough.looked_at)] = sets
        h2 = grid.h[node, None] ** 2 * np.where(sets, inflation, 1.0)
        gram = gram + rough.system.only(rough.looked_at).gram(grid.tau[node] ** 2, h2)[0]
    p = rough.system.gains
    scale = rough.scales[s]
    information = gram[:, :p, :p] + np.eye(p) / (rough.prior * scale[:, None] ** 2)[:, None, :]
    covariance = np.linalg.inv(information)
    covariance = (covariance + covariance.transpose(0, 2, 1)) / 2
    cross = gram[:, :p, p:-1]
    pull = -covariance @ cross
    return Block(
        rough.system,
        rough.prior,
        node,
        scale,
        apart,
        w,
        (covariance @ gram[:, :p, -1:])[..., 0],
        pull,
        covariance,
        gram[:, p:-1, -1] + (pull.transpose(0, 2, 1) @ gram[:, :p, -1:])[..., 0],
        gram[:, p:-1, p:-1] + cross.transpose(0, 2, 1) @ pull,
        rough.looked_at,
        rough.place,
    )


def flat_fit(trials: Sequence[Trial], names: Names, h: float) -> Fit:
    """The estimate with flat gains and free levels: one component.

    Raises
    ------
    InputError : treatments that no chain of comparisons connects with the reference.
    """
    keys_of = equations_of(trials, names, ())
    _connected(trials, names)
    p = keys_of.gains
    gram, log_det = keys_of.gram(np.zeros(1), np.array([h * h]))
    root = np.sqrt(np.diag(gram[0])[:p])
    scaled = gram[:, :p, :p] / np.outer(root, root)
    inverse = np.linalg.inv(np.linalg.cholesky(scaled[0])) if p else np.empty((0, 0))
    covariance = (inverse.T @ inverse) / np.outer(root, root)
    mean = covariance @ gram[0, :p, -1]
    evidence = -0.5 * float(gram[0, -1, -1] - mean @ gram[0, :p, -1] + log_det[0])
    evidence += float(np.log(np.diag(inverse)).sum() - np.log(root).sum()) if p else 0.0
    none = np.empty((1, p, 0))
    block = Block(
        keys_of,
        np.full(p, np.inf),
        np.zeros(1, dtype=np.int64),
        np.ones(1),
        np.zeros((1, len(trials)), dtype=np.bool_),
        np.ones(1),
        mean[None],
        none,
        covariance[None],
        np.empty((1, 0)),
        np.empty((1, 0, 0)),
        (),
        {key: i for i, key in enumerate(keys_of.keys)},
    )
    held = Held((), np.empty(0), np.empty((0, 0)))
    grid = nodes(replace(names.model, heterogeneity=h), KNOWN, KNOWN)
    return Fit((block,), grid, np.ones(1), held, 1.0, evidence)


def _pieces(trials: Sequence[Trial], names: Names) -> dict[str, str]:
    """A name of the piece that each node is in: all dummies are one node."""
    part: dict[str, str] = {}

    def root(name: str) -> str:
        while part.setdefault(name, name) != name:
            name = part[name]
        return name

    for trial in trials:
        nodes_of = [_node(arm, names) for arm in trial.arms]
        for row in trial.signs:
            a, b = (nodes_of[int(i)] for i in np.flatnonzero(row))
            part[root(a)] = root(b)
        for one in nodes_of:
            root(one)
    return {name: root(name) for name in list(part)}


def _node(arm: Arm, names: Names) -> str:
    return names.reference[0] if names.is_nothing(arm.effect) else arm.node


def joined(trials: Sequence[Trial], names: Names) -> list[Trial]:
    """The studies that a chain of comparisons joins to the reference."""
    pieces = _pieces(trials, names)
    start = pieces.get(names.reference[0])
    return [trial for trial in trials if pieces[_node(trial.arms[0], names)] == start]


def _connected(trials: Sequence[Trial], names: Names) -> None:
    pieces = _pieces(trials, names)
    start = pieces.get(names.reference[0])
    loose = sorted(name for name, piece in pieces.items() if piece != start)
    if loose:
        raise InputError(
            f"nothing connects {', '.join(map(repr, loose[:6]))} with {names.reference[0]!r}",
            "leave them out, add a study that compares them, or give gains a prior",
        )
