"""The shipped catalogue, loaded once for all tests of a process: nothing changes it, and what is worked out from it
hangs on it. And its files as they stand, parsed once, for what must not be read by the program that is tested.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from decide.catalog import Catalog
from decide.catalog.catalog import shipped_root

CATALOG = Catalog(shipped_root())
FOLDER = Path(__file__).parents[1] / "catalog"


@cache
def files(folder: Path = FOLDER) -> dict[Path, dict[str, Any]]:
    """Every TOML file of a folder that no test writes to."""
    return {path: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.toml"))}


def rows(table: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The entries of one kind of table as they stand in the files."""
    return [row for file in files(folder).values() for row in file.get(table, []) if isinstance(row, dict)]
