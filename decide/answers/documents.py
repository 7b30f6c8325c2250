"""The founding documents' comparisons, recomputed: what each says, what the engine says on the same money, and why.

Nothing here is tuned to make a row agree. For each side the best course is taken that the money buys in the row's
market (a part course where the whole is too dear; one session where even that is); where the chance that one side
helps more is between a quarter and three quarters, it is too close to call.
"""

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.alternatives.alternative import Option
from decide.answers.base import Facts
from decide.catalog import Catalog
from decide.catalog.kinds import meant
from decide.catalog.models import Comparison
from decide.criteria.benefit import chance_better, draw_shares
from decide.criteria.draws import PAIR
from decide.criteria.table import PerformanceTable, performance_table
from decide.evidence.benefit import synthesis_of
from decide.lazily import dataclass
from decide.question.problem import Concern, Limits, Problem
from decide.result import Result

Verdict = Literal["agrees", "disagrees", "too close", "no figure", "over the money"]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A course that stands for a side."""

    name: str
    sessions: int | None
    usual_sessions: int | None
    months: float | None


@dataclass(frozen=True, kw_only=True)
class SideSays:
    """One side of a comparison as the engine sees it: what the document names, and the courses that stand for it."""

    named: tuple[str, ...]
    courses: tuple[Taken, ...]
    cost: float | None
    within: bool
    benefit: float | None
    low: float | None
    high: float | None
    measured: bool


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """One comparison: who says it, what it says of the first side, and what the engine says on the same money."""

    source: str
    concern: str
    market: str
    spend: float | None
    claim: Literal["ahead", "behind", "undecided"]
    together: bool
    ahead: SideSays
    behind: SideSays
    p_ahead: float | None
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Documents(Result):
    """Every comparison of the founding documents."""

    kind: Literal["documents"] = "documents"
    rows: tuple[DocumentRow, ...]
    catalog: Facts = field(repr=False, compare=False)


class _Side(NamedTuple):
    options: list[Option]
    within: bool


def documents(problem: Problem) -> Documents:
    """Every comparison of the catalogue, recomputed; one that names no market on the problem's prices."""
    rows = tuple(_row(problem, comparison) for comparison in problem.catalog.comparisons)
    return Documents(rows=rows, catalog=problem.catalog.facts)


def _row(problem: Problem, row: Comparison) -> DocumentRow:
    catalog = problem.catalog
    market = catalog.market(row.market) if row.market else problem.market
    spend = float(row.spend_high) if row.spend_high is not None else None
    money = max(spend or 0.0, float(row.ahead_cost_low or 0)) or None
    about = Concern(row.concern, _kind(catalog, row))
    pool = performance_table(replace(problem, market=market), about)
    ahead = _best(catalog, pool, row.ahead, about, money, together=row.together)
    behind = _best(catalog, pool, row.behind, about, spend, together=False)
    sides = [_says(catalog, side, names, about) for side, names in ((ahead, row.ahead), (behind, row.behind))]
    p = None
    if ahead.options and behind.options and sides[0].measured and sides[1].measured:
        p = chance_better(*_draws(catalog, about, ahead.options, behind.options))
    return DocumentRow(
        source=row.source,
        concern=row.concern,
        market=market.id,
        spend=spend,
        claim=row.verdict,
        together=row.together,
        ahead=sides[0],
        behind=sides[1],
        p_ahead=p,
        verdict=_judge(row, p, sides, catalog.constant("too-close")),
        note=row.note,
    )


def _name(catalog: Catalog, name: str) -> str:
    return catalog.procedures[name].name if name in catalog.procedures else catalog.families[name].name


def _kind(catalog: Catalog, row: Comparison) -> str:
    """The kind that a comparison is recomputed for, where kinds stand apart: the one that is meant, unless both sides
    have figures in another one alone.
    """
    concern = catalog.concerns[row.concern]
    kinds = [meant(concern, ""), *(kind.id for kind in concern.subtype)]

    def told(kind: str) -> bool:
        found = synthesis_of(catalog, row.concern, kind)
        sides = [{m for name in names for m in catalog.members(name)} for names in (row.ahead, row.behind)]
        return all(any(effect.main in side for effect in found.effects) for side in sides)

    return next(filter(told, kinds), kinds[0])


