"""What a course costs in all, over the horizon: the base of an add-on, units times unit price, and upkeep.

Each price observation becomes a price per session, per month of use or once, by the catalogue's named assumptions (how
many syringes a session takes, how long a tube lasts). Low is the lowest of the lows, high the highest of the highs,
typical the median of the middles, so that a reader can follow every sum by hand.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal, NamedTuple

from decide.alternatives.cell import Basis, Cell, Ref, merge
from decide.alternatives.delivery import Delivery, fact_ref
from decide.alternatives.pricing import Observed, PriceBook
from decide.alternatives.quotes import ASSUMED
from decide.catalog import Catalog
from decide.catalog.models import Assumption, Price
from decide.evidence.index import Effect

Per = Literal["session", "month", "once"]


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """One part of a total, in the market's currency: what, how many units, what a unit costs, what that makes."""

    what: str
    units: tuple[float, float, float]
    unit: str
    unit_price: tuple[float, float, float]
    amount: tuple[float, float, float]
    renewal: bool = False


@dataclass(frozen=True, kw_only=True)
class Cost:
    """A course's total over the horizon with its parts and the facts behind them."""

    total: Cell
    lines: tuple[CostLine, ...]
    per_visit: float | None
    borrowed_from: str = ""
    years: tuple[int, ...] = ()
    partial: tuple[str, ...] = ()
    doubtful: bool = False


class UnitPrice(NamedTuple):
    """The price of one session, one month of use, or the thing bought once."""

    per: Per
    low: float
    typical: float
    high: float
    refs: tuple[Ref, ...]
    includes_base: bool


def unit_price(delivery: Delivery, observed: Observed, horizon: float) -> UnitPrice | None:
    """What one unit of a procedure costs, from its observations; None when they cannot be brought to one unit.

    Tubes and bottles are bought whole, so a month's price is that of the packs which the months of use take.

    Observations per session count for what is done in visits, per month for what is used at home, bought-once prices
    before either where the procedure is a thing to own.
    """
    months = _months(delivery, horizon)[0]
    converted = [c for price in observed.prices if (c := _convert(delivery, price, months)) is not None]
    if not converted:
        return None
    order: tuple[Per, ...] = ("once", "month", "session") if delivery.at_home else ("session", "once", "month")
    per = next(p for p in order if any(c.per == p for c in converted))
    chosen = [c for c in converted if c.per == per]
    with_base = [c for c in chosen if c.includes_base]
    return UnitPrice(
        per=per,
        low=min(c.low for c in chosen),
        typical=median(c.typical for c in chosen),
        high=max(c.high for c in chosen),
        refs=merge(c.refs for c in chosen),
        includes_base=len(with_base) * 2 >= len(chosen) and bool(with_base),
    )


def _convert(delivery: Delivery, price: Price, months: tuple[float, float, float]) -> UnitPrice | None:
    low, high = float(price.low), float(price.high)
    typical = float(price.typical) if price.typical is not None else (low + high) / 2
    refs = [price_ref(price)]
    per: Per
    assumption: Assumption | None = None
    if price.once:
        per = "once"
    elif price.unit == "session":
        if delivery.at_home and delivery.sessions is None:
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
    return UnitPrice(per, low, typical, high, tuple(refs), price.includes_base)


def _per_month(months: float, lasts: float) -> float:
    """Whole packs that so many months take, per month."""
    return math.ceil(months / lasts - 1e-9) / months


def price_ref(price: Price) -> Ref:
    """A price observation in words."""
    ends = f"{price.low:,.2f}–{price.high:,.2f}" if price.low != price.high else f"{price.low:,.2f}"
    ends = ends.replace(".00", "")
    of = (
        f" for {price.sessions} sessions" if price.sessions else f" for {price.months:g} months" if price.months else ""
    )
    if price.source in ("your-quote", "clinic-price-list"):
        return Ref(kind="quote", source=price.source, says=f"{price.currency} {ends} a {price.unit}{of}")
    doubt = f"; doubtful: {price.doubtful}" if price.doubtful else ""
    part = f"; {price.covers_partial}" if price.covers_partial else ""
    says = f"{price.currency} {ends} a {price.unit}{of}, {price.year}: {price.covers}{part}{doubt}"
    return Ref(kind="price", source=price.source, says=says)


