"""The performance table: every alternative by every criterion, as cells and as values by the fixed anchors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.alternatives.alternative import LeftOut, Option
from decide.alternatives.candidates import Offer, compared, effects_for, offer
from decide.alternatives.cell import Cell
from decide.alternatives.delivery import delivery_of
from decide.alternatives.eligibility import screen
from decide.alternatives.pricing import PriceBook
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Criterion
from decide.criteria.benefit import part_share
from decide.criteria.context import Context
from decide.criteria.registry import measure_of
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import Certainty, certainty_of
from decide.mcda import piecewise
from decide.question.problem import Concern, Problem
from decide.question.request import Per

Array = NDArray[np.float64]
Row = dict[str, Cell]


@dataclass(frozen=True, eq=False)
class PerformanceTable:
    """Every course that could be offered for a concern at a price list's prices, before anything is known of budget or
    person: one row per offer and number of sessions, most sessions first within an offer (`slices`).

    `cells` are in each criterion's unit (benefit on the concern's scale, `full` the most that is counted), `values`
    (options, criteria) what the typical ones are worth. `compared` is what is held against a budget, by what it is
    for, and `dearest` the same at the high end;
    `kind_worth` (kinds, options) what the benefit would be worth for each kind of the concern.
    """

    catalog: Catalog
    currency: str
    full: float
    offers: tuple[Offer, ...]
    slices: tuple[slice, ...]
    contexts: tuple[Context, ...]
    cells: tuple[Row, ...]
    values: Array
    named_values: tuple[dict[str, float], ...]
    compared: dict[Per, Array]
    dearest: dict[Per, Array]
    kind_worth: Array
    unpriced: tuple[LeftOut, ...]
    unstudied: tuple[LeftOut, ...]

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The alternatives, a row each."""
        return tuple(context.option for context in self.contexts)

    @cached_property
    def certainties(self) -> tuple[Certainty, ...]:
        """How sure it is that each row's effect helps at all."""
        return tuple(context.certainty for context in self.contexts)


def performance(contexts: Sequence[Context], criteria: Iterable[Criterion]) -> list[Row]:
    """The rows of one effect's courses: a cell per criterion, in each criterion's unit."""
    rows: list[Row] = [{} for _ in contexts]
    for criterion in criteria:
        found = measure_of(criterion)
        shared = None if found.by_course else found.of(contexts[0], criterion)
        for row, context in zip(rows, contexts, strict=True):
            row[criterion.id] = shared if shared is not None else found.of(context, criterion)
    return rows


def worth(criterion: Criterion, performances: ArrayLike, currency: str) -> Array:
    """What performances (any shape) are worth from 0 to 1, by the criterion's anchors in a currency; benefit counts
    as a share of its scale.
    """
    anchors = criterion.anchors_in(currency)
    return piecewise(performances, [a.at for a in anchors], [a.value for a in anchors])


def value_matrix(catalog: Catalog, cells: Sequence[Row], currency: str, full: float, end: str) -> Array:
    """Values (options, criteria) of one end (low, typical, high) of every cell, by the fixed anchors."""
    matrix = np.empty((len(cells), len(catalog.criteria)))
    for j, criterion in enumerate(catalog.criteria.values()):
        raw = np.array([getattr(row[criterion.id], end) for row in cells], dtype=np.float64)
        matrix[:, j] = worth(criterion, raw / full if criterion.measure == "benefit" else raw, currency)
    return matrix


