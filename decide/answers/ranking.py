"""Ranking: options ordered by what they are worth to this person, holding the working behind every figure."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from decide.answers.order import FrontierView, MethodView, Sureness
from decide.answers.reasons import reasons
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
    compared,
    effects_for,
    offer,
    option_name,
    over_budget,
    screen,
    screen_effect,
)
from decide.performance import part_share, performance
from decide.person import bars, readable, unmentioned
from decide.pricing import PriceBook
from decide.question.request import AskedConcern, Budget, Person, Request
from decide.risk import risk

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
    disagree: bool
    cautions: tuple[str, ...] = ()
    high_end_over_budget: bool = False
    p_best: float | None = None

    def __getitem__(self, criterion: str) -> Cell:
        return self.cells[criterion]


class FilterCost(BaseModel):
    """What one thing that the person will not have costs in score: the best score with it and without it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    what: str
    best_with: float | None
    best_without: float | None


class WithoutSources(BaseModel):
    """What leaving sources out changes: how many there are, and who came first with them."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    sources: tuple[str, ...]
    facts: int
    first_with: str
    first_without: str
    moved: tuple[str, ...]


class Kind(BaseModel):
    """What the answer would be for one kind of the concern: who would come first, and what a document matches to it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: str
    name: str
    first: str
    changes: bool
    matched: tuple[str, ...]
    matched_by: tuple[str, ...]


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
    kinds: tuple[Kind, ...] = ()
    filter_costs: tuple[FilterCost, ...] = ()
    without: WithoutSources | None = None
    sureness: Sureness | None = None
    methods: tuple[MethodView, ...] = ()
    frontier: FrontierView | None = None

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


@lru_cache(maxsize=64)
def _synthesis(catalog: Catalog, concern: str) -> Benefits:
    return benefits(catalog, concern)


@lru_cache(maxsize=256)
def synthesis_of(catalog: Catalog, concern: str, subtype: str) -> Benefits:
    """The synthesis of a concern, asked about one kind of it; kept, for it depends on the catalogue alone."""
    return _synthesis(catalog, concern).of_kind(subtype)


@lru_cache(maxsize=8192)
def certainty_of(catalog: Catalog, concern: str, effect: Effect) -> Certainty:
    """The certainty of an effect, kept."""
    return certainty(catalog, concern, effect)


class Candidates(NamedTuple):
    """Every course that could be offered for a concern at a price list's prices, before anything is known of budget or
    person: one row per offer and number of sessions, most sessions first within an offer.
    """

    offers: tuple[Offer, ...]
    slices: tuple[slice, ...]
    options: tuple[Option, ...]
    cells: tuple[dict[str, Cell], ...]
    values: NDArray[np.float64]
    named_values: tuple[dict[str, float], ...]
    certainties: tuple[Certainty, ...]
    compared: dict[str, NDArray[np.float64]]
    kind_worth: NDArray[np.float64]
    unpriced: tuple[LeftOut, ...]
    unstudied: tuple[LeftOut, ...]


def _candidates(catalog: Catalog, book: PriceBook, concern: str, subtype: str, horizon: float) -> Candidates:
    effects, unstudied = effects_for(catalog, concern)
    found = [offer(catalog, book, effect, concern, horizon) for effect in effects]
    offers = tuple(item for item in found if isinstance(item, Offer))
    options: list[Option] = []
    slices: list[slice] = []
    for item in offers:
        start = len(options)
        options.extend(item.option(k, cost) for k, cost in sorted(item.costs, key=lambda kc: -(kc[0] or 0)))
        slices.append(slice(start, len(options)))
    synthesis = synthesis_of(catalog, concern, subtype)
    certain = tuple(certainty_of(catalog, concern, option.effect) for option in options)
    cells = tuple(
        performance(catalog, option, synthesis, c, horizon) for option, c in zip(options, certain, strict=True)
    )
    full = catalog.scales[catalog.concerns[concern].scale].full
    values = value_matrix(catalog, cells, book.market.currency, full, "typical")
    return Candidates(
        offers=offers,
        slices=tuple(slices),
        options=tuple(options),
        cells=cells,
        values=values,
        named_values=tuple(dict(zip(catalog.criteria, row, strict=True)) for row in values.tolist()),
        certainties=certain,
        compared={
            per: np.array(
                [
                    compared(o, options[i].cost, per)
                    for o, s in zip(offers, slices, strict=True)
                    for i in range(s.start, s.stop)
                ]
            )
            for per in ("course", "session", "month")
        },
        kind_worth=_kind_worth(catalog, concern, options, full),
        unpriced=tuple(item for item in found if isinstance(item, LeftOut)),
        unstudied=tuple(
            LeftOut(id=p.id, name=p.name, why="no study", reason="no study of it for this concern") for p in unstudied
        ),
    )


