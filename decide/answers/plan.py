"""Plans: the best set of courses within a budget, for one concern or several, exactly optimal under a stated model.

A plan holds one course a procedure (a procedure alone, or with something on top of it), never a thing beside what
already holds it, nor two that a source keeps apart altogether, nor two of one substance or one class of drugs. Effects
on one concern combine as 1 − Π(1 − b), b the gain over doing nothing as a share of what is left; of several with a like
mechanism the strongest counts fully and each further one by the catalogue's fraction. Concerns are weighed by
importance. See `decide.plans`.

Long because what goes into a plan, how it is chosen and what is told of it are read together.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import field
from typing import Literal, NamedTuple

import numpy as np
from pydantic import computed_field

from decide.alternatives.alternative import LeftOut, Option, share_of_course
from decide.alternatives.candidates import founded
from decide.alternatives.cell import Cell
from decide.alternatives.eligibility import left_out as not_for_you
from decide.alternatives.eligibility import ruled_out, screen
from decide.alternatives.quotes import QuoteUse, quote_uses
from decide.alternatives.screening import Screening, joined
from decide.answers.base import Facts, Units, units_of
from decide.answers.calendar import Step, Visit, calendar, steps
from decide.answers.ranking.order import nothing_row
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.criteria.benefit import MOST_SHARE, benefit_cell, draw_shares
from decide.criteria.draws import ORDER
from decide.criteria.table import PerformanceTable, performance_table
from decide.errors import InputError, NothingFits
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import certainty_of
from decide.lazily import dataclass
from decide.plans.clock import within
from decide.question.conditions import readable
from decide.question.names import full_name
from decide.question.problem import Concern, Limits, Problem
from decide.question.request import Request
from decide.result import Result, said_of


@dataclass(frozen=True, kw_only=True)
class PlanCourse:
    """One course of a plan: what, how often, at what cost, and what it would do alone for each concern."""

    id: str
    name: str
    sessions: int | None
    usual_sessions: int | None
    months: float | None
    cost: Cell
    borrowed_from: str = ""
    doubtful: bool
    screening: Screening
    alone: dict[str, float]
    stars: dict[str, int]
    other_kinds: tuple[str, ...] = ()
    """Concerns for whose kind no study of it is."""
    series: tuple[str, ...] = ()
    """Concerns for which it rests on studies in which nobody went without."""


@dataclass(frozen=True, kw_only=True)
class HomeFirst:
    """Courses at home that do more for their money than any visited one of the plan, by at least so many `times`."""

    courses: tuple[str, ...]
    times: float


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """One plan: its courses, what they cost together and what they are expected to do together: by concern the gain,
    and the range in which it is likely. What is to be tried first at home stands first.
    """

    courses: tuple[PlanCourse, ...]
    cost: float
    value: float
    benefits: dict[str, float]
    ranges: dict[str, tuple[float, float]]
    home_first: HomeFirst | None = None


@dataclass(frozen=True, kw_only=True)
class MoreMoney:
    """What a larger budget would add."""

    more: float
    gain: float
    courses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Plan(Result):
    """The best plan, the runners-up, what more money would add, and a calendar."""

    kind: Literal["plan"] = "plan"
    request: Request
    market: str
    market_name: str
    currency: str
    symbol: str
    budget: float
    concerns: tuple[str, ...]
    concern_names: tuple[str, ...]
    kinds_assumed: tuple[str, ...]
    """Concerns of which nobody said the kind: the one most asked about stands in."""
    scales: dict[str, str]
    fulls: dict[str, float]
    importance: dict[str, float]
    best: PlanView
    proven: bool
    gap: float
    runner_ups: tuple[PlanView, ...]
    more_money: tuple[MoreMoney, ...]
    calendar: tuple[Visit, ...]
    steps: tuple[Step, ...]
    """When each course starts, stops, shows and is renewed."""
    left_out: tuple[LeftOut, ...]
    nothing_for: dict[str, tuple[str, ...]]
    """Concerns for which nothing may be had, and the conditions that bar what there is."""
    quotes: tuple[QuoteUse, ...]
    like: float
    least_stars: int
    most: int
    catalog: Facts = field(repr=False, compare=False)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def units(self) -> Units:
        """What its figures are in."""
        return units_of(self.catalog, self.currency, *self.concerns)


class TooLittle(NamedTuple):
    """A budget that buys nothing, and the cheapest thing that helps."""

    symbol: str
    budget: float
    cheapest: str
    cost: float


class NoPlan(NothingFits):
    """No course to make a plan of: the money is too little, or all that is proven enough is `barred` by conditions.

    `about` names the concerns, with their kinds.
    """

    def __init__(
        self, money: TooLittle | None = None, barred: tuple[str, ...] = (), about: tuple[str, ...] = ()
    ) -> None:
        self.money, self.barred, self.about = money, barred, about
        super().__init__(*said_of(self))


class _Item(NamedTuple):
    option: Option
    group: str
    mechanism: str
    cost: Cell
    shares: tuple[float, ...]
    stars: dict[str, int]


MORE = (100.0, 500.0, 1000.0)
"""Sums on top of the budget that are tried, in the market's currency."""
MOST = 4
"""Courses in a plan, unless asked otherwise: more than a few at once are hard to keep up."""
TIME_LIMIT = 20.0
"""Seconds the solver may take for a plan and what stands beside it; the gap is told when it needs longer."""
FOR_THE_BEST = 0.6
"""Of that time: the rest is for the runners-up and for more money, by halves."""


