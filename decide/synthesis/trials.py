"""Studies, ready: what each one's rows say, and how they vary together.

A study of arms whose level is free (it holds a reference arm, or nothing is supposed of levels) is rewritten as its
differences from one arm. With K the signed incidence of differences on arms, their covariance is

    V = K diag(v + h² + b²/2) K'

whether the study gave arms or differences, so both say exactly the same. A study without a reference arm keeps its
arms, and V = diag(v − c + h² + b²/2) + (τ² + b² + t² + c) 11'. b is bias, c what paired arms share, t the study's own
cut error. Doubt about the spread between people, by which shares are brought to the scale, adds q q' over the arms (q:
how far each moves with it).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import instance, text
from decide.mcda.labelled import Array, number, whole
from decide.synthesis.labels import known, label, parts, spelt, told_apart
from decide.synthesis.model import LARGEST
from decide.synthesis.names import Arm, Names
from decide.synthesis.rows import ArmRow, ContrastRow, Row, Study


@dataclass(frozen=True, eq=False)
class Trial:
    """A study, ready: differences or arms `y` (n,), each a sum of `arms` by `signs` (n, arms).

    `base` (n, n) is its covariance without heterogeneity and without its level, `spread` (n, n) what h² = 1 adds.
    `own` is the variance of its level beside τ²; where the level is `free` only differences speak. `given` (2, arms)
    holds what its arms gave and their own variances (v − c + b²/2); it is empty where it gave differences.
    """

    name: str
    arms: tuple[Arm, ...]
    signs: Array
    y: Array
    base: Array
    spread: Array
    own: float
    free: bool
    given: Array


def read(rows: Iterable[Row], names: Names, studies: Mapping[Any, Study]) -> list[Trial]:
    """Rows by study, checked and understood; in an order that does not hang on the rows' order.

    Raises
    ------
    InputError : as `network` tells.
    """
    by_study: dict[str, list[Row]] = {}
    rows = list(rows)
    for row in rows:
        if not isinstance(row, ArmRow | ContrastRow):
            raise InputError(f"a row must be an ArmRow or a ContrastRow, not {row!r:.60}")
        by_study.setdefault(label("a study", row.study), []).append(_change(row, names))
    if not by_study:
        raise InputError("a network needs at least one row")
    told_apart("a study", [row.study for row in rows])
    told_apart("a treatment", [one for row in rows for one in (row.treatment, getattr(row, "comparator", None))])
    units = sorted({text("a unit", row.unit) for found in by_study.values() for row in found})
    if len(units) > 1:
        raise InputError(f"rows are in different units ({', '.join(map(repr, units))})", "bring them to one scale")
    given = {label("a study", name): instance("each of studies", one, Study) for name, one in studies.items()}
    for name in given:
        known("study", name, by_study)
    found = [_trial(name, by_study[name], names, given.get(name, Study())) for name in sorted(by_study)]
    for trial in found:
        names.treatments.update(part for arm in trial.arms for part in arm.effect)
    return found


def _change(row: Row, names: Names) -> Row:
    """A difference from before is a change, and so an arm."""
    if isinstance(row, ContrastRow) and parts("a comparator", row.comparator) <= names.baseline:
        names.before |= parts("a comparator", row.comparator)
        return ArmRow(row.study, row.treatment, row.mean, row.variance, row.kinds, row.product, None, row.unit)
    return row


def _trial(name: str, rows: Sequence[Row], names: Names, study: Study) -> Trial:
    bias = number(f"the bias of study {name!r}", study.bias, 0, LARGEST) ** 2
    bias += number(f"the window of study {name!r}", study.window, 0, LARGEST) ** 2
    paired = number(f"what the arms of study {name!r} share", study.paired, 0, 1 - 1e-9)
    arms = [row for row in rows if isinstance(row, ArmRow)]
    if arms and len(arms) < len(rows):
        raise InputError(f"study {name!r} gives arms and differences for the same people", "give one or the other")
    if arms:
        return _of_arms(name, arms, names, bias, paired)
    return _of_contrasts(name, [row for row in rows if isinstance(row, ContrastRow)], names, bias)


def _arm(row: Row, treatment: Any, product: Any, names: Names, cut: Any = None) -> Arm:
    where = f"a row of study {row.study!r}"
    effect = names.effect(treatment)
    kinds = names.shares(row.kinds, where)
    gains = names.model.gains
    if product is not None and gains is not None and gains.product is None:
        raise InputError(f"{where} names a product, and the model tells no products", "give `product`")
    called = "" if product is None or names.is_nothing(effect) else label("a product", product)
    return Arm(effect, called, kinds, None if cut is None else label("a cut", cut))


def _checked(row: Row) -> tuple[float, float]:
    where = f"{spelt(sorted(parts('a treatment', row.treatment)))!r} in study {row.study!r}"
    mean = number(f"the mean of {where}", row.mean)
    if abs(mean) > LARGEST:
        raise InputError(f"the mean of {where} is too large to be told", f"{LARGEST:g} at most")
    variance = number(f"the variance of {where}", row.variance)
    if variance <= 0:
        raise InputError(f"the variance of {where} must be above zero")
    if not LARGEST**-2 <= variance <= LARGEST**2:
        raise InputError(f"the variance of {where} is too small or too large to be told", "choose another unit")
    return mean, variance


def _of_arms(name: str, rows: Sequence[ArmRow], names: Names, bias: float, paired: float) -> Trial:
    read_rows = [
        (
            _arm(row, row.treatment, row.product, names, row.cut),
            *_checked(row),
            number("a stretch", row.stretch, -LARGEST, LARGEST),
        )
        for row in rows
    ]

    def place(item: tuple[Arm, float, float, float]) -> tuple[Any, ...]:
        arm = item[0]
        idle = arm.effect[0] not in names.reference, arm.effect[0] not in names.untreated
        return (*idle, arm.effect, arm.product, arm.kinds, arm.cut or "", item[1], item[2])

    ordered = sorted(read_rows, key=place)
    arms = tuple(item[0] for item in ordered)
    y, v, stretch = (np.array([item[k] for item in ordered]) for k in (1, 2, 3))
    common = paired * float(v.min()) if len(v) > 1 else 0.0
    own = v - common + bias / 2
    # what is read of each arm by itself has all of its doubt; between arms of one study that of the spread is common
    given = np.array([y, own + stretch**2])
    levels = names.model.levels
    controlled = any(names.is_nothing(arm.effect) for arm in arms)
    cut = levels.study_cut**2 if levels is not None and any(arm.cut is not None for arm in arms) else 0.0
    free = levels is None or controlled
    k = from_first(len(y)) if free else np.eye(len(y))
    base = k @ (np.diag(own) + np.outer(stretch, stretch)) @ k.T
    return Trial(name, arms, k, k @ y, base, k @ k.T, bias + cut + common, free, given)


def from_first(arms: int) -> Array:
    """The differences of all other arms from the first, as signs (arms − 1, arms)."""
    return np.hstack([-np.ones((arms - 1, 1)), np.eye(arms - 1)])


def _of_contrasts(name: str, rows: Sequence[ContrastRow], names: Names, bias: float) -> Trial:
    read_rows = []
    for row in rows:
        if names.baseline & {*parts("a treatment", row.treatment)}:
            raise InputError(f"study {name!r}: a baseline is a comparator, not a treatment")
        a = _arm(row, row.treatment, row.product, names)
        b = _arm(row, row.comparator, row.comparator_product, names)
        if a == b:
            raise InputError(f"study {name!r} compares {a.node!r} with itself")
        whole(f"the studies that a row of {name!r} pools", row.studies, 1, 1 << 53)
        read_rows.append((a, b, *_checked(row), row.comparator_variance, float(row.studies)))
    read_rows.sort(key=lambda item: (item[1], item[0], item[2:4]))
    arms = tuple(sorted({arm for item in read_rows for arm in item[:2]}))
    k = np.zeros((len(read_rows), len(arms)))
    for i, (a, b, *_) in enumerate(read_rows):
        k[i, arms.index(a)], k[i, arms.index(b)] = 1.0, -1.0
    if _loops(k):
        raise InputError(
            f"the differences of study {name!r} close a loop: they would count its people more than once",
            "give m − 1 differences against one arm, or the whole table to `contrasts`",
        )
    v = np.array([item[3] for item in read_rows])
    own = _arm_variances(name, read_rows, arms, k, v)
    pooled = np.array([item[5] for item in read_rows])
    lasting = 1.0 / np.array([pooled[k[:, i] != 0].max() for i in range(len(arms))])
    # a difference of fewer trials than another one from the same arm keeps the rest of its own departure
    rest = 2.0 / pooled - np.abs(k) @ lasting
    spread = k @ np.diag(lasting) @ k.T + np.diag(rest)
    base = k @ np.diag(own + bias / 2) @ k.T
    y = np.array([item[2] for item in read_rows])
    return Trial(name, arms, k, y, base, spread, 0.0, True, np.empty((2, 0)))


def _loops(signs: Array) -> bool:
    """Whether differences close a loop; counted, not computed."""
    part = list(range(signs.shape[1]))
    for row in signs:
        a, b = (part[int(i)] for i in np.flatnonzero(row))
        if a == b:
            return True
        part = [a if one == b else one for one in part]
    return False


def _arm_variances(name: str, rows: Sequence[Any], arms: Sequence[Arm], k: Array, v: Array) -> Array:
    """Arms' variances (arms,) that sum to those of the differences; what is not stated is half of the smallest."""
    own = np.full(len(arms), np.nan)
    for _a, b, _y, variance, stated, _n in rows:
        if stated is not None:
            part = number(f"the comparator's variance in study {name!r}", stated, 0)
            if not 0 < part < variance:
                raise InputError(f"the comparator's variance in study {name!r} must be below that of the difference")
            i = list(arms).index(b)
            if np.isfinite(own[i]) and abs(own[i] - part) > 1e-9 * part:
                raise InputError(f"study {name!r} gives two variances for one comparator")
            own[i] = part
    while np.isnan(own).any():
        touched = np.isfinite(own) @ np.abs(k.T)
        ready = np.flatnonzero((touched > 0) & (np.isnan(own) @ np.abs(k.T) > 0))
        if ready.size:
            ends = np.flatnonzero(k[ready[0]])
            open_end = ends[np.isnan(own[ends])][0]
            own[open_end] = v[ready[0]] - own[ends[np.isfinite(own[ends])][0]]
            continue
        loose = np.flatnonzero(np.isnan(own))
        hub = loose[np.argmax((k[:, loose] != 0).sum(axis=0))]
        own[hub] = v[k[:, hub] != 0].min() / 2
    if not (own > 0).all() or np.abs(np.abs(k) @ own - v).max() > 1e-6 * v.max():
        raise InputError(f"the variances of study {name!r} contradict each other: no arms could give them")
    return own
