"""Rank acceptability as a chart: how often each option takes each place."""

from typing import TYPE_CHECKING, Any

from decide.errors import InputError

if TYPE_CHECKING:
    from decide.answers.ranking import Ranking


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
