"""A criterion, a condition, a thing to avoid and a market that are facts alone work in every answer, on every face."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import decide
from decide.catalog import Catalog, load_catalog
from decide.report.formats import written
from decide.report.markdown import safe
from decide.report.views.ranking import option_view
from decide.web import create_app
from decide.web.guard import Bounds
from tests.faces.ask import FACES, Faces, terminal
from tests.overlays import DISCOMFORT, FIGURES, IRELAND, MIGRAINE, RATE, WEIGHED, overlay, with_euros


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything at once: the criterion, the condition and the market."""
    target = tmp_path_factory.mktemp("toys") / "facts"
    return overlay(target, DISCOMFORT, WEIGHED, FIGURES, MIGRAINE, IRELAND, RATE, with_euros())


@pytest.fixture(scope="module")
def toys(folder: Path) -> Catalog:
    return load_catalog(folder)


@pytest.fixture(scope="module")
def toy_client(toys: Catalog) -> Iterator[TestClient]:
    with TestClient(create_app(toys, Bounds(rate=1e9, burst=1e9, seconds=300), warm=False, hosts=None)) as found:
        yield found


@pytest.fixture
def toy_faces(
    toys: Catalog, toy_client: TestClient, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Faces:
    monkeypatch.setenv("DECIDE_CATALOG", str(folder))
    return Faces(toys, toy_client, tmp_path)


def test_nothing_is_wrong_with_them(folder: Path) -> None:
    assert terminal("catalog", "check", "--catalog", str(folder))[0] == 0


# ------------------------------------------------------------------ a criterion


def test_a_criterion_of_facts_alone_is_measured_and_weighed(toys: Catalog, catalog: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=0, catalog=toys)
    cell = ranking["microneedling"]["discomfort"]
    assert (cell.low, cell.typical, cell.high, cell.basis) == (2, 4, 6, "facts")
    assert ranking["microneedling"].values["discomfort"] == pytest.approx(0.6)
    assert ranking.weights["discomfort"] == pytest.approx(10 / 110)
    unknown = ranking["subcision"]["discomfort"]
    assert (unknown.low, unknown.typical, unknown.high, unknown.known) == (0, 4, 10, False)
    # the other criteria keep their figures
    before = decide.rank("acne scars", draws=0, catalog=catalog)
    assert {c: before["microneedling"][c] for c in catalog.criteria} == {
        c: ranking["microneedling"][c] for c in catalog.criteria
    }


def test_a_pairing_hurts_as_much_as_the_worse_of_its_parts(toys: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=0, catalog=toys)
    pairings = [row for row in ranking.rows if row.option.base == "microneedling"]
    assert pairings
    assert all(row["discomfort"].high >= 6 for row in pairings)


def test_its_draws_weights_and_working_hold(toys: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=200, weights={"discomfort": 60}, catalog=toys)
    assert sum(row.p_best or 0 for row in ranking.rows) == pytest.approx(1)
    from decide.answers.robustness.frontier import frontier_of
    from decide.answers.robustness.sureness import other_methods, sureness

    assert sureness(toys, ranking, draws=200, working=True, order=["discomfort", "benefit"]) is not None
    assert frontier_of(toys, ranking, draws=200) is not None
    assert other_methods(toys, ranking)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    "question",
    [
        "best for acne scars under $2000",
        "microneedling or subcision for acne scars",
        "why microneedling for acne scars",
        "tell me about microneedling",
        "is microneedling worth it for acne scars",
        "plan for acne scars and pigment under $1500",
    ],
)
def test_every_face_gives_every_answer(toy_faces: Faces, question: str, face: str) -> None:
    said = toy_faces.all()[face](question)
    assert ("cne scars" if question.startswith("plan") else "icroneedling") in said
    if " or " in question or (question.startswith("why") and face not in ("api", "batch")):
        assert "iscomfort" in said
    assert "discomfort'" not in said
    assert "Internal Server Error" not in said


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html"])
def test_every_form_of_a_ranking_is_written(toy_faces: Faces, form: str) -> None:
    status, said = terminal("best", "acne scars", "--format", form, "--exact")
    assert status == 0
    assert "icroneedling" in said


def test_every_written_answer_tells_of_it(toys: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=0, catalog=toys)
    table = [line.split(" | ") for line in written(ranking).splitlines() if line.startswith("|")]
    place = table[0].index("hurts")
    told = [safe(option_view(row, ranking).cells[-1].short) for row in ranking.options]
    column = [line[place] for line in table[2:] if len(line) > place and line[place] not in ("", "–")]
    assert column[: len(told)] == told
    shown = str(decide.show("microneedling", catalog=toys)[0])
    assert "discomfort points: 2–6" in shown


def test_the_working_of_an_option_names_it(toys: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=0, catalog=toys)
    cells = {cell.name: cell.says for cell in option_view(ranking["microneedling"], ranking).cells}
    assert "Discomfort" in cells


def test_the_page_has_a_slider_for_it(toy_client: TestClient) -> None:
    shown = toy_client.get("/").text
    assert "How much does it hurt?" in shown
    asked = {"edit": "1", "concern": "acne-scars", "w_discomfort": "80"}
    assert toy_client.get("/answer", params=asked).status_code == 200


