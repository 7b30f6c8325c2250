"""How much a course is expected to gain over doing nothing, from everything the studies of a concern say together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.evidence.index import Effect
from decide.evidence.informing import INACTIVE, Unused
from decide.evidence.model import UNTREATED, asked_kinds, given, problem_of, scale_of
from decide.evidence.rows import Used, rows_for
from decide.synthesis import Asked, Joint, Network, Posterior, network
from decide.synthesis.influence import Shares

Array = NDArray[np.float64]
MOST_NAMED = 12
"""Records named behind an expected gain; `Benefits.pull` has them all."""
MOST_OF_KIND = 0.5
"""The least share of a study's people that must have a kind for it to be studied in that kind: the greater part."""


class Expected(NamedTuple):
    """What is expected of a whole course: the mean gain and its central interval, and the records that rest behind it,
    each with its study's share of the pull.
    """

    low: float
    mean: float
    high: float
    studied: bool
    pull: tuple[tuple[Used, float], ...]


@dataclass(frozen=True, eq=False)
class Benefits:
    """One concern's synthesis: the network of gains, the records behind it, and what it says of any effect.

    `kind` says for which kind estimates are made; the network is the same for all of them. Gains are over a dummy
    treatment; where the base of an add-on is had anyway, over the base alone. `network` is None where no study speaks.
    """

    catalog: Catalog
    concern: str
    kind: str
    used: tuple[Used, ...]
    unused: tuple[Unused, ...]
    network: Network | None

    def of_kind(self, kind: str) -> "Benefits":
        """The same synthesis, asked about one kind of the concern ('' for the whole)."""
        return self if kind == self.kind else replace(self, kind=kind)

    @cached_property
    def _asked(self) -> "dict[str, float] | None":
        found = asked_kinds(self.catalog, self.concern, self.kind)
        return dict(found) if found is not None else None

    @cached_property
    def _kinds_of_rows(self) -> dict[Effect, list[dict[str, float]]]:
        """Every effect that a row measures, with the kinds that each of its rows is of."""
        known = self.catalog.concerns[self.concern]
        found: dict[Effect, list[dict[str, float]]] = {}
        for item in self.used:
            kinds = dict(asked_kinds(self.catalog, self.concern, str(item.row.kinds or "")) or {})
            for effect in (item.effect, item.against):
                if effect is not None:
                    found.setdefault(effect, []).append(kinds if known.subtype else {})
        return found

    def _in(self, effect: Effect, kinds: "set[str] | None") -> bool:
        """Whether a row measures an effect mostly in people of these kinds (of any, where none are told apart)."""
        rows = self._kinds_of_rows.get(effect, [])
        if kinds is None:
            return bool(rows)
        return any(sum(share for kind, share in row.items() if kind in kinds) >= MOST_OF_KIND for row in rows)

    def studied(self, effect: Effect) -> bool:
        """Whether a row measures an effect in a kind that lends to what is asked about: it has a figure."""
        if self._asked is None:
            return self._in(effect, None)
        return self._in(effect, self.catalog.concerns[self.concern].lending(self._asked))

    def lent(self, effect: Effect) -> bool:
        """Whether an effect has a figure, and no study mostly of what is asked about gave it."""
        return self._asked is not None and self.studied(effect) and not self._in(effect, set(self._asked))

    @cached_property
    def effects(self) -> frozenset[Effect]:
        """Every effect that has a figure."""
        return frozenset(effect for effect in self._kinds_of_rows if self.studied(effect))

    # ------------------------------------------------------------------ gains

    def ask(self, effect: Effect) -> Asked:
        """An effect as the network is asked for it."""
        treatment = given(self.catalog, self.concern, effect)
        over = None
        if effect.adjunct and self.catalog.concerns[self.concern].base_is_given:
            over = (effect.treatment,)
        return Asked(treatment, self._asked, None, over)

    def gain(self, effect: Effect, *, predicted: bool = False) -> Posterior:
        """The gain of an effect; its prior where nothing was measured, and the gain of a new trial if `predicted`."""
        if self.network is None:
            return _unknown(self.catalog.constant("gain-sd", self.concern))
        return self.network.gain(self.ask(effect), predicted=predicted)

    def joint(self, effects: Sequence[Effect]) -> Joint:
        """Several gains together."""
        if self.network is None:
            sd = self.catalog.constant("gain-sd", self.concern)
            return Joint(np.ones(1), np.zeros((1, len(effects))), sd**2 * np.eye(len(effects))[None])
        return self.network.joint([self.ask(effect) for effect in effects])

    def added(self, effect: Effect) -> Posterior:
        """What an add-on gains on top of its base."""
        if self.network is None:
            return _unknown(self.catalog.constant("gain-sd", self.concern))
        base = given(self.catalog, self.concern, Effect(effect.treatment))
        return self.network.gain(Asked(given(self.catalog, self.concern, effect), self._asked, None, base))

    def expected(self, effect: Effect) -> Expected:
        """What is expected of an effect, with the catalogue's central interval; worked out once."""
        if effect not in self._expected:
            gain = self.gain(effect)
            low, high = gain.interval(self.catalog.constant("interval"))
            pull = tuple(self.pull(effect)[:MOST_NAMED])
            self._expected[effect] = Expected(low, gain.mean, high, self.studied(effect), pull)
        return self._expected[effect]

    @cached_property
    def _expected(self) -> dict[Effect, Expected]:
        return {}

    def draws(self, effects: Sequence[Effect], count: int, seed: "int | np.random.Generator" = 0) -> Array:
        """Joint draws (count, effects) of gains: options that share studies move together."""
        return self.joint(effects).draws(count, seed)

    # ------------------------------------------------------------------ what nothing does

    def nothing(self) -> Posterior:
        """What people of the kind come to with a dummy treatment in the trials."""
        if self.network is None:
            return _unknown(self.catalog.constant("level-sd", self.concern), self.catalog.constant("level-mean", self.concern))
        return self.network.level(self._asked)

    def left_alone(self) -> Posterior | None:
        """What people of the kind come to when left alone; None where no study left anybody alone."""
        alone = any(UNTREATED in (e.treatment for e in (i.effect, i.against) if e) for i in self.used)
        return self.network.level(self._asked, untreated=True) if self.network is not None and alone else None

    # ------------------------------------------------------------------ what it rests on

    def shares(self, effect: Effect) -> Shares:
        """What a gain rests on: shares of its pull (all of it the prior's where no study speaks)."""
        if effect not in self._shares:
            none = Shares({}, {}, 1.0, 0.0)
            self._shares[effect] = self.network.shares(self.ask(effect)) if self.network is not None else none
        return self._shares[effect]

    @cached_property
    def _shares(self) -> dict[Effect, Shares]:
        return {}

    def pull(self, effect: Effect) -> list[tuple[Used, float]]:
        """The records of this effect, each with what its trial has of the pull (its part, where a trial has several)."""
        if effect.treatment in INACTIVE and effect.adjunct is None:
            return []
        shares = self.shares(effect)
        mine = [item for item in self.used if effect in (item.effect, item.against)]
        records = {item.trial: sum(other.trial == item.trial for other in mine) for item in mine}
        found = [(item, shares.of(item.trial) / records[item.trial]) for item in mine]
        return sorted(((item, pull) for item, pull in found if pull > 0), key=lambda pair: -pair[1])


