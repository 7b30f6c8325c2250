"""Charts of a ranking, as Vega-Lite specifications, each with its words for who cannot see it."""

import math
import textwrap
from typing import TYPE_CHECKING

from decide.errors import InputError
from decide.report.charts.vega import (
    COLOURS,
    DASHES,
    MOST,
    WIDE,
    Spec,
    broken,
    colour,
    frame,
    lines_high,
    name,
    named,
    number,
    part_named,
    point,
    rule,
)
from decide.report.words import SURENESS, gain, money, part_of_score, score, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.answers.ranking.result import Ranked, Ranking
    from decide.answers.robustness.result import Sureness

PLACES = ("1st", "2nd", "3rd", "4th or 5th", "lower")
BLUES = ("#08519c", "#3182bd", "#6baed6", "#bdd7e7", "#e3e3e3")
ON, OFF = "on the frontier", "dominated"
BUY, ONE, PALE, NONE = "best for its money", "other options", "over your budget", "doing nothing"
KINDS = {BUY: "#c4500c", ONE: "#0b5c86", PALE: "#8d9399", NONE: "#1d2329"}
NEAR, BEYOND = 1.5, 3
"""So many options are drawn beyond a budget, up to so many times of it."""
LINE, AXIS, FOOT = 14, 84, 8
"""Pixels: a line of a name; axis and key below the picture; and room above and below."""
TOLD = 5
"""Options that the words of a chart tell of."""

# ------------------------------------------------------------------ what adds up to each score


def contributions(ranking: "Ranking", width: int = WIDE, most: int = MOST) -> Spec:
    """Stacked bars, one an option: what each criterion adds to its score."""
    rows = ranking.rows[:most]
    names = named(rows, width)
    criteria = [c for c in ranking.catalog.criteria.values() if ranking.weights[c.id] > 0]
    titles = [c.name for c in criteria]
    values = [
        {"option": label, "criterion": c.name, "order": k, "adds": round(row.contributions[c.id], 6)}
        for label, row in zip(names, rows, strict=True)
        for k, c in enumerate(criteria)
    ]
    colours = [COLOURS[i % len(COLOURS)] for i in range(len(titles))]
    encoding = {
        "y": name("option", scale={"paddingInner": 0.3}),
        "x": number("adds", "score", axis={"tickCount": 5}),
        "color": colour("criterion", titles, colours, width),
        "order": number("order"),
    }
    mark = {"type": "bar", "stroke": "white", "strokeWidth": 0.7}
    return frame(width, lines_high(names) + 120, data={"values": values}, mark=mark, encoding=encoding)


def contributions_words(ranking: "Ranking") -> str:
    """The three largest parts of the first scores."""
    parts = []
    for row in ranking.options[:3]:
        top = sorted(row.contributions, key=lambda c: -row.contributions[c])[:3]
        adds = ", ".join(
            f"{ranking.catalog.criteria[c].name.lower()} {part_of_score(row.contributions[c])}" for c in top
        )
        parts.append(f"{row.option.name} {score(row.score)}, mostly from {adds}")
    return f"What adds up to each score. {'; '.join(parts)}."


# ------------------------------------------------------------------ money against gains


def measured(ranking: "Ranking") -> "tuple[Ranked, ...]":
    """The first options, and every best buy; what has no figure is none."""
    return tuple(r for k, r in enumerate(ranking.options) if k < MOST or r.option.id in ranking.best_buys)