def _table(catalog: Catalog, book: PriceBook, concern: str, subtype: str, horizon: float) -> PerformanceTable:
    effects, unstudied = effects_for(catalog, concern)
    found = [offer(catalog, book, effect, concern, horizon) for effect in effects]
    offers = tuple(item for item in found if isinstance(item, Offer))
    synthesis = synthesis_of(catalog, concern, subtype)
    slices: list[slice] = []
    contexts: list[Context] = []
    cells: list[Row] = []
    for item in offers:
        main, base = delivery_of(catalog, item.effect, concern)
        certain = certainty_of(catalog, concern, item.effect)
        mine = [
            Context(catalog, item.option(k, cost), concern, main, base, synthesis, certain, horizon)
            for k, cost in sorted(item.costs, key=lambda kc: -(kc[0] or 0))
        ]
        slices.append(slice(len(contexts), len(contexts) + len(mine)))
        contexts.extend(mine)
        cells.extend(performance(mine, catalog.criteria.values()))

    def held(per: Per, *, dearest: bool) -> Array:
        of = ((o, context) for o, place in zip(offers, slices, strict=True) for context in contexts[place])
        return np.array([compared(o, context.option.cost, per, dearest=dearest) for o, context in of])

    full = catalog.scales[catalog.concerns[concern].scale].full
    values = value_matrix(catalog, cells, book.market.currency, full, "typical")
    return PerformanceTable(
        catalog=catalog,
        currency=book.market.currency,
        full=full,
        offers=offers,
        slices=tuple(slices),
        contexts=tuple(contexts),
        cells=tuple(cells),
        values=values,
        named_values=_named(catalog, values),
        compared={per: held(per, dearest=False) for per in get_args(Per)},
        dearest={per: held(per, dearest=True) for per in get_args(Per)},
        kind_worth=_kind_worth(catalog, concern, [context.option for context in contexts], full),
        unpriced=tuple(item for item in found if isinstance(item, LeftOut)),
        unstudied=tuple(LeftOut(id=p.id, name=p.name, why="no study") for p in unstudied),
    )


def _named(catalog: Catalog, values: Array) -> tuple[dict[str, float], ...]:
    return tuple(dict(zip(catalog.criteria, row, strict=True)) for row in values.tolist())


@derived(most=64)
def _listed(catalog: Catalog, market: str, concern: str, subtype: str, horizon: int, borrow: bool) -> PerformanceTable:
    book = PriceBook(catalog, catalog.market(market), borrow=borrow)
    return _table(catalog, book, concern, subtype, horizon)


def performance_table(problem: Problem, concern: Concern) -> PerformanceTable:
    """The performance table of a concern; kept between questions unless somebody's own prices are in it."""
    if problem.quotes:
        return _table(problem.catalog, PriceBook.of(problem), concern.id, concern.kind, problem.horizon)
    where = problem.market.id
    return _listed(problem.catalog, where, concern.id, concern.kind, problem.horizon, problem.borrow)


def _kind_worth(catalog: Catalog, concern: str, options: Sequence[Option], full: float) -> Array:
    """What the benefit of each option is worth for each kind of a concern (kinds, options), by that kind's studies."""
    criterion = catalog.criteria["benefit"]
    kinds = catalog.concerns[concern].subtype
    shares = np.empty((len(kinds), len(options)))
    for k, kind in enumerate(kinds):
        found = synthesis_of(catalog, concern, kind.id)
        shares[k] = [found.estimate(o.effect).mean / full for o in options]
    return worth(criterion, part_share(shares, [o.share_of_course for o in options]), "")


def for_person(table: PerformanceTable, problem: Problem, concern: Concern) -> PerformanceTable:
    """The table with what differs from person to person, measured for this one; the rest is the same for everybody."""
    person = problem.person
    care = [any(c.kind == "care" for c in screen(problem, o.effect, concern).cautions) for o in table.offers]
    if not table.contexts or not (person.said or any(care)):
        return table
    criteria = table.catalog.criteria
    personal = [criterion for criterion in criteria.values() if measure_of(criterion).by_person]
    cells: list[Row] = []
    for place, warned in zip(table.slices, care, strict=True):
        mine = [replace(context, person=person, care=warned) for context in table.contexts[place]]
        rows = performance(mine, personal)
        cells.extend({**old, **new} for old, new in zip(table.cells[place], rows, strict=True))
    values = table.values.copy()
    for criterion in personal:
        typical = [row[criterion.id].typical for row in cells]
        values[:, list(criteria).index(criterion.id)] = worth(criterion, typical, table.currency)
    return replace(table, cells=tuple(cells), values=values, named_values=_named(table.catalog, values))
