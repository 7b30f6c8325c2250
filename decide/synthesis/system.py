"""Linear equations of a network's studies, solved at many nodes of the spreads at once.

Studies of one size stand together, so that memory grows with the rows and not with their square.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.lazily import dataclass
from decide.mcda.labelled import Array
from decide.synthesis.names import Key, Names, Terms, add
from decide.synthesis.trials import Trial

Index = NDArray[np.int64]


class Size(NamedTuple):
    """Studies of one size n: the places (studies, n) of their rows, and their covariances (studies, n, n)."""

    rows: Index
    base: Array
    spread: Array
    own: Array
    level: Array
    trials: Index


@dataclass(frozen=True, eq=False)
class System:
    """Equations y = x unknowns + error: `x` (rows, keys), the first `gains` of which are gains."""

    keys: tuple[Key, ...]
    gains: int
    y: Array
    x: Array
    trials: tuple[Trial, ...]
    places: tuple[slice, ...]
    sizes: tuple[Size, ...]

    def blocks(self, tau2: Array, h2: Array) -> list[Array]:
        """Covariances (nodes, studies, n, n) of each size; τ² (nodes,), h² (nodes,) or (nodes, all studies)."""
        found = []
        for size in self.sizes:
            h = h2[:, size.trials] if h2.ndim == 2 else h2[:, None]
            level = size.own + size.level * tau2[:, None]
            found.append(size.base + h[..., None, None] * size.spread + level[..., None, None])
        return found

    def dense(self, tau2: Array, h2: Array) -> Array:
        """The covariance of all rows together (nodes, rows, rows), for few of them."""
        found = np.zeros((len(tau2), len(self.y), len(self.y)))
        for size, block in zip(self.sizes, self.blocks(tau2, h2), strict=True):
            for j, at in enumerate(size.rows):
                found[:, at[:, None], at[None, :]] = block[:, j]
        return found

    def gram(self, tau2: Array, h2: Array, start: int = 0) -> tuple[Array, Array]:
        """[x y]' V⁻¹ [x y] (nodes, keys + 1, keys + 1), its columns from `start` on, and ln |V| (nodes,)."""
        z = np.column_stack([self.x, self.y])
        gram = np.zeros((len(tau2), z.shape[1], z.shape[1] - start))
        log_det = np.zeros(len(tau2))
        for size, v in zip(self.sizes, self.blocks(tau2, h2), strict=True):
            n = size.rows.shape[1]
            rows = z[size.rows]
            if n == 1:
                root = rows[None, :, 0] / np.sqrt(v[:, :, 0, :])
                log_det += np.log(v[:, :, 0, 0]).sum(axis=1)
            else:
                lower = np.linalg.cholesky(v)
                root = np.linalg.solve(lower, np.broadcast_to(rows, (len(tau2), *rows.shape)))
                root = root.reshape(len(tau2), -1, z.shape[1])
                log_det += 2 * np.log(np.diagonal(lower, axis1=2, axis2=3)).sum(axis=(1, 2))
            gram += np.swapaxes(root, 1, 2) @ root[..., start:]
        return gram, log_det

    def only(self, kept: Sequence[int]) -> "System":
        """The equations of some of its studies, by place."""
        return system([self.trials[i] for i in kept], self.keys, self.gains, [self.x[self.places[i]] for i in kept])


def system(trials: Sequence[Trial], keys: Sequence[Key], gains: int, designs: Sequence[Array]) -> System:
    """Equations of studies whose designs (rows, keys) are given."""
    places, at = [], 0
    by_size: dict[int, list[int]] = {}
    for i, trial in enumerate(trials):
        places.append(slice(at, at + trial.y.size))
        at += trial.y.size
        if trial.y.size:
            by_size.setdefault(trial.y.size, []).append(i)
    sizes = []
    for _, members in sorted(by_size.items()):
        level = np.array([0.0 if trials[i].free else 1.0 for i in members])
        sizes.append(
            Size(
                np.array([range(places[i].start, places[i].stop) for i in members]),
                np.array([trials[i].base for i in members]),
                np.array([trials[i].spread for i in members]),
                level * np.array([trials[i].own for i in members]),
                level,
                np.array(members),
            )
        )
    y = np.concatenate([trial.y for trial in trials]) if at else np.empty(0)
    x = np.vstack([*designs]) if at else np.empty((0, len(keys)))
    return System(tuple(keys), gains, y, x, tuple(trials), tuple(places), tuple(sizes))


def matrix(terms: Sequence[Terms], keys: Mapping[Key, int]) -> Array:
    """Sums of unknowns as rows (sums, keys)."""
    found = np.zeros((len(terms), len(keys)))
    for i, one in enumerate(terms):
        for key, value in one.items():
            found[i, keys[key]] = value
    return found


def arm_terms(trial: Trial, names: Names) -> list[Terms]:
    """What each arm of a study adds up: its gain, and its level where levels are told."""
    found = []
    for arm in trial.arms:
        terms = dict(names.gain(arm))
        if names.model.levels is not None:
            for key, value in names.level(arm, series=not trial.free).items():
                add(terms, key, value)
        found.append(terms)
    return found


def blocks(trials: Sequence[Trial], names: Names) -> tuple[dict[str, int], list[list[int]]]:
    """Which block each group of kinds is in, and each block's studies: groups that a study joins are one block."""
    part = {group: group for group in sorted({names.group(kind) for kind in names.kinds})}
    held = [sorted({names.group(kind) for arm in trial.arms for kind, _ in arm.kinds}) for trial in trials]
    for groups in held:
        merged = {part[group] for group in groups}
        part = {group: min(merged) if one in merged else one for group, one in part.items()}
    place = {one: i for i, one in enumerate(sorted(set(part.values())))}
    found: list[list[int]] = [[] for _ in place]
    for i, groups in enumerate(held):
        found[place[part[groups[0]]]].append(i)
    return {group: place[one] for group, one in part.items()}, found
