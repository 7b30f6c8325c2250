"""Where money does most: the cost-effectiveness frontier of a ranking, and how sure it is at each price of a point."""

import numpy as np

from decide.answers.ranking.result import Ranking
from decide.answers.robustness.result import Acceptability, FrontierRow, FrontierView
from decide.answers.robustness.sureness import draw_performance
from decide.catalog import Catalog
from decide.criteria.draws import ORDER

THRESHOLDS = 41
"""Prices of a point at which acceptability is computed."""


def frontier_of(catalog: Catalog, ranking: Ranking, *, draws: int = ORDER, seed: int = 0) -> FrontierView | None:
    """The frontier of a ranking's options on expected total and expected gain; doing nothing is an option too."""
    from decide import economics

    if not ranking.options:
        return None
    names = [r.option.name for r in ranking.rows]
    ids = [r.option.id for r in ranking.rows]
    cost = [r["cost"].typical for r in ranking.rows]
    effect = [r["benefit"].typical for r in ranking.rows]
    found = economics.icers(cost, effect, [str(k) for k in range(len(names))])
    rows = []
    for row in found:
        k = row.place
        by = tuple(names[int(i)] for i in row.by)
        per_point = None if row.icer is None or not np.isfinite(row.icer) else float(row.icer)
        rows.append(
            FrontierRow(
                id=ids[k], name=names[k], cost=cost[k], benefit=effect[k], status=row.status, per_point=per_point, by=by
            )
        )
    costs, benefits = draw_performance(catalog, ranking, draws, seed)
    slopes = [r.per_point for r in rows if r.per_point]
    top = 2 * max(slopes) if slopes else 100.0
    thresholds = np.linspace(0, top, THRESHOLDS)
    curve = economics.ceac(costs, benefits, thresholds)
    frontier = economics.ceaf(costs, benefits, thresholds)
    best, p = np.asarray(frontier[0]), np.asarray(frontier[1])
    picked = np.linspace(0, THRESHOLDS - 1, 6).round().astype(int)
    return FrontierView(
        rows=tuple(rows),
        acceptability=tuple(
            Acceptability(per_point=float(thresholds[i]), name=names[int(best[i])], p=float(p[i])) for i in picked
        ),
        curve=tuple(tuple(row) for row in np.asarray(curve).tolist()),
        thresholds=tuple(thresholds.tolist()),
        options=tuple(names),
    )
