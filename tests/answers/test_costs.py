"""Totals followed by hand from made-up price lists: each rule of a course's cost in a case small enough to check."""

from decimal import Decimal
from pathlib import Path

import pytest

from decide.alternatives.costs import Cost, course_costs, renewals
from decide.alternatives.delivery import Delivery, delivery_of
from decide.alternatives.pricing import PriceBook
from decide.alternatives.quotes import quoted
from decide.answers.ranking.rank import rank
from decide.catalog import Catalog, load_catalog
from decide.catalog.models import Price
from decide.errors import InputError
from decide.evidence.index import Effect
from decide.question.prices import Quote, read_price_list
from decide.report.views.common import why_left_out
from tests.posed import posed


def own(
    catalog: Catalog, procedure: str, low: int, high: int, unit: str, **extra: object
) -> dict[str, tuple[Price, ...]]:
    known = {"sessions": extra.pop("sessions", None)}
    told = Quote(procedure, Decimal(low), Decimal(high), unit, **known)  # type: ignore[arg-type]
    found = quoted(catalog, catalog.market("us"), [told])
    return {procedure: tuple(price.model_copy(update=extra) for price in found[procedure])}


def course_cost(
    catalog: Catalog, book: PriceBook, effect: Effect, concern: str, sessions: int | None, horizon: float
) -> Cost:
    return course_costs(delivery_of(catalog, effect, concern)[0], book, [sessions], horizon)[0][1]


def book(catalog: Catalog, market: str = "us", **quotes: tuple[Price, ...]) -> PriceBook:
    return PriceBook(catalog, catalog.market(market), {k.replace("_", "-"): v for k, v in quotes.items()})


def test_sessions_times_price(catalog: Catalog) -> None:
    prices = PriceBook(catalog, catalog.market("us"), own(catalog, "microneedling", 200, 400, "session"))
    cost = course_cost(catalog, prices, Effect("microneedling"), "acne-scars", 5, 12)
    assert cost is not None
    assert (cost.total.low, cost.total.typical, cost.total.high) == (1000, 1500, 2000)
    assert cost.per_visit == (200, 300, 400)


