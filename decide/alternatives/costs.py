"""What a course costs in all, over the horizon: the base of an add-on, units times unit price, and upkeep.

Each price observation becomes a price per session, per month of use or once, by the catalogue's named assumptions (how
many syringes a session takes, how long a tube lasts). Low is the lowest of the lows, high the highest of the highs,
typical the median of the middles, so that a reader can follow every sum by hand. One publisher is one voice.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Literal, NamedTuple

from decide.alternatives.cell import Basis, Borrowed, Cell, Ref, merge
from decide.alternatives.delivery import Delivery, fact_ref
from decide.alternatives.pricing import Observed, PriceBook, Why, voice
from decide.catalog.models import ASSUMED, Assumption, Course, Practice, Price
from decide.lazily import dataclass

Per = Literal["session", "month", "once"]


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """One part of a total, in the market's currency: what, how many units, what a unit costs, what that makes.

    A renewal says how many months the result `lasts`.
    """

    what: str
    units: tuple[float, float, float]
    unit: str
    unit_price: tuple[float, float, float]
    amount: tuple[float, float, float]
    lasts: tuple[float, float] | None = None

    @property
    def renewal(self) -> bool:
        """Whether it renews a result that fades."""
        return self.lasts is not None


@dataclass(frozen=True, kw_only=True)
class Cost:
    """A course's total over the horizon with its parts and the facts behind them.

    `per_visit` is what a visit costs: low, typical, high.
    """

    total: Cell
    lines: tuple[CostLine, ...]
    per_visit: tuple[float, float, float] | None
    borrowed_from: str = ""
    years: tuple[int, ...] = ()
    partial: tuple[str, ...] = ()
    doubtful: bool = False
    starting: bool = False
    voices: int = 0


class UnitPrice(NamedTuple):
    """The price of one session, one month of use, or the thing bought once; `all_in`: with what it is given on."""

    per: Per
    low: float
    typical: float
    high: float
    refs: tuple[Ref, ...]
    all_in: bool
    voice: str = ""

    def on(self, base: "UnitPrice") -> "UnitPrice":
        """An add-on's price with its base's beside it."""
        return self._replace(
            low=self.low + base.low,
            typical=self.typical + base.typical,
            high=self.high + base.high,
            refs=merge((self.refs, base.refs)),
            all_in=True,
        )


def unit_price(
    delivery: Delivery, observed: Observed, horizon: float, base: UnitPrice | None = None
) -> UnitPrice | None:
    """What one unit of a procedure costs, from its observations; None when they cannot be brought to one unit.

    Tubes and bottles are bought whole, so a month's price is that of the packs which the months of use take.

    Observations per session count for what is done in visits, per month for what is used at home, bought-once prices
    before either where the procedure is a thing to own. Where some hold what the procedure is given on and some do not,
    the price of the `base` comes on top of those that do not, or they are left; where people have the base anyway,
    those that do not hold it count alone. Then every voice counts once: within one and among all, the lowest low, the
    highest high and the median of the middles. Where one seller's fixed price is all that is known, its ends are as far
    off as sellers are apart.
    """
    months = _months(delivery, horizon)[0]
    far = float(observed.apart)
    converted = [
        c._replace(low=c.low / far, high=c.high * far)
        for price in observed.prices
        if (c := _convert(delivery, price, months)) is not None
    ]
    if not converted:
        return None
    order: tuple[Per, ...] = ("once", "month", "session") if delivery.at_home else ("session", "once", "month")
    per = next(p for p in order if any(c.per == p for c in converted))
    chosen = [c for c in converted if c.per == per]
    given = delivery.catalog.concerns[delivery.concern].base_is_given
    if given and any(not c.all_in for c in chosen):
        chosen = [c for c in chosen if not c.all_in]
    if any(c.all_in for c in chosen):
        on_top = base if base is not None and base.per == per else None
        chosen = [c if c.all_in or on_top is None else c.on(on_top) for c in chosen]
        chosen = [c for c in chosen if c.all_in]
    voices: dict[str, list[UnitPrice]] = {}
    for c in chosen:
        voices.setdefault(c.voice, []).append(c)
    return _together([_together(said) for said in voices.values()])


def _together(prices: Sequence[UnitPrice]) -> UnitPrice:
    """Prices of one unit and basis as one: lowest low, median middle, highest high."""
    return prices[0]._replace(
        low=min(p.low for p in prices),
        typical=median(p.typical for p in prices),
        high=max(p.high for p in prices),
        refs=merge(p.refs for p in prices),
    )


def refusal(delivery: Delivery, price: Price) -> Why | None:
    """Why a price is none of what was studied, or cannot become the price of a course; None where it can."""
    if price.product and delivery.products and price.product not in delivery.products:
        return "product"
    return None if _convert(delivery, price, (1.0, 1.0, 1.0)) is not None else "unit"


def _convert(delivery: Delivery, price: Price, months: tuple[float, float, float]) -> UnitPrice | None:
    low, high = float(price.low), float(price.high)
    typical = float(price.middle)
    refs = [price_ref(price)]
    per: Per
    assumption: Assumption | None = None
    if price.once:
        per = "once"
    elif price.unit == "session":
        if delivery.at_home:
            # a visit somewhere is no price of the thing that is used at home
            return None
        per = "session"
    elif price.unit == "procedure":
        per = "session" if delivery.procedure.clinic else "once"
    elif ASSUMED.get(price.unit) == "session-units":
        per = "session"
        assumption = delivery.assumed("session-units", price.unit)
        if assumption is None:
            return None
        low, typical, high = low * assumption.low, typical * assumption.typical, high * assumption.high
    elif price.unit == "month":
        per = "month"
    elif ASSUMED.get(price.unit) == "unit-months":
        per = "month"
        assumption = delivery.assumed("unit-months", price.unit)
        if assumption is None:
            return None
        low *= _per_month(months[0], assumption.high)
        typical *= _per_month(months[1], assumption.typical)
        high *= _per_month(months[2], assumption.low)
    elif price.sessions:
        per = "session"
        low, typical, high = (x / price.sessions for x in (low, typical, high))
    elif price.months:
        per = "month"
        low, typical, high = (
            x * _per_month(m, price.months) for x, m in zip((low, typical, high), months, strict=True)
        )
    else:
        return None
    if assumption is not None:
        refs.append(fact_ref(assumption))
    said = voice(delivery.catalog, price.source)
    return UnitPrice(per, low, typical, high, tuple(refs), price.basis == "all-in", said)


def _per_month(months: float, lasts: float) -> float:
    """Whole packs that so many months take, per month."""
    return math.ceil(months / lasts - 1e-9) / months


def price_ref(price: Price) -> Ref:
    """A price observation, or a person's own quote."""
    return Ref(kind="quote" if price.quoted else "price", source=price.source, fact=price)


