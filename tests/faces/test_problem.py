"""A problem is resolved once: market, budget, horizon and quotes mean the same on every face, in every answer."""

import json
import re
from typing import Any

import pytest

import decide
from decide.catalog import Catalog
from decide.errors import InputError
from tests.faces.ask import FACES, Faces, terminal

UK = (
    "what's best for acne scars under £2000 in the uk",
    "tell me about tretinoin in the uk",
    "exosomes or tretinoin for wrinkles in the uk",
    "instead of exosomes for wrinkles in the uk",
    "why microneedling for acne scars in the uk",
    "plan for acne scars and pigment under £1500 in the uk",
)
SAID_BY_SOURCES = re.compile(r"USD [\d,.–]+[^;<\n]*")
"""What a source states stays in its own money."""


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("question", UK)
def test_prices_stand_in_the_market_that_is_restated(faces: Faces, question: str, face: str) -> None:
    said = faces.all()[face](question)
    assert "£" in said or "GBP" in said
    assert "UK prices" in said
    assert not re.search(r"(?:·|On|\() ?US prices", said)
    assert not re.findall(r"\$\s?\d[\d,]*", SAID_BY_SOURCES.sub("", said))


UNSIGNED = ("best for acne scars under 900", "plan acne scars and pigment under 900", "acne scars, 300 to 900")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("question", UNSIGNED)
def test_a_sum_without_a_sign_is_in_the_market_in_force(
    faces: Faces, question: str, face: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The market may be named outside the question: what is said back is what is held."""
    monkeypatch.setenv("DECIDE_MARKET", "uk")
    said = faces.all()[face](question)
    # a batch gives the figures and repeats nothing in words
    assert ('"currency": "GBP"' if face == "batch" else "£900 in all") in said
    assert not re.findall(r"\$\s?\d[\d,]*", SAID_BY_SOURCES.sub("", said))


def test_a_sum_without_a_sign_is_in_the_market_that_is_named_beside_it(faces: Faces) -> None:
    asked = "best for acne scars under 900"
    posted = faces.client.post("/api/ask", json={"text": asked, "market": "uk"}).json()["restated"]
    page = faces.client.get("/answer", params={"q": asked, "market": "uk"}).text
    texts = (faces.library(asked, market="uk"), terminal("ask", asked, "--market", "uk")[1], posted, page)
    for said in texts:
        assert "up to £900 in all" in said
        assert "$900" not in said


def test_a_budget_is_said_back_alike_by_whatever_way_it_was_given(faces: Faces) -> None:
    """A heading made from words and one made from flags are one."""
    for words, flags in (
        ("under £900", ("--under", "900", "--market", "uk")),
        ("under A$900", ("--under", "A$900")),
        ("under $900.50 a session", ("--under", "900.50", "--per", "session")),
    ):
        told, flagged = (
            terminal(*args)[1] for args in (("ask", f"best for acne scars {words}"), ("best", "acne scars", *flags))
        )
        assert re.findall(r"up to .*? prices", told)[0] == re.findall(r"up to .*? prices", flagged)[0]


def test_every_library_call_takes_the_market_alike(catalog: Catalog) -> None:
    how: dict[str, Any] = {"market": "uk", "catalog": catalog}
    ranking = decide.rank("acne scars", draws=0, **how)
    assert ranking.market == "uk"
    assert decide.compare(["exosomes", "tretinoin"], "wrinkles", **how).ranking.market == "uk"
    assert decide.instead("exosomes", concern="wrinkles", **how).symbol == "£"
    assert decide.plan(["acne scars"], 1500, **how).symbol == "£"
    assert [w.symbol for w in decide.why("microneedling", "acne scars", **how)] == ["£"]
    assert [c.symbol for c in decide.show("tretinoin", **how)] == ["£"]


def test_preferences_and_their_keywords_are_one(catalog: Catalog) -> None:
    both = decide.Preferences(market="uk", weights={"cost": 90}, horizon=24, prices={"microneedling": "£150/session"})
    a = decide.rank("acne scars", preferences=both, draws=0, catalog=catalog)
    b = decide.rank(
        "acne scars", market="uk", weights={"cost": 90}, horizon=24, prices={"microneedling": "£150/session"}, draws=0,
        catalog=catalog,
    )  # fmt: skip
    assert a == b
    assert a.horizon_months == 24
    # a keyword goes over the object
    assert decide.rank("acne scars", preferences=both, horizon=6, draws=0, catalog=catalog).horizon_months == 6


@pytest.mark.parametrize("face", FACES)
def test_a_plan_for_so_much_a_session_is_refused(faces: Faces, face: str) -> None:
    said = faces.all()[face]("plan for acne scars and melasma under $300 a session")
    assert "says nothing of the whole" in said
    assert "up to $300 in all" not in said


@pytest.mark.parametrize("per", ["a session", "in all"])
def test_what_may_end_over_the_budget_bears_its_mark_on_every_face(faces: Faces, per: str) -> None:
    for name, ask in faces.all().items():
        said = ask(f"best for acne scars under $500 {per}")
        if name in ("api", "batch"):
            assert '"high_end_over_budget": true' in said
        else:
            marked = r"may end over budget|high end of its range is over your budget"
            assert re.search(marked, " ".join(said.split())), name


@pytest.mark.parametrize("face", FACES)
def test_a_plan_for_so_much_a_month_is_for_the_whole_year(faces: Faces, face: str) -> None:
    said = faces.all()[face]("plan for acne scars and melasma under $100 a month")
    assert ('"budget": 1200.0' if face in ("api", "batch") else "$1,200") in said


def test_a_session_s_money_is_multiplied_out_for_the_same_money_elsewhere(catalog: Catalog) -> None:
    visits = decide.rank("acne scars", draws=0, catalog=catalog)["microneedling"].option.sessions
    found = decide.ask("instead of microneedling for acne scars under $300 a session", catalog=catalog)
    assert found.parts[0].rows[0].spend == 300 * visits  # type: ignore[union-attr]


PRICES: dict[str, object] = {"microneedling": "$1,234/session"}
CALLS = {
    "rank": {"concern": "acne scars"},
    "compare": {"procedures": ["microneedling", "tca cross"], "concern": "acne scars"},
    "why": {"procedure": "microneedling", "concern": "acne scars"},
    "instead": {"procedure": "microneedling", "concern": "acne scars"},
    "show": {"procedure": "microneedling"},
    "plan": {"concerns": ["acne scars"], "budget": 9000, "least_stars": 0},
    "ask": {"text": "why microneedling for acne scars"},
}
BAD = ({"microneedling": "60/tube"}, {"microneedling": "sixty"}, {"nothing-of-that-name": 60}, {"microneedling": "£60"})


@pytest.mark.parametrize("call", CALLS)
def test_a_quote_with_its_unit_is_taken_by_every_call_of_library_and_api(
    call: str, catalog: Catalog, faces: Faces
) -> None:
    found = getattr(decide, call)(**CALLS[call], prices=PRICES, catalog=catalog)
    text = json.dumps([one.to_dict() for one in found] if isinstance(found, list) else found.to_dict())
    body = {**CALLS[call], "prices": PRICES}
    answer = faces.client.post(f"/api/{call}", json=body)
    assert answer.status_code == 200
    for said in (text, answer.text):
        assert "1,234" in said or "1234" in said or "3702" in said or "6170" in said or call in ("plan",)


@pytest.mark.parametrize("prices", BAD)
@pytest.mark.parametrize("call", CALLS)
def test_a_quote_that_cannot_be_used_is_refused_by_every_call(
    call: str, prices: dict[str, object], catalog: Catalog, faces: Faces
) -> None:
    with pytest.raises(InputError) as caught:
        getattr(decide, call)(**CALLS[call], prices=prices, catalog=catalog)
    answer = faces.client.post(f"/api/{call}", json={**CALLS[call], "prices": prices})
    assert answer.status_code == 422
    assert answer.json() == {"error": caught.value.message, "hint": caught.value.hint}


@pytest.mark.parametrize(
    "args",
    [
        ("best", "acne scars"),
        ("ask", "what's best for acne scars"),
        ("compare", "microneedling", "subcision", "--for", "acne scars"),
        ("why", "subcision", "--for", "acne scars"),
        ("show", "subcision"),
        ("instead", "microneedling", "--for", "acne scars"),
        ("plan", "acne scars", "--budget", "900"),
        ("report", "what's best for acne scars"),
    ],
    ids=lambda args: args[0],
)
def test_a_quote_in_a_wrong_unit_never_replaces_what_is_known(args: tuple[str, ...]) -> None:
    status, said = terminal(*args, "--price", "microneedling=60/tube")
    assert status == 2
    assert said.count("\n") == 1
    assert "not priced by the tube" in said
    assert "session" in said


def test_a_page_refuses_a_quote_in_a_wrong_unit(faces: Faces) -> None:
    said = faces.client.get("/", params={"q": "best for acne scars", "price": "microneedling=60/tube"})
    assert said.status_code == 422
    assert "not priced by the tube" in said.text


def test_an_option_is_known_by_id_by_printed_name_and_by_place(catalog: Catalog) -> None:
    ranking = decide.rank("acne scars", draws=0, catalog=catalog)
    for row in ranking.options:
        whole = row.option.id.partition("/")[0]
        for name in (row.option.id, row.option.name, row.rank):
            assert [w.id for w in decide.why(name, "acne scars", catalog=catalog)] == [whole], name


@pytest.mark.parametrize("name", ["Microneedling + superficial peel", "microneedling+superficial-peel", "1"])
def test_the_terminal_takes_any_printed_name(name: str) -> None:
    status, said = terminal("why", name, "--for", "acne scars")
    assert status == 0, said
    assert "for acne scars" in said


def test_a_place_that_no_option_has_is_refused(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="no option stands at place 99"):
        decide.why("99", "acne scars", catalog=catalog)


def test_a_horizon_is_whole_months(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="not whole"):
        decide.rank("acne scars", horizon=12.5, catalog=catalog)
    assert decide.rank("acne scars", horizon=12.0, draws=0, catalog=catalog).horizon_months == 12


@pytest.mark.parametrize("name", ["Microneedling + superficial peel", "microneedling+superficial-peel"])
def test_the_same_money_elsewhere_is_asked_for_a_pairing_by_name_and_id(name: str, catalog: Catalog) -> None:
    found = decide.instead(name, concern="acne scars", catalog=catalog)
    assert found.name == "Microneedling + superficial peel"
    row = found.rows[0]
    assert row.named is not None
    assert row.named.id == "microneedling+superficial-peel"
    assert row.other is not None
    assert row.other.id != row.named.id
    assert terminal("instead", name, "--for", "acne scars")[0] == 0


def test_a_price_of_a_pairing_is_refused_with_its_parts(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="give each part by itself: microneedling, superficial-peel"):
        decide.rank("acne scars", prices={"Microneedling + superficial peel": "900/session"}, catalog=catalog)


def test_several_answers_show_themselves(catalog: Catalog) -> None:
    cards, chains = decide.show("peels", catalog=catalog), decide.why("peels", "pigment", catalog=catalog)
    for found in (cards, chains):
        assert len(found) > 1
        assert all(str(one) in str(found) for one in found)
        assert all(one._repr_html_() in found._repr_html_() for one in found)
