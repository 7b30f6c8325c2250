"""Charts of a ranking, as Vega-Lite specifications, each with its words for who cannot see it."""

from typing import TYPE_CHECKING, Any

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
    point,
    rule,
)
from decide.report.words import SURENESS, gain, money, part_of_score, score, share

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranked, Ranking
    from decide.answers.robustness.result import Sureness

PLACES = ("1st", "2nd", "3rd", "4th or 5th", "lower")
BLUES = ("#08519c", "#3182bd", "#6baed6", "#bdd7e7", "#e3e3e3")
ON, OFF = "on the frontier", "dominated"
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
    """Cost across, gain up, each option a numbered point with both ranges; the line joins the best buys."""
    values: list[dict[str, Any]] = [
        {
            "place": str(row.rank),
            "buy": row.option.id in ranking.best_buys,
            **{f"{c}_{end}": getattr(row[c], end) for c in ("cost", "benefit") for end in ("low", "typical", "high")},
        }
        for row in measured(ranking)
    ]
    x = number("cost_typical", f"total over {ranking.horizon_months:g} months ({ranking.currency})",
               axis={"format": ",.0f", "tickCount": 5 if width >= WIDE else 3})  # fmt: skip
    y = number("benefit_typical", _counts(ranking))
    thin = {"opacity": 0.8, "strokeWidth": 1.2, "color": COLOURS[1]}
    joined = {"type": "line", "color": COLOURS[5], "strokeWidth": 2, "strokeDash": [6, 3]}
    text = {"type": "text", "color": "white", "fontWeight": "bold", "fontSize": 11}
    layers = [
        rule(**thin, x={**x, "field": "cost_low"}, x2={"field": "cost_high"}, y=y),
        rule(**thin, x=x, y={**y, "field": "benefit_low"}, y2={"field": "benefit_high"}),
        {"transform": [{"filter": "datum.buy"}], "mark": joined, "encoding": {"x": x, "y": y}},
        point(fill=COLOURS[0], area=330, x=x, y=y),
        {"mark": text, "encoding": {"x": x, "y": y, "text": {"field": "place"}}},
    ]
    return frame(width, 360 if width >= WIDE else 320, data={"values": values}, layer=layers)


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