def renewals(delivery: Delivery, horizon: float) -> tuple[float, float, float, Cell | None]:
    """Times a result must be renewed inside the horizon (low, typical, high), and the fact on how long it lasts.

    Where every fact tells only that it lasted at least so long, no end is known: the high end alone counts renewals.
    """
    lasts = delivery.durability
    if lasts is None:
        return 0.0, 0.0, 0.0, None

    def times(months: float) -> float:
        return float(max(0, math.ceil(horizon / months - 1e-9) - 1)) if months > 0 else 0.0

    if all(isinstance(ref.fact, (Practice, Course)) and ref.fact.high is None for ref in lasts.refs):
        return 0.0, 0.0, times(lasts.low), lasts
    return times(lasts.high), times(lasts.typical), times(lasts.low), lasts


class Priced(NamedTuple):
    """A procedure with the price of one unit of it."""

    delivery: Delivery
    observed: Observed
    unit: UnitPrice
    horizon: float

    @classmethod
    def of(cls, delivery: Delivery, book: PriceBook, horizon: float) -> "Priced | None":
        """The procedure priced from a book; None where it has no price that counts."""
        observed = book.lookup(delivery.procedure.id, partial(refusal, delivery))
        if observed is None:
            return None
        base = None
        if len({p.basis == "all-in" for p in observed.prices}) > 1 and delivery.procedure.adjunct_to:
            known = delivery.catalog.procedures[delivery.procedure.adjunct_to[0]]
            given_on = cls.of(delivery.of(known), book, horizon)
            base = given_on.unit if given_on is not None else None
        unit = unit_price(delivery, observed, horizon, base)
        return cls(delivery, observed, unit, horizon) if unit is not None else None

    def cost(self, sessions: int | None, *, renewed: bool = True) -> Cost:
        """Its own cost over the horizon in so many sessions, without any base, and with renewals unless told not to."""
        delivery, observed, unit = self.delivery, self.observed, self.unit
        name = delivery.procedure.name
        each = (unit.low, unit.typical, unit.high)
        lines: list[CostLine] = []
        extra: list[Ref] = []
        if unit.per == "once":
            lines.append(_line(name, (1, 1, 1), "purchase", each))
        elif unit.per == "month":
            months, refs = _months(delivery, self.horizon)
            lines.append(_line(name, months, "month", each))
            extra.extend(refs)
        else:
            count = float(sessions if sessions is not None else 1)
            lines.append(_line(name, (count, count, count), "session", each))
            again, refs = self._renewed(count, each) if renewed else ([], [])
            lines.extend(again)
            extra.extend(refs)
        low, typical, high = (sum(line.amount[k] for line in lines) for k in range(3))
        basis: Basis = "borrowed" if observed.origin == "borrowed" else "facts"
        refs = list(unit.refs)
        if observed.origin == "borrowed":
            terms = Borrowed(observed.lender, float(observed.rate))
            refs.append(Ref(kind="exchange", source="exchange.toml", fact=terms))
        own = observed.origin in ("quote", "clinic")
        told = {ref.source for ref in unit.refs}
        return Cost(
            total=Cell(low=low, typical=typical, high=high, basis=basis, refs=merge((refs, extra))),
            lines=tuple(lines),
            per_visit=each if unit.per == "session" else None,
            borrowed_from=observed.lender,
            years=() if own else tuple(sorted({p.year for p in observed.prices})),
            partial=tuple(dict.fromkeys(p.covers_partial for p in observed.prices if p.covers_partial)),
            doubtful=observed.doubtful,
            starting=observed.starting,
            voices=0 if own else len({voice(delivery.catalog, p.source) for p in observed.prices if p.source in told}),
        )

    def _renewed(self, count: float, each: tuple[float, float, float]) -> tuple[list[CostLine], list[Ref]]:
        low, typical, high, lasts = renewals(self.delivery, self.horizon)
        if high <= 0 or lasts is None:
            return [], []
        refs = list(lasts.refs)
        visits = (1.0, 1.0, 1.0)
        per_time = self.delivery.assumed("renewal-sessions")
        if per_time is not None:
            visits = (min(per_time.low, count), min(per_time.typical, count), min(per_time.high, count))
            refs.append(fact_ref(per_time))
        times = (low * visits[0], typical * visits[1], high * visits[2])
        line = _line(self.delivery.procedure.name, times, "session", each)
        return [replace(line, lasts=(lasts.low, lasts.high))], refs


