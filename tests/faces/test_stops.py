"""What stops an answer travels with the question: a red flag and words that could not be read, on every face."""

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import decide
from decide import api
from decide.catalog import Catalog
from tests.faces.ask import terminal

FLAG = "suicidal"
CALLS: dict[str, dict[str, Any]] = {
    "rank": {"concern": "wrinkles"},
    "compare": {"procedures": ["botulinum-toxin", "retinol"], "concern": "wrinkles"},
    "why": {"procedure": "botulinum-toxin", "concern": "wrinkles"},
    "show": {"procedure": "botulinum-toxin"},
    "instead": {"procedure": "botulinum-toxin"},
    "plan": {"concerns": ["wrinkles"], "budget": 2000},
}
PAGES = {
    "/": "concern=wrinkles",
    "/answer": "concern=wrinkles",
    "/options/botulinum-toxin": "concern=wrinkles",
    "/compare": "concern=wrinkles&with=botulinum-toxin&with=retinol",
    "/instead": "for=botulinum-toxin",
    "/report": "concern=wrinkles",
}
SOLD = ("$", "retinol comes first", "data-option")


def test_every_call_and_every_page_that_answers_is_among_these(client: TestClient) -> None:
    posted = {path.rsplit("/", 1)[1] for path, item in client.get("/openapi.json").json()["paths"].items()
              if "post" in item}  # fmt: skip
    answering = {
        name for name in decide.__all__
        if inspect.isfunction(call := getattr(decide, name)) and call.__module__ == api.__name__
    }  # fmt: skip
    assert posted - {"understand", "ask"} == answering - {"understand", "ask"} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_red_flag_stops_every_call_of_the_library_and_the_api(
    name: str, client: TestClient, catalog: Catalog
) -> None:
    with pytest.raises(decide.DoctorFirst, match="see a doctor first"):
        getattr(decide, name)(**CALLS[name], red_flags=[FLAG], catalog=catalog)
    answer = client.post(f"/api/{name}", json={**CALLS[name], "red_flags": [FLAG]})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("see a doctor first: ")
    assert client.post(f"/api/{name}", json=CALLS[name]).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_red_flag_stops_every_page(page: str, client: TestClient) -> None:
    answer = client.get(f"{page}?{PAGES[page]}&flag={FLAG}")
    assert answer.status_code == 200
    assert "see a doctor first" in answer.text.lower()
    assert not any(sold in answer.text.partition('<div id="answer">')[2].partition("</main>")[0] for sold in SOLD)


@pytest.mark.parametrize("page", PAGES)
def test_a_red_flag_that_nobody_knows_is_refused(page: str, client: TestClient) -> None:
    answer = client.get(f"{page}?{PAGES[page]}&flag=my+moustache")
    assert answer.status_code == 422
    assert "my moustache" in answer.text


def test_one_flag_raised_twice_is_told_once(catalog: Catalog) -> None:
    flag = next(flag for flag in catalog.red_flags if len(flag.words) > 1)
    request = decide.Request(red_flags=flag.words[:2])
    (told,) = decide.Problem.of(catalog, request).red_flags
    assert told.says == flag.says
    assert all(words in told.words for words in flag.words[:2])


@pytest.mark.parametrize("text", ["best for melasma, I take zorbix", "best for melasma, and I have a bleeding mole"])
def test_what_understand_prints_asks_the_same_of_a_batch(text: str, tmp_path: Path, catalog: Catalog) -> None:
    status, shape = terminal("understand", text)
    assert status == 0
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(json.loads(shape)) + "\n" + json.dumps({"q": text}) + "\n", encoding="utf-8")
    status, printed = terminal("batch", "--whole", str(source), "-", "--exact")
    assert status == 0
    ours, theirs = (json.loads(line) for line in printed.strip().splitlines())
    for key in ("unread", "red_flags", "restated", "gaps"):
        assert ours[key] == theirs[key]
    rows = [[row["option"]["id"] for part in found["answers"] for row in part["rows"]] for found in (ours, theirs)]
    assert rows[0] == rows[1]
    assert ours["unread"] or ours["red_flags"]