def plan(
    problem: Problem,
    *,
    importance: Mapping[str, float] | None = None,
    least_stars: int = 2,
    most: int = MOST,
    time_limit: float = TIME_LIMIT,
) -> Plan:
    """The best set of courses for a problem's concerns within its budget.

    `least_stars` keeps out what is not at least so well proven for any of the concerns; `most` is how many courses one
    person is ready to keep up.

    Raises
    ------
    InputError : no concern, no budget for everything, an unknown name, or scipy missing.
    NoPlan : the budget buys nothing that helps, or nothing proven enough may be had.
    """
    settings = (tuple((importance or {}).items()), least_stars, most, time_limit)
    found = _kept(problem.catalog, _Asked((problem.key, problem.quotes, settings), problem), *settings)
    # what is kept stays as it is, whatever is done to an answer; the facts are shared
    return deepcopy(found, {id(facts): facts for facts in (problem.catalog, problem.catalog.facts)})


@dataclass(frozen=True)
class _Asked:
    """A problem, told from others by its key and settings alone."""

    key: tuple[object, ...]
    problem: Problem = field(compare=False)


@derived(most=32, unless=lambda asked, *_: bool(asked.problem.unread or asked.problem.red_flags))
def _kept(
    catalog: Catalog,
    asked: _Asked,
    importance: tuple[tuple[str, float], ...],
    least_stars: int,
    most: int,
    time_limit: float,
) -> Plan:
    """The plan, kept: solving takes seconds, and the page, its report and its links ask for the same one."""
    from decide import plans
    from decide.plans.highs import own_process

    problem = asked.problem
    market, request = problem.market, problem.request
    if not problem.concerns:
        known = ", ".join(c.name.lower() for c in catalog.concerns.values())
        raise InputError("a plan needs a concern", f"concerns are {known}")
    budget = problem.total_budget
    if budget is None:
        raise InputError("a plan needs a budget", "for example $2,000 in all")
    names = list(dict.fromkeys(concern.id for concern in problem.concerns))
    if len(names) < len(problem.concerns):
        raise InputError("a plan holds one kind of a concern, and here are two", "ask about each by itself")
    kinds = {concern.id: concern.kind for concern in problem.concerns}
    weights = _importance(catalog, names, dict(importance))
    about = tuple(full_name(catalog, c, kinds[c]) for c in names)
    limits = problem.spending(None).about(*problem.concerns, only=()).limits

    pools = {c: performance_table(problem, Concern(c, kinds[c])) for c in names}
    left_out: dict[str, LeftOut] = {}
    items = _items(problem, pools, kinds, limits, least_stars, left_out)
    like = catalog.constant("like-mechanism")
    barred = [item for item in left_out.values() if item.screening is not None]
    if not items and barred:
        raise NoPlan(barred=tuple(dict.fromkeys(readable(catalog, item.value) for item in barred)), about=about)
    if not items:
        raise NoPlan(about=about)
    selection = plans.problem(
        [item.cost.typical for item in items],
        [list(item.shares) for item in items],
        [item.group for item in items],
        importance=[weights[c] for c in names],
        mechanism=[item.mechanism for item in items],
        like=like,
        forbidden=_forbidden(catalog, {item.group for item in items}),
        most=most,
    )
    time_limit = within(time_limit)
    beside = (1 - FOR_THE_BEST) / 2 * time_limit
    with own_process():
        best = plans.solve(selection, budget, time_limit=FOR_THE_BEST * time_limit)
        if not best.items:
            cheapest = min(items, key=lambda item: item.cost.typical)
            raise NoPlan(TooLittle(market.symbol, budget, cheapest.option.name, cheapest.cost.typical), about=about)
        others = plans.runner_ups(selection, budget, best, 3, time_limit=beside)
        more = plans.marginal(selection, budget, MORE, best=best, time_limit=beside)
    fulls = {c: catalog.scales[catalog.concerns[c].scale].full for c in names}

    def view(found: plans.PlanSolution) -> PlanView:
        first, chosen = _home_first([items[i] for i in found.items], list(weights.values()))
        return PlanView(
            courses=tuple(_course(problem, item, kinds, fulls) for item in chosen),
            cost=sum(item.cost.typical for item in chosen),
            value=found.value,
            benefits={c: b * fulls[c] for c, b in zip(names, found.benefits, strict=True)},
            ranges=_ranges(catalog, chosen, kinds, fulls, like),
            home_first=first,
        )

    chosen = {items[i].option: [c for c, s in zip(names, items[i].shares, strict=True) if s] for i in best.items}
    visits = calendar(catalog, list(chosen), names)
    return Plan(
        request=request,
        market=market.id,
        market_name=market.name,
        currency=market.currency,
        symbol=market.symbol,
        budget=budget,
        concerns=tuple(names),
        concern_names=tuple(full_name(catalog, c, kinds[c]) for c in names),
        kinds_assumed=tuple(concern.id for concern in problem.concerns if problem.assumed(concern)),
        scales={c: catalog.concerns[c].scale for c in names},
        fulls=fulls,
        importance=weights,
        best=view(best),
        proven=best.proven,
        gap=best.gap,
        runner_ups=tuple(view(other) for other in others),
        more_money=tuple(
            MoreMoney(more=m.more, gain=m.gain, courses=tuple(items[i].option.name for i in m.plan.items)) for m in more
        ),
        calendar=visits,
        steps=steps(catalog, chosen, visits, problem.horizon),
        left_out=tuple(left_out.values()),
        nothing_for={
            c: tuple(dict.fromkeys(item.value for item in barred if item.id in _offered(pools[c])))
            for i, c in enumerate(names)
            if not any(item.shares[i] for item in items)
        },
        quotes=quote_uses(problem),
        like=like,
        least_stars=least_stars,
        most=most,
        catalog=catalog.facts,
    )


