"""The model written out a second time: every arm, every study's level and every unknown in one dense Gaussian.

Nothing is eliminated and no code is shared with decide.synthesis. A free level is an unknown of (almost) no precision,
a held level is put in at a value; differences are made of latent arms. Slow, and meant to be.
"""

import itertools
from dataclasses import dataclass, field

import numpy as np

FREE = 1e-9
"""Precision of what is left free."""


@dataclass
class Group:
    """One arm of a study: base and add-ons, kinds with shares, mean and variance, class of cut."""

    base: str
    added: tuple[str, ...] = ()
    kinds: dict[str, float] = field(default_factory=lambda: {"": 1.0})
    y: float = 0.0
    v: float = 1.0
    cut: str | None = None


@dataclass
class Report:
    """A study: arms, or differences (first, second, value) of arms whose own variances are known."""

    arms: list[Group]
    differences: list[tuple[int, int, float]] | None = None
    bias: float = 0.0
    paired: float = 0.0
    apart: bool = False


@dataclass
class World:
    """All that is given: spreads, shares, what stands for nothing."""

    tau: float
    h: float
    s: float
    reference: tuple[str, ...] = ("placebo",)
    untreated: tuple[str, ...] = ()
    group: dict[str, str] = field(default_factory=lambda: {"": ""})
    lends: dict[str, float] = field(default_factory=lambda: {"": 1.0})
    added: float = 0.4
    pair: float = 0.5
    cut_own: float = 5.0
    levels: bool = True
    inflation: float = 16.0


def gain(world: World, arm: Group) -> tuple[dict, dict]:
    """Coefficients of gains, and of what is held, in one arm."""
    if arm.base in world.reference:
        return {}, {}
    if arm.base in world.untreated:
        return {}, {"untreated": 1.0}
    found: dict = {}
    for kind, share in arm.kinds.items():
        g = world.group[kind]
        for key in [("d", g, arm.base), ("gamma", kind, arm.base)]:
            found[key] = found.get(key, 0.0) + share
        for a in arm.added:
            for key in [("delta", g, a), ("eta", g, arm.base, a)]:
                found[key] = found.get(key, 0.0) + share
    return found, {}


def variance(world: World, key: tuple) -> float:
    """Prior variance of one gain's unknown."""
    s2 = world.s**2
    if key[0] == "d":
        return world.lends[key[1]] * s2
    if key[0] == "gamma":
        return (1 - world.lends[world.group[key[1]]]) * s2
    part = world.added**2 * s2
    return part if key[0] == "delta" else part * world.pair**2


def solve(world: World, reports: list[Report], held: dict[str, float]) -> tuple[list, np.ndarray, np.ndarray, float]:
    """Gains' keys, mean and covariance with what is held at these values, and ln evidence (up to a constant)."""
    keys: list = []
    for report in reports:
        for arm in report.arms:
            keys += [k for k in gain(world, arm)[0] if k not in keys and variance(world, k) > 0]
    n = len(keys)
    unknowns = n + len(reports)
    precision = np.zeros((unknowns, unknowns))
    for i, key in enumerate(keys):
        precision[i, i] = 1 / variance(world, key)
    rows, ys, covariances = [], [], []
    for j, report in enumerate(reports):
        nothing = any(a.base in world.reference or a.base in world.untreated for a in report.arms)
        has_level = world.levels and not nothing and report.differences is None
        smallest = min(a.v for a in report.arms)
        c = report.paired * smallest if len(report.arms) > 1 and report.differences is None else 0.0
        h2 = world.h**2 * (world.inflation if report.apart else 1.0)
        own = []
        x = np.zeros((len(report.arms), unknowns))
        y = np.zeros(len(report.arms))
        for i, arm in enumerate(report.arms):
            gains, on_held = gain(world, arm)
            for key, value in gains.items():
                if key in keys:
                    x[i, keys.index(key)] += value
            x[i, n + j] = 1.0
            y[i] = arm.y
            level = dict(on_held)
            if world.levels and report.differences is None:
                level["mu"] = 1.0
                for kind, share in arm.kinds.items():
                    level["kappa " + kind] = share
                if arm.cut:
                    level["cut " + arm.cut] = 1.0
                if has_level:
                    level["beta"] = 1.0
            y[i] -= sum(value * held.get(key, 0.0) for key, value in level.items())
            own.append(arm.v - c + h2 + report.bias**2 / 2)
        v = np.diag(own)
        if report.differences is not None:
            # a difference is one latent arm minus another; its held part is that of its arms
            k = np.zeros((len(report.differences), len(report.arms)))
            shift = np.array([y[i] - report.arms[i].y for i in range(len(report.arms))])
            values = []
            for d, (a, b, value) in enumerate(report.differences):
                k[d, a], k[d, b] = 1.0, -1.0
                values.append(value + shift[a] - shift[b])
            x, v, y = k @ x, k @ v @ k.T, np.array(values)
            precision[n + j, n + j] = 1.0
        elif has_level:
            cut = world.cut_own if any(a.cut for a in report.arms) else 0.0
            precision[n + j, n + j] = 1 / (world.tau**2 + report.bias**2 + cut**2 + c)
        else:
            precision[n + j, n + j] = FREE
        rows.append(x)
        ys.append(y)
        covariances.append(v)
    information = precision.copy()
    vector = np.zeros(unknowns)
    quad, log_det = 0.0, 0.0
    for x, y, v in zip(rows, ys, covariances, strict=True):
        inverse = np.linalg.inv(v)
        information += x.T @ inverse @ x
        vector += x.T @ inverse @ y
        quad += y @ inverse @ y
        log_det += np.linalg.slogdet(v)[1]
    covariance = np.linalg.inv(information)
    mean = covariance @ vector
    evidence = -0.5 * (quad - vector @ mean + log_det + np.linalg.slogdet(information)[1])
    evidence += 0.5 * np.linalg.slogdet(precision)[1]
    return keys, mean[:n], covariance[:n, :n], float(evidence)


