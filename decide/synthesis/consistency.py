"""Do comparisons agree: trials with one another, direct with indirect, sums with their parts, comparisons with levels?

Effects are nodes here, gains are flat and levels free: no prior speaks. A disagreement ω is one column w more: with
M = V⁻¹ − V⁻¹A C A'V⁻¹, ω̂ = w'My / w'Mw and its variance is 1 / w'Mw.

- **Direct against indirect** of p and q: w is ½ on p's arms and −½ on q's, in studies with both. With g = x'C A'V⁻¹w,
  indirect = x'θ̂ − g ω̂ and direct = indirect + ω̂. It can be told only where a path of other comparisons joins p and q.
- **All at once**: one column for each design and arm beyond its first; χ² with degrees of freedom by counting.
- **Sums**: effects of combinations as sums of their parts' effects; w is one combination.
- **Comparisons against levels**: what comparisons alone say, against what levels add.

Sources: Dias, Welton, Caldwell & Ades, Statistics in Medicine 29 (2010) 932-944; van Valkenhoef, Dias, Ades & Welton,
Research Synthesis Methods 7 (2016) 80-93 (which can be split); Higgins et al., Research Synthesis Methods 3 (2012)
98-110 (designs); Hausman, Econometrica 46 (1978) 1251-1271 (a part against the whole).
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from decide.lazily import dataclass
from decide.mcda.labelled import Array
from decide.mcda.normal import phi
from decide.synthesis.heterogeneity import Heterogeneity, Q, as_q
from decide.synthesis.levels import Held
from decide.synthesis.names import Names
from decide.synthesis.trials import Trial, from_first


class Split(NamedTuple):
    """One disagreement: two estimates with standard errors, their difference, z and two-sided p.

    Where it is not `testable` all are NaN but, of a pair that trials compare, `direct`: the mean of what they say of
    the two.
    """

    first: str
    second: str
    testable: bool
    direct: float = math.nan
    direct_se: float = math.nan
    indirect: float = math.nan
    indirect_se: float = math.nan
    difference: float = math.nan
    se: float = math.nan
    z: float = math.nan
    p: float = math.nan


class Inconsistency(NamedTuple):
    """What a network's comparisons say of each other, in one group of kinds.

    `overall` is the test of all designs (`df` 0 and p NaN: not testable). `splits` has every pair that a trial
    compares, direct against indirect. `sums` has every combination: `direct` what its own trials say, `indirect` the
    sum of its parts. `levels` has every treatment with both: `direct` what comparisons say, `indirect` what levels
    say.
    """

    group: str
    overall: Q
    splits: tuple[Split, ...]
    sums: tuple[Split, ...]
    levels: tuple[Split, ...]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Comparisons within studies: whitened rows `x` (rows, nodes) and `y`, and of each study how its arms enter."""

    nodes: tuple[str, ...]
    trials: tuple[Trial, ...]
    arms: tuple[tuple[int, ...], ...]
    signs: tuple[Array, ...]
    roots: tuple[Array, ...]
    x: Array
    y: Array
    inverse: Array

    def column(self, on_arms: Sequence[Array]) -> Array:
        """A column of the whitened rows from its values on each study's arms."""
        return np.concatenate([r @ (k @ w) for r, k, w in zip(self.roots, self.signs, on_arms, strict=True)])

    def left(self, column: Array) -> Array:
        """What a whitened column has beyond the nodes."""
        found: Array = column - self.x @ (self.inverse @ (self.x.T @ column))
        return found

    @property
    def pieces(self) -> int:
        """How many parts it has that no comparison joins."""
        return len(_pieces(len(self.nodes), self.arms))

    @property
    def estimate(self) -> Array:
        """Nodes' effects, up to a constant in each piece."""
        found: Array = self.inverse @ (self.x.T @ self.y)
        return found


def comparisons(
    trials: Sequence[Trial], names: Names, group: str, h2: float, held: Held | None = None
) -> Comparisons | None:
    """A group's comparisons; None where there are none. Arms whose cuts differ are brought together by the held
    errors.
    """
    kept, all_signs = [], []
    for trial in trials:
        if group_of(trial, names) != group or len(trial.arms) < 2:
            continue
        kept.append(trial)
        all_signs.append(trial.signs if trial.free else from_first(len(trial.arms)))
    if not kept:
        return None
    nodes = sorted({node(names, arm) for trial in kept for arm in trial.arms})
    place = {name: i for i, name in enumerate(nodes)}
    arms = tuple(tuple(place[node(names, arm)] for arm in trial.arms) for trial in kept)
    roots, xs, ys = [], [], []
    for trial, at, k in zip(kept, arms, all_signs, strict=True):
        own = trial.base + h2 * trial.spread if trial.free else k @ np.diag(trial.given[1] + h2) @ k.T
        root = np.linalg.inv(np.linalg.cholesky(own))
        roots.append(root)
        xs.append(root @ k @ np.eye(len(nodes))[list(at)])
        cuts = [_cut(arm.cut, held) for arm in trial.arms]
        ys.append(root @ ((trial.y if trial.free else k @ trial.given[0]) - k @ cuts))
    x = np.vstack(xs)
    # signed incidence: the null space is the constant of each piece, so pieces are fixed by their first node
    inverse = _inverse(x, [piece[0] for piece in _pieces(len(nodes), arms)])
    return Comparisons(tuple(nodes), tuple(kept), arms, tuple(all_signs), tuple(roots), x, np.concatenate(ys), inverse)