def _home_first(chosen: Sequence[_Item], weights: Sequence[float]) -> tuple[HomeFirst | None, list[_Item]]:
    """What to try first at home, as it does no less for its money than any visit, and the courses in that order."""

    def per_money(item: _Item) -> float:
        return sum(w * share for w, share in zip(weights, item.shares, strict=True)) / max(item.cost.typical, 1.0)

    visited = max((per_money(item) for item in chosen if item.option.sessions), default=None)
    home = [item for item in chosen if not item.option.sessions and visited and per_money(item) >= visited]
    home.sort(key=per_money, reverse=True)
    if not home or not visited:
        return None, list(chosen)
    found = HomeFirst(courses=tuple(item.option.id for item in home), times=per_money(home[-1]) / visited)
    return found, [*home, *(item for item in chosen if item not in home)]


def _ranges(
    catalog: Catalog, chosen: Sequence[_Item], kinds: Mapping[str, str], fulls: Mapping[str, float], like: float
) -> dict[str, tuple[float, float]]:
    """In which range what the courses do together is likely, by concern: the plan's own sum, in every draw."""
    found, beyond = {}, (1 - catalog.constant("interval")) / 2
    for k, (concern, kind) in enumerate(kinds.items()):
        mine = sorted((item for item in chosen if item.shares[k] > 0), key=lambda item: -item.shares[k])
        if not mine:
            continue
        shares = draw_shares(
            synthesis_of(catalog, concern, kind), [item.option for item in mine], fulls[concern], ORDER
        )
        seen: set[str] = set()
        counts = []
        for item in mine:
            counts.append(like if item.mechanism in seen else 1.0)
            seen.add(item.mechanism)
        left = np.exp(np.log1p(-np.minimum(shares, MOST_SHARE)) @ np.array(counts))
        low, high = np.quantile(1 - left, [beyond, 1 - beyond]) * fulls[concern]
        found[concern] = (float(low), float(high))
    return found


def _offered(pool: PerformanceTable) -> set[str]:
    return {offer.id for offer in (*pool.offers, *pool.unmeasured)}


def _importance(catalog: Catalog, names: Sequence[str], asked: Mapping[str, float]) -> dict[str, float]:
    for name in asked:
        if name not in names:
            raise InputError(f"importance of {name!r}, which is not asked about", f"asked: {', '.join(names)}")
    weights = {name: float(asked.get(name, 1.0)) for name in names}
    total = sum(weights.values())
    if any(w < 0 for w in weights.values()) or total <= 0:
        raise InputError("importance must be zero or more, and not all zero")
    return {name: w / total for name, w in weights.items()}


