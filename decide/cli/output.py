"""Where output goes: standard output in the terminal's own encoding, or a file that is written whole or not at all."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import TypeVar

from decide.errors import InputError
from decide.report.words import plain

T = TypeVar("T")


def write(text: str, file: str | None = None) -> None:
    """Text to a file (UTF-8, whole or not at all) or to standard output, in ASCII where the terminal shows no more."""
    if not text.endswith("\n"):
        text += "\n"
    if file and file != "-":
        from decide.catalog.files import write_whole

        write_whole(Path(file), [text.encode("utf-8")])
        return
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    if encoding != "utf8":
        text = plain(text)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # what is left in the buffer would fail again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise InputError(f"the answer cannot be written: {error.strerror or error}") from None


@contextmanager
def patience() -> Iterator[None]:
    """Say on a terminal that something is worked on, once it takes longer than a second."""
    later = Timer(LONG, lambda: complain("working on it …")) if sys.stderr.isatty() else None
    if later is not None:
        later.daemon = True
        later.start()
    try:
        yield
    finally:
        if later is not None:
            later.cancel()


LONG = 1.0
"""Seconds after which somebody who waits is told so."""


def counted(items: Sequence[T], what: str) -> Iterator[T]:
    """The same items, and on a terminal every second how many are done."""
    told = monotonic()
    for done, item in enumerate(items):
        if sys.stderr.isatty() and monotonic() - told > LONG:
            told = monotonic()
            complain(f"{done} of {len(items)} {what}")
        yield item


def complain(message: str, hint: str = "") -> None:
    """One line on standard error: what is wrong, and what would do."""
    line = " ".join(f"decide: {message}{f' ({hint})' if hint else ''}".split())
    encoding = (sys.stderr.encoding or "ascii").lower().replace("-", "")
    sys.stderr.write((line if encoding == "utf8" else plain(line)) + "\n")
