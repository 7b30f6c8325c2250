"""How much a course is expected to help, from everything the studies of a concern say together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.evidence.former_network import ADJUNCT, Array, Network, Prior, assemble, finer_name, network
from decide.evidence.index import Effect
from decide.evidence.informing import Unused
from decide.evidence.rows import Used, rows_for

SPREAD_STEPS = (0.5, 0.75, 1.0, 1.4, 2.0)
"""Multiples of the catalogue's between-study spread that are tried against the data."""
MOST_NAMED = 12
"""Records named behind an expected benefit; `Benefits.pull` has them all."""


class Estimate(NamedTuple):
    """Posterior of one effect: mean and standard deviation on the concern's scale."""

    mean: float
    sd: float
    studied: bool

    def interval(self, z: float) -> tuple[float, float]:
        """The central interval of half-width z standard deviations."""
        return self.mean - z * self.sd, self.mean + z * self.sd


class Expected(NamedTuple):
    """What is expected of a whole course: mean and central interval, and the records that move it most, each with its
    weight.
    """

    low: float
    mean: float
    high: float
    studied: bool
    pull: tuple[tuple[Used, float], ...]


class Priors(NamedTuple):
    """Priors of a concern's network, from the catalogue's table."""

    treatment: Prior
    adjunct: Mapping[str, Prior]
    finer: Prior
    optimism: Prior
    study_sd: float
    heterogeneity_sd: float
    spread_log_sd: float

    @classmethod
    def of(cls, catalog: Catalog, concern: str, *, optimism: bool = True) -> "Priors":
        """The priors of one concern."""

        def constant(name: str) -> float:
            return catalog.constant(name, concern)

        added = Prior(constant("adjunct-mean"), constant("adjunct-sd"))
        alone = Prior(constant("adjunct-mean"), constant("combination-sd"))
        return cls(
            treatment=Prior(constant("prior-mean"), constant("prior-sd")),
            adjunct={
                p.id: added if p.role == "adjunct" or p.adjunct_to else alone for p in catalog.procedures.values()
            },
            finer=Prior(0.0, constant("subtype-sd")),
            optimism=Prior(constant("optimism-mean"), constant("optimism-sd")) if optimism else Prior(0.0, 0.0),
            study_sd=constant("study-sd"),
            heterogeneity_sd=constant("heterogeneity-sd"),
            spread_log_sd=constant("spread-log-sd"),
        )


