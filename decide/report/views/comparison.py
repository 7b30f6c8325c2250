"""A comparison as texts and marks: the sides over every criterion, and a verdict for each pair."""

from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import lower_first, name_of
from decide.report.views.common import AboutView, RefView, about_view, source_view, why_left_out
from decide.report.views.grid import SideBySide, blank_of, side_by_side
from decide.report.views.ranking import FactsView, facts
from decide.report.views.unmeasured import unmeasured_view
from decide.report.views.verdict import anyway, assumed, basis, title
from decide.report.words import capital, gain_phrase, listed, money, readable, score, share, whole, whole_span

if TYPE_CHECKING:
    from decide.answers.comparison import Comparison, HeadToHead, Pair
    from decide.answers.ranking.result import Ranked, Ranking

HEADS = 5
"""Studies told of for one pair."""
TWICE = 1.95
"""From here on a price is told as so many times the other."""


class PairView(NamedTuple):
    """Two sides against each other."""

    verdict: str
    heads: tuple[RefView, ...]
    without: str
    """Said where no study compares the two."""


class ComparisonView(NamedTuple):
    """Everything that a face shows of a comparison."""

    title: str
    verdict: tuple[str, ...]
    """What the money buys, in a sentence for each pair; or why nobody can say."""
    kind: str
    sides: SideBySide
    missing: tuple[str, ...]
    pairs: tuple[PairView, ...]
    about: AboutView
    facts: tuple[FactsView, ...]
    basis: str


def comparison_view(found: "Comparison") -> ComparisonView:
    """A comparison as texts and marks."""
    ranking = found.ranking
    rows = [side.row for side in found.sides if side.row is not None]
    pairs = tuple(_pair(pair, ranking) for pair in found.pairs)
    missing = []
    for side in found.sides:
        if side.unmeasured is not None:
            item = unmeasured_view(side.unmeasured, ranking)
            known = "; ".join(filter(None, ("no study gives a figure", item.aloud, item.claimed)))
            missing.append(f"{side.name}: not compared ({known}).")
        elif side.row is None:
            gone = side.left_out
            why = why_left_out(gone, ranking.catalog, ranking.symbol) if gone else "nothing is known of it here"
            missing.append(f"{side.name}: not compared ({why}).")
    return ComparisonView(
        title=f"{' or '.join(side.name for side in found.sides)}: {title(ranking)}",
        verdict=tuple(pair.verdict for pair in pairs) or (_alone(found),),
        kind=assumed(ranking),
        sides=side_by_side(rows, ranking, [blank_of(side, ranking) for side in found.sides if side.row is None]),
        missing=tuple(missing),
        pairs=pairs,
        about=about_view(ranking.catalog, ranking.concern),
        facts=tuple(facts(row, ranking) for row in rows),
        basis=f"{anyway(ranking)} {basis(ranking)}",
    )


def _alone(found: "Comparison") -> str:
    """Why no two can be held against each other."""
    rows = [side.row for side in found.sides if side.row is not None]
    others = listed([lower_first(side.name) for side in found.sides if side.row is None])
    if not rows:
        return "None of them can be compared here: no study gives a figure for it, or it is left out."
    gain = gain_phrase(rows[0]["benefit"], found.ranking.catalog.scales[found.ranking.scale])
    return f"Nobody can say which helps more: {others} cannot be compared here. {rows[0].option.name}: {gain}."


def _pair(pair: "Pair", ranking: "Ranking") -> PairView:
    a, b = ranking[pair.first], ranking[pair.second]
    heads = tuple(
        RefView(_head(head, ranking), source_view(ranking.catalog, head.source)) for head in pair.head_to_head[:HEADS]
    )
    none = f"No study compares {a.option.name} with {b.option.name} directly."
    return PairView(verdict(pair, a, b, ranking), heads, "" if heads else none)


def verdict(pair: "Pair", a: "Ranked", b: "Ranked", ranking: "Ranking") -> str:
    """What the money of the two buys, in a sentence."""
    p = pair.p_better
    lead, chance = (a, p) if p >= 0.5 else (b, 1 - p)
    ends = (pair.gain_low, pair.gain_high) if p >= 0.5 else (-pair.gain_high, -pair.gain_low)
    if pair.verdict == "too close":
        benefit = f"which of them helps more is too close to call ({share(chance)} for {lead.option.name})"
    else:
        step = ranking.catalog.scales[ranking.scale].step
        benefit = (
            f"{lead.option.name} is expected to help more by {whole(abs(pair.gain))} {step} "
            f"(likely {whole_span(*ends)}, chance {share(chance)})"
        )
    parts = [*_price(pair.cost_ratio, a, b, ranking.symbol), benefit]
    return f"{capital(' and '.join(parts))}. Score {score(a.score)} against {score(b.score)}."


def _price(ratio: float | None, a: "Ranked", b: "Ranked", symbol: str) -> list[str]:
    if not ratio:
        return []
    dear, cheap, times = (a, b, ratio) if ratio >= 1 else (b, a, 1 / ratio)
    if times >= TWICE:
        return [f"{dear.option.name} costs {times:.0f} times as much as {cheap.option.name}"]
    sums = [f"{row.option.name} {money(row['cost'].typical, symbol)}" for row in (a, b)]
    return [f"{sums[0].replace(a.option.name, f'{a.option.name} costs', 1)} and {sums[1]}"]


def _head(head: "HeadToHead", ranking: "Ranking") -> str:
    """What one study found of the two."""
    design = readable(head.design)
    if head.direction:
        return f"{design}, {readable(head.direction)} for {_name(head.of, ranking)}"
    if head.of:
        return f"{design}, {readable(head.measure)} {head.values[0]:g} for {_name(head.of, ranking)}"
    unit = " % at or above threshold" if head.measure == "responders" else ""
    return f"{design}, {' against '.join(f'{value:g}{unit}' for value in head.values)}"


def _name(identity: str, ranking: "Ranking") -> str:
    return next((r.option.name for r in ranking.rows if r.option.id == identity), name_of(ranking.catalog, identity))
