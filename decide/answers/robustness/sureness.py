"""How sure is the order? Draws of everything that is uncertain, ranked again and again.

Benefit is drawn from the synthesis's joint posterior, so that options which share studies move together; money and the
other cells from triangles over their low, typical and high, with one draw for all courses of one procedure; weights
around the profile with the catalogue's slack. The same seed gives the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decide.alternatives.alternative import Option
from decide.alternatives.cell import Cell
from decide.answers.ranking.result import NOTHING, Ranking
from decide.answers.robustness.break_even import break_even_prices
from decide.answers.robustness.fragility import fragility
from decide.answers.robustness.result import (
    Close,
    Fragility,
    MethodView,
    Sureness,
    Swing,
    WeightRange,
    WorthKnowing,
)
from decide.catalog import Catalog
from decide.catalog.models import Criterion
from decide.criteria.benefit import draw_shares
from decide.criteria.draws import MOST, ORDER
from decide.criteria.table import gain_criterion, own_worth
from decide.criteria.worth import combined, sides, with_gains, worth
from decide.errors import InputError
from decide.evidence.benefit import synthesis_of
from decide.mcda.expected import Worth
from decide.mcda.labelled import whole
from decide.mcda.smaa import Smaa

Array = NDArray[np.float64]


def draw_values(
    catalog: Catalog, ranking: Ranking, draws: int, seed: int
) -> tuple[Array, dict[tuple[int, str], Array]]:
    """Values (draws, options, criteria) of a ranking's rows, and the drawn performances by row and criterion."""
    rows = ranking.rows
    options, cells = [row.option for row in rows], [row.cells for row in rows]
    found = draw_gains(catalog, ranking.concern, ranking.subtype or "", options, draws, seed)
    gains = sides(gain_criterion(catalog), found)
    values = np.empty((draws, len(rows), len(catalog.criteria)))
    drawn: dict[tuple[int, str], Array] = {}
    for j, criterion in enumerate(catalog.criteria.values()):
        own, raw = np.zeros(found.shape), found
        if criterion.measure != "benefit":
            raw = triangles(criterion, options, cells, draws, seed)
            own = worth(criterion, raw, ranking.currency)
        values[..., j] = with_gains(criterion, own, gains)
        for i in range(len(rows)):
            if np.ptp(raw[:, i]) > 0:
                drawn[i, criterion.id] = raw[:, i]
    return values, drawn


def draw_performance(catalog: Catalog, ranking: Ranking, draws: int, seed: int) -> tuple[Array, Array]:
    """Totals and benefits (draws, options) of a ranking's rows, in money and on the concern's scale."""
    options, cells = [row.option for row in ranking.rows], [row.cells for row in ranking.rows]
    costs = triangles(catalog.criteria["cost"], options, cells, draws, seed)
    shares = draw_gains(catalog, ranking.concern, ranking.subtype or "", options, draws, seed)
    return costs, shares * ranking.scale_full


def draw_gains(catalog: Catalog, concern: str, kind: str, options: Sequence[Option], draws: int, seed: int) -> Array:
    """Gains (draws, options) as shares of the scale, from the joint posterior; doing nothing gains nothing."""
    gains = np.zeros((draws, len(options)))
    courses = [i for i, option in enumerate(options) if option.id != NOTHING]
    full = catalog.scales[catalog.concerns[concern].scale].full
    found = synthesis_of(catalog, concern, kind)
    gains[:, courses] = draw_shares(found, [options[i] for i in courses], full, draws, seed)
    return gains


def triangles(
    criterion: Criterion, options: Sequence[Option], cells: Sequence[Mapping[str, Cell]], draws: int, seed: int
) -> Array:
    """Draws (draws, options) from triangles over the cells of one criterion; options of one procedure share their
    quantile, so that they move together.
    """
    found = np.empty((draws, len(options)))
    for i, (option, row) in enumerate(zip(options, cells, strict=True)):
        found[:, i] = triangle(row[criterion.id], quantiles(option, criterion.id, draws, seed))
    return found