def course_costs(
    given: Delivery, book: PriceBook, counts: Sequence[int | None], horizon: float
) -> list[tuple[int | None, Cost]]:
    """The total of an effect, as it is given, in each number of sessions: its procedure, and its base where the price
    does not hold it already. Empty where either has no price.
    """
    catalog, effect = given.catalog, given.effect
    main = Priced.of(given, book, horizon)
    if main is None:
        return []
    times = {count: main.delivery.added(count) for count in counts}
    held = main.unit.all_in and all(times[count] == count for count in counts)
    if not effect.adjunct or held or catalog.concerns[given.concern].base_is_given:
        return [(count, main.cost(count)) for count in counts]
    known = catalog.procedures.get(effect.treatment)
    base = Priced.of(given.of(known), book, horizon) if known is not None else None
    if base is None:
        return []
    priced = base

    def total(count: int | None) -> Cost:
        added = times[count]
        if not main.unit.all_in:
            return add(priced.cost(None if priced.delivery.at_home else count), main.cost(added))
        if count is None or added is None or added == count:
            return main.cost(count)
        # a visit with the add-on holds the base; the other visits are of the base alone
        both = add(priced.cost(count - added, renewed=False), main.cost(added))
        return replace(both, per_visit=(main.unit.low, main.unit.typical, main.unit.high))

    return [(count, total(count)) for count in counts]


def add(a: Cost, b: Cost) -> Cost:
    """Two costs of one course."""
    total = Cell(
        low=a.total.low + b.total.low,
        typical=a.total.typical + b.total.typical,
        high=a.total.high + b.total.high,
        basis=b.total.basis if b.total.basis == "borrowed" else a.total.basis,
        refs=merge((a.total.refs, b.total.refs)),
    )
    visits = a.per_visit or b.per_visit
    if a.per_visit and b.per_visit:
        visits = (a.per_visit[0] + b.per_visit[0], a.per_visit[1] + b.per_visit[1], a.per_visit[2] + b.per_visit[2])
    return Cost(
        total=total,
        lines=a.lines + b.lines,
        per_visit=visits,
        borrowed_from=a.borrowed_from or b.borrowed_from,
        years=tuple(sorted({*a.years, *b.years})),
        partial=tuple(dict.fromkeys(a.partial + b.partial)),
        doubtful=a.doubtful or b.doubtful,
        starting=a.starting or b.starting,
        voices=min(x for x in (a.voices, b.voices) if x) if a.voices or b.voices else 0,
    )


def _line(what: str, units: tuple[float, float, float], unit: str, each: tuple[float, float, float]) -> CostLine:
    amount = (units[0] * each[0], units[1] * each[1], units[2] * each[2])
    return CostLine(what=what, units=units, unit=unit, unit_price=each, amount=amount)


def months_used(delivery: Delivery, horizon: float) -> tuple[float, float, float]:
    """Months of use that make the course: what the catalogue says, else the whole horizon."""
    return _months(delivery, horizon)[0]


def _months(delivery: Delivery, horizon: float) -> tuple[tuple[float, float, float], list[Ref]]:
    course = delivery.assumed("course-months")
    if course is None:
        return (horizon, horizon, horizon), []
    return (min(course.low, horizon), min(course.typical, horizon), min(course.high, horizon)), [fact_ref(course)]
