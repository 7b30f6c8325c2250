"""Ranking: options ordered by what they are worth to this person, holding the working behind every figure."""

from decide.alternatives.eligibility import screen
from decide.alternatives.quotes import quote_uses
from decide.answers.ranking.filters import filter_costs
from decide.answers.ranking.kinds import kinds_of, named_for, of_the_kind_studied
from decide.answers.ranking.lead import best_buys, for_more, lead_of
from decide.answers.ranking.order import ordered
from decide.answers.ranking.result import Ranking
from decide.criteria.benefit import left_alone, nothing_done
from decide.criteria.table import for_person, performance_table
from decide.evidence.index import Effect
from decide.question.names import full_name
from decide.question.problem import Problem


def rank(problem: Problem, *, leaders: bool = True) -> Ranking:
    """The ranking that answers a problem about one concern (the first it names); without `leaders`, who would lead for
    the other kinds is left out.

    Raises
    ------
    InputError : no concern, or a quoted price that cannot be used.
    """
    problem = of_the_kind_studied(problem, problem.limits.only) if problem.limits.only else problem
    catalog, market, asked = problem.catalog, problem.market, problem.concern
    concern, subtype = asked
    pool = for_person(performance_table(problem, asked), problem, asked)
    rows, unmeasured, left_out, beyond, leading = ordered(problem, asked, pool, problem.limits)
    assumed = problem.assumed(asked)
    told = leaders and (assumed or not subtype)
    scale = catalog.scales[catalog.concerns[concern].scale]
    years = sorted({y for row in rows for y in row.option.cost.years})
    return Ranking(
        request=problem.request,
        concern=concern,
        concern_name=full_name(catalog, concern, subtype),
        subtype=subtype or None,
        market=market.id,
        market_name=market.name,
        currency=market.currency,
        symbol=market.symbol,
        horizon_months=problem.horizon,
        profile=problem.profile,
        weights=dict(problem.weights),
        scale=scale.id,
        scale_full=scale.full,
        edition=catalog.edition.version,
        edition_date=catalog.edition.date,
        nothing_done=nothing_done(catalog, concern, subtype),
        left_alone=left_alone(catalog, concern, subtype),
        kind_assumed=assumed,
        rows=tuple(rows),
        unmeasured=tuple(unmeasured),
        left_out=tuple(left_out),
        beyond=tuple(beyond),
        for_more=for_more(problem.limits, leading),
        price_years=(years[0], years[-1]) if years else None,
        lead=lead_of(catalog, rows),
        best_buys=best_buys(rows),
        catalog=catalog.facts,
        quotes=quote_uses(problem),
        kinds=kinds_of(problem, asked, rows[0].option.id) if told else (),
        named=tuple(
            item
            for item in named_for(catalog, concern, subtype)
            # what nobody may be offered is no advice, whoever names it
            if item.line == "avoid" or screen(problem, Effect(item.id), asked).offered
        ),
        filter_costs=filter_costs(problem, asked, pool, rows),
    )
