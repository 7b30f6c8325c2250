"""How much a course is expected to gain over doing nothing, from everything the studies of a concern say together.

Long because all that is asked of a synthesis is asked here, whether it was kept or is worked out.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from decide.catalog import Catalog, worked
from decide.catalog.derived import derived
from decide.catalog.kinds import kinds_of, meant, mixture
from decide.evidence import compiled
from decide.evidence.index import Effect
from decide.evidence.informing import INACTIVE, Unused
from decide.evidence.model import UNTREATED, problem_of, scale_of
from decide.evidence.rows import Rows, Used, given, rows_for
from decide.evidence.says import Expected, OfKind, Says, halves_of, pulls_of, rounded, table_of
from decide.lazily import dataclass
from decide.synthesis import Asked, Joint, Network, Posterior, network
from decide.synthesis.consistency import Inconsistency, Split
from decide.synthesis.grid import Kept
from decide.synthesis.influence import Shares
from decide.synthesis.labels import spelt
from decide.synthesis.posterior import Margins

Array = NDArray[np.float64]
MOST_OF_KIND = 0.5
"""The least share of a study's people that must have a kind for it to be studied in that kind: the greater part."""


class Fitted:
    """A concern's network, fitted when it is asked for; and what was kept of all that it says, where it was."""

    def __init__(self, make: Callable[[Kept | None], Network], says: Says | None = None) -> None:
        self.says = says
        self._make = make

    @cached_property
    def network(self) -> Network:
        """The network; without the search of its spreads where that was kept."""
        return self._make(self.says.fit if self.says else None)

    @classmethod
    def of(cls, network: Network) -> "Fitted":
        """One that is there already."""
        found = cls(lambda kept: network)
        found.__dict__["network"] = network
        return found

    def saying(self, says: Says) -> "Fitted":
        """The same, with all that it says; fitted already where it was."""
        other = Fitted(self._make, says)
        if "network" in self.__dict__:
            other.__dict__["network"] = self.network
        return other


