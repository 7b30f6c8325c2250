"""A file of requests answered piece by piece: here or on an engine, in bounded memory, going on after a kill.

Each piece's answers are a file of their own beside OUT, put in place whole, the rows that were wrong before those that
were answered: a piece whose file is there is done, and no other is. At the end the pieces are put together.

Long because what a run hangs on, who answers its pieces and what is kept of them when one of these fails are one rule.
"""

import hashlib
import json
import math
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from decide.batch.arrow import as_id
from decide.batch.kernel import Desk, desk_for
from decide.batch.tables import Piece, as_batch, ending_of, merged, pieces, size_of, written
from decide.catalog import Catalog, load_catalog
from decide.catalog.files import write_whole
from decide.catalog.profile_file import ENDING, with_profile
from decide.catalog.worked import key_of
from decide.errors import InputError
from decide.lazily import dataclass
from decide.question.problem import Preferences, known_market

PIECE = 50_000
"""Rows answered together, so that many of them share a table."""
PIECE_DRAWN = 20_000
"""The same where every row is drawn for, or told at length: so that little is lost with a kill."""
WAIT = 10
"""Seconds in which a scheduler has to answer."""


@dataclass(frozen=True)
class Recipe:
    """How every row is answered: plain values, that a worker elsewhere makes its desk of."""

    folder: str | None = None
    profile: str | None = None
    market: str | None = None
    weights: tuple[tuple[str, float], ...] = ()
    horizon: float | None = None
    quotes: tuple[str, ...] = ()
    price_list: str | None = None
    borrow: bool = True
    draws: int = 0
    seed: int = 0
    reasons: bool = False
    held: tuple[tuple[str, str], ...] = ()
    """What the files and the surroundings held when the run began (`held_by`); a worker that finds another refuses."""

    @property
    def piece(self) -> int:
        """Rows answered together."""
        return PIECE_DRAWN if self.draws or self.reasons else PIECE


class Done(NamedTuple):
    """A piece answered: a file's bytes, lines for the rows that were wrong, and how many rows were."""

    answers: bytes
    wrong: bytes
    bad: int


@lru_cache(2)
def desk(recipe: Recipe) -> Desk:
    """The desk of a recipe, made once by each worker.

    Raises
    ------
    InputError : it cannot be made, or is not what the run began with.
    """
    catalog, profile = with_profile(_facts(recipe.folder), recipe.profile)
    mine = Preferences(
        recipe.market, profile, dict(recipe.weights), recipe.horizon, recipe.quotes, recipe.price_list, recipe.borrow
    )
    found = desk_for(catalog, mine, draws=recipe.draws, seed=recipe.seed, reasons=recipe.reasons)
    # of the program a worker elsewhere has the same version: in a checkout others may be at work
    if recipe.held and (other := _differs(dict(recipe.held), held_by(recipe)[1:])):
        raise InputError(f"a worker has {other} than the run began with", "the same files and DECIDE_MARKET everywhere")
    return found


@lru_cache(1)
def _facts(folder: str | None) -> Catalog:
    return load_catalog(folder)


