"""A client without a network, and a real server on loopback with a real browser in front of it."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from decide.catalog import Catalog
from decide.web import create_app
from decide.web.guard import Bounds

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def client(catalog: Catalog) -> Iterator[TestClient]:
    bounds = Bounds(rate=1e9, burst=1e9)
    with TestClient(create_app(catalog, bounds, hosts=None), raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="session")
def address(catalog: Catalog) -> Iterator[str]:
    """A server on a free port of this computer."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(catalog, Bounds(rate=1e9, burst=1e9), hosts=None)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, access_log=False, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.1)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no chromium here, and CI must have one: apt-get install chromium")
        pytest.skip("no chromium here: apt-get install chromium to run the tests in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()
