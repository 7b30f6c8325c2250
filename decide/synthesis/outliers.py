"""Studies that stand apart: which are looked at, and what each way of setting some apart weighs.

A study is looked at when what it found is far from what all the others say of it. Each set S of these is a model in
which their heterogeneity is greater; none is thrown out, and a lone study that nothing speaks against is never one.
"""

import math

import numpy as np
from numpy.typing import NDArray

from decide.mcda.labelled import Array
from decide.synthesis.levels import Nodes
from decide.synthesis.model import Outliers
from decide.synthesis.system import System

HALF = 0.5
"""The share of the prior in what the rest say of a difference above which there is nothing to hold it against."""


def subsets(count: int) -> NDArray[np.bool_]:
    """Every set of `count` things (2^count, count), the empty one first."""
    return (np.arange(2**count)[:, None] >> np.arange(count)[None, :] & 1).astype(bool)


def left_out_z(equations: System, prior: Array, middle: Nodes, held: Array, s: float) -> Array:
    """How far each study (studies,) is from what the others say of it; NaN where they say nothing.

    z² = e'S⁻¹e / n over the rows that the others determine, e being what they leave and S what that should vary by.
    """
    p = equations.gains
    gram, _ = equations.gram(middle.tau**2, middle.h**2)
    precision = 1.0 / (prior * s * s)
    c = np.linalg.inv(gram[0, :p, :p] + np.diag(precision))
    residual = equations.y - equations.x[:, p:] @ held
    mean = c @ (gram[0, :p, -1] - gram[0, :p, p:-1] @ held)
    found = np.full(len(equations.trials), np.nan)
    for size, v in zip(equations.sizes, equations.blocks(middle.tau**2, middle.h**2), strict=True):
        a = equations.x[size.rows][:, :, :p]
        r = residual[size.rows] - a @ mean
        ac = a @ c
        own = ac @ a.transpose(0, 2, 1)
        # leaving a study out: θ̂ − C A'K⁻¹r and C + C A'K⁻¹A C, with K = V − A C A'
        k = np.linalg.inv(v[0] - own)
        error = residual[size.rows] - a @ mean + (own @ k @ r[..., None])[..., 0]
        spread = own + own @ k @ own
        pulled = ac + own @ k @ ac
        by_prior = (pulled**2 * precision).sum(axis=2)
        sure = np.diagonal(spread, axis1=1, axis2=2)
        told = by_prior <= HALF * sure + 1e-12
        for j, i in enumerate(size.trials.tolist()):
            at = np.flatnonzero(told[j])
            if at.size:
                e = error[j, at]
                expected = (v[0, j] + spread[j])[np.ix_(at, at)]
                found[i] = math.sqrt(float(e @ np.linalg.solve(expected, e)) / at.size)
    return found


def candidates(
    equations: System, prior: Array, middle: Nodes, held: Array, s: float, outliers: Outliers
) -> tuple[int, ...]:
    """The studies that are looked at, by place."""
    z = left_out_z(equations, prior, middle, held, s)
    far = [i for i in range(len(z)) if z[i] > outliers.above]
    far.sort(key=lambda i: (-z[i], equations.trials[i].name))
    return tuple(sorted(far[: outliers.most]))


def log_evidence(
    gram: Array,
    log_det: Array,
    prior: Array,
    held: Array,
    scales: Array,
    grid: Nodes,
    apart: System | None,
    outliers: Outliers | None,
) -> Array:
    """ln of prior of S times evidence (nodes, scales, sets), from what the studies that are not looked at add up to.

    `gram` (nodes, p + q + 1, p + q + 1) and `log_det` (nodes,) are those of `System.gram`.
    """
    p = len(prior)
    towards = np.concatenate([np.zeros(p), -held, [1.0]])
    precision = 1.0 / (prior * scales[:, None] ** 2)
    information = gram[:, None, :p, :p] + np.eye(p) * precision[:, None, :]
    c = np.linalg.inv(information)
    g = gram[:, :p] @ towards
    mean = (c @ g[:, None, :, None])[..., 0]
    quad = towards @ gram @ towards
    log_sure = 2 * np.log(np.diagonal(np.linalg.cholesky(information), axis1=-2, axis2=-1)).sum(axis=-1)
    fixed: Array = -0.5 * (quad + log_det)[:, None] + 0.5 * (mean * g[:, None, :]).sum(axis=2)
    fixed = fixed - 0.5 * log_sure + 0.5 * np.log(precision).sum(axis=1)
    if apart is None or outliers is None:
        return fixed[..., None]
    sets = subsets(len(apart.trials))
    count, rows = len(sets), len(apart.y)
    n = len(grid.tau)
    h2 = (grid.h[:, None, None] ** 2 * np.where(sets, outliers.inflation, 1.0)).reshape(n * count, -1)
    v = np.zeros((n * count, rows, rows))
    for size, block in zip(apart.sizes, apart.blocks(np.repeat(grid.tau**2, count), h2), strict=True):
        for j, at in enumerate(size.rows):
            v[:, at[:, None], at[None, :]] = block[:, j]
    u = apart.x[:, :p]
    off = apart.y - apart.x[:, p:] @ held - mean @ u.T
    expected = u @ c @ u.T
    whole = expected[:, :, None] + v.reshape(n, 1, count, rows, rows)
    lower = np.linalg.cholesky(whole)
    solved = np.linalg.solve(lower, np.broadcast_to(off[:, :, None, :, None], (*whole.shape[:-1], 1)))[..., 0]
    alone = -0.5 * (solved**2).sum(axis=-1) - np.log(np.diagonal(lower, axis1=-2, axis2=-1)).sum(axis=-1)
    how_many = sets.sum(axis=1)
    odds = how_many * math.log(outliers.chance) + (len(apart.trials) - how_many) * math.log(1 - outliers.chance)
    found: Array = fixed[..., None] + alone + odds
    return found
