"""Quotes as price facts: what somebody was quoted, or a clinic lists, in a unit that the procedure is sold in.

A quote replaces what the catalogue knows of a price, so one that cannot be used is refused before it replaces anything.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import ASSUMED, Market, Price, Unit
from decide.errors import InputError
from decide.question.prices import UNITS, Quote
from decide.question.problem import Problem


@derived(most=1024)
def usual_unit(catalog: Catalog, procedure: str) -> Unit:
    """The unit that a bare price of this procedure means: what the price lists count in, else a session or a month."""
    for market in (catalog.edition.default_market, *catalog.markets):
        prices = [p for p in catalog.prices(market).get(procedure, ()) if p.unit in units_sold(catalog, procedure)]
        if prices:
            return commonest([p for p in prices if not (p.doubtful or p.promotion)] or prices)
    return "session" if catalog.procedures[procedure].clinic else "month"


def commonest(prices: Iterable[Price]) -> Unit:
    """The unit that most prices are for; a session among equals."""
    units = [p.unit for p in prices]
    return max(set(units), key=lambda u: (units.count(u), u == "session", u))


@derived(most=1024)
def units_sold(catalog: Catalog, procedure: str) -> tuple[Unit, ...]:
    """The units in which a procedure's price can become the total of a course."""
    clinic = catalog.procedures[procedure].clinic
    listed = {p.unit for market in catalog.markets for p in catalog.prices(market).get(procedure, ())}
    assumed = {(a.what, a.unit) for a in catalog.assumptions(procedure)}

    def sold(unit: Unit) -> bool:
        if unit in ASSUMED:
            return (ASSUMED[unit], unit) in assumed
        if unit == "session":
            return clinic
        return unit != "month" or not clinic or unit in listed

    return tuple(unit for unit in UNITS if sold(unit))


def quoted(catalog: Catalog, market: Market, quotes: Iterable[Quote]) -> dict[str, tuple[Price, ...]]:
    """Quotes as price facts of one market, by procedure; a family's go to every member that is sold so.

    Of several quotes for one thing the last counts; of several lines of a clinic's list all do.

    Raises
    ------
    InputError : a unit in which nothing of that name is sold; the hint names those that would do.
    """
    found: dict[str, list[Price]] = {}
    for quote in quotes:
        members = catalog.members(quote.procedure)
        usable = [name for name in members if quote.unit is None or quote.unit in units_sold(catalog, name)]
        if not usable:
            units = dict.fromkeys(unit for name in members for unit in units_sold(catalog, name))
            known = catalog.procedures.get(quote.procedure) or catalog.families[quote.procedure]
            raise InputError(
                f"{quote.said}: {known.name} is not priced by the {quote.unit}",
                f"give a sum for one of: {', '.join(units)}",
            )
        for name in usable:
            price = _price(catalog, market, name, quote)
            if quote.origin == "your-quote":
                found[name] = [price]
            else:
                found.setdefault(name, []).append(price)
    return {name: tuple(prices) for name, prices in found.items()}


class QuoteUse(NamedTuple):
    """What a quote was applied to: the procedures that are sold so, with the unit taken for each."""

    said: str
    named: str
    procedures: tuple[tuple[str, Unit], ...]


def quote_uses(problem: Problem) -> tuple[QuoteUse, ...]:
    """What each quote of a problem was applied to; a family's to every member that is sold so."""
    catalog = problem.catalog
    return tuple(
        QuoteUse(
            said=quote.said,
            named=quote.procedure,
            procedures=tuple(
                (name, quote.unit or usual_unit(catalog, name))
                for name in catalog.members(quote.procedure)
                if quote.unit is None or quote.unit in units_sold(catalog, name)
            ),
        )
        for quote in problem.quotes
    )


def _price(catalog: Catalog, market: Market, procedure: str, quote: Quote) -> Price:
    unit = quote.unit or usual_unit(catalog, procedure)
    extra: Mapping[str, object] = {"sessions": quote.sessions, "months": quote.months, "note": quote.note}
    # whoever is quoted for a visit is quoted for all that is done in it; what is used at home comes on top
    held = [
        "all-in" if catalog.procedures[base].clinic else "add-on" for base in catalog.procedures[procedure].adjunct_to
    ]
    return Price.model_validate(
        {
            "procedure": procedure,
            "market": market.id,
            "currency": market.currency,
            "year": 2000,
            "unit": unit,
            "low": quote.low,
            "high": quote.high,
            "source": quote.origin,
            "grade": "own-list",
            "once": unit == "course" and quote.sessions is None and quote.months is None,
            "basis": held[0] if held else None,
            **{k: v for k, v in extra.items() if v},
        }
    )