@dataclass(frozen=True, eq=False)
class Benefits:
    """One concern's synthesis: the network of gains, the records behind it, and what it says of any effect.

    `kind` says for which kind estimates are made; the network is the same for all of them. Gains are over a dummy
    treatment; where the base of an add-on is had anyway, over the base alone. `fitted` is None where no study speaks.
    """

    catalog: Catalog
    concern: str
    kind: str
    rows: Callable[[], Rows]
    fitted: Fitted | None

    @property
    def used(self) -> tuple[Used, ...]:
        """The records behind it."""
        return self.rows().used

    @property
    def unused(self) -> tuple[Unused, ...]:
        """What informs nothing, and why."""
        return self.rows().unused

    @property
    def network(self) -> Network | None:
        """The network of gains; None where no study speaks."""
        return self.fitted.network if self.fitted else None

    @property
    def _kept(self) -> OfKind | None:
        """What was kept for the kind that is asked about."""
        return self.fitted.says.kinds.get(self.kind) if self.fitted and self.fitted.says else None

    def of_kind(self, kind: str) -> "Benefits":
        """The same synthesis, asked about one kind of the concern ('' for the whole)."""
        return self if kind == self.kind else replace(self, kind=kind)

    @cached_property
    def asked(self) -> dict[str, float] | None:
        """The kinds that are asked about with their shares; None for a concern without kinds."""
        return mixture(self.catalog.concerns[self.concern], self.kind) or None

    @cached_property
    def lending(self) -> frozenset[str]:
        """The kinds that lend to what is asked about, themselves included."""
        found = kinds_of(self.catalog.concerns[self.concern])
        groups = {found.groups[kind] for kind in self.asked or ()}
        return frozenset(k for k, g in found.groups.items() if k in (self.asked or ()) or (g in groups and found.lends))

    def in_kinds(self, item: Used, kinds: Collection[str]) -> float:
        """The share of a record's people who have one of these kinds; 1 for a concern without kinds."""
        if self.asked is None:
            return 1.0
        return item.part * float(sum(share for kind, share in item.row.kinds.items() if kind in kinds))

    @cached_property
    def trials(self) -> dict[str, list[Used]]:
        """Every trial with its records."""
        found: dict[str, list[Used]] = {}
        for item in self.used:
            found.setdefault(item.trial, []).append(item)
        return found

    @cached_property
    def of_kind_asked(self) -> dict[str, float]:
        """The share of each trial's people who have what is asked about."""
        asked = self.asked or ()
        return {name: max(self.in_kinds(item, asked) for item in items) for name, items in self.trials.items()}

    def _mostly(self, effect: Effect, kinds: Collection[str]) -> bool:
        return any(_of(item, kinds) >= MOST_OF_KIND for item in self.records_of(effect))

    def measured(self, effect: Effect) -> list[Used]:
        """The records of an effect in people mostly of kinds that lend to what is asked about."""
        return [item for item in self.records_of(effect) if _of(item, self.lending) >= MOST_OF_KIND]

    @cached_property
    def _records(self) -> dict[Effect, list[Used]]:
        """Every effect that a row measures, with its records."""
        found: dict[Effect, list[Used]] = {}
        for item in self.used:
            for effect in (item.effect, item.against):
                if effect is not None:
                    found.setdefault(effect, []).append(item)
        return found

    def records_of(self, effect: Effect) -> Sequence[Used]:
        """The records that measure an effect, or hold it against another."""
        return self._records.get(effect.plain, [])

    def studied(self, effect: Effect) -> bool:
        """Whether a row measures an effect mostly in kinds that lend to what is asked about: it has a figure."""
        return effect.plain in self.effects if self._kept else self._mostly(effect, self.lending)

    def lent(self, effect: Effect) -> bool:
        """Whether an effect has a figure, and no study mostly of what is asked about gave it."""
        if self._kept:
            return effect.plain in self._kept.lent
        return self.studied(effect) and not self._mostly(effect, self.asked or ())

    @cached_property
    def effects(self) -> frozenset[Effect]:
        """Every effect that has a figure."""
        if self._kept:
            return frozenset(effect for effect in self._kept.effects if effect.product is None)
        return frozenset(effect for effect in self._records if self.studied(effect))

    # ------------------------------------------------------------------ gains

    def ask(self, effect: Effect) -> Asked:
        """An effect as the network is asked for it."""
        treatment = given(self.catalog, self.concern, effect)
        over = None
        if effect.adjunct and self.catalog.concerns[self.concern].base_is_given:
            over = (effect.treatment,)
        return Asked(treatment, self.asked, effect.product, over)

    def gain(self, effect: Effect, *, predicted: bool = False) -> Posterior:
        """The gain of an effect; its prior where nothing was measured, and the gain of a new trial if `predicted`."""
        if self.network is None:
            return _unknown(self.catalog.constant("gain-sd", self.concern))
        return self.network.gain(self.ask(effect), predicted=predicted)

    def joint(self, effects: Sequence[Effect]) -> Joint:
        """Several gains together; those of all effects that have a figure are worked out once."""
        if all(effect in self._place for effect in effects):
            return self._joint.only([self._place[effect] for effect in effects])
        return self._together(effects)

    def gains(self, effects: Sequence[Effect]) -> Margins:
        """Several gains, each by itself."""
        if not all(effect in self._place for effect in effects):
            return self._together(effects).margins
        at = [self._place[effect] for effect in effects]
        found = self._margins
        return replace(found, means=found.means[:, at], sds=found.sds[:, at])

    def _together(self, effects: Sequence[Effect]) -> Joint:
        if self.network is None:
            sd = self.catalog.constant("gain-sd", self.concern)
            return Joint(np.ones(1), np.zeros((1, len(effects))), sd**2 * np.eye(len(effects))[None])
        return self.network.joint([self.ask(effect) for effect in effects])

    @cached_property
    def _ordered(self) -> Sequence[Effect]:
        """All that is worked out together: every effect that has a figure, and each as what options are, a product that
        somewhere has a price.
        """
        if self._kept:
            return self._kept.effects
        markets = [self.catalog.prices(market) for market in self.catalog.markets]
        priced = {
            effect._replace(product=price.product)
            for effect in self.effects
            for prices in markets
            for price in prices.get(effect.main, ())
        }
        return sorted({*self.effects, *priced}, key=lambda e: (e.treatment, e.adjunct or "", e.product or ""))

    @cached_property
    def _place(self) -> dict[Effect, int]:
        return {effect: i for i, effect in enumerate(self._ordered)}

    @cached_property
    def _joint(self) -> Joint:
        return self._kept.gains if self._kept else rounded(self._worked_out)

    @cached_property
    def _margins(self) -> Margins:
        return self._kept.margins if self._kept else self._worked_out.margins

    @cached_property
    def _worked_out(self) -> Joint:
        return self._together(self._ordered)

    def added(self, effect: Effect) -> Posterior:
        """What an add-on gains on top of its base."""
        if self.network is None:
            return _unknown(self.catalog.constant("gain-sd", self.concern))
        base = given(self.catalog, self.concern, Effect(effect.treatment))
        return self.network.gain(Asked(given(self.catalog, self.concern, effect), self.asked, None, base))

    def expected(self, effect: Effect) -> Expected:
        """What is expected of an effect, with its ranges; worked out once, for all that rows measure together."""
        if effect not in self._expected:
            self._expected.update(self._ranges([effect]))
        return self._expected[effect]

    @cached_property
    def _expected(self) -> dict[Effect, Expected]:
        return dict(self._kept.expected) if self._kept else self._ranges(self._ordered)

    def _ranges(self, effects: Sequence[Effect]) -> dict[Effect, Expected]:
        if not effects:
            return {}
        gains = self.gains(effects)
        wide = self.catalog.constant("certainty-range")
        shown, sure = (gains.intervals(level) for level in (self.catalog.constant("interval"), wide))
        new = gains.predicted.intervals(wide) if gains.h is not None else sure
        return {
            effect: Expected(
                low=float(shown[0, i]),
                mean=float(gains.mean[i]),
                high=float(shown[1, i]),
                sure=(float(sure[0, i]), float(sure[1, i])),
                new=(float(new[0, i]), float(new[1, i])),
                studied=self.studied(effect),
            )
            for i, effect in enumerate(effects)
        }

    def draws(self, effects: Sequence[Effect], count: int, seed: "int | np.random.Generator" = 0) -> Array:
        """Joint draws (count, effects) of gains: options that share studies move together."""
        every = (
            self._place
            if all(e in self._place for e in effects)
            else {e: i for i, e in enumerate(dict.fromkeys(effects))}
        )
        together = self._joint if every is self._place else self._together(list(every))
        found: Array = together.draws(count, seed)[:, [every[effect] for effect in effects]]
        return found

    # ------------------------------------------------------------------ what nothing does

    def nothing(self) -> Posterior:
        """What people of the kind come to with a dummy treatment in the trials."""
        if self._kept:
            return self._kept.nothing
        if self.network is None:
            return _unknown(
                self.catalog.constant("level-sd", self.concern), self.catalog.constant("level-mean", self.concern)
            )
        return self.network.level(self.asked)

    @property
    def level_known(self) -> bool:
        """Whether a study gave people mostly of the kind a dummy, or left them alone; else the level is assumed."""
        if self._kept:
            return self._kept.level_known
        return self.network is not None and not self.network.level_is_assumed(self.asked)

    def left_alone(self) -> Posterior | None:
        """What people of the kind come to when left alone; None where no study left anybody alone."""
        if self._kept:
            return self._kept.left_alone
        alone = any(UNTREATED in (e.treatment for e in (i.effect, i.against) if e) for i in self.used)
        return self.network.level(self.asked, untreated=True) if self.network is not None and alone else None

    # ------------------------------------------------------------------ what it rests on

    def shares(self, effect: Effect) -> Shares:
        """What a gain rests on: shares of its pull (all of it the prior's where no study speaks)."""
        if effect in self._shares:
            return self._shares[effect]
        return Shares({}, {}, 1.0, 0.0) if self.network is None else self.network.shares(self.ask(effect))

    @cached_property
    def _shares(self) -> dict[Effect, Shares]:
        """Of every effect that a row measures, worked out together."""
        if self._kept and self.fitted and self.fitted.says:
            return self._kept.shares(self.fitted.says.trials)
        effects = [effect for effect in self._ordered if effect.adjunct or effect.treatment not in INACTIVE]
        if self.network is None or not effects:
            return {}
        return dict(zip(effects, self.network.shares_of_all([self.ask(e) for e in effects]), strict=True))

    @cached_property
    def inconsistency(self) -> tuple[Inconsistency, ...]:
        """Whether the studies' comparisons agree, for each group of kinds that is asked about."""
        if self.fitted is None:
            return ()
        says = self.fitted.says
        every = says.inconsistency if says else self.fitted.network.inconsistency()
        known = kinds_of(self.catalog.concerns[self.concern]).groups
        groups = {known[kind] for kind in self.asked or ()}
        return tuple(one for one in every if not groups or one.group in groups)

    @property
    def outliers(self) -> dict[str, float]:
        """The chance of each trial that was looked at that it stands apart from the rest."""
        if self.fitted is None:
            return {}
        return self.fitted.says.outliers if self.fitted.says else self.fitted.network.outliers

    def tests(self, effect: Effect) -> list[Split]:
        """The tests of an effect's comparisons, direct against indirect, also those that the studies do not allow."""
        name = spelt(given(self.catalog, self.concern, effect))
        return [test for one in self.inconsistency for test in one.splits if name in (test.first, test.second)]

    def conflicts(self, effect: Effect) -> list[Split]:
        """The tests of an effect's comparisons that the studies allow."""
        return [test for test in self.tests(effect) if test.testable]

    def pull(self, effect: Effect) -> list[tuple[Used, float]]:
        """The records of this effect, each with what its trial has of the pull (shared out, where it has several)."""
        if effect.treatment in INACTIVE and effect.adjunct is None:
            return []
        shares = self.shares(effect)
        mine = self.records_of(effect)
        records = {item.trial: sum(other.trial == item.trial for other in mine) for item in mine}
        found = [(item, shares.of(item.trial) / records[item.trial]) for item in mine]
        return sorted(((item, pull) for item, pull in found if pull > 0), key=lambda pair: -pair[1])


