"""The alternatives open for a concern: what the catalogue knows, in how many sessions, at what total.

An option is a procedure, alone or on top of another, in a number of sessions. Nothing disappears silently: whatever
the catalogue knows for the concern is an option or is left out with a reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from decide.alternatives.alternative import LeftOut, Option, _named, option_id, option_name
from decide.alternatives.cell import Cell
from decide.alternatives.costs import Cost, course_costs, months_used, refusal
from decide.alternatives.delivery import Delivery, Sessions, delivery_of, downtime_of
from decide.alternatives.pricing import PriceBook, for_sale
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Price, Procedure
from decide.evidence.index import Effect, effect_of
from decide.evidence.informing import informing_records, on_benefit
from decide.lazily import dataclass
from decide.question.problem import Concern, Limits
from decide.question.request import Per


@derived(most=64)
def effects_for(catalog: Catalog, concern: str) -> tuple[tuple[Effect, ...], tuple[Procedure, ...]]:
    """Effects that the catalogue has clinical records of for a concern (or a document names for it), in catalogue
    order; and the procedures of which it has none there.
    """
    found: dict[Effect, None] = {}
    for effect, mentions in informing_records(catalog, concern).items():
        # an outcome alone makes an option of a procedure; a pairing that has no name of its own needs a figure
        pairing = effect.adjunct is not None and not _named(catalog, effect)
        measured = any(r.arms or r.contrasts for r in mentions)
        if measured or (not pairing and any(on_benefit(o) for r in mentions for o in r.outcomes)):
            found[effect] = None
    for named in catalog.guidelines:
        if named.concern == concern and named.line != "avoid":
            found.setdefault(effect_of(catalog, named.procedure))
    effects = [e for e in found if _possible(catalog, e)]
    if catalog.concerns[concern].base_is_given:
        bases = {e.treatment for e in effects if e.adjunct}
        effects = [e for e in effects if e.adjunct or e.treatment not in bases]
    order = {p: i for i, p in enumerate(catalog.procedures)}
    effects.sort(key=lambda e: (order[e.adjunct or e.treatment], order.get(e.treatment, -1) if e.adjunct else -1))
    known = {e.adjunct or e.treatment for e in effects}
    return tuple(effects), tuple(p for p in catalog.procedures.values() if p.id not in known)


def _possible(catalog: Catalog, effect: Effect) -> bool:
    if effect.treatment not in catalog.procedures or (effect.adjunct and effect.adjunct not in catalog.procedures):
        return False
    # a combination named as one procedure is one option, on the base that it names
    named = catalog.procedures[effect.adjunct].adjunct_to if effect.adjunct else ()
    return not named or effect.treatment == named[0]


@dataclass(frozen=True)
class Offer:
    """One effect with every number of sessions that some source allows, priced."""

    catalog: Catalog
    concern: str
    effect: Effect
    id: str
    name: str
    sessions: Sessions | None
    months: float | None
    downtime: Cell
    horizon: float
    costs: Sequence[tuple[int | None, Cost]]

    def option(self, sessions: int | None, cost: Cost) -> Option:
        """This offer in one number of sessions."""
        return Option(
            id=self.id,
            name=self.name,
            procedure=self.effect.adjunct or self.effect.treatment,
            base=self.effect.treatment if self.effect.adjunct else None,
            sessions=sessions,
            usual_sessions=self.sessions.usual if self.sessions else None,
            renewals=max((line.units[1] for line in cost.lines if line.renewal), default=0.0),
            months=self.months,
            cost=cost,
            product=_product(cost, self.effect.main),
        )


def offer(
    catalog: Catalog, book: PriceBook, effect: Effect, concern: str, horizon: float, kind: str = ""
) -> Offer | LeftOut:
    """An effect with its sessions and totals, as it was studied in a kind of the concern (none: the one that is meant);
    or the reason why it has none.
    """
    main, base = delivery_of(catalog, effect, concern, kind)
    identity, name = option_id(catalog, effect), option_name(catalog, effect, concern)
    law, source = _prohibited(catalog, effect, book.market.id)
    if law:
        return LeftOut(id=identity, name=name, why="not allowed", value=law, source=source)
    counted = main if not main.at_home else base if base is not None and not base.at_home else None
    sessions = counted.sessions if counted is not None else None
    if counted is not None and sessions is None:
        return LeftOut(id=identity, name=name, why="no count")
    counts: Sequence[int | None] = range(sessions.low, sessions.usual + 1) if sessions else (None,)
    costs = course_costs(main, book, counts, horizon)
    if not costs:
        return _unpriced(main, book, identity, name, horizon)
    at_home = [g for g in (main, base) if g is not None and g.at_home]
    months = max((months_used(g, horizon)[1] for g in at_home), default=None)
    days = downtime_of(main, base)
    return Offer(catalog, concern, effect, identity, name, sessions, months, days, horizon, tuple(costs))


def _product(cost: Cost, procedure: str) -> str | None:
    """The product of a procedure that all its prices are of; None where they name several, or none."""
    named = {
        ref.fact.product for ref in cost.total.refs if isinstance(ref.fact, Price) and ref.fact.procedure == procedure
    }
    return named.pop() if len(named) == 1 else None


def founded(catalog: Catalog, effect: Effect, concern: Concern) -> LeftOut | None:
    """What is had with anything for a concern, and so is no rival there; None for all else."""
    for foundation in catalog.foundations(*concern):
        if foundation.procedure and effect == effect_of(catalog, foundation.procedure):
            identity, name = option_id(catalog, effect), option_name(catalog, effect, concern.id)
            return LeftOut(id=identity, name=name, why="foundation", source=foundation.source, value=foundation.text)
    return None


def _prohibited(catalog: Catalog, effect: Effect, market: str) -> tuple[str, str]:
    """What a source says is forbidden here, and the source; empty when nothing is known of it."""
    for part_id in (effect.main, effect.treatment):
        for fact in catalog.practice(part_id, "status"):
            if fact.market == market and fact.value == "unlawful":
                return fact.value, fact.source
    return "", ""


def _unpriced(main: Delivery, book: PriceBook, identity: str, name: str, horizon: float) -> LeftOut:
    name_of_base, total = "", None
    if main.effect.adjunct:
        base = main.catalog.procedures[main.effect.treatment]
        bare = replace(main.of(base), given=Effect(base.id))
        alone = course_costs(bare, book, [bare.sessions.usual if bare.sessions else None], horizon)
        if alone:
            name_of_base, total = base.name, alone[0][1].total.typical
    return LeftOut(
        id=identity, name=name, why="no price", value=_studied_apart(main, book),
        base=name_of_base, base_total=total,
    )  # fmt: skip


def _studied_apart(main: Delivery, book: PriceBook) -> str:
    """The products that were studied, by name, where prices are known and are all of others; else nothing."""
    catalog, procedure = main.catalog, main.effect.main
    if not main.products or book.lookup(procedure, partial(refusal, main)) is not None:
        return ""
    if book.lookup(procedure, for_sale(catalog, procedure)) is None:
        return ""
    return ", ".join(catalog.products[name].name for name in sorted(main.products) if name in catalog.products)


def over_budget(offer_: Offer, limits: Limits) -> LeftOut:
    """By how much the cheapest number of sessions misses the budget."""
    k, cheapest = min(offer_.costs, key=lambda item: item[1].total.typical)
    return LeftOut(
        id=offer_.id,
        name=offer_.name,
        why="over budget",
        amount=compared(offer_, cheapest, limits.per) - (limits.budget_high or 0),
        per=limits.per,
        total=cheapest.total,
        sessions=k,
        usual=offer_.sessions.usual if offer_.sessions else None,
    )


def compared(offer_: Offer, cost: Cost, per: Per, *, dearest: bool = False) -> float:
    """What is held against the budget: the total, typical or at its dearest, or what a visit or a month of it costs."""
    if per == "session" and cost.per_visit is not None:
        return cost.per_visit[2 if dearest else 1]
    total = cost.total.high if dearest else cost.total.typical
    return total / max(1.0, offer_.months or offer_.horizon) if per == "month" else total
