"""Does a first place hang on one source? The scores again, with what each source found left out of the network.

A source is the union of its studies. Gains, their doubt, the spreads and the stars follow, by downdating
(`decide.synthesis.Network.without`); prices and sessions stay. A first place rests on a source where without it
another leads and beats it with a chance that can be told (`too-close`), or where nothing else measured it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from decide.answers.ranking.result import Ranked, Ranking
from decide.answers.robustness.result import Fragility, RestsOn
from decide.catalog import Catalog
from decide.criteria.benefit import part_share
from decide.criteria.draws import ORDER
from decide.criteria.table import gain_criterion, own_worth
from decide.criteria.worth import combined, sides, worth
from decide.evidence.benefit import Benefits, Fitted, synthesis_of
from decide.evidence.certainty import certainty
from decide.mcda.expected import Worth

LEAST_PULL = 0.02
"""A source with less of the pull than this cannot turn a figure, and is not left out."""
NEAR = 8
"""Places that are looked at for who leads without a source."""


def fragility(
    catalog: Catalog, ranking: Ranking, *, tie: bool = False, draws: int = ORDER, seed: int = 0
) -> Fragility | None:
    """What the first place of a ranking rests on; None where no option leads. `tie` says that it was one."""
    first = ranking.best
    found = synthesis_of(catalog, ranking.concern, ranking.subtype or "")
    if first is None or found.network is None:
        return None
    shares = found.shares(first.option.given)
    sources: dict[str, list[str]] = {}
    for name, source in {item.trial: item.study.source for item in found.used}.items():
        sources.setdefault(source, []).append(name)
    mine = {item.trial for item in found.measured(first.option.effect)}
    rests: list[RestsOn] = []
    for source, trials in sources.items():
        pull = sum(shares.of(name) for name in trials)
        if pull < LEAST_PULL and not mine & {*trials}:
            continue
        only = bool(mine) and mine <= {*trials}
        leader, p = _without(catalog, ranking, found, first, trials, draws, seed)
        if only or (leader is not first and p >= catalog.constant("too-close")):
            rests.append(RestsOn(source=source, pull=pull, only=only, leader=leader.option.id, p=p))
    return Fragility(first=first.option.id, tie=tie, rests_on=tuple(sorted(rests, key=lambda one: -one.pull)))


def _without(
    catalog: Catalog,
    ranking: Ranking,
    found: Benefits,
    first: Ranked,
    trials: Sequence[str],
    draws: int,
    seed: int,
) -> tuple[Ranked, float]:
    """Who leads without these trials, and the chance that it beats the first (of the first itself one half)."""
    assert found.network is not None
    if set(trials) >= set(found.network.studies):
        return first, 0.5
    kept = tuple(item for item in found.used if item.trial not in trials)
    rows = found.rows()._replace(used=kept)
    left = replace(found, rows=lambda: rows, fitted=Fitted.of(found.network.without(*trials)))
    gains = np.zeros((draws, len(ranking.rows)))
    at = [i for i, row in enumerate(ranking.rows) if not row.nothing]
    whole = left.draws([ranking.rows[i].option.given for i in at], draws, seed) / ranking.scale_full
    gains[:, at] = part_share(whole, [ranking.rows[i].option.share_of_course for i in at])
    criteria = list(catalog.criteria.values())
    weight = np.array([ranking.weights[criterion.id] for criterion in criteria])
    own = own_worth(catalog, [row.cells for row in ranking.rows], ranking.currency)
    value = sides(gain_criterion(catalog), gains)
    # stars belong to the figure beside them: they are judged again for whoever may come first
    near = np.argsort(-(combined(criteria, own, Worth(value.gain.mean(0), value.loss.mean(0))) @ weight))[:NEAR]
    for j, criterion in enumerate(criteria):
        if criterion.measure == "evidence":
            for i in {*near.tolist(), ranking.rows.index(first)} & {*at}:
                stars = certainty(catalog, left, ranking.rows[i].option.given).stars
                own[i, j] = worth(criterion, stars, ranking.currency)
    scores = combined(criteria, np.broadcast_to(own, (draws, *own.shape)), value) @ weight
    best = int(scores.mean(axis=0).argmax())
    place = ranking.rows.index(first)
    if best == place:
        return first, 0.5
    return ranking.rows[best], float((scores[:, best] > scores[:, place]).mean())