def _of(item: Used, kinds: Collection[str]) -> float:
    """The part of a record's people who were studied in these kinds: none where it does not tell them from others, for
    how common a kind is in general says nothing of the people who were looked at.
    """
    return item.part if item.row.kinds is None or set(item.row.kinds) <= set(kinds) else 0.0


def _unknown(sd: float, mean: float = 0.0) -> Posterior:
    return Posterior(np.ones(1), np.array([mean]), np.array([sd]))


def benefits(
    catalog: Catalog,
    concern: str,
    *,
    directions: bool = True,
    pooled: bool = True,
    overlaps: bool = True,
    says: Says | None = None,
) -> Benefits:
    """The synthesis of one concern (design and constants: docs/method.md).

    The switches leave out one way of handling records each, to show what it does (docs/handling.md); answers use all.
    What it `says` may be known already.
    """

    @cache
    def rows() -> Rows:
        return rows_for(catalog, concern, directions=directions, pooled=pooled, overlaps=overlaps)

    def fit(kept: Kept | None) -> Network:
        asked = problem_of(catalog, concern, rows())
        scale = None if kept else scale_of(catalog, catalog.concerns[concern].scale)
        return network(asked.rows, asked.reference, model=asked.model, studies=asked.studies, scale=scale, kept=kept)

    return Benefits(catalog, concern, "", rows, Fitted(fit, says) if says or rows().used else None)


