"""Which price counts: a quote, a clinic's list, the market's, a borrowed one, in this order."""

from collections import Counter
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.alternatives.pricing import GRADES, Observed, PriceBook, choose, doubt, typical
from decide.alternatives.quotes import quoted, usual_unit
from decide.catalog import Catalog
from decide.catalog.models import Price, Unit
from decide.errors import InputError
from decide.question.prices import Quote, read_price_list
from tests.toy import Toy


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


def quote(procedure: str, low: int, high: int | None = None, unit: Unit | None = "session", **more: Any) -> Quote:
    return Quote(procedure, Decimal(low), Decimal(low if high is None else high), unit, **more)


def price(catalog: Catalog, asked: Quote) -> Price:
    ((found,),) = quoted(catalog, catalog.market("us"), [asked]).values()
    return found


def said(catalog: Catalog, amount: int, origin: str, market: str = "us") -> dict[str, tuple[Price, ...]]:
    return quoted(catalog, catalog.market(market), [quote("pen", amount, origin=origin)])


def lookup(book: PriceBook, procedure: str = "pen") -> Observed:
    found = book.lookup(procedure)
    assert found is not None
    return found


def lows(found: Observed) -> list[float]:
    return [float(p.low) for p in found.prices]


def test_a_quote_goes_before_a_clinic_s_list_and_that_before_the_market_s(pen: Toy) -> None:
    catalog = pen.price("pen", 300).catalog()
    market = catalog.market("us")
    quotes, clinic = said(catalog, 100, "your-quote"), said(catalog, 200, "clinic-price-list")
    for listed, origin, low in (
        ((quotes, clinic), "quote", 100),
        (({}, clinic), "clinic", 200),
        ((quotes, {}), "quote", 100),
        (({}, {}), "market", 300),
    ):
        found = lookup(PriceBook(catalog, market, *listed))
        assert (found.origin, lows(found)) == (origin, [low])


def test_the_market_s_own_price_goes_before_a_borrowed_one(pen: Toy) -> None:
    catalog = pen.price("pen", 300).price("pen", 900, market="uk").catalog()
    found = lookup(PriceBook(catalog, catalog.market("uk")))
    assert (found.origin, lows(found)) == ("market", [900])


def test_a_quote_goes_before_a_borrowed_price(pen: Toy) -> None:
    catalog = pen.price("pen", 300).catalog()
    found = lookup(PriceBook(catalog, catalog.market("uk"), said(catalog, 80, "your-quote", "uk")))
    assert (found.origin, lows(found)) == ("quote", [80])


def test_doubtful_observations_give_way_to_the_others(pen: Toy) -> None:
    catalog = pen.price("pen", 100, doubtful="old").price("pen", 300, source="two").catalog()
    found = lookup(PriceBook(catalog, catalog.market("us")))
    assert lows(found) == [300]
    assert [(float(p.price.low), p.why) for p in found.passed_over] == [(100, "doubtful")]


def test_doubtful_observations_count_where_there_is_nothing_better(pen: Toy) -> None:
    catalog = pen.price("pen", 100, doubtful="old").price("pen", 300, source="two", doubtful="old").catalog()
    found = lookup(PriceBook(catalog, catalog.market("us")))
    assert lows(found) == [100, 300]
    assert found.passed_over == ()


def test_the_lender_is_the_market_with_most_sound_observations(pen: Toy) -> None:
    pen.price("pen", 100).price("pen", 110, source="two", doubtful="old").price(
        "pen", 120, source="three", doubtful="x"
    )
    pen.price("pen", 400, market="au").price("pen", 500, market="au", source="two")
    catalog = pen.catalog()
    found = lookup(PriceBook(catalog, catalog.market("uk")))
    # three dollar prices, of which one is sound, against two sound Australian ones; an AUD is a quarter of a pound
    assert found.lender == "au"
    assert found.rate == Decimal("0.25")
    assert lows(found) == [400 * 0.25 * 0.5, 500 * 0.25 * 0.5]


def test_among_equals_the_default_market_lends(pen: Toy) -> None:
    catalog = pen.price("pen", 400, market="au").price("pen", 100).catalog()
    assert lookup(PriceBook(catalog, catalog.market("uk"))).lender == "us"


