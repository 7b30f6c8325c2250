"""The same operations for programs: the library's own figures, and its own words where something is wrong."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

import decide
from decide.catalog import Catalog
from decide.cli.main import main


def post(client: TestClient, name: str, **body: Any) -> Any:
    response = client.post(f"/api/{name}", json=body)
    assert response.status_code == 200, response.text[:300]
    return response.json()


def test_ask_is_the_library(client: TestClient, catalog: Catalog) -> None:
    text = "what's best for acne scars under $2000"
    assert post(client, "ask", text=text) == json.loads(json.dumps(decide.ask(text, catalog=catalog).to_dict()))


def test_rank_is_the_library(client: TestClient, catalog: Catalog) -> None:
    wanted = {"budget": "£1,500", "weights": {"cost": 30}, "avoid": ["lasers"], "person": {"skin_type": 5}}
    mine = decide.rank("melasma", **wanted, catalog=catalog).to_dict()  # type: ignore[arg-type]
    assert post(client, "rank", concern="melasma", **wanted) == mine


def test_compare_why_instead_and_show(client: TestClient, catalog: Catalog) -> None:
    comparison = decide.compare(["exosomes", "tretinoin"], "wrinkles", catalog=catalog)
    found = post(client, "compare", procedures=["exosomes", "tretinoin"], concern="wrinkles")
    assert found == comparison.to_dict()
    chain = post(client, "why", procedure="microneedling", concern="acne scars")["answers"][0]
    row = decide.rank("acne scars", draws=0, catalog=catalog)["microneedling"]
    assert chain["row"]["score"] == row.score
    assert post(client, "instead", procedure="exosomes")["rows"]
    assert post(client, "instead", procedure="exosomes", spend=2200, concern="wrinkles")["rows"][0]["spend"] == 2200
    assert len(post(client, "show", procedure="exosomes")["answers"]) == len(catalog.members("exosomes"))


def test_plan_is_the_library(client: TestClient, catalog: Catalog) -> None:
    found = post(client, "plan", concerns=["acne scars", "melasma"], budget=1500)
    assert found == decide.plan(["acne scars", "melasma"], 1500, catalog=catalog).to_dict()


def test_understand(client: TestClient, catalog: Catalog) -> None:
    text = "exosomes or tretinoin for wrinkles"
    assert post(client, "understand", text=text) == decide.understand(text, catalog=catalog).model_dump(mode="json")


def test_the_catalogue_can_be_read(client: TestClient, catalog: Catalog) -> None:
    for kind in ("procedures", "families", "concerns", "markets", "criteria", "profiles", "sources", "edition"):
        assert client.get(f"/api/catalog/{kind}").json()["items"], kind
    assert client.get("/api/catalog/concerns/acne-scars").json()["name"] == "Acne scars"
    assert client.get("/api/catalog/concerns/nope").status_code == 422
    assert client.get("/api/health").json()["catalogue"] == catalog.edition.version


BAD = (
    ("ask", {"text": "zzz"}, ["zzz"]),
    ("ask", {"text": "   "}, ["   "]),
    ("rank", {"concern": "acne scars", "budget": "€500"}, ["best", "acne scars", "--under", "€500"]),
    ("rank", {"concern": "toothache"}, ["best", "toothache"]),
    ("rank", {"concern": "acne scars", "market": "fr"}, ["best", "acne scars", "--market", "fr"]),
    ("rank", {"concern": "acne scars", "subtype": "x"}, ["best", "acne scars", "--subtype", "x"]),
    ("why", {"procedure": "bleach", "concern": "acne scars"}, ["why", "bleach", "--for", "acne scars"]),
    ("show", {"procedure": "bleach"}, ["show", "bleach"]),
    ("instead", {"procedure": "bleach"}, ["instead", "bleach"]),
    ("compare", {"procedures": ["botox"], "concern": "wrinkles"}, ["compare", "botox", "--for", "wrinkles"]),
)


@pytest.mark.parametrize(("name", "body", "words"), BAD, ids=[" ".join(w) for _, _, w in BAD])
def test_bad_input_is_told_in_the_words_of_the_command_line(
    client: TestClient, capsys: pytest.CaptureFixture[str], name: str, body: dict[str, Any], words: list[str]
) -> None:
    response = client.post(f"/api/{name}", json=body)
    assert response.status_code == 422
    problem = response.json()
    assert main(words) == 2
    told = capsys.readouterr().err.strip().removeprefix("decide: ")
    hint = f" ({problem['hint']})" if problem["hint"] else ""
    assert " ".join(f"{problem['error']}{hint}".split()) == told


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"concern": 5}',
        b'{"concern": "acne scars", "weights": {"cost": NaN}}',
        b'{"concern": "acne scars", "budget": 1e400}',
        b'{"concern": "acne scars", "prices": "/etc/passwd"}',
        b'{"concern": "acne scars", "prices": {"microneedling": null}}',
        b'{"concern": "acne scars", "prices": {"microneedling": true}}',
        b'{"concern": "acne scars", "budget": []}',
        b'{"concern": "acne scars", "catalog": "/etc"}',
        b'{"concern": "acne scars", "person": {"skin_type": 9}}',
    ],
)
def test_a_bad_body_is_refused_in_one_line(client: TestClient, body: bytes) -> None:
    response = client.post("/api/rank", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert set(response.json()) == {"error", "hint"}
    assert "passwd" not in response.text
    # no name of a type that the program is made of
    assert not {"float", "str"} & set(response.json()["error"].replace(":", ".").split("."))