@lru_cache(maxsize=256)
def _listed(catalog: Catalog, market: str, concern: str, subtype: str, horizon: float, borrow: bool) -> Candidates:
    book = PriceBook(catalog, catalog.market(market), borrow=borrow)
    return _candidates(catalog, book, concern, subtype, horizon)


def candidates(
    catalog: Catalog, settings: Settings, market: str, concern: str, subtype: str, horizon: float
) -> Candidates:
    """The candidates for a concern; kept between questions unless somebody's own prices are in them."""
    if not settings.quotes and not settings.clinic:
        return _listed(catalog, market, concern, subtype, horizon, settings.borrow)
    book = PriceBook(catalog, catalog.market(market), settings.quotes, settings.clinic, settings.borrow)
    return _candidates(catalog, book, concern, subtype, horizon)


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
    return catalog.market((os.environ.get("DECIDE_MARKET") or "").strip().lower() or catalog.edition.default_market).id


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
    pool = candidates(catalog, settings, market.id, concern, subtype, horizon)
    pool = for_person(catalog, pool, request.person, concern)
    rows, left_out, places = _ranked(catalog, pool, limits, request.person, concern, weights, market.symbol)
    scale = catalog.scales[catalog.concerns[concern].scale]
    years = sorted({y for row in rows for y in row.option.cost.years})
    # as for its rows: made by typed code, not checked again
    return Ranking.model_construct(
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
        nothing_done=nothing_done(catalog, concern, subtype),
        rows=tuple(rows),
        left_out=tuple(left_out),
        price_years=(years[0], years[-1]) if years else None,
        reasons=reasons(catalog, rows, scale.phrase, market.symbol),
        kinds=kinds_of(catalog, concern, pool, places, rows, weights["benefit"]) if not subtype else (),
        filter_costs=_filter_costs(catalog, pool, limits, request.person, concern, weights, rows),
    )


@lru_cache(maxsize=256)
def _matches(catalog: Catalog, concern: str) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each kind of a concern: id, name, the procedures that a document matches to it, and which document."""
    found = []
    for kind in catalog.concerns[concern].subtype:
        matches = [m for m in catalog.matches if m.concern == concern and m.subtype == kind.id]
        names = tuple(dict.fromkeys(catalog.procedures[p].name for m in matches for p in m.procedures))
        found.append((kind.id, kind.name, names, tuple(dict.fromkeys(m.source for m in matches))))
    return tuple(found)


def _kind_worth(catalog: Catalog, concern: str, options: Sequence[Option], full: float) -> NDArray[np.float64]:
    """What the benefit of each option is worth for each kind of a concern (kinds, options), by that kind's studies."""
    anchors = catalog.criteria["benefit"].anchors
    kinds = catalog.concerns[concern].subtype
    shares = np.empty((len(kinds), len(options)))
    for k, kind in enumerate(kinds):
        found = synthesis_of(catalog, concern, kind.id)
        shares[k] = [part_share(found.estimate(o.effect).mean / full, o.share_of_course) for o in options]
    return piecewise(shares, [a.at for a in anchors], [a.value for a in anchors])


def kinds_of(
    catalog: Catalog, concern: str, pool: Candidates, places: Sequence[int], rows: Sequence[Ranked], weight: float
) -> tuple[Kind, ...]:
    """For each kind of a concern: who of these rows would lead, by the studies of that kind, and what is matched to it.

    Only the benefit depends on the kind, so a score changes by its benefit's contribution alone. `places` are the rows'
    places among the candidates.
    """
    if not rows or not len(pool.kind_worth):
        return ()
    rest = np.array([row.score - row.contributions["benefit"] for row in rows])
    scores = np.round(rest + weight * pool.kind_worth[:, places], 12)
    leads = scores.argmax(axis=1).tolist()
    return tuple(
        Kind.model_construct(
            id=identity,
            name=name,
            first=rows[lead].option.name,
            changes=lead != 0,
            matched=matched,
            matched_by=by,
        )
        for (identity, name, matched, by), lead in zip(_matches(catalog, concern), leads, strict=True)
    )


