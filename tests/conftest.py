import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from decide.catalog import Catalog, load_catalog
from tests.shipped import CATALOG
from tests.toy import Toy, write_rules

settings.register_profile(
    "default", deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config: pytest.Config) -> None:
    """What is worked out is kept for this run, by all its workers, as a user's own machine keeps it; nothing that the
    developer's machine kept is read.
    """
    if not hasattr(config, "workerinput"):
        os.environ["DECIDE_CACHE"] = tempfile.mkdtemp(prefix="decide-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["DECIDE_CACHE"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the developer's shell says changes a test."""
    monkeypatch.delenv("DECIDE_MARKET", raising=False)
    monkeypatch.delenv("DECIDE_CATALOG", raising=False)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return CATALOG


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What all toy catalogues share."""
    return write_rules(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def toy(tmp_path: Path, rules: Path) -> Toy:
    """A small catalogue whose figures can be followed by hand."""
    return Toy(tmp_path / "toy", rules)


@pytest.fixture(scope="session", autouse=True)
def _one_catalogue_serves_every_face() -> Iterator[None]:
    """The program loads the catalogue at each start; a command or a function that is run within the tests takes the
    one that is there, unless facts are laid over it.
    """

    import decide.api

    def shared(path: Any = None, *, overlays: tuple[Any, ...] = ()) -> Catalog:
        plain = path is None and not overlays and not os.environ.get("DECIDE_CATALOG")
        return CATALOG if plain else load_catalog(path, overlays=overlays)

    with pytest.MonkeyPatch.context() as patch:
        for module in (decide.catalog, decide.api):
            patch.setattr(module, "load_catalog", shared)
        yield
