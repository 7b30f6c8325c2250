"""Names of a network, and the unknowns that each arm adds up.

Unknowns are tuples. Gains: ("gain", g, p) of treatment p in a group g of kinds, ("kind", p, k) its departure in a kind,
("product", g, p, m) in a product, ("added", g, a) of an add-on, ("pair", g, p, a) on one base. Levels: ("level",),
("level of", k), ("untreated",), ("series",), ("cut", c). Every prior spread of a gain is a share of one s.
"""

import math
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from decide.errors import InputError
from decide.mcda.labelled import number
from decide.synthesis.labels import Effect, known, label, parts, spelt
from decide.synthesis.model import Model

Key = tuple[str, ...]
Terms = dict[Key, float]
ALONE = ""
"""The one kind of a network that tells no kinds apart, and its group."""


class Arm(NamedTuple):
    """One arm of a study as it is understood: what was given, to people of which kinds."""

    effect: Effect
    product: str
    kinds: tuple[tuple[str, float], ...]
    cut: str | None = None

    @property
    def node(self) -> str:
        """Its name: what was given, and which product."""
        return spelt(self.effect) + (f" ({self.product})" if self.product else "")


class Names:
    """Treatments, kinds and references of a network, and how what is asked about it is understood."""

    def __init__(self, reference: Any, model: Model) -> None:
        self.model = model
        given = reference if isinstance(reference, list | tuple | set | frozenset) else [reference]
        self.reference = tuple(label("the reference", one) for one in given if one is not None)
        self.untreated = frozenset(label("an untreated arm", one) for one in model.untreated)
        self.baseline = frozenset(label("a baseline", one) for one in model.baseline)
        gains = model.gains
        self.bases = {label("a base", one): i for i, one in enumerate(gains.bases if gains else ())}
        self.made_to_add = frozenset(label("an add-on", one) for one in (gains.made_to_add if gains else ()))
        self.treatments: set[str] = set()
        self.before: set[str] = set()
        told = model.kinds
        self.kinds = {label("a kind", k): float(v) for k, v in told.share.items()} if told else {ALONE: 1.0}
        group = told.group if told else {}
        self._group = {label("a kind", k): label("a group", g) for k, g in group.items()} or {ALONE: ALONE}
        self._lends = {label("a group", g): float(rho) for g, rho in told.lends.items()} if told else {}

    def effect(self, given: Any, among: Collection[str] | None = None) -> Effect:
        """What was given, its base first. What stands for nothing adds nothing to anything else."""
        found = parts("a treatment", given)
        nothing = {*self.reference, *self.untreated}
        found = found - nothing or found
        for name in sorted(found) if among is not None else ():
            known("treatment", name, among or ())
        if len(found) > 1 and found <= nothing:
            raise InputError(f"{spelt(sorted(found))} are two ways of giving nothing")

        def place(name: str) -> tuple[bool, int, str]:
            return name in self.made_to_add, self.bases.get(name, len(self.bases)), name

        return tuple(sorted(found, key=place))

    def shares(self, given: Any, where: str) -> tuple[tuple[str, float], ...]:
        """Kinds with their shares, in a fixed order; those of the model where none are given."""
        kinds = self.kinds
        if given is None or (isinstance(given, float) and math.isnan(given)):
            return tuple(sorted(kinds.items()))
        if self.model.kinds is None:
            raise InputError(f"{where} names a kind, and the model tells no kinds", "give `kinds`, or leave it out")
        if not isinstance(given, Mapping):
            return ((known("kind", label("a kind", given), kinds), 1.0),)
        found = {
            known("kind", label("a kind", k), kinds): number(f"a share of {k!r}", v, 0, 1) for k, v in given.items()
        }
        if abs(sum(found.values()) - 1) > 1e-6:
            raise InputError(f"the shares of kinds of {where} must sum to 1")
        return tuple(sorted((k, v) for k, v in found.items() if v > 0))

    def group(self, kind: str) -> str:
        """The group of a kind."""
        return self._group[kind]

    def lends(self, group: str) -> float:
        """What the kinds of a group have in common; one kind alone has all of it."""
        alone = sum(one == group for one in self._group.values()) < 2
        return 1.0 if alone else self._lends[group]

    def is_nothing(self, effect: Effect) -> bool:
        """Whether an arm was given a dummy, or nothing."""
        return effect[0] in self.reference or effect[0] in self.untreated

    def gain(self, arm: Arm) -> Terms:
        """The unknowns that an arm's gain over a dummy adds up."""
        base, *added = arm.effect
        if base in self.reference:
            return {}
        if base in self.untreated:
            return {("untreated",): 1.0}
        if self.model.gains is None:
            return {("gain", ALONE, arm.node): 1.0}
        terms: Terms = {}
        for kind, share in arm.kinds:
            group = self.group(kind)
            rho = self.lends(group)
            if rho > 0:
                add(terms, ("gain", group, base), share)
            if rho < 1:
                add(terms, ("kind", base, kind), share)
            if arm.product:
                add(terms, ("product", group, base, arm.product), share)
            for name in added:
                add(terms, ("added", group, name), share)
                add(terms, ("pair", group, base, name), share)
        return terms

    def level(self, arm: Arm, *, series: bool) -> Terms:
        """The unknowns of an arm's level without the treatments."""
        terms: Terms = {("level",): 1.0}
        if self.model.kinds:
            for kind, share in arm.kinds:
                terms["level of", kind] = share
        if arm.cut is not None:
            terms["cut", arm.cut] = 1.0
        if series:
            terms[("series",)] = 1.0
        return terms

    def prior(self, key: Key) -> float:
        """The prior variance of a gain's unknown, as a share of s²."""
        gains = self.model.gains
        assert gains is not None
        match key[0]:
            case "gain":
                return self.lends(key[1])
            case "kind":
                return 1.0 - self.lends(self.group(key[2]))
            case "product":
                assert gains.product is not None
                return gains.product**2
            case _:
                share = gains.added if key[-1] in self.made_to_add else gains.combined
                if share is None or gains.pair is None:
                    raise InputError(f"{key[-1]!r} is added to something", "give `combined` and `pair`")
                return share**2 * (gains.pair**2 if key[0] == "pair" else 1.0)


def add(terms: Terms, key: Key, value: float) -> None:
    """Adds so much of an unknown to a sum."""
    terms[key] = terms.get(key, 0.0) + value
