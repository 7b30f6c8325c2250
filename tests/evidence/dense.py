"""The model of docs/method.md written out a second time for a whole catalogue, at one τ, h and s, without outliers.

Every arm is a latent line of one dense Gaussian, differences are sums of latent arms, and what is free has a huge
variance; it is solved by one `numpy.linalg.solve` a step. Nothing of decide.synthesis is used but the rows that go in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from decide.catalog import Catalog
from decide.evidence.rows import Rows, rows_for

FREE = 1e7
"""The variance of what is left free: a study's level where only differences speak."""
NOTHING = ("placebo", "untreated")

Terms = dict[tuple[str, ...], float]


@dataclass
class Line:
    """A latent arm: what it adds up (gains, and levels), the variance of its own, and its place in its study."""

    gains: Terms
    level: Terms
    variance: float
    y: float
    idle: bool
    stretch: float = 0.0
    """How far it moves with the spread between people, which all arms of a study have in common."""


@dataclass
class Trial:
    """A study: latent arms, which of them were seen (or differences of them), and what all of them share."""

    lines: list[Line]
    seen: list[tuple[dict[int, float], float, float]]
    shared: float
    arms: bool
    """Whether arms were seen (else differences)."""

    @property
    def controlled(self) -> bool:
        return any(line.idle for line in self.lines)


@dataclass
class World:
    """A concern's constants, kinds and trials."""

    c: Mapping[str, float]
    groups: dict[str, str]
    shares: dict[str, float]
    lends: float
    cuts: dict[str, float]
    made_to_add: frozenset[str]
    bases: list[str]
    trials: list[Trial] = field(default_factory=list)

    def rho(self, group: str) -> float:
        return self.lends if sum(g == group for g in self.groups.values()) > 1 else 1.0

    def parts(self, treatment: Iterable[str]) -> list[str]:
        """Base first: not what is made to be added; of others what most often is one; then the catalogue's order."""
        found = [p for p in treatment if p not in NOTHING] or list(treatment)
        return sorted(found, key=lambda p: (p in self.made_to_add, self.bases.index(p) if p in self.bases else 0))

    def gain(self, treatment: Iterable[str], kinds: Mapping[str, float], product: str | None = None) -> Terms:
        base, *added = self.parts(treatment)
        if base == "placebo":
            return {}
        if base == "untreated":
            return {("omega",): 1.0}
        found: Terms = {}
        for kind, share in kinds.items():
            group = self.groups.get(kind, "")
            keys = [("d", group, base), ("gamma", kind, base)]
            keys += [("product", group, base, product)] if product else []
            keys += [key for a in added for key in (("added", group, a), ("pair", group, base, a))]
            for key in keys:
                found[key] = found.get(key, 0.0) + share
        return found

    def variance(self, key: tuple[str, ...]) -> float:
        s2 = self.c["gain-sd"] ** 2
        if key[0] == "d":
            return s2 * self.rho(key[1])
        if key[0] == "gamma":
            return s2 * (1 - self.rho(self.groups.get(key[1], "")))
        if key[0] == "product":
            return s2 * self.c["product-share"] ** 2
        of = self.c["added-share"] if key[-1] in self.made_to_add else self.c["combined-share"]
        return s2 * of**2 * (self.c["pair-share"] ** 2 if key[0] == "pair" else 1.0)

    def prior(self, key: tuple[str, ...]) -> tuple[float, float]:
        """Mean and variance of an unknown of levels."""
        c = self.c
        match key[0]:
            case "mu":
                return c["level-mean"], c["level-sd"] ** 2
            case "kappa":
                return 0.0, c["level-kind-sd"] ** 2
            case "omega":
                return 0.0, c["untreated-sd"] ** 2
            case "beta":
                return c["series-mean"], c["series-sd"] ** 2
            case _:
                return 0.0, self.cuts[key[1]] ** 2

    def level(self, kinds: Mapping[str, float], cut: str | None = None) -> Terms:
        found: Terms = {("mu",): 1.0}
        if self.groups:
            found |= {("kappa", kind): share for kind, share in kinds.items()}
        return found | ({("cut", cut): 1.0} if cut else {})


