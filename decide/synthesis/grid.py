"""The posterior of gains over a grid of spreads: a finite mixture of Gaussians, each in closed form.

Given τ (between levels), h (between arms), s (the prior of gains) and S (which studies stand apart) everything is
Gaussian. Groups of kinds that no row joins are blocks that are independent given τ and h, each with an s and an S of
its own: a node (τ, h) weighs its prior times the product over blocks of the sum over s and S of their evidence. Of the
information A'V⁻¹A is worked out once a node (τ, h). Components that weigh less than one in a thousand are dropped.

Long because what is searched for and what is made of it share their parts.
"""

import math
from collections.abc import Sequence
from dataclasses import field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.labelled import Array
from decide.synthesis.covariances import Covariances
from decide.synthesis.levels import KNOWN, STEP, Axis, Held, Nodes, axis, nodes, nodes_at
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
ROUNDS = 5
"""Times that the mode is looked for at most."""
NARROW = 0.1
"""Prior standard deviations below which nodes are not set closer."""


@dataclass(frozen=True, eq=False)
class Block:
    """One block: its equations, and K components over p gains and q held unknowns.

    `node` (K,) is the place of τ and h, `scale` (K,) is s, `apart` (K, studies) who stands apart, `weight` (K,).
    `at_nought` (K, p) is the mean were the held unknowns nought, `pull` (K, p, q) how these move it. `slope` (K, q) and
    `curve` (K, q, q) are the evidence as a function of the held: slope'λ − λ'curve λ/2.
    """

    system: System
    prior: Array
    node: Index
    scale: Array
    apart: NDArray[np.bool_]
    weight: Array
    at_nought: Array
    pull: Array
    covariances: Covariances
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


class Place(NamedTuple):
    """Where the components of a block are: the node of τ and h (K,), s (K,), who stands apart (K, studies), the weights
    (K,), and which studies were looked at.
    """

    node: Index
    scale: Array
    apart: NDArray[np.bool_]
    weight: Array
    looked_at: tuple[int, ...]


class Kept(NamedTuple):
    """All that the grid was searched for: what is held with its `scale`, where τ and h are on their axes and how much
    each node weighs, and each block's components. With the same studies it gives the same fit, without the search.
    """

    scale: Held
    held: Held
    tau_z: Array
    h_z: Array
    weight: Array
    log_evidence: float
    places: tuple[Place, ...]


class _Ready(NamedTuple):
    """A block's equations: all of them, those of the studies that are looked at, and the rest."""

    system: System
    prior: Array
    looked_at: tuple[int, ...]
    apart: System | None
    rest: System


class _Rough(NamedTuple):
    """What every node, s and S of a block weighs: `log_weight` (nodes, scales, sets), and the rest's `gram`."""

    gram: Array
    log_weight: Array
    scales: Array


def fit(trials: Sequence[Trial], by_block: Sequence[Sequence[int]], names: Names, held: Held) -> Fit:
    """The posterior over the grid: five nodes a spread, set about the mode of the posterior and as far apart as it is
    wide; widened until less than 5 % of the weight is at either end.
    """
    levels, gains, outliers = names.model.levels, names.model.gains, names.model.outliers
    assert gains is not None
    uses_tau = any(not trial.free for trial in trials)
    ready = [_ready([trials[i] for i in members], names, held) for members in by_block]
    axes = [axis(levels.between if levels and uses_tau else None), axis(names.model.heterogeneity)]
    axes = _about([*axes, *(axis(gains.spread) for _ in ready)], ready, names, held)
    while True:
        grid = nodes(names.model, axes[0], axes[1])
        rough, sums, log_node = _weighed(ready, names, held, grid, axes[2:])
        weight = np.exp(log_node - log_node.max())
        weight /= weight.sum()
        by_node = weight.reshape(len(axes[0].z), len(axes[1].z))
        marginal = [by_node.sum(axis=1), by_node.sum(axis=0)]
        for one, total in zip(rough, sums, strict=True):
            marginal.append(weight @ np.exp(one.log_weight - total[:, None, None]).sum(axis=2))
        wider = [_wider(*pair) for pair in zip(axes, marginal, strict=True)]
        if wider == axes:
            break
        axes = wider
    inflation = outliers.inflation if outliers else 1.0
    blocks = tuple(
        _components(one, found, weight, total, grid, inflation)
        for one, found, total in zip(ready, rough, sums, strict=True)
    )
    # the nodes' own spacing, so that evidence is an integral over the prior's densities
    log_evidence = float(_log_sum(log_node[None])[0]) + sum(_log_spacing(one) for one in axes)
    return Fit(blocks, grid, weight, held, inflation, log_evidence)