def test_a_borrowed_range_is_widened_and_its_middle_is_not(pen: Toy) -> None:
    catalog = pen.price("pen", 100, 200).price("pen", 100, 200, typical=120, source="two").catalog()
    found = lookup(PriceBook(catalog, catalog.market("au")))
    first, second = found.prices
    # a USD is two AUD; the ends are widened by half
    assert (first.low, first.typical, first.high) == (100, 300, 600)
    assert (second.low, second.typical, second.high) == (100, 240, 600)
    assert {p.currency for p in found.prices} == {"AUD"}
    assert (found.origin, found.rate) == ("borrowed", 2)


def test_money_is_changed_through_a_third_currency_if_need_be(pen: Toy) -> None:
    catalog = pen.price("pen", 100).catalog()
    # 1 USD = 2 AUD = 2 × 0.25 GBP
    assert lookup(PriceBook(catalog, catalog.market("uk"))).prices[0].typical == 50


def test_without_a_rate_nothing_can_be_borrowed(pen: Toy) -> None:
    pen.add("market", id="eu", name="Europe", currency="EUR", symbol="€", long_symbol="€")
    catalog = pen.price("pen", 100).catalog()
    with pytest.raises(InputError, match="no exchange rate from USD to EUR"):
        PriceBook(catalog, catalog.market("eu")).lookup("pen")


def test_nothing_is_borrowed_when_that_is_off(pen: Toy) -> None:
    catalog = pen.price("pen", 100).catalog()
    assert PriceBook(catalog, catalog.market("uk"), borrow=False).lookup("pen") is None
    assert lookup(PriceBook(catalog, catalog.market("us"), borrow=False)).origin == "market"


def test_a_market_lends_nothing_to_itself(pen: Toy) -> None:
    catalog = pen.price("pen", 100).catalog()
    assert PriceBook(catalog, catalog.market("us")).borrowed("pen") is None


# ------------------------------------------------------------------ prices from outside


def test_a_bare_price_is_for_the_unit_that_the_lists_mostly_count_in(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100, unit="syringe").price("pen", 120, unit="syringe", source="two")
    toy.price("pen", 300, unit="session")
    toy.procedure("shot").price("shot", 100, unit="vial", market="uk")
    toy.assumption("pen", "session-units", 1, 2, 3, unit="syringe")
    toy.assumption("shot", "session-units", 1, 2, 3, unit="vial")
    toy.procedure("bare").cream("balm")
    catalog = toy.catalog()
    units = {name: usual_unit(catalog, name) for name in ("pen", "shot", "bare", "balm")}
    assert units == {"pen": "syringe", "shot": "vial", "bare": "session", "balm": "month"}


def test_a_session_breaks_a_tie_between_units(pen: Toy) -> None:
    pen.assumption("pen", "session-units", 1, 2, 3, unit="syringe")
    catalog = pen.price("pen", 100, unit="syringe").price("pen", 300, unit="session").catalog()
    assert usual_unit(catalog, "pen") == "session"


def test_sound_observations_choose_the_unit(pen: Toy) -> None:
    pen.price("pen", 100, unit="vial", doubtful="old").price("pen", 110, unit="vial", doubtful="old", source="two")
    for unit in ("vial", "syringe"):
        pen.assumption("pen", "session-units", 1, 2, 3, unit=unit)
    catalog = pen.price("pen", 300, unit="syringe").catalog()
    assert usual_unit(catalog, "pen") == "syringe"


def test_a_unit_that_nothing_turns_into_a_course_is_not_the_usual_one(pen: Toy) -> None:
    catalog = pen.price("pen", 100, unit="vial").price("pen", 110, unit="vial", source="two").catalog()
    assert usual_unit(catalog, "pen") == "session"


def test_a_quote_for_a_visit_holds_the_base_and_one_for_a_cream_does_not(toy: Toy) -> None:
    toy.procedure("pen").cream("balm")
    toy.procedure("mix", adjunct_to=["pen"]).procedure("on-balm", adjunct_to=["balm"])
    catalog = toy.catalog()
    holds = {name: price(catalog, quote(name, 5, 9)).basis for name in ("pen", "mix", "on-balm")}
    assert holds == {"pen": None, "mix": "all-in", "on-balm": "add-on"}