def quantiles(option: Option, criterion: str, draws: int, seed: int) -> Array:
    """Where in its range a figure of an option falls in each draw: the same whatever it is ranked beside, and in
    however many sessions.
    """
    thing = f"{criterion} {option.base}+{option.procedure}"
    return np.random.default_rng([seed, *thing.encode()]).random(draws)


def triangle(cell: Cell, quantile: Array) -> Array:
    """The triangular distribution's values at these quantiles."""
    low, typical, high = cell.low, cell.typical, cell.high
    if high <= low:
        return np.full_like(quantile, typical)
    at = (typical - low) / (high - low)
    left = low + np.sqrt(quantile * (high - low) * (typical - low))
    right = high - np.sqrt((1 - quantile) * (high - low) * (high - typical))
    result: Array = np.where(quantile < at, left, right)
    return result


def sureness(
    catalog: Catalog,
    ranking: Ranking,
    *,
    draws: int = ORDER,
    seed: int = 0,
    order: Sequence[str] | None = None,
    working: bool = False,
) -> Sureness | None:
    """How sure a ranking's order is; None when it has no rows.

    `order` names criteria by importance: weights are then uniform over all that fall in this order, instead of lying
    around the profile. `working` adds central weights, weight ranges, break-even prices and what is worth knowing.

    Raises
    ------
    InputError : draws out of range, an order that names no criterion.
    """
    from decide import mcda

    draws, seed = whole("draws", draws, None), whole("the seed", seed)
    if not 1 <= draws <= MOST:
        raise InputError(f"{draws} draws are out of range", f"from 1 to {MOST:,}")
    if not ranking.options:
        return None
    values, drawn = draw_values(catalog, ranking, draws, seed)
    rng = np.random.default_rng((seed, 1))
    weights = draw_weights(catalog, ranking.weights, draws, rng, order)
    found = mcda.smaa(values, weights, confidence=working)
    names = tuple(r.option.id for r in ranking.rows)
    result = Sureness(
        draws=draws,
        seed=seed,
        options=names,
        p_best=tuple(found.p_best.tolist()),
        expected_rank=tuple(found.expected_rank.tolist()),
        rank_acceptability=tuple(tuple(row) for row in found.rank_acceptability.tolist()),
        pairwise=tuple(tuple(row) for row in found.pairwise.tolist()),
        too_close=_too_close(ranking, found.pairwise, catalog.constant("too-close")),
        tiers=tuple(mcda.tiers(found.pairwise, catalog.constant("too-close")).tolist()),
    )
    if not working:
        return result
    return replace(result, **_working(catalog, ranking, found, values, weights, drawn))


def with_sureness(
    catalog: Catalog,
    ranking: Ranking,
    *,
    draws: int = ORDER,
    seed: int = 0,
    order: Sequence[str] | None = None,
    working: bool = False,
) -> Ranking:
    """The same ranking with P(best) on every row and what the draws say of its order."""
    found = sureness(catalog, ranking, draws=draws, seed=seed, order=order, working=working)
    if found is None:
        return ranking
    rows = tuple(replace(row, p_best=p) for row, p in zip(ranking.rows, found.p_best, strict=True))
    return replace(ranking, rows=rows, sureness=found)


def draw_weights(
    catalog: Catalog,
    weights: Mapping[str, float],
    draws: int,
    rng: np.random.Generator,
    order: Sequence[str] | None,
) -> Array:
    """Draws of weights (draws, criteria): around the profile with the catalogue's slack, or in an importance order."""
    from decide import mcda

    names = list(catalog.criteria)
    if order is None:
        slack = catalog.constant("weight-slack")
        return mcda.weights_for(len(names), draws, rng, profile=[weights[n] for n in names], slack=slack)
    for name in order:
        if name not in names:
            raise InputError(f"unknown criterion {name!r}", f"criteria are {', '.join(names)}")
    return mcda.weights_for(len(names), draws, rng, order=[names.index(name) for name in order])


