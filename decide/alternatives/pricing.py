"""Which price counts: a quote beats a clinic's list, a clinic's list the market's sound prices, those a borrowed one.

A price list is one market and one currency. Of a market's prices the sound ones go first, then the doubtful ones, an
offer last; of equals in that, the best grade alone counts. A sound price of another market goes before a doubtful one
of this: it is taken at the catalogue's dated rate, its range widened, and marked. Nothing else is ever converted.

What one seller asks for a combination and for its base tells what it asks for the rest: that is taken on top of what
the base costs in the market. What one seller alone asks tells little of what the others do: it is as wide as sellers
are apart.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from itertools import combinations
from statistics import median
from typing import Literal, NamedTuple, get_args

from decide.alternatives.quotes import quoted, units_sold
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Grade, Market, Price
from decide.lazily import dataclass
from decide.question.problem import Problem

Origin = Literal["quote", "clinic", "market", "borrowed"]
Why = Literal["product", "unit", "promotion", "doubtful", "grade"]
"""Why a price that was seen is not used: it is of another product than was studied, in a unit that nothing turns into a
course, an offer, doubtful, or of a lower grade than another.
"""
GRADES: tuple[Grade, ...] = get_args(Grade)
Refuses = Callable[[Price], Why | None]


class PassedOver(NamedTuple):
    """A price that was seen and is not used, and why."""

    price: Price
    why: Why


class Observed(NamedTuple):
    """The observations that count for one procedure, in the market's currency, and those passed over."""

    prices: tuple[Price, ...]
    origin: Origin
    passed_over: tuple[PassedOver, ...] = ()
    lender: str = ""
    rate: Decimal = Decimal(1)
    apart: Decimal = Decimal(1)
    """How many times dearer or cheaper another seller may be, where one seller's fixed price is all that is known."""

    @property
    def doubtful(self) -> bool:
        """Whether nothing better than a doubtful price or an offer was seen."""
        return self.origin in ("market", "borrowed") and all(doubt(p) > 0 for p in self.prices)

    @property
    def starting(self) -> bool:
        """Whether every price is a starting price, so that the high end is drawn."""
        return all(p.from_ for p in self.prices)


def doubt(price: Price) -> int:
    """How much better any other price would be: 0 sound, 1 doubtful, 2 an offer."""
    return 2 if price.promotion else 1 if price.doubtful else 0


def _used(price: Price) -> Why | None:
    return None


class _Choice(NamedTuple):
    prices: tuple[Price, ...]
    passed_over: tuple[PassedOver, ...]

    @property
    def doubt(self) -> int:
        return doubt(self.prices[0])

    @property
    def grade(self) -> int:
        return GRADES.index(self.prices[0].grade)


def choose(prices: Iterable[Price], refuses: Refuses = _used) -> _Choice:
    """Of one market's prices those that count: the least doubtful, of these the best grade; the others with the reason.

    No price counts where `refuses` gives a reason for each.
    """
    passed: list[PassedOver] = []
    able: list[Price] = []
    for price in prices:
        why = refuses(price)
        if why is None:
            able.append(price)
        else:
            passed.append(PassedOver(price, why))
    least = min(map(doubt, able), default=0)
    best = min((GRADES.index(p.grade) for p in able if doubt(p) == least), default=0)
    kept: list[Price] = []
    for price in able:
        if doubt(price) > least:
            passed.append(PassedOver(price, "promotion" if price.promotion else "doubtful"))
        elif GRADES.index(price.grade) > best:
            passed.append(PassedOver(price, "grade"))
        else:
            kept.append(price)
    return _Choice(tuple(kept), tuple(passed))


@derived(most=16)
def spread_of(catalog: Catalog, grade: Grade) -> Decimal:
    """How far up the prices of a grade go: the median of high over low, of its sound prices that tell a range.

    Of all grades where this one tells none; 1 where none does.
    """
    found: dict[Grade, list[Decimal]] = {}
    for market in catalog.markets:
        for price in (p for prices in catalog.prices(market).values() for p in prices):
            if not doubt(price) and not price.from_ and price.low < price.high:
                found.setdefault(price.grade, []).append(price.high / price.low)
    ratios = found.get(grade) or [ratio for group in found.values() for ratio in group]
    return median(ratios) if ratios else Decimal(1)


def opened(catalog: Catalog, price: Price) -> Price:
    """A starting price with its high end drawn to the spread of its grade; any other price as it is."""
    if not price.from_:
        return price
    return price.model_copy(update={"high": price.high * spread_of(catalog, price.grade), "typical": None})


@derived(most=4)
def sellers_apart(catalog: Catalog) -> Decimal:
    """How many times dearer one seller is than another: the median over all pairs of voices of one thing in a market.

    Of sound fixed prices of one grade, product, unit and basis. One figure for all grades, for few guides can be
    paired; 1 where there is no pair.
    """
    ratios: list[Decimal] = []
    for market in catalog.markets:
        for prices in catalog.prices(market).values():
            alike: dict[tuple[object, ...], list[Price]] = {}
            for p in prices:
                if not doubt(p) and not p.from_ and not p.tariff and p.low == p.high:
                    key = (p.grade, p.product, p.unit, p.basis, p.sessions, p.months, p.once)
                    alike.setdefault(key, []).append(p)
            for group in alike.values():
                asked = [median(p.middle for p in said) for said in voices(catalog, group).values()]
                ratios += [max(pair) / min(pair) for pair in combinations(asked, 2)]
    return median(ratios) if ratios else Decimal(1)


