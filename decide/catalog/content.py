"""What folders of facts hold, as one digest of their bytes, and whether they still hold it."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class State(NamedTuple):
    """When a file was written to and when anything of it changed (nanoseconds), its size, its place on the disk."""

    written: int
    changed: int
    size: int
    place: int


class Content(NamedTuple):
    """The digest of every file of facts with its place, and the state of the files when that was taken."""

    digest: str
    state: dict[Path, State]


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


def state_of(path: Path) -> State:
    """The state of a file."""
    status = os.stat(path)
    return State(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def _state(folders: Sequence[Path]) -> dict[Path, State]:
    return {path: state_of(path) for folder in folders for path in sorted(folder.rglob("*.toml"))}