def _too_close(ranking: Ranking, pairwise: Array, threshold: float) -> tuple[Close, ...]:
    """Pairs of options next to each other, and those close to the first, that neither wins often enough."""
    found = []
    for i in range(len(ranking.rows) - 1):
        pairs = [(i, i + 1)] if i else [(0, k) for k in range(1, len(ranking.rows))]
        for a, b in pairs:
            p = float(pairwise[a, b])
            if 1 - threshold < p < threshold:
                found.append(Close(first=ranking.rows[a].option.id, second=ranking.rows[b].option.id, p=p))
    return tuple(found)


def _working(
    catalog: Catalog,
    ranking: Ranking,
    found: Smaa,
    values: Array,
    weights: Array,
    drawn: Mapping[tuple[int, str], Array],
) -> dict[str, Any]:
    from decide import mcda

    names = list(catalog.criteria)
    rows = ranking.rows
    typical = np.array([[row.values[n] for n in names] for row in rows])
    weight = np.array([ranking.weights[n] for n in names])
    ranges = mcda.weight_stability(typical, weight, 0)
    central = [
        None if np.isnan(row).any() else dict(zip(names, row.tolist(), strict=True)) for row in found.central_weights
    ]
    scores = np.einsum("doc,dc->do", values, weights)
    keys = list(drawn)
    worth: list[WorthKnowing] = []
    if keys and len(rows) > 1:
        gains = mcda.evppi(scores, np.column_stack([drawn[key] for key in keys]))
        slope = _score_per_money(catalog, ranking)
        for k in np.argsort(-gains)[:5]:
            i, criterion = keys[int(k)]
            gain = float(gains[k])
            if gain > 0:
                money = gain / slope if slope > 0 else None
                worth.append(WorthKnowing(option=rows[i].option.name, criterion=criterion, score=gain, money=money))
    return {
        "central_weights": tuple(central),
        "confidence": tuple(None if np.isnan(x) else float(x) for x in found.confidence_factors),
        "weight_ranges": tuple(
            WeightRange(criterion=n, share=ranking.weights[n], low=float(r[0]), high=float(r[1]))
            for n, r in zip(names, ranges, strict=True)
        ),
        "break_even": break_even_prices(catalog, ranking),
        "perfect_information": mcda.evpi(scores) if len(rows) > 1 else 0.0,
        "worth_knowing": tuple(worth),
        "tornado": _tornado(catalog, ranking, weight),
        "fragility": fragility(catalog, ranking, tie=_tied(ranking, found.pairwise, catalog.constant("too-close"))),
    }


def first_rests_on(catalog: Catalog, ranking: Ranking) -> Fragility | None:
    """What the first place rests on, and whether it was a tie."""
    found = sureness(catalog, ranking)
    if found is None or ranking.best is None:
        return None
    return fragility(catalog, ranking, tie=_tied(ranking, found.pairwise, catalog.constant("too-close")))


def _tied(ranking: Ranking, pairwise: Any, close: float) -> bool:
    """Whether the first option was too close to call with another."""
    first = next(i for i, row in enumerate(ranking.rows) if not row.nothing)
    return any(i != first and float(pairwise[first][i]) < close for i in range(len(ranking.rows)))


def _score_per_money(catalog: Catalog, ranking: Ranking) -> float:
    """Score lost by one unit of money more, at the first place's total."""
    total = next(row["cost"].typical for row in ranking.rows if not row.nothing)
    step = max(1.0, total * 0.01)
    before, after = worth(catalog.criteria["cost"], [total, total + step], ranking.currency).tolist()
    return float((before - after) / step * ranking.weights["cost"])