def test_a_quote_for_a_course_of_nothing_said_is_paid_once(pen: Toy) -> None:
    catalog = pen.catalog()
    bare = price(catalog, quote("pen", 900, unit="course"))
    three = price(catalog, quote("pen", 900, unit="course", sessions=3))
    assert (bare.once, bare.sessions) == (True, None)
    assert (three.once, three.sessions) == (False, 3)
    assert bare.currency == "USD"


def test_a_clinic_s_list_is_read_line_by_line(pen: Toy) -> None:
    catalog = pen.price("pen", 300, unit="session").catalog()
    listing = pen.folder.parent / "clinic.toml"
    listing.write_text(
        '[[price]]\nprocedure = "pen"\nprice = 250\n[[price]]\nprocedure = "Pen"\nlow = 700\nhigh = 900\n'
        'unit = "course"\nsessions = 4\n'
    )
    found = quoted(catalog, catalog.market("us"), read_price_list(listing, catalog))["pen"]
    assert [(float(p.low), float(p.high), p.unit, p.sessions) for p in found] == [
        (250, 250, "session", None),
        (700, 900, "course", 4),
    ]
    assert {p.source for p in found} == {"clinic-price-list"}


# ------------------------------------------------------------------ grades, offers, starting prices


def whys(found: Observed) -> list[tuple[float, str]]:
    return [(float(p.price.low), p.why) for p in found.passed_over]


def test_the_best_grade_present_decides_and_the_rest_are_told(pen: Toy) -> None:
    pen.price("pen", 500, grade="guide").price("pen", 300, grade="own-list-copy").price("pen", 400, grade="survey")
    catalog = pen.price("pen", 250, grade="own-list", source="two").catalog()
    found = lookup(PriceBook(catalog, catalog.market("us")))
    assert lows(found) == [250]
    assert sorted(whys(found)) == [(300, "grade"), (400, "grade"), (500, "grade")]


def test_a_better_grade_does_not_make_a_doubtful_price_sound(pen: Toy) -> None:
    pen.price("pen", 100, doubtful="old", grade="own-list")
    catalog = pen.price("pen", 300, source="two", grade="guide").catalog()
    assert lows(lookup(PriceBook(catalog, catalog.market("us")))) == [300]


def test_an_offer_is_used_where_nothing_else_is(pen: Toy) -> None:
    catalog = pen.price("pen", 99, promotion=True).catalog()
    found = lookup(PriceBook(catalog, catalog.market("us")))
    assert lows(found) == [99]
    assert found.doubtful
    catalog = pen.price("pen", 900, doubtful="old", grade="guide").catalog()
    found = lookup(PriceBook(catalog, catalog.market("us")))
    assert (lows(found), whys(found)) == ([900], [(99, "promotion")])


def test_a_sound_price_of_another_market_goes_before_a_doubtful_one_or_an_offer(pen: Toy) -> None:
    pen.price("pen", 100, market="uk", doubtful="old").price("pen", 50, market="uk", promotion=True, source="two")
    catalog = pen.price("pen", 300).catalog()
    found = lookup(PriceBook(catalog, catalog.market("uk")))
    assert (found.origin, found.lender, found.doubtful) == ("borrowed", "us", False)
    assert sorted(whys(found)) == [(50, "promotion"), (100, "doubtful")]


def test_a_doubtful_price_of_its_own_goes_before_another_market_s(pen: Toy) -> None:
    catalog = pen.price("pen", 100, market="uk", doubtful="old").price("pen", 300, doubtful="old").catalog()
    found = lookup(PriceBook(catalog, catalog.market("uk")))
    assert (found.origin, lows(found), found.doubtful) == ("market", [100], True)


def test_the_lender_with_the_better_grade_goes_first(pen: Toy) -> None:
    pen.price("pen", 100, grade="guide").price("pen", 120, grade="guide", source="two")
    catalog = pen.price("pen", 400, market="au", grade="own-list-copy").catalog()
    assert lookup(PriceBook(catalog, catalog.market("uk"))).lender == "au"


