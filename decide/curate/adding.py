"""Facts added to a folder of one's own: tried on a copy first, and written only when nothing is wrong with them.

What is added goes into a file of its own, so that no fact that stands there already can be lost.
"""

import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from decide.answers.moves import Moves
from decide.catalog.catalog import Catalog, shipped_root
from decide.catalog.check import check
from decide.catalog.read import read_file
from decide.criteria.registry import GUESSED
from decide.curate.compared import moves
from decide.errors import InputError


class Addition(NamedTuple):
    """What would be written where, how many facts of each table it holds, what is wrong, and what it moves."""

    path: Path
    data: bytes
    facts: dict[str, int]
    problems: tuple[str, ...]
    moves: Moves | None


def plan(text: str, folder: Path, name: str) -> Addition:
    """Try new facts on a copy of a folder: what would be written, what is wrong with the whole, what it moves.

    Parameters
    ----------
    text : TOML tables.
    folder : the folder of one's own facts; it need not exist.
    name : what to call the file, without its ending; a number is added when that name is taken.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: not a folder", "--to takes a folder")
    target = _free(folder, name)
    data = text.encode("utf-8")
    root = shipped_root()
    with tempfile.TemporaryDirectory(prefix="decide-") as holder:
        copy = Path(holder) / "facts"
        _copy(folder, copy)
        trial = copy / target.name
        trial.write_bytes(data)
        entries, _ = read_file(trial)
        facts = dict(Counter(entry.table for entry in entries))
        after = Catalog(root, (copy,))
        # as a person would meet it: with their folder's name, not the copy's
        problems = tuple(str(problem).replace(str(copy), str(folder)) for problem in check(after, GUESSED))
        if not problems and not facts:
            problems = (f"{target}: holds no facts",)
        moved = None
        if not problems:
            before = Catalog(root, (folder,) if folder.is_dir() else ())
            moved = moves(before, after, ("as it was", "with the addition"))
    return Addition(target, data, facts, problems, moved)


def write_addition(addition: Addition) -> None:
    """Write what was planned, whole or not at all.

    Raises
    ------
    InputError : something is wrong with it, or it cannot be written.
    """
    from decide.catalog.files import write_whole

    if addition.problems:
        raise InputError(f"{len(addition.problems)} problems, nothing written")
    folder = addition.path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror or error}") from None
    if addition.path.exists():
        raise InputError(f"{addition.path}: has appeared in the meantime", "try again")
    write_whole(addition.path, [addition.data])


def _free(folder: Path, name: str) -> Path:
    """A path in the folder that nothing has yet."""
    stem = re.sub(r"[^a-z0-9.+-]+", "-", name.casefold()).strip("-.")[:80] or "facts"
    candidates = [stem, *(f"{stem}-{n}" for n in range(2, 10_000))]
    return next(path for c in candidates if not (path := folder / f"{c}.toml").exists())


def _copy(folder: Path, copy: Path) -> None:
    copy.mkdir()
    for path in folder.rglob("*.toml") if folder.is_dir() else ():
        place = copy / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, place)
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
