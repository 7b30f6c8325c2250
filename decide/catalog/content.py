"""What folders of facts hold, as one digest of their bytes, and whether they still hold it."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

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
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.toml")):
            status = os.stat(path)
            found.append((str(path), status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))
    return tuple(found)