CONSTANTS = (
    "study-sd", "heterogeneity-sd", "gain-sd", "added-share", "combined-share", "pair-share", "product-share",
    "level-mean", "level-sd", "level-kind-sd", "untreated-sd", "series-mean", "series-sd", "study-cut-sd",
)  # fmt: skip


def world_of(catalog: Catalog, concern: str) -> World:
    """A concern's rows as latent arms."""
    known = catalog.concerns[concern]
    kinds = [kind for kind in known.subtype if not kind.whole]
    rows = rows_for(catalog, concern)
    as_base = Counter(item.effect.treatment for item in rows.used if item.effect.adjunct)
    procedures = list(catalog.procedures)
    world = World(
        c={name: catalog.constant(name, concern) for name in CONSTANTS},
        groups={kind.id: kind.group or "" for kind in kinds},
        shares={kind.id: kind.share if kind.share is not None else 1 / len(kinds) for kind in kinds},
        lends=known.lends,
        cuts={cut.id: cut.spread for (scale, _), cut in catalog.cuts.items() if scale == known.scale},
        made_to_add=frozenset(p.id for p in catalog.procedures.values() if p.role == "adjunct" or p.adjunct_to),
        bases=sorted(procedures, key=lambda p: (-as_base[p], procedures.index(p))),
    )
    world.trials = [_trial(world, rows, name) for name in sorted(rows.trials)]
    return world


def _trial(world: World, rows: Rows, name: str) -> Trial:
    mine = [item.row for item in rows.used if item.row.study == name]
    mark = rows.trials[name]
    bias = mark.bias**2 + mark.window**2
    h2 = world.c["heterogeneity-sd"] ** 2
    everyone = world.shares or {"": 1.0}
    arms: list[Any] = [r for r in mine if not hasattr(r, "comparator") or r.comparator == ("baseline",)]
    if arms:
        assert len(arms) == len(mine)
        common = mark.paired * min(r.variance for r in arms) if len(arms) > 1 else 0.0
        lines = [
            Line(
                world.gain(r.treatment, r.kinds or everyone, r.product),
                world.level(r.kinds or everyone, getattr(r, "cut", None)),
                r.variance - common + h2 + bias / 2,
                r.mean,
                world.parts(r.treatment)[0] in NOTHING,
                getattr(r, "stretch", 0.0),
            )
            for r in arms
        ]
        cut = world.c["study-cut-sd"] ** 2 if any(getattr(r, "cut", None) for r in arms) else 0.0
        seen = [({i: 1.0}, r.mean, 0.0) for i, r in enumerate(arms)]
        return Trial(lines, seen, bias + cut + common, arms=True)
    # differences: two latent arms each; one that several of them share is one line
    ends: list[tuple[Any, ...]] = []
    pairs = []
    for r in mine:
        shares = tuple(sorted((r.kinds or everyone).items()))
        pair = [(tuple(world.parts(r.treatment)), r.product, shares), (tuple(world.parts(r.comparator)), None, shares)]
        ends += [end for end in pair if end not in ends]
        pairs.append((ends.index(pair[0]), ends.index(pair[1]), r))
    own = _own_variances(pairs, len(ends))
    # trials that are pooled in a difference average their departures; what two differences share is the least of it
    lasting = [1 / max(r.studies for a, b, r in pairs if i in (a, b)) for i in range(len(ends))]
    lines = [
        Line(world.gain(e, dict(k), p), {}, own[i] + h2 * lasting[i] + bias / 2, 0.0, e[0] in NOTHING)
        for i, (e, p, k) in enumerate(ends)
    ]
    seen = [({a: 1.0, b: -1.0}, r.mean, h2 * (2 / r.studies - lasting[a] - lasting[b])) for a, b, r in pairs]
    return Trial(lines, seen, 0.0, arms=False)


