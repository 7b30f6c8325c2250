"""The text of a file that a person names, or one line that says why there is none."""

import sys
from contextlib import nullcontext
from pathlib import Path

from decide.errors import InputError

MAX_BYTES = 16 * 1024 * 1024
"""A file of facts or of requests larger than this is a mistake (or worse), and is not read."""


def bytes_of(file: str, what: str, most: int = MAX_BYTES, hint: str = "") -> bytes:
    """What a file, or standard input for `-`, holds.

    Parameters
    ----------
    what : what it should be, such as "a file of facts".
    most : so many bytes at most.
    hint : what would do where there is no such file.

    Raises
    ------
    InputError : no such file, or too large.
    """
    name, path = "standard input" if file == "-" else file, Path(file)
    try:
        if file != "-" and not path.is_file():
            raise InputError(f"{file}: {'is a folder' if path.is_dir() else 'no such file'}", hint)
        with nullcontext(sys.stdin.buffer) if file == "-" else path.open("rb") as handle:
            data = handle.read(most + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > most:
        raise InputError(f"{name}: too large for {what}", f"the limit is {most // 2**20} MB")
    return data


def decoded(data: bytes, name: str, what: str) -> str:
    """UTF-8 text without a byte order mark.

    Raises
    ------
    InputError : it is not.
    """
    if b"\0" in data:
        raise InputError(f"{name}: not a text file", f"{what} is text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start})", "save it as UTF-8") from None


def text_of(file: str, what: str, most: int = MAX_BYTES, hint: str = "") -> str:
    """The text of a file, or of standard input for `-` (`bytes_of`, `decoded`)."""
    return decoded(bytes_of(file, what, most, hint), "standard input" if file == "-" else file, what)