def _cut(of: str | None, held: Held | None) -> float:
    key = ("cut", of or "")
    return float(held.mean[held.keys.index(key)]) if held is not None and key in held.keys else 0.0


def node(names: Names, arm: Any) -> str:
    """An arm's node: all dummies are one, and all who were left alone."""
    if arm.effect[0] in names.reference:
        return names.reference[0]
    if arm.effect[0] in names.untreated:
        return min(names.untreated)
    return str(arm.node)


def group_of(trial: Trial, names: Names) -> str:
    """The group of kinds that at least half of all its arms' people had; of equals the first by name."""
    held: dict[str, float] = defaultdict(float)
    for arm in trial.arms:
        for kind, share in arm.kinds:
            held[names.group(kind)] += share
    return max(sorted(held), key=lambda one: held[one])


def _inverse(x: Array, fixed: Sequence[int]) -> Array:
    """(x'x)⁻¹ with some unknowns fixed at nought."""
    free = [i for i in range(x.shape[1]) if i not in set(fixed)]
    found = np.zeros((x.shape[1], x.shape[1]))
    if free:
        gram = x[:, free].T @ x[:, free]
        root = np.sqrt(np.diag(gram))
        found[np.ix_(free, free)] = np.linalg.inv(gram / np.outer(root, root)) / np.outer(root, root)
    return found


def _pieces(count: int, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    part = list(range(count))
    for members in groups:
        low = min(part[i] for i in members)
        merged = {part[i] for i in members}
        part = [low if one in merged else one for one in part]
    return [[i for i in range(count) if part[i] == one] for one in sorted(set(part))]


def told_apart(first: str, second: str, direct: tuple[float, float], indirect: tuple[float, float], se: float) -> Split:
    """A disagreement of two estimates, each with its standard error; `se` is that of their difference."""
    gap = direct[0] - indirect[0]
    z = gap / se
    p = float(2 * phi(np.array(-abs(z))))
    return Split(first, second, True, *direct, *indirect, gap, se, z, p)


def split(found: Comparisons, first: int, second: int) -> Split:
    """Direct against indirect evidence of two nodes."""
    both = [{first, second} <= set(at) for at in found.arms]
    others = [
        [i for i in at if not held or i not in (first, second)] for at, held in zip(found.arms, both, strict=True)
    ]
    names = found.nodes[first], found.nodes[second]
    pieces = _pieces(len(found.nodes), [members for members in others if members])
    if not any({first, second} <= set(piece) for piece in pieces):
        return Split(*names, False, *_direct(found, first, second))
    on_arms = []
    for at, held in zip(found.arms, both, strict=True):
        nodes = np.array(at)
        on_arms.append(held * ((nodes == first) * 0.5 - (nodes == second) * 0.5))
    w = found.column(on_arms)
    left = found.left(w)
    information = float(w @ left)
    omega = float(left @ found.y) / information
    x = np.zeros(len(found.nodes))
    x[first], x[second] = 1.0, -1.0
    g = float(x @ found.inverse @ (found.x.T @ w))
    whole = float(x @ found.inverse @ x)
    indirect = float(x @ found.estimate) - g * omega
    direct_variance = whole + (1 - g) ** 2 / information
    return told_apart(
        *names,
        (indirect + omega, math.sqrt(direct_variance)),
        (indirect, math.sqrt(whole + g * g / information)),
        math.sqrt(1 / information),
    )


def _direct(found: Comparisons, first: int, second: int) -> tuple[float, float]:
    """What studies say of two nodes, each by its own arms of the two alone, weighed by precision; with its error."""
    wanted = np.zeros(len(found.nodes))
    wanted[first], wanted[second] = 1.0, -1.0
    total, weight, at = 0.0, 0.0, 0
    for root, held in zip(found.roots, found.arms, strict=True):
        own = slice(at, at := at + len(root))
        if not {first, second} <= set(held):
            continue
        x = found.x[own]
        inverse = np.linalg.pinv(x.T @ x)
        if np.abs(inverse @ (x.T @ (x @ wanted)) - wanted).max() > 1e-6:
            continue  # its differences do not join the two
        variance = float(wanted @ inverse @ wanted)
        total, weight = total + float(wanted @ inverse @ (x.T @ found.y[own])) / variance, weight + 1.0 / variance
    return (total / weight, math.sqrt(1.0 / weight)) if weight else (math.nan, math.nan)


def overall(found: Comparisons) -> Q:
    """All designs at once: how much less is left when every design may say its own."""
    designs: dict[frozenset[int], list[int]] = {}
    for i, at in enumerate(found.arms):
        designs.setdefault(frozenset(at), []).append(i)
    df = sum(len(design) - 1 for design in designs) - len(found.nodes) + found.pieces
    if df <= 0:
        return Q(0.0, 0, math.nan)
    columns = []
    for design, members in designs.items():
        for one in sorted(design)[1:]:
            on_arms = [(i in members) * (np.array(at) == one) * 1.0 for i, at in enumerate(found.arms)]
            columns.append(found.left(found.column(on_arms)))
    w = np.array(columns).T
    information, vector = w.T @ w, w.T @ found.y
    values, vectors = np.linalg.eigh(information)
    kept = np.argsort(values)[::-1][:df]
    return as_q(float(((vectors[:, kept].T @ vector) ** 2 / values[kept]).sum()), df)


def disagreement(found: Comparisons) -> Heterogeneity:
    """Cochran's Q, its split by designs, τ² of comparisons by moments and I². The rows are those with h = 0."""
    df = len(found.y) - len(found.nodes) + found.pieces
    left = found.left(found.y)
    total = float(left @ left)
    starts = np.cumsum([0, *(len(root) for root in found.roots)])
    by_design: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, at in enumerate(found.arms):
        by_design[tuple(found.nodes[j] for j in sorted(set(at)))].append(i)
    designs: dict[tuple[str, ...], Q] = {}
    for design, members in sorted(by_design.items()):
        rows = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in members])
        own_df = len(rows) - len(design) + 1
        if own_df > 0:
            x = found.x[np.ix_(rows, np.array([found.nodes.index(name) for name in design]))]
            rest = found.y[rows] - x @ (_inverse(x, [0]) @ (x.T @ found.y[rows]))
            designs[design] = as_q(float(rest @ rest), own_df)
    within, df_within = sum(one.q for one in designs.values()), sum(one.df for one in designs.values())
    spread = np.zeros((len(found.y), len(found.y)))
    for i, (root, k, trial) in enumerate(zip(found.roots, found.signs, found.trials, strict=True)):
        own = slice(starts[i], starts[i + 1])
        spread[own, own] = root @ (trial.spread if trial.free else k @ k.T) @ root.T / 2
    slope = float(np.trace(spread)) - float(np.sum((found.x.T @ spread @ found.x) * found.inverse))
    return Heterogeneity(
        as_q(total, df),
        as_q(within, df_within),
        as_q(max(0.0, total - within), df - df_within),
        designs,
        max(0.0, (total - df) / slope) if df > 0 else 0.0,
        max(0.0, 1 - df / total) if total > 0 and df > 0 else 0.0,
    )


