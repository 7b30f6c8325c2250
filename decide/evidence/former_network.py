"""Bayesian network meta-analysis of a Gaussian outcome, in closed form.

The model, for arm i of study j given treatment p and, on top of it, adjunct a:

    y_ij = θ_p + δ_a + β·[uncontrolled] + u_j + e_ij
    e_ij ~ N(0, v_ij + h²)     v_ij: the arm's sampling variance, h: heterogeneity between arms of one treatment
    u_j  ~ N(0, τ² + c_j)      what a study shares across its arms: its people, its scale (τ) and, where every person
                               has every arm, the persons themselves (c_j)
    θ_p ~ N(m_p, s_p²),  δ_a ~ N(m_a, s_a²),  β ~ N(m_β, s_β²)

A contrast (a difference between two arms, or a pooled one) is a row too, in which u_j cancels:

    y = θ_p + δ_a − θ_q − δ_b + e,   e ~ N(0, v + 2h²/k)     k: the trials pooled in it, one for a single trial

and contrasts of one study against one comparator arm share that arm's variance. Everything is linear and Gaussian, so
mean and covariance of (θ, δ, β) given the data come from one symmetric linear system. With u_j integrated out
(Sherman–Morrison, study by study) its size is the number of unknowns, not of arms.

With flat priors, free study levels (`study_sd = inf`), no β and h = 0 this is common-effect network meta-analysis:
weighted least squares on the contrasts within studies, multi-arm studies included.

Sources: Dias, Welton, Sutton & Ades, NICE DSU Technical Support Document 2 (2011); Lu & Ades, Stat Med 2004; Welton et
al., JRSS A 2009, and Turner et al., JRSS A 2009, for bias-adjusted synthesis (β and the variances).

Long because model, solution and what is asked of it are one algebra with one notation.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError

Array = NDArray[np.float64]
Index = NDArray[np.int64]

ADJUNCT = "+"
"""Prefix of the name of an adjunct's gain among the unknowns: `+prp` is what prp adds to its base."""
OPTIMISM = "optimism"
"""Name of β among the unknowns."""
_CHUNK = 256


@dataclass(frozen=True)
class Prior:
    """A Gaussian prior; `sd = inf` is flat, `sd = 0` fixes the value."""

    mean: float = 0.0
    sd: float = math.inf

    def __post_init__(self) -> None:
        if not math.isfinite(self.mean) or math.isnan(self.sd) or self.sd < 0:
            raise InputError(f"a prior needs a finite mean and a spread of zero or more, not {self}")


class ArmRow(NamedTuple):
    """One group's mean: `mean` on the outcome's scale with sampling variance `variance`.

    `adjunct` names what was given on top of `treatment`; `finer` a level below the treatment (a subtype) that departs
    from it by a deviation of its own; `uncontrolled` marks a series without a comparison group; `shared` is the part
    of the variance that the study's arms have in common because they are the same people.
    """

    study: str
    treatment: str
    mean: float
    variance: float
    adjunct: str | None = None
    finer: str | None = None
    uncontrolled: bool = False
    shared: float = 0.0
    unit: str = ""


class ContrastRow(NamedTuple):
    """A difference, treatment minus comparator, with its sampling variance.

    `shared` is the part of the variance that this study's contrasts have in common (their comparator arm's); `studies`
    how many trials are pooled in it, whose departures from one another average out.
    """

    study: str
    treatment: str
    comparator: str
    mean: float
    variance: float
    adjunct: str | None = None
    comparator_adjunct: str | None = None
    finer: str | None = None
    shared: float = 0.0
    studies: int = 1
    unit: str = ""


Row = ArmRow | ContrastRow


class System(NamedTuple):
    """Rows as arrays: unknown indices and signs (rows, terms), values, variances, study groups.

    Made by `assemble`; solving it again under other priors skips the reading of rows.
    """

    names: tuple[str, ...]
    column: Index
    sign: Array
    y: Array
    variance: Array
    heterogeneity: Array
    group: Index
    is_arm: NDArray[np.bool_]
    group_shared: Array


