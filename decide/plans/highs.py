"""Mixed-integer linear programs, asked of HiGHS as scipy has it; scipy is imported when the first one is solved.

A program of many columns that has a time limit is solved in a process of its own, which is ended when the time is up;
so is one for which scipy would have to be read first, which takes time, too. With almost no time left none is asked.

Source: Huangfu & Hall, Mathematical Programming Computation 2018 (HiGHS).
"""

import ctypes
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError
from decide.plans import asked
from decide.plans.asked import Answer, Array, Request
from decide.version import install

Index = NDArray[np.int64]

_NOISE = b"HighsMipSolverData::"
_lock = threading.Lock()
_SCRIPT = asked.__file__
_LARGE = 1_000
"""Columns above which HiGHS is not trusted to keep a time limit, whether they may be taken or not."""
_SCIPY = "scipy.optimize"
_AMPLE = 5.0
"""Seconds that leave time to read scipy here."""
_LEAST = 0.1
"""Seconds with fewer of which HiGHS is not asked: it would take longer to set out."""
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
    is in seconds, and is kept.

    Of many columns only a core is tried first: those that the linear relaxation would take, or would take at a small
    loss. A column left out costs its reduced cost at least, so when the relaxation's optimum less that is no better
    than the solution, the solution stands; otherwise the core grows to all columns that could still matter (Balas &
    Zemel, Operations Research 1980).

    Raises
    ------
    InputError : scipy is not there.
    """
    program = _request(objective, rows, upper)
    start = time.monotonic()

    def left() -> float | None:
        return None if time_limit is None else max(time_limit - (time.monotonic() - start), 0.0)

    def whole(allowed: Array) -> Found:
        return _whole(program._replace(upper=allowed, whole=integers, seconds=left()))

    if np.count_nonzero(upper[:integers]) <= _CORE:
        return whole(upper)
    relaxed = _answer(program._replace(seconds=left()))
    if relaxed is None or relaxed.status != 0 or relaxed.value is None or relaxed.marginals is None:
        return Found(None, np.inf, True) if left() == 0.0 else whole(upper)
    most = relaxed.value
    # a column that may not be taken at all is out of the count, however little it would cost
    loss = np.where(upper[:integers] > 0, np.maximum(relaxed.marginals, 0.0)[:integers], np.inf)
    farthest = float(np.partition(loss, _CORE)[_CORE]) if enough == -np.inf else most - enough + _ROUNDING
    while True:
        allowed = upper.copy()
        allowed[:integers][loss > farthest] = 0.0
        beyond = loss[(loss > farthest) & np.isfinite(loss)]
        found = whole(allowed)
        if not beyond.size:
            return found._replace(bound=min(found.bound, most + _ROUNDING))
        outside = most - float(beyond.min()) + _ROUNDING
        reached = -np.inf if found.x is None else float(objective @ found.x)
        if outside <= max(reached, enough) or left() == 0.0:
            return Found(found.x, min(max(found.bound, outside), most + _ROUNDING), True)
        farthest = max(most - reached + _ROUNDING, farthest)


def _request(objective: Array, rows: Sequence[Row], upper: Array) -> Request:
    return Request(
        objective,
        np.concatenate([row.value for row in rows]),
        np.concatenate([row.column for row in rows]),
        np.concatenate(([0], np.cumsum([row.column.size for row in rows]))),
        np.array([row.upper for row in rows]),
        upper,
        whole=0,
        seconds=None,
    )


def _whole(request: Request) -> Found:
    told = _answer(request)
    if told is None:
        return Found(None, np.inf, True)
    if told.status == 2:
        return Found(None, -np.inf, False)
    return Found(told.x, np.inf if told.bound is None else told.bound, True)


def _answer(request: Request) -> Answer | None:
    """HiGHS's answer; None when the time is up and it has said nothing."""
    if request.seconds is not None:
        if request.seconds < _LEAST:
            return None
        ready = request.seconds > _AMPLE or _SCIPY in sys.modules
        if sys.executable and not (ready and request.upper.size <= _LARGE):
            return _elsewhere(request, request.seconds)
        start = time.monotonic()
        with suppress(ImportError):
            import_module(_SCIPY)
        request = request._replace(seconds=max(request.seconds - (time.monotonic() - start), _LEAST))
    try:
        with _lock, _without_noise():
            return asked.answer(request)
    except ImportError:
        raise _no_scipy() from None


