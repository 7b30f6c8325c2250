"""Do levels say what comparisons say? The estimate of comparisons alone against what levels add to it.

The first is a part of the whole, so the variance of their difference is the difference of their variances (Hausman,
Econometrica 46 (1978) 1251-1271); what levels say by themselves is what is left when the part is taken out.
"""

import math
from collections.abc import Sequence

import numpy as np

from decide.mcda.labelled import Array
from decide.synthesis.consistency import Comparisons, Split, node, told_apart
from decide.synthesis.levels import Held
from decide.synthesis.names import Names
from decide.synthesis.trials import Trial


def against_levels(
    found: Comparisons, trials: Sequence[Trial], names: Names, held: Held, tau2: float, h2: float
) -> tuple[Split, ...]:
    """Every treatment of a group that has both: gains flat, the held levels with their distribution as a prior.

    `trials` are the group's studies, those of a single arm included.
    """
    series = [trial for trial in trials if not trial.free]
    nodes = sorted({*found.nodes, *(node(names, arm) for trial in series for arm in trial.arms)})
    place = {name: i for i, name in enumerate(nodes)}
    measured = {node(names, arm) for trial in series for arm in trial.arms}
    reference = names.reference[0] if names.reference else ""
    asked = [name for name in found.nodes if name in measured]
    joined = _joined(found, {reference})
    if not joined:
        return tuple(Split(name, "levels", False) for name in asked)
    keys = [i for i, key in enumerate(held.keys) if key[0] != "untreated"]
    mean = held.mean[keys]
    prior = np.asarray(np.linalg.inv(held.covariance[np.ix_(keys, keys)]), dtype=np.float64)
    wide = np.zeros((len(found.y), len(nodes) + len(keys) + 1))
    wide[:, [place[name] for name in found.nodes]] = found.x
    wide[:, -1] = found.y
    whole = [wide[[trial.free for trial in found.trials for _ in range(_rows(trial))]]]
    for trial in series:
        root = np.linalg.inv(np.linalg.cholesky(np.diag(trial.given[1] + h2) + trial.own + tau2))
        at = np.eye(len(nodes))[[place[node(names, arm)] for arm in trial.arms]]
        terms = [names.level(arm, series=True) for arm in trial.arms]
        levels = np.array([[one.get(held.keys[i], 0.0) for i in keys] for one in terms])
        whole.append(root @ np.column_stack([at, levels, trial.given[0] - levels @ mean]))
    by_comparisons = _solved(wide, [place[name] for name in sorted(joined - {reference})], prior, len(nodes))
    # what neither comparisons nor levels join to the rest is told by nothing here, and tells nothing
    told = _joined(found, {reference, *measured}) | measured
    by_both = _solved(np.vstack(whole), [place[name] for name in sorted(told - {reference})], prior, len(nodes))
    tested = []
    for name in asked:
        i = place[name]
        if name not in joined or not by_both[i][1] < by_comparisons[i][1] * (1 - 1e-9):
            tested.append(Split(name, "levels", False))
            continue
        (d, v), (e, u) = by_comparisons[i], by_both[i]
        left = 1 / (1 / u - 1 / v)
        levels_say = left * (e / u - d / v)
        tested.append(told_apart(name, "levels", (d, math.sqrt(v)), (levels_say, math.sqrt(left)), math.sqrt(v + left)))
    return tuple(tested)


def _rows(trial: Trial) -> int:
    return len(trial.signs) if trial.free else len(trial.arms) - 1


def _joined(found: Comparisons, start: set[str]) -> set[str]:
    """The nodes that comparisons join to these."""
    joined = start & set(found.nodes)
    for _ in found.nodes if joined else ():
        for at in found.arms:
            here = {found.nodes[i] for i in at}
            joined |= here if here & joined else set()
    return joined


def _solved(rows: Array, free: Sequence[int], prior: Array, nodes: int) -> dict[int, tuple[float, float]]:
    """Mean and variance of each free node; others are nought, the held unknowns have their prior."""
    at = [*free, *range(nodes, rows.shape[1] - 1)]
    x, y = rows[:, at], rows[:, -1]
    information = x.T @ x
    information[len(free) :, len(free) :] += prior
    root = np.sqrt(np.diag(information))
    covariance = np.linalg.inv(information / np.outer(root, root)) / np.outer(root, root)
    mean = covariance @ (x.T @ y)
    return {i: (float(mean[j]), float(covariance[j, j])) for j, i in enumerate(free)}