def cost_benefit(ranking: "Ranking", width: int = WIDE) -> Spec:
    """Gain against money, each option a named point with its range of money; the best buys are joined.

    Money is on a scale of tens; what costs nothing stands at its left edge. Names stand beside the picture, apart from
    each other, a line from each to its point. What only costs too much is pale, beyond the edge of the budget.
    """
    wide = width >= WIDE
    shown, budget = measured(ranking), ranking.request.budget
    most = float(budget.high) if budget is not None and budget.high is not None and budget.per == "course" else None
    near = [r for r in ranking.beyond if most and r["cost"].typical <= NEAR * most and r["benefit"].basis == "studies"]
    near = sorted(near, key=lambda r: r["cost"].typical)[:BEYOND]
    rows = [*shown, *near, *(r for r in ranking.rows if r.nothing)]
    text = [_called(row, near, wide) for row in rows]
    lines = [label.count("\n") + 1 for label in text]
    height = max(400 if wide else 360, AXIS + 2 * FOOT + LINE * sum(lines))
    costs = [end for r in rows for end in (r["cost"].low, r["cost"].high) if end > 0]
    if not costs:
        raise InputError("there is nothing to chart")
    edge, last = min(costs) / 2, max(*costs, most or 0.0)
    share_of_names = 0.38 if wide else 0.52
    right = last * (last / edge) ** (share_of_names / (1 - share_of_names))
    beside = last * (right / last) ** 0.12
    gains = [row["benefit"].typical for row in rows]
    low, high = min(0.0, *gains), max(1.0, *gains)
    pixel = (high - low) / (height - AXIS - 2 * FOOT)
    places = apart(gains, [pixel * LINE * n for n in lines], low)
    values = [
        {
            "name": label, "gain": gain, "at": at, "kind": _kind(row, near, ranking),
            "first": at + (label.count("\n") * LINE * pixel) / 2,
            **{end: max(getattr(row["cost"], end), edge) for end in ("low", "typical", "high")},
        }
        for row, label, gain, at in zip(rows, text, gains, places, strict=True)
    ]  # fmt: skip
    over = f" over {ranking.horizon_months:g} months" if wide else ""
    # a doubling is as wide anywhere; over many of them only tens have room
    steps = (1, 2, 5) if last / edge < (1e4 if wide else 1e2) else (1,)
    ticks = [edge, *(t for k in range(8) for m in steps if 1.3 * edge < (t := m * 10.0**k) <= last)]
    x = number(
        "typical", f"total{over} ({ranking.currency}), doubling by equal steps",
        scale={"type": "log", "domain": [edge, right], "nice": False},
        axis={"values": ticks, "labelExpr": f"datum.value <= {1.01 * edge} ? '0' : format(datum.value, ',.0f')"},
    )  # fmt: skip
    y = number(
        "gain",
        _counts(ranking),
        axis={"grid": False},
        scale={"domain": [low - FOOT * pixel, high + FOOT * pixel], "nice": False},
    )
    kinds = [kind for kind in KINDS if any(value["kind"] == kind for value in values)]
    shade = colour("kind", kinds, [KINDS[kind] for kind in kinds], width)
    shade["legend"] |= {"columns": 4 if wide else 2, "symbolOpacity": 1}
    spread = rule(opacity=0.55, strokeWidth=2, x={**x, "field": "low"}, x2={"field": "high"}, y=y)
    spread["encoding"]["color"] = shade
    joined = {"type": "line", "color": KINDS[BUY], "strokeWidth": 1.5, "strokeDash": [6, 3]}
    words = {"type": "text", "align": "left", "baseline": "middle", "dx": 3, "lineBreak": "\n", "lineHeight": LINE - 1}
    layers = [
        *([_edge(most, ranking, x)] if most else []),
        spread,
        {"transform": [{"filter": f"datum.kind === '{BUY}'"}], "mark": joined, "encoding": {"x": x, "y": y}},
        rule(opacity=0.45, strokeWidth=0.7, x=x, x2={"datum": beside}, y=y, y2={"field": "at"}),
        point(area=80, x=x, y=y, color=shade),
        {
            "mark": {**words, "fontSize": 12 if wide else 10.5},
            "encoding": {
                "x": {"datum": beside, "type": "quantitative"}, "y": {**y, "field": "first"},
                "text": {"field": "name", "type": "nominal"},
            },
        },
    ]  # fmt: skip
    return frame(width, height, data={"values": values}, layer=layers)


