"""What people come to without the treatments: learned apart from gains, and handed on as a fixed distribution.

Were levels and gains in one likelihood, a field full of series that did well would raise what "nothing" is taken to do.
So there are three steps, each handing the next a distribution N(m̂, Ĉ) that the next cannot move:

- **scale** (`scale_step`): β and the errors of the classes of cut, over all networks of a scale, with gains flat;
- **level** (`level_step`): μ, κ and ω of one network, from its reference arms alone;
- **gains**: hold all of these at N(m̂, Ĉ). With B = −C A_θ'V⁻¹A_λ: mean θ̂(m̂), covariance C + BĈB', cov(θ, λ) = BĈ.

Source: Dias, Welton, Sutton & Ades, NICE DSU Technical Support Document 5 (2011), for a baseline modelled apart;
Plummer, Statistics and Computing 25 (2015) 37-43, for cutting feedback.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import instance, mapping
from decide.mcda.labelled import Array
from decide.synthesis.model import Levels, LogNormal, Model
from decide.synthesis.names import Key, Names, Terms, add
from decide.synthesis.rows import Row, Study
from decide.synthesis.system import System, matrix, system
from decide.synthesis.trials import Trial, read

STEP = 1.2
"""Prior standard deviations between two nodes of a spread: five nodes then hold its prior's variance to 2 %, and less
than 3 % of it at either end.
"""
WIDE = 1e3
"""A gain's prior spread, in multiples of its scale, where it is taken to be flat."""


class Held(NamedTuple):
    """A distribution that is handed on: `keys`, `mean` (keys,) and `covariance` (keys, keys)."""

    keys: tuple[Key, ...]
    mean: Array
    covariance: Array


@dataclass(frozen=True, eq=False)
class Scale:
    """What a scale's networks say together: how far series run high, and by how much each class of cut errs.

    `series` and each of `cuts` are (mean, standard deviation).
    """

    held: Held

    @property
    def series(self) -> tuple[float, float]:
        """β."""
        return self._of(("series",))

    @property
    def cuts(self) -> dict[str, tuple[float, float]]:
        """T of each class: by how much figures read at its cut run high, to be taken off that cut."""
        return {key[1]: self._of(key) for key in self.held.keys if key[0] == "cut"}

    def _of(self, key: Key) -> tuple[float, float]:
        i = self.held.keys.index(key)
        return float(self.held.mean[i]), float(self.held.covariance[i, i]) ** 0.5


class Axis(NamedTuple):
    """Nodes of one spread, in prior standard deviations of its logarithm from its median: `low` to `high` steps from
    `centre`. A spread that is known has one node, of no `step`.
    """

    centre: float = 0.0
    step: float = STEP
    low: int = -2
    high: int = 2

    @property
    def z(self) -> Array:
        """Where the nodes are."""
        return np.array([self.centre + self.step * i for i in range(self.low, self.high + 1)])


KNOWN = Axis(0.0, 0.0, 0, 0)
FINE = Axis(0.0, 0.8, -4, 4)
"""Nodes of the level step, whose systems are small."""


class Nodes(NamedTuple):
    """Pairs of τ and h, and the logarithm of their prior weights; `tau_z` and `h_z` are where they are on their
    axes.
    """

    tau: Array
    h: Array
    log_prior: Array
    tau_z: Array
    h_z: Array


def nodes(model: Model, tau: Axis, h: Axis) -> Nodes:
    """The grid of τ and h."""
    a, b = (one.ravel() for one in np.meshgrid(tau.z, h.z, indexing="ij"))
    return nodes_at(model, a, b)


def nodes_at(model: Model, tau_z: Array, h_z: Array) -> Nodes:
    """Pairs of τ and h, each in prior standard deviations from its median."""
    of_tau, of_h = (model.levels.between if model.levels else 0.0), model.heterogeneity
    return Nodes(_values(of_tau, tau_z), _values(of_h, h_z), -0.5 * (tau_z**2 + h_z**2), tau_z, h_z)


def _values(spread: LogNormal | float, z: Array) -> Array:
    return np.array([spread.at(one) if isinstance(spread, LogNormal) else float(spread) for one in z.tolist()])


def axis(spread: LogNormal | float | None, nodes: Axis = Axis()) -> Axis:
    """The nodes of one spread; one where it is known."""
    return nodes if isinstance(spread, LogNormal) else KNOWN


