"""Which price counts: a quote beats a clinic's list, a clinic's list the market's, the market's a borrowed one.

A price list is one market and one currency. Where the market has no price, one is borrowed from another market at the
catalogue's dated rate, its range widened, and marked; nothing else is ever converted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from decide.catalog import Catalog
from decide.catalog.models import Amount, Fact, Market, Price, Unit
from decide.catalog.read import line_of, read_toml
from decide.errors import CatalogError, InputError

Origin = Literal["quote", "clinic", "market", "borrowed"]


class Observed(NamedTuple):
    """The observations that count for one procedure, in the market's currency, and those passed over."""

    prices: tuple[Price, ...]
    origin: Origin
    passed_over: tuple[Price, ...] = ()
    lender: str = ""
    rate: Decimal = Decimal(1)
    rate_year: int = 0


@dataclass(frozen=True)
class PriceBook:
    """Every price that bears on an answer, in order of precedence.

    `quotes` and `clinic` hold prices in the market's currency, by procedure id.
    """

    catalog: Catalog
    market: Market
    quotes: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)
    clinic: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)
    borrow: bool = True

    def lookup(self, procedure: str) -> Observed | None:
        """The price observations of a procedure, or None where there is no price at all.

        Of a market's observations the doubtful ones give way to the others; they count where there is nothing better.
        """
        for found, origin in ((self.quotes.get(procedure), "quote"), (self.clinic.get(procedure), "clinic")):
            if found:
                return Observed(found, "quote" if origin == "quote" else "clinic")
        own = self.catalog.prices(self.market.id).get(procedure, ())
        if own:
            return _choose(own, "market")
        return self.borrowed(procedure)

    def borrowed(self, procedure: str) -> Observed | None:
        """A price of another market, widened and marked; None where there is none or borrowing is off.

        The lender is the market with most sound observations; the default market first among equals.
        """
        if not self.borrow:
            return None
        default = self.catalog.edition.default_market
        best: tuple[tuple[int, bool], Market, Observed] | None = None
        for market in self.catalog.markets.values():
            found = self.catalog.prices(market.id).get(procedure, ())
            if market.id == self.market.id or not found:
                continue
            chosen = _choose(found, "borrowed")
            sound = sum(not p.doubtful for p in chosen.prices)
            key = (sound, market.id == default)
            if best is None or key > best[0]:
                best = (key, market, chosen)
        if best is None:
            return None
        _, lender, chosen = best
        rate, year = self.catalog.rate(lender.currency, self.market.currency)
        widen = Decimal(str(self.catalog.edition.borrow_widening))
        prices = tuple(
            p.model_copy(
                update={
                    "low": p.low * rate * (1 - widen),
                    "typical": (p.typical if p.typical is not None else (p.low + p.high) / 2) * rate,
                    "high": p.high * rate * (1 + widen),
                    "currency": self.market.currency,
                }
            )
            for p in chosen.prices
        )
        return Observed(prices, "borrowed", chosen.passed_over, lender.id, rate, year)


def _choose(prices: tuple[Price, ...], origin: Origin) -> Observed:
    sound = tuple(p for p in prices if not p.doubtful)
    if not sound:
        return Observed(prices, origin)
    return Observed(sound, origin, tuple(p for p in prices if p.doubtful))


# ------------------------------------------------------------------ a clinic's list, a person's quote


class ClinicPrice(Fact):
    """One line of a clinic's own list: a procedure and what a unit of it costs there."""

    procedure: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Unit | None = None
    price: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    sessions: Annotated[int, Field(ge=1, le=100)] | None = None
    months: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    note: str = ""


def usual_unit(catalog: Catalog, procedure: str) -> Unit:
    """The unit that a bare price of this procedure means: what the price lists count in, else a session or a month."""
    for market in (catalog.edition.default_market, *catalog.markets):
        prices = catalog.prices(market).get(procedure)
        if prices:
            units = [p.unit for p in prices if not p.doubtful] or [p.unit for p in prices]
            return max(set(units), key=lambda u: (units.count(u), u == "session", u))
    return "session" if catalog.procedures[procedure].clinic else "month"


def quote(
    catalog: Catalog,
    market: Market,
    procedure: str,
    low: Decimal,
    high: Decimal,
    unit: Unit | None,
    origin: str,
    **extra: object,
) -> Price:
    """A price from outside the catalogue, for one procedure."""
    unit = unit or usual_unit(catalog, procedure)
    sessions = extra.get("sessions")
    if unit == "course" and sessions is None and extra.get("months") is None:
        extra["once"] = True
    known = catalog.procedures[procedure]
    return Price.model_validate(
        {
            "procedure": procedure,
            "market": market.id,
            "currency": market.currency,
            "year": 2000,
            "unit": unit,
            "low": low,
            "high": high,
            "source": origin,
            # whoever is quoted for a visit is quoted for all that is done in it; what is used at home comes on top
            "includes_base": any(catalog.procedures[base].clinic for base in known.adjunct_to[:1]),
            **{k: v for k, v in extra.items() if v is not None},
        }
    )


def read_price_list(path: str | Path, catalog: Catalog, market: Market) -> dict[str, tuple[Price, ...]]:
    """A clinic's own price list: a TOML file of `[[price]]` tables with `procedure` and `price` (or `low`, `high`).

    `procedure` may be an id, a name, an alias or a family; `unit` is what the price is for (what the catalogue counts
    in when left out). `currency`, at the top, must be the market's when given.

    Raises
    ------
    CatalogError : the file cannot be read, or an entry is wrong; the message names file, line and reason.
    """
    from decide.question.vocabulary import Vocabulary

    path = Path(path)
    document = read_toml(path)
    currency = document.pop("currency", market.currency)
    if currency != market.currency:
        raise CatalogError(
            f"{path}: prices are in {currency!r}, but the {market.name} list is in {market.currency}",
            "choose the market with --market",
        )
    unknown = sorted(set(document) - {"price"})
    if unknown:
        raise CatalogError(f"{path}: unknown key {unknown[0]!r}", "a price list holds 'currency' and [[price]] tables")
    rows = document.get("price", [])
    if not isinstance(rows, list) or not rows:
        raise CatalogError(f"{path}: no [[price]] in it", "each price is a [[price]] table with procedure and price")
    vocabulary = Vocabulary.of(catalog)
    found: dict[str, list[Price]] = {}
    for index, row in enumerate(rows):
        place = f"{path}:{line_of(path, 'price', index) or index + 1}"
        try:
            entry = ClinicPrice.model_validate(row)
            low, high = entry.low or entry.price, entry.high or entry.price
            if low is None or high is None or low > high:
                raise CatalogError(f"{place}: {entry.procedure}: give price, or low and high in order")
            for procedure in catalog.members(vocabulary.procedure(entry.procedure)):
                price = quote(
                    catalog,
                    market,
                    procedure,
                    low,
                    high,
                    entry.unit,
                    "clinic-price-list",
                    sessions=entry.sessions,
                    months=entry.months,
                    note=entry.note,
                )
                found.setdefault(procedure, []).append(price)
        except ValidationError as error:
            item = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in item["loc"])
            raise CatalogError(f"{place}: {where}: {item['msg'].lower()}") from None
        except CatalogError:
            raise
        except InputError as error:
            raise CatalogError(f"{place}: {error.message}", error.hint) from None
    return {procedure: tuple(prices) for procedure, prices in found.items()}
