"""Decision problems as arrays, one matrix or one per draw, checked once for every method.

What is checked: shapes, finite numbers, weights of zero or more that are not all zero, names that fit. A criterion
without weight cannot matter: whatever it holds is put to one throughout, so that no method stumbles over it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError
from decide.mcda.labelled import (
    Array,
    Names,
    axes,
    called,
    is_columns,
    is_frame,
    matched,
    names_from,
    numbers,
    table,
    told,
    vector,
)
from decide.mcda.rounding import difference

_FEW = 4096  # numbers that are looked at one by one sooner than added up


class Checked(NamedTuple):
    """`matrix` (..., options, criteria), `weights` and `directions` as they were given, and the criteria's names."""

    matrix: Array
    weights: Array
    directions: Array | None
    criteria: Names | None

    def refuse(self, bad: NDArray[np.bool_] | np.bool_, why: str, hint: str = "") -> None:
        """Raise InputError naming the first criterion where `bad` (..., criteria) holds, if any does."""
        bad = np.asarray(bad)
        if not bad.any():
            return
        j = int(np.flatnonzero(bad.reshape(-1, bad.shape[-1]).any(axis=0))[0])
        column = self.matrix[..., j]
        low = float(column.min())
        raise InputError(f"{why}; {called('criterion', self.criteria, j)} goes down to {low:g}", hint)


def checked(matrix: Any, weights: Any, directions: Any = None, *, draws: bool = True) -> Checked:
    """A problem, checked, criteria without weight put to one; `draws` is whether it may hold one set a draw.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, weights negative or all zero in a draw,
        directions other than +1 and −1.
    """
    found = _checked(matrix, weights, directions, draws)
    return found._replace(matrix=_without_weightless(found.matrix, found.weights))


def problem(values: Any, weights: Any) -> Checked:
    """Values (options, criteria), whole, and weights (criteria,), checked as `checked` does."""
    return _checked(values, weights, None, draws=False, what="values")


def _checked(matrix: Any, weights: Any, directions: Any, draws: bool, what: str = "the matrix") -> Checked:
    x, _, criteria = table(what, matrix)
    w, names = weights_as_given(weights, x.shape[-1] if x.ndim else 0, criteria)
    criteria = names if criteria is None else criteria
    if x.ndim not in ((2, 3) if draws else (2,)) or not x.size:
        by = "(draws by) options by criteria" if draws else "options by criteria"
        raise InputError(f"{what} must be {by}, and hold at least one of each", names_from(matrix))
    count = x.shape[-1]
    if w.ndim not in ((1, 2) if draws else (1,)) or w.shape[-1] != count:
        raise misfit(count, w, matrix, ", in one set or in one set a draw" if draws else "")
    if not w.size:
        raise InputError("there must be one draw of weights at least")
    w = matched("the weights", w, names, what, criteria)
    if x.ndim == 3 and w.ndim == 2 and len(x) != len(w):
        raise InputError(f"{len(x)} draws of the matrix do not fit {len(w)} draws of weights")
    finite(what, x, criteria)
    if not np.isfinite(w).all() or (w < 0).any():
        raise InputError("weights must be numbers of zero or more")
    if not w.any(axis=-1).all():
        raise InputError("weights are all zero", "at least one criterion must count")
    d = None if directions is None else signs(directions, count, criteria)
    return Checked(x, w, d, criteria)


def signs(directions: Any, count: int, criteria: Names | None = None) -> Array:
    """Directions as an array of +1 and −1."""
    d, names = vector("directions", directions)
    d = matched("the directions", d, names, "the matrix", criteria)
    if d.shape != (count,) or not np.isin(d, (-1.0, 1.0)).all():
        raise InputError("directions must be +1 or -1, one per criterion")
    return d


def finite(what: str, array: Array, columns: Names | None = None) -> None:
    """Raise InputError unless every number is finite; it tells the column (last axis) of the first that is not."""
    if array.size > _FEW:
        # a sum is finite only if every term is; looking closer is needed only when it is not
        with np.errstate(over="ignore", invalid="ignore"):
            total = array.sum()
        if np.isfinite(total):
            return
    bad = ~np.isfinite(array)
    if bad.any():
        where = ""
        if array.ndim > 1:
            where = ", in " + called("column", columns, int(bad.reshape(-1, array.shape[-1]).any(axis=0).argmax()))
        raise InputError(f"{what} holds something that is not a finite number{where}", "fill it, or leave it out")


def in_range(scores: Array) -> Array:
    """The scores, unless they left the range of floats."""
    if not np.isfinite(scores).all():
        raise InputError("the scores are too large to be told", "give the matrix or the weights in larger units")
    return scores


def ratio(above: Array, below: Array, otherwise: float) -> Array:
    """`above / below`, and `otherwise` where `below` is zero: nothing tells the options apart there."""
    if below.all():
        return above / below
    whole = np.broadcast_shapes(above.shape, below.shape)
    result: Array = np.divide(above, below, out=np.full(whole, otherwise), where=below != 0)
    return result


def spread(x: Array) -> tuple[Array, Array, Array]:
    """Lowest and highest number of every column (..., 1, criteria), and their distance; 0 if it is only rounding."""
    low, high = x.min(axis=-2, keepdims=True), x.max(axis=-2, keepdims=True)
    return low, high, difference(high, low)


def misfit(count: int, weights: Array, matrix: Any, sets: str = "") -> InputError:
    """What is said of weights that are not one for each criterion."""
    got = f"{weights.size}" if weights.ndim < 2 else f"numbers of shape {weights.shape}"
    return InputError(f"{count} criteria need as many weights{sets}, not {got}", names_from(matrix))


def weights_as_given(given: Any, count: int | None = None, criteria: Names | None = None) -> tuple[Array, Names | None]:
    """Weights (criteria,) or (draws, criteria), not checked yet, and the criteria's names where they have any.

    A table holds a column for each of `count` criteria, called `criteria`; or, for each a row, its name and its weight,
    as one column does where it is not known how many criteria there are.
    """
    if is_frame(given) or is_columns(given):
        found = table("the weights", given)
        if found.array.shape[1] == 1 and (
            count is None or (told(found.rows) is not None and (count != 1 or found.columns != criteria))
        ):
            return found.array[:, 0], told(found.rows)
        return found.array, found.columns
    if isinstance(given, np.ndarray):
        return numbers("the weights", given), None
    w, _, names = axes("the weights", given)
    return w, names


def _without_weightless(x: Array, w: Array) -> Array:
    if w.all():
        return x
    weightless = w == 0 if w.ndim == 1 else (w == 0).all(axis=0) if x.ndim == 2 else (w == 0)[:, None, :]
    result: Array = np.where(weightless, 1.0, x)
    return result
