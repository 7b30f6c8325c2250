"""What each thing that the person will not have costs in score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from decide.answers.ranking.order import _ranked
from decide.answers.ranking.result import FilterCost, Ranked
from decide.catalog import Catalog
from decide.criteria.table import PerformanceTable
from decide.question.problem import Limits
from decide.question.request import Person


def _filter_costs(
    catalog: Catalog,
    pool: PerformanceTable,
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