def prior_of(key: Key, levels: Levels) -> tuple[float, float]:
    """The prior mean and variance of an unknown of levels."""
    match key[0]:
        case "level":
            return levels.mean.mean, levels.mean.sd**2
        case "level of":
            return 0.0, levels.kind**2
        case "untreated":
            return 0.0, levels.untreated**2
        case "series":
            return levels.series.mean, levels.series.sd**2
        case _:
            return 0.0, max(levels.of_cut(key[1]), 1e-6) ** 2


def level_keys(trials: Iterable[Trial], names: Names) -> tuple[Key, ...]:
    """The unknowns of levels, those of the network first and then those of the scale."""
    own: list[Key] = [("level",), *(("level of", k) for k in sorted(names.kinds) if names.model.kinds)]
    own += [("untreated",)] if names.untreated else []
    cuts = sorted({arm.cut for trial in trials for arm in trial.arms if arm.cut is not None})
    return (*own, ("series",), *(("cut", cut) for cut in cuts))


def held_scale(keys: Sequence[Key], levels: Levels, scale: Scale | None) -> Held:
    """What is held of the scale for these unknowns: from the scale step, else from the priors alone.

    Raises
    ------
    InputError : a class of cut that the scale step has not seen.
    """
    wanted = tuple(key for key in keys if key[0] in ("series", "cut"))
    if scale is None:
        priors = [prior_of(key, levels) for key in wanted]
        return Held(wanted, np.array([m for m, _ in priors]), np.diag([v for _, v in priors]))
    for key in wanted:
        if key not in scale.held.keys:
            raise InputError(f"the scale says nothing of the class of cut {key[1]!r}", "take it from all its networks")
    at = [scale.held.keys.index(key) for key in wanted]
    return Held(wanted, scale.held.mean[at], scale.held.covariance[np.ix_(at, at)])


def reference_arms(trials: Sequence[Trial], names: Names) -> list[tuple[Trial, list[Terms]]]:
    """The reference arms of each study as equations of their own, with what they add up."""
    found = []
    for trial in trials:
        at = [i for i, arm in enumerate(trial.arms) if trial.given.size and names.is_nothing(arm.effect)]
        if not at:
            continue
        eye = np.eye(len(at))
        y, own = trial.given[:, at]
        arms = tuple(trial.arms[i] for i in at)
        part = Trial(trial.name, arms, eye, y, np.diag(own), eye, trial.own, False, trial.given[:, at])
        terms = []
        for arm in arms:
            one = names.level(arm, series=False)
            for key, value in names.gain(arm).items():
                add(one, key, value)
            terms.append(one)
        found.append((part, terms))
    return found


def level_step(trials: Sequence[Trial], names: Names, scale: Held, keys: Sequence[Key]) -> Held:
    """μ, κ and ω from reference arms alone, given the scale; all of `keys` in one distribution."""
    levels = names.model.levels
    assert levels is not None
    own = [key for key in keys if key not in scale.keys]
    m0, v0 = (np.array(part) for part in zip(*(prior_of(key, levels) for key in own), strict=True))
    place = {key: i for i, key in enumerate((*own, *scale.keys))}
    arms = reference_arms(trials, names)
    found = system([part for part, _ in arms], tuple(place), len(own), [matrix(terms, place) for _, terms in arms])
    mean, covariance, pull = _mixed(found, len(own), m0, 1.0 / v0, scale, names.model, FINE)
    whole = np.block([[covariance, pull @ scale.covariance], [scale.covariance @ pull.T, scale.covariance]])
    at = [place[key] for key in keys]
    return Held(tuple(keys), np.concatenate([mean, scale.mean])[at], whole[np.ix_(at, at)])