def says(found: Benefits) -> Says:
    """All that a synthesis says of the kinds that are asked about."""
    fitted = found.fitted
    assert fitted is not None
    concern = found.catalog.concerns[found.concern]
    asked = dict.fromkeys(meant(concern, kind) for kind in ("", *(one.id for one in concern.subtype)))
    net = fitted.network
    kinds = {kind: _of_kind(found.of_kind(kind), net.studies) for kind in asked}
    return Says(net.studies, net.outliers, net.inconsistency(), kinds, net.kept)


def _of_kind(found: Benefits, trials: Sequence[str]) -> OfKind:
    gains, alone, shares = found._joint, found._margins, found._shares
    return OfKind(
        tuple(found._ordered),
        gains.weights,
        gains.means,
        alone.sds,
        halves_of(gains),
        table_of([found._expected[effect] for effect in found._ordered]),
        tuple(shares),
        pulls_of(list(shares.values()), trials),
        found.nothing(),
        found.left_alone(),
        found.level_known,
        tuple(effect for effect in found._ordered if effect.product is None and found.lent(effect)),
    )


@derived(most=64)
def _synthesis(catalog: Catalog, concern: str) -> Benefits:
    name = compiled.gains_of(concern)
    known = compiled.found(catalog, name)
    made = benefits(catalog, concern, says=known)
    if known is not None or made.fitted is None or not worked.keeps(catalog):
        return made
    known = says(made)
    compiled.keep(catalog, name, known)
    return replace(made, fitted=made.fitted.saying(known))


@derived(most=256)
def synthesis_of(catalog: Catalog, concern: str, kind: str) -> Benefits:
    """The synthesis of a concern, asked about one kind of it (none: the one that is meant); kept, for it depends on the
    catalogue alone.
    """
    return _synthesis(catalog, concern).of_kind(meant(catalog.concerns[concern], kind))