def _log_spacing(one: Axis) -> float:
    return math.log(one.step / math.sqrt(2 * math.pi)) if one.step > 0 else 0.0


def _ready(trials: Sequence[Trial], names: Names, held: Held) -> _Ready:
    gains, outliers = names.model.gains, names.model.outliers
    assert gains is not None
    found = equations_of(trials, names, held.keys)
    prior = _prior(found, names)
    middle = nodes(names.model, KNOWN, KNOWN)
    looked_at = candidates(found, prior, middle, held.mean, gains.spread.median, outliers) if outliers else ()
    return _parted(found, prior, looked_at)


def _prior(equations: System, names: Names) -> Array:
    return np.array([names.prior(key) for key in equations.keys[: equations.gains]])


def _parted(equations: System, prior: Array, looked_at: tuple[int, ...]) -> _Ready:
    if not looked_at:
        return _Ready(equations, prior, (), None, equations)
    rest = equations.only([i for i in range(len(equations.trials)) if i not in looked_at])
    return _Ready(equations, prior, looked_at, equations.only(looked_at), rest)


def _about(axes: list[Axis], ready: Sequence[_Ready], names: Names, held: Held) -> list[Axis]:
    """Axes about the mode of the posterior: along each spread the parabola through three points, until it stays."""
    at = [0.0 for _ in axes]
    step = [one.step for one in axes]
    for _ in range(ROUNDS):
        tau = at[0] + step[0] * np.array([0.0, -1.0, 1.0, 0.0, 0.0])
        h = at[1] + step[1] * np.array([0.0, 0.0, 0.0, -1.0, 1.0])
        scales = [Axis(centre, d, -1, 1) if d > 0 else KNOWN for centre, d in zip(at[2:], step[2:], strict=True)]
        rough, sums, log_node = _weighed(ready, names, held, nodes_at(names.model, tau, h), scales)
        del sums
        here = float(log_node[0])
        curves = [(float(log_node[1]), here, float(log_node[2])), (float(log_node[3]), here, float(log_node[4]))]
        curves += [tuple(_log_sum(one.log_weight[0]).tolist()) for one in rough]
        stays = True
        for i, (before, middle, after) in enumerate(curves):
            if step[i] == 0:
                continue
            bend = 2 * middle - before - after
            move = step[i] * (after - before) / (2 * bend) if bend > 1e-9 else math.copysign(step[i], after - before)
            move = min(max(move, -2 * step[i]), 2 * step[i])
            sd = step[i] / math.sqrt(bend) if bend > 1e-9 else 1.0
            stays = stays and abs(move) < sd / 4 and abs(sd - step[i]) < step[i] / 2
            at[i] += move
            step[i] = min(max(sd, NARROW), 1.0)
        if stays:
            break
    return [one if one.step == 0 else Axis(a, STEP * d) for one, a, d in zip(axes, at, step, strict=True)]


def _weighed(
    ready: Sequence[_Ready], names: Names, held: Held, grid: Nodes, scales: Sequence[Axis]
) -> tuple[list[_Rough], list[Array], Array]:
    """Every block's weights, their sums by node, and the logarithm of each node's weight."""
    rough = [_weigh(one, names, held, grid, of) for one, of in zip(ready, scales, strict=True)]
    sums = [_log_sum(one.log_weight.reshape(len(grid.tau), -1)) for one in rough]
    return rough, sums, grid.log_prior + np.sum(sums, axis=0)


def _wider(one: Axis, weight: Array) -> Axis:
    if one.step > 0 and weight[-1] > EDGE and one.high < FARTHEST:
        return one._replace(high=one.high + 1)
    if one.step > 0 and weight[0] > EDGE and one.low > -FARTHEST:
        return one._replace(low=one.low - 1)
    return one


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


def _weigh(ready: _Ready, names: Names, held: Held, grid: Nodes, scales: Axis) -> _Rough:
    gains = names.model.gains
    assert gains is not None
    s = np.array([gains.spread.at(z) for z in scales.z.tolist()])
    gram, log_det = ready.rest.gram(grid.tau**2, grid.h**2)
    log = log_evidence(gram, log_det, ready.prior, held.mean, s, grid, ready.apart, names.model.outliers)
    return _Rough(gram, log - 0.5 * scales.z[None, :, None] ** 2, s)


