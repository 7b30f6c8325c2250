"""What was worked out once, kept as files in a folder of the user's own. Whatever is in doubt is not there.

The folder is `decide` in `DECIDE_CACHE` (`off`: nothing is kept or read), else in the system's place for such things.
Only a folder that is the user's and nobody else's is read or written, and only whole files of the user's own in it.
A file is bytes behind a digest of them, of a name (what it is) and of a key (what it was made from), so that one that
is cut short, or that was made of anything else, is none. The newest stay. Nothing here ever fails: at worst it is slow.
"""

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

VARIABLE, OFF = "DECIDE_CACHE", "off"
ENDING = ".kept"
MOST = 600
"""Files that stay: every file of facts, every concern and what was asked of them, under their newest few keys."""
LARGEST = 16_000_000
"""Bytes above which something is not kept."""


def sealed(name: str, key: str, data: bytes) -> bytes:
    """Bytes behind the digest of what they are."""
    return _digest(name, key, data) + b"\n" + data


def unsealed(name: str, key: str, found: bytes) -> memoryview | None:
    """The bytes behind a digest; None where they are not what the digest says, or something else."""
    end = found.find(b"\n")
    data = memoryview(found)[end + 1 :]
    return data if found[: max(end, 0)] == _digest(name, key, data) else None


def _digest(name: str, key: str, data: bytes | memoryview) -> bytes:
    found = hashlib.sha256(f"{len(name)} {name} {key}\n".encode())
    found.update(data)
    return found.hexdigest().encode()


def is_used() -> bool:
    """Whether things are kept at all."""
    return _folder() is not None


def read(name: str, key: str) -> memoryview | None:
    """What was kept by this name under this key; None where there is nothing that can be trusted."""
    place = _folder()
    if place is None or not _is_own(place):
        return None
    try:
        # a pipe or a device in its place would be waited for
        with open(os.open(place / _file(name, key), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            if not (stat.S_ISREG(status.st_mode) and _private(status) and status.st_size <= LARGEST):
                return None
            return unsealed(name, key, file.read())
    except OSError:
        return None


def write(name: str, key: str, data: bytes) -> None:
    """Keep bytes by this name under this key, where that can be done; in one step, so that no half is ever read."""
    place = _folder()
    if place is None or len(data) > LARGEST:
        return
    try:
        for missing in reversed([one for one in (place, *place.parents) if not one.exists()]):
            missing.mkdir(0o700, exist_ok=True)
        if not _is_own(place):
            return
        descriptor, temporary = tempfile.mkstemp(dir=place, suffix=ENDING)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(sealed(name, key, data))
            Path(temporary).replace(place / _file(name, key))
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _only_the_newest(place)
    except OSError:
        return


def _file(name: str, key: str) -> str:
    return hashlib.sha256(f"{len(name)} {name} {key}".encode()).hexdigest()[:40] + ENDING


def _folder() -> Path | None:
    chosen = os.environ.get(VARIABLE, "")
    if chosen.strip().lower() == OFF:
        return None
    try:
        return (Path(chosen).absolute() if chosen else _of_system()) / "decide"
    except (OSError, RuntimeError):
        # nobody's home
        return None


def _of_system() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    given = os.environ.get("XDG_CACHE_HOME", "")
    # the XDG rules: a relative path is none
    return Path(given) if os.path.isabs(given) else Path.home() / ".cache"


def _is_own(place: Path) -> bool:
    try:
        status = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _private(status)


def _private(status: os.stat_result) -> bool:
    """Whether something is the user's and closed to all others; where there are no such marks, the place decides."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o077)


def _only_the_newest(place: Path) -> None:
    with os.scandir(place) as entries:
        kept = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name.endswith(ENDING)]
    for _, path in sorted(kept, reverse=True)[MOST:]:
        Path(path).unlink(missing_ok=True)
