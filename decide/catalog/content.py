"""What folders of facts hold, as one digest of their bytes, and whether they still hold it."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from decide.version import __version__

State = tuple[tuple[str, int, int, int, int], ...]


class Content(NamedTuple):
    """The digest of every file of facts with its place, and the state of the files when that was taken."""

    digest: str
    state: State


def content_of(folders: Sequence[Path]) -> Content | None:
    """What folders hold, later ones laid over earlier ones; None where a file cannot be read."""
    try:
        # the state first: an edit while files are read shows as another state
        state = _state(folders)
        found = hashlib.sha256()
        for i, folder in enumerate(folders):
            for path in sorted(folder.rglob("*.toml")):
                name = path.relative_to(folder).as_posix()
                found.update(f"{i} {name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    except OSError:
        return None
    return Content(found.hexdigest(), state)


def unchanged(found: Content, folders: Sequence[Path]) -> bool:
    """Whether the files are as they were: none came, went or was written to since."""
    try:
        return found.state == _state(folders)
    except OSError:
        return False


def _state(folders: Sequence[Path]) -> State:
    return tuple(sorted(found for folder in folders for found in _states(folder)))


def _states(folder: Path | str) -> Iterator[tuple[str, int, int, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _states(entry.path)
            elif entry.name.endswith(".toml"):
                status = os.stat(entry.path)
                yield entry.path, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def code_of(*packages: str) -> str:
    """The version of the program with a digest of every byte of the code in these packages of it."""
    return " ".join((__version__, *map(_digest, packages)))


@cache
def _digest(package: str) -> str:
    root = Path(__file__).parent.parent
    found = hashlib.sha256()
    for path in sorted((root / package).rglob("*.py")):
        found.update(f"{path.relative_to(root).as_posix()}\n".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