def _kind(row: "Ranked", near: "Sequence[Ranked]", ranking: "Ranking") -> str:
    return PALE if row in near else NONE if row.nothing else BUY if row.option.id in ranking.best_buys else ONE


def _edge(most: float, ranking: "Ranking", x: Spec) -> Spec:
    """Where the budget ends."""
    words = {"type": "text", "align": "center", "baseline": "bottom", "dy": -3, "color": "#8a5a00"}
    return {
        "data": {"values": [{"typical": most, "says": f"your budget {money(most, ranking.symbol)}"}]},
        "layer": [
            rule(strokeDash=[2, 2], strokeWidth=1.5, color="#8a5a00", x=x),
            {
                "mark": words,
                "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "says", "type": "nominal"}},
            },
        ],
    }


def _called(row: "Ranked", near: "Sequence[Ranked]", wide: bool) -> str:
    """What stands beside a point."""
    place = "" if row.nothing or row in near else f"{row.rank}. "
    return "\n".join(textwrap.wrap(f"{place}{part_named(row)}", 34 if wide else 20))


def apart(wanted: "Sequence[float]", heights: "Sequence[float]", low: float) -> list[float]:
    """Places for names, each as near to the one that it wants as the others leave room; none stands on another.

    From the top down each takes its place or the next that is free; what falls below the lowest is pushed up again.
    """
    found, free = dict.fromkeys(range(len(wanted)), 0.0), math.inf
    order = sorted(found, key=lambda k: -wanted[k])
    for k in order:
        found[k] = min(wanted[k], free - heights[k] / 2)
        free = found[k] - heights[k] / 2
    floor = low - heights[order[-1]] / 2
    for k in reversed(order):
        found[k] = max(found[k], floor + heights[k] / 2)
        floor = found[k] + heights[k] / 2
    return [*found.values()]


def _counts(ranking: "Ranking") -> str:
    scale = ranking.catalog.scales[ranking.scale]
    return f"{scale.step} {scale.over}"


def cost_benefit_words(ranking: "Ranking") -> str:
    """What the first courses cost and do."""
    scale = ranking.catalog.scales[ranking.scale]
    parts = [
        f"{row.rank}. {row.option.name}: {money(row['cost'].typical, ranking.symbol)} for "
        f"{gain(row['benefit'].typical, scale)}, {SURENESS[row.stars]}"
        for row in measured(ranking)[:TOLD]
    ]
    return f"What each course costs against what it is expected to gain. {'; '.join(parts)}."


def frontier(ranking: "Ranking", width: int = WIDE) -> Spec:
    """Gain against total for every option, ranges drawn, the frontier joined."""
    view = ranking.frontier
    if view is None:
        raise InputError("there is no frontier to chart", "use --frontier")
    known = {row.option.id: row.cells["benefit"] for row in ranking.rows}
    values = [
        {
            "option": row.name,
            "total": row.cost,
            "benefit": row.benefit,
            "low": known[row.id].low if row.id in known else row.benefit,
            "high": known[row.id].high if row.id in known else row.benefit,
            "status": ON if row.status == "ND" else OFF,
        }
        for row in view.rows
    ]
    x = number("total", f"total over {ranking.horizon_months:g} months ({ranking.currency})")
    y = number("benefit", _counts(ranking))
    shade = colour("status", (ON, OFF), ("#08519c", "#8a8a8a"), width)
    only = [{"filter": f"datum.status === '{ON}'"}]
    text = {"type": "text", "align": "left", "dx": 7, "dy": -7, "fontSize": 10}
    shape = {"field": "status", "legend": None}
    layers = [
        {"transform": only, "mark": {"type": "line", "color": BLUES[0]}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "rule", "opacity": 0.4},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": shade},
        },
        point(area=70, x=x, y=y, color=shade, shape=shape),
        {"transform": only, "mark": text, "encoding": {"x": x, "y": y, "text": {"field": "option"}}},
    ]
    return frame(width, 400, data={"values": values}, layer=layers)


