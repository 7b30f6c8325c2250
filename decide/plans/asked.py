"""One linear program put to HiGHS, here or in a process of its own.

HiGHS looks at its time limit between its steps, and on thousands of columns one step can take minutes. A process can be
ended when the time is up. This file is what that process runs, so it needs nothing of the package: a request comes in
on the standard input, its answer goes out on the standard output.
"""

import os
import pickle
import sys
import time
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Request(NamedTuple):
    """Maximise objective · x with matrix · x ≤ above and 0 ≤ x ≤ upper, the first `whole` of x being 0 or 1.

    `entries`, `columns` and `starts` are the matrix by rows (CSR). `seconds` is what HiGHS is told; None for no limit.
    """

    objective: Array
    entries: Array
    columns: NDArray[np.int64]
    starts: NDArray[np.int64]
    above: Array
    upper: Array
    whole: int
    seconds: float | None


class Answer(NamedTuple):
    """HiGHS's status as scipy has it (0 solved, 1 out of time, 2 impossible), and what it found.

    `value` and `marginals` (what raising each x from its lower bound costs) are those of a program without whole x.
    """

    status: int
    x: Array | None
    bound: float | None
    value: float | None = None
    marginals: Array | None = None


def answer(request: Request) -> Answer:
    """HiGHS's answer; scipy is imported here."""
    optimize: Any = import_module("scipy.optimize")
    sparse: Any = import_module("scipy.sparse")
    shape = (len(request.above), request.objective.size)
    matrix = sparse.csr_array((request.entries, request.columns, request.starts), shape=shape)
    options: dict[str, Any] = {} if request.seconds is None else {"time_limit": request.seconds}
    if not request.whole:
        found = optimize.linprog(
            -request.objective,
            A_ub=matrix,
            b_ub=request.above,
            bounds=np.column_stack([np.zeros(request.upper.size), request.upper]),
            method="highs",
            options=options,
        )
        if found.status != 0:
            return Answer(int(found.status), None, None)
        return Answer(0, np.asarray(found.x), None, -float(found.fun), np.asarray(found.lower.marginals))
    integrality = np.zeros(request.objective.size)
    integrality[: request.whole] = 1
    found = optimize.milp(
        -request.objective,
        constraints=optimize.LinearConstraint(matrix, -np.inf, request.above),
        integrality=integrality,
        bounds=optimize.Bounds(0.0, request.upper),
        options={"mip_rel_gap": 0.0, **options},
    )
    told = found.get("mip_dual_bound")
    bound = None if told is None or not np.isfinite(told) else -float(told)
    return Answer(int(found.status), None if found.x is None else np.asarray(found.x), bound)


def main() -> None:
    """Answer the requests on the standard input until it ends, each in time to say what HiGHS has by then."""
    start, first = time.monotonic(), True  # the time that Python took to start is part of the first one's
    with os.fdopen(os.dup(1), "wb") as out, open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # HiGHS prints there
        while True:
            try:
                request = Request(*pickle.load(sys.stdin.buffer))
            except EOFError:
                return
            start = start if first else time.monotonic()
            first = False
            import_module("scipy.optimize")  # which takes time, too, when it is the first
            if request.seconds is not None:
                left = 0.85 * request.seconds - (time.monotonic() - start)
                request = request._replace(seconds=max(left, 0.01))
            pickle.dump(tuple(answer(request)), out)
            out.flush()


if __name__ == "__main__":
    main()
