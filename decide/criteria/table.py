"""Options by criteria: every cell a low, typical and high with the facts behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.alternatives.alternative import LeftOut, Option
from decide.alternatives.candidates import Offer, compared, effects_for, offer
from decide.alternatives.cell import Cell, Ref
from decide.alternatives.delivery import delivery_of, unknown, worse
from decide.alternatives.eligibility import bars
from decide.alternatives.pricing import PriceBook
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.criteria.risk import risk
from decide.errors import InputError
from decide.evidence.benefit import Benefits, synthesis_of
from decide.evidence.certainty import Certainty, certainty_of
from decide.evidence.index import Effect
from decide.mcda import piecewise
from decide.question.problem import Concern, Problem
from decide.question.request import Person


def part_share(share: float, of_course: float) -> float:
    """Benefit of a part course: 1 − (1 − b)^(k / k_usual), b the full course's benefit as a share below 1."""
    if of_course >= 1:
        return share
    return float(1 - (1 - min(share, 0.999)) ** of_course)


def benefit_cell(catalog: Catalog, benefits: Benefits, effect: Effect, of_course: float = 1.0) -> Cell:
    """Expected benefit on the concern's scale, with the range in which eight in ten would fall."""
    scale = catalog.scales[catalog.concerns[benefits.concern].scale]
    low, mean, high, studied, refs = _expected(catalog, benefits, effect)
    ends = [part_share(x / scale.full, of_course) * scale.full for x in (low, mean, high)]
    return Cell(
        low=min(ends[0], scale.full),
        typical=min(ends[1], scale.full),
        high=min(ends[2], scale.full),
        basis="studies" if studied else "prior",
        refs=refs,
    )


def _expected(
    catalog: Catalog, benefits: Benefits, effect: Effect
) -> tuple[float, float, float, bool, tuple[Ref, ...]]:
    """The whole course's expected benefit, its range, and the studies that move it most."""
    key = effect
    kept = benefits.kept
    if key not in kept:
        estimate = benefits.estimate(effect)
        low, high = estimate.interval(catalog.constant("interval-z"))
        refs = tuple(
            Ref(kind="study", source=item.study.source, says=f"{item.figure}; moves the value by {abs(w):.0%}")
            for item, w in benefits.pull(effect)[:12]
        )
        kept[key] = (low, estimate.mean, high, estimate.studied, refs)
    return kept[key]


@derived(most=4096)
def _asks(catalog: Catalog, effect: Effect, concern: str) -> tuple[Cell, Cell, Cell]:
    """Downtime, risk and time until it shows: the same in any number of sessions."""
    main, base = delivery_of(catalog, effect, concern)
    downtime = worse(main.downtime, base.downtime) if base is not None else main.downtime
    return downtime, risk(catalog, effect), main.onset


def performance(
    catalog: Catalog, option: Option, benefits: Benefits, certain: Certainty, horizon: float
) -> dict[str, Cell]:
    """One option's row: a cell per criterion, in each criterion's unit (benefit on the concern's scale)."""
    concern = benefits.concern
    effect = option.effect
    downtime, harm, onset = _asks(catalog, effect, concern)
    stars = float(certain.stars)
    per_month = catalog.constant("effort-per-home-month")
    # what is added is given at the visit of what it is added to
    visits = max(
        (line.units[1] for line in option.cost.lines if line.unit == "session" and not line.renewal), default=0
    )
    effort = visits + option.renewals + per_month * (option.months or 0.0)
    return {
        "benefit": benefit_cell(catalog, benefits, effect, option.share_of_course),
        "evidence": Cell(low=stars, typical=stars, high=stars, basis="studies"),
        "cost": option.cost.total,
        "downtime": downtime,
        "risk": harm,
        "speed": onset,
        "durability": _durability(catalog, option, effect, concern, horizon),
        "effort": Cell(low=effort, typical=effort, high=effort, basis="facts"),
    }


def _durability(catalog: Catalog, option: Option, effect: Effect, concern: str, horizon: float) -> Cell:
    main, base = delivery_of(catalog, effect, concern)
    if main.at_home and main.assumed("course-months") is None:
        return Cell(low=horizon, typical=horizon, high=horizon, basis="as long as used")
    lasts = main.durability or (base.durability if base is not None else None)
    if lasts is None:
        return unknown(catalog, "durability")
    if option.renewals:
        # what is paid to be renewed lasts at least to the horizon
        return Cell(
            low=max(lasts.low, horizon), typical=max(lasts.typical, horizon), high=max(lasts.high, horizon),
            basis=lasts.basis, refs=lasts.refs,
        )  # fmt: skip
    return lasts


def columns(rows: Sequence[dict[str, Cell]], criterion: str, end: str) -> list[float]:
    """One criterion's low, typical or high over all rows."""
    return [float(getattr(row[criterion], end)) for row in rows]


class Candidates(NamedTuple):
    """Every course that could be offered for a concern at a price list's prices, before anything is known of budget or
    person: one row per offer and number of sessions, most sessions first within an offer.
    """

    offers: tuple[Offer, ...]
    slices: tuple[slice, ...]
    options: tuple[Option, ...]
    cells: tuple[dict[str, Cell], ...]
    values: NDArray[np.float64]
    named_values: tuple[dict[str, float], ...]
    certainties: tuple[Certainty, ...]
    compared: dict[str, NDArray[np.float64]]
    kind_worth: NDArray[np.float64]
    unpriced: tuple[LeftOut, ...]
    unstudied: tuple[LeftOut, ...]