@dataclass(frozen=True)
class Network:
    """Posterior of a network: `mean` (k,) and `covariance` (k, k) of the unknowns in `names`.

    `log_evidence` is the log marginal likelihood of the rows, up to a constant that depends on the flat priors only.
    """

    names: tuple[str, ...]
    mean: Array
    covariance: Array
    log_evidence: float
    _position: Mapping[str, int] = field(repr=False)
    _system: System = field(repr=False)
    _weight: Array = field(repr=False)
    _pull: Array = field(repr=False)
    _root: Array = field(repr=False)

    def __contains__(self, name: str) -> bool:
        return name in self._position

    def combination(self, *names: str) -> Array:
        """The row vector (k,) that adds these unknowns up; an unknown name adds nothing (its prior mean is apart)."""
        row = np.zeros(len(self.names))
        for name in names:
            if name in self._position:
                row[self._position[name]] += 1.0
        return row

    def sum(self, *names: str, priors: Mapping[str, Prior] | None = None) -> tuple[float, float]:
        """Mean and variance of the sum of these unknowns; one that no row mentions contributes its prior."""
        row = self.combination(*names)
        mean, variance = float(row @ self.mean), float(row @ self.covariance @ row)
        for name in names:
            if name not in self._position:
                prior = (priors or {}).get(name)
                if prior is None:
                    raise InputError(f"nothing is known of {name!r}, and it has no prior")
                mean, variance = mean + prior.mean, variance + prior.sd**2
        return mean, max(variance, 0.0)

    def influence(self, *names: str) -> Array:
        """How far each row moves the sum of these unknowns: d mean / d y, (rows,)."""
        system = self._system
        projected = self._weight * _dot(system, self.covariance @ self.combination(*names))
        sums = np.bincount(system.group, projected, len(self._pull))
        moved: Array = projected - self._weight * (self._pull * sums)[system.group]
        return moved

    def draws(self, count: int, seed: int | np.random.Generator = 0) -> Array:
        """Joint draws (count, k) of the unknowns from the posterior."""
        rng = np.random.default_rng(seed)
        found: Array = self.mean + rng.standard_normal((count, len(self.names))) @ self._root
        return found


def network(
    rows: Iterable[Row] | System,
    *,
    treatment: Prior | Mapping[str, Prior] = Prior(),
    adjunct: Prior | Mapping[str, Prior] = Prior(0.0),
    finer: Prior = Prior(0.0, 0.0),
    optimism: Prior = Prior(0.0, 0.0),
    study_sd: float = math.inf,
    heterogeneity_sd: float = 0.0,
    reference: str | None = None,
) -> Network:
    """Posterior of every treatment's expected outcome and every adjunct's gain (the model stands atop this module).

    Parameters
    ----------
    rows : arms and contrasts, all on one scale; or what `assemble` made of them.
    treatment, adjunct : priors of θ and δ, one for all or by name (missing names take the flat prior).
    finer : prior of a subtype's departure from its treatment.
    optimism : prior of β; the default leaves it out.
    study_sd : τ; `inf` lets every study have its own level, so that only comparisons within studies speak.
    heterogeneity_sd : h.
    reference : a treatment fixed at 0, needed when priors are flat and study levels free (only differences are known).

    Returns
    -------
    Network : means, full covariance, and ways to add unknowns up, to draw them, and to see each row's pull.

    Raises
    ------
    InputError : no rows; a value that is not finite; a variance that is not above zero; units that differ; or an
        unknown that neither data nor prior determine (a network in pieces without priors).
    """
    system = rows if isinstance(rows, System) else assemble(list(rows))
    priors = [
        _prior_of(name, treatment, adjunct, finer, optimism, reference) for name in system.names
    ]  # fmt: skip
    if math.isnan(study_sd) or study_sd < 0 or not 0 <= heterogeneity_sd < math.inf:
        raise InputError("study_sd and heterogeneity_sd must be zero or more")
    return _solve(system, priors, study_sd, heterogeneity_sd)


def arms(
    study: Sequence[str],
    treatment: Sequence[str],
    mean: Sequence[float] | Array,
    variance: Sequence[float] | Array,
    adjunct: Sequence[str | None] | None = None,
) -> list[ArmRow]:
    """Arm rows from columns of equal length."""
    columns = (study, treatment, mean, variance)
    if len({len(column) for column in columns}) != 1 or (adjunct is not None and len(adjunct) != len(study)):
        raise InputError("study, treatment, mean, variance and adjunct must be equally long")
    extra: Sequence[str | None] = adjunct if adjunct is not None else [None] * len(study)
    return [
        ArmRow(s, t, float(y), float(v), a)
        for s, t, y, v, a in zip(study, treatment, mean, variance, extra, strict=True)
    ]


def _terms(row: Row) -> list[tuple[str, float]]:
    terms = [(row.treatment, 1.0)]
    if row.adjunct is not None:
        terms.append((ADJUNCT + row.adjunct, 1.0))
    if row.finer is not None:
        terms.append((finer_name(row.treatment, row.finer), 1.0))
    if isinstance(row, ArmRow):
        if row.uncontrolled:
            terms.append((OPTIMISM, 1.0))
        return terms
    terms.append((row.comparator, -1.0))
    if row.comparator_adjunct is not None:
        terms.append((ADJUNCT + row.comparator_adjunct, -1.0))
    if row.finer is not None:
        terms.append((finer_name(row.comparator, row.finer), -1.0))
    return terms