def _full_name(catalog: Catalog, concern: str, subtype: str) -> str:
    known = catalog.concerns[concern]
    kind = next((s.name.lower() for s in known.subtype if s.id == subtype), "")
    return f"{known.name}, {kind}" if kind else known.name


def rank_without(
    catalog: Catalog, sources: frozenset[str], request: Request, settings: Settings, *, prices: bool = False
) -> Ranking:
    """The ranking without anything read from these sources (their prices stay if asked), and what that changes."""
    whole = rank_request(catalog, request, settings)
    bare = rank_request(catalog.without(sources, prices=prices), request, settings)
    before = {row.option.id: row.rank for row in whole.rows}
    after = {row.option.id: row.rank for row in bare.rows}
    moved = [
        f"{row.option.name}: {before[row.option.id]} to {after.get(row.option.id, 'left out')}"
        for row in whole.rows[:10]
        if after.get(row.option.id) != before[row.option.id]
    ]
    facts = sum(1 for study in catalog.studies(whole.concern) if study.source in sources)
    return bare.model_copy(
        update={
            "without": WithoutSources(
                sources=tuple(sorted(sources)),
                facts=facts,
                first_with=whole.rows[0].option.name if whole.rows else "",
                first_without=bare.rows[0].option.name if bare.rows else "",
                moved=tuple(moved),
            )
        }
    )


@lru_cache(maxsize=256)
def nothing_done(catalog: Catalog, concern: str, subtype: str) -> Cell:
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
        per=budget.per if budget else "course",
        max_downtime_days=request.max_downtime_days,
        avoid=request.avoid,
        exclude=frozenset(request.exclude),
        only=frozenset(request.procedures),
    )


def value_matrix(
    catalog: Catalog, cells: Sequence[dict[str, Cell]], currency: str, full: float, end: str
) -> NDArray[np.float64]:
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


def _ranked(
    catalog: Catalog,
    pool: Candidates,
    limits: Limits,
    person: Person,
    concern: str,
    weights: Mapping[str, float],
    symbol: str,
) -> tuple[list[Ranked], list[LeftOut], list[int]]:
    """What fits this person and budget, in order; what is left out, with reasons; the rows' places in the pool."""
    left_out: list[LeftOut] = []
    weight = np.array(list(weights.values()))
    scores = weighted_sum(pool.values, weight) if pool.options else np.empty(0)
    score = scores.tolist()
    chosen: list[tuple[int, bool]] = []
    anything_goes = not limits.restrict and not person.said
    fits = _fits(pool, limits)
    for item, place in zip(pool.offers, pool.slices, strict=True):
        if limits.only and not _asked(catalog, item.effect, limits.only):
            continue
        barred = None if anything_goes else screen(item, limits, person)
        if barred is not None:
            left_out.append(barred)
            continue
        fitting = [i for i in range(place.start, place.stop) if fits[i]]
        if not fitting:
            left_out.append(over_budget(item, limits, symbol))
            continue
        # the usual number, else the largest that fits; a smaller one beside it only where it is worth more
        main, *fewer = fitting
        chosen.append((main, True))
        best = max(fewer, key=lambda i: score[i], default=main)
        if score[best] > score[main] + TIE:
            chosen.append((best, False))
    if anything_goes and not limits.only:
        left_out += (*pool.unpriced, *pool.unstudied)
    else:
        for missing in pool.unpriced:
            effect = _effect_of_id(catalog, missing.id)
            if not limits.only or _asked(catalog, effect, limits.only):
                left_out.append(screen_effect(catalog, effect, concern, limits, person) or missing)
        left_out += [m for m in pool.unstudied if not limits.only or _asked(catalog, Effect(m.id), limits.only)]
    if not chosen:
        return [], left_out, []

    indices = [i for i, _ in chosen]
    places = ranks(scores[indices], TIE).tolist()
    order = sorted(
        range(len(chosen)),
        key=lambda k: (
            places[k],
            pool.cells[indices[k]]["cost"].typical,
            -pool.cells[indices[k]]["benefit"].typical,
            pool.options[indices[k]].id,
        ),
    )
    contributions = (pool.values[indices] * weight).tolist()
    names = list(weights)
    high = limits.budget_high if limits.per == "course" else None
    rows = []
    for k in order:
        i, main_line = chosen[k]
        option, certain = pool.options[i], pool.certainties[i]
        if not main_line:
            option = option.model_copy(update={"id": f"{option.id}/{option.sessions}-sessions"})
        cautions = () if anything_goes else _cautions(catalog, option.effect, person, concern)
        # everything in a row was made by typed code above: checking it again would take longer than making it
        rows.append(
            Ranked.model_construct(
                rank=places[k],
                option=option,
                score=score[i],
                cells=pool.cells[i],
                values=pool.named_values[i],
                contributions=dict(zip(names, contributions[k], strict=True)),
                stars=certain.stars,
                stars_working=certain.working,
                disagreement=certain.against_share,
                disagree=certain.disagree,
                cautions=cautions,
                high_end_over_budget=high is not None and pool.cells[i]["cost"].high > high,
            )
        )
    return rows, left_out, [indices[k] for k in order]


