"""Mixed-integer linear programs, asked of HiGHS as scipy has it; scipy is imported when the first one is solved.

Source: Huangfu & Hall, Mathematical Programming Computation 2018 (HiGHS).
"""

import ctypes
import math
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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
    program = _program(objective, rows, integers, math.inf if time_limit is None else time.monotonic() + time_limit)
    relaxed = None if np.count_nonzero(upper[:integers]) <= _CORE else program.relaxed(upper)
    if relaxed is None:
        return program.whole(upper)
    most, loss = relaxed
    # a column that may not be taken at all is out of the count, however little it would cost
    loss = np.where(upper[:integers] > 0, loss[:integers], np.inf)
    farthest = float(np.partition(loss, _CORE)[_CORE]) if enough == -np.inf else most - enough + _ROUNDING
    while True:
        allowed = upper.copy()
        allowed[:integers][loss > farthest] = 0.0
        beyond = loss[(loss > farthest) & np.isfinite(loss)]
        found = program.whole(allowed)
        if not beyond.size:
            return found
        outside = most - float(beyond.min()) + _ROUNDING
        reached = -np.inf if found.x is None else float(objective @ found.x)
        if outside <= max(reached, enough) or time.monotonic() >= program.due:
            return Found(found.x, max(found.bound, outside), True)
        farthest = max(most - reached + _ROUNDING, farthest)


class _Program(NamedTuple):
    """What is asked of HiGHS; `scipy` is the package, imported by then, `due` when the time is up."""

    scipy: Any
    objective: Array
    matrix: Any
    above: Array
    integers: int
    due: float

    @property
    def left(self) -> float:
        """Seconds until the time is up; never none, for HiGHS has no such limit."""
        return max(self.due - time.monotonic(), 1e-3)

    def whole(self, upper: Array) -> Found:
        """The best x whose first `integers` are whole."""
        with _lock, _without_noise():
            result = self.scipy.optimize.milp(
                -self.objective,
                constraints=self.scipy.optimize.LinearConstraint(self.matrix, -np.inf, self.above),
                integrality=np.arange(self.objective.size) < self.integers,
                bounds=self.scipy.optimize.Bounds(0.0, upper),
                options={"mip_rel_gap": 0.0, "time_limit": self.left},
            )
        if result.status == 2:
            return Found(None, -np.inf, False)
        told = result.get("mip_dual_bound")
        bound = np.inf if told is None or not np.isfinite(told) else -float(told)
        return Found(None if result.x is None else np.asarray(result.x), bound, True)

    def relaxed(self, upper: Array) -> tuple[float, Array] | None:
        """Optimum of the linear relaxation, and what taking each column (now at 0) to 1 costs of it at least."""
        with _lock:
            result = self.scipy.optimize.linprog(
                -self.objective,
                A_ub=self.matrix,
                b_ub=self.above,
                bounds=np.column_stack([np.zeros(upper.size), upper]),
                method="highs",
                options={"time_limit": self.left},
            )
        if result.status != 0:
            return None
        return -float(result.fun), np.maximum(np.asarray(result.lower.marginals), 0.0)


def _program(objective: Array, rows: Sequence[Row], integers: int, due: float) -> _Program:
    try:
        import_module("scipy.optimize")
        sparse: Any = import_module("scipy.sparse")
    except ImportError:
        raise InputError("plans need scipy, which is not installed", "pip install decide[plans]") from None
    starts = np.cumsum([0, *(row.column.size for row in rows)])
    entries = (np.concatenate([row.value for row in rows]), np.concatenate([row.column for row in rows]), starts)
    matrix = sparse.csr_array(entries, shape=(len(rows), objective.size))
    return _Program(import_module("scipy"), objective, matrix, np.array([r.upper for r in rows]), integers, due)


@contextmanager
def _without_noise() -> Iterator[None]:
    """Drop the one line that HiGHS prints whatever it is told (ERGO-Code/HiGHS, `tmpSolver.run()`).

    It goes to the process's own standard output, below Python. So all that is written there meanwhile is kept aside,
    and written again without that line.
    """
    try:
        kept = os.dup(1)
    except OSError:  # a process without standard output
        yield
        return
    with tempfile.TemporaryFile() as aside:
        os.dup2(aside.fileno(), 1)
        try:
            yield
        finally:
            # C keeps what it prints until its buffer is full; on Windows there is no library by that way
            with suppress(OSError, TypeError, AttributeError):
                ctypes.CDLL(None).fflush(None)
            os.dup2(kept, 1)
            os.close(kept)
            aside.seek(0)
            for line in aside:
                if not line.startswith(_NOISE):
                    os.write(1, line)
