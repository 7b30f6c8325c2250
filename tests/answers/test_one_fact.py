"""A question for one fact is answered by that fact, first; two brands of one thing are said to be one."""

import pytest

import decide
from decide.answers.card import Card
from decide.catalog import Catalog
from decide.question.reading import understand

ASKED = (
    ("how many sessions of subcision", "sessions", "Usually 3 visits"),
    ("how many sessions of tretinoin", "sessions", "It is used at home, not in visits."),
    ("what is the downtime of CO2 laser", "downtime", "3–7 days off after a visit."),
    ("how long does subcision take to heal", "downtime", "3–7 days off after a visit."),
    ("how long does botox last", "duration", "It lasts 3–4 months."),
    ("when will tretinoin work", "onset", "It first shows after 6–8 weeks."),
    ("how long until minoxidil works", "onset", "It first shows after 13–26 weeks."),
    ("how often should I get botox", "sessions", "Again every 3–4 months to keep the result, for it lasts 3–4 months."),
    (
        "how often do I need hyaluronic acid filler",
        "sessions",
        "Usually 1–2 visits, 2 weeks apart; again every 6–24 months",
    ),
    ("how often do I use tretinoin", "sessions", "It is used at home, not in visits. A small amount is spread"),
    ("how much downtime after CO2 laser", "downtime", "3–7 days off after a visit."),
    ("downtime with Fraxel", "downtime", "1–3 days off after a visit."),
    ("how long does minoxidil last", "duration", "To keep it: continue indefinitely"),
    ("does CO2 laser hurt", "pain", "The laser fires in a grid over the face, with heat, stinging"),
    ("pain after subcision", "pain", "The tool is swept back and forth under the skin"),
    ("side effects of botox", "safety", "What can go wrong: irritation in 25 of 100"),
    ("side effects from minoxidil", "safety", "What can go wrong: unwanted hair growth in 33–51 of 100"),
    ("what can go wrong with IPL", "safety", "What can go wrong: "),
    ("side effects of tretinoin, I am pregnant", "safety", "Not for you: not with pregnancy"),
    ("how much does subcision cost", "price", "About $525 a session ($400–650); 3 visits, as usual, make $1,575."),
    ("how much is subcision for acne scars", "price", "About $525 a session"),
    ("price of botox in the UK", "price", "About £"),
    ("is tretinoin safe in pregnancy", "safety", "Not for you: not with pregnancy"),
    ("is microneedling safe with isotretinoin", "safety", "Ask first: not with isotretinoin"),
    ("is minoxidil safe with blood thinners", "safety", "No fact on blood thinners found."),
    ("is subcision safe", "safety", "What can go wrong: swelling or bruising in 7.1–29 of 100"),
)

BRANDS = (("Juvederm or Restylane", "Juvederm and Restylane"), ("botox vs dysport", "botox and dysport"))


@pytest.mark.parametrize(("question", "what", "says"), ASKED)
def test_the_fact_that_was_asked_for_is_the_first_line(question: str, what: str, says: str, catalog: Catalog) -> None:
    found = decide.ask(question, catalog=catalog)
    assert found.request.aspect == what
    assert not found.request.not_understood
    (card,) = found.parts
    assert isinstance(card, Card)
    first = str(card).split("\n\n")[1]
    assert " ".join(first.split()).startswith(says)


@pytest.mark.parametrize("question", ["is minoxidil safe with blood thinners", "is subcision safe", "is PRP safe"])
def test_what_nobody_has_looked_at_is_never_said_to_be_safe(question: str, catalog: Catalog) -> None:
    assert "is not taken for safe" in " ".join(str(decide.ask(question, catalog=catalog)).split())


@pytest.mark.parametrize(
    "question", ["tell me about subcision", "does microneedling work for acne scars", "best for acne scars that lasts"]
)
def test_who_asks_for_no_one_fact_is_told_of_all(question: str, catalog: Catalog) -> None:
    assert understand(question, catalog).aspect is None


def test_a_figure_is_of_the_concern_that_was_asked_about(catalog: Catalog) -> None:
    """Where a source tells of it for that concern."""
    for procedure in catalog.procedures:
        facts = [f for f in catalog.practice(procedure, "sessions") if f.low is not None or f.high is not None]
        for concern in {f.concern for f in facts if f.concern}:
            name = catalog.procedures[procedure].name
            asked = decide.ask(f"how many sessions of {name} for {catalog.concerns[concern].name}", catalog=catalog)
            for card in asked.parts:
                if isinstance(card, Card) and card.procedure.id == procedure and asked.request.aspect:
                    assert card.asked is not None
                    assert card.asked.figure is not None
                    told = {ref.source for ref in card.asked.figure.refs}
                    assert told == {fact.source for fact in facts if fact.concern == concern}


@pytest.mark.parametrize(("question", "names"), BRANDS)
def test_two_brands_of_one_thing_are_said_to_be_one(question: str, names: str, catalog: Catalog) -> None:
    assert f"{names} are brands of one thing here" in " ".join(str(decide.ask(question, catalog=catalog)).split())