def _own_variances(pairs: list[tuple[int, int, Any]], count: int) -> list[float]:
    """Of each arm of the differences: that of the most shared is half of its smallest difference, others the rest."""
    own: dict[int, float] = {}
    while len(own) < count:
        for a, b, r in pairs:
            for one, other in ((a, b), (b, a)):
                if one in own and other not in own:
                    own[other] = r.variance - own[one]
                    break
            else:
                continue
            break
        else:
            touch = {i: [r.variance for a, b, r in pairs if i in (a, b)] for i in range(count) if i not in own}
            hub = max(touch, key=lambda i: len(touch[i]))
            own[hub] = min(touch[hub]) / 2
    return [own[i] for i in range(count)]


@dataclass
class Gaussian:
    """A distribution of named unknowns."""

    keys: list[tuple[str, ...]]
    mean: np.ndarray
    covariance: np.ndarray

    def of(self, terms: Terms) -> tuple[float, float]:
        x = np.array([terms.get(key, 0.0) for key in self.keys])
        return float(x @ self.mean), float(x @ self.covariance @ x)


def condition(prior: Gaussian, x: np.ndarray, y: np.ndarray, v: np.ndarray) -> tuple[Gaussian, np.ndarray]:
    """y = xθ + e, e ~ N(0, v): the posterior of θ, and what y is multiplied by."""
    xp = x @ prior.covariance
    weight = np.linalg.solve(xp @ x.T + v, xp).T
    mean = prior.mean + weight @ (y - x @ prior.mean)
    return Gaussian(prior.keys, mean, prior.covariance - weight @ xp), weight


