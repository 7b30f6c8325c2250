"""How far the trials of a network disagree: Cochran's Q, and where it comes from.

Q is the weighted sum of squares that comparisons within trials keep from the common-effect estimates of the network. It
splits by designs (which treatments a trial compares): within designs trials of the same treatments disagree, which is
heterogeneity; between designs direct and indirect comparisons do, which is inconsistency.

Sources: Higgins et al., Research Synthesis Methods 3 (2012) 98-110; Krahn, Binder & König, BMC Medical Research
Methodology 13 (2013) 35 (the split); Jackson, White & Riley, Statistics in Medicine 31 (2012) 3805-3820 (τ²);
names and figures as `netmeta` and `decomp.design` of the R package netmeta print them.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from decide.errors import InputError
from decide.mcda.labelled import Array, listed, number, numbers


class Q(NamedTuple):
    """A sum of squares, its degrees of freedom, and the chance of one as large if trials agreed (NaN for none)."""

    q: float
    df: int
    p: float


class Heterogeneity(NamedTuple):
    """Q of the whole network, its parts within and between designs, and each design's own part.

    `designs` holds, for every set of treatments that more than one trial compares, the part its trials disagree among
    themselves. `tau2` is the variance between trials of one comparison by the method of moments, `i2` the share of the
    total that is more than chance, from 0 to 1.
    """

    total: Q
    within: Q
    between: Q
    designs: dict[tuple[str, ...], Q]
    tau2: float
    i2: float


class _Trial(NamedTuple):
    """A trial's comparisons with the first of its treatments, and their covariance."""

    name: str
    treatments: tuple[str, ...]
    difference: Array
    covariance: Array


def cochran_q(
    study: Any, treatment: Any, comparator: Any, difference: Any, variance: Any, *, tolerance: float = 1e-3
) -> Heterogeneity:
    """Q, its split, τ² and I² of a table of comparisons, as `netmeta` takes it.

    Parameters
    ----------
    study, treatment, comparator : (rows,), names. A trial of more than two arms gives all its comparisons, a row each.
    difference : (rows,), treatment minus comparator.
    variance : (rows,), the square of its standard error, above zero.
    tolerance : how far the differences of one trial may be from adding up around a loop, as rounding leaves them.

    Raises
    ------
    InputError : columns of different lengths, differences that are no finite numbers, variances not above zero, a
        comparison of a treatment with itself or given twice, a trial of three arms or more without all its comparisons
        or whose comparisons contradict each other, a network in pieces.
    """
    trials = _trials(study, treatment, comparator, difference, variance, number("a tolerance", tolerance, 0))
    names = sorted({name for trial in trials for name in trial.treatments})
    by_design: dict[tuple[str, ...], list[_Trial]] = defaultdict(list)
    for trial in trials:
        by_design[trial.treatments].append(trial)
    designs = {}
    for treatments, several in sorted(by_design.items()):
        if len(several) > 1:
            own, _ = _disagreement(several, treatments)
            designs[treatments] = as_q(own, (len(several) - 1) * (len(treatments) - 1))
    total, slope = _disagreement(trials, names)
    df = sum(trial.difference.size for trial in trials) - len(names) + 1
    within, df_within = sum(part.q for part in designs.values()), sum(part.df for part in designs.values())
    return Heterogeneity(
        as_q(total, df),
        as_q(within, df_within),
        as_q(max(0.0, total - within), df - df_within),
        designs,
        tau2=max(0.0, (total - df) / slope) if df > 0 else 0.0,
        i2=max(0.0, 1.0 - df / total) if total > 0 else 0.0,
    )