@dataclass(frozen=True, eq=False)
class Benefits:
    """One concern's synthesis: the network, the records behind it, and what it says of any effect.

    `subtype` says for which kind estimates are made; the network is the same for all of them.
    """

    concern: str
    subtype: str
    used: tuple[Used, ...]
    unused: tuple[Unused, ...]
    priors: Priors
    spread: float
    posterior: Network | None

    def of_kind(self, subtype: str) -> "Benefits":
        """The same synthesis, asked about one kind of the concern ('' for the whole)."""
        return self if subtype == self.subtype else replace(self, subtype=subtype)

    @cached_property
    def effects(self) -> frozenset[Effect]:
        """Every effect that a row measures."""
        found = {item.effect for item in self.used} | {item.against for item in self.used if item.against}
        return frozenset(found)

    def lent(self, effect: Effect) -> bool:
        """Whether an effect was studied, but in no study that names the kind asked about: its figures are of others."""
        mine = [item for item in self.used if effect in (item.effect, item.against)]
        return bool(self.subtype and mine) and all(item.study.subtype != self.subtype for item in mine)

    def names(self, effect: Effect) -> tuple[str, ...]:
        """The unknowns whose sum is this effect."""
        names = [effect.treatment]
        if effect.adjunct:
            names.append(ADJUNCT + effect.adjunct)
        if self.subtype:
            finer = finer_name(effect.treatment, self.subtype)
            if self.posterior is not None and finer in self.posterior:
                names.append(finer)
        return tuple(names)

    def _prior(self, name: str) -> Prior:
        if name.startswith(ADJUNCT):
            return self.priors.adjunct.get(name.removeprefix(ADJUNCT), Prior(0.0, self.priors.treatment.sd))
        return self.priors.finer if "/" in name else self.priors.treatment

    def estimate(self, effect: Effect) -> Estimate:
        """What is expected of an effect; the prior alone where nothing was measured."""
        if effect not in self._estimated:
            self._estimated[effect] = self._estimate(effect)
        return self._estimated[effect]

    @cached_property
    def _estimated(self) -> dict[Effect, Estimate]:
        return {}

    def _estimate(self, effect: Effect) -> Estimate:
        names = self.names(effect)
        if self.posterior is None:
            mean, variance = 0.0, 0.0
            for name in names:
                prior = self._prior(name)
                mean, variance = mean + prior.mean, variance + prior.sd**2
        else:
            mean, variance = self.posterior.sum(*names, priors={name: self._prior(name) for name in names})
        return Estimate(mean, math.sqrt(variance), effect in self.effects)

    def expected(self, effect: Effect, z: float) -> Expected:
        """What is expected of an effect, with the interval of half-width z standard deviations; worked out once."""
        if (effect, z) not in self._expected:
            estimate = self.estimate(effect)
            low, high = estimate.interval(z)
            pull = tuple(self.pull(effect)[:MOST_NAMED])
            self._expected[effect, z] = Expected(low, estimate.mean, high, estimate.studied, pull)
        return self._expected[effect, z]

    @cached_property
    def _expected(self) -> dict[tuple[Effect, float], Expected]:
        return {}

    def gain(self, effect: Effect) -> Estimate:
        """What an adjunct is expected to add to its base."""
        name = ADJUNCT + (effect.adjunct or "")
        if self.posterior is None or name not in self.posterior:
            prior = self._prior(name)
            return Estimate(prior.mean, prior.sd, False)
        mean, variance = self.posterior.sum(name)
        return Estimate(mean, math.sqrt(variance), True)

    def pull(self, effect: Effect) -> list[tuple[Used, float]]:
        """The records of this effect with the share of the pooled value that each one moves (d mean / d figure)."""
        if self.posterior is None:
            return []
        weights = self.posterior.influence(*(n for n in self.names(effect) if n in self.posterior))
        mine = [
            (item, float(w))
            for item, w in zip(self.used, weights, strict=True)
            if effect in (item.effect, item.against) and abs(w) > 0
        ]
        return sorted(mine, key=lambda pair: -abs(pair[1]))

    def draws(self, effects: Sequence[Effect], count: int, seed: "int | np.random.Generator" = 0) -> Array:
        """Joint draws (count, effects): options that share studies move together."""
        rng = np.random.default_rng(seed)
        columns = np.empty((count, len(effects)))
        joint = self.posterior.draws(count, rng) if self.posterior is not None else np.empty((count, 0))
        missing: dict[str, Array] = {}
        for k, effect in enumerate(effects):
            total = np.zeros(count)
            for name in self.names(effect):
                if self.posterior is not None and name in self.posterior:
                    total += joint @ self.posterior.combination(name)
                else:
                    if name not in missing:
                        prior = self._prior(name)
                        missing[name] = rng.normal(prior.mean, prior.sd, count)
                    total += missing[name]
            columns[:, k] = total
        return columns


def benefits(
    catalog: Catalog,
    concern: str,
    *,
    directions: bool = True,
    pooled: bool = True,
    overlaps: bool = True,
    optimism: bool = True,
) -> Benefits:
    """The synthesis of one concern (design and constants: docs/method.md).

    The spread between studies is estimated: the catalogue's τ and h are multiplied by the factor that the data make
    most probable under a log-normal prior around 1. One dimension, a handful of solves. The switches leave out one way
    of handling records each, to show what it does (docs/handling.md); answers use all of them.
    """
    used, unused = rows_for(catalog, concern, directions=directions, pooled=pooled, overlaps=overlaps)
    priors = Priors.of(catalog, concern, optimism=optimism)
    if not used:
        return Benefits(concern, "", (), tuple(unused), priors, 1.0, None)
    system = assemble([item.row for item in used])

    def solve(spread: float) -> Network:
        return network(
            system,
            treatment=priors.treatment,
            adjunct=priors.adjunct,
            finer=priors.finer,
            optimism=priors.optimism,
            study_sd=priors.study_sd * spread,
            heterogeneity_sd=priors.heterogeneity_sd * spread,
        )

    def fit(spread: float) -> float:
        return solve(spread).log_evidence - 0.5 * (math.log(spread) / priors.spread_log_sd) ** 2

    spread = max(SPREAD_STEPS, key=fit) if priors.spread_log_sd > 0 else 1.0
    return Benefits(concern, "", tuple(used), tuple(unused), priors, spread, solve(spread))


@derived(most=64)
def _synthesis(catalog: Catalog, concern: str) -> Benefits:
    return benefits(catalog, concern)


@derived(most=256)
def synthesis_of(catalog: Catalog, concern: str, subtype: str) -> Benefits:
    """The synthesis of a concern, asked about one kind of it; kept, for it depends on the catalogue alone."""
    return _synthesis(catalog, concern).of_kind(subtype)