def stacked(
    trials: list[Trial],
    terms: list[list[Terms]],
    levels: list[float],
    keys: list[tuple[str, ...]],
    *,
    together: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Design, data and noise of trials whose latent arms add up `terms`; `levels` is the variance all arms share.

    What is not known of the spread between people moves arms `together` where they are compared; where levels are
    learned each has all of that doubt for itself.
    """
    xs, ys, vs = [], [], []
    for trial, own, shared in zip(trials, terms, levels, strict=True):
        latent = np.array([[line.get(key, 0.0) for key in keys] for line in own])
        k = np.array([[signs.get(i, 0.0) for i in range(len(trial.lines))] for signs, _, _ in trial.seen])
        noise = np.diag([line.variance for line in trial.lines])
        xs.append(k @ latent)
        ys.append([value for _, value, _ in trial.seen])
        stretch = np.array([line.stretch for line in trial.lines])
        moved = np.outer(stretch, stretch) if together else np.diag(stretch**2)
        vs.append(k @ (noise + shared + moved) @ k.T + np.diag([extra for _, _, extra in trial.seen]))
    size = sum(len(v) for v in vs)
    whole = np.zeros((size, size))
    at = 0
    for v in vs:
        whole[at : at + len(v), at : at + len(v)] = v
        at += len(v)
    return np.vstack(xs), np.concatenate(ys), whole


def scale_step(worlds: Mapping[str, World]) -> Gaussian:
    """β and cuts from all concerns of a scale together: every gain a flat unknown of its concern and group."""
    first = next(iter(worlds.values()))
    trials: list[Trial] = []
    terms: list[list[Terms]] = []
    levels: list[float] = []
    priors: dict[tuple[str, ...], tuple[float, float]] = {("beta",): first.prior(("beta",))}
    for name, world in worlds.items():
        for trial in world.trials:
            own: list[Terms] = []
            for line in trial.lines:
                found: Terms = {}
                for key, value in line.level.items():
                    place = key if key[0] == "cut" else (*key, name)
                    found[place] = value
                    priors[place] = world.prior(key)
                if trial.arms and not trial.controlled:
                    found["beta",] = 1.0
                if ("omega",) in line.gains:
                    found["omega", name] = 1.0
                    priors["omega", name] = world.prior(("omega",))
                elif not line.idle:
                    # what was given, apart from the kinds: one flat gain a group, by the group's share of the people
                    given = tuple(sorted({(k[0], *k[2:]) for k in line.gains if k[0] != "gamma"}))
                    for key, value in line.gains.items():
                        if key[0] == "d":
                            flat = ("flat", name, key[1], str(given))
                            found[flat] = value
                            priors[flat] = (0.0, (1e3 * first.c["study-sd"]) ** 2)
                own.append(found)
            trials.append(trial)
            terms.append(own)
            levels.append(world.c["study-sd"] ** 2 + trial.shared if trial.arms else 0.0)
    keys = list(priors)
    mean, variance = (np.array(part) for part in zip(*priors.values(), strict=True))
    found, _ = condition(Gaussian(keys, mean, np.diag(variance)), *stacked(trials, terms, levels, keys))
    at = [i for i, key in enumerate(keys) if key[0] in ("beta", "cut")]
    return Gaussian([keys[i] for i in at], found.mean[at], found.covariance[np.ix_(at, at)])


def level_step(world: World, scale: Gaussian) -> Gaussian:
    """μ, κ and ω from reference arms alone; β and cuts as they were handed on, moved by nothing here."""
    own = [("mu",), *(("kappa", kind) for kind in world.groups), ("omega",)]
    mean, variance = (np.array(part) for part in zip(*(world.prior(key) for key in own), strict=True))
    prior = Gaussian(own, mean, np.diag(variance))
    idle = [
        Trial(lines, [({i: 1.0}, line.y, 0.0) for i, line in enumerate(lines)], trial.shared, arms=True)
        for trial in world.trials
        if trial.arms and (lines := [line for line in trial.lines if line.idle])
    ]
    pull = np.zeros((len(own), len(scale.keys)))
    found = prior
    if idle:
        terms = [[{**line.level, **line.gains} for line in trial.lines] for trial in idle]
        shared = [world.c["study-sd"] ** 2 + trial.shared for trial in idle]
        x, y, v = stacked(idle, terms, shared, own)
        z, _, _ = stacked(idle, terms, shared, scale.keys)
        found, weight = condition(prior, x, y - z @ scale.mean, v)
        pull = -weight @ z
    covariance = np.block(
        [
            [found.covariance + pull @ scale.covariance @ pull.T, pull @ scale.covariance],
            [scale.covariance @ pull.T, scale.covariance],
        ]
    )
    return Gaussian([*own, *scale.keys], np.concatenate([found.mean, scale.mean]), covariance)


def gain_step(world: World, held: Gaussian, asked: Iterable[Terms]) -> Gaussian:
    """Gains together with the levels that are held, which they do not move."""
    needed = dict.fromkeys(key for t in world.trials for line in t.lines for key in line.gains if key != ("omega",))
    needed |= dict.fromkeys(key for terms in asked for key in terms if key != ("omega",))
    keys = [key for key in needed if world.variance(key) > 0]
    prior = Gaussian(keys, np.zeros(len(keys)), np.diag([world.variance(key) for key in keys]))
    terms, levels = [], []
    for trial in world.trials:
        series = trial.arms and not trial.controlled
        terms.append([{**line.gains, **line.level, **({("beta",): 1.0} if series else {})} for line in trial.lines])
        levels.append((world.c["study-sd"] ** 2 + trial.shared if series else FREE) if trial.arms else 0.0)
    x, y, v = stacked(world.trials, terms, levels, keys, together=True)
    z, _, _ = stacked(world.trials, terms, levels, held.keys)
    found, weight = condition(prior, x, y - z @ held.mean, v)
    pull = -weight @ z
    covariance = np.block(
        [
            [found.covariance + pull @ held.covariance @ pull.T, pull @ held.covariance],
            [held.covariance @ pull.T, held.covariance],
        ]
    )
    return Gaussian([*keys, *held.keys], np.concatenate([found.mean, held.mean]), covariance)


def solved(catalog: Catalog, concern: str, asked: Iterable[Terms] = ()) -> tuple[World, Gaussian]:
    """The three steps for one concern of a catalogue."""
    scale = catalog.concerns[concern].scale
    worlds = {
        one.id: world
        for one in catalog.concerns.values()
        if one.scale == scale and (world := world_of(catalog, one.id)).trials
    }
    world = worlds[concern]
    return world, gain_step(world, level_step(world, scale_step(worlds)), asked)