def _items(
    problem: Problem,
    pools: Mapping[str, PerformanceTable],
    kinds: Mapping[str, str],
    limits: Limits,
    least_stars: int,
    left_out: dict[str, LeftOut],
) -> list[_Item]:
    """Courses to choose from: each effect in each number of sessions that any of the concerns allows."""
    catalog, names = problem.catalog, list(pools)
    concerns = [Concern(c, kinds[c]) for c in names]
    by_course: dict[tuple[str, int | None], dict[str, tuple[Option, Cell]]] = {}
    for concern, pool in pools.items():
        barred = set()
        for offer in (*pool.offers, *pool.unmeasured):
            # what must not be had for one of the concerns is in no plan for the others
            barred_by = (not_for_you(problem, offer.effect, asked) for asked in concerns)
            out = next(filter(None, barred_by), None)
            out = out or founded(catalog, offer.effect, Concern(concern, kinds[concern]))
            out = out or ruled_out(catalog, offer.effect, concern, problem.market.id, limits, offer.downtime)
            if out is not None:
                left_out.setdefault(offer.id, out)
                barred.add(offer.id)
        for option, cells in zip(pool.options, pool.cells, strict=True):
            if option.id not in barred:
                by_course.setdefault((option.id, option.sessions), {})[concern] = (option, cells["cost"])
    items = []
    for (_, sessions), seen in by_course.items():
        # what one course costs where it is used for several concerns is what it costs for the dearest of them
        option, cost = max(seen.values(), key=lambda pair: pair[1].typical)
        shares = []
        stars: dict[str, int] = {}
        for concern in names:
            found = synthesis_of(catalog, concern, kinds[concern])
            pool = pools[concern]
            here = next((k for k, o in enumerate(pool.options) if o.id == option.id), None)
            if here is None or option.effect not in found.effects:
                shares.append(0.0)
                continue
            stars[concern] = pool.certainties[here].stars
            if stars[concern] < least_stars or not _worth_it(problem, pool, here):
                shares.append(0.0)
                continue
            full = catalog.scales[catalog.concerns[concern].scale].full
            of_course = share_of_course(sessions, pool.options[here].usual_sessions)
            gained = benefit_cell(catalog, found, option.given, of_course).typical / full
            shares.append(min(max(gained, 0.0), 0.98))
        if any(shares):
            main = catalog.procedures[option.procedure]
            group = option.base or (main.adjunct_to[0] if main.adjunct_to else option.procedure)
            items.append(_Item(option, group, main.mechanism, cost, tuple(shares), stars))
    return items


def _worth_it(problem: Problem, pool: PerformanceTable, place: int) -> bool:
    """Whether a course scores above doing nothing, by the weights in force."""
    weight = np.array(list(problem.weights.values()))
    return float(pool.values[place] @ weight) > nothing_row(problem.catalog, problem.weights).score


def _course(
    problem: Problem,
    item: _Item,
    kinds: Mapping[str, str],
    fulls: Mapping[str, float],
) -> PlanCourse:
    return PlanCourse(
        id=item.option.id,
        name=item.option.name,
        sessions=item.option.sessions,
        usual_sessions=item.option.usual_sessions,
        months=item.option.months,
        cost=item.cost,
        borrowed_from=item.option.cost.borrowed_from,
        doubtful=item.option.cost.doubtful,
        screening=joined(screen(problem, item.option.effect, Concern(c, kinds[c])) for c in kinds),
        alone={c: s * fulls[c] for c, s in zip(kinds, item.shares, strict=True) if s > 0},
        stars=item.stars,
        other_kinds=tuple(
            c for c, s in zip(kinds, item.shares, strict=True)
            if s > 0 and synthesis_of(problem.catalog, c, kinds[c]).lent(item.option.effect)
        ),
        series=tuple(
            c for c, s in zip(kinds, item.shares, strict=True)
            if s > 0 and certainty_of(problem.catalog, c, kinds[c], item.option.effect).working.series
        ),
    )  # fmt: skip


def _forbidden(catalog: Catalog, groups: set[str]) -> list[tuple[str, str]]:
    """Pairs never had together: what a source keeps apart altogether, a thing beside what already holds it, and two of
    one substance or one class of drugs.
    """
    held = [(g, part) for g in sorted(groups) for part in catalog.procedures[g].parts if part in groups and part != g]
    for kin in catalog.kin:
        alike = sorted({g for name in kin.members for g in _with_parts(catalog, groups, name)})
        held += [(a, b) for k, a in enumerate(alike) for b in alike[k + 1 :]]
    for rule in catalog.spacings:
        if rule.weeks is None:
            # a cream that holds a retinoid is one, whatever its own family
            first, second = (_with_parts(catalog, groups, name) for name in (rule.first, rule.second))
            held += [(a, b) for a in first for b in second if a < b or (a != b and b not in first)]
    return list(dict.fromkeys(held))


def _with_parts(catalog: Catalog, groups: set[str], name: str) -> list[str]:
    members = set(catalog.members(name))
    return [g for g in sorted(groups) if members & {g, *catalog.procedures[g].parts}]
