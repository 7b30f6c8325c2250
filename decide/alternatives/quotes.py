"""Quotes as price facts: what somebody was quoted, or a clinic lists, in a unit that the procedure is sold in.

A quote replaces what the catalogue knows of a price, so one that cannot be used is refused before it replaces anything,
and one that cannot be meant is asked back: ten times off every price seen, or without a unit where price lists count
in several.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import ASSUMED, Assumption, Market, Price, Unit
from decide.errors import InputError
from decide.lazily import dataclass
from decide.question.prices import UNITS, Quote
from decide.question.problem import Problem

FAR_OFF = 10
"""Times below or above every price seen at which a quote is a slip of the hand, or of another unit."""


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
    InputError : a unit in which nothing of that name is sold, no unit where it may be one of several, or a sum that
        is ten times off every price seen; the hint names the units that would do.
    """
    found: dict[str, list[Price]] = {}
    for quote in quotes:
        members = catalog.members(quote.procedure)
        usable = [name for name in members if quote.unit is None or quote.unit in units_sold(catalog, name)]
        if wrong := _wrong(catalog, market, quote, usable):
            units = dict.fromkeys(unit for name in members for unit in units_sold(catalog, name))
            raise InputError(f"{quote.said}: {wrong}", f"give a sum for one of: {', '.join(units)}")
        for name in usable:
            price = _price(catalog, market, name, quote)
            if quote.origin == "your-quote":
                found[name] = [price]
            else:
                found.setdefault(name, []).append(price)
    return {name: tuple(prices) for name, prices in found.items()}


def _wrong(catalog: Catalog, market: Market, quote: Quote, usable: Sequence[str]) -> str:
    """Why a quote cannot be used; empty where it can. A clinic's own list says what it says."""
    known = catalog.procedures.get(quote.procedure) or catalog.families[quote.procedure]
    if not usable:
        return f"{known.name} is not priced by the {quote.unit}"
    if quote.origin != "your-quote":
        return ""
    units = dict.fromkeys(u for name in usable for u in _as_often(catalog, name) or [usual_unit(catalog, name)])
    if quote.unit is None and len(units) > 1:
        return f"{known.name} is priced by the {' and by the '.join(units)}: say which"
    far = [_far_off(catalog, market, name, quote) for name in usable]
    return next(iter(far)) if all(far) else ""


def _as_often(catalog: Catalog, procedure: str) -> tuple[Unit, ...]:
    """The units that the price lists count a procedure in equally often; none where one is the usual one."""
    for market in (catalog.edition.default_market, *catalog.markets):
        units = [p.unit for p in catalog.prices(market).get(procedure, ()) if not p.doubtful]
        if units:
            most = max(units.count(unit) for unit in units)
            often = tuple(unit for unit in dict.fromkeys(units) if units.count(unit) == most)
            return often if len(often) > 1 else ()
    return ()


def _far_off(catalog: Catalog, market: Market, procedure: str, quote: Quote) -> str:
    """How a quote is ten times off every price seen of a procedure, here or else elsewhere at the dated rate."""
    ours = _per_visit_or_month(catalog, _price(catalog, market, procedure, quote))
    homes = [market.id] if catalog.prices(market.id).get(procedure) else list(catalog.markets)
    seen = [
        (found, float(catalog.rate(catalog.market(home).currency, market.currency)[0]))
        for home in homes
        for price in catalog.prices(home).get(procedure, ())
        if ours is not None and (found := _brought_to(ours.per, catalog, price)) is not None
    ]
    if ours is None or not seen:
        return ""
    low, high = min(f.low * rate for f, rate in seen), max(f.high * rate for f, rate in seen)
    way = "below" if ours.high * FAR_OFF <= low else "above" if ours.low >= FAR_OFF * high else ""
    name, unit = catalog.procedures[procedure].name, quote.unit or usual_unit(catalog, procedure)
    ends = f"{market.symbol}{low:,.0f} to {market.symbol}{high:,.0f} a {ours.per}"
    return f"by the {unit} that is ten times {way} every price seen of {name} ({ends})" if way else ""


class _Per(NamedTuple):
    per: str
    low: float
    high: float


def _per_visit_or_month(catalog: Catalog, price: Price) -> _Per | None:
    """A price by the visit, by the month or, where it says no more, by the course; None where it says none of them."""
    low, high = float(price.low), float(price.high)
    if price.unit == "course":
        count = price.sessions or price.months
        per = "session" if price.sessions else "month" if price.months else "course"
        return _Per(per, low / (count or 1), high / (count or 1))
    if price.unit in ("session", "month"):
        return _Per(price.unit, low, high)
    if price.unit == "procedure":
        return _Per("session", low, high) if catalog.procedures[price.procedure].clinic else None
    counted = assumed_units(catalog, price.procedure, price.unit)
    if not counted:
        return None
    least, most = min(a.low for a in counted), max(a.high for a in counted)
    if ASSUMED[price.unit] == "session-units":
        return _Per("session", low * least, high * most)
    return _Per("month", low / most, high / least)


def _brought_to(per: str, catalog: Catalog, price: Price) -> _Per | None:
    """A price by the visit, the month or the course; that of a visit is a course's by the sessions that it asks."""
    found = _per_visit_or_month(catalog, price)
    if found is None or found.per == per:
        return found
    counts = catalog.practice(price.procedure, "sessions")
    least = min((f.low for f in counts if f.low is not None), default=None)
    most = max((f.high if f.high is not None else f.low for f in counts if f.low is not None), default=None)
    if (found.per, per) != ("session", "course") or least is None or most is None:
        return None
    return _Per(per, found.low * least, found.high * most)


def assumed_units(catalog: Catalog, procedure: str, unit: Unit, concern: str = "") -> list[Assumption]:
    """What the catalogue assumes of how many units a session takes or how long one lasts, this concern's own first."""
    found = [
        a for a in catalog.assumptions(procedure)
        if a.unit == unit and a.what == ASSUMED.get(unit) and (not concern or a.concern in (None, concern))
    ]  # fmt: skip
    return sorted(found, key=lambda a: a.concern is None)


@dataclass(frozen=True)
class Use:
    """One procedure that a quote was applied to: the unit taken, and how many of them a session takes or how many
    months one lasts (low, typical, high) where that is assumed.
    """

    procedure: str
    unit: Unit
    counted: tuple[float, float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class QuoteUse:
    """What a quote was applied to: the procedures that are sold so."""

    said: str
    named: str
    low: float
    high: float
    procedures: tuple[Use, ...]


def quote_uses(problem: Problem) -> tuple[QuoteUse, ...]:
    """What each quote of a problem was applied to; a family's to every member that is sold so."""
    catalog = problem.catalog
    concern = problem.concerns[0].id if problem.concerns else ""
    return tuple(
        QuoteUse(
            said=quote.said,
            named=quote.procedure,
            low=float(quote.low),
            high=float(quote.high),
            procedures=tuple(
                _use(catalog, name, quote.unit or usual_unit(catalog, name), concern)
                for name in catalog.members(quote.procedure)
                if quote.unit is None or quote.unit in units_sold(catalog, name)
            ),
        )
        for quote in problem.quotes
    )


def _use(catalog: Catalog, procedure: str, unit: Unit, concern: str) -> Use:
    counted = assumed_units(catalog, procedure, unit, concern or "none") if unit in ASSUMED else []
    return Use(procedure, unit, (counted[0].low, counted[0].typical, counted[0].high) if counted else None)


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
