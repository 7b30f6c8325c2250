"""Ranking: options ordered by what they are worth to this person, holding the working behind every figure."""

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from decide.catalog import Catalog
from decide.cell import Cell
from decide.errors import InputError
from decide.evidence.benefit import Benefits, benefits
from decide.evidence.certainty import Certainty, certainty
from decide.evidence.index import Effect
from decide.mcda import normalised, piecewise, ranks, weighted_sum
from decide.mcda.weights import changed
from decide.options import (
    LeftOut,
    Limits,
    Offer,
    Option,
    affordable,
    effects_for,
    offer,
    option_name,
    screen,
    screen_effect,
)
from decide.performance import performance
from decide.person import bars
from decide.pricing import PriceBook
from decide.question.request import AskedConcern, Budget, Person, Request

TIE = 1e-12
"""Scores closer than this are one score: they differ by the rounding of the sum alone."""


class Ranked(BaseModel):
    """One line of a ranking: the option, its place and score, and every cell with its value and contribution."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    rank: int
    option: Option
    score: float
    cells: dict[str, Cell]
    values: dict[str, float]
    contributions: dict[str, float]
    stars: int
    stars_working: tuple[str, ...]
    disagreement: float
    high_end_over_budget: bool = False

    def __getitem__(self, criterion: str) -> Cell:
        return self.cells[criterion]


class Ranking(BaseModel):
    """Ordered options with the question, weights, market and everything left out, with reasons."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    request: Request
    concern: str
    concern_name: str
    subtype: str | None
    market: str
    market_name: str
    currency: str
    symbol: str
    horizon_months: float
    profile: str
    weights: dict[str, float]
    scale: str
    scale_phrase: str
    scale_full: float
    edition: str
    edition_date: str
    nothing_done: Cell
    rows: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...]
    price_years: tuple[int, int] | None
    reasons: str
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | str) -> Ranked:
        """A line by position, or by option id."""
        if isinstance(key, int):
            return self.rows[key]
        for row in self.rows:
            if row.option.id == key:
                return row
        raise KeyError(key)

    @property
    def best(self) -> Ranked | None:
        """The first line, if any option fits."""
        return self.rows[0] if self.rows else None

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers."""
        return self.model_dump(mode="json")

    def records(self) -> list[dict[str, Any]]:
        """One flat dict per line, for tables and frames."""
        from decide.report.records import ranking_records

        return ranking_records(self)

    def to_pandas(self) -> Any:
        """The lines as a pandas DataFrame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame.from_records(self.records())

    def to_polars(self) -> Any:
        """The lines as a polars DataFrame (polars must be installed)."""
        import polars as pl

        return pl.DataFrame(self.records())

    def __str__(self) -> str:
        from decide.report.text import ranking_text

        return ranking_text(self)

    def __repr__(self) -> str:
        lines = [f"{r.rank}. {r.option.name} ({r.score:.2f})" for r in self.rows[:5]]
        return f"<Ranking {self.concern_name}: {'; '.join(lines)}{' …' if len(self.rows) > 5 else ''}>"

    def _repr_html_(self) -> str:
        from decide.report.notebook import ranking_html

        return ranking_html(self)