def test_a_shape_that_says_nothing_of_what_stops_is_taken_to_be_stopped(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    shape = {"concerns": [{"id": "pigment", "subtype": "melasma"}]}
    lines = [shape | {"not_understood": ["zorbix"]}, shape | {"not_understood": ["bleeding mole"]}]
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    _, printed = terminal("batch", "--whole", str(source), "-", "--exact")
    unread, flagged = (json.loads(line) for line in printed.strip().splitlines())
    assert unread["unread"] == ["zorbix"]
    assert "tranexamic-acid-oral" not in [row["option"]["id"] for part in unread["answers"] for row in part["rows"]]
    assert flagged["answers"] == []
    assert flagged["red_flags"]


def test_what_was_unread_stops_the_same_wherever_it_is_handed_on(client: TestClient, catalog: Catalog) -> None:
    read = client.post("/api/understand", json={"text": "best for melasma, I take zorbix"}).json()
    assert read["unread"] == ["zorbix"]
    asked = {"concern": "melasma", "unread": read["unread"]}
    by_api = client.post("/api/rank", json={**asked, "draws": 0}).json()
    by_library = decide.rank(**asked, draws=0, catalog=catalog)
    assert [row["option"]["id"] for row in by_api["rows"]] == [row.option.id for row in by_library.rows]
    assert "tranexamic-acid-oral" not in [row.option.id for row in by_library.rows]
    assert "tranexamic-acid-oral" in [row.option.id for row in decide.rank("melasma", draws=0, catalog=catalog).rows]


# ------------------------------------------------------------------ flags by what somebody has, however it was said

RAISED = [
    ({"concern": "hair-loss", "person": {"sex": "male", "conditions": ["alopecia-areata"]}}, "in patches"),
    ({"concern": "hair-loss", "person": {"sex": "female", "conditions": ["patchy-or-sudden-hair-loss"]}}, "in patches"),
    ({"concern": "hair-loss", "person": {"conditions": ["chemotherapy"]}}, "in patches"),
    ({"concern": "wrinkles", "person": {"conditions": ["skin-cancer"]}}, "dermatologist first"),
    ({"concern": "pigment", "person": {"conditions": ["septicaemia"]}}, "emergency department"),
]
"""Who must see a doctor first, written by hand, and what they are told."""


@pytest.mark.parametrize(("asked", "told"), RAISED)
def test_a_condition_raises_its_flag_on_every_face(
    asked: dict[str, Any], told: str, client: TestClient, catalog: Catalog, tmp_path: Path
) -> None:
    concern, person = asked["concern"], asked["person"]
    has = person["conditions"]
    with pytest.raises(decide.DoctorFirst, match=told):
        decide.rank(concern, person=person, catalog=catalog)
    with pytest.raises(decide.DoctorFirst, match=told):
        decide.plan([*{concern, "wrinkles"}], budget=2000, person=person, catalog=catalog)
    assert told in client.post("/api/rank", json=asked).json()["error"]
    query = "&".join([f"concern={concern}", *(f"condition={c}" for c in has), f"sex={person.get('sex', '')}"])
    for page in ("/", "/report", "/answer"):
        answer = client.get(f"{page}?{query}")
        assert told in answer.text
        assert not any(s in answer.text.partition('<div id="answer">')[2].partition("</main>")[0] for s in SOLD)
    sex = ["--sex", person["sex"]] if "sex" in person else []
    status, printed = terminal("best", concern, *sex, *(flag for c in has for flag in ("--condition", c)))
    assert status == 1
    assert told in printed
    import pyarrow as pa

    from decide.batch import rank_batch

    rows = [{"concern": concern, "conditions": has, "sex": person.get("sex")}, {"concern": concern, "sex": "male"}]
    first, second = rank_batch(pa.RecordBatch.from_pylist(rows), catalog=catalog).to_pylist()
    assert told in first["error"]
    assert second["options"]


def test_a_flag_of_a_concern_that_nobody_named_stops_what_is_told_of_it(catalog: Catalog, client: TestClient) -> None:
    person = {"sex": "male", "conditions": ["alopecia-areata"]}
    rows = decide.instead("dutasteride-oral", person=person, catalog=catalog).rows
    assert rows
    assert "hair-loss" not in {row.concern for row in rows}
    asked = ["--sex", "male", "--condition", "alopecia-areata"]
    status, printed = terminal("compare", "minoxidil-oral", "dutasteride-oral", *asked)
    assert status == 1
    assert "in patches" in printed
    for page in (
        "/compare?concern=wrinkles&about=hair-loss&with=minoxidil-oral&with=dutasteride-oral",
        "/options/dutasteride-oral?about=hair-loss",
    ):
        answer = client.get(f"{page}&sex=male&condition=alopecia-areata").text
        assert "see a doctor first" in answer.lower()


def test_a_flag_of_one_concern_does_not_stop_another(catalog: Catalog) -> None:
    assert decide.rank("wrinkles", person={"conditions": ["alopecia-areata"]}, draws=0, catalog=catalog).rows
    # nor what was asked of a thing alone; its own facts bar it
    (found,) = decide.show("minoxidil-topical", person={"conditions": ["alopecia-areata"]}, catalog=catalog)
    assert found.screening.verdict == "not-for-you"
