"""Plots of comparisons as Vega-Lite specifications: plain dicts that any Vega-Lite viewer draws.

Nothing is drawn here. `json.dumps` of a plot goes into https://vega.github.io/editor, `altair.Chart.from_dict` shows it
in a notebook, and `vl_convert.vegalite_to_svg` makes a picture. Colours are those of Okabe and Ito (2008), which people
who do not tell red from green can tell apart.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.given import flag, instance, text
from decide.mcda.labelled import aligned, number, numbers, renamed, row_labels, spelt, whole
from decide.synthesis.comparisons import League, shown

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
BLUE, ORANGE = "#0072b2", "#d55e00"


def forest_plot(
    names: Any,
    estimate: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    title: str = "difference",
    nought: float | None = None,
    width: int = 480,
    log: bool = False,
) -> dict[str, Any]:
    """A forest plot: a point and its interval for each name, from the top in the order given.

    Parameters
    ----------
    names : (rows,), all different; `League.against` gives this and the next three. Beside an estimate with names,
        the same names in another order are matched, and new ones rename in the order they stand.
    estimate, low, high : (rows,), finite, low ≤ estimate ≤ high.
    title : what is across.
    nought : where there is no difference; 0 when left out, or 1 with `log`.
    width : pixels.
    log : whether the axis is logarithmic, as it should be for ratios; all numbers must be above zero then.

    Raises
    ------
    InputError : columns of different lengths, a name given twice, an estimate outside its interval.
    """
    title, width, log = text("title", title), whole("width", width, 1), flag("log", log)
    nought = float(log) if nought is None else number("nought", nought)
    rows_of = row_labels(estimate, low, high)
    called = renamed("row", names, "estimate", rows_of)
    e, lows, highs = (
        numbers(what, aligned(what, given, "the other columns", rows_of))
        for what, given in (("estimate", estimate), ("low", low), ("high", high))
    )
    if not e.shape == lows.shape == highs.shape == (len(called),) or not called or len(set(called)) < len(called):
        raise InputError("names (all different), estimate, low and high must be equally long, one row at least")
    if not np.isfinite([lows, e, highs]).all() or not ((lows <= e) & (e <= highs)).all():
        raise InputError("every estimate must be a finite number inside its interval")
    if log and min(nought, lows.min()) <= 0:
        raise InputError("a logarithmic axis needs numbers above zero", "ratios, and 1 or so for `nought`")
    place = {one: i for i, one in enumerate(called if row_labels(names) else spelt("row", names))}
    each = zip(called, e.tolist(), lows.tolist(), highs.tolist(), strict=True)
    rows = sorted(each, key=lambda row: place[row[0]])
    values = [
        {"name": name, "estimate": at, "low": a, "high": b, "label": f"{shown(at, 2)} ({shown(a, 2)} to {shown(b, 2)})"}
        for name, at, a, b in rows
    ]
    y = {"field": "name", "type": "nominal", "sort": called, "title": None, "axis": {"ticks": False, "domain": False}}
    x = {"field": "low", "type": "quantitative", "title": title, "scale": {"type": "log"} if log else {"zero": False}}
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": {"step": 24},
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "rule", "strokeDash": [4, 3]}, "encoding": {"x": {"datum": nought}}},
            {"mark": {"type": "rule", "strokeWidth": 2}, "encoding": {"y": y, "x": x, "x2": {"field": "high"}}},
            {
                "mark": {"type": "point", "shape": "square", "filled": True, "size": 70, "color": BLUE},
                "encoding": {"y": y, "x": {"field": "estimate", "type": "quantitative"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8},
                "encoding": {"y": y, "x": {"value": width}, "text": {"field": "label"}},
            },
        ],
    }


def league_plot(league: League, *, digits: int = 2, cell: int = 92) -> dict[str, Any]:
    """A league table as a picture: row minus column in each cell, names on the diagonal, treatments in their order.

    The stronger the colour, the further a difference is from none in its own standard errors; blue where the row is
    higher, orange where the column is. `cell` is a cell's width in pixels.
    """
    every = range(len(instance("league", league, League, "`league_table` makes one").names))
    digits, cell = whole("digits", digits, 0, 20), whole("cell", cell, 1)
    values = []
    for i in every:
        for j in every:
            own, se = float(league.estimate[i, j]), float(league.se[i, j])
            sure = 0.0 if own == 0 else float(np.clip(own / se if se else np.copysign(4.0, own), -4.0, 4.0))
            e, low, high = (shown(part[i, j], digits) for part in (league.estimate, league.low, league.high))
            label = league.names[i] if i == j else f"{e}\n({low} to {high})"
            values.append({"row": league.names[i], "column": league.names[j], "sure": sure, "label": label})
    names = list(league.names)
    side = {"type": "nominal", "sort": names, "axis": {"domain": False, "ticks": False, "title": None}}
    return {
        "$schema": SCHEMA,
        "width": {"step": cell},
        "height": {"step": 36},
        "data": {"values": values},
        "encoding": {
            "y": {"field": "row", **side},
            "x": {"field": "column", **side, "axis": {**side["axis"], "orient": "top", "labelAngle": 0}},  # type: ignore[dict-item]
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white"},
                "encoding": {
                    "color": {
                        "field": "sure",
                        "type": "quantitative",
                        "scale": {"domain": [-4, 0, 4], "range": [ORANGE, "#f7f7f7", BLUE]},
                        "legend": {
                            "title": "row minus column, in standard errors",
                            "titleLimit": 0,
                            "orient": "bottom",
                        },
                    }
                },
            },
            {
                "mark": {"type": "text", "lineBreak": "\n", "fontSize": 10, "dy": -5},
                "encoding": {
                    "text": {"field": "label"},
                    "color": {"condition": {"test": "datum.sure > 2.6", "value": "white"}, "value": "black"},
                },
            },
        ],
    }
