"""Charts of a ranking as Vega-Lite specifications; `charts` turns them into SVG or PNG.

One specification serves the page, the report and files. `width` is that of the whole picture in pixels, names are
broken into lines, so that nothing is cut off on a phone. Colours are those of Okabe and Ito (2008), which people who do
not tell red from green can tell apart, and no meaning rests on colour alone.
"""

import textwrap
from typing import TYPE_CHECKING, Any

from decide.report.words import money, stars_phrase

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranked, Ranking
    from decide.answers.why import Why
    from decide.catalog import Catalog

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
COLOURS = ("#0072b2", "#56b4e9", "#009e73", "#f0e442", "#e69f00", "#d55e00", "#cc79a7", "#999999")
WIDE, NARROW = 680, 340
MOST = 12
"""No chart shows more options than this."""
LINES = "split(datum.label, '\\n')"


def themed(specification: dict[str, Any], *, dark: bool = False, width: int = WIDE) -> dict[str, Any]:
    """The same chart without a ground of its own, in colours that can be read on a dark page when asked."""
    ink, quiet = ("#e8e6e1", "#4a4f57") if dark else ("#1d2329", "#d5d8dc")
    size = 12 if width >= WIDE else 11
    axis = {"labelColor": ink, "titleColor": ink, "gridColor": quiet, "domainColor": quiet, "tickColor": quiet}
    text = {"labelFontSize": size, "titleFontSize": size, "labelLimit": 0, "titleLimit": 0}
    return {
        **specification,
        "config": {
            "font": "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
            "background": "transparent",
            "view": {"stroke": None},
            "axis": {**axis, **text, "titleFontWeight": "normal"},
            "legend": {"labelColor": ink, "titleColor": ink, **text, "symbolLimit": 0},
            "title": {"color": ink, "subtitleColor": ink, "fontSize": size + 1, "subtitleFontSize": size},
            "text": {"color": ink, "fontSize": size},
            "rule": {"color": ink},
        },
    }


def _names(rows: "tuple[Ranked, ...]", width: int) -> list[str]:
    reach = 30 if width >= WIDE else 17
    return ["\n".join(textwrap.wrap(f"{row.rank}. {_name(row)}", reach)) for row in rows]


def _name(row: "Ranked") -> str:
    option = row.option
    return f"{option.name} ({option.sessions} of {option.usual_sessions})" if option.part_course else option.name


def contributions_chart(ranking: "Ranking", catalog: "Catalog", width: int = WIDE, most: int = MOST) -> dict[str, Any]:
    """Stacked bars, one an option: what each criterion adds to its score."""
    rows = ranking.rows[:most]
    names = _names(rows, width)
    criteria = [c for c in ranking.weights if ranking.weights[c] > 0]
    titles = [catalog.criteria[c].name for c in criteria]
    values = [
        {"option": name, "criterion": title, "order": k, "adds": round(row.contributions[c], 6)}
        for name, row in zip(names, rows, strict=True)
        for k, (c, title) in enumerate(zip(criteria, titles, strict=True))
    ]
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": max(1, len(rows)) * (10 + 15 * lines) + 120,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.7},
        "encoding": {
            "y": {
                "field": "option",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelExpr": LINES, "ticks": False, "domain": False},
                "scale": {"paddingInner": 0.3},
            },
            "x": {"field": "adds", "type": "quantitative", "title": "score (0 to 1)", "axis": {"tickCount": 5}},
            "color": {
                "field": "criterion",
                "type": "nominal",
                "scale": {"domain": titles, "range": [COLOURS[i % len(COLOURS)] for i in range(len(titles))]},
                "legend": {"title": None, "orient": "bottom", "columns": 4 if width >= WIDE else 3},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def cost_benefit_chart(ranking: "Ranking", width: int = WIDE) -> dict[str, Any]:
    """Cost across, benefit up, each option a numbered point with both ranges; the line joins the best buys."""
    from decide.economics import frontier

    rows = tuple(row for row in ranking.rows if row["benefit"].basis == "studies")[:MOST]
    percent = "percent" in ranking.scale
    values: list[dict[str, Any]] = [
        {
            "place": str(row.rank),
            "name": row.option.name,
            "cost": row["cost"].typical,
            "cost_low": row["cost"].low,
            "cost_high": row["cost"].high,
            "benefit": row["benefit"].typical,
            "benefit_low": row["benefit"].low,
            "benefit_high": row["benefit"].high,
        }
        for row in rows
    ]
    best = [values[i] for i in frontier([v["cost"] for v in values], [v["benefit"] for v in values])] if values else []
    x = {
        "type": "quantitative",
        "title": f"total over {ranking.horizon_months:g} months ({ranking.currency})",
        "axis": {"format": ",.0f", "tickCount": 5 if width >= WIDE else 3},
    }
    y = {"type": "quantitative", "title": "% better than before" if percent else "hairs gained per cm²"}
    thin = {"opacity": 0.8, "strokeWidth": 1.2, "color": COLOURS[1]}
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": 360 if width >= WIDE else 320,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", **thin},
                "encoding": {
                    "x": {**x, "field": "cost_low"},
                    "x2": {"field": "cost_high"},
                    "y": {**y, "field": "benefit"},
                },
            },
            {
                "mark": {"type": "rule", **thin},
                "encoding": {
                    "x": {**x, "field": "cost"},
                    "y": {**y, "field": "benefit_low"},
                    "y2": {"field": "benefit_high"},
                },
            },
            {
                "data": {"values": best},
                "mark": {"type": "line", "color": COLOURS[5], "strokeWidth": 2, "strokeDash": [6, 3]},
                "encoding": {"x": {**x, "field": "cost"}, "y": {**y, "field": "benefit"}},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 330, "color": COLOURS[0]},
                "encoding": {"x": {**x, "field": "cost"}, "y": {**y, "field": "benefit"}},
            },
            {
                "mark": {"type": "text", "color": "white", "fontWeight": "bold", "fontSize": 11},
                "encoding": {
                    "x": {**x, "field": "cost"},
                    "y": {**y, "field": "benefit"},
                    "text": {"field": "place"},
                },
            },
        ],
    }


