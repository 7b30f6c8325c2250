"""What fits this person and budget, in order, each with its working; and what does not, with the reason."""

from dataclasses import replace

import numpy as np

from decide.alternatives.alternative import LeftOut, effect_of_id, option_id
from decide.alternatives.candidates import founded, over_budget
from decide.alternatives.eligibility import left_out as not_for_you
from decide.alternatives.eligibility import ruled_out, screen
from decide.answers.ranking.result import Ranked
from decide.catalog import Catalog
from decide.criteria.table import PerformanceTable
from decide.evidence.index import Effect
from decide.mcda import ranks, weighted_sum
from decide.question.names import OptionId
from decide.question.problem import Concern, Limits, Problem

TIE = 1e-12
"""Scores closer than this are one score: they differ by the rounding of the sum alone."""


def _asked(catalog: Catalog, effect: Effect, only: frozenset[str]) -> bool:
    return bool({effect.main, *catalog.procedures[effect.main].families, option_id(catalog, effect)} & only)


def ordered(
    problem: Problem, concern: Concern, pool: PerformanceTable, limits: Limits
) -> tuple[list[Ranked], list[LeftOut], list[int]]:
    """What fits this person and budget, in order; what is left out, with reasons; the rows' places in the pool."""
    catalog, weights = problem.catalog, problem.weights
    left_out: list[LeftOut] = []
    weight = np.array(list(weights.values()))
    scores = weighted_sum(pool.values, weight) if pool.options else np.empty(0)
    score = scores.tolist()
    chosen: list[tuple[int, bool]] = []
    fits = _fits(pool, limits)
    for item, place in zip(pool.offers, pool.slices, strict=True):
        if limits.only and not _asked(catalog, item.effect, limits.only):
            continue
        barred = not_for_you(problem, item.effect, concern)
        barred = barred or founded(catalog, item.effect, concern)
        barred = barred or ruled_out(catalog, item.effect, concern.id, problem.market.id, limits, item.downtime)
        if barred is not None:
            left_out.append(barred)
            continue
        fitting = [i for i in range(place.start, place.stop) if fits[i]]
        if not fitting:
            left_out.append(over_budget(item, limits))
            continue
        # the usual number, else the largest that fits; a smaller one beside it only where it is worth more
        main, *fewer = fitting
        chosen.append((main, True))
        best = max(fewer, key=lambda i: score[i], default=main)
        if score[best] > score[main] + TIE:
            chosen.append((best, False))
    for missing in pool.unpriced:
        effect = effect_of_id(catalog, missing.id)
        if not limits.only or _asked(catalog, effect, limits.only):
            barred = not_for_you(problem, effect, concern) or founded(catalog, effect, concern)
            left_out.append(barred or ruled_out(catalog, effect, concern.id, problem.market.id, limits) or missing)
    for unstudied in pool.unstudied:
        effect = effect_of_id(catalog, unstudied.id)
        if not limits.only or _asked(catalog, effect, limits.only):
            left_out.append(founded(catalog, effect, concern) or unstudied)
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
    high = limits.budget_high
    rows = []
    for k in order:
        i, main_line = chosen[k]
        option, certain = pool.options[i], pool.certainties[i]
        if not main_line:
            option = replace(option, id=str(OptionId.parse(option.id)._replace(sessions=option.sessions)))
        # everything in a row was made by typed code above: checking it again would take longer than making it
        rows.append(
            Ranked(
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
                screening=screen(problem, option.effect, concern),
                high_end_over_budget=high is not None and bool(pool.dearest[limits.per][i] > high),
            )
        )
    return rows, left_out, [indices[k] for k in order]


def _fits(pool: PerformanceTable, limits: Limits) -> list[bool]:
    """Which candidates the budget admits."""
    if limits.budget_high is None:
        return [True] * len(pool.options)
    found: list[bool] = (pool.compared[limits.per] <= limits.budget_high + 1e-9).tolist()
    return found