def sums(found: Comparisons, names: Names) -> tuple[Split, ...]:
    """Every combination against the sum of its parts."""
    effects = {node(names, arm): arm for trial in found.trials for arm in trial.arms}
    combined = [name for name in found.nodes if len(effects[name].effect) > 1]
    singles = sorted(
        {
            (part, effects[name].product if i == 0 else "")
            for name in found.nodes
            if not names.is_nothing(effects[name].effect)
            for i, part in enumerate(effects[name].effect)
        }
    )
    untreated = [name for name in found.nodes if effects[name].effect[0] in names.untreated]
    on_nodes = np.zeros((len(found.nodes), len(singles) + len(untreated)))
    for j, name in enumerate(found.nodes):
        arm = effects[name]
        if name in untreated:
            on_nodes[j, len(singles) + untreated.index(name)] = 1.0
        elif not names.is_nothing(arm.effect):
            for i, part in enumerate(arm.effect):
                on_nodes[j, singles.index((part, arm.product if i == 0 else ""))] = 1.0
    plain = np.vstack([k @ on_nodes[list(at)] for k, at in zip(found.signs, found.arms, strict=True)])
    tested = []
    for name in combined:
        w_plain = np.concatenate(
            [k @ (np.array(at) == found.nodes.index(name)) for k, at in zip(found.signs, found.arms, strict=True)]
        )
        basis = np.column_stack([plain, w_plain])
        parts = spelt_parts(effects[name].effect)
        if np.linalg.matrix_rank(basis) == np.linalg.matrix_rank(plain):
            tested.append(Split(name, parts, False))
            continue
        x = found.x @ on_nodes
        w = found.x[:, found.nodes.index(name)]
        left = w - x @ np.linalg.lstsq(x, w, rcond=None)[0]
        information = float(left @ left)
        omega = float(left @ found.y) / information
        tested.append(_extra(name, parts, omega, information))
    return tuple(tested)


def spelt_parts(effect: Sequence[str]) -> str:
    """The parts of a combination, as what it is tested against."""
    return "its parts: " + ", ".join(effect)


def _extra(name: str, parts: str, omega: float, information: float) -> Split:
    se = math.sqrt(1 / information)
    z = omega / se
    nan = math.nan
    return Split(name, parts, True, nan, nan, nan, nan, omega, se, z, float(2 * phi(np.array(-abs(z)))))
