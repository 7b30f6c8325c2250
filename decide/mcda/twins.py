"""Options that are the same in every draw, which are worked out as one."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.mcda.places import Array

_FEW = 1_000  # options among which twins are looked for: what is held of them beside the result stays small
_DRAWS = 32  # draws in which two options that are not twins will differ
_AT_ONCE = 1 << 19  # numbers of options compared at once


class Twins(NamedTuple):
    """Options that are the same in every draw, treated as one: `one` of each set, and how `many` it stands for."""

    one: NDArray[np.intp]
    many: NDArray[np.intp]


def twins_of(values: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """One option of each set that is the same in every draw, and which of these each option is.

    Only looked for where the tables of both would stay small.
    """
    _, options, criteria = values.shape
    every = np.arange(options)
    if options > _FEW or options * criteria > _AT_ONCE:
        return every, every
    found: dict[bytes, int] = {}
    few = max(1, min(_DRAWS, _AT_ONCE // (options * criteria)))
    rows = np.ascontiguousarray(values[:few].transpose(1, 0, 2))
    of = np.array([found.setdefault(row.tobytes(), i) for i, row in enumerate(rows)])
    if (of == every).all():
        return every, every
    step = max(1, _AT_ONCE // criteria)
    for i in np.flatnonzero(of != every):
        if not all((values[some, i] == values[some, of[i]]).all() for some in chunks(few, len(values), step)):
            of[i] = i
    one, of = np.unique(of, return_inverse=True)
    return one, of


def stands_for(twins: Twins | None, option: NDArray[np.intp]) -> Array:
    """How many options each of these stands for."""
    return np.ones(option.size) if twins is None else twins.many[option].astype(np.float64)


def chunks(start: int, stop: int, step: int) -> Iterator[slice]:
    """From start to stop in pieces of a step."""
    for at in range(start, stop, step):
        yield slice(at, min(stop, at + step))