def test_a_starting_price_is_open_above_by_the_middle_spread_of_its_grade(pen: Toy) -> None:
    pen.price("pen", 100, grade="guide", **{"from": True})
    pen.procedure("ox").price("ox", 100, 120, grade="guide").price("ox", 100, 140, grade="guide", source="two")
    pen.price("ox", 100, 300, grade="guide", source="three").price("ox", 100, 900, grade="own-list")
    pen.price("ox", 10, 900, grade="guide", doubtful="old").price("ox", 10, 800, grade="guide", promotion=True)
    catalog = pen.catalog()
    (price,) = lookup(PriceBook(catalog, catalog.market("us"))).prices
    # ratios of the sound guides: 1.2, 1.4 and 3
    assert (price.low, price.middle, price.high) == (100, 120, 140)


def test_where_no_price_of_its_grade_tells_a_range_that_of_all_grades_is_taken(pen: Toy) -> None:
    pen.price("pen", 100, **{"from": True})
    catalog = pen.procedure("ox").price("ox", 100, 200, grade="guide").catalog()
    (price,) = lookup(PriceBook(catalog, catalog.market("us"))).prices
    assert price.high == 200


def test_a_borrowed_starting_price_is_opened_before_it_is_widened(pen: Toy) -> None:
    pen.price("pen", 100, **{"from": True}).procedure("ox").price("ox", 100, 200)
    catalog = pen.catalog()
    (price,) = lookup(PriceBook(catalog, catalog.market("uk"))).prices
    # 100 to 200 USD is 50 to 100 GBP, the ends widened by half
    assert (price.low, price.middle, price.high) == (25, 75, 150)


seen = st.fixed_dictionaries(
    {
        "low": st.integers(1, 50),
        "more": st.integers(0, 50),
        "grade": st.sampled_from(GRADES),
        "doubtful": st.sampled_from(("", "old")),
        "promotion": st.booleans(),
        "from": st.booleans(),
        "source": st.sampled_from(("one", "two", "three")),
    }
)


@settings(max_examples=50, deadline=None)
@given(st.lists(seen, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_what_counts_is_the_least_doubtful_and_of_it_the_best_grade_in_any_order(
    rows: list[dict[str, Any]], chance: Random
) -> None:
    def prices(given: list[dict[str, Any]]) -> list[Price]:
        shared = {"procedure": "pen", "market": "us", "currency": "USD", "year": 2025, "unit": "session"}
        rows = [{**shared, **{k: v for k, v in row.items() if k != "more"}} for row in given]
        return [
            Price.model_validate({**row, "high": row["low"] + g["more"]}) for row, g in zip(rows, given, strict=True)
        ]

    chosen = choose(prices(rows))
    shuffled = list(rows)
    chance.shuffle(shuffled)
    again = choose(prices(shuffled))
    assert Counter(map(repr, again.prices)) == Counter(map(repr, chosen.prices))
    # nothing is lost, and nothing that is passed over is better than what counts
    assert len(chosen.prices) + len(chosen.passed_over) == len(rows)
    (kept,) = {(doubt(p), GRADES.index(p.grade)) for p in chosen.prices}
    assert all((doubt(p.price), GRADES.index(p.price.grade)) > kept for p in chosen.passed_over)


def test_what_a_law_sets_for_one_market_is_exact_there_and_lent_to_no_other(pen: Toy) -> None:
    pen.price("pen", 10, market="uk", tariff=True).price("pen", 300, grade="guide")
    pen.procedure("ox").price("ox", 100).price("ox", 200, source="two")
    catalog = pen.catalog()
    here, elsewhere = (lookup(PriceBook(catalog, catalog.market(name))) for name in ("uk", "au"))
    assert (lows(here), here.apart) == ([10], 1)
    assert (elsewhere.lender, elsewhere.apart) == ("us", 2)
    alone = pen.procedure("cup").price("cup", 10, market="uk", tariff=True).catalog()
    assert PriceBook(alone, alone.market("au")).lookup("cup") is None


def test_the_price_that_is_used_is_the_middle_of_what_each_seller_asks(pen: Toy) -> None:
    for source, low in (("one", 100), ("one", 300), ("two", 900), ("three", 150)):
        pen.price("pen", low, source=source, covers=str(low))
    catalog = pen.catalog()
    # 200, 900 and 150
    assert typical(catalog, catalog.prices("us")["pen"]) == 200
