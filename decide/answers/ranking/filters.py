"""What each thing that the person will not have costs in score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from decide.answers.ranking.order import _ranked
from decide.answers.ranking.result import FilterCost, Ranked
from decide.catalog import Catalog
from decide.criteria.table import Candidates
from decide.question.problem import Limits
from decide.question.request import Person


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
    best = rows[0].score if rows else None
    names = {name: known.name for name, known in catalog.procedures.items()}
    names |= {name: known.name for name, known in catalog.families.items()}
    lifted: list[tuple[FilterCost, Limits]] = [
        (
            FilterCost(kind="avoid", value=word, name=word, best_without=best),
            replace(limits, avoid=tuple(w for w in limits.avoid if w != word)),
        )
        for word in limits.avoid
    ]
    lifted += [
        (
            FilterCost(kind="exclude", value=name, name=names[name], best_without=best),
            replace(limits, exclude=limits.exclude - {name}),
        )
        for name in sorted(limits.exclude)
    ]
    if limits.max_downtime_days is not None:
        cost = FilterCost(kind="downtime", value="", name="", days=limits.max_downtime_days, best_without=best)
        lifted.append((cost, replace(limits, max_downtime_days=None)))
    found = []
    for cost, wider in lifted:
        again = _ranked(catalog, pool, wider, person, concern, weights)[0]
        found.append(replace(cost, best_with=again[0].score if again else None))
    return tuple(found)