class Settings(BaseModel):
    """How an answer is worked out, apart from the question: market, weights, horizon, prices."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    market: str | None = None
    profile: str | None = None
    weights: dict[str, float] = Field(default_factory=dict)
    horizon_months: float | None = None
    borrow: bool = True
    quotes: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    clinic: dict[str, tuple[Any, ...]] = Field(default_factory=dict)


@lru_cache(maxsize=256)
def synthesis_of(catalog: Catalog, concern: str, subtype: str) -> Benefits:
    """The synthesis of a concern, kept: it depends on the catalogue alone."""
    return benefits(catalog, concern, subtype)


@lru_cache(maxsize=8192)
def certainty_of(catalog: Catalog, concern: str, effect: Effect) -> Certainty:
    """The certainty of an effect, kept."""
    return certainty(catalog, concern, effect)


@lru_cache(maxsize=256)
def _listed_offers(
    catalog: Catalog, market: str, concern: str, horizon: float, borrow: bool
) -> tuple[Offer | LeftOut, ...]:
    return tuple(_offers(catalog, PriceBook(catalog, catalog.market(market), borrow=borrow), concern, horizon))


def _offers(catalog: Catalog, book: PriceBook, concern: str, horizon: float) -> list[Offer | LeftOut]:
    return [offer(catalog, book, effect, concern, horizon) for effect in effects_for(catalog, concern)[0]]


@lru_cache(maxsize=65536)
def _cells(catalog: Catalog, option: Option, concern: str, subtype: str, horizon: float) -> dict[str, Cell]:
    certain = certainty_of(catalog, concern, option.effect)
    return performance(catalog, option, synthesis_of(catalog, concern, subtype), certain, horizon)


def market_for(catalog: Catalog, request: Request, settings: Settings) -> str:
    """The market in force: the one named, the one whose currency was written, `DECIDE_MARKET`, the default.

    Raises
    ------
    InputError : an unknown market, or a currency that no list or another list has.
    """
    named = settings.market or request.market
    currency = request.budget.currency if request.budget else None
    by_currency = None
    if currency:
        by_currency = next((m.id for m in catalog.markets.values() if m.currency == currency), None)
        if by_currency is None:
            known = ", ".join(f"{m.currency} ({m.id})" for m in catalog.markets.values())
            raise InputError(f"no price list is in {currency}", f"there are lists in {known}")
    if named:
        market = catalog.market(named)
        if currency and market.currency != currency:
            raise InputError(
                f"the budget is in {currency}, but the {market.name} list is in {market.currency}",
                "leave the market out, or give the budget in its currency",
            )
        return market.id
    if by_currency:
        return by_currency
    return catalog.market(os.environ.get("DECIDE_MARKET") or catalog.edition.default_market).id


def weights_for(catalog: Catalog, request: Request, settings: Settings) -> tuple[str, dict[str, float]]:
    """The profile in force and its weights, changed as asked and summing to 1, one per criterion of the catalogue."""
    name = settings.profile
    if name is None and request.prefer:
        name = next((p.id for p in catalog.profiles.values() if p.prefer == request.prefer), None)
    name = name or catalog.edition.default_profile
    if name not in catalog.profiles:
        raise InputError(f"unknown profile {name!r}", f"profiles are {', '.join(catalog.profiles)}")
    base = {c: float(catalog.profiles[name].weights.get(c, 0.0)) for c in catalog.criteria}
    total = normalised(list(changed(base, settings.weights).values()))
    return name, dict(zip(base, (float(x) for x in total), strict=True))


def horizon_for(catalog: Catalog, settings: Settings) -> float:
    """The horizon in months."""
    horizon = settings.horizon_months
    if horizon is None:
        return float(catalog.edition.default_horizon_months)
    if not 1 <= horizon <= 120:
        raise InputError(f"a horizon of {horizon:g} months is out of range", "from 1 to 120 months")
    return float(horizon)


def concern_of(catalog: Catalog, asked: AskedConcern) -> tuple[str, str]:
    """The ids of a concern and its subtype ('' for none), checked."""
    if asked.id not in catalog.concerns:
        raise InputError(f"unknown concern {asked.id!r}", f"concerns are {', '.join(catalog.concerns)}")
    subtype = asked.subtype or ""
    known = [s.id for s in catalog.concerns[asked.id].subtype]
    if subtype and subtype not in known:
        hint = f"its kinds are {', '.join(known)}" if known else "it has no kinds"
        raise InputError(f"{asked.id} has no kind {subtype!r}", hint)
    return asked.id, subtype


def rank_request(catalog: Catalog, request: Request, settings: Settings = Settings()) -> Ranking:
    """The ranking that answers a request about one concern (the first it names).

    Raises
    ------
    InputError : no concern, an unknown name, weights all zero, a market or currency that no list has.
    """
    if not request.concerns:
        known = ", ".join(c.name.lower() for c in catalog.concerns.values())
        raise InputError("no concern named", f"concerns are {known}")
    concern, subtype = concern_of(catalog, request.concerns[0])
    market = catalog.market(market_for(catalog, request, settings))
    horizon = horizon_for(catalog, settings)
    profile, weights = weights_for(catalog, request, settings)
    limits = limits_of(catalog, request)
    if settings.quotes or settings.clinic:
        book = PriceBook(catalog, market, settings.quotes, settings.clinic, settings.borrow)
        offered: list[Offer | LeftOut] = _offers(catalog, book, concern, horizon)
    else:
        offered = list(_listed_offers(catalog, market.id, concern, horizon, settings.borrow))

    options: list[Option] = []
    left_out: list[LeftOut] = []
    for item in offered:
        if isinstance(item, LeftOut):
            effect = _effect_of_id(catalog, item.id)
            barred = screen_effect(catalog, effect, concern, limits, request.person)
            if not limits.only or _asked(catalog, effect, limits.only):
                left_out.append(barred or item)
            continue
        if limits.only and not _asked(catalog, item.effect, limits.only):
            continue
        barred = screen(item, limits, request.person)
        if barred is not None:
            left_out.append(barred)
            continue
        cautions = bars(catalog, item.effect, request.person, concern, "caution")
        found = affordable(item, limits, cautions, market.symbol)
        if isinstance(found, LeftOut):
            left_out.append(found)
        else:
            options.extend(found)
    unstudied = effects_for(catalog, concern)[1]
    for procedure in unstudied:
        if not limits.only or _asked(catalog, Effect(procedure.id), limits.only):
            left_out.append(
                LeftOut(id=procedure.id, name=procedure.name, why="no study", reason="no study of it for this concern")
            )

    rows = _score(catalog, options, concern, subtype, weights, market.currency, horizon, limits)
    scale = catalog.scales[catalog.concerns[concern].scale]
    years = sorted({y for row in rows for y in row.option.cost.years})
    from decide.answers.reasons import reasons

    return Ranking(
        request=request,
        concern=concern,
        concern_name=_full_name(catalog, concern, subtype),
        subtype=subtype or None,
        market=market.id,
        market_name=market.name,
        currency=market.currency,
        symbol=market.symbol,
        horizon_months=horizon,
        profile=profile,
        weights=weights,
        scale=scale.id,
        scale_phrase=scale.phrase,
        scale_full=scale.full,
        edition=catalog.edition.version,
        edition_date=catalog.edition.date,
        nothing_done=_nothing_done(catalog, concern, subtype),
        rows=tuple(rows),
        left_out=tuple(left_out),
        price_years=(years[0], years[-1]) if years else None,
        reasons=reasons(catalog, rows, scale.phrase, market.symbol),
    )


def _full_name(catalog: Catalog, concern: str, subtype: str) -> str:
    known = catalog.concerns[concern]
    kind = next((s.name.lower() for s in known.subtype if s.id == subtype), "")
    return f"{known.name}, {kind}" if kind else known.name


def _nothing_done(catalog: Catalog, concern: str, subtype: str) -> Cell:
    """What placebo or no treatment gives in the same studies."""
    found = synthesis_of(catalog, concern, subtype)
    idle = [e for e in (Effect("untreated"), Effect("placebo")) if e in found.effects]
    estimate = found.estimate(idle[-1] if idle else Effect("placebo"))
    low, high = estimate.interval(catalog.constant("interval-z"))
    return Cell(low=low, typical=estimate.mean, high=high, basis="studies" if idle else "prior")


def _effect_of_id(catalog: Catalog, identity: str) -> Effect:
    base, _, adjunct = identity.partition("+")
    if adjunct:
        return Effect(base, adjunct)
    named = catalog.procedures[base].adjunct_to
    return Effect(named[0], base) if named else Effect(base)


def _asked(catalog: Catalog, effect: Effect, only: frozenset[str]) -> bool:
    mine = effect.adjunct or effect.treatment
    return bool({mine, *catalog.procedures[mine].families} & only)


def limits_of(catalog: Catalog, request: Request) -> Limits:
    """What the person allows, from the request; unknown names are refused."""
    for name in (*request.exclude, *request.procedures):
        if name not in catalog.procedures and name not in catalog.families:
            raise InputError(f"unknown procedure {name!r}", "'decide catalog list' shows what there is")
    budget = request.budget
    return Limits(
        budget_high=float(budget.high) if budget and budget.high is not None else None,
        budget_low=float(budget.low) if budget and budget.low is not None else None,
        per=budget.per if budget else "course",
        max_downtime_days=request.max_downtime_days,
        avoid=request.avoid,
        exclude=frozenset(request.exclude),
        only=frozenset(request.procedures),
    )


def value_matrix(catalog: Catalog, cells: list[dict[str, Cell]], currency: str, full: float, end: str) -> Any:
    """Values (options, criteria) of one end (low, typical, high) of every cell, by the fixed anchors."""
    matrix = np.empty((len(cells), len(catalog.criteria)))
    for j, criterion in enumerate(catalog.criteria.values()):
        raw = np.array([getattr(row[criterion.id], end) for row in cells], dtype=np.float64)
        if criterion.id == "benefit":
            raw = raw / full
        anchors = criterion.anchors
        if criterion.anchors_by_currency:
            if currency not in criterion.anchors_by_currency:
                raise InputError(f"criteria.toml has no anchors for {criterion.id} in {currency}")
            anchors = criterion.anchors_by_currency[currency]
        matrix[:, j] = piecewise(raw, [a.at for a in anchors], [a.value for a in anchors])
    return matrix


def _score(
    catalog: Catalog,
    options: list[Option],
    concern: str,
    subtype: str,
    weights: Mapping[str, float],
    currency: str,
    horizon: float,
    limits: Limits,
) -> list[Ranked]:
    if not options:
        return []
    cells = [_cells(catalog, option, concern, subtype, horizon) for option in options]
    full = catalog.scales[catalog.concerns[concern].scale].full
    matrix = value_matrix(catalog, cells, currency, full, "typical")
    weight = np.array([weights[c] for c in catalog.criteria])
    scores = weighted_sum(matrix, weight)
    # a part course beside a fuller one of the same thing is shown only where it is worth more
    best_main: dict[tuple[str, str | None], float] = {}
    for option, score in zip(options, scores, strict=True):
        if "/" not in option.id:
            best_main[option.procedure, option.base] = float(score)
    shown: dict[tuple[str, str | None], int] = {}
    keep: list[int] = []
    for i, option in enumerate(options):
        key = (option.procedure, option.base)
        if "/" not in option.id:
            keep.append(i)
        elif scores[i] > best_main[key] + TIE and (key not in shown or scores[i] > scores[shown[key]]):
            shown[key] = i
    keep = sorted([*keep, *shown.values()])
    places = ranks(scores[keep], TIE)
    order = sorted(
        range(len(keep)),
        key=lambda k: (places[k], options[keep[k]].cost.total.typical, -cells[keep[k]]["benefit"].typical, options[keep[k]].id),
    )  # fmt: skip
    names = list(catalog.criteria)
    rows = []
    for k in order:
        i = keep[k]
        certain = certainty_of(catalog, concern, options[i].effect)
        over = limits.budget_high is not None and limits.per == "course" and cells[i]["cost"].high > limits.budget_high
        rows.append(
            Ranked(
                rank=int(places[k]),
                option=options[i],
                score=float(scores[i]),
                cells=cells[i],
                values={c: float(matrix[i, j]) for j, c in enumerate(names)},
                contributions={c: float(matrix[i, j] * weight[j]) for j, c in enumerate(names)},
                stars=certain.stars,
                stars_working=certain.working,
                disagreement=certain.against_share,
                high_end_over_budget=over,
            )
        )
    return rows


PersonFlag = Literal["pregnant", "trying_to_conceive", "breast_feeding"]


def request_for(
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    person: Person | Mapping[str, Any] | None = None,
    **rest: Any,
) -> Request:
    """A request from plain values. `budget` may be a number, a `Budget`, or None."""
    from decide.money import amount

    asked = budget if isinstance(budget, Budget) or budget is None else Budget(high=amount(budget, "budget"))
    known = person if isinstance(person, Person) else Person.model_validate(dict(person or {}))
    return Request(
        intent="best",
        concerns=(AskedConcern(id=concern, subtype=subtype),),
        budget=asked,
        person=known,
        **{k: v for k, v in rest.items() if v is not None},
    )


__all__ = ["Ranked", "Ranking", "Settings", "option_name", "rank_request", "request_for"]
