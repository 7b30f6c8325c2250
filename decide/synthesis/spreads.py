"""How far trials depart from one another: estimated, or read off a grid."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from decide.errors import InputError
from decide.mcda.labelled import Array
from decide.synthesis.consistency import comparisons, disagreement
from decide.synthesis.grid import flat_fit
from decide.synthesis.heterogeneity import Heterogeneity
from decide.synthesis.labels import label
from decide.synthesis.model import Model
from decide.synthesis.names import ALONE, Names
from decide.synthesis.rows import contrasts
from decide.synthesis.trials import Trial, read

GOLDEN = (math.sqrt(5) - 1) / 2


class Spread(NamedTuple):
    """A standard deviation between trials: its mean, and the ends of its central 95 % range."""

    mean: float
    low: float
    high: float


def spread_of(value: Array, step: Array, weight: Array) -> Spread:
    """What a grid says of one spread: between nodes its chance runs straight in the logarithm."""
    steps = np.unique(step)
    each = np.array([weight[step == one].sum() for one in steps])
    at = np.array([value[step == one][0] for one in steps])
    mean = float(each @ at)
    if len(at) < 2:
        return Spread(mean, mean, mean)
    below = np.concatenate([[0.0], np.cumsum(each)])
    logs = np.log(at)
    edges = np.concatenate(
        [[1.5 * logs[0] - 0.5 * logs[1]], (logs[1:] + logs[:-1]) / 2, [1.5 * logs[-1] - 0.5 * logs[-2]]]
    )
    low, high = np.exp(np.interp([0.025, 0.975], below, edges))
    return Spread(mean, float(low), float(high))


def estimated(how: str, trials: Sequence[Trial], names: Names) -> float:
    """h with flat gains: by the method of moments (DerSimonian and Laird's, for networks), or by restricted likelihood.

    Raises
    ------
    InputError : another way than "moments" or "likelihood".

    Source: Jackson, White & Riley, Statistics in Medicine 31 (2012) 3805-3820 (moments).
    """
    if how == "moments":
        found = comparisons(trials, names, ALONE, 0.0)
        return math.sqrt(disagreement(found).tau2 / 2) if found is not None else 0.0
    if how != "likelihood":
        raise InputError(f"heterogeneity is a number, 'moments' or 'likelihood', not {how!r:.60}")
    top = 3 * math.sqrt(max(float(np.diag(trial.base).max(initial=0.0)) for trial in trials))
    apart = [float(np.abs(trial.y).max(initial=0.0)) for trial in trials]
    low, high = 0.0, max(top, *apart)
    near = 1e-9 * high

    def evidence(h: float) -> float:
        return flat_fit(trials, names, h).log_evidence

    a, b = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_a, at_b = evidence(a), evidence(b)
    while high - low > near:
        if at_a >= at_b:
            high, b, at_b = b, a, at_a
            a = high - GOLDEN * (high - low)
            at_a = evidence(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + GOLDEN * (high - low)
            at_b = evidence(b)
    best = (low + high) / 2
    return best if evidence(best) > evidence(0.0) else 0.0


def cochran_q(
    study: Any, treatment: Any, comparator: Any, difference: Any, variance: Any, *, tolerance: float = 1e-3
) -> Heterogeneity:
    """Q, its split, τ² and I² of a table of comparisons, as `netmeta` takes it.

    Parameters
    ----------
    study, treatment, comparator : (rows,), names. A trial of more than two arms gives all its comparisons, a row each.
    difference : (rows,), treatment minus comparator.
    variance : (rows,), the square of its standard error, above zero.
    tolerance : as `contrasts` has it.

    Raises
    ------
    InputError : what `contrasts` refuses, a trial of three arms or more without all its comparisons, a network in
    pieces.
    """
    rows = contrasts(study, treatment, comparator, difference, variance, tolerance=tolerance)
    if not rows:
        raise InputError("there must be one comparison at least")
    given = Counter(label("a study", one) for one in study)
    for name, count in Counter(str(row.study) for row in rows).items():
        if given[name] < (whole := count * (count + 1) // 2):
            said = f"study {name!r} has {count + 1} treatments and {given[name]} comparisons"
            raise InputError(said, f"give all {whole}: without them nothing tells how they vary together")
    names = Names(rows[0].comparator, Model())
    found = comparisons(read(rows, names, {}), names, ALONE, 0.0)
    assert found is not None
    if found.pieces > 1:
        raise InputError("the network is in pieces: not all its treatments are connected by trials")
    return disagreement(found)
