"""Mixed-integer linear programs, asked of HiGHS as scipy has it; scipy is imported when the first one is solved.

Source: Huangfu & Hall, Mathematical Programming Computation 2018 (HiGHS).
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_NOISE = b"HighsMipSolverData::"
_lock = threading.Lock()
_CORE = 100
"""Whole columns tried first."""
_ROUNDING = 1e-5
"""What the relaxation's optimum and reduced costs may be off, in the objective's unit."""


class Row(NamedTuple):
    """Σ value · x[column] ≤ upper."""

    column: Index
    value: Array
    upper: float


class Found(NamedTuple):
    """The best x found (None: none yet), a bound that no solution exceeds, and whether there is any at all."""

    x: Array | None
    bound: float
    possible: bool


def maximise(
    objective: Array,
    rows: Sequence[Row],
    upper: Array,
    integers: int,
    enough: float = -np.inf,
    time_limit: float | None = None,
) -> Found:
    """Maximise objective · x with rows kept, 0 ≤ x ≤ upper, and the first `integers` of x whole and 0 or 1.

    HiGHS stops when its bound is within 1e-6 of the solution in the objective's unit. Solutions below `enough` are not
    asked for: there may be better ones than the one given, or some though none is given, up to the bound. `time_limit`
    is in seconds.

    Of many columns only a core is tried first: those that the linear relaxation would take, or would take at a small
    loss. A column left out costs its reduced cost at least, so when the relaxation's optimum less that is no better
    than the solution, the solution stands; otherwise the core grows to all columns that could still matter (Balas &
    Zemel, Operations Research 1980).

    Raises
    ------
    InputError : scipy is not there.
    """
    solvers = _scipy()
    matrix, above = _matrix(solvers, rows, objective.size)
    start = time.monotonic()

    def whole(allowed: Array) -> Found:
        left = None if time_limit is None else max(time_limit - (time.monotonic() - start), 1e-3)
        return _whole(solvers, objective, matrix, above, allowed, integers, left)

    if np.count_nonzero(upper[:integers]) <= _CORE:
        return whole(upper)
    relaxed = _relaxed(solvers, objective, matrix, above, upper, time_limit)
    if relaxed is None:
        return whole(upper)
    most, loss = relaxed
    # a column that may not be taken at all is out of the count, however little it would cost
    loss = np.where(upper[:integers] > 0, loss[:integers], np.inf)
    farthest = float(np.partition(loss, _CORE)[_CORE]) if enough == -np.inf else most - enough + _ROUNDING
    while True:
        allowed = upper.copy()
        allowed[:integers][loss > farthest] = 0.0
        beyond = loss[(loss > farthest) & np.isfinite(loss)]
        found = whole(allowed)
        if not beyond.size:
            return found
        outside = most - float(beyond.min()) + _ROUNDING
        reached = -np.inf if found.x is None else float(objective @ found.x)
        late = time_limit is not None and time.monotonic() - start >= time_limit
        if outside <= max(reached, enough) or late:
            return Found(found.x, max(found.bound, outside), True)
        farthest = max(most - reached + _ROUNDING, farthest)


class _Solvers(NamedTuple):
    milp: Callable[..., Any]
    linprog: Callable[..., Any]
    constraint: Callable[..., Any]
    bounds: Callable[..., Any]
    sparse: Callable[..., Any]


def _scipy() -> _Solvers:
    try:
        optimize: Any = import_module("scipy.optimize")
        sparse: Any = import_module("scipy.sparse")
    except ImportError:
        raise InputError("plans need scipy, which is not installed", "pip install decide[plans]") from None
    return _Solvers(optimize.milp, optimize.linprog, optimize.LinearConstraint, optimize.Bounds, sparse.csr_array)


def _matrix(solvers: _Solvers, rows: Sequence[Row], columns: int) -> tuple[Any, Array]:
    matrix = solvers.sparse(
        (
            np.concatenate([row.value for row in rows]),
            np.concatenate([row.column for row in rows]),
            np.concatenate(([0], np.cumsum([row.column.size for row in rows]))),
        ),
        shape=(len(rows), columns),
    )
    return matrix, np.array([row.upper for row in rows])


def _whole(
    solvers: _Solvers,
    objective: Array,
    matrix: Any,
    above: Array,
    upper: Array,
    integers: int,
    time_limit: float | None,
) -> Found:
    integrality = np.zeros(objective.size)
    integrality[:integers] = 1
    options: dict[str, float] = {"mip_rel_gap": 0.0}
    if time_limit is not None:
        options["time_limit"] = time_limit
    with _lock, _without_noise():
        result = solvers.milp(
            -objective,
            constraints=solvers.constraint(matrix, -np.inf, above),
            integrality=integrality,
            bounds=solvers.bounds(0.0, upper),
            options=options,
        )
    if result.status == 2:
        return Found(None, -np.inf, False)
    told = result.get("mip_dual_bound")
    bound = np.inf if told is None or not np.isfinite(told) else -float(told)
    return Found(None if result.x is None else np.asarray(result.x), bound, True)


def _relaxed(
    solvers: _Solvers, objective: Array, matrix: Any, above: Array, upper: Array, time_limit: float | None
) -> tuple[float, Array] | None:
    """Optimum of the linear relaxation, and what taking each column (now at 0) to 1 costs of it at least."""
    with _lock, _without_noise():
        result = solvers.linprog(
            -objective,
            A_ub=matrix,
            b_ub=above,
            bounds=np.column_stack([np.zeros(upper.size), upper]),
            method="highs",
            options={} if time_limit is None else {"time_limit": time_limit},
        )
    if result.status != 0:
        return None
    return -float(result.fun), np.maximum(np.asarray(result.lower.marginals), 0.0)


@contextmanager
def _without_noise() -> Iterator[None]:
    """Keep a line that HiGHS leaves on the standard output (a print forgotten in it) out of ours.

    Everything else that is written there meanwhile is written again afterwards, so that nothing is lost.
    """
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, ValueError, AttributeError):
        yield
        return
    with tempfile.TemporaryFile() as aside:
        _flush_c()
        os.dup2(aside.fileno(), 1)
        try:
            yield
        finally:
            _flush_c()
            os.dup2(kept, 1)
            os.close(kept)
            aside.seek(0)
            _write(line for line in aside if not line.startswith(_NOISE))


def _write(lines: Iterable[bytes]) -> None:
    for line in lines:
        os.write(1, line)


def _flush_c() -> None:
    import ctypes

    try:
        ctypes.CDLL(None).fflush(None)
    except (OSError, TypeError, AttributeError):  # no C library by that way, as on Windows
        return