def chi_square_above(x: float, df: int) -> float:
    """The chance that χ² with `df` degrees of freedom is above x; NaN without any.

    The finite sums for whole degrees of freedom (Abramowitz & Stegun 26.4.4 and 26.4.5).
    """
    if df <= 0:
        return math.nan
    half = x / 2.0
    if df % 2 == 0:
        term, found = 1.0, 1.0
        for k in range(1, df // 2):
            term *= half / k
            found += term
        return min(1.0, found * math.exp(-half))
    found, term = math.erfc(math.sqrt(half)), math.sqrt(half / math.pi) * 2.0 * math.exp(-half)
    for k in range(3, df + 1, 2):
        found += term
        term *= x / k
    return min(1.0, found)


def as_q(value: float, df: int) -> Q:
    """A sum of squares with the chance of one as large."""
    return Q(value, df, chi_square_above(value, df))


def _trials(
    study: Any, treatment: Any, comparator: Any, difference: Any, variance: Any, tolerance: float
) -> list[_Trial]:
    of = [str(one) for one in listed("study", study)]
    treatments, comparators = listed("treatment", treatment), listed("comparator", comparator)
    y, v = numbers("difference", difference), numbers("variance", variance)
    lengths = {len(of), len(treatments), len(comparators), y.size, v.size}
    if len(lengths) != 1 or y.ndim != 1 or v.ndim != 1 or not of:
        raise InputError("study, treatment, comparator, difference and variance must be equally long, one row at least")
    if not np.isfinite(y).all():
        raise InputError("a difference is not a finite number")
    if not ((v > 0) & np.isfinite(v)).all():
        raise InputError(f"the variance of a comparison in study {of[int(np.argmin(v > 0))]!r} must be above zero")
    rows: dict[str, dict[tuple[str, str], tuple[float, float]]] = defaultdict(dict)
    for name, a, b, one, spread in zip(of, treatments, comparators, y.tolist(), v.tolist(), strict=True):
        first, second = sorted((str(a), str(b)))
        if first == second:
            raise InputError(f"study {name!r} compares {first!r} with itself")
        if (first, second) in rows[name]:
            raise InputError(
                f"study {name!r} compares {first!r} and {second!r} twice", "two trials need two names, in `study`"
            )
        rows[name][first, second] = (one if str(b) == first else -one, spread)
    return [_trial(name, found, tolerance) for name, found in rows.items()]


def _trial(name: str, rows: dict[tuple[str, str], tuple[float, float]], tolerance: float) -> _Trial:
    """A trial's comparisons with its first treatment; the others tell how these vary together."""
    treatments = tuple(sorted({one for pair in rows for one in pair}))
    base, others = treatments[0], treatments[1:]
    count = len(treatments)
    if len(rows) != count * (count - 1) // 2:
        raise InputError(
            f"study {name!r} has {count} treatments and {len(rows)} comparisons",
            f"give all {count * (count - 1) // 2}: without them nothing tells how they vary together",
        )
    to_base = np.array([rows[base, other][0] for other in others])
    covariance = np.zeros((count - 1, count - 1))
    for i, a in enumerate(others):
        covariance[i, i] = rows[base, a][1]
        for j in range(i + 1, count - 1):
            between, spread = rows[a, others[j]]
            if abs(to_base[j] - to_base[i] - between) > tolerance:
                raise InputError(f"the differences of study {name!r} contradict each other: they do not add up")
            covariance[i, j] = covariance[j, i] = (rows[base, a][1] + rows[base, others[j]][1] - spread) / 2
    if np.linalg.eigvalsh(covariance)[0] <= 0:
        raise InputError(f"the variances of study {name!r} contradict each other: no arms could give them")
    return _Trial(name, treatments, to_base, covariance)


def _disagreement(trials: list[_Trial], names: Sequence[str]) -> tuple[float, float]:
    """Q of these trials about their common-effect estimates, and by how much each unit of τ² raises what it should be.

    E[Q] = df + τ² · (Σ tr(Wᵢ Σᵢ) − tr((Σ Xᵢᵀ Wᵢ Xᵢ)⁻¹ Σ Xᵢᵀ Wᵢ Σᵢ Wᵢ Xᵢ)) over trials i, Wᵢ being the inverse of their
    covariance and Σᵢ what τ² = 1 adds to it: 1 on the diagonal, ½ beside it.
    """
    place = {name: k for k, name in enumerate(names)}
    count = len(names)
    information, moved, vector = np.zeros((count, count)), np.zeros((count, count)), np.zeros(count)
    blocks, own = [], 0.0
    for trial in trials:
        size = trial.difference.size
        x = np.zeros((size, count))
        x[np.arange(size), [place[other] for other in trial.treatments[1:]]] = 1.0
        x[:, place[trial.treatments[0]]] = -1.0
        weight = np.linalg.inv(trial.covariance)
        spread = 0.5 + 0.5 * np.eye(size)
        information += x.T @ weight @ x
        moved += x.T @ weight @ spread @ weight @ x
        vector += x.T @ weight @ trial.difference
        own += float(np.sum(weight * spread))
        blocks.append((x, weight, trial.difference))
    information, moved, vector = information[1:, 1:], moved[1:, 1:], vector[1:]
    scale = np.sqrt(np.outer(np.diag(information), np.diag(information)))
    if np.linalg.matrix_rank(information / scale, hermitian=True) < count - 1:
        raise InputError("the network is in pieces: not all its treatments are connected by trials")
    inverse = np.linalg.inv(information)
    estimate = np.concatenate([[0.0], inverse @ vector])
    kept = [(y - x @ estimate, weight) for x, weight, y in blocks]
    return float(sum(r @ weight @ r for r, weight in kept)), own - float(np.sum(inverse * moved))
