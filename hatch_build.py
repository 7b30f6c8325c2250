"""Build hook: an installed catalogue carries what can be worked out from it beforehand, for quick starts."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogue(BuildHookInterface):
    """Adds to a wheel `<file>.toml.json` for every file of facts, and what each concern's synthesis and performance
    tables say; an editable install reads the TOML itself.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        for place, data in _files(Path(self.root)):
            target = Path(self.folder.name) / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            build_data["force_include"][str(target)] = f"decide/catalog/data/{place}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    # of what is built here alone: nothing that was kept on this machine, and no other copy of the program
    os.environ["DECIDE_CACHE"] = "off"
    sys.path.insert(0, str(root))
    from decide.catalog import Catalog
    from decide.catalog.compiled import COMPILED, compiled
    from decide.catalog.read import by_table, read_file
    from decide.criteria import build as tables
    from decide.evidence import build

    for path in sorted((root / "catalog").rglob("*.toml")):
        yield (
            f"{path.relative_to(root / 'catalog').as_posix()}{COMPILED}",
            compiled(path.read_bytes(), by_table(read_file(path)[0])),
        )
    catalog = Catalog(root / "catalog")
    yield from build.files(catalog)
    yield from tables.files(catalog)
