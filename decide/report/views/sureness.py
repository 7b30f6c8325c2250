"""How sure an order is, what would change it, and where money does most: as texts."""

from typing import TYPE_CHECKING, NamedTuple

from decide.answers.ranking.result import NOTHING
from decide.question.names import name_of
from decide.report.views.common import source_view
from decide.report.words import PER, gain_alone, listed, money, part_of_score, share, signed, some, whole

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking
    from decide.answers.robustness.result import Fragility, RestsOn
    from decide.catalog import Catalog

CLOSE, LEADS, WORTH, SWINGS = 4, 5, 3, 4
"""How many of each are told."""


def _names(ranking: "Ranking") -> dict[str, str]:
    return {row.option.id: row.option.name for row in ranking.rows}


def first_places(ranking: "Ranking") -> list[str]:
    """What a share of first places is."""
    found = ranking.sureness
    if found is None:
        return []
    return [
        f"First in: how often an option comes first in {found.draws:,} tries, in each of which all that is unsure was "
        "varied at once."
    ]


def order(ranking: "Ranking") -> list[str]:
    """Which options are too close to the first place to call."""
    found = ranking.sureness
    if found is None or len(ranking.rows) < 2:
        return []
    names, first = _names(ranking), ranking.rows[0].option
    close = [item for item in found.too_close if item.first == first.id and item.second in names]
    if not close:
        return []
    named = some([f"{names[item.second]} ({share(1 - item.p)})" for item in close], CLOSE, ", ")
    return [f"Too close to call with {first.name}: {named}. In brackets: how often they come out ahead of it."]


def working(ranking: "Ranking") -> list[str]:
    """How far weights and prices may move before the first place changes, and what is worth knowing."""
    found = ranking.sureness
    if found is None or not found.weight_ranges:
        return []
    criteria = ranking.catalog.criteria
    ranges = ", ".join(
        f"{criteria[r.criterion].name.lower()} {share(r.low)}–{share(r.high)} (now {share(r.share)})"
        for r in found.weight_ranges
    )
    lines = [f"The first place stays while the weight is: {ranges}."]
    prices = [(b, b.price) for b in found.break_even if b.price is not None]
    leads = "; ".join(
        f"{b.name} below {money(price, ranking.symbol)} a {b.unit} (now {money(b.now, ranking.symbol)})"
        for b, price in prices[:LEADS]
    )
    lines.append(f"Would lead: {leads}." if leads else "No lower price alone would put another option first.")
    if found.worth_knowing:
        worth = "; ".join(
            f"{criteria[w.criterion].name.lower()} of {w.option} ({part_of_score(w.score)} of score"
            f"{f', as good as {money(w.money, ranking.symbol)} off' if w.money else ''})"
            for w in found.worth_knowing[:WORTH]
        )
        everything = part_of_score(found.perfect_information or 0)
        lines.append(f"Worth knowing first: {worth}. Knowing everything: {everything} of score.")
    if found.tornado:
        swings = "; ".join(
            f"{criteria[s.criterion].name.lower()} of {s.option} ({signed(s.lead_at_low, 2)} to "
            f"{signed(s.lead_at_high, 2)})"
            for s in found.tornado[:SWINGS]
        )
        lines.append(f"What moves the lead most, from its low end to its high: {swings}.")
    return [*lines, *fragile(found.fragility, ranking.catalog)]


def fragile(found: "Fragility | None", catalog: "Catalog") -> list[str]:
    """Whether a first place is a tie, and whether it hangs on one source: one does not speak against the other."""
    if found is None:
        return []
    told = ["The first place is a tie."] if found.tie else []
    if not found.rests_on:
        told.append("No single source: without any one of them no other clearly comes first.")
    return [*told, *(_without(one, catalog) for one in found.rests_on)]


def _without(one: "RestsOn", catalog: "Catalog") -> str:
    """What one source carries."""
    source = source_view(catalog, one.source).label
    if one.only:
        return f"Nothing but {source} has measured the first place."
    leader = "doing nothing" if one.leader == NOTHING else name_of(catalog, one.leader)
    return f"Without {source} {leader} would come first (beats it in {round(100 * one.p)} of 100)."


def for_more(ranking: "Ranking") -> list[str]:
    """What would come first for somewhat more money."""
    scale = ranking.catalog.scales[ranking.scale]
    return [
        f"For {money(one.more, ranking.symbol)}{PER[one.per]} more {one.name} would come first: "
        f"{gain_alone(one.gain, scale)}, {money(one.total.typical, ranking.symbol)} in all."
        for one in ranking.for_more
    ]


def methods(ranking: "Ranking") -> list[str]:
    """What other methods put first."""
    views = "; ".join(f"{v.method.replace('_', ' ')}: {v.first} (τ {v.tau:.2f})" for v in ranking.methods)
    return [f"Other methods on the same values put first: {views}."] if views else []


def without(ranking: "Ranking") -> list[str]:
    """What leaving sources out changed."""
    gone = ranking.without
    if gone is None:
        return []
    which = (
        source_view(ranking.catalog, gone.sources[0]).label
        if len(gone.sources) == 1
        else f"{len(gone.sources)} sources"
    )
    studies = f"{gone.facts} {'study' if gone.facts == 1 else 'studies'} of this concern"
    first = (
        f"{gone.first_with} stays first"
        if gone.first_with == gone.first_without
        else f"the first place goes from {gone.first_with} to {gone.first_without or 'nobody'}"
    )
    moved = "; ".join(f"{m.name}: {m.before} to {m.after or 'left out'}" for m in gone.moved)
    return [f"Without {which} ({studies}) {first}.{f' Moved: {moved}.' if moved else ''}"]


class Frontier(NamedTuple):
    """Options on total and benefit: what each further point costs, and what is dominated by what."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    best_buys: str


STANDS = {"ND": "on the frontier", "ED": "dominated by a mix of ", "D": "dominated by "}


def frontier_view(ranking: "Ranking") -> Frontier | None:
    """Where money does most."""
    view = ranking.frontier
    if view is None:
        return None
    scale = ranking.catalog.scales[ranking.scale]
    rows = tuple(
        (
            row.name,
            money(row.cost, ranking.symbol),
            whole(row.benefit),
            money(row.per_point, ranking.symbol) if row.per_point is not None else "",
            STANDS[row.status] + (listed(row.by) if row.by and row.status != "ND" else ""),
        )
        for row in view.rows
    )
    points = "; ".join(
        f"{money(a.per_point, ranking.symbol)}: {a.name} ({share(a.p)} sure)" for a in view.acceptability
    )
    return Frontier(
        ("option", "total", f"gain, {scale.step}", "per point more", "money"),
        rows,
        f"If one point more is worth this much to you, the best buy is: {points}.",
    )
