"""What studies report, as rows: the mean of an arm, or the difference of two arms.

A treatment is a name, or a tuple of names where several things were given together. `arms` and `contrasts` make rows of
columns; `contrasts` takes a table of differences as netmeta does, and brings trials of several arms to what their arms
say.
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from decide.errors import InputError
from decide.mcda.labelled import Array, aligned, listed, number, numbers, row_labels
from decide.synthesis.labels import label, told_apart

Treatment = Any
"""A name (text or a whole number), or several of them: given together."""
Shares = Any
"""The kind of a condition that people had, or what share of them had which."""


class ArmRow(NamedTuple):
    """One group's mean: `mean` on the outcome's scale, and its whole sampling variance `variance`.

    `kinds` is the kind of condition that the people had, or a mapping of kinds to shares that sum to 1; where left out,
    the model's. `product` names what was used of the treatment (a strength, a device). `cut` is the class of cut for a
    share of people that was brought to the scale: shares of one class err together. `stretch` is by how much one
    standard deviation of doubt about the spread between people moves it: the arms of one study move together. Rows of
    one network are in one `unit`.
    """

    study: Any
    treatment: Treatment
    mean: float
    variance: float
    kinds: Shares = None
    product: Any = None
    cut: Any = None
    unit: str = ""
    stretch: float = 0.0


class ContrastRow(NamedTuple):
    """A difference, treatment minus comparator, with its whole sampling variance.

    A study of m arms gives m − 1 differences. `comparator_variance` is the comparator arm's part of the variance, which
    differences from one arm have in common; where left out, half of the smallest of their variances. `studies` is how
    many trials are pooled in it, whose departures from one another average out.
    """

    study: Any
    treatment: Treatment
    comparator: Treatment
    mean: float
    variance: float
    comparator_variance: float | None = None
    studies: int = 1
    kinds: Shares = None
    product: Any = None
    comparator_product: Any = None
    unit: str = ""


Row = ArmRow | ContrastRow


class Study(NamedTuple):
    """What holds of all a study's rows.

    bias : standard deviation of what its design may add to its differences, apart from chance.
    window : the same for what was measured outside the window of time that is asked about.
    paired : the share of their smallest variance that its arms have in common, from 0 to below 1: the same people had
        all.
    """

    bias: float = 0.0
    window: float = 0.0
    paired: float = 0.0


def arms(study: Any, treatment: Any, mean: Any, variance: Any) -> list[ArmRow]:
    """Arm rows from columns of equal length (lists, arrays, series).

    Raises
    ------
    InputError : columns that are not equally long, or numbers that are none.
    """
    rows = row_labels(study, treatment, mean, variance)
    names = listed("study", aligned("study", study, "the other columns", rows))
    treatments = listed("treatment", aligned("treatment", treatment, "the other columns", rows))
    y, v = (
        numbers(what, aligned(what, column, "the other columns", rows))
        for what, column in (("mean", mean), ("variance", variance))
    )
    if len({len(names), len(treatments), y.size, v.size}) != 1 or y.ndim != 1 or v.ndim != 1:
        raise InputError("study, treatment, mean and variance must be equally long")
    return [ArmRow(*row) for row in zip(names, treatments, y.tolist(), v.tolist(), strict=True)]


def contrasts(
    study: Any,
    treatment: Any,
    comparator: Any,
    difference: Any,
    variance: Any,
    comparator_variance: Any = None,
    *,
    tolerance: float = 0.01,
) -> list[ContrastRow]:
    """Contrast rows from a table of comparisons, as netmeta takes it; variances are squares of standard errors.

    A trial of m arms may give all m(m − 1)/2 comparisons: they are brought to m − 1 differences from its first arm,
    with that arm's own variance, so that the trial counts once. It may give m − 1 differences as well. They vary
    together by the variance of the arm that they have in common, which must be given then; where it is not, half of the
    smallest of their variances is taken, a guess that is right for arms of one size.

    Parameters
    ----------
    study, treatment, comparator : (rows,), names.
    difference : (rows,), treatment minus comparator.
    variance : (rows,), above zero.
    comparator_variance : (rows,), the comparator arm's own part of it, the square of its standard error; NaN where it
        is not known. Read only of trials that give m − 1 differences.
    tolerance : how far a trial's differences may be from adding up around a loop, and its variances from those of arms,
        as rounding leaves them; each as a share of the trial's largest.

    Raises
    ------
    InputError : columns of different lengths, a comparison given twice, a trial of several arms with some comparisons
        only, differences that contradict each other, variances that no arms could give.

    Source: Rücker & Schwarzer, Statistics in Medicine 33 (2014) 4353-4369, for why all comparisons cannot go in as they
    stand.
    """
    given = {"study": study, "treatment": treatment, "comparator": comparator, "difference": difference,
             "variance": variance}  # fmt: skip
    if comparator_variance is not None:
        given["comparator_variance"] = comparator_variance
    rows_of = row_labels(*given.values())
    column = {what: aligned(what, one, "the other columns", rows_of) for what, one in given.items()}
    of, a, b = (
        [label(f"a {what}", one) for one in listed(what, column[what])] for what in ("study", "treatment", "comparator")
    )
    told_apart("a study", listed("study", column["study"]))
    told_apart("a treatment", [*listed("treatment", column["treatment"]), *listed("comparator", column["comparator"])])
    column.setdefault("comparator_variance", [np.nan] * len(of))
    y, v, own = (numbers(what, column[what]) for what in ("difference", "variance", "comparator_variance"))
    if {y.shape, v.shape, own.shape, (len(a),), (len(b),)} != {(len(of),)}:
        raise InputError(f"{', '.join(given)} must be equally long")
    if not (np.abs(y) <= 1e100).all():
        where = of[int(np.argmin(np.abs(y) <= 1e100))]
        raise InputError(f"a difference of study {where!r} is not a finite number", "fill it, or leave the row out")
    sound = (v > 0) & np.isfinite(v)
    if not sound.all():
        at = int(np.argmin(sound))
        why = "above zero" if np.isfinite(v[at]) else "a finite number"
        raise InputError(f"the variance of a comparison in study {of[at]!r} must be {why}")
    trials: dict[str, dict[tuple[str, str], tuple[float, float, float]]] = {}
    for name, one, other, *said in zip(of, a, b, y.tolist(), v.tolist(), own.tolist(), strict=True):
        rows = trials.setdefault(name, {})
        if one == other:
            raise InputError(f"study {name!r} compares {one!r} with itself")
        if (one, other) in rows or (other, one) in rows:
            raise InputError(f"study {name!r} compares {one!r} and {other!r} twice", "two trials need two names")
        rows[one, other] = (said[0], said[1], said[2])
    found: list[ContrastRow] = []
    for name, rows in trials.items():
        found += _reduced(name, rows, number("a tolerance", tolerance, 0))
    return found


def _reduced(
    name: str, rows: Mapping[tuple[str, str], tuple[float, float, float]], tolerance: float
) -> list[ContrastRow]:
    treatments = list(dict.fromkeys(one for pair in rows for one in reversed(pair)))
    count = len(treatments)
    if len(rows) == count - 1:
        return [ContrastRow(name, *pair, d, w, None if math.isnan(c) else c) for pair, (d, w, c) in rows.items()]
    if len(rows) != count * (count - 1) // 2:
        raise InputError(
            f"study {name!r} has {count} treatments and {len(rows)} comparisons",
            f"give m − 1 differences against one arm, or all {count * (count - 1) // 2}",
        )
    sign = np.zeros((len(rows), count))
    for i, (a, b) in enumerate(rows):
        sign[i, treatments.index(a)], sign[i, treatments.index(b)] = 1.0, -1.0
    y, v, _ = (np.array(part) for part in zip(*rows.values(), strict=True))
    own: Array = np.linalg.lstsq(np.abs(sign), v, rcond=None)[0]
    if not (own > 0).all() or np.abs(np.abs(sign) @ own - v).max() > max(tolerance, 1e-12) * v.max():
        raise InputError(
            f"the variances of study {name!r} contradict each other: no arms could give them",
            "each must be the sum of its two arms' variances",
        )
    first = sign[:, 1:]  # every treatment's difference from the first
    to_first = np.linalg.solve(first.T @ (first / v[:, None]), first.T @ (y / v))
    if np.abs(first @ to_first - y).max() > max(tolerance, 1e-12) * float(np.abs(y).max()):
        raise InputError(
            f"the differences of study {name!r} contradict each other: they do not add up",
            "if they were rounded as coarsely, give a larger `tolerance`",
        )
    return [
        ContrastRow(name, other, treatments[0], float(d), float(own[0] + w), float(own[0]))
        for other, d, w in zip(treatments[1:], to_first, own[1:], strict=True)
    ]
