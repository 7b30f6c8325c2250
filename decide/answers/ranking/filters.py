"""What leaving something out changes: a filter of the person's, or a source."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from decide.answers.ranking.rank import _ranked, rank_request
from decide.answers.ranking.result import FilterCost, Ranked, Ranking, WithoutSources
from decide.catalog import Catalog
from decide.criteria.table import Candidates
from decide.question.problem import Limits, Settings
from decide.question.request import Person, Request


def rank_without(
    catalog: Catalog, sources: frozenset[str], request: Request, settings: Settings, *, prices: bool = False
) -> Ranking:
    """The ranking without anything read from these sources (their prices stay if asked), and what that changes."""
    whole = rank_request(catalog, request, settings)
    bare = rank_request(catalog.without(sources, prices=prices), request, settings)
    before = {row.option.id: row.rank for row in whole.rows}
    after = {row.option.id: row.rank for row in bare.rows}
    moved = [
        f"{row.option.name}: {before[row.option.id]} to {after.get(row.option.id, 'left out')}"
        for row in whole.rows[:10]
        if after.get(row.option.id) != before[row.option.id]
    ]
    facts = sum(1 for study in catalog.studies(whole.concern) if study.source in sources)
    return bare.model_copy(
        update={
            "without": WithoutSources(
                sources=tuple(sorted(sources)),
                facts=facts,
                first_with=whole.rows[0].option.name if whole.rows else "",
                first_without=bare.rows[0].option.name if bare.rows else "",
                moved=tuple(moved),
            )
        }
    )


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