def _no_scipy() -> InputError:
    return InputError("plans need scipy, which is not installed", install("plans"))


def _elsewhere(request: Request, seconds: float) -> Answer | None:
    """The answer of another process, ended when the time is up."""
    if find_spec("scipy") is None:
        raise _no_scipy()
    with own_process() as process:
        return process.ask(request, seconds)


class Process:
    """A process that answers one request after another; started when it is first asked."""

    def __init__(self) -> None:
        self.running: subprocess.Popen[bytes] | None = None

    def ask(self, request: Request, seconds: float) -> Answer | None:
        """Its answer; None, and the process ended, when it has given none in time or has failed."""
        if self.running is not None and self.running.poll() is not None:
            self.end()  # somebody ended it while it stood ready
        running = self.running = self.running or self._started()
        told: list[Answer] = []

        def talk() -> None:
            assert running.stdin is not None
            assert running.stdout is not None
            try:
                pickle.dump(tuple(request), running.stdin)
                running.stdin.flush()
                told.append(Answer(*pickle.load(running.stdout)))
            except (OSError, ValueError, EOFError, pickle.UnpicklingError):
                return

        talking = threading.Thread(target=talk, daemon=True)
        talking.start()
        talking.join(seconds)
        if told:
            return told[0]
        self.end()
        talking.join()
        return None

    def end(self) -> None:
        """End the process, if it runs."""
        if self.running is None:
            return
        self.running.kill()
        self.running.wait()
        for pipe in (self.running.stdin, self.running.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self.running = None

    def _started(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            # -P: the folder of the script has modules named as some of Python's own
            [sys.executable, "-P", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )


_process: ContextVar[Process | None] = ContextVar("_process", default=None)


@contextmanager
def own_process(lasting: Process | None = None) -> Iterator[Process]:
    """One process for all programs asked inside that need one, so that it is started once: the one that is `lasting`
    longer, or the one around this.
    """
    around = _process.get()
    process = lasting or around or Process()
    token = _process.set(process)
    try:
        yield process
    finally:
        _process.reset(token)
        if process not in (lasting, around):
            process.end()


@contextmanager
def _without_noise() -> Iterator[None]:
    """Drop the one line that HiGHS prints whatever it is told (ERGO-Code/HiGHS, `tmpSolver.run()`).

    It is printed by C. So C's own stream of standard output is put aside meanwhile, and what else was written to it is
    written again; the process's output itself stays where it is, for Python and for every process that is started.
    Where C does not let its stream be put aside (Windows, musl) the line stays.
    """
    own = _c_stream()
    if own is None:
        yield
        return
    libc, stream, aside = own
    kept, stream.value = stream.value, aside
    try:
        yield
    finally:
        stream.value = kept
        libc.fflush(aside)
        written = libc.fileno(aside)
        for line in os.pread(written, os.fstat(written).st_size, 0).splitlines(keepends=True):
            if not line.startswith(_NOISE):
                libc.fwrite(line, 1, len(line), kept)
        os.ftruncate(written, 0)
        libc.rewind(aside)
        libc.fflush(kept)


@cache
def _c_stream() -> tuple[Any, Any, int] | None:
    """The C library, its variable of the standard output, and a stream to put there instead; never closed."""
    name = "__stdoutp" if sys.platform == "darwin" else "stdout"
    try:
        if sys.platform != "darwin" and not (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc"):
            return None  # elsewhere the variable may not be written to
        libc = ctypes.CDLL(None)
        for call in (libc.fflush, libc.fileno, libc.rewind):
            call.argtypes = [ctypes.c_void_p]
        libc.fwrite.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p]
        libc.tmpfile.restype = ctypes.c_void_p
        stream, aside = ctypes.c_void_p.in_dll(libc, name), libc.tmpfile()
    except (OSError, TypeError, AttributeError, ValueError):
        return None
    return (libc, stream, aside) if aside else None