def test_a_tube_lasts_as_long_as_the_catalogue_says_and_is_bought_whole(catalog: Catalog) -> None:
    lasts = next(a for a in catalog.assumptions("tretinoin") if a.what == "unit-months" and a.unit == "tube")
    prices = PriceBook(catalog, catalog.market("us"), own(catalog, "tretinoin", 60, 60, "tube"))
    cost = course_cost(catalog, prices, Effect("tretinoin"), "wrinkles", None, 12)
    assert cost is not None
    tubes = -(-12 // lasts.typical)
    assert cost.total.typical == pytest.approx(60 * tubes)
    assert cost.total.low == pytest.approx(60 * -(-12 // lasts.high))
    assert cost.total.high == pytest.approx(60 * -(-12 // lasts.low))


def test_what_fades_is_renewed_inside_the_horizon(catalog: Catalog) -> None:
    toxin = Delivery(catalog, catalog.procedures["botulinum-toxin"], "wrinkles")
    # from three months (three renewals within a year) to 5.5 as one trial had it (two renewals)
    low, typical, high, lasts = renewals(toxin, 12)
    assert lasts is not None
    assert (lasts.low, lasts.high) == (3, 5.5)
    assert (low, typical, high) == (2, 2, 3)
    prices = PriceBook(catalog, catalog.market("us"), own(catalog, "botulinum-toxin", 500, 500, "session"))
    cost = course_cost(catalog, prices, Effect("botulinum-toxin"), "wrinkles", 1, 12)
    assert cost is not None
    assert (cost.total.low, cost.total.typical, cost.total.high) == (1500, 1500, 2000)


def test_an_addition_carries_its_base_s_price_unless_it_is_in_it(catalog: Catalog) -> None:
    base = own(catalog, "minoxidil-topical", 20, 20, "month")
    alone = own(catalog, "microneedling-minoxidil", 150, 150, "session", basis="add-on")
    both = own(catalog, "microneedling-minoxidil", 150, 150, "session", basis="all-in")
    effect = Effect("minoxidil-topical", "microneedling-minoxidil")
    market = catalog.market("us")
    apart = course_cost(catalog, PriceBook(catalog, market, {**base, **alone}), effect, "hair-loss", 4, 12)
    inside = course_cost(catalog, PriceBook(catalog, market, {**base, **both}), effect, "hair-loss", 4, 12)
    assert apart is not None
    assert inside is not None
    assert apart.total.typical - inside.total.typical == 12 * 20
    assert inside.lines[0].amount == (600, 600, 600)


def test_a_course_price_is_shared_over_its_sessions(catalog: Catalog) -> None:
    prices = PriceBook(catalog, catalog.market("us"), own(catalog, "microneedling", 900, 900, "course", sessions=3))
    cost = course_cost(catalog, prices, Effect("microneedling"), "acne-scars", 5, 12)
    assert cost is not None
    assert cost.total.typical == 1500


def test_a_borrowed_price_is_converted_widened_and_marked(catalog: Catalog) -> None:
    us = catalog.prices("us")["fat-graft"]
    assert "fat-graft" not in catalog.prices("au")
    found = PriceBook(catalog, catalog.market("au")).lookup("fat-graft")
    assert found is not None
    assert found.origin == "borrowed"
    assert found.lender == "us"
    rate = 1 / 0.6644
    assert float(found.prices[0].low) == pytest.approx(float(us[0].low) * rate * 0.5)
    assert float(found.prices[0].high) == pytest.approx(float(us[0].high) * rate * 1.5)
    assert PriceBook(catalog, catalog.market("au"), borrow=False).lookup("fat-graft") is None


def test_without_borrowing_the_option_asks_for_a_quote(catalog: Catalog) -> None:
    borrowed = rank(posed(catalog, "acne-scars", market="au"))
    bare = rank(posed(catalog, "acne-scars", market="au", borrow=False))
    assert any(r.option.id == "subcision" for r in borrowed.rows)
    out = next(item for item in bare.left_out if item.id == "subcision")
    assert out.why == "no price"
    assert "ask for a quote" in why_left_out(out, catalog, bare.symbol)


def test_a_quote_beats_the_clinic_and_the_clinic_beats_the_list(catalog: Catalog, tmp_path: Path) -> None:
    listing = tmp_path / "clinic.toml"
    listing.write_text('[[price]]\nprocedure = "microneedling"\nprice = 250\n')
    clinic = quoted(catalog, catalog.market("us"), read_price_list(listing, catalog))
    quotes = own(catalog, "microneedling", 100, 100, "session")
    market = catalog.market("us")
    assert PriceBook(catalog, market, quotes, clinic).lookup("microneedling").origin == "quote"  # type: ignore[union-attr]
    found = PriceBook(catalog, market, {}, clinic).lookup("microneedling")
    assert found is not None
    assert found.origin == "clinic"
    assert found.prices[0].low == 250
    assert PriceBook(catalog, market).lookup("microneedling").origin == "market"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"no \[\[price\]\]"),
        (
            "currency = 'EUR'\n[[price]]\nprocedure='microneedling'\nprice=3",
            "is in EUR, but the US list is in USD",
        ),
        ("[[price]]\nprocedure='microneedling'\nprice=-3", "greater than 0"),
        ("[[price]]\nprocedure='microneedling'", "give price"),
        ("[[price]]\nprocedure='microneedling'\nlow=9\nhigh=3", "in order"),
        ("[[price]]\nprocedure='xyzzy'\nprice=3", "unknown procedure"),
        ("[[price]]\nprocedure='microneedling'\nprice=3\ncolour='red'", "colour"),
        ("[[prices]]\nx=1", "unknown key"),
        ("[[price]", "not valid TOML"),
    ],
)
def test_a_bad_price_list_is_refused_with_its_place(catalog: Catalog, tmp_path: Path, text: str, words: str) -> None:
    listing = tmp_path / "clinic.toml"
    listing.write_text(text)
    with pytest.raises(InputError, match=words) as caught:
        posed(catalog, market="us", price_list=listing)
    assert "clinic.toml" in str(caught.value)


def test_a_horizon_out_of_range_is_refused(catalog: Catalog) -> None:
    for horizon in (0, -3, 1e9, float("nan")):
        with pytest.raises(InputError, match="horizon"):
            rank(posed(catalog, "acne-scars", horizon=horizon))


def test_a_longer_horizon_never_makes_a_course_cheaper(catalog: Catalog) -> None:
    for concern in catalog.concerns:
        short = rank(posed(catalog, concern, horizon=12))
        long = rank(posed(catalog, concern, horizon=36))
        cost = {r.option.id: r["cost"].typical for r in long.rows}
        for row in short.rows:
            # a part of a course may be one of several only over one of the horizons
            assert cost.get(row.option.id, row["cost"].typical) >= row["cost"].typical - 1e-9


def test_overlay_prices_join_the_market_s(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text(
        """
[[price]]
procedure = "tca-cross"
market = "us"
currency = "USD"
year = 2026
unit = "session"
low = 300
high = 300
grade = "own-list"
source = "lim-2024-exosomes"
"""
    )
    found = rank(posed(load_catalog(tmp_path), "acne-scars"))
    row = next(r for r in found.rows if r.option.id == "tca-cross")
    assert row["cost"].typical == 300 * row.option.sessions
