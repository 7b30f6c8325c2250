from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from decide.catalog import Catalog
from decide.web import create_app
from decide.web.guard import Bounds
from tests.faces.ask import Faces


@pytest.fixture(scope="session")
def client(catalog: Catalog) -> Iterator[TestClient]:
    with TestClient(create_app(catalog, Bounds(rate=1e9, burst=1e9, seconds=300), warm=False, hosts=None)) as found:
        yield found


@pytest.fixture
def faces(catalog: Catalog, client: TestClient, tmp_path: Path) -> Faces:
    return Faces(catalog, client, tmp_path)
