"""The performance table: every alternative by every criterion, as cells and as values by the fixed anchors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from decide.alternatives.alternative import LeftOut, Option
from decide.alternatives.candidates import Offer, compared, effects_for, offer
from decide.alternatives.cell import Cell
from decide.alternatives.delivery import delivery_of
from decide.alternatives.eligibility import screen
from decide.alternatives.pricing import PriceBook
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Criterion
from decide.catalog.packed import Later
from decide.criteria import kept
from decide.criteria.context import Context
from decide.criteria.registry import measure_of
from decide.criteria.worth import combined, expected, worth
from decide.errors import CatalogError
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import Certainty, certainty_of
from decide.evidence.index import Effect
from decide.evidence.informing import of_the_kind
from decide.lazily import dataclass
from decide.mcda.expected import Worth
from decide.question.problem import Concern, Problem
from decide.question.request import Per, Person

Array = NDArray[np.float64]
Places = NDArray[np.intp]
Row = dict[str, Cell]


@dataclass(frozen=True, eq=False)
class PerformanceTable:
    """Every course that could be offered for a concern at a price list's prices, before anything is known of budget or
    person: one row per offer and number of sessions, most sessions first within an offer (`slices`).

    `cells` are in each criterion's unit (benefit on the concern's scale, `full` the most that is counted). `own`
    (options, criteria) is what the typical ones are worth by themselves, `gains` both sides of what the uncertain gain
    is worth, `values` the two together (`decide.criteria.worth`). `compared` is what is held against a budget, by what
    it is for, and `dearest` the same at the high end. What has no figure is `unmeasured`, and no row; `seen` are the
    procedures that some record or document has of the kind.
    """

    catalog: Catalog
    currency: str
    full: float
    concern: Concern
    horizon: float
    offers: tuple[Offer, ...]
    slices: tuple[slice, ...]
    options: Sequence[Option]
    certainties: Sequence[Certainty]
    cells: Later[Row]
    own: Array
    gains: Worth
    values: Array
    equals: Places
    compared: dict[Per, Array]
    dearest: dict[Per, Array]
    unmeasured: tuple[Offer, ...]
    unmeasured_sure: Sequence[Certainty]
    seen: frozenset[str]
    unpriced: tuple[LeftOut, ...]
    unstudied: tuple[LeftOut, ...]

    def contexts(self, j: int) -> list[Context]:
        """What each course of the offer in this place is measured with."""
        place = self.slices[j]
        rows = zip(self.options[place], self.certainties[place], strict=True)
        return _contexts(self.catalog, self.offers[j].effect, *self.concern, self.horizon, rows)

    @cached_property
    def named_values(self) -> tuple[dict[str, float], ...]:
        """The values, by criterion."""
        return tuple(dict(zip(self.catalog.criteria, row, strict=True)) for row in self.values.tolist())


def performance(contexts: Sequence[Context], criteria: Iterable[Criterion]) -> list[Row]:
    """The rows of one effect's courses: a cell per criterion, in each criterion's unit."""
    rows: list[Row] = [{} for _ in contexts]
    for criterion in criteria:
        found = measure_of(criterion)
        shared = None if found.by_course else found.of(contexts[0], criterion)
        for row, context in zip(rows, contexts, strict=True):
            row[criterion.id] = shared if shared is not None else found.of(context, criterion)
    return rows


def own_worth(catalog: Catalog, cells: Sequence[Row], currency: str, end: str = "typical") -> Array:
    """What one end (low, typical, high) of every cell is worth by itself (options, criteria); of a gain nothing."""
    matrix = np.zeros((len(cells), len(catalog.criteria)))
    for j, criterion in enumerate(catalog.criteria.values()):
        if criterion.measure != "benefit":
            matrix[:, j] = worth(criterion, [getattr(row[criterion.id], end) for row in cells], currency)
    return matrix


def gain_criterion(catalog: Catalog) -> Criterion:
    """The criterion that measures gains.

    Raises
    ------
    CatalogError : there is none.
    """
    for criterion in catalog.criteria.values():
        if criterion.measure == "benefit":
            return criterion
    raise CatalogError("no criterion measures the benefit", "see criteria.toml")


def _table(catalog: Catalog, book: PriceBook, concern: str, subtype: str, horizon: float) -> PerformanceTable:
    """Everything known for a kind of a concern at a price list's prices."""
    effects, unstudied = effects_for(catalog, concern)
    found = [offer(catalog, book, effect, concern, horizon, subtype) for effect in effects]
    currency = book.market.currency
    synthesis = synthesis_of(catalog, concern, subtype)
    priced = [item for item in found if isinstance(item, Offer)]
    offers = tuple(item for item in priced if synthesis.studied(item.effect))
    unmeasured = tuple(item for item in priced if not synthesis.studied(item.effect))
    slices: list[slice] = []
    contexts: list[Context] = []
    cells: list[Row] = []
    for item in offers:
        options = [item.option(k, cost) for k, cost in sorted(item.costs, key=lambda kc: -(kc[0] or 0))]
        rows = ((option, certainty_of(catalog, concern, subtype, option.given)) for option in options)
        mine = _contexts(catalog, item.effect, concern, subtype, horizon, rows)
        slices.append(slice(len(contexts), len(contexts) + len(mine)))
        contexts.extend(mine)
        cells.extend(performance(mine, catalog.criteria.values()))

    def held(per: Per, *, dearest: bool) -> Array:
        of = ((o, context) for o, place in zip(offers, slices, strict=True) for context in contexts[place])
        return np.array([compared(o, context.option.cost, per, dearest=dearest) for o, context in of])

    full = catalog.scales[catalog.concerns[concern].scale].full
    options = [context.option for context in contexts]
    gains = expected(
        gain_criterion(catalog),
        synthesis.gains([option.given for option in options]),
        [option.share_of_course for option in options],
        full,
    )
    own = own_worth(catalog, cells, currency)
    values = combined(list(catalog.criteria.values()), own, gains)
    costs, benefits = ([row[criterion].typical for row in cells] for criterion in ("cost", "benefit"))
    equals = sorted(range(len(cells)), key=lambda i: (costs[i], -benefits[i], options[i].id))
    return PerformanceTable(
        catalog=catalog,
        currency=currency,
        full=full,
        concern=Concern(concern, subtype),
        horizon=horizon,
        offers=offers,
        slices=tuple(slices),
        options=tuple(options),
        certainties=tuple(context.certainty for context in contexts),
        cells=Later(cells),
        own=own,
        gains=gains,
        values=values,
        equals=np.array(equals, dtype=np.intp),
        compared={per: held(per, dearest=False) for per in get_args(Per)},
        dearest={per: held(per, dearest=True) for per in get_args(Per)},
        unmeasured=unmeasured,
        unmeasured_sure=tuple(certainty_of(catalog, concern, subtype, item.effect) for item in unmeasured),
        seen=of_the_kind(catalog, concern, subtype),
        unpriced=tuple(item for item in found if isinstance(item, LeftOut)),
        unstudied=tuple(LeftOut(id=p.id, name=p.name, why="no study") for p in unstudied),
    )


