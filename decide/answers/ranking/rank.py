"""Ranking: options ordered by what they are worth to this person, holding the working behind every figure."""

from decide.answers.ranking.filters import _filter_costs
from decide.answers.ranking.kinds import kinds_of
from decide.answers.ranking.lead import best_buys, lead_of
from decide.answers.ranking.order import _ranked
from decide.answers.ranking.result import Ranking
from decide.catalog import Catalog
from decide.criteria.table import candidates, for_person, nothing_done
from decide.errors import InputError
from decide.question.problem import Settings, concern_of, horizon_for, limits_of, market_for, weights_for
from decide.question.request import Request


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
    rows, left_out, places = _ranked(catalog, pool, limits, request.person, concern, weights)
    scale = catalog.scales[catalog.concerns[concern].scale]
    years = sorted({y for row in rows for y in row.option.cost.years})
    # as for its rows: made by typed code, not checked again
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
        scale_full=scale.full,
        edition=catalog.edition.version,
        edition_date=catalog.edition.date,
        nothing_done=nothing_done(catalog, concern, subtype),
        rows=tuple(rows),
        left_out=tuple(left_out),
        price_years=(years[0], years[-1]) if years else None,
        lead=lead_of(catalog, rows),
        best_buys=best_buys(rows),
        catalog=catalog,
        kinds=kinds_of(catalog, concern, pool, places, rows, weights["benefit"]) if not subtype else (),
        filter_costs=_filter_costs(catalog, pool, limits, request.person, concern, weights, rows),
    )


def _full_name(catalog: Catalog, concern: str, subtype: str) -> str:
    known = catalog.concerns[concern]
    kind = next((s.name.lower() for s in known.subtype if s.id == subtype), "")
    return f"{known.name}, {kind}" if kind else known.name