def _candidates(catalog: Catalog, book: PriceBook, concern: str, subtype: str, horizon: float) -> Candidates:
    effects, unstudied = effects_for(catalog, concern)
    found = [offer(catalog, book, effect, concern, horizon) for effect in effects]
    offers = tuple(item for item in found if isinstance(item, Offer))
    options: list[Option] = []
    slices: list[slice] = []
    for item in offers:
        start = len(options)
        options.extend(item.option(k, cost) for k, cost in sorted(item.costs, key=lambda kc: -(kc[0] or 0)))
        slices.append(slice(start, len(options)))
    synthesis = synthesis_of(catalog, concern, subtype)
    certain = tuple(certainty_of(catalog, concern, option.effect) for option in options)
    cells = tuple(
        performance(catalog, option, synthesis, c, horizon) for option, c in zip(options, certain, strict=True)
    )
    full = catalog.scales[catalog.concerns[concern].scale].full
    values = value_matrix(catalog, cells, book.market.currency, full, "typical")
    return Candidates(
        offers=offers,
        slices=tuple(slices),
        options=tuple(options),
        cells=cells,
        values=values,
        named_values=tuple(dict(zip(catalog.criteria, row, strict=True)) for row in values.tolist()),
        certainties=certain,
        compared={
            per: np.array(
                [
                    compared(o, options[i].cost, per)
                    for o, s in zip(offers, slices, strict=True)
                    for i in range(s.start, s.stop)
                ]
            )
            for per in ("course", "session", "month")
        },
        kind_worth=_kind_worth(catalog, concern, options, full),
        unpriced=tuple(item for item in found if isinstance(item, LeftOut)),
        unstudied=tuple(LeftOut(id=p.id, name=p.name, why="no study") for p in unstudied),
    )


@derived(most=64)
def _listed(catalog: Catalog, market: str, concern: str, subtype: str, horizon: int, borrow: bool) -> Candidates:
    book = PriceBook(catalog, catalog.market(market), borrow=borrow)
    return _candidates(catalog, book, concern, subtype, horizon)


def candidates(problem: Problem, concern: Concern) -> Candidates:
    """The candidates for a concern; kept between questions unless somebody's own prices are in them."""
    if problem.quotes:
        return _candidates(problem.catalog, PriceBook.of(problem), concern.id, concern.kind, problem.horizon)
    where = problem.market.id
    return _listed(problem.catalog, where, concern.id, concern.kind, problem.horizon, problem.borrow)


def _kind_worth(catalog: Catalog, concern: str, options: Sequence[Option], full: float) -> NDArray[np.float64]:
    """What the benefit of each option is worth for each kind of a concern (kinds, options), by that kind's studies."""
    anchors = catalog.criteria["benefit"].anchors
    kinds = catalog.concerns[concern].subtype
    shares = np.empty((len(kinds), len(options)))
    for k, kind in enumerate(kinds):
        found = synthesis_of(catalog, concern, kind.id)
        shares[k] = [part_share(found.estimate(o.effect).mean / full, o.share_of_course) for o in options]
    return piecewise(shares, [a.at for a in anchors], [a.value for a in anchors])


@derived(most=256)
def nothing_done(catalog: Catalog, concern: str, subtype: str) -> Cell:
    """What placebo or no treatment gives in the same studies."""
    found = synthesis_of(catalog, concern, subtype)
    idle = [e for e in (Effect("untreated"), Effect("placebo")) if e in found.effects]
    estimate = found.estimate(idle[-1] if idle else Effect("placebo"))
    low, high = estimate.interval(catalog.constant("interval-z"))
    return Cell(low=low, typical=estimate.mean, high=high, basis="studies" if idle else "prior")


def value_matrix(
    catalog: Catalog, cells: Sequence[dict[str, Cell]], currency: str, full: float, end: str
) -> NDArray[np.float64]:
    """Values (options, criteria) of one end (low, typical, high) of every cell, by the fixed anchors."""
    matrix = np.empty((len(cells), len(catalog.criteria)))
    for j, criterion in enumerate(catalog.criteria.values()):
        raw = np.array([getattr(row[criterion.id], end) for row in cells], dtype=np.float64)
        if criterion.id == "benefit":
            raw = raw / full
        anchors = criterion.anchors
        if criterion.anchors_by_currency:
            if currency not in criterion.anchors_by_currency:
                raise InputError(f"criteria.toml has no anchors for {criterion.id} in {currency}")
            anchors = criterion.anchors_by_currency[currency]
        matrix[:, j] = piecewise(raw, [a.at for a in anchors], [a.value for a in anchors])
    return matrix


def for_person(catalog: Catalog, pool: Candidates, person: Person, concern: str) -> Candidates:
    """The candidates with the risk that they carry for this person: rates for the skin type, and more where a caution
    holds. Everything else is the same for everybody.
    """
    if not person.said or not pool.options:
        return pool
    factor = catalog.constant("caution-risk-factor")
    found: dict[Effect, Cell] = {}
    for option in pool.options:
        if option.effect not in found:
            cell = risk(catalog, option.effect, person.skin_type)
            if bars(catalog, option.effect, person, concern, "caution"):
                raised = {end: getattr(cell, end) * factor for end in ("low", "typical", "high")}
                cell = replace(cell, **raised)
            found[option.effect] = cell
    cells = tuple({**row, "risk": found[o.effect]} for row, o in zip(pool.cells, pool.options, strict=True))
    column = list(catalog.criteria).index("risk")
    anchors = catalog.criteria["risk"].anchors
    values = pool.values.copy()
    values[:, column] = piecewise(
        [row["risk"].typical for row in cells], [a.at for a in anchors], [a.value for a in anchors]
    )
    named = tuple(dict(zip(catalog.criteria, row, strict=True)) for row in values.tolist())
    return pool._replace(cells=cells, values=values, named_values=named)
