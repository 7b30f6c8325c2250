"""What a ranking becomes when sources are left out."""

from dataclasses import replace

from decide.answers.ranking.rank import rank_request
from decide.answers.ranking.result import MovedPlace, Ranking, WithoutSources
from decide.catalog import Catalog
from decide.question.problem import Settings
from decide.question.request import Request


def rank_without(
    catalog: Catalog, sources: frozenset[str], request: Request, settings: Settings, *, prices: bool = False
) -> Ranking:
    """The ranking without anything read from these sources (their prices stay if asked), and what that changes."""
    whole = rank_request(catalog, request, settings)
    bare = rank_request(catalog.without(sources, prices=prices), request, settings)
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
            first_with=whole.rows[0].option.name if whole.rows else "",
            first_without=bare.rows[0].option.name if bare.rows else "",
            moved=tuple(moved),
        ),
    )