def _mixed(
    equations: System, own: int, m0: Array, p0: Array, held: Held, model: Model, around: Axis
) -> tuple[Array, Array, Array]:
    """Mean and covariance of the first `own` unknowns over a grid of τ and h, and how the held ones pull them."""
    assert model.levels is not None
    grid = nodes(model, axis(model.levels.between, around), axis(model.heterogeneity, around))
    gram, log_det = equations.gram(grid.tau**2, grid.h**2)
    u = slice(0, own)
    c = np.linalg.inv(gram[:, u, u] + np.diag(p0))
    b = -c @ gram[:, u, own:-1]
    towards = np.concatenate([np.zeros(own), -held.mean, [1.0]])
    g = gram[:, u] @ towards + p0 * m0
    m = (c @ g[..., None])[..., 0]
    quad = towards @ gram @ towards + float(p0 @ m0**2) - (g * m).sum(axis=1)
    evidence = -0.5 * (quad + log_det - np.linalg.slogdet(c)[1]) + grid.log_prior
    w = np.exp(evidence - evidence.max())
    w /= w.sum()
    mean, pull = w @ m, np.tensordot(w, b, 1)
    off = m - mean
    covariance = np.tensordot(w, c + off[:, :, None] * off[:, None, :] + b @ held.covariance @ b.transpose(0, 2, 1), 1)
    return mean, covariance, pull


class Problem(NamedTuple):
    """One network of a scale, as `network` takes it."""

    rows: Iterable[Row]
    reference: Any
    model: Model
    studies: Mapping[Any, Study] = {}


def scale_step(problems: Mapping[Any, Problem]) -> Scale:
    """How far series run high and by how much cuts err, from all networks of one scale together, gains flat.

    With gains drawn to nought, whatever series find would be read as β; flat, only treatments that were studied in more
    than one way speak.

    Parameters
    ----------
    problems : networks of one scale. Their models agree on β, cuts, τ and h; the first one's are used.

    Raises
    ------
    InputError : no problem, one without levels, or what `network` refuses.
    """
    parts: list[tuple[Trial, list[Terms]]] = []
    own: dict[Key, tuple[float, float]] = {}
    first: Model | None = None
    for name, problem in mapping("problems", problems).items():
        instance(f"the network {name!r:.60} of problems", problem, Problem)
        instance(f"the model of {name!r:.60}", problem.model, Model)
        names = Names(problem.reference, problem.model)
        levels = problem.model.levels
        if levels is None:
            raise InputError(f"the network {name!r} supposes nothing of levels", "give its model `levels`")
        first = first or problem.model
        parts += [_flat(trial, names, str(name), levels, own) for trial in read(problem.rows, names, problem.studies)]
    if first is None or first.levels is None:
        raise InputError("a scale needs one network at least")
    shared = [("series",), *sorted(key for key in own if key[0] == "cut")]
    own.setdefault(("series",), prior_of(("series",), first.levels))
    keys = (*shared, *sorted(key for key in own if key not in shared))
    place = {key: i for i, key in enumerate(keys)}
    equations = system([trial for trial, _ in parts], keys, len(keys), [t.signs @ matrix(a, place) for t, a in parts])
    m0, v0 = (np.array(part) for part in zip(*(own[key] for key in keys), strict=True))
    mean, covariance, _ = _mixed(
        equations, len(keys), m0, 1.0 / v0, Held((), np.empty(0), np.empty((0, 0))), first, Axis()
    )
    n = len(shared)
    return Scale(Held(tuple(shared), mean[:n], covariance[:n, :n]))


def _flat(
    trial: Trial, names: Names, network: str, levels: Levels, own: dict[Key, tuple[float, float]]
) -> tuple[Trial, list[Terms]]:
    """A study with its arms' levels, each network's own, and every gain a flat unknown of its group of kinds."""
    given = trial.given.size > 0
    series = given and not any(names.is_nothing(arm.effect) for arm in trial.arms)
    found = []
    for arm in trial.arms:
        terms: Terms = {}
        for key, value in (names.level(arm, series=series) if given else {}).items():
            add(terms, key if key[0] in ("series", "cut") else (*key, "of network", network), value)
            own[key if key[0] in ("series", "cut") else (*key, "of network", network)] = prior_of(key, levels)
        if arm.effect[0] in names.untreated:
            own["untreated", "of network", network] = prior_of(("untreated",), levels)
            add(terms, ("untreated", "of network", network), 1.0)
        elif not names.is_nothing(arm.effect):
            for kind, share in arm.kinds:
                key = ("flat", network, names.group(kind), arm.node)
                own[key] = (0.0, (WIDE * levels.between.median) ** 2)
                add(terms, key, share)
        found.append(terms)
    if not given:
        return trial, found
    eye = np.eye(len(trial.arms))
    y, v = trial.given
    return Trial(trial.name, trial.arms, eye, y, np.diag(v), eye, trial.own, False, trial.given), found
