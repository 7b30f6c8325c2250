"""What the ranking would be for each kind of a concern."""

from collections.abc import Sequence

import numpy as np

from decide.answers.ranking.result import Kind, Ranked
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.criteria.table import PerformanceTable


@derived(most=64)
def _matches(catalog: Catalog, concern: str) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each kind of a concern: id, name, the procedures that a document matches to it, and which document."""
    found = []
    for kind in catalog.concerns[concern].subtype:
        matches = [m for m in catalog.matches if m.concern == concern and m.subtype == kind.id]
        names = tuple(dict.fromkeys(catalog.procedures[p].name for m in matches for p in m.procedures))
        found.append((kind.id, kind.name, names, tuple(dict.fromkeys(m.source for m in matches))))
    return tuple(found)


def kinds_of(
    catalog: Catalog, concern: str, pool: PerformanceTable, places: Sequence[int], rows: Sequence[Ranked], weight: float
) -> tuple[Kind, ...]:
    """For each kind of a concern: who of these rows would lead, by the studies of that kind, and what is matched to it.

    Only the benefit depends on the kind, so a score changes by its benefit's contribution alone. `places` are the rows'
    places among the candidates.
    """
    if not rows or not len(pool.kind_worth):
        return ()
    rest = np.array([row.score - row.contributions["benefit"] for row in rows])
    scores = np.round(rest + weight * pool.kind_worth[:, places], 12)
    leads = scores.argmax(axis=1).tolist()
    return tuple(
        Kind(
            id=identity,
            name=name,
            first=rows[lead].option.name,
            changes=lead != 0,
            matched=matched,
            matched_by=by,
        )
        for (identity, name, matched, by), lead in zip(_matches(catalog, concern), leads, strict=True)
    )
