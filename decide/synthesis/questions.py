"""How a question becomes a sum of unknowns, and sums of unknowns a mixture of Gaussians."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import flag
from decide.mcda.labelled import Array
from decide.synthesis.covariances import Covariances
from decide.synthesis.downdate import Watched
from decide.synthesis.grid import Block, Fit
from decide.synthesis.labels import known, label
from decide.synthesis.names import Arm, Names, Terms, add
from decide.synthesis.posterior import Joint, Margins
from decide.synthesis.system import matrix


class Asked(NamedTuple):
    """What is asked about: a treatment (a name, or a tuple of names given together), in a kind, as a product; over the
    reference, or `over` something else (a name, or a tuple of names).
    """

    treatment: Any
    kind: Any = None
    product: Any = None
    over: Any = None


class Part(NamedTuple):
    """Sums of unknowns (n) of one block: what they add of its gains, `x` (n, gains), the covariances of these, their
    means with the held at nought (components, n), how the held move them (components, n, held), and the covariance
    (components, n, n) of what no row measures.
    """

    x: Array
    covariances: Covariances
    mean: Array
    slope: Array
    unmeasured: Array

    @property
    def together(self) -> Array:
        """The covariance of the sums (components, n, n), the held apart."""
        found: Array = self.covariances.among(self.x) + self.unmeasured
        return found


class _Gathered(NamedTuple):
    """Sums of unknowns over all blocks: weights, h, means and how the held move them, and each block's part with the
    places of its components.
    """

    weight: Array
    h: Array
    mean: Array
    slope: Array
    parts: list[tuple[Part, Any]]


@dataclass(frozen=True, eq=False)
class Questions:
    """What can be asked of a fit: its names, which block each group of kinds is in, and the arms that were measured."""

    names: Names
    fit: Fit
    block_of: Mapping[str, int]
    arms: Mapping[str, Arm]

    def terms(self, given: Any, kind: Any = None) -> Terms:
        """The unknowns that a gain adds up: of a name, a tuple of names or an `Asked`."""
        asked = given if isinstance(given, Asked) else Asked(given, kind)
        if asked.over is not None:
            terms = dict(self.terms(asked._replace(over=None)))
            for key, value in self.terms(Asked(asked.over, asked.kind)).items():
                add(terms, key, -value)
            return {key: value for key, value in terms.items() if value}
        model = self.names.model
        shares = self.names.shares(asked.kind, "what is asked")
        name = (
            label("a treatment", asked.treatment)
            if not isinstance(asked.treatment, tuple | list | set | frozenset)
            else ""
        )
        if name in self.arms and asked.product is None:
            return self.names.gain(self.arms[name]._replace(kinds=shares))
        also = {label("a treatment", one) for one in model.gains.also} if model.gains else set()
        among = {*self.names.treatments, *self.names.reference, *self.names.untreated, *also}
        effect = self.names.effect(asked.treatment, among)
        product = "" if asked.product is None else label("a product", asked.product)
        if product and (model.gains is not None and model.gains.product is None):
            raise InputError("the model tells no products", "give `product`")
        arm = Arm(effect, product, shares)
        if model.gains is None and not self.names.is_nothing(effect):
            known("treatment", arm.node, self.arms)
        return self.names.gain(arm)

    def level(self, kind: Any, *, untreated: bool = False) -> Terms:
        """The unknowns of a kind\'s level without treatments."""
        if self.names.model.levels is None:
            raise InputError("this network supposes nothing of levels", "give its model `levels`")
        terms = self.names.level(Arm((), "", self.names.shares(kind, "what is asked")), series=False)
        if flag("untreated", untreated):
            if not self.names.untreated:
                raise InputError("no arm of this network was left alone", "name them in `untreated`")
            add(terms, ("untreated",), 1.0)
        return terms

    def block(self, key: tuple[str, ...]) -> int:
        """The block that a gain\'s unknown is in."""
        return self.block_of[self.names.group(key[2]) if key[0] == "kind" else key[1]]

    def split(self, terms: Terms, block: Block) -> tuple[Array, Array, Terms]:
        """A sum of unknowns as (gains,) of a block, (held,), and what no row measures."""
        keys = self.fit.held.keys
        x, on_held = np.zeros(block.system.gains), np.zeros(len(keys))
        unmeasured: Terms = {}
        for key, value in terms.items():
            if key in keys:
                on_held[keys.index(key)] += value
            elif key in block.place:
                x[block.place[key]] += value
            else:
                unmeasured[key] = value
        return x, on_held, unmeasured

    def watched(self, asked: Sequence[Terms]) -> list[tuple[list[int], Watched]]:
        """Sums of unknowns by the block that they are in, with what leaving studies out of it needs."""
        by_block: dict[int, list[int]] = {}
        for i, terms in enumerate(asked):
            touched = sorted({self.block(key) for key in terms if key not in self.fit.held.keys}) or [0]
            if len(touched) > 1:
                raise InputError("kinds that lend nothing to each other cannot leave together", "ask about one kind")
            by_block.setdefault(touched[0], []).append(i)
        found = []
        for b, at in by_block.items():
            block = self.fit.blocks[b]
            parts = [self.split(asked[i], block) for i in at]
            x, on_held = np.array([one[0] for one in parts]), np.array([one[1] for one in parts])
            unmeasured = [sum(v * v * self.names.prior(k) for k, v in one[2].items()) for one in parts]
            found.append((at, Watched(b, x, on_held, np.array(unmeasured), block.covariances.times(x))))
        return found

    def joint(self, asked: Sequence[Terms]) -> Joint:
        """Sums of unknowns together."""
        found = self._gathered(asked)
        covariance = found.slope @ self.fit.held.covariance @ found.slope.transpose(0, 2, 1)
        for part, at in found.parts:
            covariance = covariance + part.together[at]
        return Joint(found.weight, found.mean, covariance, found.h)

    def margins(self, asked: Sequence[Terms]) -> Margins:
        """Sums of unknowns, each by itself."""
        found = self._gathered(asked)
        variance = ((found.slope @ self.fit.held.covariance) * found.slope).sum(axis=2)
        for part, at in found.parts:
            own = part.covariances.each(part.x)
            variance = variance + (own + np.diagonal(part.unmeasured, axis1=-2, axis2=-1))[at]
        return Margins(found.weight, found.mean, np.sqrt(np.clip(variance, 0.0, None)), found.h)

    def _gathered(self, asked: Sequence[Terms]) -> _Gathered:
        held = self.fit.held
        touched = sorted({self.block(key) for terms in asked for key in terms if key not in held.keys})
        on_held = matrix(
            [{k: v for k, v in t.items() if k in held.keys} for t in asked], {k: i for i, k in enumerate(held.keys)}
        )
        node, weight, which = self._components(touched)
        mean = np.zeros((len(weight), len(asked)))
        slope = np.broadcast_to(on_held, (len(weight), *on_held.shape)).copy()
        parts = []
        for b, at in zip(touched, which, strict=True):
            block = self.fit.blocks[b]
            mine = [{k: v for k, v in t.items() if k not in held.keys and self.block(k) == b} for t in asked]
            part = self.part(block, mine)
            parts.append((part, at))
            mean, slope = mean + part.mean[at], slope + part.slope[at]
        return _Gathered(weight, self.fit.grid.h[node], mean + slope @ held.mean, slope, parts)

    def part(self, block: Block, asked: Sequence[Terms]) -> Part:
        """Sums of gains of one block."""
        split_terms = [self.split(terms, block) for terms in asked]
        x = np.array([one[0] for one in split_terms])
        extra = sorted({key for one in split_terms for key in one[2]})
        unmeasured = np.zeros((1, len(asked), len(asked)))
        if extra:
            e = matrix([one[2] for one in split_terms], {key: i for i, key in enumerate(extra)})
            own = (e * np.array([self.names.prior(key) for key in extra])) @ e.T
            unmeasured = block.scale[:, None, None] ** 2 * own
        unmeasured = np.broadcast_to(unmeasured, (len(block.scale), *unmeasured.shape[1:]))
        return Part(x, block.covariances, block.at_nought @ x.T, x @ block.pull, unmeasured)

    def _components(self, touched: Sequence[int]) -> tuple[Any, Array, list[Any]]:
        """Nodes and weights of the components of several blocks together, and the place of each in its block."""
        if not touched:
            return np.arange(len(self.fit.weight)), self.fit.weight, []
        if len(touched) == 1:
            block = self.fit.blocks[touched[0]]
            return block.node, block.weight, [np.arange(len(block.weight))]
        nodes, weights, which = [], [], []
        for n, whole in enumerate(self.fit.weight):
            members = [np.flatnonzero(self.fit.blocks[b].node == n) for b in touched]
            if not all(one.size for one in members):
                continue
            at = [one.ravel() for one in np.meshgrid(*members, indexing="ij")]
            each = np.full(at[0].shape, whole)
            for b, one, own in zip(touched, at, members, strict=True):
                held = self.fit.blocks[b].weight
                each = each * held[one] / held[own].sum()
            nodes.append(np.full(len(each), n))
            weights.append(each)
            which.append(at)
        weight = np.concatenate(weights)
        places = [np.concatenate([at[i] for at in which]) for i in range(len(touched))]
        return np.concatenate(nodes), weight / weight.sum(), places