def contributions_words(ranking: "Ranking", catalog: "Catalog") -> str:
    """The chart of contributions for somebody who cannot see it."""
    parts = []
    for row in ranking.rows[:3]:
        top = sorted(row.contributions, key=lambda c: -row.contributions[c])[:3]
        adds = ", ".join(f"{catalog.criteria[c].name.lower()} {row.contributions[c]:.2f}" for c in top)
        parts.append(f"{row.option.name} {row.score:.2f}, mostly from {adds}")
    return f"What adds up to each score. {'; '.join(parts)}." if parts else "No option."


def cost_benefit_words(ranking: "Ranking") -> str:
    """The chart of cost against benefit for somebody who cannot see it."""
    rows = [row for row in ranking.rows if row["benefit"].basis == "studies"][:5]
    unit = " %" if "percent" in ranking.scale else " hairs per cm²"
    parts = [
        f"{row.rank}. {row.option.name}: {money(row['cost'].typical, ranking.symbol)} for "
        f"{round(row['benefit'].typical)}{unit}, {stars_phrase(row.stars)}"
        for row in rows
    ]
    return f"What each course costs against what it is expected to do. {'; '.join(parts)}."


def acceptance_chart(ranking: "Ranking", width: int = WIDE) -> dict[str, Any]:
    """The chart of rank acceptability, its names broken into lines and its size that of the page."""
    from decide.report.acceptability import acceptability_chart

    whole = acceptability_chart(ranking)
    values = whole["data"]["values"]
    shown = list(dict.fromkeys(v["option"] for v in values))
    rows = ranking.rows[: len(values) // 5]
    names = [name for name in _names(rows, width) for _ in range(5)]
    if len(names) == len(values):
        values = [{**value, "option": name} for value, name in zip(values, names, strict=True)]
        shown = names
    axis = {"labelExpr": LINES, "ticks": False, "domain": False}
    encoding = {**whole["encoding"], "y": {**whole["encoding"]["y"], "axis": axis, "scale": {"paddingInner": 0.3}}}
    legend = {**encoding["color"]["legend"], "columns": 5 if width >= WIDE else 3}
    encoding["color"] = {**encoding["color"], "legend": legend}
    lines = max((name.count("\n") + 1 for name in shown), default=1)
    return {
        **{key: value for key, value in whole.items() if key != "title"},
        "width": width,
        "height": max(1, len(rows)) * (10 + 15 * lines) + 110,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "encoding": encoding,
    }


def forest_fitted(why: "Why", width: int = WIDE, most: int = 20) -> dict[str, Any]:
    """The forest plot, a numbered line for each figure, its size that of the page."""
    from decide.report.forest import forest_chart

    whole = forest_chart(why)
    reach = 34 if width >= WIDE else 17
    *single, pooled = whole["data"]["values"]
    lines = [*single[:most], pooled]
    labels = [
        "\n".join(textwrap.wrap(v["study"] if v["kind"] == "pooled" else f"{k}. {v['study']}", reach))
        for k, v in enumerate(lines, 1)
    ]
    y = {
        "field": "study",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelExpr": LINES, "grid": True, "ticks": False, "domain": False},
    }
    layers = [
        {**layer, "encoding": {**layer["encoding"], "y": y}} if "y" in layer["encoding"] else layer
        for layer in whole["layer"]
    ]
    tallest = max(label.count("\n") + 1 for label in labels)
    return {
        **{key: value for key, value in whole.items() if key != "title"},
        "width": width,
        "height": len(lines) * (8 + 13 * tallest) + 90,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": [{**line, "study": label} for line, label in zip(lines, labels, strict=True)]},
        "layer": layers,
    }


def acceptance_words(ranking: "Ranking") -> str:
    """The chart of rank acceptability for somebody who cannot see it."""
    parts = [f"{row.option.name} {row.p_best:.0%}" for row in ranking.rows[:5] if row.p_best is not None]
    return f"How often each option comes first: {'; '.join(parts)}."


def forest_words(why: "Why") -> str:
    """The forest plot for somebody who cannot see it."""
    unit = "%" if "percent" in why.scale else " hairs per cm²"
    return (
        f"{len(why.studies)} figures from studies; together they say {round(why.benefit)}{unit}, likely "
        f"{round(why.benefit_low)} to {round(why.benefit_high)}; placebo or nothing done "
        f"{round(why.nothing_done)}{unit}. The table of studies holds each one."
    )
