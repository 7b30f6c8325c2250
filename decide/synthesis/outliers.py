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
    on = np.arange(p)
    information = np.repeat(gram[:, None, :p, :p], len(scales), axis=1)
    information[..., on, on] += precision
    quad = towards @ gram @ towards
    u = apart.x[:, :p] if apart is not None else np.empty((0, p))
    g = np.repeat((gram[:, :p] @ towards)[:, None, None, :], len(scales), axis=1)
    half, rows = rooted(information, np.concatenate([g, np.broadcast_to(u, (*g.shape[:2], *u.shape))], axis=2))
    of_g, of_u = rows[..., 0, :], rows[..., 1:, :]
    fixed: Array = -0.5 * (quad + log_det)[:, None] + 0.5 * (of_g**2).sum(axis=2) - half
    fixed = fixed + 0.5 * np.log(precision).sum(axis=1)
    if apart is None or outliers is None:
        return fixed[..., None]
    sets = subsets(len(apart.trials))
    count, r, n = len(sets), len(apart.y), len(grid.tau)
    h2 = (grid.h[:, None, None] ** 2 * np.where(sets, outliers.inflation, 1.0)).reshape(n * count, -1)
    v = apart.dense(np.repeat(grid.tau**2, count), h2).reshape(n, 1, count, r, r)
    off = apart.y - apart.x[:, p:] @ held - (of_u @ of_g[..., None])[..., 0]
    whole = (of_u @ of_u.swapaxes(-1, -2))[:, :, None] + v
    half, left = rooted(whole, np.broadcast_to(off[:, :, None, None, :], (*whole.shape[:3], 1, r)))
    alone = -0.5 * (left[..., 0, :] ** 2).sum(axis=-1) - half
    how_many = sets.sum(axis=1)
    odds = how_many * math.log(outliers.chance) + (len(apart.trials) - how_many) * math.log(1 - outliers.chance)
    found: Array = fixed[..., None] + alone + odds
    return found


def rooted(matrices: Array, rows: Array) -> tuple[Array, Array]:
    """Half of ln |matrix|, and rows (…, e, p) times the inverse of its transposed root: L⁻¹ applied to each.

    One factorization of [[matrix, rows'], [rows, much]] gives both, where a solver would factor once more.
    """
    p, e = matrices.shape[-1], rows.shape[-2]
    whole = np.zeros((*matrices.shape[:-2], p + e, p + e))
    whole[..., :p, :p] = matrices
    whole[..., p:, :p] = rows
    on = np.arange(p, p + e)
    whole[..., on, on] = 1e100
    lower = np.linalg.cholesky(whole)
    half: Array = np.log(np.diagonal(lower, axis1=-2, axis2=-1)[..., :p]).sum(axis=-1)
    return half, lower[..., p:, :p]
