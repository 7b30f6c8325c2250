"""What a ranking becomes when sources are left out."""

from dataclasses import replace

from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import MovedPlace, Ranking, WithoutSources
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.question.problem import Problem


@derived(most=4)
def _left(catalog: Catalog, sources: frozenset[str], prices: bool) -> Catalog:
    """The catalogue without some sources, kept: a page asks for it again and again."""
    return catalog.without(sources, prices=prices)


def rank_without(problem: Problem, sources: frozenset[str], *, prices: bool = False) -> Ranking:
    """The ranking without anything read from these sources (their prices stay if asked), and what that changes."""
    catalog = problem.catalog
    whole = rank(problem, leaders=False)
    bare = rank(replace(problem, catalog=_left(catalog, sources, prices)))
    before = {row.option.id: row.rank for row in whole.rows}
    after = {row.option.id: row.rank for row in bare.rows}
    moved = [
        MovedPlace(name=row.option.name, before=before[row.option.id], after=after.get(row.option.id))
        for row in whole.rows[:10]
        if after.get(row.option.id) != before[row.option.id]
    ]
    facts = sum(1 for study in catalog.studies(whole.concern) if study.source in sources)
    return replace(
        bare,
        without=WithoutSources(
            sources=tuple(sorted(sources)),
            facts=facts,
            first_with=whole.best.option.name if whole.best else "",
            first_without=bare.best.option.name if bare.best else "",
            moved=tuple(moved),
        ),
    )
