"""Options by criteria: every cell a low, typical and high with the facts behind it."""

from collections.abc import Sequence
from functools import lru_cache

from decide.catalog import Catalog
from decide.cell import Cell, Ref
from decide.courses import given, unknown, worse
from decide.evidence.benefit import Benefits
from decide.evidence.certainty import Certainty
from decide.evidence.index import Effect
from decide.options import Option
from decide.risk import risk


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


@lru_cache(maxsize=8192)
def _asks(catalog: Catalog, effect: Effect, concern: str) -> tuple[Cell, Cell, Cell]:
    """Downtime, risk and time until it shows: the same in any number of sessions."""
    main, base = given(catalog, effect, concern)
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
    main, base = given(catalog, effect, concern)
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