def _components(ready: _Ready, rough: _Rough, weight: Array, total: Array, grid: Nodes, inflation: float) -> Block:
    joint = np.exp(rough.log_weight - total[:, None, None]) * weight[:, None, None]
    at = np.nonzero(joint >= LEAST)
    if not at[0].size:
        at = np.unravel_index([int(joint.argmax())], joint.shape)
    node, s, which = at
    apart = np.zeros((len(node), len(ready.system.trials)), dtype=np.bool_)
    if ready.looked_at:
        apart[:, list(ready.looked_at)] = subsets(len(ready.looked_at))[which]
    place = Place(node, rough.scales[s], apart, joint[at] / joint[at].sum(), ready.looked_at)
    return _block(ready, place, rough.gram, grid, inflation)


def _block(ready: _Ready, place: Place, grams: Array, grid: Nodes, inflation: float) -> Block:
    """A block with these components; `grams` (nodes, …) are those of the studies that are not looked at."""
    node, scale, apart, weight, looked_at = place
    system, p = ready.system, ready.system.gains
    pairs, pair = np.unique(np.column_stack([node, scale]), axis=0, return_inverse=True)
    information = grams[pairs[:, 0].astype(np.int64), :p, :p]
    diagonal = np.arange(p)
    information[:, diagonal, diagonal] += 1.0 / (ready.prior * pairs[:, 1:] ** 2)
    inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
    rest = (inverse + inverse.transpose(0, 2, 1)) / 2
    gram = grams[:, :, p:][node]
    if ready.apart is None:
        covariances = Covariances(rest, pair, np.empty((len(node), p, 0)), np.empty((len(node), 0, p)))
    else:
        h2 = grid.h[node, None] ** 2 * np.where(apart[:, list(looked_at)], inflation, 1.0)
        gram = gram + ready.apart.gram(grid.tau[node] ** 2, h2, p)[0]
        a = ready.apart.x[:, :p]
        ca = (rest @ a.T)[pair]
        back = np.linalg.solve(ready.apart.dense(grid.tau[node] ** 2, h2) + a @ ca, ca.transpose(0, 2, 1))
        covariances = Covariances(rest, pair, ca, np.asarray(back, dtype=np.float64))
    on = covariances.on(gram[:, :p])
    cross, pull = gram[:, :p, :-1], -on[..., :-1]
    return Block(
        system,
        ready.prior,
        node,
        scale,
        apart,
        weight,
        on[..., -1],
        pull,
        covariances,
        gram[:, p:-1, -1] + (pull.transpose(0, 2, 1) @ gram[:, :p, -1:])[..., 0],
        gram[:, p:-1, :-1] + cross.transpose(0, 2, 1) @ pull,
        looked_at,
        {key: i for i, key in enumerate(system.keys)},
    )


def kept_of(found: Fit, scale: Held) -> Kept:
    """What a fit was searched for."""
    places = tuple(Place(one.node, one.scale, one.apart, one.weight, one.looked_at) for one in found.blocks)
    grid = found.grid
    return Kept(scale, found.held, grid.tau_z, grid.h_z, found.weight, found.log_evidence, places)


def refit(trials: Sequence[Trial], by_block: Sequence[Sequence[int]], names: Names, kept: Kept) -> Fit:
    """The fit that was searched for earlier, of the same studies.

    Raises
    ------
    InputError : it is of other studies.
    """
    outliers = names.model.outliers
    inflation = outliers.inflation if outliers else 1.0
    grid = nodes_at(names.model, kept.tau_z, kept.h_z)
    found = []
    for members, place in zip(by_block, kept.places, strict=True):
        equations = equations_of([trials[i] for i in members], names, kept.held.keys)
        if place.apart.shape[1] != len(equations.trials):
            raise InputError("what was kept is of other studies", "leave `kept` out")
        ready = _parted(equations, _prior(equations, names), place.looked_at)
        used = np.unique(place.node)
        own, _ = ready.rest.gram(grid.tau[used] ** 2, grid.h[used] ** 2)
        grams = np.zeros((len(grid.tau), *own.shape[1:]))
        grams[used] = own
        found.append(_block(ready, place, grams, grid, inflation))
    return Fit(tuple(found), grid, kept.weight, kept.held, inflation, kept.log_evidence)


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
        Covariances.plain(covariance[None]),
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