def _tornado(catalog: Catalog, ranking: Ranking, weight: Array, most: int = 8) -> tuple[Swing, ...]:
    """The cells that move the first place's lead most between their low and high ends."""
    from decide import mcda

    rows = ranking.rows
    if len(rows) < 2:
        return ()
    # a gain moves more than its own cell, so each cell's end is told as what the whole score becomes
    typical = np.array([list(row.contributions.values()) for row in rows])
    low, high = (typical + _moved(catalog, ranking, weight, end) for end in ("low", "high"))
    found = mcda.tornado(low, typical, high, np.ones(typical.shape[1]))
    names = list(catalog.criteria)
    swings = []
    for i, j in found.order[:most].tolist():
        if found.swing[i, j] <= 0:
            break
        swings.append(
            Swing(
                option=rows[i].option.name,
                criterion=names[j],
                lead_at_low=float(found.margin_low[i, j]),
                lead_at_high=float(found.margin_high[i, j]),
            )
        )
    return tuple(swings)


def _moved(catalog: Catalog, ranking: Ranking, weight: Array, end: str) -> Array:
    """By how much each row's score changes (rows, criteria) with one cell at its end, the rest as they are."""
    criteria = list(catalog.criteria.values())
    rows = ranking.rows
    typical = own_worth(catalog, [row.cells for row in rows], ranking.currency)
    at_end = own_worth(catalog, [row.cells for row in rows], ranking.currency, end)
    gains = Worth(*np.array([row.worth for row in rows]).T)
    before = combined(criteria, typical, gains) @ weight
    found = np.empty_like(typical)
    for j, criterion in enumerate(criteria):
        own = typical.copy()
        own[:, j] = at_end[:, j]
        moved = gains
        if criterion.measure == "benefit":
            share = np.array([getattr(row.cells[criterion.id], end) for row in rows]) / ranking.scale_full
            moved = sides(criterion, share)
        found[:, j] = combined(criteria, own, moved) @ weight - before
    return found


def centroid_weights(catalog: Catalog, order: Sequence[str], changes: Mapping[str, float]) -> dict[str, float]:
    """Weights from an importance order alone: the centroid of all weights in that order; criteria it does not name
    get none. `changes` by name go over it.
    """
    from decide import mcda

    names = list(catalog.criteria)
    for name in order:
        if name not in names:
            raise InputError(f"unknown criterion {name!r}", f"criteria are {', '.join(names)}")
    if len(set(order)) != len(order):
        raise InputError("an importance order names each criterion once")
    found = mcda.rank_order_centroid(range(len(order)))
    by_name = dict(zip(order, found.tolist(), strict=True))
    return {**{name: by_name.get(name, 0.0) for name in names}, **changes}


def other_methods(catalog: Catalog, ranking: Ranking) -> tuple[MethodView, ...]:
    """What other methods say of the same values and weights: who leads, and how alike the order is."""
    from decide import mcda

    rows = ranking.rows
    if len(rows) < 2:
        return ()
    names = list(catalog.criteria)
    values = np.array([[row.values[n] for n in names] for row in rows])
    weight = np.array([ranking.weights[n] for n in names])
    ours = np.array([row.score for row in rows])
    # a column without spread tells options apart by nothing, and some methods cannot divide by it
    keep = (np.ptp(values, axis=0) > 0) & (weight > 0)
    if not keep.any():
        return ()
    least = -gain_criterion(catalog).anchors[0].value
    gains = np.array([c.measure == "benefit" or c.with_gain for c in catalog.criteria.values()])
    # some methods need cells from nought up: what a loss can make of the columns that count with a gain is taken out
    raised = np.clip(np.where(gains, (values + least) / (1 + least), values), 1e-6, None)
    views = []
    for name, method in mcda.METHODS.items():
        matrix = (raised if method.from_nought else values)[:, keep]
        scores = method.score(matrix, weight[keep] / weight[keep].sum(), np.ones(int(keep.sum())))
        oriented = method.sign * scores
        views.append(
            MethodView(
                method=name,
                first=rows[int(np.argmax(oriented))].option.name,
                tau=mcda.kendall_tau(ours, oriented),
            )
        )
    return tuple(views)
