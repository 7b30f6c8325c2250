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
    lifted: list[tuple[str, Limits]] = [
        (word, replace(limits, avoid=tuple(w for w in limits.avoid if w != word))) for word in limits.avoid
    ]
    lifted += [
        (name_of(catalog, name), replace(limits, exclude=limits.exclude - {name}))
        for name in sorted(limits.exclude)
    ]  # fmt: skip
    if limits.max_downtime_days is not None:
        days = f"more than {limits.max_downtime_days:g} days of downtime"
        lifted.append((days, replace(limits, max_downtime_days=None)))
    best = rows[0].score if rows else None
    found = []
    for what, wider in lifted:
        again = ordered(problem, concern, pool, wider)[0]
        found.append(FilterCost(what=what, best_with=again[0].score if again else None, best_without=best))
    return tuple(found)