def held_by(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    """What answers hang on beside the options: digests of what the files hold, the program, and the market in force."""
    catalog = _facts(recipe.folder)
    if not catalog.content:
        _facts.cache_clear()  # a file has changed since it was read
        catalog = _facts(recipe.folder)
    if not (key := key_of(catalog, "")):
        raise InputError("the files of facts cannot be read, or change while they are", "try again once they are still")
    version, code, facts = key.split()
    files = {"another profile": recipe.profile if _is_file(recipe.profile) else None, "other prices": recipe.price_list}
    return (
        ("another program", f"{version} {code}"),
        ("other facts", facts),
        *((what, _digest(file) if file else "") for what, file in files.items()),
        ("another market", known_market(catalog, recipe.market).id),
    )


def _is_file(profile: str | None) -> bool:
    return profile is not None and profile.lower().endswith(ENDING)


def _digest(file: str) -> str:
    try:
        with Path(file).open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from None


def _differs(before: dict[str, Any], now: tuple[tuple[str, Any], ...]) -> str:
    return ", ".join(what for what, value in now if before.get(what) != value)


def answered(recipe: Recipe, piece: Piece, ending: str) -> Done:
    """One piece's answers; the work that is given to others."""
    found = desk(recipe).rank(as_batch(piece))
    errors, hints = (found.column(name).to_pylist() for name in ("error", "hint"))
    said: list[Any] = [*piece.rows]
    for k, (error, row) in piece.wrong.items():
        errors[k], hints[k], said[k] = error.message, error.hint, row
    wrong = [
        {"row": piece.first + k, "id": _own_id(said[k]), "error": error, "hint": hints[k], "said": _plain(said[k])}
        for k, error in enumerate(errors)
        if error is not None
    ]
    if wrong:
        found = found.filter(_mask([error is None for error in errors]))
    kept = found.select([name for name in found.schema.names if name not in ("error", "hint")])
    lines = "".join(json.dumps(line, default=str) + "\n" for line in wrong)
    return Done(written(kept, ending), lines.encode(), len(wrong))


def _own_id(said: Any) -> str | None:
    found = as_id(said.get("id")) if isinstance(said, dict) else None
    return found if isinstance(found, str) and found else None


def _plain(said: Any) -> Any:
    """What was said without what JSON has no numbers for."""
    if isinstance(said, dict):
        return {name: _plain(value) for name, value in said.items()}
    return str(said) if isinstance(said, float) and not math.isfinite(said) else said


def _mask(kept: list[bool]) -> Any:
    import pyarrow as pa

    return pa.array(kept)


# ------------------------------------------------------------------ engines


class Engine:
    """Where pieces are answered: `submit(function, *args)` gives something whose `result()` waits for it."""

    ahead = 0
    """Pieces that may wait for their answers to be saved while the next is given away."""

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        """Let the workers go."""

    def submit(self, work: Callable[..., Done], *args: Any) -> Any:
        """Give a piece away; here it is answered at once."""
        done: Future[Done] = Future()
        done.set_result(work(*args))
        return done


class Local(Engine):
    """Processes of this machine; where one dies, all are started anew once, and what was lost is given away again."""

    def __init__(self, workers: int) -> None:
        self.ahead, self._workers, self._deaths = 2 * workers, workers, 0
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # a fresh process each, for what this one has started is not safely copied
        return ProcessPoolExecutor(self._workers, get_context("spawn"))

    def __exit__(self, *_: object) -> None:
        """Let the workers go."""
        self._pool.shutdown(cancel_futures=True)

    def submit(self, work: Callable[..., Done], *args: Any) -> Any:
        """Give a piece to a process."""
        return _Given(self, work, args)

    def given(self, work: Callable[..., Done], args: tuple[Any, ...]) -> tuple[ProcessPoolExecutor, Future[Done]]:
        """A piece with the processes that have it."""
        while True:
            pool = self._pool
            try:
                return pool, pool.submit(work, *args)
            except BrokenProcessPool:
                self.broken(pool)

    def broken(self, pool: ProcessPoolExecutor) -> None:
        """Start processes in place of these, if nobody has yet.

        Raises
        ------
        InputError : they died before.
        """
        if pool is self._pool:
            self._deaths += 1
            if self._deaths > 1:
                raise InputError(
                    "worker processes were ended from outside, twice",
                    "--resume goes on; fewer --workers need less memory",
                )
            pool.shutdown()
            self._pool = self._started()


class _Given:
    """A piece that processes have; what was asked is kept until it is answered."""

    def __init__(self, local: Local, work: Callable[..., Done], args: tuple[Any, ...]) -> None:
        self._local, self._work, self._args = local, work, args
        self._pool, self._future = local.given(work, args)

    @property
    def finished(self) -> bool:
        """Whether the answers are there."""
        return self._future.done() and self._future.exception() is None

    def result(self) -> Done:
        """Wait for the answers."""
        while True:
            try:
                return self._future.result()
            except BrokenProcessPool:
                self._local.broken(self._pool)
                self._pool, self._future = self._local.given(self._work, self._args)


class Dask(Engine):
    """Workers of a Dask cluster that is there already; a piece whose worker dies is given to another."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise InputError(
                "--engine dask needs Dask", "pip install 'decide-treatments[scale]', here and on the workers"
            ) from None
        try:
            self._client = Client(address, timeout=WAIT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(f"no Dask scheduler answers at {address}: {error}") from None
        self.ahead = 2 * max(1, len(self._client.nthreads()))

    def __exit__(self, *_: object) -> None:
        """Leave the cluster as it was."""
        self._client.close()

    def submit(self, work: Callable[..., Done], *args: Any) -> Any:
        """Give a piece to a worker."""
        return self._client.submit(work, *args, pure=False)


# ------------------------------------------------------------------ the whole file


class Count(NamedTuple):
    """Rows of a file, and how many of them could not be answered."""

    rows: int
    bad: int


def bad_beside(target: Path) -> Path:
    """Where rows that cannot be answered are told, each with its reason."""
    return target.with_name(f"{target.name}.bad.jsonl")


def run(
    source: str, target: Path, recipe: Recipe, engine: Callable[[], Engine], *, resume: bool = False,
    step: Callable[[int, int], None] = lambda reach, size: None,
) -> Count:  # fmt: skip
    """Answer every row of a file; `step` is told how far into it the answers reach.

    Raises
    ------
    InputError : the file cannot be read, an earlier run stopped midway (without `resume`), or was another (with it).
    """
    parts = target.with_name(f"{target.name}.parts")
    recipe = replace(recipe, folder=recipe.folder or os.environ.get("DECIDE_CATALOG") or None)
    recipe = replace(recipe, held=held_by(recipe))
    ending, _ = ending_of(target.name), desk(recipe)
    if ending == ".txt":
        raise InputError(f"{target}: answers are no lines of text", "name a .csv, .jsonl or .parquet file")
    if target.is_dir():
        raise InputError(f"{target}: is a folder", "name a file")
    size, fresh = size_of(source), not parts.exists()
    told = _told(source, recipe)
    with _alone_in(parts):
        _begin(parts, told, fresh=fresh, resume=resume)
        try:
            rows = _each(source, parts, ending, recipe, engine, lambda reach: step(reach, size))
        except InputError as error:
            if any(part.suffix == ending and part.stem.isdigit() for part in parts.iterdir()):
                raise InputError(f"{error.message}; what is done stays in {parts}", error.hint) from None
            if fresh:
                shutil.rmtree(parts)
            raise
        return Count(rows, _together(parts, ending, target))


@contextmanager
def _alone_in(parts: Path) -> Iterator[None]:
    """Make the folder of parts if need be, and hold it while a run is at work in it; a kill lets go of it.

    Raises
    ------
    InputError : it cannot be made, or another run holds it.
    """
    taken = InputError(f"{parts}: another run is at work in it", "wait for its end, or name another OUT")
    try:
        parts.mkdir(exist_ok=True)
        lock = os.open(parts / "lock", os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise InputError(f"{parts}: cannot be made: {error.strerror or error}") from None
    try:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # it may have ended, folder and all, since the file was opened
                if os.fstat(lock).st_ino != (parts / "lock").stat().st_ino:
                    raise taken
            except (BlockingIOError, FileNotFoundError):
                raise taken from None
        else:
            os.close(lock)
        yield
    finally:
        if sys.platform != "win32":
            os.close(lock)


def _each(
    source: str, parts: Path, ending: str, recipe: Recipe, engine: Callable[[], Engine], step: Callable[[int], None]
) -> int:
    """Answer the pieces that are not there yet, a few at once; how many rows there are."""
    rows, waiting = 0, list[tuple[Path, Any, int]]()

    def save(part: Path, done: Done) -> None:
        write_whole(part.with_suffix(".bad"), [done.wrong])
        write_whole(part, [done.answers])

    def settle(most: int) -> None:
        while len(waiting) > most:
            part, future, reach = waiting.pop(0)
            if future is not None:
                try:
                    save(part, future.result())
                except InputError:
                    for other, later, _ in waiting:
                        if getattr(later, "finished", False):
                            save(other, later.result())
                    raise
            step(reach)

    with engine() as workers:
        given = enumerate(pieces(source, desk(recipe).catalog, recipe.piece))
        while True:
            try:
                number, piece = next(given)
            except StopIteration:
                break
            except InputError:
                settle(0)
                raise
            part = parts / f"{number:08}{ending}"
            rows += len(piece.rows)
            waiting.append(
                (part, None if part.exists() else workers.submit(answered, recipe, piece, ending), piece.reach)
            )
            settle(workers.ahead)
        settle(0)
    if not rows:
        raise InputError(f"{source}: no request in it", "a row each, in columns or in words")
    return rows


def _told(source: str, recipe: Recipe) -> dict[str, Any]:
    """What a run is: one that differs in any of this would put other answers beside those that are there."""
    options = asdict(recipe)
    del options["held"], options["folder"], options["price_list"]  # what they hold tells, not where they are
    if _is_file(recipe.profile):
        del options["profile"]
    # as it is read back
    told = {"another file": _digest(source), "other options": options, **dict(recipe.held)}
    return dict(json.loads(json.dumps(told)))


def _begin(parts: Path, told: dict[str, Any], *, fresh: bool, resume: bool) -> None:
    there = parts / "run.json"
    if not fresh and not resume:
        raise InputError(f"{parts}: an earlier run stopped midway", "--resume goes on with it; or delete the folder")
    if there.exists():
        try:
            before = dict(json.loads(there.read_text("utf-8")))
        except (ValueError, TypeError):
            before = {}
        if other := _differs(before, tuple(told.items())):
            raise InputError(f"{parts}: is of {other}", "delete it to begin anew")
    write_whole(there, [json.dumps(told).encode()])


def _together(parts: Path, ending: str, target: Path) -> int:
    """Put the pieces together and in place; how many rows were wrong."""
    done = sorted(part for part in parts.iterdir() if part.suffix == ending and part.stem.isdigit())
    wrong = [part.with_suffix(".bad") for part in done]
    whole, bad = parts / f"whole{ending}", parts / "whole.bad"
    merged(done, ending, whole)
    merged(wrong, ".jsonl", bad)
    count = sum(1 for _ in bad.open("rb"))
    if count:
        bad.replace(bad_beside(target))
    else:
        bad_beside(target).unlink(missing_ok=True)
    whole.replace(target)
    shutil.rmtree(parts)
    return count
