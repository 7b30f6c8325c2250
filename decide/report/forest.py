"""Forest plots: each study's own figure with its range, and the pooled value under them."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from decide.answers.why import Why

Z = 1.2816
"""Ranges drawn hold 8 times in 10, as those in the tables do."""
BAR = 44


class Line(NamedTuple):
    """One line of a forest plot, on the concern's scale."""

    label: str
    low: float
    middle: float
    high: float
    pull: float
    pooled: bool


def forest_lines(why: "Why", most: int = 20) -> list[Line]:
    """The studies that pull most, and the pooled value last."""
    lines = [
        Line(
            f"{s.source}{' (difference)' if s.against else ''}",
            s.implied - Z * s.implied_sd,
            s.implied,
            s.implied + Z * s.implied_sd,
            abs(s.weight),
            False,
        )
        for s in why.studies[:most]
    ]
    return [*lines, Line("pooled", why.benefit_low, why.benefit, why.benefit_high, 1.0, True)]


def forest_text(why: "Why", most: int = 12) -> str:
    """A forest plot in characters: a line a study, `●` its figure, `│` placebo or nothing done."""
    lines = forest_lines(why, most)
    low = min(*(line.low for line in lines), why.nothing_done, 0.0)
    high = max(*(line.high for line in lines), why.nothing_done)
    low, high = max(low, -100.0), min(high, 160.0)
    if high <= low:
        return ""

    def place(value: float) -> int:
        return round((min(max(value, low), high) - low) / (high - low) * (BAR - 1))

    rows = []
    for line in lines:
        cells = [" "] * BAR
        cells[place(why.nothing_done)] = "│"
        for i in range(place(line.low), place(line.high) + 1):
            cells[i] = "─"
        cells[place(line.middle)] = "█" if line.pooled else "●"
        label = line.label if len(line.label) <= 36 else line.label[:35] + "…"
        rows.append(f"{label:<36} {''.join(cells)} {line.middle:4.0f} ({line.low:.0f} to {line.high:.0f})")
    axis = f"{'':<36} {low:<{BAR // 2}.0f}{high:>{BAR - BAR // 2}.0f}"
    return "\n".join([*rows, axis])


def forest_chart(why: "Why") -> dict[str, Any]:
    """A forest plot as a Vega-Lite specification."""
    unit = "% better than before" if "percent" in why.scale else "hairs gained per cm²"
    lines = forest_lines(why)
    values = [
        {
            "study": line.label,
            "low": line.low,
            "middle": line.middle,
            "high": line.high,
            "kind": "pooled" if line.pooled else "study",
            "pull": line.pull,
        }
        for line in lines
    ]
    y = {"field": "study", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 260, "grid": True}}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": ["study", "pooled"], "range": ["#3b5b7d", "#c4500c"]},
        "legend": {"title": None, "orient": "bottom"},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{why.name} for {why.concern_name.lower()}",
            "subtitle": "Each study alone and all together; ranges hold 8 times in 10; dashed: placebo or nothing",
            "anchor": "start",
        },
        "width": 460,
        "height": {"step": 20},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    "y": y,
                    "x": {"field": "low", "type": "quantitative", "title": unit},
                    "x2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1},
                "encoding": {
                    "y": y,
                    "x": {"field": "middle", "type": "quantitative"},
                    "color": colour,
                    "shape": {
                        "field": "kind",
                        "scale": {"domain": ["study", "pooled"], "range": ["circle", "diamond"]},
                    },
                    "size": {"field": "pull", "type": "quantitative", "legend": None, "scale": {"range": [30, 220]}},
                },
            },
            {
                "data": {"values": [{"x": why.nothing_done}]},
                "mark": {"type": "rule", "strokeDash": [4, 4], "color": "#777"},
                "encoding": {"x": {"field": "x", "type": "quantitative"}},
            },
        ],
    }