def _contexts(
    catalog: Catalog,
    effect: Effect,
    concern: str,
    kind: str,
    horizon: float,
    rows: Iterable[tuple[Option, Certainty]],
) -> list[Context]:
    main, base = delivery_of(catalog, effect, concern, kind)
    found = synthesis_of(catalog, concern, kind)
    return [Context(catalog, option, concern, main, base, found, certain, horizon) for option, certain in rows]


@derived(most=64)
def listed(catalog: Catalog, market: str, concern: str, subtype: str, horizon: int, borrow: bool) -> PerformanceTable:
    """The performance table of a kind of a concern at a market's list prices."""
    name = name_of(market, concern, subtype, horizon, borrow)
    if (told := kept.found(catalog, name)) is not None:
        return PerformanceTable(**told)
    found = _table(catalog, PriceBook(catalog, catalog.market(market), borrow=borrow), concern, subtype, horizon)
    kept.keep(catalog, name, found)
    return found


def name_of(market: str, concern: str, kind: str, horizon: int, borrow: bool) -> str:
    """The name of what a performance table says."""
    return "-".join(("table", market, concern, kind, str(horizon), "borrowed" if borrow else "own"))


def performance_table(problem: Problem, concern: Concern) -> PerformanceTable:
    """The performance table of a concern; kept between questions unless somebody's own prices are in it."""
    if problem.quotes:
        return _table(problem.catalog, PriceBook.of(problem), *concern, problem.horizon)
    where = problem.market.id
    return listed(problem.catalog, where, concern.id, concern.kind, problem.horizon, problem.borrow)


def for_person(table: PerformanceTable, problem: Problem, concern: Concern) -> PerformanceTable:
    """The table with what differs from person to person, measured for this one; the rest is the same for everybody."""
    care = [any(c.kind == "care" for c in screen(problem, o.effect, concern).cautions) for o in table.offers]
    if not (problem.person.said or any(care)):
        return table
    return measured_for(table, problem.person, care)


def measured_for(table: PerformanceTable, person: Person, care: Sequence[bool]) -> PerformanceTable:
    """The table as it is for a person, `care` telling of each offer whether a source warns them of it."""
    criteria = list(table.catalog.criteria.values())
    personal = [criterion for criterion in criteria if measure_of(criterion).by_person]
    changed: dict[int, Row] = {}
    for j, (place, warned) in enumerate(zip(table.slices, care, strict=True)):
        if warned or person.said:
            mine = [replace(context, person=person, care=warned) for context in table.contexts(j)]
            rows = range(place.start, place.stop)
            changed |= {i: {**table.cells[i], **new} for i, new in zip(rows, performance(mine, personal), strict=True)}
    own = table.own.copy()
    at = list(changed)
    for criterion in personal:
        found = [row[criterion.id].typical for row in changed.values()]
        own[at, criteria.index(criterion)] = worth(criterion, found, table.currency)
    return replace(table, cells=table.cells.but(changed), own=own, values=combined(criteria, own, table.gains))