def apart(catalog: Catalog, prices: Iterable[Price]) -> Decimal:
    """How far other sellers may be from these prices: 1 where two sellers speak, or where one tells a range."""
    said = tuple(prices)
    lone = len(voices(catalog, said)) == 1 and all(p.low == p.high and not p.from_ and not p.tariff for p in said)
    return sellers_apart(catalog) if lone else Decimal(1)


def on_top(catalog: Catalog, price: Price) -> Price:
    """A combination's price as what it adds to the base, where its source tells a sound price of both; else as it is.

    A dear seller is dear for both, so that the difference is the part that it tells of the combination.
    """
    bases = catalog.procedures[price.procedure].adjunct_to
    if price.basis != "all-in" or not bases:
        return price
    alone = [
        p.middle
        for p in catalog.prices(price.market).get(bases[0], ())
        if (p.source, p.unit, p.sessions) == (price.source, price.unit, price.sessions) and not doubt(p) and not p.from_
    ]
    if not alone or price.from_ or price.low <= (base := median(alone)):
        return price
    added = {"low": price.low - base, "typical": price.middle - base, "high": price.high - base}
    return AddedPrice.model_construct(
        **{**dict(price), **added, "basis": "add-on", "whole": price.middle, "base": base}
    )


class AddedPrice(Price):
    """What a seller adds to its own price of a base for a combination: `whole` in all, the base alone `base`."""

    whole: Decimal
    base: Decimal


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

    def lookup(self, procedure: str, refuses: Refuses = _used) -> Observed | None:
        """The price observations of a procedure, or None where no price counts.

        A quote goes first, then a clinic's list, then whichever of the market's own and a borrowed price is less
        doubtful, the market's own among equals.
        """
        if own := tuple(p for p in self.quotes.get(procedure, ()) if refuses(p) is None):
            return Observed(own, "quote")
        if own := tuple(p for p in self.clinic.get(procedure, ()) if refuses(p) is None):
            return Observed(own, "clinic")
        here = choose(self.catalog.prices(self.market.id).get(procedure, ()), refuses)
        if here.prices and not here.doubt:
            return self._mine(here)
        lent = self.borrowed(procedure, refuses)
        if lent is None:
            return self._mine(here) if here.prices else None
        if here.prices and here.doubt <= doubt(lent.prices[0]):
            return self._mine(here)
        mine = [PassedOver(p, "promotion" if p.promotion else "doubtful") for p in here.prices]
        return lent._replace(passed_over=(*here.passed_over, *mine, *lent.passed_over))

    def _mine(self, choice: _Choice) -> Observed:
        prices = tuple(on_top(self.catalog, opened(self.catalog, p)) for p in choice.prices)
        return Observed(prices, "market", choice.passed_over, apart=apart(self.catalog, choice.prices))

    def borrowed(self, procedure: str, refuses: Refuses = _used) -> Observed | None:
        """A price of another market, widened and marked; None where there is none or borrowing is off.

        The lender has the least doubtful prices, of these the best grade, then the most voices; the default market goes
        first among equals. What a law sets for the people of a market is lent to no other.
        """
        if not self.borrow:
            return None
        default = self.catalog.edition.default_market
        best: tuple[tuple[int, int, int, bool], Market, _Choice] | None = None
        for market in self.catalog.markets.values():
            lent = (p for p in self.catalog.prices(market.id).get(procedure, ()) if not p.tariff)
            found = choose(lent, refuses)
            if market.id == self.market.id or not found.prices:
                continue
            key = (found.doubt, found.grade, -len(voices(self.catalog, found.prices)), market.id != default)
            if best is None or key < best[0]:
                best = (key, market, found)
        if best is None:
            return None
        _, lender, chosen = best
        rate, _ = self.catalog.rate(lender.currency, self.market.currency)
        widen = Decimal(str(self.catalog.edition.borrow_widening))
        prices = tuple(
            p.model_copy(
                update={
                    "low": p.low * rate * (1 - widen),
                    "typical": p.middle * rate,
                    "high": p.high * rate * (1 + widen),
                    "currency": self.market.currency,
                }
            )
            for p in (on_top(self.catalog, opened(self.catalog, p)) for p in chosen.prices)
        )
        far = apart(self.catalog, chosen.prices)
        return Observed(prices, "borrowed", chosen.passed_over, lender.id, rate, far)


def for_sale(catalog: Catalog, procedure: str) -> Refuses:
    """Whether a price can become that of a course at all, for whatever concern."""
    sold = units_sold(catalog, procedure)
    return lambda price: None if price.unit in sold else "unit"


def typical(catalog: Catalog, prices: Iterable[Price]) -> Decimal:
    """The price that is used, of prices in one unit: the median over voices of the median of each one's middles."""
    return median(median(p.middle for p in said) for said in voices(catalog, prices).values())


def voices(catalog: Catalog, prices: Iterable[Price]) -> dict[str, list[Price]]:
    """Prices by whose word they are: one publisher, or the sites that one agency made, speak once."""
    found: dict[str, list[Price]] = {}
    for price in prices:
        found.setdefault(voice(catalog, price.source), []).append(price)
    return found


def voice(catalog: Catalog, source: str) -> str:
    """Whose word a source's prices are; a quote is nobody's but its own."""
    known = catalog.sources.get(source)
    return known.voice if known is not None else source