def _cautions(catalog: Catalog, effect: Effect, person: Person, concern: str) -> tuple[str, ...]:
    found = [
        f"take care with {readable(bar.value)} ({bar.source})"
        for bar in bars(catalog, effect, person, concern, "caution")
    ]
    silent = [f"no fact on {readable(word)} found" for word in unmentioned(catalog, effect, person)]
    return tuple(dict.fromkeys(found + silent))


def for_person(catalog: Catalog, pool: Candidates, person: Person, concern: str) -> Candidates:
    """The candidates with the risk that they carry for this person: rates for the skin type, and more where a caution
    holds. Everything else is the same for everybody.
    """
    if not person.said or not pool.options:
        return pool
    factor = catalog.constant("caution-risk-factor")
    found: dict[Effect, Cell] = {}
    for option in pool.options:
        if option.effect not in found:
            cell = risk(catalog, option.effect, person.skin_type)
            if bars(catalog, option.effect, person, concern, "caution"):
                raised = {end: getattr(cell, end) * factor for end in ("low", "typical", "high")}
                cell = cell.model_copy(update=raised)
            found[option.effect] = cell
    cells = tuple({**row, "risk": found[o.effect]} for row, o in zip(pool.cells, pool.options, strict=True))
    column = list(catalog.criteria).index("risk")
    anchors = catalog.criteria["risk"].anchors
    values = pool.values.copy()
    values[:, column] = piecewise(
        [row["risk"].typical for row in cells], [a.at for a in anchors], [a.value for a in anchors]
    )
    named = tuple(dict(zip(catalog.criteria, row, strict=True)) for row in values.tolist())
    return pool._replace(cells=cells, values=values, named_values=named)


def _filter_costs(
    catalog: Catalog,
    pool: Candidates,
    limits: Limits,
    person: Person,
    concern: str,
    weights: Mapping[str, float],
    rows: Sequence[Ranked],
) -> tuple[FilterCost, ...]:
    """What each filter costs: the ranking again without it. A contraindication is no filter and is never lifted."""
    if not limits.restrict:
        return ()
    lifted: list[tuple[str, Limits]] = [
        (word, replace(limits, avoid=tuple(w for w in limits.avoid if w != word))) for word in limits.avoid
    ]
    lifted += [
        (catalog.procedures[name].name if name in catalog.procedures else catalog.families[name].name,
         replace(limits, exclude=limits.exclude - {name}))
        for name in sorted(limits.exclude)
    ]  # fmt: skip
    if limits.max_downtime_days is not None:
        days = f"more than {limits.max_downtime_days:g} days of downtime"
        lifted.append((days, replace(limits, max_downtime_days=None)))
    best = rows[0].score if rows else None
    found = []
    for what, wider in lifted:
        again = _ranked(catalog, pool, wider, person, concern, weights, "")[0]
        found.append(FilterCost(what=what, best_with=again[0].score if again else None, best_without=best))
    return tuple(found)


def _fits(pool: Candidates, limits: Limits) -> list[bool]:
    """Which candidates the budget admits."""
    if limits.budget_high is None:
        return [True] * len(pool.options)
    found: list[bool] = (pool.compared[limits.per] <= limits.budget_high + 1e-9).tolist()
    return found


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