def _unknown(sd: float, mean: float = 0.0) -> Posterior:
    return Posterior(np.ones(1), np.array([mean]), np.array([sd]))


def benefits(
    catalog: Catalog,
    concern: str,
    *,
    directions: bool = True,
    pooled: bool = True,
    overlaps: bool = True,
) -> Benefits:
    """The synthesis of one concern (design and constants: docs/method.md).

    The switches leave out one way of handling records each, to show what it does (docs/handling.md); answers use all.
    """
    rows = rows_for(catalog, concern, directions=directions, pooled=pooled, overlaps=overlaps)
    if not rows.used:
        return Benefits(catalog, concern, "", (), rows.unused, None)
    asked = problem_of(catalog, concern, rows)
    scale = scale_of(catalog, catalog.concerns[concern].scale)
    found = network(asked.rows, asked.reference, model=asked.model, studies=asked.studies, scale=scale)
    return Benefits(catalog, concern, "", rows.used, rows.unused, found)


@derived(most=64)
def _synthesis(catalog: Catalog, concern: str) -> Benefits:
    return benefits(catalog, concern)


@derived(most=256)
def synthesis_of(catalog: Catalog, concern: str, kind: str) -> Benefits:
    """The synthesis of a concern, asked about one kind of it; kept, for it depends on the catalogue alone."""
    return _synthesis(catalog, concern).of_kind(kind)
