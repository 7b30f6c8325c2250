import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from decide.catalog import Catalog, load_catalog, read
from decide.catalog.catalog import shipped_root
from tests.toy import Toy, write_rules

os.environ["DECIDE_CACHE"] = "off"
"""Nothing is kept between tests, and nothing that was kept by the developer is read."""

settings.register_profile(
    "default", deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the developer's shell says changes a test."""
    monkeypatch.delenv("DECIDE_MARKET", raising=False)
    monkeypatch.delenv("DECIDE_CATALOG", raising=False)
    monkeypatch.setenv("DECIDE_CACHE", "off")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What all toy catalogues share."""
    return write_rules(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def toy(tmp_path: Path, rules: Path) -> Toy:
    """A small catalogue whose figures can be followed by hand."""
    return Toy(tmp_path / "toy", rules)


PARSED: dict[tuple[Path, int, int], dict[str, Any]] = {}


@pytest.fixture(scope="session", autouse=True)
def _facts_are_parsed_once() -> Iterator[None]:
    """The catalogue's files do not change while the tests run: a thousand catalogues need not parse them a thousand
    times. Files elsewhere are read as ever.
    """
    root, parse = shipped_root(), read.read_toml

    def once(path: Path) -> dict[str, Any]:
        if not path.is_relative_to(root) or not path.exists():
            return parse(path)
        state = path.stat()
        key = (path, state.st_mtime_ns, state.st_size)
        if key not in PARSED:
            PARSED[key] = parse(path)
        return dict(PARSED[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "read_toml", once)
        yield
