"""A file to fill in, put where none stands yet."""

from pathlib import Path

import click

from decide.catalog.files import write_whole
from decide.cli.output import write
from decide.errors import InputError

FORCE = click.option("--force", is_flag=True, help="Write over a file that is there.")


def put(file: str, text: str, force: bool, told: str) -> None:
    """Write a draft to a file, and say what to do with it; to standard output alone for `-`.

    Raises
    ------
    InputError : a file is there already, or none can be put there.
    """
    if file == "-":
        write(text)
        return
    if Path(file).exists() and not force:
        raise InputError(f"{file}: is already there", "--force writes over it")
    write_whole(Path(file), [text.encode("utf-8")])
    write(f"{file}: written. {told}")
