"""The text of a file that a person names, or one line that says why there is none."""

import sys
from contextlib import nullcontext
from pathlib import Path

from decide.errors import InputError


def text_of(file: str, what: str, most: int, hint: str) -> str:
    """The UTF-8 text of a file, or of standard input for `-`, without a byte order mark.

    Parameters
    ----------
    what : what it should be, such as "a file of facts".
    most : so many bytes at most.
    hint : what would do where there is no such file.

    Raises
    ------
    InputError : no such file, too large, or not UTF-8 text.
    """
    name, path = "standard input" if file == "-" else file, Path(file)
    try:
        if file != "-" and not path.is_file():
            raise InputError(f"{file}: {'is a folder' if path.is_dir() else 'no such file'}", hint)
        with nullcontext(sys.stdin.buffer) if file == "-" else path.open("rb") as handle:
            data = handle.read(most + 1)
        if len(data) > most:
            raise InputError(f"{name}: too large for {what}", f"the limit is {most // 2**20} MB")
        if b"\0" in data:
            raise InputError(f"{name}: not a text file", f"{what} is text")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start})", "save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from None
