"""What each thing that the person will not have costs in score."""

from collections.abc import Sequence
from dataclasses import replace

from decide.answers.ranking.order import ordered
from decide.answers.ranking.result import FilterCost, Ranked
from decide.criteria.table import PerformanceTable
from decide.question.names import name_of
from decide.question.problem import Concern, Limits, Problem


def filter_costs(
    problem: Problem, concern: Concern, pool: PerformanceTable, rows: Sequence[Ranked]
) -> tuple[FilterCost, ...]:
    """What each filter costs: the ranking again without it. A contraindication is no filter and is never lifted."""
    catalog, limits = problem.catalog, problem.limits
    if not limits.restrict:
        return ()
    best = _best(rows)
    lifted: list[tuple[FilterCost, Limits]] = [
        (
            FilterCost(kind="avoid", value=word, name=word, best_without=best),
            replace(limits, avoid=tuple(w for w in limits.avoid if w != word)),
        )
        for word in limits.avoid
    ]
    lifted += [
        (
            FilterCost(kind="exclude", value=name, name=name_of(catalog, name), best_without=best),
            replace(limits, exclude=limits.exclude - {name}),
        )
        for name in sorted(limits.exclude)
    ]
    if limits.max_downtime_days is not None:
        cost = FilterCost(kind="downtime", value="", name="", days=limits.max_downtime_days, best_without=best)
        lifted.append((cost, replace(limits, max_downtime_days=None)))
    found = []
    for cost, wider in lifted:
        found.append(replace(cost, best_with=_best(ordered(problem, concern, pool, wider, leader=True).rows)))
    return tuple(found)


def _best(rows: Sequence[Ranked]) -> float | None:
    """The score of the first option."""
    return next((row.score for row in rows if not row.nothing), None)
