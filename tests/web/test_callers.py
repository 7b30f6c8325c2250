"""What one caller does keeps no other from an answer; only named hosts are answered; HEAD tells what GET would send."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from decide.catalog import Catalog
from decide.web import create_app, wire
from decide.web.guard import Bounds, Guard, goes_by, host_of
from tests.web.pagework import in_a_thread


class Sent:
    """What a guard sends to one caller."""

    def __init__(self) -> None:
        self.status, self.body = 0, b""

    async def __call__(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")


def asked(host: str, method: str = "GET") -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": "/", "raw_path": b"/", "query_string": b"", "client": (host, 1),
        "headers": [(b"host", b"localhost:8000")],
    }  # fmt: skip


async def plain(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["method"].encode()})


async def never() -> Any:
    await anyio.sleep_forever()


async def at_once() -> Any:
    return {"type": "http.request", "body": b"{}", "more_body": False}


def test_slow_bodies_of_one_caller_keep_out_nobody_else() -> None:
    async def main() -> None:
        guard = Guard(plain, Bounds(sending=0.3))
        slow = [Sent() for _ in range(70)]
        async with anyio.create_task_group() as group:
            for sent in slow:
                group.start_soon(guard, asked("slow", "POST"), never, sent)
            await anyio.sleep(0.05)
            for n in range(40):
                sent = Sent()
                await guard(asked(f"other {n % 3}", "POST"), at_once, sent)
                assert sent.status == 200
        assert {sent.status for sent in slow} == {408}
        assert not guard.here

    in_a_thread(main)


def test_one_caller_fills_its_own_line_alone() -> None:
    async def main() -> None:
        guard = Guard(plain, Bounds(each=2, line=3, sending=0.2))
        sents = [Sent() for _ in range(8)]
        async with anyio.create_task_group() as group:
            for sent in sents:
                group.start_soon(guard, asked("slow", "POST"), never, sent)
            await anyio.sleep(0.05)
            assert [sent.status for sent in sents].count(429) == 3
            other = Sent()
            await guard(asked("other"), at_once, other)
            assert other.status == 200

    in_a_thread(main)


def test_head_says_what_get_would_and_sends_nothing() -> None:
    sent = Sent()
    in_a_thread(Guard(plain), asked("somebody", "HEAD"), at_once, sent)
    assert (sent.status, sent.body) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/about", "/api/health", "/static/FILE"])
def test_every_page_answers_head(client: TestClient, path: str) -> None:
    told, whole = client.head(path), client.get(path)
    assert (told.status_code, told.content) == (whole.status_code, b"")
    assert told.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"), ("LOCALHOST:8000", "localhost"), ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:8000", "::1"), ("[::1]", "::1"), ("evil.example.", "evil.example"), ("", ""),
        ("[::1]x.evil", ""), ("localhost:80:evil", ""), ("localhost:evil", ""),
    ],
)  # fmt: skip
def test_a_host_is_read_without_its_port(header: str, name: str) -> None:
    assert host_of(header) == name


@pytest.mark.parametrize("host", ["evil.com", "127.0.0.1.evil.com", "localhost.evil.com", "", "8.8.8.8", "[::2]"])
@pytest.mark.parametrize("path", ["/", "/api/health", "/static", "/static/FILE"])
def test_only_named_hosts_are_answered(catalog: Catalog, host: str, path: str) -> None:
    client = TestClient(create_app(catalog, warm=False), base_url="http://localhost")
    refused = client.get(path, headers={"host": host}, follow_redirects=False)
    assert refused.status_code == 421
    assert "location" not in refused.headers
    assert client.get("/api/health").status_code == 200


def test_open_to_all_networks_it_answers_addresses_and_named_hosts() -> None:
    open_to_all = ("localhost", "0.0.0.0", "clinic.example")
    assert goes_by("192.168.1.20", open_to_all)
    assert goes_by("clinic.example", open_to_all)
    assert not goes_by("evil.example", open_to_all)
    assert not goes_by("192.168.1.20", ("localhost", "192.168.1.21"))


@pytest.fixture
def wired(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A real server with short waits, on a free port."""
    import uvicorn

    monkeypatch.setattr(wire, "HEADERS", 0.4)
    monkeypatch.setattr(wire.Wire, "each", 12)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(catalog, warm=False), port=port, **wire.settings()))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join(10)


def closed(connection: socket.socket, seconds: float) -> bool:
    connection.settimeout(seconds)
    try:
        return connection.recv(100) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def test_headers_that_never_end_are_let_go(wired: int) -> None:
    with (
        socket.create_connection(("127.0.0.1", wired)) as silent,
        socket.create_connection(("127.0.0.1", wired)) as slow,
    ):
        slow.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-A: ")
        assert closed(silent, 5)
        assert closed(slow, 5)
    with socket.create_connection(("127.0.0.1", wired)) as quick:
        for _ in range(3):  # a connection that is kept has its time anew for each request
            quick.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            quick.settimeout(20)
            assert quick.recv(20).startswith(b"HTTP/1.1 200")
            while not quick.recv(4096).endswith(b"}"):
                pass
            time.sleep(0.5)


def test_a_caller_holds_only_so_many_connections(wired: int) -> None:
    held = [socket.create_connection(("127.0.0.1", wired)) for _ in range(12)]
    try:
        with socket.create_connection(("127.0.0.1", wired)) as more:
            assert closed(more, 5)
    finally:
        for one in held:
            one.close()


def test_the_schema_is_told_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/openapi.json")
    monkeypatch.setattr(json, "dumps", lambda *_, **__: pytest.fail("made again"))
    assert client.get("/openapi.json").content == whole.content
