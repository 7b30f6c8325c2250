"""What fits this person and budget, in order, each with its working; and what does not, with the reason."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from decide.alternatives.alternative import LeftOut, Option, effect_of_id, option_id
from decide.alternatives.candidates import Offer, compared, founded, over_budget
from decide.alternatives.cell import Cell
from decide.alternatives.costs import Cost
from decide.alternatives.delivery import delivery_of
from decide.alternatives.eligibility import left_out as not_for_you
from decide.alternatives.eligibility import ruled_out, screen
from decide.answers.claims import said_of
from decide.answers.ranking.choice import TIE, chosen, placed, scored
from decide.answers.ranking.result import NOTHING, Ranked, Unmeasured
from decide.catalog import Catalog
from decide.criteria.table import PerformanceTable
from decide.evidence.certainty import Working
from decide.evidence.index import Effect
from decide.question.names import OptionId
from decide.question.problem import Concern, Limits, Problem


def asked_for(catalog: Catalog, effect: Effect, only: frozenset[str]) -> bool:
    """Whether an option is among those to be ranked: by its id, its procedure or a family of it."""
    return bool({effect.main, *catalog.procedures[effect.main].families, option_id(catalog, effect)} & only)


class Ordered(NamedTuple):
    """What fits this person and budget, in order, doing nothing among it; what has no figure; what is left out, with
    reasons; of that the best course of each thing that only costs too much, cheapest first; and `leading`, whatever
    course would come first for up to half of the budget more, cheapest first.
    """

    rows: list[Ranked]
    unmeasured: list[Unmeasured]
    left_out: list[LeftOut]
    beyond: list[Ranked]
    leading: list[Ranked]


MOST_MORE = 0.5
"""Of the budget: what would come first for no more than so much more is told."""


def ordered(
    problem: Problem, concern: Concern, pool: PerformanceTable, limits: Limits, *, leader: bool = False
) -> Ordered:
    """The order of what fits a person and a budget; where only the `leader` is wanted, and something is worth more than
    doing nothing, that row alone.
    """
    catalog, weights = problem.catalog, problem.weights
    left_out: list[LeftOut] = []
    weight = np.array([list(weights.values())])
    scores = scored(list(pool.values.T), weight)
    score = scores[0].tolist()
    idle = nothing_row(catalog, weights)
    dearer: list[int] = []
    courses: list[int] = []
    fits = limits.allows(pool.compared[limits.per])
    may = np.zeros(len(score), dtype=bool)
    for item, place in zip(pool.offers, pool.slices, strict=True):
        if limits.only and not asked_for(catalog, item.effect, limits.only):
            continue
        if (barred := _barred(problem, concern, item, limits)) is not None:
            left_out.append(barred)
            continue
        may[place] = True
        fitting = [i for i in range(place.start, place.stop) if fits[i]]
        over = [i for i in range(place.start, place.stop) if not fits[i]]
        courses += over
        if over:
            best = max(over, key=lambda i: score[i])
            if not fitting or score[best] > max(score[i] for i in fitting) + TIE:
                dearer.append(best)
        if not fitting:
            left_out.append(over_budget(item, limits))
    which = chosen(pool.slices, scores, (may & fits)[None])
    kept = which.main | which.part
    placing = placed(pool.equals, scores, np.array([idle.score]), kept)
    if leader and (i := int(placing.order[0, 0])) != len(score):
        return Ordered([_row(problem, concern, pool, limits, i, score[i], int(placing.ranks[0, 0]))], [], [], [], [])
    for missing in pool.unpriced:
        effect = effect_of_id(catalog, missing.id)
        if not limits.only or asked_for(catalog, effect, limits.only):
            barred = not_for_you(problem, effect, concern) or founded(catalog, effect, concern)
            left_out.append(barred or ruled_out(catalog, effect, concern.id, problem.market.id, limits) or missing)
    for unstudied in pool.unstudied:
        effect = effect_of_id(catalog, unstudied.id)
        if not limits.only or asked_for(catalog, effect, limits.only):
            left_out.append(founded(catalog, effect, concern) or unstudied)
    unmeasured = list(_unmeasured(problem, concern, pool, limits, left_out))
    dearer.sort(key=lambda i: float(pool.compared[limits.per][i]))
    beyond = [_row(problem, concern, pool, limits, i, score[i]) for i in dearer]
    leading, most = [], max([idle.score, *scores[kept].tolist()])
    for i in sorted(courses, key=lambda i: (float(pool.compared[limits.per][i]), -score[i])):
        if score[i] > most + TIE and pool.compared[limits.per][i] <= (limits.budget_high or 0) * (1 + MOST_MORE):
            most = score[i]
            leading.append(_row(problem, concern, pool, limits, i, most))
    rows = []
    for i, rank in zip(placing.order[0, : placing.many[0]].tolist(), placing.ranks[0].tolist(), strict=False):
        if i == len(score):
            rows.append(replace(idle, rank=rank))
            continue
        row = _row(problem, concern, pool, limits, i, score[i], rank)
        if which.part[0, i]:
            row = replace(row, option=replace(row.option, id=part_id(row.option)))
        rows.append(row)
    return Ordered(rows, unmeasured, left_out, beyond, leading)


def part_id(option: Option) -> str:
    """The id of a smaller course that is ranked beside the usual one."""
    return str(OptionId.parse(option.id)._replace(sessions=option.sessions))


def _row(
    problem: Problem, concern: Concern, pool: PerformanceTable, limits: Limits, i: int, score: float, rank: int = 0
) -> Ranked:
    """One course of the pool as a line; no rank where it is only told of."""
    catalog, weights = problem.catalog, problem.weights
    option, certain, values, high = pool.options[i], pool.certainties[i], pool.named_values[i], limits.budget_high
    contributions = {name: values[name] * weight for name, weight in weights.items()}
    return Ranked(
        rank=rank,
        option=option,
        score=score,
        cells=dict(pool.cells[i]),  # the table's own serves every question
        values=dict(values),
        contributions=contributions,
        stars=certain.stars,
        stars_working=certain.working,
        disagree=certain.disagree,
        worth=(float(pool.gains.gain[i]), float(pool.gains.loss[i])),
        afterwards=delivery_of(catalog, option.effect, *concern)[0].afterwards,
        screening=screen(problem, option.effect, concern),
        high_end_over_budget=not limits.allows(float(pool.dearest[limits.per][i])),
        over_budget_by=None if high is None or rank else float(pool.compared[limits.per][i]) - high,
    )


def _barred(problem: Problem, concern: Concern, item: Offer, limits: Limits) -> LeftOut | None:
    barred = not_for_you(problem, item.effect, concern) or founded(problem.catalog, item.effect, concern)
    return barred or ruled_out(problem.catalog, item.effect, concern.id, problem.market.id, limits, item.downtime)


def _unmeasured(
    problem: Problem, concern: Concern, pool: PerformanceTable, limits: Limits, left_out: list[LeftOut]
) -> Iterator[Unmeasured]:
    """What may be had and has no figure, the least doubtful first; what may not be had, and what was neither studied in
    this kind nor named for it, is added to what is left out.
    """
    catalog = problem.catalog
    found = []
    for i, item in enumerate(pool.unmeasured):
        if limits.only and not asked_for(catalog, item.effect, limits.only):
            continue
        unseen = None if item.effect.main in pool.seen else LeftOut(id=item.id, name=item.name, why="no study")
        if (barred := _barred(problem, concern, item, limits) or unseen) is not None:
            left_out.append(barred)
            continue
        fitting = [(k, cost) for k, cost in item.costs if limits.allows(compared(item, cost, limits.per))]
        if not fitting:
            left_out.append(over_budget(item, limits))
            continue
        k, cost = max(fitting, key=lambda one: one[0] or 0)
        certain = pool.unmeasured_sure[i]
        found.append(
            Unmeasured(
                id=item.id,
                name=item.name,
                option=item.option(k, cost),
                total=cost.total,
                stars=certain.stars,
                stars_working=certain.working,
                claims=said_of(catalog, catalog.procedures[item.effect.main]),
                screening=screen(problem, item.effect, concern),
                high_end_over_budget=not limits.allows(compared(item, cost, limits.per, dearest=True)),
            )
        )
    yield from sorted(found, key=lambda one: (-one.stars, one.total.typical, one.id))


def nothing_row(catalog: Catalog, weights: Mapping[str, float]) -> Ranked:
    """Doing nothing: no gain, so nothing of what counts with a gain alone; and the most that anything else can have."""
    criteria = catalog.criteria
    nought = Cell(low=0.0, typical=0.0, high=0.0, basis="nothing")
    values = {c.id: 0.0 if c.measure == "benefit" or c.with_gain else 1.0 for c in criteria.values()}
    contributions = {name: values[name] * weight for name, weight in weights.items()}
    return Ranked(
        rank=0,
        option=Option(
            id=NOTHING, name="Doing nothing", procedure=NOTHING, base=None, sessions=None, usual_sessions=None,
            renewals=0.0, months=None, cost=Cost(total=nought, lines=(), per_visit=None),
        ),
        score=scored([np.array([[value]]) for value in values.values()], np.array([list(weights.values())])).item(),
        cells=dict.fromkeys(criteria, nought),
        values=values,
        contributions=contributions,
        stars=0,
        stars_working=Working(stars=0),
        disagree=False,
    )  # fmt: skip