def combined(world: World, reports: list[Report], mean: dict[str, float], spread: np.ndarray, names: list[str]):
    """Mean and covariance of gains when what is held is N(mean, spread) over `names`, and the keys."""
    keys, m, c, _ = solve(world, reports, mean)
    pull = np.zeros((len(keys), len(names)))
    for i, name in enumerate(names):
        moved = dict(mean)
        moved[name] += 1.0
        pull[:, i] = solve(world, reports, moved)[1] - m
    return keys, m, c + pull @ spread @ pull.T, pull


def level_step(
    world: World, reports: list[Report], prior: dict[str, tuple[float, float]], held: dict[str, float], given
):
    """Mean and covariance of the level's unknowns by plain conditioning on reference arms, at one τ and h.

    `held` are values of the scale's unknowns, `given` their covariance over the same names.
    """
    names = list(prior)
    m0 = np.array([prior[k][0] for k in names])
    p0 = np.diag([prior[k][1] for k in names])
    rows, on_held, y, blocks = [], [], [], []
    for report in reports:
        mine = [a for a in report.arms if a.base in world.reference or a.base in world.untreated]
        if not mine or report.differences is not None:
            continue
        c = report.paired * min(a.v for a in report.arms) if len(report.arms) > 1 else 0.0
        cut = world.cut_own if any(a.cut for a in report.arms) else 0.0
        shared = world.tau**2 + report.bias**2 + cut**2 + c
        blocks.append(np.diag([a.v - c + world.h**2 + report.bias**2 / 2 for a in mine]) + shared)
        for a in mine:
            terms = {"mu": 1.0, **{"kappa " + k: s for k, s in a.kinds.items()}}
            if a.base in world.untreated:
                terms["untreated"] = 1.0
            rows.append([terms.get(k, 0.0) for k in names])
            on_held.append([1.0 if a.cut and k == "cut " + a.cut else 0.0 for k in held])
            y.append(a.y)
    if not rows:
        return names, m0, p0
    x, z = np.array(rows), np.array(on_held)
    v = np.zeros((len(y), len(y)))
    at = 0
    for block in blocks:
        v[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    gain_matrix = p0 @ x.T @ np.linalg.inv(x @ p0 @ x.T + v)
    mean = m0 + gain_matrix @ (np.array(y) - z @ np.array(list(held.values())) - x @ m0)
    covariance = p0 - gain_matrix @ x @ p0 + gain_matrix @ z @ given @ z.T @ gain_matrix.T
    return names, mean, covariance


def every_set(count: int) -> list[tuple[bool, ...]]:
    """All ways of saying who stands apart."""
    return list(itertools.product([False, True], repeat=count))
