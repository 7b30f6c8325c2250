"""A quoted price is used as it was meant and said back with what it was used for, or asked back in one line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import decide
from decide.catalog import Catalog
from tests.faces.ask import FACES, Faces, terminal

REFUSED = {
    "ha filler=9999999/syringe": "absurdly large",
    "botox=12": "ten times below every price seen",
    "fraxel=1/session": "ten times below every price seen",
    "fraxel=90000/session": "ten times above every price seen",
    "fraxel=900/syringe": "is not priced by the syringe",
    "exosomes=500": "by the session and by the",
    "topical finasteride=30": "by the month and by the bottle",
}


@pytest.mark.parametrize("quote", REFUSED)
def test_a_quote_that_cannot_be_meant_is_asked_back_in_one_line(quote: str, faces: Faces) -> None:
    words, (name, price) = REFUSED[quote], quote.split("=")
    status, said = terminal("best", "wrinkles", "--price", quote, "--exact")
    assert status == 2
    assert said.count("\n") == 1
    assert words in said
    answer = faces.client.post("/api/rank", json={"concern": "wrinkles", "prices": {name: price}})
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert answer.json()["hint"]
    page = faces.client.get("/", params={"concern": "wrinkles", "price": quote, "pregnant": "yes"})
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{quote}"' in page.text
    with pytest.raises(decide.InputError, match=r"syringe|unit|session|limit|month"):
        decide.rank("wrinkles", prices=[quote], catalog=faces.catalog)


CALLS: dict[str, Callable[[Catalog], object]] = {
    "rank": lambda facts: decide.rank("wrinkles", prices=["lasers=900/session"], draws=0, catalog=facts),
    "compare": lambda facts: decide.compare(
        ["ipl", "retinol"], "rejuvenation", prices=["lasers=900/session"], catalog=facts
    ),
    "why": lambda facts: decide.why("fractional-co2-laser", "wrinkles", prices=["lasers=900/session"], catalog=facts),
    "instead": lambda facts: decide.instead(
        "retinol", concern="wrinkles", prices=["lasers=900/session"], catalog=facts
    ),
    "plan": lambda facts: decide.plan(["wrinkles"], 3000, prices=["lasers=900/session"], catalog=facts),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_family_s_quote_says_what_it_was_used_for_in_every_text(call: str, catalog: Catalog) -> None:
    text = " ".join(str(CALLS[call](catalog)).split())
    assert "Your price 900/session is used for" in text
    assert "Fractional CO2 laser: $900 a session" in text
    assert "IPL" in text or "ntense pulsed light" in text


@pytest.mark.parametrize("face", FACES)
def test_a_price_of_a_unit_in_words_is_multiplied_out_and_said(face: str, faces: Faces) -> None:
    said = " ".join(faces.all()[face]("best for wrinkles with botox, I was quoted $12 a unit").split())
    if face in ("api", "batch"):
        body = json.loads(said)
        assert body["request"]["quotes"] == ["botulinum-toxin=$12/unit"]
        (row,) = [row for row in body["answers"][0]["rows"] if row["option"]["id"] == "botulinum-toxin"]
        (use,) = body["answers"][0]["quotes"][0]["procedures"]
        assert use["counted"] == [15, 30, 59]
        # by hand: $12 × 30 units × visits
        visits = row["option"]["sessions"] + row["option"]["renewals"]
        assert row["option"]["cost"]["total"]["typical"] == pytest.approx(12 * 30 * visits)
        return
    assert "$12 a unit, 30 of them a session (15 to 59) make $360" in said


def test_a_unit_that_cannot_be_used_is_refused_in_words_too() -> None:
    status, said = terminal("fraxel for wrinkles $900 a syringe, worth it?")
    assert status == 2
    assert "not priced by the syringe" in said
    assert "session" in said


def test_what_understand_prints_of_a_unit_s_price_asks_the_same_of_a_batch(tmp_path: Path) -> None:
    text = "best for wrinkles with botox, I was quoted $12 a unit"
    _, shape = terminal("understand", text)
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(json.loads(shape)) + "\n" + json.dumps({"q": text}) + "\n", encoding="utf-8")
    _, printed = terminal("batch", "--whole", str(source), "-", "--exact")
    ours, theirs = (json.loads(line) for line in printed.strip().splitlines())
    assert ours["answers"] == theirs["answers"]
