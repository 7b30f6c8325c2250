import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from decide.catalog import Catalog, load_catalog
from tests.toy import Toy, write_rules

settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the developer's shell says changes a test."""
    monkeypatch.delenv("DECIDE_MARKET", raising=False)
    monkeypatch.delenv("DECIDE_CATALOG", raising=False)


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
