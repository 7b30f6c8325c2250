"""Build hook: an installed catalogue carries a compiled twin beside each TOML file, for quick starts."""

import importlib.util
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogue(BuildHookInterface):
    """Adds `<file>.toml.json` for every file of facts to a wheel; an editable install reads the TOML itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        self.folder = tempfile.TemporaryDirectory()
        for path in sorted((root / "catalog").rglob("*.toml")):
            place = path.relative_to(root / "catalog")
            target = Path(self.folder.name) / f"{place}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_compiled(root)(path.read_bytes()))
            build_data["force_include"][str(target)] = f"decide/catalog/data/{place}.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


def _compiled(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("compile_catalogue", root / "decide" / "catalog" / "compiled.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.compiled
