"""What stands between the network and the pages."""

import logging

import pytest
from fastapi.testclient import TestClient

from decide.catalog import Catalog
from decide.web import create_app
from decide.web.guard import Bounds

PATHS = ("/", "/?q=acne+scars", "/?q=zzz", "/nowhere", "/static/style.css", "/api/health", "/openapi.json",
         "/charts/contributions.svg?concern=acne-scars", "/report?q=acne+scars")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers
    if not path.startswith("/static"):
        assert headers["cache-control"] == "no-store"


def test_pages_have_no_inline_script_or_style(client: TestClient) -> None:
    for path in ("/", "/?q=acne+scars", "/options/microneedling?concern=acne-scars", "/about"):
        page = client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script src="/static/app.js')


def test_bounds_hold(catalog: Catalog) -> None:
    small = Bounds(body=1000, query=500, rate=0.001, burst=6, seconds=15)
    with TestClient(create_app(catalog, small, warm=False, hosts=None)) as client:
        assert client.get("/about").status_code == 200
        assert client.get("/?q=" + "a" * 600).status_code == 414
        assert client.post("/api/understand", content=b'{"text": "' + b"a" * 2000 + b'"}').status_code == 413
        assert [client.get("/about").status_code for _ in range(6)][-1] == 429
        assert client.get("/about").headers["retry-after"] == "1"


def test_time_is_bounded(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from decide.web.pages import Pages

    monkeypatch.setattr(Pages, "about", lambda *_: time.sleep(2))
    with TestClient(create_app(catalog, Bounds(seconds=0.2), warm=False, hosts=None)) as client:
        assert client.get("/about").status_code == 503


def test_a_fault_here_says_nothing_of_the_question(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from decide.web.pages import Pages

    def broken(*_: object) -> None:
        raise RuntimeError("my secret illness")

    monkeypatch.setattr(Pages, "home", broken)
    with caplog.at_level(logging.DEBUG), TestClient(create_app(catalog, warm=False, hosts=None)) as client:
        caplog.clear()
        response = client.get("/?q=my+secret+illness")
    assert response.status_code == 500
    assert "secret" not in response.text
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert any("RuntimeError" in line for line in ours)
    assert not any("secret" in line for line in ours)


def test_words_that_were_not_understood_are_not_kept(catalog: Catalog) -> None:
    from decide.web.answers import Desk

    desk = Desk(catalog)
    from decide.question.problem import Problem
    from decide.question.reading import understand

    request = understand("acne scars zebra9crossing under $2000", catalog)
    assert request.not_understood
    found = desk.answer(Problem.of(desk.catalog, request))
    assert any("zebra9crossing" in gap for gap in found.gaps)
    assert found.ranking is not None
    assert found.ranking.request.not_understood == request.not_understood
    assert "zebra9crossing" not in repr(list(desk.answers.found.items()))


def test_the_rate_forgets_callers_it_has_not_seen_for_long(catalog: Catalog) -> None:
    from decide.web.guard import Guard

    async def nothing(*_: object) -> None: ...

    guard = Guard(nothing, Bounds(callers=10))
    for k in range(100):
        assert guard._allowed(f"10.0.0.{k}")
    assert len(guard.left) == 10
