"""Files put in place whole or not at all, so that a failure leaves what was there."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from decide.errors import InputError


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Put a file in place in one step; its pieces are written beside it first, as many as there are.

    Raises
    ------
    InputError : the place is a folder or cannot be written.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder", "-o takes a file")
    temporary = None
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                device.writelines(pieces)
            return
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
        with os.fdopen(descriptor, "wb") as handle:
            handle.writelines(pieces)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
