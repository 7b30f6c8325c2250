"""Which price counts: a quote beats a clinic's list, a clinic's list the market's, the market's a borrowed one.

A price list is one market and one currency. Where the market has no price, one is borrowed from another market at the
catalogue's dated rate, its range widened, and marked; nothing else is ever converted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from decide.alternatives.quotes import quoted
from decide.catalog import Catalog
from decide.catalog.models import Market, Price
from decide.question.problem import Problem

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

    @classmethod
    def of(cls, problem: Problem) -> "PriceBook":
        """The prices in force for a problem.

        Raises
        ------
        InputError : a quoted price in a unit that its procedure is not sold in.
        """
        catalog, market = problem.catalog, problem.market
        mine = [quote for quote in problem.quotes if quote.origin == "your-quote"]
        listed = [quote for quote in problem.quotes if quote.origin == "clinic-price-list"]
        return cls(catalog, market, quoted(catalog, market, mine), quoted(catalog, market, listed), problem.borrow)

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