# ------------------------------------------------------------------ how sure the order is


def _sure(ranking: "Ranking") -> "Sureness":
    if ranking.sureness is None:
        raise InputError("there are no draws to chart", "leave out --exact")
    return ranking.sureness


def acceptability(ranking: "Ranking", width: int = WIDE, most: int = MOST) -> Spec:
    """Stacked bars, one an option: the share of draws in which it takes each place."""
    found = _sure(ranking)
    names = named(ranking.rows[:most], width)
    values = []
    for label, shares in zip(names, found.rank_acceptability, strict=False):
        parts = [*shares[:3], *([0.0] * (3 - len(shares[:3]))), sum(shares[3:5]), sum(shares[5:])]
        values += [
            {"option": label, "place": place, "order": k, "share": 100 * part}
            for k, (place, part) in enumerate(zip(PLACES, parts, strict=True))
        ]
    encoding = {
        "y": name("option", scale={"paddingInner": 0.3}),
        "x": number("share", "share of draws (%)", scale={"domain": [0, 100]}),
        "color": colour("place", PLACES, BLUES, width),
        "order": number("order"),
    }
    mark = {"type": "bar", "stroke": "white"}
    return frame(width, lines_high(names) + 110, data={"values": values}, mark=mark, encoding=encoding)


def acceptability_words(ranking: "Ranking") -> str:
    """How often the first options come first."""
    parts = [f"{row.option.name} {share(row.p_best)}" for row in ranking.rows[:TOLD] if row.p_best is not None]
    return f"How often each option comes first: {'; '.join(parts)}."


def tornado(ranking: "Ranking", width: int = WIDE) -> Spec:
    """How far each uncertain fact moves the first place's lead."""
    found = ranking.sureness
    if found is None or not found.tornado:
        raise InputError("there is no tornado to chart", "use --sure, and leave out --exact")
    criteria = ranking.catalog.criteria
    facts = [broken(f"{criteria[s.criterion].name.lower()} of {s.option}", width) for s in found.tornado]
    values = [
        {"fact": fact, "low": swing.lead_at_low, "high": swing.lead_at_high}
        for fact, swing in zip(facts, found.tornado, strict=True)
    ]
    y = name("fact")
    x = number("low", "lead in score (below zero: lost)")
    layers = [
        rule(strokeWidth=8, color="#9ecae1", y=y, x=x, x2={"field": "high"}),
        point(form="circle", fill=BLUES[0], area=60, y=y, x=x),
        point(form="square", fill=COLOURS[5], area=60, y=y, x={**x, "field": "high"}),
        {"data": {"values": [{"x": 0}]}, **rule(strokeDash=DASHES, color="#777", x=number("x"))},
    ]
    return frame(width, lines_high(facts, 13, 10) + 60, data={"values": values}, layer=layers)


def pairwise(ranking: "Ranking", width: int = WIDE, most: int = 10) -> Spec:
    """How often the row beats the column: a heat map."""
    found = _sure(ranking)
    names = [row.option.name if row.nothing else f"{row.rank} {row.option.name}" for row in ranking.rows[:most]]
    values = [
        {"row": a, "column": b, "share": round(100 * found.pairwise[i][j])}
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if i != j
    ]
    axes = {
        "y": {"field": "row", "type": "nominal", "sort": names, "title": "this"},
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": names,
            "title": "beats this, % of draws",
            "axis": {"labelAngle": -40, "labelLimit": 160},
        },
    }
    shade = number("share", scale={"scheme": "blues", "domain": [0, 100]}, legend=None)
    ink = {"condition": {"test": "datum.share > 60", "value": "white"}, "value": "black"}
    layers = [
        {"mark": "rect", "encoding": {"color": shade}},
        {"mark": {"type": "text", "fontSize": 11}, "encoding": {"text": number("share"), "color": ink}},
    ]
    return frame(width, 24 * len(names) + 180, data={"values": values}, encoding=axes, layer=layers)
