"""Same money elsewhere: what the money that one procedure costs would buy best for every concern."""

from collections.abc import Sequence
from dataclasses import field, replace
from decimal import Decimal
from statistics import median
from typing import Literal

from pydantic import computed_field

from decide.alternatives.alternative import LeftOut, effect_of_id, foremost
from decide.alternatives.cell import Cell
from decide.alternatives.quotes import QuoteUse, quote_uses
from decide.alternatives.screening import Screening
from decide.answers.added import AddOn, add_on_of
from decide.answers.base import Facts, Units, units_of
from decide.answers.ranking.kinds import of_the_kind_studied
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import People, Ranked, Ranking
from decide.answers.ranking.verdict import clearly_less, people_of, proven
from decide.catalog import Catalog
from decide.criteria import draws
from decide.criteria.benefit import chance_better, draw_shares
from decide.evidence.benefit import synthesis_of
from decide.lazily import dataclass
from decide.question.names import OptionId, name_of, option_named
from decide.question.prices import Quote
from decide.question.problem import Concern, Limits, Problem
from decide.question.request import Request
from decide.result import Result

Worth = Literal["yes", "probably not", "nobody knows", "not to be had"]
Verdict = Literal["behind", "ahead", "too close", "no figure", "nothing else", "not to be had"]


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What the money buys on one side."""

    id: str
    name: str
    sessions: int | None
    usual_sessions: int | None
    part_course: bool
    cost: Cell
    borrowed_from: str = ""
    doubtful: bool
    benefit: Cell
    stars: int
    disagree: bool
    series: bool
    screening: Screening
    renewals: float = 0.0
    per_visit: float | None = None
    people: People | None = None


@dataclass(frozen=True, kw_only=True)
class InsteadRow:
    """One concern: the named procedure, the best of the rest for the same money, and how they compare.

    `worth` says whether the named one is worth the money. `rival` costs no more, is expected to gain no less and is
    ahead in `p_rival_better` of the draws, more than half of them. `adds` is what the named one adds to its base, where
    it has one: that is what it is judged by. `usual` is its whole course by the prices read here; `offered` says that
    the sum which was named is taken for its price instead, for by these it costs more or has none. `left_out` says why
    the named procedure is not to be had, where it is not; without a figure the verdict says so.
    """

    concern: str
    concern_name: str
    scale: str
    spend: float | None
    named: Bought | None
    other: Bought | None
    p_other_better: float | None
    verdict: Verdict
    worth: Worth
    rival: Bought | None = None
    p_rival_better: float | None = None
    adds: AddOn | None = None
    usual: Bought | None = None
    offered: bool = False
    left_out: LeftOut | None = None


@dataclass(frozen=True, kw_only=True)
class Instead(Result):
    """One row a concern."""

    kind: Literal["instead"] = "instead"
    request: Request
    asked: str
    name: str
    market: str
    market_name: str
    currency: str
    symbol: str
    offer: float | None
    """The sum for all of it that was named: what it is offered for, and what else may be spent."""
    rows: tuple[InsteadRow, ...]
    quotes: tuple[QuoteUse, ...] = ()
    catalog: Facts = field(repr=False, compare=False)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def units(self) -> Units:
        """What its figures are in."""
        return units_of(self.catalog, self.currency, *(row.concern for row in self.rows))


def instead(problem: Problem, asked: str, spend: float | None = None) -> Instead:
    """What the money for an option, procedure or family buys best elsewhere, concern by concern.

    `spend` is the money at stake in all; without it the problem's budget, a budget a session times the sessions of the
    named course; without either, what the named procedure's own course costs for each concern. The best of the rest is
    the course that the money buys with the largest expected benefit, as the same money is spent either way. What limits
    the person limits both sides: nobody is offered what they must not have.

    Raises
    ------
    InputError : an unknown name.
    """
    catalog = problem.catalog
    option = option_named(catalog, asked).whole
    identity = str(option)
    named = {identity} if option.base else set(catalog.members(option.procedure))
    name = name_of(catalog, identity)
    budget = problem.limits if spend is None else Limits(budget_high=spend)
    free = problem.spending(None)
    # of a concern that nobody named and for which a doctor has to look first nothing is told
    every = map(Concern, catalog.concerns)
    concerns = problem.concerns or tuple(c for c in every if free.about(c).red_flags == problem.red_flags)
    problems = [of_the_kind_studied(free.about(concern, only=()), [identity]) for concern in concerns]
    rows = [_row(one, named, budget) for one in problems]
    stakes = [row.spend for row in rows if row.spend is not None]
    if stakes:
        # where it has no course of its own, the money at stake is what it costs elsewhere
        usual = median(stakes)
        rows = [
            row if row.spend is not None else _row(one, named, Limits(budget_high=usual), named_sum=False)
            for row, one in zip(rows, problems, strict=True)
        ]
    market = problem.market
    return Instead(
        request=problem.request, asked=identity, name=name, market=market.id, market_name=market.name,
        currency=market.currency, symbol=market.symbol, offer=_offer(budget), rows=tuple(rows),
        quotes=quote_uses(problem), catalog=catalog.facts,
    )  # fmt: skip


def _offer(budget: Limits) -> float | None:
    return budget.budget_high if budget.per == "course" else None


def _row(problem: Problem, named: set[str], budget: Limits, *, named_sum: bool = True) -> InsteadRow:
    catalog, concern = problem.catalog, problem.concern

    def is_it(identity: str) -> bool:
        whole = str(OptionId.parse(identity).whole)
        return whole in named or effect_of_id(catalog, whole).main in named

    whole = rank(problem, leaders=False)
    mine = _most([r for r in whole.options if is_it(r.option.id) and "/" not in r.option.id])
    blind = next((item for item in whole.unmeasured if is_it(item.id)), None)
    course = mine.option if mine is not None else blind.option if blind is not None else None
    money = budget.in_all(problem.horizon, (course.sessions or 1) if course is not None else None)
    if course is not None and money is None:
        money = course.cost.total.typical
    limited = whole if money is None else rank(problem.spending(money), leaders=False)
    ours = _most([r for r in limited.options if is_it(r.option.id)])
    # a sum for all of it is what it is offered for
    offer = _offer(budget) if named_sum else None
    offered = ours is None and offer is not None
    if ours is None and offer is not None:
        unpriced = [i.id for i in whole.left_out if is_it(i.id) and i.why == "no price"]
        priced = _priced(problem, offer, [mine.option.id] if mine is not None else unpriced)
        limited = rank(priced.spending(offer), leaders=False)
        ours = _most([r for r in limited.options if is_it(r.option.id)])
    others = [r for r in limited.options if not is_it(r.option.id) and r.option.base not in named]
    # what is next to unproven stands in only where nothing else does
    theirs = _most([r for r in others if proven(catalog, r)] or others)
    p = _p_better(catalog, limited, theirs, ours) if ours and theirs else None
    rival, p_rival = _rival(catalog, limited, ours, others, offer) if ours else (None, None)
    adds = _adds(catalog, limited, ours) if ours else None
    verdict = "no figure" if not ours and blind else _judge(ours, theirs, p, catalog.constant("too-close"))
    return InsteadRow(
        concern=concern.id,
        concern_name=limited.concern_name,
        scale=limited.scale,
        spend=money,
        named=_bought(ours, limited),
        other=_bought(theirs, limited),
        p_other_better=p,
        verdict=verdict,
        worth=_worth(catalog, ours, theirs, verdict, adds, offer, beaten=rival is not None),
        rival=_bought(rival, limited),
        p_rival_better=p_rival,
        adds=adds,
        usual=_bought(mine, whole),
        offered=offered and ours is not None,
        left_out=None if ours else foremost(i for i in limited.left_out if is_it(i.id)),
    )


def _priced(problem: Problem, offer: float, ids: Sequence[str]) -> Problem:
    """The same problem with the sum that was named as the price of a whole course of these."""
    names = dict.fromkeys(OptionId.parse(identity).procedure for identity in ids)
    sum_ = Decimal(str(offer))
    quotes = (Quote(name, sum_, sum_, "course", origin="clinic-price-list") for name in names)
    return replace(problem, quotes=(*problem.quotes, *quotes))


def _most(rows: Sequence[Ranked]) -> Ranked | None:
    """The row of largest expected gain."""
    return max(rows, key=lambda r: r["benefit"].typical, default=None)


def _bought(row: Ranked | None, ranking: Ranking) -> Bought | None:
    if row is None:
        return None
    return Bought(
        id=row.option.id,
        name=row.option.name,
        sessions=row.option.sessions,
        usual_sessions=row.option.usual_sessions,
        part_course=row.option.part_course,
        cost=row["cost"],
        borrowed_from=row.option.cost.borrowed_from,
        doubtful=row.option.cost.doubtful,
        benefit=row["benefit"],
        stars=row.stars,
        disagree=row.disagree,
        series=row.stars_working.series,
        screening=row.screening,
        renewals=row.option.renewals,
        per_visit=row.option.cost.per_visit[1] if row.option.cost.per_visit else None,
        people=people_of(ranking, row["benefit"]),
    )


def _p_better(catalog: Catalog, ranking: Ranking, a: Ranked, b: Ranked) -> float:
    found = synthesis_of(catalog, ranking.concern, ranking.subtype or "")
    first, second = draw_shares(found, [a.option, b.option], ranking.scale_full, draws.PAIR).T
    return chance_better(first, second)


def _rival(
    catalog: Catalog, ranking: Ranking, ours: Ranked, others: Sequence[Ranked], offer: float | None
) -> tuple[Ranked, float] | tuple[None, None]:
    """Of what is not next to unproven, costs no more and is expected to gain no less: that which is likeliest to gain
    more, and how likely; none where that is no more than an even chance.
    """
    able = [
        row
        for row in others
        if row["cost"].typical <= (offer or ours["cost"].typical)
        and row["benefit"].typical >= ours["benefit"].typical
        and proven(catalog, row)
    ]
    if not able:
        return None, None
    found = synthesis_of(catalog, ranking.concern, ranking.subtype or "")
    options = [ours.option, *(row.option for row in able)]
    mine, *rest = draw_shares(found, options, ranking.scale_full, draws.PAIR).T
    chances = [chance_better(one, mine) for one in rest]
    most = max(range(len(able)), key=chances.__getitem__)
    return (able[most], chances[most]) if chances[most] > 1 - chances[most] else (None, None)


def _adds(catalog: Catalog, ranking: Ranking, ours: Ranked) -> AddOn | None:
    """What the named one adds to its base; None where it has none that people pay for."""
    if not ours.option.base or catalog.concerns[ranking.concern].base_is_given:
        return None
    found = synthesis_of(catalog, ranking.concern, ranking.subtype or "")
    return add_on_of(catalog, found, ours.option.given, ranking, ours)


def _worth(
    catalog: Catalog,
    ours: Ranked | None,
    theirs: Ranked | None,
    verdict: Verdict,
    adds: AddOn | None,
    offer: float | None,
    *,
    beaten: bool,
) -> Worth:
    """Whether the named one is worth the money: it gains for sure enough (over its base, where it has one), nothing
    that costs no more is likelier than not to gain more, nothing for the money is ahead, and nothing that costs clearly
    less is as good.

    Nobody knows of an addition that may be nothing and may be enough to be noticed.
    """
    if ours is None:
        return "nobody knows" if verdict == "no figure" else "not to be had"
    gain = ours["benefit"]
    if gain.typical > 0 and not proven(catalog, ours):
        return "nobody knows"
    cost = ours["cost"] if offer is None else Cell(low=offer, typical=offer, high=offer, basis="facts")
    less = theirs is not None and clearly_less(catalog, theirs["cost"], cost)
    if gain.low <= 0 or beaten or verdict == "behind" or (verdict == "too close" and less):
        return "probably not"
    if adds is not None and adds.low <= 0:
        return "nobody knows" if adds.high >= adds.noticeable else "probably not"
    return "yes"


def _judge(ours: Ranked | None, theirs: Ranked | None, p: float | None, close: float) -> Verdict:
    if ours is None:
        return "not to be had"
    if theirs is None or p is None:
        return "nothing else"
    return "behind" if p >= close else "ahead" if p <= 1 - close else "too close"