def finer_name(treatment: str, level: str) -> str:
    """Name, among the unknowns, of a treatment's departure at a finer level."""
    return f"{treatment}/{level}"


def assemble(rows: Sequence[Row]) -> System:
    """Rows as arrays, checked: finite means, variances above zero, one unit."""
    if not rows:
        raise InputError("a network needs at least one row")
    units = sorted({row.unit for row in rows})
    if len(units) > 1:
        raise InputError(f"rows are in different units ({', '.join(map(repr, units))})", "bring them to one scale")
    position: dict[str, int] = {}
    groups: dict[tuple[str, bool], int] = {}
    terms = [_terms(row) for row in rows]
    width = max(len(t) for t in terms)
    column = np.full((len(rows), width), -1, dtype=np.int64)
    sign = np.zeros((len(rows), width))
    group = np.empty(len(rows), dtype=np.int64)
    for i, (row, row_terms) in enumerate(zip(rows, terms, strict=True)):
        for k, (name, coefficient) in enumerate(row_terms):
            column[i, k] = position.setdefault(name, len(position))
            sign[i, k] = coefficient
        group[i] = groups.setdefault((row.study, isinstance(row, ArmRow)), len(groups))
    y = np.array([row.mean for row in rows])
    variance = np.array([row.variance for row in rows])
    shared = np.array([row.shared for row in rows])
    if not np.isfinite(y).all():
        raise InputError(f"the mean of {_where(rows, ~np.isfinite(y))} is not a number")
    if not (np.isfinite(variance) & (variance > 0)).all():
        bad = ~(np.isfinite(variance) & (variance > 0))
        raise InputError(f"the variance of {_where(rows, bad)} must be above zero")
    if not (np.isfinite(shared) & (shared >= 0)).all():
        raise InputError(f"the shared variance of {_where(rows, ~(shared >= 0))} must be zero or more")
    is_arm = np.array([isinstance(row, ArmRow) for row in rows])
    group_shared = np.zeros(len(groups))
    np.maximum.at(group_shared, group, shared)
    pooled = np.array([1 if isinstance(row, ArmRow) else max(1, row.studies) for row in rows])
    heterogeneity = np.where(is_arm, 1.0, 2.0 / pooled)
    return System(tuple(position), column, sign, y, variance, heterogeneity, group, is_arm, group_shared)


def _where(rows: Sequence[Row], bad: NDArray[np.bool_]) -> str:
    row = rows[int(np.flatnonzero(bad)[0])]
    return f"{row.treatment!r} in study {row.study!r}"


def _prior_of(
    name: str,
    treatment: Prior | Mapping[str, Prior],
    adjunct: Prior | Mapping[str, Prior],
    finer: Prior,
    optimism: Prior,
    reference: str | None,
) -> Prior:
    if name == reference:
        return Prior(0.0, 0.0)
    if name == OPTIMISM:
        return optimism
    if name.startswith(ADJUNCT):
        return adjunct if isinstance(adjunct, Prior) else adjunct.get(name.removeprefix(ADJUNCT), Prior())
    if "/" in name:
        return finer
    return treatment if isinstance(treatment, Prior) else treatment.get(name, Prior())


