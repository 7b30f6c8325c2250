"""Quotes become price facts: in which units a thing is sold, for which procedures, and which of several counts."""

from decimal import Decimal

import pytest

from decide.alternatives.quotes import quoted, units_sold
from decide.catalog.models import Price
from decide.errors import InputError
from decide.question.prices import Quote
from tests.toy import Toy


def quote(procedure: str, amount: int, unit: str | None = "session", origin: str = "your-quote") -> Quote:
    return Quote(procedure, Decimal(amount), Decimal(amount), unit, origin=origin, said=f"{procedure}={amount}")  # type: ignore[arg-type]


def prices(toy: Toy, *quotes: Quote) -> dict[str, tuple[Price, ...]]:
    catalog = toy.catalog()
    return quoted(catalog, catalog.market("us"), quotes)


def lows(found: tuple[Price, ...]) -> list[float]:
    return [float(p.low) for p in found]


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


# ------------------------------------------------------------------ units


def test_what_is_done_in_visits_is_sold_by_the_session_the_course_and_the_procedure(pen: Toy) -> None:
    assert units_sold(pen.catalog(), "pen") == ("session", "course", "procedure")


def test_what_is_used_at_home_is_sold_by_the_month_in_place_of_the_session(toy: Toy) -> None:
    assert units_sold(toy.cream("balm").catalog(), "balm") == ("month", "course", "procedure")


def test_visits_are_sold_by_the_month_where_some_list_sells_them_so(pen: Toy) -> None:
    pen.price("pen", 30, market="uk", unit="month")
    assert "month" in units_sold(pen.catalog(), "pen")


@pytest.mark.parametrize(("unit", "what"), [("syringe", "session-units"), ("vial", "session-units"),
                                            ("area", "session-units"), ("tube", "unit-months"),
                                            ("bottle", "unit-months")])  # fmt: skip
def test_a_unit_that_needs_an_assumption_is_sold_where_the_catalogue_makes_it(pen: Toy, unit: str, what: str) -> None:
    other = "session-units" if what == "unit-months" else "unit-months"
    pen.assumption("pen", other, 1, 2, 3, unit=unit)
    assert unit not in units_sold(pen.catalog(), "pen")
    pen.assumption("pen", what, 1, 2, 3, unit=unit)
    assert unit in units_sold(pen.catalog(), "pen")


def test_a_quote_in_a_unit_that_nobody_sells_is_refused_with_those_that_would_do(pen: Toy) -> None:
    with pytest.raises(InputError, match="pen=60: Pen is not priced by the tube") as caught:
        prices(pen, quote("pen", 60, "tube"))
    assert caught.value.hint == "give a sum for one of: session, course, procedure"


def test_a_bare_quote_is_for_the_usual_unit(toy: Toy) -> None:
    toy.procedure("pen").cream("balm")
    found = prices(toy, quote("pen", 60, None), quote("balm", 20, None))
    assert {name: price.unit for name, (price,) in found.items()} == {"pen": "session", "balm": "month"}


# ------------------------------------------------------------------ for whom, and which counts


def test_a_family_s_quote_goes_to_every_member_that_is_sold_so(toy: Toy) -> None:
    toy.procedure("pen").procedure("dot").cream("balm")
    found = prices(toy, quote("toys", 60))
    # the balm is of the family too, and is not sold by the session
    assert {name: lows(price) for name, price in found.items()} == {"pen": [60], "dot": [60]}


def test_of_several_quotes_for_one_thing_the_last_counts(toy: Toy) -> None:
    toy.procedure("pen").procedure("dot")
    found = prices(toy, quote("pen", 60), quote("toys", 80), quote("dot", 90))
    assert {name: lows(price) for name, price in found.items()} == {"pen": [80], "dot": [90]}


def test_of_a_clinic_s_list_every_line_counts(pen: Toy) -> None:
    found = prices(pen, *(quote("pen", x, origin="clinic-price-list") for x in (60, 80)))
    assert lows(found["pen"]) == [60, 80]


def test_a_quote_is_in_the_market_s_money_and_says_whose_it_is(pen: Toy) -> None:
    catalog = pen.catalog()
    ((price,),) = quoted(catalog, catalog.market("uk"), [quote("pen", 60)]).values()
    assert (price.market, price.currency, price.source) == ("uk", "GBP", "your-quote")


@pytest.mark.parametrize(
    ("amount", "unit", "way"),
    [
        (6, "course", "below"),
        (9000, "course", "above"),
        (400, "course", ""),
        (9, "session", "below"),
        (90, "session", ""),
    ],
)
def test_a_quote_ten_times_off_is_asked_back_by_the_session_and_by_the_course(
    pen: Toy, amount: int, unit: str, way: str
) -> None:
    # 100 a session in 2 to 4 sessions: 200 to 400 a course
    pen.price("pen", 100, unit="session").practice("pen", "sessions", 2, 4)
    if not way:
        assert prices(pen, quote("pen", amount, unit))
        return
    with pytest.raises(InputError, match=f"ten times {way} every price seen"):
        prices(pen, quote("pen", amount, unit))


def test_a_course_of_so_many_sessions_is_judged_by_the_session(pen: Toy) -> None:
    pen.price("pen", 100, unit="session")
    few = quote("pen", 27, "course")._replace(sessions=3)
    with pytest.raises(InputError, match=r"ten times below every price seen of Pen \(\$100 to \$100 a session\)"):
        prices(pen, few)