def test_weights_are_found_for_it(toy_faces: Faces) -> None:
    status, said = terminal("weigh", "--points", "benefit=100,discomfort=50")
    assert status == 0
    assert "from 10 to 0 points of ten" in said


# ------------------------------------------------------------------ a condition and a thing to avoid


def why_not(ranking: Any, option: str) -> str | None:
    return next((item.why for item in ranking.left_out if item.id == option), None)


@pytest.mark.parametrize("words", ["I have migraine, what is best for wrinkles", "wrinkles, I get sick headaches"])
def test_a_condition_is_read_from_its_words_and_excludes(toys: Catalog, words: str) -> None:
    answer = decide.ask(words, draws=0, catalog=toys)
    assert answer.request.person.conditions == ("migraine",)
    assert answer.ranking is not None
    assert why_not(answer.ranking, "tretinoin") == "not for you"
    assert "migraine" in answer.restated
    assert not answer.request.not_understood


@pytest.mark.parametrize(
    "words", ["no migraine, what is best for fine lines", "never had migraine, best for fine lines"]
)
def test_a_condition_that_is_denied_excludes_nothing(toys: Catalog, words: str) -> None:
    answer = decide.ask(words, draws=0, catalog=toys)
    assert answer.request.person.conditions == ()
    assert answer.ranking is not None
    assert "tretinoin" in [row.option.id for row in answer.ranking.rows]


@pytest.mark.parametrize("face", FACES)
def test_every_face_leaves_the_option_out(toy_faces: Faces, face: str) -> None:
    said = toy_faces.all()[face]("I have migraine, what is best for wrinkles").lower()
    if face == "notebook":
        assert ">tretinoin<" not in said
    else:
        assert "migraine" in said


def test_the_command_line_the_form_and_the_api_take_it(toy_faces: Faces, toy_client: TestClient) -> None:
    status, said = terminal("best", "wrinkles", "--condition", "migraine", "--exact")
    assert status == 0
    assert "for what you said (migraine)" in " ".join(said.split())
    assert 'value="migraine"' in toy_client.get("/").text
    asked = {"edit": "1", "concern": "wrinkles", "condition": "migraine"}
    assert "migraine" in toy_client.get("/answer", params=asked).text
    found = toy_client.post("/api/rank", json={"concern": "wrinkles", "person": {"conditions": ["migraine"]}})
    assert found.status_code == 200, found.text
    barred = [item for item in found.json()["left_out"] if item["why"] == "not for you"]
    assert barred
    assert all("migraine" in json.dumps(item) for item in barred)


def test_an_unknown_condition_is_refused_with_what_comes_near(toy_faces: Faces, toy_client: TestClient) -> None:
    status, said = terminal("best", "wrinkles", "--condition", "migrane")
    assert (status, said.strip()) == (2, "decide: unknown condition 'migrane' (did you mean migraine?)")
    status, said = terminal("best", "wrinkles", "--avoid", "needels")
    assert (status, said.strip()) == (2, "decide: unknown thing to avoid 'needels' (did you mean needles?)")
    found = toy_client.post("/api/rank", json={"concern": "wrinkles", "person": {"conditions": ["migrane"]}})
    assert found.status_code in (400, 422)
    assert found.json()["error"] == "unknown condition 'migrane'"
    with pytest.raises(decide.InputError, match="unknown condition"):
        decide.rank("wrinkles", person={"conditions": ["migrane"]}, catalog=toy_faces.catalog)


def test_a_thing_to_avoid_is_read_and_left_out(toys: Catalog) -> None:
    answer = decide.ask("best for hair loss, no tablets", draws=0, catalog=toys)
    assert answer.request.avoid == ("tablets",)
    assert "no tablets" in answer.restated
    assert answer.ranking is not None
    assert why_not(answer.ranking, "finasteride-oral") == "avoided"


# ------------------------------------------------------------------ a market


def test_a_market_with_money_of_its_own_works_in_every_answer(toys: Catalog) -> None:
    how: dict[str, Any] = {"market": "ie", "catalog": toys}
    ranking = decide.rank("acne scars", draws=100, **how)
    assert ranking.currency == "EUR"
    assert ranking["microneedling"].option.cost.total.basis == "facts"
    assert ranking["subcision"].option.cost.borrowed_from
    assert decide.compare(["microneedling", "subcision"], "acne scars", **how).ranking.symbol == "€"
    assert decide.instead("microneedling", concern="acne scars", **how).symbol == "€"
    assert decide.plan(["acne scars"], 1500, **how).symbol == "€"
    assert decide.why("microneedling", "acne scars", **how)[0].symbol == "€"
    assert decide.show("microneedling", **how)[0].symbol == "€"


@pytest.mark.parametrize("face", FACES)
def test_every_face_shows_its_money(toy_faces: Faces, face: str) -> None:
    said = toy_faces.all()[face]("best for acne scars under 2000 euros in Dublin")
    assert "Ireland" in said
    assert "€" in said or "EUR" in said


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("sum_", ["€900", "900€", "900 euros"])
def test_a_market_s_sign_is_its_money_on_every_face(toy_faces: Faces, sum_: str, face: str) -> None:
    said = toy_faces.all()[face](f"best for acne scars under {sum_} in dublin")
    assert "900" in said
    assert "Not used: " not in said
    assert "not used: " not in said
