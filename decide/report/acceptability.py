"""Rank acceptability as a chart: how often each option takes each place."""

from typing import TYPE_CHECKING, Any

from decide.errors import InputError

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking


def acceptability_chart(ranking: "Ranking", most: int = 10) -> dict[str, Any]:
    """Stacked bars, one an option: the share of draws in each place, as a Vega-Lite specification."""
    found = ranking.sureness
    if found is None:
        raise InputError("there are no draws to chart", "leave out --exact")
    places = ["1st", "2nd", "3rd", "4th or 5th", "lower"]
    values = []
    for row, shares in list(zip(ranking.rows, found.rank_acceptability, strict=True))[:most]:
        parts = [*shares[:3], sum(shares[3:5]), sum(shares[5:])]
        parts += [0.0] * (len(places) - len(parts))
        values += [
            {"option": row.option.name, "place": place, "order": k, "share": 100 * share}
            for k, (place, share) in enumerate(zip(places, parts, strict=False))
        ]
    colours = ["#08519c", "#3182bd", "#6baed6", "#bdd7e7", "#e3e3e3"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{ranking.concern_name}: how often each option takes each place",
            "subtitle": f"{found.draws:,} draws of everything that is unsure; {ranking.market_name} prices",
            "anchor": "start",
        },
        "width": 420,
        "height": {"step": 22},
        "data": {"values": values},
        "mark": {"type": "bar", "stroke": "white"},
        "encoding": {
            "y": {"field": "option", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 230}},
            "x": {
                "field": "share",
                "type": "quantitative",
                "title": "share of draws (%)",
                "scale": {"domain": [0, 100]},
            },
            "color": {
                "field": "place",
                "type": "nominal",
                "scale": {"domain": places, "range": colours},
                "legend": {"title": "place", "orient": "bottom"},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def frontier_chart(ranking: "Ranking") -> dict[str, Any]:
    """Benefit against total for every option, ranges drawn, the frontier joined: a Vega-Lite specification."""
    view = ranking.frontier
    if view is None:
        raise InputError("there is no frontier to chart", "use --frontier")
    cells = {row.option.id: row.cells for row in ranking.rows}
    values = []
    for row in view.rows:
        known = cells.get(row.id)
        values.append(
            {
                "option": row.name,
                "total": row.cost,
                "benefit": row.benefit,
                "low": known["benefit"].low if known else row.benefit,
                "high": known["benefit"].high if known else row.benefit,
                "status": "on the frontier" if row.status == "ND" else "dominated",
            }
        )
    x = {"field": "total", "type": "quantitative", "title": f"total over the horizon ({ranking.currency})"}
    y_title = f"expected benefit ({view.unit})"
    colour = {
        "field": "status",
        "type": "nominal",
        "scale": {"domain": ["on the frontier", "dominated"], "range": ["#08519c", "#8a8a8a"]},
        "legend": {"title": None, "orient": "bottom"},
    }
    joined = [v for v in values if v["status"] == "on the frontier"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{ranking.concern_name}: what more money buys",
            "subtitle": f"Ranges hold 8 times in 10; {ranking.market_name} prices",
            "anchor": "start",
        },
        "width": 480,
        "height": 340,
        "layer": [
            {
                "data": {"values": joined},
                "mark": {"type": "line", "color": "#08519c"},
                "encoding": {"x": x, "y": {"field": "benefit", "type": "quantitative", "title": y_title}},
            },
            {
                "data": {"values": values},
                "mark": {"type": "rule", "opacity": 0.4},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative", "title": y_title},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "size": 70},
                "encoding": {
                    "x": x,
                    "y": {"field": "benefit", "type": "quantitative"},
                    "color": colour,
                    "shape": {"field": "status", "legend": None},
                },
            },
            {
                "data": {"values": joined},
                "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7, "fontSize": 10},
                "encoding": {"x": x, "y": {"field": "benefit", "type": "quantitative"}, "text": {"field": "option"}},
            },
        ],
    }


def tornado_chart(ranking: "Ranking") -> dict[str, Any]:
    """How far each uncertain fact moves the first place's lead: a Vega-Lite specification."""
    found = ranking.sureness
    if found is None or not found.tornado:
        raise InputError("there is no tornado to chart", "use --sure, and leave out --exact")
    values = [
        {"fact": f"{s.criterion} of {s.option}", "low": s.lead_at_low, "high": s.lead_at_high} for s in found.tornado
    ]
    y = {"field": "fact", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 260}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{ranking.concern_name}: what moves the lead of {ranking.rows[0].option.name}",
            "subtitle": "Lead over the best of the rest with one fact at its low (circle) and its high (square) end",
            "anchor": "start",
        },
        "width": 380,
        "height": {"step": 24},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 8, "color": "#9ecae1"},
                "encoding": {
                    "y": y,
                    "x": {"field": "low", "type": "quantitative", "title": "lead in score (below zero: lost)"},
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "shape": "circle", "color": "#08519c", "size": 60},
                "encoding": {"y": y, "x": {"field": "low", "type": "quantitative"}},
            },
            {
                "mark": {"type": "point", "filled": True, "shape": "square", "color": "#c4500c", "size": 60},
                "encoding": {"y": y, "x": {"field": "high", "type": "quantitative"}},
            },
            {
                "data": {"values": [{"x": 0}]},
                "mark": {"type": "rule", "strokeDash": [4, 4], "color": "#777"},
                "encoding": {"x": {"field": "x", "type": "quantitative"}},
            },
        ],
    }


def pairwise_chart(ranking: "Ranking", most: int = 10) -> dict[str, Any]:
    """How often the row beats the column: a heat map as a Vega-Lite specification."""
    found = ranking.sureness
    if found is None:
        raise InputError("there are no draws to chart", "leave out --exact")
    names = [f"{row.rank} {row.option.name}" for row in ranking.rows][:most]
    values = [
        {"row": a, "column": b, "share": round(100 * found.pairwise[i][j])}
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if i != j
    ]
    axes = {
        "y": {"field": "row", "type": "nominal", "sort": names, "title": "this", "axis": {"labelLimit": 230}},
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": names,
            "title": "beats this, % of draws",
            "axis": {"labelLimit": 160, "labelAngle": -40},
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": f"{ranking.concern_name}: how often one beats the other", "anchor": "start"},
        "width": {"step": 36},
        "height": {"step": 24},
        "data": {"values": values},
        "encoding": axes,
        "layer": [
            {
                "mark": "rect",
                "encoding": {
                    "color": {
                        "field": "share",
                        "type": "quantitative",
                        "scale": {"scheme": "blues", "domain": [0, 100]},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    "text": {"field": "share", "type": "quantitative"},
                    "color": {"condition": {"test": "datum.share > 60", "value": "white"}, "value": "black"},
                },
            },
        ],
    }


PLOTS = {
    "acceptability": acceptability_chart,
    "tornado": tornado_chart,
    "pairwise": pairwise_chart,
    "frontier": frontier_chart,
}
"""Charts of a ranking by name."""