def renewals(delivery: Delivery, horizon: float) -> tuple[float, float, float, Cell | None]:
    """Times a result must be renewed inside the horizon (low, typical, high), and the fact on how long it lasts."""
    lasts = delivery.durability
    if lasts is None:
        return 0.0, 0.0, 0.0, None

    def times(months: float) -> float:
        return float(max(0, math.ceil(horizon / months - 1e-9) - 1)) if months > 0 else 0.0

    return times(lasts.high), times(lasts.typical), times(lasts.low), lasts


class Priced(NamedTuple):
    """A procedure with the price of one unit of it."""

    delivery: Delivery
    observed: Observed
    unit: UnitPrice
    horizon: float

    @classmethod
    def of(cls, delivery: Delivery, book: PriceBook, horizon: float) -> "Priced | None":
        """The procedure priced from a book; None where it has no price."""
        for observed in (book.lookup(delivery.procedure.id), book.borrowed(delivery.procedure.id)):
            unit = unit_price(delivery, observed, horizon) if observed is not None else None
            if observed is not None and unit is not None:
                return cls(delivery, observed, unit, horizon)
        return None

    def cost(self, sessions: int | None) -> Cost:
        """Its own cost over the horizon in so many sessions, without any base."""
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
            renewed, refs = self._renewed(count, each)
            lines.extend(renewed)
            extra.extend(refs)
        low, typical, high = (sum(line.amount[k] for line in lines) for k in range(3))
        basis: Basis = "borrowed price" if observed.origin == "borrowed" else "facts"
        refs = list(unit.refs)
        if observed.origin == "borrowed":
            says = f"borrowed from {observed.lender} prices at {observed.rate:.4f}, range widened"
            refs.append(Ref(kind="exchange", source="exchange.toml", says=says))
        own = observed.origin in ("quote", "clinic")
        return Cost(
            total=Cell(low=low, typical=typical, high=high, basis=basis, refs=merge((refs, extra))),
            lines=tuple(lines),
            per_visit=unit.typical if unit.per == "session" else None,
            borrowed_from=observed.lender,
            years=() if own else tuple(sorted({p.year for p in observed.prices})),
            partial=tuple(dict.fromkeys(p.covers_partial for p in observed.prices if p.covers_partial)),
            doubtful=not own and all(p.doubtful for p in observed.prices),
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
        what = f"{self.delivery.procedure.name}, renewed (lasts {_span(lasts)} months)"
        return [replace(_line(what, times, "session", each), renewal=True)], refs


def course_costs(
    catalog: Catalog, book: PriceBook, effect: Effect, concern: str, counts: Sequence[int | None], horizon: float
) -> list[tuple[int | None, Cost]]:
    """The total of an effect in each number of sessions: its procedure, and its base where the price does not hold it
    already. Empty where either has no price.
    """
    main = Priced.of(Delivery(catalog, catalog.procedures[effect.main], concern), book, horizon)
    if main is None:
        return []
    if not effect.adjunct or main.unit.includes_base or catalog.concerns[concern].base_is_given:
        return [(count, main.cost(count)) for count in counts]
    known = catalog.procedures.get(effect.treatment)
    base = Priced.of(Delivery(catalog, known, concern), book, horizon) if known is not None else None
    if base is None:
        return []

    def base_sessions(count: int | None) -> int | None:
        if count is not None and main.delivery.at_home == base.delivery.at_home:
            return count
        return base.delivery.sessions.usual if base.delivery.sessions else None

    return [(count, add(base.cost(base_sessions(count)), main.cost(count))) for count in counts]


def add(a: Cost, b: Cost) -> Cost:
    """Two costs of one course."""
    total = Cell(
        low=a.total.low + b.total.low,
        typical=a.total.typical + b.total.typical,
        high=a.total.high + b.total.high,
        basis=b.total.basis if b.total.basis == "borrowed price" else a.total.basis,
        refs=merge((a.total.refs, b.total.refs)),
    )
    visits = [x for x in (a.per_visit, b.per_visit) if x is not None]
    return Cost(
        total=total,
        lines=a.lines + b.lines,
        per_visit=sum(visits) if visits else None,
        borrowed_from=a.borrowed_from or b.borrowed_from,
        years=tuple(sorted({*a.years, *b.years})),
        partial=tuple(dict.fromkeys(a.partial + b.partial)),
        doubtful=a.doubtful or b.doubtful,
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


def _span(cell: Cell) -> str:
    return f"{cell.low:g}" if cell.low == cell.high else f"{cell.low:g}–{cell.high:g}"