def _solve(system: System, priors: Sequence[Prior], study_sd: float, heterogeneity_sd: float) -> Network:
    size = len(system.names)
    free = np.array([prior.sd > 0 for prior in priors])
    mean0 = np.array([prior.mean for prior in priors])
    precision0 = np.array([0.0 if math.isinf(p.sd) or p.sd == 0 else 1.0 / p.sd**2 for p in priors])

    weight = 1.0 / (system.variance + system.heterogeneity * heterogeneity_sd**2)
    residual = system.y - _dot(system, mean0)
    group_count = len(system.group_shared)
    total: Array = np.bincount(system.group, weight, group_count).astype(np.float64)
    has_arms = np.zeros(group_count, dtype=bool)
    has_arms[system.group[system.is_arm]] = True
    level = system.group_shared + np.where(has_arms, study_sd**2, 0.0)
    # u_j integrated out: V⁻¹ = W − c·w wᵀ with c = 1 / (1/level + Σw)
    with np.errstate(divide="ignore"):
        c = 1.0 / (1.0 / level + total)

    information = _gram(system, weight, size)
    vector = np.zeros(size)
    valid = system.column >= 0
    contribution = system.sign * (weight * residual)[:, None]
    np.add.at(vector, system.column[valid], contribution[valid])
    residual_sum: Array = np.bincount(system.group, weight * residual, group_count).astype(np.float64)
    for start in range(0, group_count, _CHUNK):
        stop = min(start + _CHUNK, group_count)
        sums = _group_sums(system, weight, start, stop, size)
        information -= (sums * c[start:stop, None]).T @ sums
        vector -= sums.T @ (c[start:stop] * residual_sum[start:stop])

    posterior = information + np.diag(precision0)
    keep = np.flatnonzero(free)
    covariance = np.zeros((size, size))
    root = np.zeros((size, size))
    shift = np.zeros(size)
    log_evidence = _log_likelihood_at_prior(weight, residual, residual_sum, c, level, total)
    if keep.size:
        inner = posterior[np.ix_(keep, keep)]
        factor = _factor(system, inner, keep)
        inverse_factor = np.linalg.solve(factor, np.eye(keep.size))
        covariance[np.ix_(keep, keep)] = inverse_factor.T @ inverse_factor
        root[np.ix_(keep, keep)] = inverse_factor
        half = inverse_factor @ vector[keep]
        shift[keep] = inverse_factor.T @ half
        log_evidence += 0.5 * float(half @ half) - float(np.log(np.diag(factor)).sum())
        proper = precision0[keep] > 0
        log_evidence += 0.5 * float(np.log(precision0[keep][proper]).sum())
    return Network(
        names=system.names,
        mean=mean0 + shift,
        covariance=covariance,
        log_evidence=log_evidence,
        _position={name: i for i, name in enumerate(system.names)},
        _system=system,
        _weight=weight,
        _pull=c,
        _root=root,
    )


def _dot(system: System, vector: Array) -> Array:
    padded = np.append(vector, 0.0)
    found: Array = (system.sign * padded[system.column]).sum(axis=1)
    return found


def _gram(system: System, weight: Array, size: int) -> Array:
    """Xᵀ W X, accumulated over pairs of terms: memory is that of the result."""
    gram = np.zeros(size * size)
    width = system.column.shape[1]
    for a in range(width):
        for b in range(width):
            both = (system.column[:, a] >= 0) & (system.column[:, b] >= 0)
            flat = system.column[both, a] * size + system.column[both, b]
            values = weight[both] * system.sign[both, a] * system.sign[both, b]
            gram += np.bincount(flat, values, size * size)
    return gram.reshape(size, size)


def _group_sums(system: System, weight: Array, start: int, stop: int, size: int) -> Array:
    """Σ_i w_i x_i for the studies start..stop: (studies, unknowns)."""
    rows = np.flatnonzero((system.group >= start) & (system.group < stop))
    sums = np.zeros((stop - start, size))
    for a in range(system.column.shape[1]):
        some = rows[system.column[rows, a] >= 0]
        np.add.at(sums, (system.group[some] - start, system.column[some, a]), weight[some] * system.sign[some, a])
    return sums


def _log_likelihood_at_prior(
    weight: Array, residual: Array, residual_sum: Array, c: Array, level: Array, total: Array
) -> float:
    quadratic = float((weight * residual**2).sum() - (c * residual_sum**2).sum())
    finite = np.isfinite(level)
    log_det = float(-np.log(weight).sum() + np.log1p(level[finite] * total[finite]).sum())
    log_det += float(np.log(total[~finite]).sum())
    return -0.5 * (quadratic + log_det)


def _factor(system: System, inner: Array, keep: Index) -> Array:
    """The Cholesky factor of the information; refused in words where nothing determines some unknown."""
    scale = np.sqrt(np.clip(np.diag(inner), 0.0, None))
    silent = keep[scale == 0]
    if silent.size:
        raise InputError(
            f"nothing determines {system.names[int(silent[0])]!r}", "give it a prior, or a study that compares it"
        )
    scaled = inner / np.outer(scale, scale)
    try:
        factor: Array = np.linalg.cholesky(scaled)
        sound = bool(np.diag(factor).min() ** 2 > 1e-11 * len(keep))
    except np.linalg.LinAlgError:
        sound = False
    if not sound:
        _refuse_undetermined(system, scaled, keep)
        factor = np.linalg.cholesky(scaled)
    return factor * scale[:, None]


def _refuse_undetermined(system: System, scaled: Array, keep: Index) -> None:
    values, vectors = np.linalg.eigh(scaled)
    if values[0] < 1e-12 * len(keep):
        loose = keep[np.abs(vectors[:, 0]) > 1e-3]
        names = ", ".join(repr(system.names[int(i)]) for i in loose[:6])
        raise InputError(
            f"the network does not determine {names}: its pieces are not connected",
            "name a reference in each piece, give priors, or leave a piece out",
        )