def _courses(pool: PerformanceTable) -> list[Option]:
    """Every course that a price list has, those without a figure among them."""
    return [*pool.options, *(offer.option(k, cost) for offer in pool.unmeasured for k, cost in offer.costs)]


def _best(
    catalog: Catalog,
    pool: PerformanceTable,
    names: Sequence[str],
    about: Concern,
    money: float | None,
    *,
    together: bool,
) -> _Side:
    """The course of largest expected gain that the money buys among alternatives; of a plan, one of each part."""
    if together:
        chosen: list[Option] = []
        left = money
        for name in names:
            part = _best(catalog, pool, [name], about, left, together=False)
            chosen.extend(part.options)
            if left is not None and part.options:
                left = max(left - part.options[0].cost.total.typical, 0.0)
        return _Side(chosen, Limits(money).allows(sum(o.cost.total.typical for o in chosen)))
    members = {m for name in names for m in catalog.members(name)}
    mine = [o for o in _courses(pool) if o.procedure in members and (o.base is None or _named(catalog, o))]
    if not mine:
        return _Side([], False)
    found = synthesis_of(catalog, *about)
    fitting = [o for o in mine if Limits(money).allows(o.cost.total.typical)]
    measured = [o for o in (fitting or mine) if o.effect in found.effects]
    best = measured or fitting or mine
    if not fitting:
        return _Side([min(best, key=lambda o: o.cost.total.typical)], False)
    return _Side([max(best, key=lambda o: _expected(catalog, about, o))], True)


def _named(catalog: Catalog, option: Option) -> bool:
    return bool(catalog.procedures[option.procedure].adjunct_to)


def _expected(catalog: Catalog, about: Concern, option: Option) -> float:
    return float(_draws(catalog, about, [option])[0].mean())


def _draws(catalog: Catalog, about: Concern, *sides: Sequence[Option]) -> list[NDArray[np.float64]]:
    """Draws of each side's gain as a share, made together: of one course its own, of several together 1 − Π(1 − g)."""
    found = synthesis_of(catalog, *about)
    full = catalog.scales[catalog.concerns[about.id].scale].full
    every = draw_shares(found, [option for side in sides for option in side], full, PAIR)
    parts = np.split(every, np.cumsum([len(side) for side in sides])[:-1], axis=1)
    # what is left after one course cannot be less than nothing
    return [shares[:, 0] if shares.shape[1] == 1 else 1 - np.maximum(1 - shares, 0).prod(axis=1) for shares in parts]


def _says(catalog: Catalog, side: _Side, names: Sequence[str], about: Concern) -> SideSays:
    named = tuple(_name(catalog, name) for name in names)
    if not side.options:
        return SideSays(
            named=named, courses=(), cost=None, within=False, benefit=None, low=None, high=None, measured=False
        )
    found = synthesis_of(catalog, *about)
    full = catalog.scales[catalog.concerns[about.id].scale].full
    draws = _draws(catalog, about, side.options)[0] * full
    low, high = np.quantile(draws, [0.1, 0.9])
    return SideSays(
        named=named,
        courses=tuple(
            Taken(name=o.name, sessions=o.sessions, usual_sessions=o.usual_sessions, months=o.months)
            for o in side.options
        ),
        cost=sum(o.cost.total.typical for o in side.options),
        within=side.within,
        benefit=float(draws.mean()),
        low=float(low),
        high=float(high),
        measured=all(o.effect in found.effects for o in side.options),
    )


def _judge(row: Comparison, p: float | None, sides: Sequence[SideSays], close: float) -> Verdict:
    if p is None:
        return "no figure"
    if not sides[0].within:
        return "over the money"
    if max(p, 1 - p) < close:
        return "agrees" if row.verdict == "undecided" else "too close"
    agrees = row.verdict != "undecided" and (p >= close) == (row.verdict == "ahead")
    return "agrees" if agrees else "disagrees"
